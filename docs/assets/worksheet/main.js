/* The kickoff worksheet: turns the form on the page into one that keeps, shares and prints what is
   written into it. Without this script the form is one to print. Here: views, fields, buttons. */
import {
  adopt,
  announce,
  asSheet,
  change,
  changeAnswer,
  changeProject,
  discard,
  find,
  layout,
  nameOf,
  newSheet,
  open,
  openLast,
  openStored,
  questions,
  refresh,
  refreshLists,
  root,
  save,
  sheet,
  showError,
  store,
  tryStorage,
  unread,
  view,
} from "./session.js";
import {
  ANSWER,
  answerOf,
  blank,
  differingWords,
  fieldsOf,
  fromCopy,
  isLinkMark,
  isWritten,
  partOf,
  PROJECT,
  questionOf,
  stamp,
  withCopy,
  withoutOdd,
} from "./state.js";
import { newId } from "./storage.js";
import { doUndo, forgetUndo, offerStepBack, offerUndo } from "./undo.js";
import * as draw from "./view.js";

const SETTLED_AFTER = 2000;

/* What comes in and goes out is other files, fetched when the page has settled. The page says which
   edition of them it goes with. */
/** @type {Promise<unknown> | null} */
let verified = null;
const verify = () => (verified ??= verifyAll());
async function verifyAll() {
  try {
    const later = /** @type {Record<string, string>} */ (JSON.parse(root.dataset.later ?? "{}"));
    await Promise.all(Object.entries(later).map(preload));
  } catch (error) {
    verified = null; // Whoever asks next tries again.
    throw error;
  }
}
/** @param {[string, string]} given */
const preload = ([name, integrity]) =>
  new Promise((done, fail) => {
    const { href } = new URL(name, new URL("..", import.meta.url));
    const link = Object.assign(document.createElement("link"), {
      rel: "modulepreload",
      href,
      integrity,
      onload: done,
      onerror: fail,
    });
    if (link.relList.supports("modulepreload")) document.head.append(link);
    else done(null);
  });
const exchange = () => verify().then(() => import("./exchange.js"));

/** @param {(part: typeof import("./exchange.js")) => unknown} act */
async function withExchange(act) {
  let loaded;
  try {
    loaded = await exchange();
  } catch {
    return showError(
      "Part of this page could not be fetched, or belongs to another edition of it. " +
        "What you typed is still here. Try again when you are online, or reload the page.",
    );
  }
  return act(loaded);
}

/* ---- Views ---- */

/** @type {Mode[]} */
const MODES = ["list", "one", "minutes"];

/** @param {Mode} next */
function setView(next) {
  view.mode = next;
  root.dataset.mode = next;
  document.body.classList.toggle("ws-projector", next === "one");
  find(`#ws-view-${next}`).checked = true;
  for (const part of root.querySelectorAll("[data-steps]")) part.hidden = next !== "one";
  find("[data-minutes-view]").hidden = next !== "minutes";
  refreshLists();
}

/** Shows a view from its top, below the bar that stays.
    @param {Mode} next */
function switchView(next) {
  setView(next);
  toTop();
}

function toTop() {
  const { top } = find("[data-top]").getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) find("[data-top]").scrollIntoView();
}

/** Shows a stop of the meeting in the view of one question.
    @param {Stop} given */
function showStop({ id, title }) {
  view.current = id;
  refreshLists();
  toTop();
  const { stops } = layout();
  const asked = stops.filter((stop) => stop.question);
  const index = asked.findIndex((stop) => stop.id === id);
  announce(index < 0 ? title : `Question ${index + 1} of ${asked.length}: ${title}`, true);
}

/** @param {number} by */
function moveBy(by) {
  const { stops } = layout();
  const index = stops.findIndex((stop) => stop.id === view.current);
  if (index < 0) {
    return by < 0
      ? showStop(stops.find((stop) => stop.id === view.from) ?? stops[0])
      : addToMeeting(view.current);
  }
  if (index + by < 0) return switchView("list");
  if (index + by < stops.length) return showStop(stops[index + by]);
  switchView("minutes");
  find("#ws-view-minutes").focus();
  return announce("These are the minutes.", true);
}

function startMeeting() {
  if (!view.began) view.began = Date.now();
  const { stops } = layout();
  setView("one");
  showStop(stops[0]);
  find("[data-act=next]").focus();
}

