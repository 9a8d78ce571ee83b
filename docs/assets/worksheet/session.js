/* The worksheet that is open in this window: shows it, saves it, and hears of other windows. */
import { plan } from "./agenda.js";
import { minutes } from "./minutes.js";
import {
  answerOf,
  decisions,
  differingWords,
  edit,
  emptySheet,
  hasContent,
  isLinkMark,
  isWritten,
  nextSteps,
  noLongerAsked,
  openPoints,
  partOf,
  progress,
  sameSheet,
  shown,
  underNewNames,
} from "./state.js";
import { newestFirst, newId, OpenSheet, StorageError, WorksheetStore } from "./storage.js";
import * as draw from "./view.js";

const SAVE_AFTER = 300;
// Even while somebody keeps typing.
const SAVE_WITHIN = 900;
const SAY_AFTER = 1500;
const READ_FOR = 8000;
// Safari clears the storage of a site that nobody came to for seven days.
const REMIND_AFTER = 5 * 24 * 60 * 60 * 1000;

/** @type {HTMLElement} */
export const root = document.querySelector("[data-worksheet]");
/** @param {string} selector */
export const find = (selector) => root.querySelector(selector);
const status = find("[role=status]");
const alarm = find("[role=alert]");
export const questions = draw.readQuestions(root);
export const known = draw.readKnown(root);
export const store = new WorksheetStore(
  storageArea(),
  new URL(String(document.body.dataset.root).replace(/\/?$/, "/"), location.href).pathname,
);

/** Where the reader is: the view; what stands in it, a question or a step of the agenda; one looked up
    though the meeting does not ask it, and from where; and when the meeting began.
    @type {View} */
export const view = { mode: "list", current: "", previewId: "", from: "", began: 0 };
// What is open before the first worksheet is, and for a moment while one is deleted.
const none = /** @type {OpenSheet} */ (/** @type {unknown} */ (null));
/** The sheet that is open, as this window sees it. */
export let sheet = none;
/** Sheets that are not open and hold what could not be stored: they stay in this window. */
/** @type {Map<string, OpenSheet>} */
const kept = new Map();
let saveTimer = 0;
let changedSince = 0;
let isListed = true;
// What stopped the last save of the open sheet, or nothing.
/** @type {StorageError | null} */
let failure = null;
let sayTimer = 0;
let readTimer = 0;

/** @returns {Storage} */
function storageArea() {
  try {
    return localStorage;
  } catch (error) {
    // Blocked: every use says so, and the sheet lives in this window only.
    return new Proxy(/** @type {Storage} */ ({}), {
      get() {
        throw error;
      },
    });
  }
}

export const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/* ---- Opening ---- */

/** What `act` returns. Where storage fails, a warning and `otherwise`, to be left out if nothing is returned.
    @template Result
    @param {() => Result} act
    @param {Result} [otherwise] */
export function tryStorage(act, otherwise) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    warn(error);
    return /** @type {Result} */ (otherwise);
  }
}

export const newSheet = () => {
  const made = emptySheet();
  Object.assign(made.project, { date: today(), created: Date.now() });
  return made;
};

/** Opens a sheet under an id; its answers move to the names that their questions have now.
    @param {string} id
    @param {Sheet} loaded */
export function open(id, loaded) {
  const answers = underNewNames(loaded.answers, questions);
  setOpen(new OpenSheet(store, id, { ...loaded, answers }));
  moveRenamed(loaded.answers, answers);
  refresh();
}

/** @param {OpenSheet} next */
function setOpen(next) {
  keep(sheet);
  sheet = next;
  kept.delete(next.id);
  Object.assign(view, { previewId: "", from: "", began: 0 });
  hideStaleLink();
  if (next.deleted) showError(DELETED);
  else if (unread().length) {
    showError(
      "Part of this worksheet cannot be read. It is kept as it is: " +
        "see “Could not be read”, below the questions.",
    );
  }
}

// What cannot be stored now, or was deleted in another window, is gone with its sheet unless we hold it.
/** @param {OpenSheet | null} left */
function keep(left) {
  if (!left) return;
  storeOne(left);
  if ((left.pending.size || left.deleted) && hasContent(left)) kept.set(left.id, left);
}

/** Stores answers under the ids their questions have now, before the old entries go.
    @param {Answers} before
    @param {Answers} after */
