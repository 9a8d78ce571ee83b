/* The kickoff worksheet: turns the form on the page into one that keeps, shares and prints what is
   written into it. Without this script the form is one to print. Here: views, files, links, buttons. */
import * as formats from "./worksheet/formats.js";
import { adopt, asSheet, at, attempt, change, changeAnswer, changeProject, doUndo, find, fresh, hasContent, known, layout, offerUndo, open, openLast, openStored, questions, refresh, refreshLists, refreshShelf, refuse, root, save, say, sheet, shelf, today } from "./worksheet/session.js";
import { ANSWER, Refused, answerOf, blank, fromCopy, isWritten, stamp, withCopy } from "./worksheet/state.js";
import { FILE_LIMIT, LINK_LIMIT, asFile, isLinkMark, json, linkMark, newId, readFile, readLink } from "./worksheet/storage.js";
import * as view from "./worksheet/view.js";

let incoming = null;

/* ---- Views ---- */

function show(next, focus) {
  if (at.mode !== next) say("");
  at.mode = next;
  root.dataset.mode = next;
  document.body.classList.toggle("ws-projector", next === "one");
  find(`#ws-view-${next}`).checked = true;
  find("[data-steps]").hidden = next !== "one";
  find("[data-minutes-view]").hidden = next !== "minutes";
  refreshLists();
  if (focus) scrollTo({ top: 0 });
}

function step(by) {
  const { list } = layout();
  const place = list.findIndex((question) => question.id === at.current) + by;
  if (place < 0) return show("list", true);
  if (place >= list.length) {
    show("minutes", true);
    find("#ws-view-minutes").focus();
    return say("These are the minutes.");
  }
  at.current = list[place].id;
  refreshLists();
  scrollTo({ top: 0 });
  return say(`Question ${place + 1} of ${list.length}: ${list[place].title}`);
}

function goTo(id) {
  const question = questions.find((each) => each.id === id);
  if (!question) return;
  if (!layout().list.includes(question)) at.guest = id;
  at.current = id;
  show(at.mode === "one" ? "one" : "list");
  const target = question.section.querySelector("h3");
  target.scrollIntoView();
  target.focus({ preventScroll: true });
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
  if (event.target.matches("[name=ws-view]")) show(event.target.value);
  else if (event.target.matches("[data-goto]")) {
    at.current = event.target.value;
    refreshLists();
  } else if (event.target.matches("[data-which]")) {
    save();
    openStored(event.target.value);
    say(`Opened: ${find("[data-which]").selectedOptions[0].label}`);
  } else if (event.target.matches("[data-open-file]")) openFile(event.target);
  else if (view.readControl(event.target, sheet.project)) save();
});

/* ---- Bringing in ---- */

async function openFile(input) {
  const [file] = input.files;
  if (!file) return;
  try {
    if (file.size > FILE_LIMIT) throw new Refused(`It is larger than ${FILE_LIMIT / 1e6} MB, more than any worksheet.`);
    receive(readFile(await file.text()), "copy");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(`“${file.name}” was not opened, and nothing changed. ${error.message}`);
  }
  input.value = "";
}

async function openLink() {
  if (!isLinkMark(location.hash)) return goTo(location.hash.slice(1));
  const mark = location.hash;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    receive(await readLink(mark, questions, Date.now()), "link");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(`Nothing was opened, and nothing changed. ${error.message} Ask for the link again, or for a copy as a file.`);
  }
}

async function openSample(link) {
  try {
    receive(readFile(await (await fetch(link.href)).text()), "sample");
  } catch {
    refuse("The sample could not be fetched. Try again when you are online.");
  }
}

/** Opens what came from outside at once where nothing is here, or asks. */
function receive({ id, sheet: loaded }, from) {
  refuse("");
  if (!hasContent(asSheet()) && !attempt(() => shelf.list(), []).length) return accept({ id, sheet: loaded });
  incoming = { id, sheet: loaded };
  const name = loaded.project.name.trim() || "no name";
  const count = [...loaded.answers.values()].filter(isWritten).length;
  find("[data-incoming-text]").textContent = `The ${from} holds a worksheet (${name}, ${count} answers). “${sheet.project.name.trim() || "No name yet"}” is open here. Keep both, each under its own name?`;
  find("[data-incoming]").hidden = false;
  find("[data-incoming]").focus();
}

function accept({ id, sheet: loaded }) {
  find("[data-incoming]").hidden = true;
  incoming = null;
  adopt(id, loaded);
  show("list");
  find("[data-which]").focus();
  say(`Opened: ${sheet.project.name.trim() || "a worksheet without a name"}. ${find("[data-done]").textContent}.`);
}

function replaceOpen() {
  const before = { id: sheet.id, sheet: asSheet() };
  accept(incoming);
  const put = sheet.id;
  // Only once the new one is safe: nothing is left without either.
  if (put !== before.id && !sheet.pending.size) attempt(() => shelf.remove(before.id));
  offerUndo("Replaced.", () => {
    attempt(() => shelf.remove(put));
    adopt(before.id, before.sheet);
  });
}

/* ---- Taking out ---- */

function download(name, type, text) {
  const link = view.make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(`Saved as ${name}`);
}

const file = () => asFile(sheet.id, asSheet(), Date.now());
const blocks = () => formats.minutes(asSheet(), questions, known);
const named = (ending) => formats.fileName(sheet.project, today(), ending);

