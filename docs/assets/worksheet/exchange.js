/* What comes into the worksheet and what leaves it: files, links, copies, an issue. Fetched once the
   page has settled, or when it is first wanted. */
import * as files from "./files.js";
import * as formats from "./formats.js";
import { minutes } from "./minutes.js";
import {
  adopt,
  announce,
  asSheet,
  change,
  discard,
  find,
  known,
  nameOf,
  openStored,
  peek,
  questions,
  refresh,
  refreshWorksheets,
  root,
  save,
  sheet,
  showError,
  store,
  today,
  tryStorage,
  worksheets,
} from "./session.js";
import {
  diffAnswers,
  hasContent,
  hash,
  importAnswers,
  isWritten,
  partOf,
  Refused,
  sameSheet,
} from "./state.js";
import { offerStepBack, offerUndo } from "./undo.js";
import { make } from "./view.js";

// More than this is asked first: a foreign link must not fill the storage by itself.
const LARGE = 200_000;

/** @type {Incoming} */
let incoming;

/** @param {{ answers: Answers }} given */
const count = ({ answers }) => {
  const number = [...answers.values()].filter(isWritten).length;
  return `${number} ${number === 1 ? "answer" : "answers"}`;
};

/* ---- In ---- */

const EDITED = "The text of this notebook was changed after this page saved it. " +
  "You see the answers as they were saved.";

/** Reads the file that was chosen, or says why it cannot be opened.
    @param {HTMLInputElement} input
    @param {SwitchView} switchView */
export async function openFile(input, switchView) {
  const file = input.files?.[0];
  if (!file) return;
  try {
    if (file.size > files.FILE_LIMIT) {
      throw new Refused(`It is larger than ${files.FILE_LIMIT / 1e6} MB, more than any worksheet.`);
    }
    receive(files.readFile(await file.text()), "file", switchView);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showError(`“${file.name}” was not opened, and nothing changed. ${error.message}`);
  }
  input.value = "";
}

/** Reads a link, or says why it cannot be opened.
    @param {string} mark The part of the link after the page's address.
    @param {SwitchView} switchView */
export async function openLink(mark, switchView) {
  try {
    receive(await files.readLink(mark, questions, Date.now()), "link", switchView);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showError(
      `Nothing was opened, and nothing changed. ${error.message} ` +
        "Ask for the link again, or for a copy as a file.",
    );
  }
}

/** @param {string} address
    @param {SwitchView} switchView */
export async function openSample(address, switchView) {
  try {
    accept(files.readFile(await (await fetch(address)).text()), "sample", switchView);
  } catch {
    showError("The sample could not be fetched. Try again when you are online.");
  }
}

/** Opens what came from outside at once where nothing is here, or asks.
    @param {LoadedSheet} loaded
    @param {string} from
    @param {SwitchView} switchView */
function receive(loaded, from, switchView) {
  showError("");
  const isAlone = !hasContent(sheet) && worksheets().length < 2;
  const size = files.json(files.asFile("", loaded.sheet, 0)).length;
  if (isAlone && size <= LARGE) return accept(loaded, from, switchView);
  // The worksheet that the question names is the one that its buttons act on, whatever is opened meanwhile.
  incoming = { loaded, from, switchView, into: sheet.id };
  const { fresh, differing } = diffAnswers(asSheet(), loaded.sheet);
  const large = size > LARGE
    ? ` It takes up ${(size / 1e6).toFixed(1)} MB, and a browser stores only a few.`
    : "";
  const beside = `“${nameOf(sheet)}” (${count(sheet)}) is open here. ` +
    `Compared with it, ${fresh.length} are new and ${differing.length} differ. ` +
    "Keep both, each under its own name?";
  find("[data-incoming-text]").textContent =
    `The ${from} holds “${nameOf(loaded.sheet)}” (${count(loaded.sheet)}).` +
    `${large}${loaded.edited ? ` ${EDITED}` : ""} ${isAlone ? "Open it?" : beside}`;
  find("[data-act=keep-both]").textContent = isAlone ? "Open it" : "Keep both";
  for (const act of ["join", "replace"]) find(`[data-act=${act}]`).hidden = isAlone;
  find("[data-incoming]").hidden = false;
  return find("[data-incoming]").focus();
}

/** Stores and shows what came. Returns whether a worksheet was made for it: it may be here already.
    @param {LoadedSheet} given
    @param {string} from
    @param {SwitchView} switchView */
function accept({ id, sheet: loaded, unread = [], edited }, from, switchView) {
  closeIncoming();
  const isMade = adopt(id, loaded);
  switchView(from === "link" ? "minutes" : "list");
  find("[data-which]").focus();
  const own = from === "link"
    ? " This copy is your own: what you change does not go back to whoever sent it. " +
      "To write in it, choose “Whole sheet”."
    : "";
  announce(`Opened: ${nameOf(sheet)}, ${count(sheet)}.${own}${edited ? ` ${EDITED}` : ""}`);
  announceUnread(unread);
  return isMade;
}

