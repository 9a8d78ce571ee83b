/* Draws somebody and lets the network guess: what experiments/body_pictures.py does. */
import { numbers, onClick, open, results } from "./play.js";

const ROWS = 36;
const COLUMNS = 20;
const PER_METRE = 17;
const SETTLED = 500;

/** @param {number} value */
const clip = (value) => Math.min(1, Math.max(0, value));

/** How much of each pixel the body covers, row by row, from 0 to 1.
    @param {number} height In metres.
    @param {number} weight In kilograms. */
export function draw(height, weight) {
  const half = 0.029 * Math.sqrt(weight / height) * PER_METRE;
  const head = 0.095 * PER_METRE;
  const picture = [];
  for (let row = 0; row < ROWS; row += 1) {
    const level = (ROWS - 1 - row) / (height * PER_METRE);
    let inner = 0;
    let outer = 0;
    if (level < 0.47) {
      inner = 0.12 * half;
      outer = half * (0.62 + 0.6 * level);
    } else if (level < 0.82) outer = half;
    else if (level < 0.86) outer = 0.55 * head;
    else if (level < 1) outer = head * Math.sqrt(Math.max(0, 1 - ((level - 0.93) / 0.07) ** 2));
    for (let column = 0; column < COLUMNS; column += 1) {
      const middle = Math.abs(column - (COLUMNS - 1) / 2);
      picture.push(clip(clip(outer - middle + 0.5) - clip(inner - middle + 0.5)));
    }
  }
  return picture;
}

/** The network's answer: one layer of units, then one number.
    @param {Results["body-pictures"]} given
    @param {number[]} picture */
export function guess({ weights, offsets }, picture) {
  const [first, second] = weights.map(numbers);
  const [lift, [last]] = offsets.map(numbers);
  const units = lift.map((start, unit) =>
    Math.max(0, picture.reduce((sum, pixel, i) => sum + pixel * first[i * lift.length + unit], start))
  );
  return units.reduce((sum, value, unit) => sum + value * second[unit], last);
}

/** The linear model's answer: a number for each pixel, and one to begin with.
    @param {Results["body-pictures"]} given
    @param {number[]} picture */
export function linearGuess({ linear: { weights, offset } }, picture) {
  return numbers(weights).reduce((sum, weight, pixel) => sum + weight * picture[pixel], offset);
}

/** The body-mass index.
    @param {number} height In metres.
    @param {number} weight In kilograms. */
export const formula = (height, weight) => weight / height ** 2;

/** What a guess and the formula's answer, as they are shown, have shown.
    @param {number} said
    @param {number} known
    @param {number} tall */
export function lesson(said, known, tall) {
  const off = said - known;
  if (Math.abs(off) < 0.05) {
    return "What you just saw: here the guess agrees with the formula. Try somebody else.";
  }
  const kilograms = (Math.abs(off) * tall ** 2).toFixed(1);
  const side = off > 0 ? "high" : "low";
  return `What you just saw: the guess is too ${side} by ${Math.abs(off).toFixed(1)}, ` +
    `as if you misread the scale by ${kilograms} kg.`;
}

const part = open("body");
if (part) {
  const { form, piece, say } = part;
  const [height, weight] = [piece("height"), piece("weight")];
  /** @type {Results["body-pictures"] | null} */
  let models = null;

  /** @param {number[]} picture
      @param {number} least */
  const shade = (picture, least) =>
    picture
      .map((value, index) =>
        value >= least ? `M${index % COLUMNS} ${Math.floor(index / COLUMNS)}h1v1h-1z` : ""
      )
      .join("");
  function show() {
    const [tall, heavy] = [Number(height.value) / 100, Number(weight.value)];
    piece("height-shown").textContent = `${tall.toFixed(2)} m`;
    piece("weight-shown").textContent = `${heavy} kg`;
    const picture = draw(tall, heavy);
    for (const path of form.querySelectorAll("[data-least]")) {
      path.setAttribute("d", shade(picture, Number(path.dataset.least)));
    }
    const known = formula(tall, heavy).toFixed(1);
    piece("formula").textContent = known;
    if (!models) return;
    const said = guess(models, picture).toFixed(1);
    piece("guess").textContent = said;
    piece("linear").textContent = linearGuess(models, picture).toFixed(1);
    say(
      `The network guesses ${said}. The formula gives ${known}. ${lesson(Number(said), Number(known), tall)}`,
      SETTLED,
    );
  }
  form.addEventListener("input", show);
  onClick(piece("load"), say, async () => {
    models = await results("body-pictures");
    show();
  });
  show();
}