function saveFile() {
  const text = json(file());
  download(named("json"), "application/json", text);
  attempt(() => shelf.note(sheet.id, "copied", Date.now()));
  refreshShelf();
  if (text.length > FILE_LIMIT) refuse(`The copy is larger than ${FILE_LIMIT / 1e6} MB, which is more than this page opens again. Shorten the longest answers and save another.`);
}

async function copyText(text, rich) {
  try {
    if (rich) {
      const types = { "text/html": new Blob([rich], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) };
      await navigator.clipboard.write([new ClipboardItem(types)]);
    } else await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text, rich); // No clipboard here: an insecure address, or not allowed.
  }
}

function copyOldWay(text, rich) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (rich) event.clipboardData.setData("text/html", rich);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

async function copyRich() {
  const done = await copyText(formats.markdown(blocks()), formats.html(blocks()));
  if (done) return say("Copied. Paste it into a document or a mail.");
  show("minutes");
  return refuse("This browser did not let the page copy. Select the minutes below and copy them yourself.");
}

async function makeLink() {
  const box = find("[data-link]");
  const address = location.href.split("#")[0] + (await linkMark(sheet.id, asSheet(), questions));
  const fits = address.length <= LINK_LIMIT;
  const size = `${address.length.toLocaleString("en")} of at most ${LINK_LIMIT.toLocaleString("en")} characters.`;
  box.hidden = false;
  find("[data-link-size]").textContent = fits ? size : `${size} Chat and mail would cut it. Send a copy as a file instead: “Save a copy”.`;
  find("[data-link-field]").hidden = !fits;
  find("[data-act=copy-link]").hidden = !fits;
  find("#ws-link").value = fits ? address : "";
  say(find("[data-link-size]").textContent);
}

function showIssue() {
  const repository = formats.repositoryAddress(sheet.project.repository);
  find("[data-issue]").hidden = !repository;
  if (!repository) return;
  const body = formats.markdown(blocks());
  const { href, whole } = formats.issueLink(repository, `Kickoff: ${sheet.project.name.trim() || "minutes"}`, body);
  find("[data-issue-link]").href = href;
  find("[data-issue-note]").textContent = whole
    ? "The minutes are in the link; read them once more before you submit."
    : "The minutes are too long for a link. They are copied when you follow it, and stand below: paste them into the issue.";
  find("[data-issue-body]").hidden = whole;
  find("#ws-issue-body").value = body;
}

function clearAll() {
  const before = asSheet();
  for (const [id] of before.answers) change(`answer:${id}`, { ...blank(ANSWER), when: Date.now() });
  save();
  refresh();
  offerUndo("All answers cleared.", () => {
    for (const [id, answer] of before.answers) change(`answer:${id}`, { ...answer, when: Date.now() });
    save();
    refresh();
  });
}

function remove() {
  const before = { id: sheet.id, sheet: asSheet() };
  attempt(() => shelf.remove(before.id));
  openLast();
  offerUndo(`“${before.sheet.project.name.trim() || "No name yet"}” deleted.`, () => adopt(before.id, before.sheet));
}

function clearOne(id) {
  const before = answerOf(sheet.answers, id);
  const put = (record) => {
    change(`answer:${id}`, { ...record, when: Date.now() });
    save();
    refresh();
  };
  put(blank(ANSWER));
  offerUndo("Answer cleared.", () => put(before));
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
    show("list");
    find("#ws-name").focus();
    say("A new worksheet. Give it a name.");
  },
  file: saveFile,
  undo: doUndo,
  start: () => {
    at.current = layout().list[0]?.id ?? "";
    show("one", true);
    find("[data-act=next]").focus();
  },
  previous: () => step(-1),
  next: () => step(1),
  "keep-both": () => accept(incoming),
  replace: replaceOpen,
  "leave-it": () => {
    incoming = null;
    find("[data-incoming]").hidden = true;
    say("Left alone.");
  },
  add: (button) => {
    changeProject({ extra: [...new Set([...sheet.project.extra, button.dataset.id])] });
    save();
    say("Added to the meeting.");
    find(".ws-left summary").focus();
  },
  "take-out": (button) => {
    changeProject({ extra: sheet.project.extra.filter((id) => id !== button.dataset.id) });
    save();
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
  print: () => print(),
  rich: copyRich,
  markdown: () => download(named("md"), "text/markdown", formats.markdown(blocks())),
  notebook: () => download(named("ipynb"), "application/x-ipynb+json", formats.notebook(blocks(), file())),
  csv: () => download(named("csv"), "text/csv", formats.csv(asSheet(), questions, known)),
  link: makeLink,
  "copy-link": async () => say((await copyText(find("#ws-link").value)) ? "Link copied. Anyone with it can read the answers." : "Could not copy: select the link and copy it yourself."),
  "clear-all": clearAll,
  delete: remove,
};

root.addEventListener("click", (event) => {
  const sample = event.target.closest("[data-sample]");
  if (sample) {
    event.preventDefault();
    openSample(sample);
  }
  const button = event.target.closest("[data-act]");
  if (button) ACTS[button.dataset.act](button);
  if (event.target.closest("[data-issue-link]") && !find("[data-issue-body]").hidden) copyText(find("#ws-issue-body").value);
});
addEventListener("hashchange", openLink);
root.addEventListener("ws-shown", showIssue);

for (const part of root.querySelectorAll("[data-script], [data-bar], [data-progress], [data-act=clear]")) part.hidden = false;
root.classList.add("ws--live");
// What explains terms by hover can wait until somebody moves: they open by click without it.
for (const moved of ["pointermove", "keydown"]) addEventListener(moved, () => import("./term.js").catch(() => {}), { once: true });
openLast();
show("list");
if (location.hash) openLink();
