/* What the playable parts of the pitfall pages share. */

/** Random numbers from 0 to 1, by the generator that experiments/coin_flips.py has too.
    @param {number} seed */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for `mulberry32` that nobody has chosen. */
export const newSeed = () => Math.floor(Math.random() * 2 ** 32);

/** A share from 0 to 1 as a percentage.
    @param {number} share
    @param {number} [digits] After the point. */
export const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)}%`;

/** A number in whole ones, its thousands apart.
    @param {number} number */
export const count = (number) => Math.round(number).toLocaleString("en-GB");

/** The numbers of a text that has spaces between them.
    @param {string} text */
export const numbers = (text) => text.split(" ").map(Number);

/** @type {Map<string, Promise<unknown>>} */
const fetched = new Map();
/** The results of an experiment, as its script wrote them; fetched once.
    @template {keyof Results} Name
    @param {Name} name
    @returns {Promise<Results[Name]>} */
export function results(name) {
  if (!fetched.has(name)) {
    const address = `${document.body.dataset.root}/experiments/${name}.json`;
    const asked = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => fetched.delete(name));
    fetched.set(name, asked);
  }
  return /** @type {Promise<Results[Name]>} */ (fetched.get(name));
}

/** Shows the part called `name` and returns its pieces; nothing where the page has no such part.
    @param {string} name */
export function open(name) {
  const form = document.querySelector(`[data-play="${name}"]`);
  if (!form) return null;
  form.hidden = false;
  form.previousElementSibling.hidden = true; // "This part needs JavaScript"
  form.addEventListener("submit", (event) => event.preventDefault());
  /** @param {string} role */
  const piece = (role) => form.querySelector(`[data-${role}]`);
  const status = form.querySelector("[role=status]");
  let waiting = 0;
  /** Says `text` to everybody; with `after`, only once nothing new has come for a while.
      @param {string} text
      @param {number} [after] In milliseconds. */
  const say = (text, after = 0) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = text), after);
  };
  return { form, piece, say };
}

/** Runs `work` on a click, and says so if what it fetches cannot be had.
    @param {HTMLElement} button
    @param {(text: string) => void} say
    @param {() => Promise<void>} work */
export function onClick(button, say, work) {
  button.addEventListener("click", async () => {
    try {
      await work();
    } catch {
      say("This could not be loaded. Check the connection, then press again.");
    }
  });
}

export const SVG = "http://www.w3.org/2000/svg";

/** Lets the page draw what has changed before the next piece of long work. */
export const breathe = () => new Promise((done) => setTimeout(done));
