/* The kickoff worksheet: turns the form on the page into one that keeps, shares and prints what is
   written into it. Without this script the form is one to print. Here: views, fields, buttons. */
import { adopt, asSheet, at, attempt, change, changeAnswer, changeProject, doUndo, find, forgetUndo, fresh, layout, offerUndo, open, openLast, openStored, questions, refresh, refreshLists, refuse, root, save, say, sheet, shelf } from "./worksheet/session.js";
import { ANSWER, answerOf, blank, fromCopy, isLinkMark, stamp, withCopy } from "./worksheet/state.js";
import { newId } from "./worksheet/storage.js";
import * as view from "./worksheet/view.js";

const SETTLED_AFTER = 2000;

/* What comes in and goes out is another file, fetched when the page has settled. */
const exchange = () => import("./worksheet/exchange.js");
async function withExchange(act) {
  let loaded;
  try {
    loaded = await exchange();
  } catch {
    return refuse("A part of this page could not be fetched. What you typed is still here. Try again when you are online.");
  }
  return act(loaded);
}

/* ---- Views ---- */

function show(next) {
  at.mode = next;
  root.dataset.mode = next;
  document.body.classList.toggle("ws-projector", next === "one");
  find(`#ws-view-${next}`).checked = true;
  for (const part of root.querySelectorAll("[data-steps]")) part.hidden = next !== "one";
  find("[data-minutes-view]").hidden = next !== "minutes";
  refreshLists();
}

/** Shows a view from its top, below the bar that stays. */
function turnTo(next) {
  show(next);
  toTop();
}

function toTop() {
  const { top } = find("[data-top]").getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) find("[data-top]").scrollIntoView();
}

/** Shows a stop of the meeting in the view of one question. */
function stopAt({ id, title }) {
  at.current = id;
  refreshLists();
  toTop();
  const { stops } = layout();
  const asked = stops.filter((stop) => stop.question);
  const place = asked.findIndex((stop) => stop.id === id);
  say(place < 0 ? title : `Question ${place + 1} of ${asked.length}: ${title}`, true);
}

function step(by) {
  const { stops } = layout();
  const place = stops.findIndex((stop) => stop.id === at.current);
  if (place < 0) return by < 0 ? stopAt(stops.find((stop) => stop.id === at.from) ?? stops[0]) : addToMeeting(at.current);
  if (place + by < 0) return turnTo("list");
  if (place + by < stops.length) return stopAt(stops[place + by]);
  turnTo("minutes");
  find("#ws-view-minutes").focus();
  return say("These are the minutes.", true);
}

function begin() {
  if (!at.began) at.began = Date.now();
  const { stops } = layout();
  show("one");
  stopAt(stops[0]);
  find("[data-act=next]").focus();
}

/** Follows a link to a question. One outside the meeting is only looked at. */
function goTo(id) {
  const question = questions.find((each) => each.id === id);
  if (!question) return;
  const { list } = layout();
  if (list.some((each) => each.id === at.current)) at.from = at.current;
  at.guest = list.includes(question) ? "" : id;
  at.current = id;
  show(at.mode === "one" ? "one" : "list");
  const target = question.section.querySelector("h3");
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}

function addToMeeting(id) {
  const { extra, omit } = sheet.project;
  changeProject({ extra: [...new Set([...extra, id])], omit: omit.filter((each) => each !== id) });
  save();
  const { total, over } = layout().agenda;
  say(over ? `Added. The meeting takes ${total} minutes now, ${over} more than you have.` : "Added to the meeting.");
}

function takeOut(id) {
  const { extra, omit } = sheet.project;
  changeProject({ extra: extra.filter((each) => each !== id), omit: [...new Set([...omit, id])] });
  save();
  say("Left out of the meeting.");
}

root.addEventListener("input", (event) => {
  const found = view.readControl(event.target, sheet.project);
  if (!found) return;
  if (found.part === "project") changeProject({ [found.name]: found.value });
  else {
    const { question, answer } = changeAnswer(found.part.slice(7), found.name, found.value);
    view.fillAnswer(question, answer);
  }
});

// Choices show what they lead to at once; text does so when it is saved.
root.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[name=ws-view]")) turnTo(target.value);
  else if (target.matches("[data-goto]")) stopAt(layout().stops.find(({ id }) => id === target.value));
  else if (target.matches("[data-which]")) {
    save();
    openStored(target.value);
    say(`Opened: ${find("[data-which]").selectedOptions[0].label}`);
  } else if (target.matches("[data-open-file]")) withExchange((part) => part.openFile(target, turnTo));
  else if (view.readControl(target, sheet.project)) save();
});

/* ---- Clearing ---- */

function clearAll() {
  const before = asSheet();
  for (const [id] of before.answers) change(`answer:${id}`, { ...blank(ANSWER), when: Date.now() });
  save();
  refresh();
  const act = () => {
    for (const [id, answer] of before.answers) change(`answer:${id}`, { ...answer, when: Date.now() });
    save();
    refresh();
  };
  offerUndo({ text: "All answers cleared.", act, back: () => find("[data-act=clear-all]"), within: sheet.id });
}

function remove() {
  const before = { id: sheet.id, sheet: asSheet(), copied: attempt(() => shelf.note(sheet.id, "copied"), 0) };
  attempt(() => shelf.remove(before.id));
  openLast();
  turnTo("list");
  const act = () => {
    if (before.copied) attempt(() => shelf.note(before.id, "copied", before.copied));
    adopt(before.id, before.sheet);
  };
  offerUndo({ text: `“${before.sheet.project.name.trim() || "No name yet"}” deleted.`, act });
}

