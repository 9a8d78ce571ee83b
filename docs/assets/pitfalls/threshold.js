/* Moves the threshold and the prices: adds up what experiments/card_fraud.py counted. */
import { count, onClick, open, percent, results } from "./play.js";

const SETTLED = 500;

/** What one threshold brings. `row` holds the counts, `prices` what a missed fraud and a check cost.
    @param {Caught} row
    @param {Results["card-fraud"]["setting"]} given
    @param {Prices} prices */
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

/** Checking no payment at all: the last place of the slider.
    @type {Caught} */
export const NEVER = { threshold: null, caught: 0, false_alarms: 0 };

/** The place of the cheapest of all thresholds, or the one after them where it is never to check.
    @param {Caught[]} rows
    @param {Results["card-fraud"]["setting"]} setting
    @param {Prices} prices */
export function cheapest(rows, setting, prices) {
  const money = [...rows, NEVER].map((row) => judge(row, setting, prices).money);
  return money.lastIndexOf(Math.min(...money));
}

const part = open("threshold");
if (part) {
  const { form, piece, say } = part;
  const slider = piece("threshold");
  const status = form.querySelector("[role=status]");

  /** @param {string} name */
  const price = (name) => Math.max(0, Number(piece(name).value) || 0);
  async function show() {
    status.textContent = ""; // what it says of the last threshold is not true of this one
    const { model, setting } = await results("card-fraud");
    const prices = { missed: price("missed"), check: price("check") };
    const row = model.thresholds[Number(slider.value)] ?? NEVER;
    const now = judge(row, setting, prices);
    const never = judge(NEVER, setting, prices).money;
    const from = row.threshold ?? 1;
    const chance = row === NEVER ? "never" : percent(from, from < 0.01 ? 2 : 1);
    slider.setAttribute("aria-valuetext", row === NEVER ? "check nothing" : `check from ${chance} up`);
    piece("chance").textContent = row === NEVER
      ? "no payments at all"
      : `payments with a chance of fraud of ${chance} or more`;
    piece("accuracy").textContent = `${percent(now.accuracy, 2)} of payments`;
    piece("recall").textContent = `${percent(now.recall)} (${row.caught} of ${setting.frauds})`;
    piece("precision").textContent = now.precision === null
      ? "no alarm"
      : `${percent(now.precision)} (${count(row.false_alarms)} false alarms)`;
    piece("money").textContent = count(now.money);
    piece("never").textContent = count(never);
    const gap = never - now.money;
    const verdict = gap === 0 ? "the same as" : `${count(Math.abs(gap))} ${gap > 0 ? "less" : "more"} than`;
    say(
      row === NEVER
        ? `Nothing is checked: accuracy ${percent(now.accuracy, 2)}, and every fraud passes. ` +
          `It loses ${count(never)} euros.`
        : `Threshold ${chance}: accuracy ${percent(now.accuracy, 2)}, recall ${percent(now.recall)}. ` +
          `It loses ${count(now.money)} euros, ${verdict} never checking.`,
      SETTLED,
    );
    conclude(now, judge(model.half, setting, prices));
  }
  /** What was to be seen, against the usual threshold at the same costs.
      @param {ReturnType<typeof judge>} now
      @param {ReturnType<typeof judge>} usual */
  function conclude(now, usual) {
    const gained = now.accuracy - usual.accuracy;
    const saved = usual.money - now.money;
    const points = `${Math.abs(100 * gained).toFixed(2)} points ${gained < 0 ? "lower" : "higher"}`;
    const euros = `${count(Math.abs(saved))} euros ${saved < 0 ? "more" : "less"}`;
    piece("seen").hidden = gained === 0 && saved === 0;
    piece("seen").textContent = "What you just saw: against the usual threshold of 50%, " +
      `accuracy is ${points}, and the loss is ${euros}. ` +
      (gained * saved < 0
        ? "The two point in opposite directions."
        : "Accuracy alone would not have told you how much.");
  }
  const failed = () => say("The results could not be loaded. Check the connection, then move again.");
  form.addEventListener("input", () => show().catch(failed));
  onClick(piece("cheapest"), say, async () => {
    const { model, setting } = await results("card-fraud");
    const prices = { missed: price("missed"), check: price("check") };
    slider.value = String(cheapest(model.thresholds, setting, prices));
    await show();
  });
}