/** Follows a link to a question. One outside the meeting is only looked at.
    @param {string} id */
function showQuestion(id) {
  const question = questions.find((each) => each.id === id);
  if (!question) return;
  const { list } = layout();
  if (list.some((each) => each.id === view.current)) view.from = view.current;
  view.previewId = list.includes(question) ? "" : id;
  view.current = id;
  setView(view.mode === "one" ? "one" : "list");
  const target = question.section.querySelector("h3");
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}

/** @param {string} id */
function addToMeeting(id) {
  const { extra, omit } = sheet.project;
  changeProject({ extra: [...new Set([...extra, id])], omit: omit.filter((each) => each !== id) });
  save();
  const { total, over } = layout().agenda;
  announce(
    over
      ? `Added. The meeting now takes ${total} minutes, ${over} more than you have.`
      : "Added to the meeting.",
  );
}

/** @param {string} id */
function takeOut(id) {
  const { extra, omit } = sheet.project;
  changeProject({ extra: extra.filter((each) => each !== id), omit: [...new Set([...omit, id])] });
  save();
  announce("Left out of the meeting.");
}

root.addEventListener("input", (event) => {
  const control = draw.readControl(/** @type {PageElement} */ (event.target), sheet.project);
  if (!control) return;
  if (control.part === "project") changeProject({ [control.name]: control.value });
  else {
    const { question, answer } = changeAnswer(questionOf(control.part), control.name, control.value);
    if (question) draw.fillAnswer(question, answer);
  }
});

// Choices show what they lead to at once; text does so when it is saved.
root.addEventListener("change", (event) => {
  const target = /** @type {PageElement} */ (event.target);
  const stop = target.matches("[data-goto]") && layout().stops.find(({ id }) => id === target.value);
  if (stop) showStop(stop);
  else if (target.matches("[name=ws-view]")) switchView(/** @type {Mode} */ (target.value));
  else if (target.matches("[data-which]")) {
    const { value } = target; // Saving draws the list anew, with the open one chosen.
    save();
    openStored(value);
    announce(`Opened: ${find("[data-which]").selectedOptions[0].label}`);
  } else if (target.matches("[data-open-file]")) withExchange((part) => part.openFile(target, switchView));
  else if (draw.readControl(target, sheet.project)) save();
});

/* ---- Clearing ---- */

/** Changes records of the open sheet in one step that can be taken back.
    @param {string} text
    @param {(readonly [string, AnyRecord])[]} changes
    @param {() => HTMLElement} [back] */
function takeStep(text, changes, back) {
  const before = asSheet();
  for (const [part, record] of changes) change(part, { ...record, when: Date.now() });
  save();
  refresh();
  offerStepBack({ text, before, back });
}

function clearAll() {
  const ids = [...sheet.answers.keys()];
  takeStep(
    "All answers cleared.",
    ids.map((id) => [partOf(id), blank(ANSWER)]),
    () => find("[data-act=clear-all]"),
  );
}

/** @param {string} id */
function clearOne(id) {
  takeStep("Answer cleared.", [[partOf(id), blank(ANSWER)]], () => find(`[id="text-${id}"]`));
}

function remove() {
  save();
  const before = {
    id: sheet.id,
    sheet: asSheet(),
    copied: tryStorage(() => store.note(sheet.id, "copied"), 0),
  };
  discard(before.id);
  switchView("list");
  const act = () => {
    if (before.copied) tryStorage(() => store.setNote(before.id, "copied", before.copied));
    adopt(before.id, before.sheet);
  };
  offerUndo({ text: `“${nameOf(before.sheet)}” deleted.`, act });
}

/* ---- Buttons ---- */

/** @param {PageElement} button */
const idOf = (button) => button.closest("[data-question]")?.dataset.question ?? button.dataset.id;

/** @param {PageElement} button
    @param {string} text
    @param {(answer: Answer, copy: Copy) => Answer} make */
function withAnswer(button, text, make) {
  const id = idOf(button);
  const answer = answerOf(sheet.answers, id);
  const record = make(answer, answer.copies[Number(button.dataset.copy)]);
  takeStep(text, [[partOf(id), record]], () => find(`[id="text-${id}"]`));
}

/** @param {Stored} record
    @param {Copy} copy */
const without = (record, copy) => record.copies.filter((each) => each !== copy);

/** Of the meeting, the copies of each field are shown apart, and each is used or dropped by itself.
    @param {PageElement} button
    @param {string} text
    @param {(project: Project, chosen: ChosenWords) => Project} make */
