/* Where worksheets are kept in this browser. No page in here.

   Each answer is an entry of its own, so that two windows which write different
   answers never touch the same one. Where they do, see `receive`. */
import {
  blank,
  emptySheet,
  equal,
  fieldsOf,
  hash,
  merge,
  partOf,
  PROJECT,
  questionOf,
  readRecord,
  SCHEMA,
  withCopy,
  written,
} from "./state.js";

/** Storage failed: `kind` is `blocked` (no storage at all) or `full`. */
export class StorageError extends Error {
  /** @param {"blocked" | "full"} kind
      @param {unknown} cause */
  constructor(kind, cause) {
    super(`storage is ${kind}`, { cause });
    this.kind = kind;
  }
}

const random = () =>
  crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(36), "");

export const newId = () => `w${random()}`;

/** The prefix of every entry of this site: others may share the host.
    @param {string} basePath */
export const prefix = (basePath) => `ml-needs-support:${basePath}:v${SCHEMA}:`;

const PART = /^([a-z0-9]+):(project|answer:.+)$/;
const UNREAD = /^([a-z0-9]+):unread:(.+):[a-z0-9]+$/;

/** The order of a list of worksheets.
    @param {Listed} a
    @param {Listed} b */
export const newestFirst = (a, b) => b.project.created - a.project.created || (a.id < b.id ? -1 : 1);

/** All worksheets of this browser. `area` is its Storage, or an object that throws as a blocked one does. */
export class WorksheetStore {
  /** @param {Storage} area
      @param {string} basePath */
  constructor(area, basePath) {
    this.area = area;
    this.root = `${prefix(basePath)}worksheet:`;
  }

  /** The worksheets that are here, the newest first: id, and the record of the project.

      An answer without its project counts too: no entry may be here that no list shows. */
  list() {
    const names = this.keys().map((key) => key.slice(this.root.length));
    const ids = new Set(names.flatMap((name) => (PART.exec(name) ?? UNREAD.exec(name))?.[1] ?? []));
    const listed = [...ids].map((id) => ({
      id,
      project: /** @type {Project} */ (this.read(id, "project") ?? blank(PROJECT)),
    }));
    return listed.sort(newestFirst);
  }

  /** A whole worksheet as it is stored.
      @param {string} id
      @returns {Sheet} */
  sheet(id) {
    const sheet = emptySheet();
    for (const key of this.keys()) {
      const target = this.locate(key);
      const record = target?.id === id && this.read(id, target.part);
      if (!record) continue;
      if (target.part === "project") sheet.project = /** @type {Project} */ (record);
      else sheet.answers.set(questionOf(target.part), /** @type {Answer} */ (record));
    }
    return sheet;
  }

  /** Whether a part of a worksheet is stored.
      @param {string} id
      @param {string} part */
  has(id, part) {
    return this.tryStorage(() => this.area.getItem(this.key(id, part))) !== null;
  }

  /** A record as it is stored, or null.
      @param {string} id
      @param {string} part */
  read(id, part) {
    return this.parse(this.tryStorage(() => this.area.getItem(this.key(id, part))), part);
  }

  /** A record from what is stored, or null. One that cannot be read at all is blank, with the stored
      text in `broken`: nothing is ever made of that, and nothing merged with it.
      @param {string | null} text
      @param {string} part
      @returns {AnyRecord | null} */
  parse(text, part) {
    if (text === null) return null;
    const fields = fieldsOf(part);
    try {
      return readRecord(fields, JSON.parse(text), part);
    } catch {
      return { ...blank(fields), broken: text };
    }
  }

  /** @param {string} id
      @param {string} part
      @param {AnyRecord} record */
  write(id, part, record) {
    this.tryStorage(() => this.area.setItem(this.key(id, part), JSON.stringify(written(record))));
  }

  /** Saves unreadable text under a key of its own before its entry is overwritten.
      @param {string} id
      @param {string} part
      @param {string} text */
  setAside(id, part, text) {
    this.tryStorage(() => this.area.setItem(`${this.root}${id}:unread:${part}:${hash(text)}`, text));
  }

  /** What was set aside of a worksheet: the key of each entry, its part and the text.
      @param {string} id */
  unread(id) {
    return this.keys().flatMap((key) => {
      const match = UNREAD.exec(key.slice(this.root.length));
      return match?.[1] === id
        ? [{ key, part: match[2], text: this.tryStorage(() => this.area.getItem(key)) ?? "" }]
        : [];
    });
  }

  /** A small note beside a worksheet, such as when it was last copied to a file; 0 where there is none.
      @param {string} id
      @param {string} name */
  note(id, name) {
    return Number(this.tryStorage(() => this.area.getItem(this.key(id, name)))) || 0;
  }

  /** @param {string} id
      @param {string} name
      @param {number} value */
  setNote(id, name, value) {
    this.tryStorage(() => this.area.setItem(this.key(id, name), String(value)));
  }

  /** The worksheet that was open last, in any window. */
  last() {
    return this.tryStorage(() => this.area.getItem(`${this.root}last`));
  }

  /** @param {string} id */
  setLast(id) {
    this.tryStorage(() => this.area.setItem(`${this.root}last`, id));
  }

  /** Deletes a worksheet.
      @param {string} id */
  remove(id) {
    const start = `${this.root}${id}:`;
    for (const key of this.keys()) if (key.startsWith(start)) this.removeKey(key);
  }

  /** @param {string} id
      @param {string} part */
  removePart(id, part) {
    this.removeKey(this.key(id, part));
  }

  /** @param {string} key */
  removeKey(key) {
    this.tryStorage(() => this.area.removeItem(key));
  }

