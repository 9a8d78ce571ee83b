/* Taking back: each step names its worksheet, takes back what it did, and nothing written since. */
import {
  adopt,
  announce,
  asSheet,
  change,
  find,
  nameOf,
  openStored,
  peek,
  refresh,
  save,
  sheet,
} from "./session.js";
import { answerOf, equal, fieldsOf, partOf, takeBack } from "./state.js";

/** @type {Undo[]} */
let undos = [];

/** Offers to take something back, with the button under the reader's hand.

    In: what was done, the name of the worksheet it was done to, what takes it back, and what has the
    focus afterwards. It may be taken back from anywhere: what it belongs to is opened first.
    @param {Undo} given */
export function offerUndo({ text, of, act, back }) {
  undos.push({ text: of ? `“${of}”: ${text}` : text, act, back });
  showUndo();
  find("[data-act=undo]").focus();
  announce(text, true);
}

/** Offers to take back what was changed in the open sheet since `before`, and nothing written later.
    @param {{ text: string, before: Sheet, back?: () => HTMLElement }} given */
export function offerStepBack({ text, before, back }) {
  const { id } = sheet;
  const after = asSheet();
  const step = partsOf(before, after).filter(([part, was, is]) => !equal(fieldsOf(part), was, is));
  const act = () => {
    if (!peek(id)) adopt(id, before);
    openStored(id);
    for (const [part, was, is] of step) {
      change(part, takeBack(fieldsOf(part), was, is, sheet.entry(part).mine, Date.now()));
    }
    save();
    refresh();
  };
  offerUndo({ text, of: nameOf(sheet), act, back });
}

// Each part of two states of a sheet: its name, the record before, and the record after.
/** @param {Sheet} before
    @param {Sheet} after
    @returns {[string, AnyRecord, AnyRecord][]} */
function partsOf(before, after) {
  const ids = [...new Set([...before.answers.keys(), ...after.answers.keys()])];
  /** @type {(id: string) => [string, AnyRecord, AnyRecord]} */
  const partAt = (id) => [partOf(id), answerOf(before.answers, id), answerOf(after.answers, id)];
  return [["project", before.project, after.project], ...ids.map(partAt)];
}

function showUndo() {
  find("[data-undo]").hidden = !undos.length;
  find("[data-undo] span").textContent = undos.at(-1)?.text ?? "";
}

export function forgetUndo() {
  undos = [];
  showUndo();
}

/** Takes the last thing back. What else may be taken back is offered again. */
export function doUndo() {
  const { text, act, back } = undos.pop() ?? {};
  const said = act?.();
  showUndo();
  (back?.() ?? find("[data-which]")).focus();
  announce(said ?? `Undone: ${text}`);
}