function withMeeting(button, text, make) {
  const { copy } = button.dataset;
  const name = /** @type {MeetingWord} */ (button.dataset.name);
  const { project } = sheet;
  const chosen = project.copies[Number(copy)];
  const rest = project.copies.map((each) => (each === chosen ? { ...each, [name]: "" } : each));
  const copies = rest.filter((each) => differingWords(each, project).length);
  takeStep(
    text,
    [["project", make(project, { name, value: chosen[name] ?? "", copies })]],
    () => find(`#ws-${name}`),
  );
}

/** @type {Record<string, (button: PageElement) => unknown>} */
const ACTS = {
  new: () => {
    save();
    open(newId(), newSheet());
    switchView("list");
    find("#ws-name").focus();
    announce("A new worksheet. Give it a name.");
  },
  undo: doUndo,
  "forget-undo": () => {
    forgetUndo();
    find("[data-which]").focus();
  },
  "dismiss-alert": () => {
    showError("");
    find("[data-which]").focus();
  },
  start: startMeeting,
  previous: () => moveBy(-1),
  next: () => moveBy(1),
  add: (button) => {
    addToMeeting(String(button.dataset.id));
    find(".ws-left summary").focus();
  },
  "take-out": (button) => {
    takeOut(String(button.dataset.id));
    find(".ws-left summary").focus();
  },
  clear: (button) => clearOne(idOf(button)),
  "still-holds": (button) => {
    const id = idOf(button);
    const question = questions.find((each) => each.id === id);
    change(partOf(id), {
      ...answerOf(sheet.answers, id),
      ...(question && stamp(question)),
      when: Date.now(),
    });
    save();
    find(`[id="text-${id}"]`).focus();
  },
  "use-copy": (button) =>
    withAnswer(button, "The other version was used.", (answer, copy) => {
      const rest = without(answer, copy);
      const copies = isWritten({ ...answer, copies: [] }) ? withCopy(rest, answer, ANSWER) : rest;
      return { ...fromCopy(answer, copy), copies };
    }),
  "drop-copy": (button) =>
    withAnswer(
      button,
      "The other version was dropped.",
      (answer, copy) => ({ ...answer, copies: without(answer, copy) }),
    ),
  "drop-odd": (button) =>
    withAnswer(
      button,
      "What could not be read was dropped.",
      (answer) => withoutOdd(answer, Object.keys(answer.odd ?? {})),
    ),
  "use-meeting": (button) =>
    withMeeting(button, "The other version was used.", (project, { name, value, copies }) => ({
      ...project,
      [name]: value,
      copies: project[name]
        ? withCopy(copies, { ...blank(PROJECT), [name]: project[name], when: project.when }, PROJECT)
        : copies,
    })),
  "drop-meeting": (button) =>
    withMeeting(button, "The other version was dropped.", (project, { copies }) => ({ ...project, copies })),
  "drop-meeting-odd": () =>
    takeStep("What could not be read was dropped.", [[
      "project",
      withoutOdd(sheet.project, Object.keys(sheet.project.odd ?? {})),
    ]]),
  "drop-unread": ({ dataset: { key } }) => {
    const found = unread().find((each) => each.key === key);
    if (!found) return refreshLists(); // Another window was first.
    const { part, text } = found;
    /** @param {string} broken */
    const set = (broken) => {
      tryStorage(() => (broken ? store.area.setItem(key, broken) : store.removeKey(key)));
      if (key === store.key(sheet.id, part)) sheet.entry(part).broken = broken;
      refreshLists();
    };
    set("");
    offerUndo({
      text: "What could not be read was dropped.",
      of: nameOf(sheet),
      act: () => set(text),
      back: () => find("#questions"),
    });
  },
  "open-file": () => find("[data-open-file]").click(),
  print: () => print(),
  "clear-all": clearAll,
  delete: remove,
  file: () => withExchange((part) => part.saveFile()),
  "keep-both": () => withExchange((part) => part.keepBoth()),
  join: () =>
    withExchange((part) =>
      part.addToMine((id) => {
        setView("list");
        showQuestion(id);
      })
    ),
  replace: () => withExchange((part) => part.replaceOpen()),
  "leave-it": () => withExchange((part) => part.leaveIt()),
  "rich-text": () => withExchange((part) => part.copyRichText(switchView)),
  markdown: () => withExchange((part) => part.saveMarkdown()),
  notebook: () => withExchange((part) => part.saveNotebook()),
  csv: () => withExchange((part) => part.saveTable()),
  link: () => withExchange((part) => part.makeLink()),
  "copy-link": () => withExchange((part) => part.copyLink()),
};

