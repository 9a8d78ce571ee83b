/* Chooses the test and the leaky column: what experiments/leaky_columns.py does, depot by depot. */
import { breathe, mulberry32, onClick, open, results } from "./play.js";

const WEEK = [60, 40, 30, 35, 55, -90, -130];
const USUAL = 400;
const STEP = 4;
const NOISE = 20;
const TOO_MANY = 380;
const MANY = 20;

/** @param {number} from
    @param {number} to */
const range = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);
/** @param {number[]} list */
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** Invents the next depot: its parcels, its overtime, and an order for the test on random days.
    @param {Random} random
    @param {LeakSetting} setting
    @returns {Depot} */
export function depot(random, setting) {
  const all = range(0, setting.days + setting.live);
  /** @param {number} spread */
  const normal = (spread) => {
    const pairs = all.map(() => [random(), random()]);
    return pairs.map(([a, b]) => spread * Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b));
  };
  let level = USUAL;
  const levels = normal(STEP).map((step) => (level += step));
  const noise = normal(NOISE);
  const exact = all.map((day) => levels[day] + WEEK[day % 7] + noise[day]);
  const written = normal(0.5);
  const overtime = exact.map((count, day) => Math.max(0, count - TOO_MANY) / 10 + written[day]);
  const keys = range(0, setting.days).map(() => random());
  return {
    ...setting,
    parcels: exact.map((count) => Math.floor(Math.max(count, 0) + 0.5)),
    overtime: overtime.map((hours) => Math.floor(hours * 10 + 0.5) / 10),
    order: range(0, setting.days).sort((a, b) => keys[a] - keys[b]),
  };
}

/** What the model is given for each day: the date, the weekday and, with the leak, the overtime.
    @param {Depot} given
    @param {number[]} known
    @param {boolean} leak */
function columns({ days, days_apart, weight, overtime }, known, leak) {
  const given = known.map((day) => overtime[day]);
  const usual = mean(given);
  const spread = Math.sqrt(mean(given.map((value) => (value - usual) ** 2)));
  return overtime.map((written, day) => {
    const week = range(0, 7).map((weekday) => (day % 7 === weekday ? 2 : 0));
    const filled = day < days ? written : usual; // In real use it is not there yet.
    return [day / days_apart, ...week, ...(leak ? [(weight * (filled - usual)) / spread] : [])];
  });
}

/** Forecasts the days `asked` from the nearest of the days `known`: the mean absolute error.
    @param {Depot} depot
    @param {number[]} known
    @param {number[]} asked
    @param {boolean} leak */
function offBy(depot, known, asked, leak) {
  const table = columns(depot, known, leak);
  /** @param {number[]} a
      @param {number[]} b */
  const distance = (a, b) => a.reduce((sum, value, column) => sum + (value - b[column]) ** 2, 0);
  const errors = asked.map((day) => {
    const near = known
      .map((other) => [distance(table[day], table[other]), depot.parcels[other]])
      .sort(([a], [b]) => a - b)
      .slice(0, depot.neighbours);
    return Math.abs(mean(near.map(([, parcels]) => parcels)) - depot.parcels[day]);
  });
  return mean(errors);
}

/** What a test promises: on random days, on the latest ones, or from several start dates.
    @param {Depot} depot
    @param {string} way
    @param {boolean} leak */
export function promise(depot, way, leak) {
  const { days, test, starts, order } = depot;
  if (way === "random") return offBy(depot, order.slice(test), order.slice(0, test), leak);
  const backs = way === "dated" ? [1] : range(1, starts + 1);
  /** @param {number} start */
  const from = (start) => offBy(depot, range(0, start), range(start, start + test), leak);
  return mean(backs.map((back) => from(days - test * back)));
}

/** What real use then brings.
    @param {Depot} depot
    @param {boolean} leak */
export function realUse(depot, leak) {
  return offBy(depot, range(0, depot.days), range(depot.days, depot.days + depot.live), leak);
}