function moveRenamed(before, after) {
  const old = [...before.keys()].filter((name) => !after.has(name));
  if (!old.length) return;
  for (const name of after.keys()) if (!before.has(name)) sheet.pending.add(partOf(name));
  save();
  if (!sheet.pending.size && !sheet.deleted) {
    for (const name of old) tryStorage(() => store.removePart(sheet.id, partOf(name)));
  }
}

/** Opens a worksheet of this browser or, where it could not be stored, of this window.
    @param {string} id */
export function openStored(id) {
  if (id === sheet?.id) return;
  const unsaved = kept.get(id);
  if (unsaved) {
    setOpen(unsaved);
    refresh();
  } else open(id, tryStorage(() => store.sheet(id), newSheet()));
  tryStorage(() => store.setLast(id));
}

/** The worksheets of this browser and of this window, the newest first: id, and the project. */
export function worksheets() {
  const own = [...(sheet ? [sheet] : []), ...kept.values()];
  const stored = tryStorage(() => store.list(), []).filter(({ id }) => !own.some((each) => each.id === id));
  return [...own.map(({ id, project }) => ({ id, project })), ...stored]
    .sort(newestFirst);
}

export function openLast() {
  const stored = tryStorage(() => store.list(), []);
  const last = tryStorage(() => store.last(), null);
  const next = stored.find(({ id }) => id === last) ?? stored[0] ?? [...kept.values()][0];
  if (next) openStored(next.id);
  else open(newId(), newSheet());
}

/** Takes a worksheet away, from this browser and this window.
    @param {string} id */
export function discard(id) {
  tryStorage(() => store.remove(id));
  kept.delete(id);
  if (sheet.id === id) {
    sheet = none;
    openLast();
  } else refreshWorksheets();
}

/** A worksheet of this browser or this window as it is now, or null.
    @param {string} id */
export function peek(id) {
  const here = id === sheet.id ? sheet : kept.get(id);
  if (here) return { project: here.project, answers: here.answers };
  return worksheets().some((each) => each.id === id) ? tryStorage(() => store.sheet(id), null) : null;
}

/** Stores a whole sheet as a worksheet of its own and opens it, unless the very same is here.

    Returns whether a worksheet was made for it.
    @param {string} id
    @param {Sheet} loaded */
export function adopt(id, loaded) {
  const there = id ? peek(id) : null;
  if (there && sameSheet(there, loaded)) {
    openStored(id);
    return false;
  }
  const name = !id || there ? newId() : id;
  // Written anew, whatever version it was of when it left.
  const project = { ...loaded.project, created: loaded.project.created || Date.now(), rev: "" };
  open(name, {
    project,
    answers: new Map([...loaded.answers].map(([key, answer]) => [key, { ...answer, rev: "" }])),
  });
  sheet.changeAll();
  save();
  tryStorage(() => store.setLast(name));
  refresh();
  return true;
}

/** @param {{ project: Project }} given */
export const nameOf = ({ project }) => project.name.trim() || "No name yet";

export const asSheet = () => ({ project: sheet.project, answers: sheet.answers });

/* ---- Showing ---- */

/** The agenda, the questions of the meeting, and its stops: each step and each question in turn. */
export const layout = () => {
  const agenda = plan(questions, sheet.project, known);
  const list = shown(questions, sheet.answers, agenda.lines);
  /** @param {Step} each
      @param {number} number
      @returns {Stop} */
  const step = (each, number) => ({ ...each, id: `step:${number}` });
  const planned = new Map(agenda.lines.map((line) => [line.question, line]));
  const asked = list.map((question) => ({
    ...planned.get(question),
    question,
    id: question.id,
    title: question.title,
  }));
  const before = agenda.before.map(step);
  return {
    agenda,
    list,
    stops: [...before, ...asked, ...agenda.after.map((each, number) => step(each, before.length + number))],
  };
};

/** Shows the sheet in all fields and lists. */
export function refresh() {
  const { project, answers } = sheet;
  draw.fillProject(root, project);
  for (const question of questions) draw.fillAnswer(question, answerOf(answers, question.id));
  refreshLists();
}