root.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const sample = target.closest("[data-sample]");
  if (sample) {
    event.preventDefault();
    withExchange((part) => part.openSample(sample.href, switchView));
  }
  const button = target.closest("[data-act]");
  if (button) ACTS[button.dataset.act](button);
  if (target.closest("[data-issue-link]")) withExchange((part) => part.copyIssue());
});
root.addEventListener("ws-shown", () => {
  if (sheet.project.repository) withExchange((part) => part.showIssue());
  else find("[data-issue]").hidden = true;
});

/* ---- Addresses ---- */

function followAddress() {
  const mark = location.hash;
  if (!isLinkMark(mark)) return showQuestion(mark.slice(1));
  return withExchange((part) => {
    // Once it can be read: the address bar holds nobody's answers any longer than it must.
    history.replaceState(history.state, "", location.pathname + location.search);
    return part.openLink(mark, switchView);
  });
}

/** Returns to where the reader was, in the view and the question that the browser's history keeps.
    @param {Partial<View> | null} state */
function restore(state) {
  const { mode, current = "", previewId = "", began = 0 } = state ?? {};
  if (!mode || !MODES.includes(mode)) return false;
  Object.assign(view, { current, previewId, began });
  setView(mode);
  return true;
}

addEventListener("hashchange", followAddress);
addEventListener("popstate", (event) => restore(event.state));

/* ---- Start ---- */

/** What was typed or chosen before the script came: it is as good as what is typed now. */
function early() {
  /** @param {PageElement} control */
  const isTouched = (control) => {
    if (control.type === "radio") return control.checked && !control.defaultChecked;
    if (control.type === "checkbox") return control.checked !== control.defaultChecked;
    if (control.options) {
      return ![...control.options].every((each) => each.selected === each.defaultSelected) &&
        control.selectedIndex > 0;
    }
    return control.value !== control.defaultValue;
  };
  const touched = [...root.querySelectorAll("[data-part] :is(input, textarea, select)")].filter(isTouched);
  return touched.flatMap((control) => draw.readControl(control, blank(PROJECT)) ?? []);
}

/** @param {Typed[]} typed */
function takeOver(typed) {
  // The status first: text would set one that nobody chose.
  typed.sort((a, b) => Number(b.name === "status") - Number(a.name === "status"));
  for (const { part, name, value } of typed) {
    const record = sheet.entry(part).mine;
    const isFree = JSON.stringify(record[name]) === JSON.stringify(fieldsOf(part)[name].start);
    if (name === "absent") {
      changeProject({ absent: [...new Set([...sheet.project.absent, .../** @type {string[]} */ (value)])] });
    } else if (!isFree) {
      change(part, {
        ...record,
        copies: withCopy(record.copies, { ...blank(fieldsOf(part)), [name]: value }, fieldsOf(part)),
        when: Date.now(),
      });
    } else if (part === "project") changeProject({ [name]: value });
    else changeAnswer(questionOf(part), name, value);
  }
  save();
  refresh();
}

// What the first view does without comes when somebody moves, or a little later: the exchange, and
// what explains terms by hover.
const fetchTheRest = () => Promise.all([exchange(), import("../term.js")]).catch(() => {});
const kept = history.state;
const typed = early();
openLast();
if (typed.length) takeOver(typed);
for (const field of root.querySelectorAll("[data-day]")) {
  field.type = "date";
  field.max = "9999-12-31"; // Otherwise a year takes six digits, and 2026 is easily typed as 20266.
}
if (!restore(kept)) setView("list");
for (const part of root.querySelectorAll("[data-script], [data-bar], [data-progress], [data-act=clear]")) {
  part.hidden = false;
}
// From here on the page keeps what it says it keeps.
root.classList.add("ws--live");
for (const moved of ["pointermove", "keydown"]) addEventListener(moved, fetchTheRest, { once: true });
setTimeout(fetchTheRest, SETTLED_AFTER);
setInterval(
  () => draw.showClock(root, layout().stops.find(({ id }) => id === view.current), view.began),
  15_000,
);
if (location.hash) followAddress();
