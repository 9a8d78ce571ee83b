/* The worksheet that is open in this window: shows it, saves it, and hears of other windows. */
import { plan } from "./agenda.js";
import { minutes } from "./minutes.js";
import { answerOf, decisions, edit, emptySheet, isWritten, nextSteps, noLongerAsked, openPoints, progress, sameSheet, shown, underNewNames } from "./state.js";
import { OpenSheet, Shelf, Unsaved, newId } from "./storage.js";
import * as view from "./view.js";

const SAVE_AFTER = 300;
const SAY_AFTER = 1500;
const READ_FOR = 8000;
const WEEK = 7 * 24 * 60 * 60 * 1000;

export const root = document.querySelector("[data-worksheet]");
export const find = (selector) => root.querySelector(selector);
const status = find("[role=status]");
const alarm = find("[role=alert]");
export const questions = view.readQuestions(root);
export const known = view.readKnown(root);
export const shelf = new Shelf(storageArea(), new URL(document.body.dataset.root.replace(/\/?$/, "/"), location.href).pathname);

/** Where the reader is: the view; what stands in it, a question or a step of the agenda; one looked up
    though the meeting does not ask it, and from where; and when the meeting began. */
export const at = { mode: "list", current: "", guest: "", from: "", began: 0 };
/** The sheet that is open, as this window sees it. */
export let sheet = null;
let saveTimer = 0;
let sayTimer = 0;
let readTimer = 0;
let undos = [];

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
  Object.assign(at, { guest: "", from: "", began: 0 });
  // What was done within another sheet cannot be taken back in this one.
  undos = undos.filter(({ within }) => !within || within === id);
  showUndo();
  outdated();
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

/** The agenda, the questions of the meeting, and its stops: each step and each question in turn. */
export const layout = () => {
  const agenda = plan(questions, sheet.project, known);
  const list = shown(questions, sheet.answers, agenda.lines);
  const step = (each, number) => ({ ...each, id: `step:${number}` });
  const planned = new Map(agenda.lines.map((line) => [line.question, line]));
  const asked = list.map((question) => ({ ...planned.get(question), question, id: question.id, title: question.title }));
  const before = agenda.before.map(step);
  return { agenda, list, stops: [...before, ...asked, ...agenda.after.map((each, number) => step(each, before.length + number))] };
};

export function refresh() {
  const { project, answers } = sheet;
  view.fillProject(root, project);
  for (const question of questions) view.fillAnswer(question, answerOf(answers, question.id));
  refreshLists();
}

export function refreshLists() {
  const { project, answers } = sheet;
  const { agenda, list, stops } = layout();
  const isHere = at.current === at.guest || stops.some(({ id }) => id === at.current);
  if (!isHere || !at.current) at.current = list[0]?.id ?? stops[0].id;
  for (const question of questions) view.showNotes(question, answerOf(answers, question.id), { questions, list, answers });
  root.toggleAttribute("data-closing", at.current === stops.at(-1).id);
  view.showPlan(root, agenda, project, known);
  view.arrange(root, questions, list, at);
  view.showProgress(root, progress(list, answers), known);
  view.showStops(root, stops, at, answers, questions);
  view.showPoints(root, { open: openPoints(list, answers), next: nextSteps(list, answers), made: decisions(questions, answers) }, answers);
  view.showLost(root, noLongerAsked(questions, answers), known);
  view.showMinutes(root, minutes(asSheet(), questions, known));
  root.classList.toggle("ws--written", [...answers.values()].some(isWritten));
  refreshShelf();
  remember();
  root.dispatchEvent(new Event("ws-shown"));
}

/** Keeps in the browser's history where the reader is: for a reload, and for Back. */
function remember() {
  const { mode, current, guest, began } = at;
  const there = history.state;
  if (there?.mode === mode && there.current === current && there.began === began) return;
  const address = mode === "list" ? location.href : location.pathname + location.search;
  history.replaceState({ mode, current, guest, began }, "", address);
}

export function refreshShelf() {
  const open = { id: sheet.id, project: sheet.project };
  const list = attempt(() => shelf.list(), []).map((each) => (each.id === sheet.id ? open : each));
  view.showShelf(root, list.includes(open) ? list : [open, ...list], sheet.id);
  const copied = attempt(() => shelf.note(sheet.id, "copied"), 0);
  const since = copied || sheet.project.created;
  const written = [...sheet.answers.values()].filter(isWritten);
  const changed = written.some((answer) => answer.when > copied);
  const due = changed && since && Date.now() - since >= WEEK;
  const now = changed ? ", changed since" : "";
  find("[data-copied]").textContent = due
    ? `${copied ? `Last copy ${ago(copied)}` : `Never copied, and begun ${ago(since)}`}: save a copy now.`
    : copied ? `Last copy ${ago(copied)}${now}.` : "No copy yet.";
  find("[data-bar]").classList.toggle("ws-bar--due", Boolean(due));
}

function ago(time) {
  const days = Math.floor((Date.now() - time) / 86_400_000);
  if (days > 0) return `${days} ${days === 1 ? "day" : "days"} ago`;
  return `at ${new Date(time).toTimeString().slice(0, 5)}`;
}

/* ---- Saying ---- */

/** Says something politely, in view for a while unless it is `quiet`: the bar shows that anyway. */
export function say(text, quiet = false) {
  clearTimeout(sayTimer);
  clearTimeout(readTimer);
  status.textContent = text;
  status.classList.toggle("pb-hidden", quiet || !text);
  readTimer = setTimeout(() => status.classList.add("pb-hidden"), READ_FOR);
}

function sayLater(text) {
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => say(text(), true), SAY_AFTER);
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
  if (text) say("");
  alarm.textContent = text;
};

/** Offers to take something back, with the button under the reader's hand.

    In: what was done, what takes it back, what has the focus afterwards, and the id of the sheet that
    must be open for it; a deleted sheet can be brought back from anywhere. */
export function offerUndo({ text, act, back, within }) {
  undos.push({ text, act, back, within });
  showUndo();
  find("[data-act=undo]").focus();
  say(text, true);
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
  act?.();
  showUndo();
  (back?.() ?? find("[data-which]")).focus();
  say(`Taken back: ${text}`);
}

/* ---- Changing and saving ---- */

/** What was made of the sheet as it was, and is no longer true. */
function outdated() {
  find("[data-link]").hidden = true;
  find("#ws-link").value = "";
}

export function change(part, record) {
  if (sheet.deleted) {
    sheet.deleted = false;
    for (const each of sheet.parts.keys()) sheet.pending.add(each);
    refuse("");
  }
  sheet.change(part, record);
  outdated();
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
