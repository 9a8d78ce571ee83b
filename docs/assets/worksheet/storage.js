/* Where worksheets are kept in this browser. No page in here.

   Each answer is an entry of its own, so that two windows which write different
   answers never touch the same one. Where they do, see `receive`. */
import { SCHEMA, blank, emptySheet, equal, fieldsOf, merge, readRecord, withCopy } from "./state.js";

/** What stopped a save: `blocked` (no storage at all) or `full`. */
export class Unsaved extends Error {
  constructor(kind, cause) {
    super(`storage is ${kind}`, { cause });
    this.kind = kind;
  }
}

const random = () => crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(36), "");

export const newId = () => `w${random()}`;

/** The prefix of every entry of this site: others may share the host. */
export const prefix = (basePath) => `ml-needs-support:${basePath}:v${SCHEMA}:`;

/** All worksheets of this browser. `area` is a Storage, or what throws like one. */
export class Shelf {
  constructor(area, basePath) {
    this.area = area;
    this.root = `${prefix(basePath)}worksheet:`;
  }

  /** The worksheets that are here, the newest first: id, and the record of the project. */
  list() {
    const found = [];
    for (const key of this.keys()) {
      const match = /^([a-z0-9]+):project$/.exec(key.slice(this.root.length));
      if (match) found.push({ id: match[1], project: this.read(match[1], "project") });
    }
    return found.sort((a, b) => b.project.created - a.project.created || (a.id < b.id ? -1 : 1));
  }

  /** A whole worksheet as it is stored. */
  sheet(id) {
    const sheet = emptySheet();
    const start = `${this.root}${id}:`;
    for (const key of this.keys().filter((each) => each.startsWith(start))) {
      const part = key.slice(start.length);
      if (part === "project") sheet.project = this.read(id, part);
      else if (part.startsWith("answer:")) sheet.answers.set(part.slice(7), this.read(id, part));
    }
    return sheet;
  }

  /** A record as it is stored, or null. What cannot be read comes back as a copy of a blank one. */
  read(id, part) {
    return this.parse(this.attempt(() => this.area.getItem(this.key(id, part))), part);
  }

  parse(text, part) {
    if (text === null) return null;
    const fields = fieldsOf(part);
    try {
      return readRecord(fields, JSON.parse(text), part);
    } catch {
      const kept = part === "project" ? { name: text } : { text };
      return { ...blank(fields), copies: [{ when: 0, ...kept }] };
    }
  }

  write(id, part, record) {
    this.attempt(() => this.area.setItem(this.key(id, part), JSON.stringify(record)));
  }

  /** A small note beside a worksheet, such as when it was last copied to a file. */
  note(id, name, value) {
    const key = `${this.root}${id}:${name}`;
    if (value === undefined) return Number(this.attempt(() => this.area.getItem(key))) || 0;
    return this.attempt(() => this.area.setItem(key, String(value)));
  }

  /** The worksheet that was open last, in any window. */
  last(id) {
    const key = `${this.root}last`;
    if (id === undefined) return this.attempt(() => this.area.getItem(key));
    return this.attempt(() => this.area.setItem(key, id));
  }

  /** Takes a worksheet away. */
  remove(id) {
    const start = `${this.root}${id}:`;
    for (const key of this.keys()) if (key.startsWith(start)) this.attempt(() => this.area.removeItem(key));
  }

  removePart(id, part) {
    this.attempt(() => this.area.removeItem(this.key(id, part)));
  }

  /** Which part of which worksheet an entry is, or null where it is none of ours. */
  locate(key) {
    if (!key?.startsWith(this.root)) return null;
    const match = /^([a-z0-9]+):(project|answer:.+)$/.exec(key.slice(this.root.length));
    return match && { id: match[1], part: match[2] };
  }

  key(id, part) {
    return `${this.root}${id}:${part}`;
  }

  keys() {
    return this.attempt(() => {
      const all = Array.from({ length: this.area.length }, (_, number) => this.area.key(number));
      return all.filter((key) => key?.startsWith(this.root));
    });
  }

  attempt(act) {
    try {
      return act();
    } catch (error) {
      throw new Unsaved(error?.name === "QuotaExceededError" || error?.code === 22 ? "full" : "blocked", error);
    }
  }
}

/** One worksheet as one window sees it: what is here, what is stored, what is still to be saved. */
export class OpenSheet {
  constructor(shelf, id, sheet) {
    this.shelf = shelf;
    this.id = id;
    this.parts = new Map();
    this.pending = new Set();
    this.deleted = false;
    this.set("project", sheet.project);
    for (const [name, answer] of sheet.answers) this.set(`answer:${name}`, answer);
  }

  set(part, record) {
    this.parts.set(part, { mine: record, stored: record, before: null, live: null });
  }

  entry(part) {
    if (!this.parts.has(part)) this.set(part, blank(fieldsOf(part)));
    return this.parts.get(part);
  }

  get project() {
    return this.entry("project").mine;
  }

  get answers() {
    const found = [...this.parts].filter(([part]) => part !== "project");
    return new Map(found.map(([part, { mine }]) => [part.slice(7), mine]));
  }

  /** Takes in what somebody typed here; `save` stores it. */
  change(part, record) {
    this.entry(part).mine = record;
    this.pending.add(part);
  }

  /** Stores everything that is not stored yet. Throws Unsaved; nothing is lost then. */
  save() {
    for (const part of [...this.pending]) {
      const there = this.shelf.read(this.id, part);
      const entry = this.entry(part);
      if (there && there.rev !== entry.stored.rev) this.receive(part, there);
      if (!this.pending.has(part)) continue;
      this.keepReplaced(part, entry);
      const record = { ...entry.mine, seen: entry.stored.rev, rev: random() };
      this.shelf.write(this.id, part, record);
      Object.assign(entry, { mine: record, before: entry.stored, stored: record, live: null });
      this.pending.delete(part);
    }
  }

  /** Takes in what another window stored. Returns whether anything changed here.

      A record says which version its writer had `seen`. If that is ours, the writer only went on
      from it. If not, neither window knew of the other: both versions are merged and stored. */
  receive(part, theirs) {
    const fields = fieldsOf(part);
    const entry = this.entry(part);
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
    Object.assign(entry, { before: base, stored: theirs });
    if (equal(fields, entry.mine, theirs)) this.pending.delete(part);
    else this.pending.add(part);
    return true;
  }

  /** What another window wrote while this one looked on, and this one then replaced, stays a copy. */
  keepReplaced(part, entry) {
    const { live, mine } = entry;
    if (part === "project" || !live?.text || mine.text.includes(live.text)) return;
    entry.mine = { ...mine, copies: withCopy(mine.copies, live, fieldsOf(part)) };
  }
}
