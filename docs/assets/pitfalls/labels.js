/* Swaps labels and trains again: what experiments/swapped_labels.py does, on the same images. */
import { mulberry32, newSeed, numbers, onClick, open, percent, results, SVG } from "./play.js";

/** Threes and eights as rows of 64 numbers from 0 to 1: one sign a pixel, g is 16.
    @param {string[]} images */
export const pixels = (images) => images.map((image) => [...image].map((sign) => parseInt(sign, 17) / 16));

/** Logistic regression by gradient descent, all examples at every step.
    @param {number[][]} rows
    @param {number[]} labels
    @param {{ steps: number, rate: number }} given */
export function train(rows, labels, { steps, rate }) {
  const weights = new Float64Array(rows[0].length);
  const losses = [];
  let offset = 0;
  for (let step = 0; step < steps; step += 1) {
    const slope = new Float64Array(weights.length);
    let lift = 0;
    let loss = 0;
    rows.forEach((row, example) => {
      const chance = 1 / (1 + Math.exp(-leaning(row, weights, offset)));
      loss -= Math.log(labels[example] ? chance : 1 - chance);
      const off = chance - labels[example];
      row.forEach((value, index) => (slope[index] += off * value));
      lift += off;
    });
    losses.push(loss / rows.length);
    weights.forEach((_, index) => (weights[index] -= (rate * slope[index]) / rows.length));
    offset -= (rate * lift) / rows.length;
  }
  return { weights, offset, losses };
}

/** @param {number[]} row
    @param {Float64Array} weights
    @param {number} offset */
const leaning = (row, weights, offset) =>
  row.reduce((sum, value, index) => sum + value * weights[index], offset);

/** Swaps the first `share` of the labels in training and in the test, then trains and tests.
    @param {Results["swapped-labels"]} data
    @param {number} share */
export function trial(data, share) {
  const { test, steps, rate } = data.setting;
  const rows = pixels(data.images);
  const people = [...data.labels].map(Number);
  const order = numbers(data.order);
  const [tested, kept] = [order.slice(0, test), order.slice(test)];
  const labels = [...people];
  for (const group of [kept, tested]) {
    for (const image of group.slice(0, Math.round(share * group.length))) labels[image] = 1 - labels[image];
  }
  /** @template Item
      @param {Item[]} list
      @param {number[]} places */
  const pick = (list, places) => places.map((index) => list[index]);
  const model = train(pick(rows, kept), pick(labels, kept), { steps, rate });
  const says = tested.map((index) => Number(leaning(rows[index], model.weights, model.offset) > 0));
  /** @param {number[]} answers */
  const agree = (answers) => says.filter((said, i) => said === answers[tested[i]]).length / tested.length;
  return { ...model, says, tested, labels, people, byLabels: agree(labels), byPeople: agree(people) };
}

/** `many` different numbers below `of`, drawn at random: ten images taken in order would be those
   whose labels are swapped first.
    @param {number} many
    @param {number} of
    @param {Random} random */
export function draw(many, of, random) {
  const left = Array.from({ length: of }, (_, index) => index);
  return Array.from({ length: many }, () => left.splice(Math.floor(random() * left.length), 1)[0]);
}

/** What was to be seen.
    @param {number} share
    @param {{ byLabels: number, byPeople: number }} given */
function conclusion(share, { byLabels, byPeople }) {
  const [score, right] = [percent(byLabels, 0), percent(byPeople, 0)];
  if (share === 0) return `with right labels, the score and the truth are the same, ${score}.`;
  if (share === 1) {
    return `the score is ${score}, as with right labels, and the model is right ${right} of the time. ` +
      "Only people can tell.";
  }
  return `the score is ${score}, and the model is right ${right} of the time. ` +
    "The score alone cannot say whether the labels are wrong or the task is hard.";
}

/** @param {number[]} image
    @param {number} side
    @param {string} name */
function drawn(image, side, name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", name);
  image.forEach((value, index) => {
    const dot = document.createElementNS(SVG, "rect");
    const attributes = {
      x: index % side,
      y: Math.floor(index / side),
      width: 1.02,
      height: 1.02,
      "fill-opacity": value,
    };
    for (const [key, said] of Object.entries(attributes)) dot.setAttribute(key, String(said));
    picture.append(dot);
  });
  return picture;
}

const part = open("labels");
if (part) {
  const { piece, say } = part;
  const share = piece("share");
  const show = () => (piece("share-shown").textContent = `${share.value}%`);
  share.addEventListener("input", show);
  show();

  onClick(piece("retrain"), say, async () => {
    const data = await results("swapped-labels");
    const swapped = Number(share.value) / 100;
    const outcome = trial(data, swapped);
    piece("by-labels").textContent = percent(outcome.byLabels, 0);
    piece("by-people").textContent = percent(outcome.byPeople, 0);
    const rows = pixels(data.images);
    /** @param {number} dog */
    const named = (dog) => (dog ? "dog" : "cat");
    piece("drawn").hidden = false;
    piece("gallery").replaceChildren(
      ...draw(10, outcome.tested.length, mulberry32(newSeed())).map((number) => {
        const index = outcome.tested[number];
        const truth = outcome.people[index] ? "an 8, our dog" : "a 3, our cat";
        const item = document.createElement("li");
        item.append(drawn(rows[index], data.setting.side, truth));
        const right = outcome.says[number] === outcome.people[index];
        for (
          const text of [
            truth,
            `label: ${named(outcome.labels[index])}`,
            `model: ${named(outcome.says[number])}, ${right ? "right" : "wrong"}`,
          ]
        ) {
          const line = document.createElement("div");
          line.textContent = text;
          item.append(line);
        }
        return item;
      }),
    );
    say(
      `Trained with ${share.value}% of the labels swapped. ` +
        `It agrees with its labels ${percent(outcome.byLabels, 0)} of the time; ` +
        `people call ${percent(outcome.byPeople, 0)} of its answers right.`,
    );
    piece("seen").hidden = false;
    piece("seen").textContent = `What you just saw: ${conclusion(swapped, outcome)}`;
  });
}
