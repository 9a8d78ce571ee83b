/* Where worksheets are kept: in this browser, in a file, in a link. No page in here.

   In the browser each answer is an entry of its own, so that two windows which write different
   answers never touch the same one. Where they do, see `receive`. */
import { ANSWER, PROJECT, Refused, SCHEMA, STATUSES, blank, emptySheet, equal, fieldsOf, hash, isPlain, isWritten, merge, readId, readRecord, stamp, withCopy } from "./state.js";

const FORMAT = "ml-needs-support worksheet";
/** More than this, and a link is cut by chat and mail, or refused by a forge. */
export const LINK_LIMIT = 2000;
/** Larger files are refused: hundreds of long answers stay far below. */
export const FILE_LIMIT = 4_500_000;
const LINK_MARK = "#w=";

/* ---- The browser ---- */

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

/* ---- The file ---- */

const withoutMarks = ({ rev, seen, ...kept }) => kept;

/** A worksheet as the object a file holds. `saved` is the time in milliseconds. */
export function asFile(id, sheet, saved) {
  const answers = [...sheet.answers].filter(([, answer]) => isWritten(answer)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    format: FORMAT,
    schema_version: SCHEMA,
    saved: new Date(saved).toISOString(),
    id,
    project: withoutMarks(sheet.project),
    answers: answers.map(([question, answer]) => ({ question, ...withoutMarks(answer) })),
  };
}

export const json = (file) => `${JSON.stringify(file, null, 2)}\n`;

/** A worksheet from the text of a file, ours or a notebook made here. Throws Refused and why. */
export function readFile(text) {
  if (text.length > FILE_LIMIT) throw new Refused(`It is larger than ${FILE_LIMIT / 1e6} MB, more than any worksheet.`);
  let data;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Refused("It is not a worksheet, or it is damaged: it cannot be read as JSON.");
  }
  if (isPlain(data) && isPlain(data.metadata) && data.metadata.ml_needs_support) data = data.metadata.ml_needs_support;
  return fromFile(data);
}

const FILE_KEYS = ["format", "schema_version", "saved", "id", "project", "answers"];

function fromFile(data) {
  if (!isPlain(data) || data.format !== FORMAT) throw new Refused("It is not a worksheet of this page.");
  if (!Number.isInteger(data.schema_version) || data.schema_version < 1) throw new Refused("It does not say its version.");
  if (data.schema_version > SCHEMA) throw new Refused("It was saved by a newer edition of this page. Reload the page and try again.");
  const strange = Object.keys(data).find((key) => !FILE_KEYS.includes(key));
  if (strange !== undefined) throw new Refused(`It has a part “${strange.slice(0, 40)}” that this page does not know.`);
  if (!Array.isArray(data.answers)) throw new Refused("It has no list of answers.");
  const answers = new Map();
  for (const entry of data.answers) {
    if (!isPlain(entry)) throw new Refused("One of its answers is not a record.");
    const { question, ...rest } = entry;
    const id = readId(question);
    if (answers.has(id)) throw new Refused(`It answers “${id}” twice.`);
    answers.set(id, readRecord(ANSWER, rest, `The answer to “${id}”`));
  }
  const id = typeof data.id === "string" && /^[a-z0-9]{1,40}$/.test(data.id) ? data.id : "";
  return { id, sheet: { project: readRecord(PROJECT, data.project ?? {}, "The project"), answers } };
}

/* ---- The link ---- */

const ANSWER_ORDER = ["text", "owner", "due", "next", "decision", "asked", "title", "wording", "copies"];
const PROJECT_ORDER = ["name", "date", "people", "absent", "stage", "kind", "minutes", "extra", "repository", "created", "copies"];
const startOf = (fields, name) => (name === "copies" ? [] : fields[name].start);

// Only what differs from the start is written, and what comes last is left out.
function packed(fields, order, record) {
  const values = order.map((name) => (JSON.stringify(record[name]) === JSON.stringify(startOf(fields, name)) ? null : record[name]));
  while (values.length && values.at(-1) === null) values.pop();
  return values;
}

const unpacked = (order, values) =>
  Object.fromEntries(values.map((value, number) => [order[number], value]).filter(([, value]) => value !== null));

/** The part of a link after the page's address. What the page knows of a question is left out. */
export async function linkMark(id, sheet, questions) {
  const rows = [...sheet.answers].filter(([, answer]) => isWritten(answer)).map(([name, answer]) => {
    const question = questions.find((each) => each.id === name);
    const known = question && answer.asked === hash(question.ask);
    const sent = known ? { ...answer, title: "", wording: "" } : answer;
    return [name, STATUSES.indexOf(answer.status), ...packed(ANSWER, ANSWER_ORDER, sent)];
  });
  const data = [SCHEMA, id, packed(PROJECT, PROJECT_ORDER, sheet.project), rows];
  const text = base64(await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(data))));
  return `${LINK_MARK}${hash(text)}.${text}`;
}

export const isLinkMark = (fragment) => fragment.startsWith(LINK_MARK);

/** A worksheet from the part of a link after `#`. Throws Refused and why. */
export async function readLink(fragment, questions, when) {
  const [, sum, text] = /^([0-9a-z]+)\.([\w-]+)$/.exec(fragment.slice(LINK_MARK.length)) ?? [];
  if (!text || hash(text) !== sum) throw new Refused("The link is damaged: part of it is missing or changed.");
  let data;
  try {
    data = JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes(text))));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("The link is damaged: it cannot be unpacked.");
  }
  if (Array.isArray(data) && data[0] > SCHEMA) throw new Refused("The link was made by a newer edition of this page. Reload the page and try again.");
  const [, id, project, rows] = Array.isArray(data) ? data : [];
  if (!Array.isArray(project) || !Array.isArray(rows) || !rows.every(Array.isArray)) throw new Refused("The link does not hold a worksheet.");
  const answers = rows.map(([question, status, ...values]) => {
    const answer = { question, status: STATUSES[status], ...unpacked(ANSWER_ORDER, values), when };
    const known = questions.find((each) => each.id === question);
    return known && answer.asked === hash(known.ask) ? { ...answer, ...stamp(known) } : answer;
  });
  return fromFile({ format: FORMAT, schema_version: SCHEMA, id, project: { ...unpacked(PROJECT_ORDER, project), when }, answers });
}

async function through(stream, data) {
  const writer = stream.writable.getWriter();
  // Faults of the stream surface at the reader below.
  writer.write(data).catch(() => {});
  writer.close().catch(() => {});
  const parts = [];
  let size = 0;
  for (const reader = stream.readable.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > FILE_LIMIT) throw new Refused("What the link holds is too large.");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function base64(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