function clearOne(id) {
  const before = answerOf(sheet.answers, id);
  const put = (record) => {
    change(`answer:${id}`, { ...record, when: Date.now() });
    save();
    refresh();
  };
  put(blank(ANSWER));
  offerUndo({ text: "Answer cleared.", act: () => put(before), back: () => find(`[id="text-${id}"]`), within: sheet.id });
}

/* ---- Buttons ---- */

const idOf = (button) => button.closest("[data-question]")?.dataset.question ?? button.dataset.id;

function changeCopies(button, act) {
  const id = idOf(button);
  const answer = answerOf(sheet.answers, id);
  const copy = answer.copies[button.dataset.copy];
  const rest = answer.copies.filter((each) => each !== copy);
  change(`answer:${id}`, act(answer, copy, rest));
  save();
  refresh();
  find(`[id="text-${id}"]`).focus();
}

const ACTS = {
  new: () => {
    save();
    open(newId(), fresh());
    turnTo("list");
    find("#ws-name").focus();
    say("A new worksheet. Give it a name.");
  },
  undo: doUndo,
  "forget-undo": () => {
    forgetUndo();
    find("[data-which]").focus();
  },
  hush: () => {
    refuse("");
    find("[data-which]").focus();
  },
  start: begin,
  previous: () => step(-1),
  next: () => step(1),
  add: (button) => {
    addToMeeting(button.dataset.id);
    find(".ws-left summary").focus();
  },
  "take-out": (button) => {
    takeOut(button.dataset.id);
    find(".ws-left summary").focus();
  },
  clear: (button) => clearOne(idOf(button)),
  "still-holds": (button) => {
    const id = idOf(button);
    const question = questions.find((each) => each.id === id);
    change(`answer:${id}`, { ...answerOf(sheet.answers, id), ...stamp(question), when: Date.now() });
    save();
    find(`[id="text-${id}"]`).focus();
  },
  "use-copy": (button) => changeCopies(button, (answer, copy, rest) => {
    const copies = answer.text.trim() ? withCopy(rest, answer, ANSWER) : rest;
    return { ...fromCopy(answer, copy), copies, when: Date.now() };
  }),
  "drop-copy": (button) => changeCopies(button, (answer, copy, rest) => ({ ...answer, copies: rest, when: Date.now() })),
  "open-file": () => find("[data-open-file]").click(),
  print: () => print(),
  "clear-all": clearAll,
  delete: remove,
  file: () => withExchange((part) => part.saveFile()),
  "keep-both": () => withExchange((part) => part.keepBoth()),
  join: () => withExchange((part) => part.addToMine((id) => {
    show("list");
    goTo(id);
  })),
  replace: () => withExchange((part) => part.replaceOpen()),
  "leave-it": () => withExchange((part) => part.leaveIt()),
  rich: () => withExchange((part) => part.copyRich(turnTo)),
  markdown: () => withExchange((part) => part.saveMarkdown()),
  notebook: () => withExchange((part) => part.saveNotebook()),
  csv: () => withExchange((part) => part.saveTable()),
  link: () => withExchange((part) => part.makeLink()),
  "copy-link": () => withExchange((part) => part.copyLink()),
};

root.addEventListener("click", (event) => {
  const sample = event.target.closest("[data-sample]");
  if (sample) {
    event.preventDefault();
    withExchange((part) => part.openSample(sample.href, turnTo));
  }
  const button = event.target.closest("[data-act]");
  if (button) ACTS[button.dataset.act](button);
  if (event.target.closest("[data-issue-link]")) withExchange((part) => part.copyIssue());
});
root.addEventListener("ws-shown", () => {
  if (sheet.project.repository) withExchange((part) => part.showIssue());
  else find("[data-issue]").hidden = true;
});

/* ---- Addresses ---- */

function followAddress() {
  const mark = location.hash;
  if (!isLinkMark(mark)) return goTo(mark.slice(1));
  // The address bar holds nobody's answers.
  history.replaceState(history.state, "", location.pathname + location.search);
  return withExchange((part) => part.openLink(mark, turnTo));
}

/** Returns to where the reader was, in the view and the question that the browser's history keeps. */
function restore(state) {
  if (!state?.mode) return false;
  const { current, guest, began } = state;
  Object.assign(at, { current, guest, began });
  show(state.mode);
  return true;
}

addEventListener("hashchange", followAddress);
addEventListener("popstate", (event) => restore(event.state));

/* ---- Start ---- */

for (const part of root.querySelectorAll("[data-script], [data-bar], [data-progress], [data-act=clear]")) part.hidden = false;
for (const field of root.querySelectorAll("[data-day]")) field.type = "date";
root.classList.add("ws--live");
// What the first view does without comes when somebody moves, or a little later: the exchange, and
// what explains terms by hover.
const fetchTheRest = () => Promise.all([exchange(), import("./term.js")]).catch(() => {});
for (const moved of ["pointermove", "keydown"]) addEventListener(moved, fetchTheRest, { once: true });
setTimeout(fetchTheRest, SETTLED_AFTER);
setInterval(() => view.showClock(root, layout().stops.find(({ id }) => id === at.current), at.began), 15_000);
const kept = history.state;
openLast();
if (!restore(kept)) show("list");
if (location.hash) followAddress();
