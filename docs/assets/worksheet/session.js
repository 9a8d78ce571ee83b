/* The worksheet that is open in this window: shows it, saves it, and hears of other windows. */
import { plan } from "./agenda.js";
import { minutes } from "./formats.js";
import { answerOf, decisions, edit, emptySheet, isWritten, noLongerAsked, openPoints, progress, sameSheet, shown, underNewNames } from "./state.js";
import { OpenSheet, Shelf, Unsaved, newId } from "./storage.js";
import * as view from "./view.js";

const SAVE_AFTER = 300;
const SAY_AFTER = 1500;
const WEEK = 7 * 24 * 60 * 60 * 1000;

export const root = document.querySelector("[data-worksheet]");
export const find = (selector) => root.querySelector(selector);
const status = find("[role=status]");
const alarm = find("[role=alert]");
export const questions = view.readQuestions(root);
export const known = view.readKnown(root);
export const shelf = new Shelf(storageArea(), new URL(document.body.dataset.root.replace(/\/?$/, "/"), location.href).pathname);

/** Where the reader is: the view, the question in it, and one followed a link to though it is left out. */
export const at = { mode: "list", current: "", guest: "" };
/** The sheet that is open, as this window sees it. */
export let sheet = null;
let saveTimer = 0;
let sayTimer = 0;
let undo = null;

function storageArea() {
  try {
    return localStorage;
  } catch (error) {
    // Blocked: every use says so, and the sheet lives in this window only.
    return new Proxy({}, { get() { throw error; } });
  }
}

export const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/* ---- Opening ---- */

export function attempt(act, otherwise) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Unsaved)) throw error;
    warn(error);
    return otherwise;
  }
}

export const fresh = () => {
  const made = emptySheet();
  Object.assign(made.project, { date: today(), created: Date.now() });
  return made;
};

export function open(id, loaded) {
  const answers = underNewNames(loaded.answers, questions);
  sheet = new OpenSheet(shelf, id, { ...loaded, answers });
  at.guest = "";
  moveRenamed(loaded.answers, answers);
  refresh();
}

/** Stores answers under the ids their questions have now, before the old entries go. */
function moveRenamed(before, after) {
  const old = [...before.keys()].filter((name) => !after.has(name));
  if (!old.length) return;
  for (const name of after.keys()) if (!before.has(name)) sheet.pending.add(`answer:${name}`);
  save();
  if (!sheet.pending.size) for (const name of old) attempt(() => shelf.removePart(sheet.id, `answer:${name}`));
}

export function openStored(id) {
  open(id, attempt(() => shelf.sheet(id), fresh()));
  attempt(() => shelf.last(id));
}

export function openLast() {
  const list = attempt(() => shelf.list(), []);
  const last = attempt(() => shelf.last(), null);
  if (!list.length) return open(newId(), fresh());
  return openStored(list.some(({ id }) => id === last) ? last : list[0].id);
}

/** Stores a whole sheet as a worksheet of its own and opens it, unless the very same is here. */
export function adopt(id, loaded) {
  const taken = attempt(() => shelf.list(), []).some((each) => each.id === id);
  if (taken && attempt(() => sameSheet(shelf.sheet(id), loaded), false)) return openStored(id);
  const name = !id || taken ? newId() : id;
  const when = Date.now();
  const kept = { project: { ...loaded.project, created: loaded.project.created || when }, answers: loaded.answers };
  open(name, kept);
  for (const part of sheet.parts.keys()) sheet.pending.add(part);
  save();
  attempt(() => shelf.last(name));
  return refresh();
}

export const hasContent = (each) => [...each.answers.values()].some(isWritten) || Boolean(each.project.name.trim() || each.project.people.trim());
export const asSheet = () => ({ project: sheet.project, answers: sheet.answers });

/* ---- Showing ---- */

export const layout = () => {
  const agenda = plan(questions, sheet.project, known);
  const list = shown(questions, sheet.answers, agenda.lines);
  const guest = questions.find((question) => question.id === at.guest && !list.includes(question));
  return { agenda, list: guest ? [...list, guest] : list };
};

export function refresh() {
  const { project, answers } = sheet;
  view.fillProject(root, project);
  for (const question of questions) view.fillAnswer(question, answerOf(answers, question.id));
  refreshLists();
}

export function refreshLists() {
  const { project, answers } = sheet;
  const { agenda, list } = layout();
  if (!list.some((question) => question.id === at.current)) at.current = list[0]?.id ?? "";
  for (const question of questions) view.showNotes(question, answerOf(answers, question.id), questions, answers);
  view.showPlan(root, agenda, project, known);
  view.arrange(root, questions, list, at.mode === "one" ? at.current : "");
  view.showProgress(root, progress(list, answers), known);
  view.showSteps(root, list, at.current, answers);
  view.showPoints(root, openPoints(list, answers), decisions(questions, answers), answers);
  view.showLost(root, noLongerAsked(questions, answers), known);
  view.showMinutes(root, minutes(asSheet(), questions, known));
  root.classList.toggle("ws--written", [...answers.values()].some(isWritten));
  refreshShelf();
  root.dispatchEvent(new Event("ws-shown"));
}

