/* Chooses the split and the leaky column: what experiments/leaky_columns.py does, for its first depot. */
import { numbers, onClick, open, results } from "./play-common.js";

const range = (from, to) => Array.from({ length: to - from }, (_, place) => from + place);
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

/* One depot and its setting, from the result file. */
export const depot = (data) => ({
  ...data.setting,
  parcels: numbers(data.parcels),
  overtime: numbers(data.overtime),
  order: numbers(data.order),
});

/* What the model is given for each day: the date, the weekday and, with the leak, the overtime. */
function columns({ days, days_apart, leak_weight, overtime }, known, leak) {
  const given = known.map((day) => overtime[day]);
  const usual = mean(given);
  const spread = Math.sqrt(mean(given.map((value) => (value - usual) ** 2)));
  return overtime.map((written, day) => {
    const week = range(0, 7).map((weekday) => (day % 7 === weekday ? 2 : 0));
    const filled = day < days ? written : usual; // In real use it is not there yet.
    return [day / days_apart, ...week, ...(leak ? [(leak_weight * (filled - usual)) / spread] : [])];
  });
}

/* Forecasts the days `asked` from the nearest of the days `known`: the mean absolute error. */
function offBy(place, table, known, asked) {
  const distance = (a, b) => a.reduce((sum, value, column) => sum + (value - b[column]) ** 2, 0);
  const errors = asked.map((day) => {
    const near = known
      .map((other) => [distance(table[day], table[other]), place.parcels[other]])
      .sort(([a], [b]) => a - b)
      .slice(0, place.neighbours);
    return Math.abs(mean(near.map(([, parcels]) => parcels)) - place.parcels[day]);
  });
  return mean(errors);
}

/* What the test says with this split, with or without the leak. */
export function promise(place, split, leak) {
  const past = range(0, place.days);
  const [known, asked] =
    split === "random"
      ? [place.order.slice(place.test), place.order.slice(0, place.test)]
      : [past.slice(0, -place.test), past.slice(-place.test)];
  return offBy(place, columns(place, known, leak), known, asked);
}

/* What real use then brings. */
export function realUse(place, leak) {
  const past = range(0, place.days);
  return offBy(place, columns(place, past, leak), past, range(place.days, place.days + place.live));
}

const part = open("leak");
if (part) {
  const { form, piece, say } = part;
  let last = null;
  form.addEventListener("change", () => {
    last = null;
    piece("use").disabled = true;
  });
  onClick(piece("test"), say, async () => {
    const place = depot(await results("leaky-columns"));
    const [split, leak] = [form.elements.split.value, form.elements.leak.checked];
    last = { place, leak, promised: promise(place, split, leak).toFixed(1) };
    piece("promised").textContent = last.promised;
    piece("came").textContent = "not used yet";
    piece("use").disabled = false;
    say(`The test says: off by ${last.promised} parcels a day.`);
  });
  onClick(piece("use"), say, async () => {
    const came = realUse(last.place, last.leak).toFixed(1);
    piece("came").textContent = came;
    say(`In real use it is off by ${came} parcels a day. The test had promised ${last.promised}.`);
  });
}
