/* Moves the threshold and the prices: adds up what experiments/card_fraud.py counted. */
import { count, onClick, open, percent, results } from "./play-common.js";

const SETTLED = 500;

/* What one threshold brings. `row` holds the counts, `prices` what a missed fraud and a check cost. */
export function judge(row, { payments, frauds }, prices) {
  const flagged = row.caught + row.false_alarms;
  const missed = frauds - row.caught;
  return {
    accuracy: (payments - missed - row.false_alarms) / payments,
    recall: row.caught / frauds,
    precision: flagged ? row.caught / flagged : null,
    money: missed * prices.missed + flagged * prices.check,
  };
}

/* The place of the cheapest of all thresholds. */
export function cheapest(rows, setting, prices) {
  const money = rows.map((row) => judge(row, setting, prices).money);
  return money.indexOf(Math.min(...money));
}

const part = open("threshold");
if (part) {
  const { form, piece, say } = part;
  const slider = piece("threshold");

  const price = (name) => Math.max(0, Number(piece(name).value) || 0);
  async function show() {
    const { model, setting } = await results("card-fraud");
    const prices = { missed: price("missed"), check: price("check") };
    slider.max = model.thresholds.length - 1;
    const row = model.thresholds[slider.value];
    const now = judge(row, setting, prices);
    const never = setting.frauds * prices.missed;
    const chance = percent(row.threshold, row.threshold < 0.01 ? 2 : 1);
    slider.setAttribute("aria-valuetext", `check from ${chance} on`);
    piece("chance").textContent = chance;
    piece("accuracy").textContent = percent(now.accuracy, 2);
    piece("recall").textContent = `${percent(now.recall)} (${row.caught} of ${setting.frauds})`;
    piece("precision").textContent =
      now.precision === null ? "no alarm" : `${percent(now.precision)} (${count(row.false_alarms)} false alarms)`;
    piece("money").textContent = count(now.money);
    piece("never").textContent = count(never);
    const gap = never - now.money;
    const verdict = gap === 0 ? "the same as" : `${count(Math.abs(gap))} ${gap > 0 ? "less" : "more"} than`;
    say(
      `Threshold ${chance}: accuracy ${percent(now.accuracy, 2)}, recall ${percent(now.recall)}. ` +
        `It loses ${count(now.money)}, ${verdict} always “no”.`,
      SETTLED,
    );
  }
  const failed = () => say("The results could not be loaded. Check the connection, then move again.");
  form.addEventListener("input", () => show().catch(failed));
  onClick(piece("cheapest"), say, async () => {
    const { model, setting } = await results("card-fraud");
    slider.max = model.thresholds.length - 1;
    slider.value = cheapest(model.thresholds, setting, { missed: price("missed"), check: price("check") });
    await show();
  });
}
