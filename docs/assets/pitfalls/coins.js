/* Flip, train, test again: what experiments/coin_flips.py does, for one coin at a time. */
import { count, mulberry32, newSeed, open, percent } from "./play.js";

const TRAIN = 1000;
const TEST = 1000;
const LONGEST = 12;
const EXAM = 100;
const PASS_MARK = 60;
const NOT_YET = "not yet";

/** Flips of a fair coin: 1 for heads, 0 for tails.
    @param {Random} random
    @param {number} times */
export const flip = (random, times) => Array.from({ length: times }, () => Number(random() < 0.5));

/** For each row of `memory` flips, notes what came next more often; returns the share right on the
   flips it was trained on and on those after them.
    @param {number[]} flips
    @param {number} memory */
export function score(flips, memory) {
  const met = new Uint16Array(2 ** memory);
  const heads = new Uint16Array(2 ** memory);
  /** @param {number} index */
  const row = (index) => flips.slice(index - memory, index).reduce((sum, side) => 2 * sum + side, 0);
  for (let index = LONGEST; index < TRAIN; index += 1) {
    met[row(index)] += 1;
    heads[row(index)] += flips[index];
  }
  /** @param {number} from
      @param {number} to */
  const right = (from, to) => {
    let hits = 0;
    for (let index = from; index < to; index += 1) {
      hits += Number(Number(2 * heads[row(index)] >= met[row(index)]) === flips[index]);
    }
    return hits / (to - from);
  };
  return { seen: right(LONGEST, TRAIN), fresh: right(TRAIN, flips.length) };
}

/** The 95% confidence interval of a share of `of` flips, by Wilson's formula.
    @param {number} share
    @param {number} of */
export function wilson(share, of) {
  const z = 1.96;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return [middle - half, middle + half];
}

/** What a test on new flips has shown.
    @param {number} seen
    @param {number} fresh */
export function lesson(seen, fresh) {
  const [low, high] = wilson(fresh, TEST);
  if (low > 0.5 || high < 0.5) {
    return "this interval leaves out 50%, by luck, as about one in 20 does. Take another coin.";
  }
  if (seen < 0.55) return "a model with few rules learns little and does not look clever.";
  return "the score on seen flips does not last. On new ones a blind guess may do as well.";
}

/** Tries guessers on one exam until one passes: how many it took, and its score on new flips.
    @param {Random} random */
export function search(random) {
  const exam = flip(random, EXAM);
  /** @param {number[]} flips */
  const hits = (flips) => flips.filter((side) => side === Number(random() < 0.5)).length;
  let tried = 1;
  let best = hits(exam);
  while (best < PASS_MARK) {
    tried += 1;
    best = hits(exam);
  }
  return { tried, best, again: hits(flip(random, EXAM)) };
}

const part = open("coins");
if (part) {
  const { piece, say } = part;
  const memory = piece("memory");
  const told = piece("told");
  let random = mulberry32(newSeed());
  let flips = flip(random, TRAIN + TEST); // One coin for many models, so that they can be compared.
  let number = 1;
  let trained = 0;

  /** @param {string[]} cells */
  const addRow = (cells) => {
    const row = told.insertRow(0);
    for (const cell of cells) row.insertCell().textContent = cell;
    if (told.rows.length > 8) told.deleteRow(-1);
    told.parentElement.hidden = false;
  };
  const show = () => {
    piece("memory-shown").textContent = memory.value;
    piece("rules").textContent = count(2 ** Number(memory.value));
  };
  memory.addEventListener("input", show);
  show();

  piece("train").addEventListener("click", () => {
    trained = Number(memory.value);
    piece("strip").textContent = flips.slice(TRAIN - 40, TRAIN).map((side) => (side ? "H" : "T")).join("");
    piece("shown").hidden = false;
    const { seen } = score(flips, trained);
    addRow([`Coin ${number}, looks back ${trained}`, percent(seen), NOT_YET]);
    for (const name of ["test", "coin"]) piece(name).disabled = false;
    say(`Trained. On the flips it has seen, the model is right ${percent(seen)} of the time. Now test it.`);
  });
  piece("test").addEventListener("click", () => {
    const { seen, fresh } = score(flips, trained);
    const [low, high] = wilson(fresh, TEST).map((share) => percent(share));
    if (told.rows[0].lastChild?.textContent === NOT_YET) told.deleteRow(0);
    addRow([`Coin ${number}, looks back ${trained}`, percent(seen), `${percent(fresh)} (${low} to ${high})`]);
    const far = `On ${count(TEST)} new flips it is right ${percent(fresh)} of the time ` +
      `(95% interval ${low} to ${high})`;
    say(`${far}, against ${percent(seen)} on those it has seen. What you just saw: ${lesson(seen, fresh)}`);
  });
  piece("coin").addEventListener("click", () => {
    number += 1;
    flips = flip(random, TRAIN + TEST);
    piece("test").disabled = true;
    say(`Coin ${number} has been flipped. Train a model on it.`);
  });
  piece("search").addEventListener("click", () => {
    random = mulberry32(newSeed());
    const { tried, best, again } = search(random);
    const found = `Guesser number ${tried} got ${best} of ${EXAM} right and passes. ` +
      `On ${EXAM} new flips it gets ${again}.`;
    say(
      `${found} What you just saw: ` +
        (tried > 1 ? `the best of ${tried} was only lucky. ` : "even the first can be lucky. ") +
        "On new flips the luck starts again.",
    );
  });
}
