/* Swaps labels and trains again: what experiments/swapped_labels.py does, on the same images. */
import { SVG, numbers, onClick, open, percent, results } from "./play-common.js";

/* Threes and eights as rows of 64 numbers from 0 to 1: one sign a pixel, g is 16. */
export const pixels = (images) => images.map((image) => [...image].map((sign) => parseInt(sign, 17) / 16));

/* Logistic regression by gradient descent, all examples at every step. */
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
      row.forEach((value, place) => (slope[place] += off * value));
      lift += off;
    });
    losses.push(loss / rows.length);
    weights.forEach((_, place) => (weights[place] -= (rate * slope[place]) / rows.length));
    offset -= (rate * lift) / rows.length;
  }
  return { weights, offset, losses };
}

const leaning = (row, weights, offset) =>
  row.reduce((sum, value, place) => sum + value * weights[place], offset);

/* Swaps the first `share` of the labels in training and in the test, then trains and tests. */
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
  const pick = (list, places) => places.map((place) => list[place]);
  const model = train(pick(rows, kept), pick(labels, kept), { steps, rate });
  const says = tested.map((place) => Number(leaning(rows[place], model.weights, model.offset) > 0));
  const agree = (answers) => says.filter((said, i) => said === answers[tested[i]]).length / tested.length;
  return { ...model, says, tested, byLabels: agree(labels), byPeople: agree(people) };
}

function drawn(image, side, name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", name);
  image.forEach((value, place) => {
    const dot = document.createElementNS(SVG, "rect");
    const at = { x: place % side, y: Math.floor(place / side), width: 1.02, height: 1.02, "fill-opacity": value };
    for (const [key, said] of Object.entries(at)) dot.setAttribute(key, said);
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
    const found = trial(data, Number(share.value) / 100);
    const last = found.losses.at(-1);
    piece("loss").textContent = last.toFixed(3);
    piece("by-labels").textContent = percent(found.byLabels, 0);
    piece("curve").removeAttribute("hidden");
    piece("line").setAttribute(
      "d",
      `M${found.losses.map((loss, step) => `${((200 * step) / found.losses.length).toFixed(1)} ${(80 - 100 * loss).toFixed(1)}`).join("L")}`,
    );
    piece("by-people").textContent = percent(found.byPeople, 0);
    const rows = pixels(data.images);
    const gallery = piece("gallery");
    gallery.replaceChildren(
      ...found.tested.slice(0, 10).map((place, i) => {
        const item = document.createElement("li");
        const truth = Number(data.labels[place]) ? "a dog (eight)" : "a cat (three)";
        item.append(drawn(rows[place], data.setting.side, truth), ` says ${found.says[i] ? "dog" : "cat"}`);
        return item;
      }),
    );
    say(
      `Trained with ${share.value}% of the labels swapped. Loss ${last.toFixed(3)}; agrees with its labels ` +
        `${percent(found.byLabels, 0)}, with people ${percent(found.byPeople, 0)}.`,
    );
  });
}