/** What the depots so far have shown: `promised` and `came` have one number for each of them.
    @param {string} way
    @param {boolean} leak
    @param {number[]} promised
    @param {number[]} came */
export function lesson(way, leak, promised, came) {
  /** @param {number} each
      @param {number} number */
  const apart = (each, number) => Math.abs(each - came[number]);
  const tooGood = mean(came) > mean(promised);
  if (leak && tooGood) {
    return "the test knew each day’s overtime. On the day nobody does, so the promise was too good.";
  }
  if (way === "random" && tooGood) {
    return "the test knew the days around each day it asked about, so the promise was too good.";
  }
  if (leak || way === "random") {
    return "this goes the other way. Most depots do not: draw more of them, and watch the means.";
  }
  if (promised.length === 1) {
    const off = apart(promised[0], 0).toFixed(1);
    return `for this depot, ${off} parcels ${tooGood ? "more" : "less"} than promised. ` +
      "Draw more, and watch the means.";
  }
  const means = Math.abs(mean(promised) - mean(came)).toFixed(1);
  return `the two means are ${means} apart. ` +
    `For a single depot it was ${mean(promised.map(apart)).toFixed(1)} on average.`;
}

const part = open("leak");
if (part) {
  const { form, piece, say } = part;
  /** @type {DepotTest | null} */
  let now = null;

  /** Draws one more depot and tests it.
      @param {DepotTest} test */
  function next({ random, setting, way, leak, depots, promised }) {
    const drawn = depot(random, setting);
    depots.push(drawn);
    promised.push(promise(drawn, way, leak));
  }
  /** Uses the last depot.
      @param {DepotTest} test */
  function use({ leak, depots, came }) {
    const last = depots.length - 1;
    came[last] = realUse(depots[last], leak);
  }
  /** @param {DepotTest} test */
  function show({ way, leak, promised, came }) {
    const number = promised.length;
    const used = came.length === number;
    const [last, brought] = [promised, came].map((list) => list[number - 1]?.toFixed(1));
    const said = `Depot ${number}: the test promises an error of ${last} parcels a day`;
    piece("promised").textContent = `${last} parcels a day`;
    piece("came").textContent = used ? `${brought} parcels a day` : "not used yet";
    for (const name of ["use", "next", "many"]) piece(name).disabled = name !== "use" && !used;
    if (!used) return say(`${said}.`);
    const means = `Means of ${number} depots: ${mean(promised).toFixed(1)} and ${mean(came).toFixed(1)}. `;
    const so = `${said}, and real use brings ${brought}. ${number > 1 ? means : ""}`;
    return say(`${so}What you just saw: ${lesson(way, leak, promised, came)}`);
  }
  form.addEventListener("change", () => {
    now = null;
    piece("promised").textContent = "not tested yet";
    piece("came").textContent = "not used yet";
    for (const name of ["use", "next", "many"]) piece(name).disabled = true;
    say("");
  });
  onClick(piece("test"), say, async () => {
    const { setting } = await results("leaky-columns");
    const [way, leak] = [form.elements.way.value, form.elements.leak.checked];
    now = { setting, way, leak, random: mulberry32(setting.seed), depots: [], promised: [], came: [] };
    next(now);
    show(now);
  });
  onClick(piece("use"), say, async () => {
    if (!now) return;
    use(now);
    show(now);
  });
  onClick(piece("next"), say, async () => {
    if (!now) return;
    next(now);
    use(now);
    show(now);
  });
  onClick(piece("many"), say, async () => {
    const asked = now;
    if (!asked) return;
    say(`Drawing ${MANY} depots.`);
    for (let more = 0; more < MANY; more += 1) {
      await breathe();
      if (now !== asked) return; // The reader has chosen something else meanwhile.
      next(asked);
      use(asked);
    }
    show(asked);
  });
}