/** @param {string[]} unread */
function announceUnread(unread) {
  if (unread.length) {
    showError(
      `Opened, but not all of it could be read. ${unread.slice(0, 5).join(" ")}` +
        (unread.length > 5 ? ` And ${unread.length - 5} more.` : ""),
    );
  }
}

function closeIncoming() {
  find("[data-incoming]").hidden = true;
}

/** Opens what came beside what is here. */
export const keepBoth = () => accept(incoming.loaded, incoming.from, incoming.switchView);

export function leaveIt() {
  closeIncoming();
  find("[data-which]").focus();
  announce(`Not opened. “${nameOf(sheet)}” is as it was.`);
}

/** Puts the answers that came beside those that are here, and leads to the first one to compare.
    @param {(id: string) => void} showQuestion */
export function addToMine(showQuestion) {
  const { loaded, into } = incoming;
  closeIncoming();
  openStored(into);
  const before = asSheet();
  const { fresh, differing } = diffAnswers(before, loaded.sheet);
  const { project, answers } = importAnswers(before, loaded.sheet, Date.now());
  for (const [id, answer] of answers) if (answer !== before.answers.get(id)) change(partOf(id), answer);
  change("project", project);
  save();
  refresh();
  /** @param {string[]} ids */
  const titles = (ids) => ids.map((id) => questions.find((each) => each.id === id)?.title ?? id).join(", ");
  const told = [
    fresh.length ? `New: ${titles(fresh)}.` : "",
    differing.length ? `Yours kept, with theirs beside it: ${titles(differing)}.` : "",
    project.copies.length > before.project.copies.length ? "Their notes are beside yours." : "",
  ].filter(Boolean).join(" ") || "Nothing in it is new.";
  const first = differing[0] ?? fresh[0];
  if (first) showQuestion(first);
  offerStepBack({ text: told, before });
  announceUnread(loaded.unread ?? []);
}

/** Opens what came and takes away the worksheet that the question named, once the new one is safe. */
export function replaceOpen() {
  const { loaded, from, switchView, into } = incoming;
  const before = peek(into);
  const isMade = accept(loaded, from, switchView);
  const made = { id: sheet.id, sheet: asSheet() };
  if (!before || made.id === into) return;
  if (sheet.pending.size) {
    showError(
      `“${nameOf(before)}” is still here too, because “${nameOf(sheet)}” could not be stored.`,
    );
    return;
  }
  discard(into);
  refreshWorksheets();
  const act = () => {
    adopt(into, before);
    const now = peek(made.id);
    if (!isMade || !now) return `Undone: “${nameOf(before)}” is back.`;
    // What was written in the new one since then is nobody's to delete.
    if (!sameSheet(now, made.sheet)) {
      return `“${nameOf(before)}” is back. “${nameOf(now)}” has changed since then, so it stays too.`;
    }
    discard(made.id);
    return `Undone: “${nameOf(before)}” is back.`;
  };
  offerUndo({ text: `“${nameOf(before)}” was replaced.`, act });
}

/* ---- Out ---- */

/** @param {string} name
    @param {string} type
    @param {string} text */
function download(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  announce(
    `Saved as ${name}` +
      (name.endsWith(".json")
        ? ", which this page can open again. To read it elsewhere, use the minutes."
        : ""),
  );
}

const file = () => files.asFile(sheet.id, asSheet(), Date.now());
const blocks = () => minutes(asSheet(), questions, known);
/** @param {string} ending */
const named = (ending) => formats.fileName(sheet.project, sheet.project.date || today(), ending);

export function saveFile() {
  const text = files.json(file());
  download(named("json"), "application/json", text);
  tryStorage(() => store.setNote(sheet.id, "copied", Date.now()));
  refreshWorksheets();
  if (text.length > files.FILE_LIMIT) {
    showError(
      `The copy is larger than ${files.FILE_LIMIT / 1e6} MB, which is more than this page can open. ` +
        "Shorten the longest answers and save it again.",
    );
  }
}

export const saveMarkdown = () => download(named("md"), "text/markdown", formats.markdown(blocks()));
export const saveNotebook = () =>
  download(named("ipynb"), "application/x-ipynb+json", formats.notebook(blocks(), file()));
export const saveTable = () => download(named("csv"), "text/csv", formats.csv(asSheet(), questions, known));

/** @param {string} text
    @param {string} [html] */
async function copyText(text, html) {
  try {
    if (html) {
      const types = {
        "text/html": new Blob([html], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      };
      await navigator.clipboard.write([new ClipboardItem(types)]);
    } else await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text, html); // No clipboard here: an insecure address, or not allowed.
  }
}

