/* Flip, train, test again: what experiments/coin_flips.py does, for one coin at a time. */
import { count, mulberry32, newSeed, open, percent } from "./play-common.js";

const TRAIN = 1000;
const TEST = 1000;
const LONGEST = 12;
const EXAM = 100;
const PASS_MARK = 60;
const NOT_YET = "not yet";

export const flip = (random, times) => Array.from({ length: times }, () => Number(random() < 0.5));

/* For each row of `memory` flips, notes what came next more often; returns the share right on the
   flips it was trained on and on those after them. */
export function score(flips, memory) {
  const met = new Uint16Array(2 ** memory);
  const heads = new Uint16Array(2 ** memory);
  const row = (place) => flips.slice(place - memory, place).reduce((sum, side) => 2 * sum + side, 0);
  for (let place = LONGEST; place < TRAIN; place += 1) {
    met[row(place)] += 1;
    heads[row(place)] += flips[place];
  }
  const right = (from, to) => {
    let hits = 0;
    for (let place = from; place < to; place += 1) {
      hits += Number(Number(2 * heads[row(place)] >= met[row(place)]) === flips[place]);
    }
    return hits / (to - from);
  };
  return { seen: right(LONGEST, TRAIN), fresh: right(TRAIN, flips.length) };
}

/* Tries guessers on one exam until one passes: how many it took, and its score on new flips. */
export function search(random) {
  const exam = flip(random, EXAM);
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
  let flips = [];
  let number = 0;
  let trained = 0;

  const addRow = (cells) => {
    const row = told.insertRow(0);
    for (const cell of cells) row.insertCell().textContent = cell;
    if (told.rows.length > 8) told.deleteRow(-1);
    told.closest("table").hidden = false;
  };
  const show = () => {
    piece("memory-shown").textContent = memory.value;
    piece("rules").textContent = count(2 ** memory.value);
  };
  memory.addEventListener("input", show);
  show();

  piece("train").addEventListener("click", () => {
    number += 1;
    trained = Number(memory.value);
    flips = flip(random, TRAIN);
    piece("strip").textContent = flips.slice(-40).map((side) => (side ? "H" : "T")).join("");
    piece("shown").hidden = false;
    const { seen } = score([...flips, 0], trained);
    addRow([`Coin ${number}, looks back ${trained}`, percent(seen), NOT_YET]);
    piece("test").disabled = false;
    say(`Trained. On the flips it has seen, the model is right ${percent(seen)} of the time.`);
  });
  piece("test").addEventListener("click", () => {
    const { seen, fresh } = score([...flips, ...flip(random, TEST)], trained);
    if (told.rows[0].lastChild.textContent === NOT_YET) told.deleteRow(0);
    addRow([`Coin ${number}, looks back ${trained}`, percent(seen), percent(fresh)]);
    say(`On ${count(TEST)} new flips it is right ${percent(fresh)} of the time, against ${percent(seen)} on those it has seen.`);
  });
  piece("search").addEventListener("click", () => {
    random = mulberry32(newSeed());
    const { tried, best, again } = search(random);
    say(`Guesser number ${tried} got ${best} of ${EXAM} right and passes. On ${EXAM} new flips it gets ${again}.`);
  });
}