export function refreshShelf() {
  const list = attempt(() => shelf.list(), []).filter(({ id }) => id !== sheet.id);
  view.showShelf(root, [...list, { id: sheet.id, project: sheet.project }], sheet.id);
  const copied = attempt(() => shelf.note(sheet.id, "copied"), 0);
  const since = copied || sheet.project.created;
  const written = [...sheet.answers.values()].filter(isWritten);
  const changed = written.some((answer) => answer.when > copied);
  const due = changed && since && Date.now() - since >= WEEK;
  find("[data-copied]").textContent = due
    ? `${copied ? `Last copy ${ago(copied)}` : `Never copied, and begun ${ago(since)}`}: save a copy now.`
    : copied ? `Last copy ${ago(copied)}.` : "No copy yet.";
  find("[data-bar]").classList.toggle("ws-bar--due", Boolean(due));
}

function ago(time) {
  const days = Math.floor((Date.now() - time) / 86_400_000);
  if (days > 0) return `${days} ${days === 1 ? "day" : "days"} ago`;
  return `at ${new Date(time).toTimeString().slice(0, 5)}`;
}

/* ---- Saying ---- */

export function say(text) {
  clearTimeout(sayTimer);
  status.textContent = text;
}

function sayLater(text) {
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => say(text()), SAY_AFTER);
}

const WARNINGS = {
  full: "This browser has no room left for this site. What you type stays in this window only: save a copy now, before you close it.",
  blocked: "This browser does not let the page store anything. What you type stays in this window only: save a copy before you close it.",
};

function warn(error) {
  find("[data-kept]").textContent = "Not saved: in this window only.";
  if (alarm.textContent !== WARNINGS[error.kind]) alarm.textContent = WARNINGS[error.kind];
}

/** Says at once what went wrong, or nothing any more. */
export const refuse = (text) => {
  alarm.textContent = text;
};

export function offerUndo(text, act) {
  undo = act;
  find("[data-undo]").hidden = false;
  find("[data-undo] span").textContent = text;
  say(`${text} You can undo it.`);
}

export function doUndo() {
  find("[data-undo]").hidden = true;
  undo?.();
  undo = null;
  find("[data-which]").focus();
  say("Undone.");
}

/* ---- Changing and saving ---- */

export function change(part, record) {
  if (sheet.deleted) {
    sheet.deleted = false;
    for (const each of sheet.parts.keys()) sheet.pending.add(each);
    refuse("");
  }
  sheet.change(part, record);
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, SAVE_AFTER);
}

export function save() {
  clearTimeout(saveTimer);
  if (!sheet.pending.size) return;
  const first = !sheet.project.rev;
  try {
    if (first) sheet.pending.add("project");
    sheet.save();
    if (first) shelf.last(sheet.id);
    if (Object.values(WARNINGS).includes(alarm.textContent)) alarm.textContent = "";
    find("[data-kept]").textContent = "Saved in this browser only.";
    sayLater(() => `Saved. ${find("[data-done]").textContent}.`);
  } catch (error) {
    if (!(error instanceof Unsaved)) throw error;
    warn(error);
  }
  refreshLists();
}

export function changeAnswer(id, name, value) {
  const question = questions.find((each) => each.id === id);
  const answer = edit(answerOf(sheet.answers, id), name, value, question, Date.now());
  change(`answer:${id}`, answer);
  return { question, answer };
}

export function changeProject(values) {
  change("project", { ...sheet.project, ...values, when: Date.now() });
}

/* ---- Other windows ---- */

addEventListener("storage", (event) => {
  if (event.storageArea && event.storageArea !== shelf.area) return;
  const place = shelf.locate(event.key);
  const gone = event.key === null || (place?.id === sheet.id && place.part === "project" && event.newValue === null);
  if (gone && sheet.project.rev) {
    sheet.deleted = true;
    refuse("This worksheet was deleted in another window. It is still here: change anything and it is stored again, or save a copy.");
    return;
  }
  if (place?.id !== sheet.id) {
    if (place?.part === "project") refreshShelf();
    return;
  }
  if (event.newValue === null || !sheet.receive(place.part, shelf.parse(event.newValue, place.part))) return;
  refresh();
  if (sheet.pending.size) save();
});

addEventListener("pagehide", save);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
addEventListener("beforeunload", (event) => {
  save();
  if (sheet.pending.size && hasContent(asSheet())) event.preventDefault();
});
addEventListener("beforeprint", () => {
  save();
  view.showMinutes(root, minutes(asSheet(), questions, known));
});