/** @param {string} text
    @param {string} [html] */
function copyOldWay(text, html) {
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    if (html) event.clipboardData?.setData("text/html", html);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

/** Copies the minutes with headings and lists, and as Markdown for programs that take text only.
    @param {SwitchView} switchView */
export async function copyRichText(switchView) {
  const done = await copyText(formats.markdown(blocks()), formats.html(blocks()));
  if (done) return announce("Copied. Paste it into a document or a mail.");
  switchView("minutes");
  return showError(
    "This browser did not let the page copy. Select the minutes below and copy them yourself.",
  );
}

/** Shows a link to the sheet, or why there is none. */
export async function makeLink() {
  const mark = await files.linkMark(sheet.id, asSheet(), questions);
  const address = location.href.split("#")[0] + mark;
  const [length, limit] = [address.length, files.LINK_LIMIT].map((size) => size.toLocaleString("en"));
  const size = `${length} of at most ${limit} characters.`;
  const fault = address.length > files.LINK_LIMIT
    ? `${size} Chat and mail would cut it off.`
    : await unreadable(mark);
  find("[data-link-size]").textContent = fault
    ? `${fault} Send a copy as a file instead: “Save a copy”.`
    : size;
  find("[data-link-field]").hidden = Boolean(fault);
  find("[data-act=copy-link]").hidden = Boolean(fault);
  find("#ws-link").value = fault ? "" : address;
  find("[data-link]").hidden = false;
  announce(fault ? `No link was made. ${fault} Save a copy instead.` : `The link is ready: ${size}`);
}

/** Why this page would not open a link that it made, or nothing: nobody is sent such a link.
    @param {string} mark */
async function unreadable(mark) {
  try {
    await files.readLink(mark, questions, Date.now());
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  }
}

export async function copyLink() {
  const done = await copyText(find("#ws-link").value);
  announce(
    done
      ? "Link copied. Anyone with it can read the answers."
      : "Could not copy: select the link and copy it yourself.",
  );
}

/* ---- The issue ---- */

const repositoryField = find("#ws-repository");
// The address that somebody typed or confirmed in this window, where the browser stores nothing.
let confirmed = "";

/** @param {string} url */
const isConfirmed = (url) =>
  confirmed === url || tryStorage(() => store.note(sheet.id, "forge"), 0) === parseInt(hash(url), 36);

/** Remembers, in this browser only, that the minutes may go to this address.
    @param {string} url */
function remember(url) {
  confirmed = url;
  tryStorage(() => store.setNote(sheet.id, "forge", parseInt(hash(url), 36)));
}

/** Takes what is typed here for confirmed. What came with a link or a file is not. */
function typedHere() {
  const { url } = formats.repository(repositoryField.value);
  if (url) remember(url);
}

repositoryField.addEventListener("input", () => {
  find("[data-issue-fault]").textContent = "";
  typedHere();
});
// This file may arrive while somebody types.
if (document.activeElement === repositoryField) typedHere();
find("[data-issue-confirm] button").addEventListener("click", () => {
  typedHere();
  showIssue();
  find("[data-issue-link]").focus();
});

/** Shows the link to a new issue; or what is wrong with the address; or asks whether it is the right one. */
export function showIssue() {
  const { fault, ...repository } = formats.repository(sheet.project.repository);
  const asks = !fault && !isConfirmed(repository.url ?? "");
  find("[data-issue]").hidden = false;
  find("[data-issue-fault]").textContent = fault ?? "";
  repositoryField.setAttribute("aria-invalid", String(Boolean(fault)));
  find("[data-issue-confirm]").hidden = !asks;
  find("[data-issue-ready]").hidden = Boolean(fault) || asks;
  for (const part of root.querySelectorAll("[data-issue-place]")) part.textContent = repository.shown ?? "";
  // No link stands ready behind a question.
  if (fault || asks) return find("[data-issue-link]").removeAttribute("href");
  const body = formats.markdown(blocks());
  const { href, whole } = formats.issueLink(
    repository,
    `Kickoff: ${sheet.project.name.trim() || "minutes"}`,
    body,
  );
  Object.assign(find("[data-issue-link]"), { href, target: "_blank", rel: "noopener" });
  find("[data-issue-note]").textContent = whole
    ? "The minutes are in the link; read them once more before you submit."
    : "The minutes are too long for a link. They are copied when you follow it, and are shown below: " +
      "paste them into the issue.";
  find("[data-issue-body]").hidden = whole;
  find("#ws-issue-body").value = body;
  return undefined;
}

/** Copies the minutes where they are too long for the link to a new issue. */
export function copyIssue() {
  if (!find("[data-issue-body]").hidden) copyText(find("#ws-issue-body").value);
}