/** Shows all but what people type into: the fields keep their text and the caret. */
export function refreshLists() {
  const { project, answers } = sheet;
  const { agenda, list, stops } = layout();
  draw.showProjectNotes(root, project);
  const isHere = view.current === view.previewId || stops.some(({ id }) => id === view.current);
  if (!isHere || !view.current) view.current = list[0]?.id ?? stops[0].id;
  for (const question of questions) {
    draw.showNotes(question, answerOf(answers, question.id), { questions, list, answers });
  }
  root.toggleAttribute("data-closing", view.current === stops.at(-1)?.id);
  draw.showPlan(root, agenda, project, known);
  draw.arrange(root, questions, list, view);
  const count = progress(list, answers);
  const inMeeting = project.copies.filter((copy) => differingWords(copy, project).length).length;
  draw.showProgress(root, { ...count, differing: count.differing + inMeeting }, known);
  draw.showStops(root, stops, view, answers, questions);
  draw.showPoints(root, {
    open: openPoints(list, answers),
    next: nextSteps(list, answers),
    made: decisions(questions, answers),
  }, answers);
  draw.showLost(root, noLongerAsked(questions, answers), known);
  draw.showUnread(root, unread(), questions);
  draw.showMinutes(root, minutes(asSheet(), questions, known));
  root.classList.toggle(
    "ws--written",
    [...answers.values()].some(isWritten) || Boolean(project.notes.trim()),
  );
  refreshWorksheets();
  remember();
  root.dispatchEvent(new Event("ws-shown"));
}

/** What is stored of the open sheet and cannot be read: part, text, and the key it is stored under. */
export const unread = () => [
  ...sheet.broken.map((each) => ({ ...each, key: store.key(sheet.id, each.part) })),
  ...tryStorage(() => store.unread(sheet.id), []),
];

/** Keeps in the browser's history where the reader is: for a reload, and for Back. */
function remember() {
  const { mode, current, previewId, began } = view;
  /** @type {Partial<View> | null} */
  const there = history.state;
  if (there?.mode === mode && there.current === current && there.began === began) return;
  const isWaiting = isLinkMark(location.hash);
  const address = mode === "list" || isWaiting ? location.href : location.pathname + location.search;
  history.replaceState({ mode, current, previewId, began }, "", address);
}

export function refreshWorksheets() {
  draw.showWorksheets(
    root,
    worksheets(),
    sheet.id,
    (id) => (id === sheet.id ? Boolean(failure) : kept.has(id)),
  );
  const copied = tryStorage(() => store.note(sheet.id, "copied"), 0);
  const since = copied || sheet.project.created;
  const written = [...sheet.answers.values()].filter(isWritten);
  const changed = written.some((answer) => answer.when > copied) ||
    (hasContent(sheet) && sheet.project.when > copied);
  const due = changed && since && Date.now() - since >= REMIND_AFTER;
  const now = changed ? ", changed since" : "";
  find("[data-copied]").textContent = due
    ? `${copied ? `Last copy ${ago(copied)}` : `No copy since you began ${ago(since)}`}: save a copy now.`
    : copied
    ? `Last copy ${ago(copied)}${now}.`
    : "No copy yet.";
  find("[data-bar]").classList.toggle("ws-bar--due", Boolean(due));
}

/** @param {number} time */
function ago(time) {
  const days = Math.floor((Date.now() - time) / 86_400_000);
  if (days > 0) return `${days} ${days === 1 ? "day" : "days"} ago`;
  return `at ${new Date(time).toTimeString().slice(0, 5)}`;
}

/* ---- Saying ---- */

/** Says something politely, in view for a while unless it is `quiet`: the bar shows that anyway.
    @param {string} text
    @param {boolean} [quiet] */
export function announce(text, quiet = false) {
  clearTimeout(sayTimer);
  clearTimeout(readTimer);
  status.textContent = text;
  status.classList.toggle("pb-hidden", quiet || !text);
  readTimer = setTimeout(() => status.classList.add("pb-hidden"), READ_FOR);
}

/** @param {() => string} text */
function sayLater(text) {
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => announce(text(), true), SAY_AFTER);
}

/** @type {Record<StorageError["kind"], string>} */
const WARNINGS = {
  full: "This browser has no room left for this site. " +
    "What you type stays in this window only: save a copy now, before you close it.",
  blocked: "This browser does not let the page store anything. " +
    "What you type stays in this window only: save a copy before you close it.",
};

const DELETED = "This worksheet was deleted in another window. " +
  "It is still open here: change anything to store it again, or save a copy.";

/** @param {StorageError} error */
function warn(error) {
  find("[data-kept]").textContent = "Not saved: it is in this window only.";
  if (alarm.textContent !== WARNINGS[error.kind]) alarm.textContent = WARNINGS[error.kind];
}