  /** The worksheet and part that a key belongs to, or null if the key is not ours.
      @param {string | null} key */
  locate(key) {
    if (!key?.startsWith(this.root)) return null;
    const match = PART.exec(key.slice(this.root.length));
    return match && { id: match[1], part: match[2] };
  }

  /** @param {string} id
      @param {string} part */
  key(id, part) {
    return `${this.root}${id}:${part}`;
  }

  keys() {
    return this.tryStorage(() => {
      const all = Array.from({ length: this.area.length }, (_, number) => this.area.key(number) ?? "");
      return all.filter((key) => key.startsWith(this.root));
    });
  }

  /** @template Result
      @param {() => Result} act */
  tryStorage(act) {
    try {
      return act();
    } catch (error) {
      const { name, code } = /** @type {DOMException} */ (error);
      throw new StorageError(name === "QuotaExceededError" || code === 22 ? "full" : "blocked", error);
    }
  }
}

/** One worksheet as one window sees it: what is here, what is stored, what is still to be saved. */
export class OpenSheet {
  /** @param {WorksheetStore} store
      @param {string} id
      @param {Sheet} sheet */
  constructor(store, id, sheet) {
    this.store = store;
    this.id = id;
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    /** @type {Set<string>} */
    this.pending = new Set();
    this.deleted = false;
    this.set("project", sheet.project);
    for (const [name, answer] of sheet.answers) this.set(partOf(name), answer);
  }

  /** @param {string} part
      @param {AnyRecord} given */
  set(part, { broken = "", ...record }) {
    this.parts.set(part, { mine: record, stored: record, before: null, live: null, broken });
  }

  /** @param {string} part */
  entry(part) {
    if (!this.parts.has(part)) this.set(part, blank(fieldsOf(part)));
    return /** @type {Part} */ (this.parts.get(part));
  }

  get project() {
    return /** @type {Project} */ (this.entry("project").mine);
  }

  get answers() {
    const answers = [...this.parts].filter(([part]) => part !== "project");
    return new Map(answers.map(([part, { mine }]) => [questionOf(part), /** @type {Answer} */ (mine)]));
  }

  /** What is stored of this worksheet and cannot be read: its part and the text. */
  get broken() {
    return [...this.parts].flatMap(([part, { broken }]) => (broken ? [{ part, text: broken }] : []));
  }

  /** Takes in what somebody typed here; `save` stores it.
      @param {string} part
      @param {AnyRecord} record */
  change(part, record) {
    this.entry(part).mine = record;
    this.pending.add(part);
  }

  /** Marks every part as changed, so that a deleted worksheet is stored again as a whole. */
  changeAll() {
    this.deleted = false;
    for (const [part, entry] of this.parts) {
      entry.mine = { ...entry.mine, rev: "" };
      entry.stored = entry.mine;
      this.pending.add(part);
    }
  }

  /** Stores everything that is not stored yet. Throws StorageError; nothing is lost then.

      What cannot be stored, such as an answer that is too long, stops nothing else. A worksheet that
      another window has deleted is not stored again by itself: `deleted` says so. */
  save() {
    if (this.project.rev && !this.store.has(this.id, "project")) this.deleted = true;
    if (this.deleted) return;
    let failure = null;
    for (const part of [...this.pending].sort((a, b) => Number(b === "project") - Number(a === "project"))) {
      try {
        this.savePart(part);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        failure = error;
      }
    }
    if (failure) throw failure;
  }

  /** @param {string} part */
  savePart(part) {
    const there = this.store.read(this.id, part);
    const entry = this.entry(part);
    if (there?.broken) this.store.setAside(this.id, part, there.broken);
    else if (there && there.rev !== entry.stored.rev) this.receive(part, there);
    if (!this.pending.has(part)) return;
    const { live, mine } = entry;
    if (live && isReplaced(part, live, mine)) {
      entry.mine = { ...mine, copies: withCopy(mine.copies, live, fieldsOf(part)) };
      entry.live = null;
    }
    const record = { ...entry.mine, seen: entry.stored.rev, rev: random() };
    this.store.write(this.id, part, record);
    Object.assign(entry, { mine: record, before: entry.stored, stored: record, broken: "" });
    this.pending.delete(part);
  }

  /** Takes in what another window stored. Returns whether anything changed here.

      A record says which version its writer had `seen`. If that is ours, the writer only went on
      from it. If not, neither window knew of the other: both versions are merged and stored.
      @param {string} part
      @param {AnyRecord} theirs */
  receive(part, theirs) {
    const fields = fieldsOf(part);
    const entry = this.entry(part);
    if (theirs.broken) {
      entry.broken = theirs.broken;
      return false;
    }
    entry.broken = "";
    if (theirs.rev === entry.stored.rev) return false;
    if (equal(fields, entry.mine, theirs)) {
      Object.assign(entry, { mine: theirs, before: entry.stored, stored: theirs });
      this.pending.delete(part);
      return false;
    }
    if (theirs.seen === entry.stored.rev && !this.pending.has(part)) {
      Object.assign(entry, { mine: theirs, before: entry.stored, stored: theirs, live: theirs });
      return true;
    }
    const base = [entry.stored, entry.before].find((each) => each && each.rev === theirs.seen) ?? null;
    entry.mine = merge(fields, base, entry.mine, theirs);
    Object.assign(entry, { before: base, stored: theirs, live: theirs });
    if (equal(fields, entry.mine, theirs)) this.pending.delete(part);
    else this.pending.add(part);
    return true;
  }
}

// Whether text that another window had shown us was overwritten here: then it is kept as a copy.
/** @param {string} part
    @param {AnyRecord} live
    @param {AnyRecord} mine */
function isReplaced(part, live, mine) {
  const names = part === "project" ? ["notes", "people"] : ["text"];
  return names.some((name) => live[name] && !String(mine[name]).includes(String(live[name])));
}