/** Says at once what went wrong, or nothing any more.
    @param {string} text */
export const showError = (text) => {
  if (text) announce("");
  alarm.textContent = text;
};

/* ---- Changing and saving ---- */

/** Hides the share link: it encodes an older state of the sheet. */
function hideStaleLink() {
  find("[data-link]").hidden = true;
  find("#ws-link").value = "";
}

/** Takes in a record; it is stored and the lists follow shortly after, or at once by `save`.
    @param {string} part
    @param {AnyRecord} record */
export function change(part, record) {
  if (sheet.deleted) {
    sheet.changeAll();
    showError("");
  }
  sheet.change(part, record);
  hideStaleLink();
  changedSince ||= Date.now();
  clearTimeout(saveTimer);
  saveTimer = setTimeout(
    saveSoon,
    Math.max(0, Math.min(SAVE_AFTER, changedSince + SAVE_WITHIN - Date.now())),
  );
}

// While somebody types on, the text is stored; the lists follow when they pause.
function saveSoon() {
  if (Date.now() - changedSince < SAVE_WITHIN) return save();
  changedSince = 0;
  storeAll();
  isListed = false;
  saveTimer = setTimeout(save, SAVE_AFTER);
}

export function save() {
  clearTimeout(saveTimer);
  changedSince = 0;
  if (!sheet || (isListed && !sheet.pending.size)) return;
  storeAll();
  isListed = true;
  refreshLists();
}

/** Stores what is not stored yet, of the open sheet and of those that only this window has. */
function storeAll() {
  for (const [id, each] of kept) if (!each.deleted && storeOne(each)) kept.delete(id);
  const isStored = storeOne(sheet);
  if (sheet.deleted) showError(DELETED);
  if (!isStored) return;
  if (Object.values(WARNINGS).includes(alarm.textContent)) alarm.textContent = "";
  find("[data-kept]").textContent = "Saved in this browser only.";
  sayLater(() => `Saved. ${find("[data-done]").textContent}.`);
}

// Returns whether everything of the sheet is stored now.
/** @param {OpenSheet} each */
function storeOne(each) {
  if (!each.pending.size) return true;
  const isFirst = !each.project.rev;
  try {
    if (isFirst) each.pending.add("project");
    each.save();
    if (isFirst && each === sheet) store.setLast(each.id);
    if (each === sheet) failure = null;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (each === sheet) failure = error;
    warn(error);
  }
  return !each.pending.size;
}

/** @param {string} id
    @param {string} name
    @param {unknown} value */
export function changeAnswer(id, name, value) {
  const question = questions.find((each) => each.id === id);
  const answer = edit(answerOf(sheet.answers, id), name, value, question, Date.now());
  change(partOf(id), answer);
  return { question, answer };
}

/** @param {Partial<Project>} values */
export function changeProject(values) {
  change("project", { ...sheet.project, ...values, when: Date.now() });
}

/* ---- Other windows ---- */

addEventListener("storage", ({ storageArea, key, newValue }) => {
  if (!sheet || (storageArea && storageArea !== store.area)) return;
  if (key === null) return [sheet, ...kept.values()].forEach(lose);
  const target = store.locate(key);
  const here = target && (target.id === sheet.id ? sheet : kept.get(target.id));
  if (!here) return target?.part === "project" && refreshWorksheets();
  if (newValue === null) return target.part === "project" && lose(here);
  if (target.part === "project" && here.deleted) {
    here.deleted = false;
    if (here === sheet) showError("");
  }
  const theirs = store.parse(newValue, target.part);
  const isNews = theirs && here.receive(target.part, theirs);
  if (here !== sheet) return;
  if (isNews) refresh();
  else refreshLists();
  if (sheet.pending.size) save();
});

/** Says that another window deleted what is open here.
    @param {OpenSheet} here */
function lose(here) {
  if (!here.project.rev) return;
  here.deleted = true;
  if (here === sheet) showError(DELETED);
}

addEventListener("pagehide", save);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
addEventListener("beforeunload", (event) => {
  save();
  if (sheet && [sheet, ...kept.values()].some((each) => each.pending.size && hasContent(each))) {
    event.preventDefault();
  }
});
addEventListener("beforeprint", () => {
  if (!sheet) return;
  save();
  draw.showMinutes(root, minutes(asSheet(), questions, known));
});
