/* A worksheet as a file, and as a link. No page in here. */
import { ANSWER, LINK_MARK, PROJECT, Refused, SCHEMA, STATUSES, blank, cut, hash, isPlain, isWritten, oddParts, readId, readRecord, stamp, written } from "./state.js";

const FORMAT = "ml-needs-support worksheet";
/** More than this, and a link is cut by chat and mail, or refused by a forge. */
export const LINK_LIMIT = 2000;
/** Larger files are refused: hundreds of long answers stay far below. */
export const FILE_LIMIT = 4_500_000;

/* ---- The file ---- */

function withoutMarks(record) {
  const { rev, seen, ...kept } = written(record);
  return kept;
}

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
  if (!Array.isArray(data.answers)) throw new Refused("It has no list of answers.");
  const unread = Object.keys(data).filter((key) => !FILE_KEYS.includes(key)).map((key) => `It has a part “${cut(key)}” that this page does not know.`);
  // What cannot be read costs only itself.
  const attempt = (act, otherwise) => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      unread.push(error.message);
      return otherwise;
    }
  };
  const answers = new Map();
  for (const entry of data.answers) attempt(() => readAnswer(entry, answers));
  const project = attempt(() => readRecord(PROJECT, data.project ?? {}, "The project"), blank(PROJECT));
  for (const [what, record] of [["The meeting", project], ...answers]) {
    const names = oddParts(record).map(([name]) => `“${cut(name)}”`);
    if (names.length) unread.push(`${what}: ${names.join(", ")} cannot be used and is kept as it came.`);
  }
  const id = typeof data.id === "string" && /^[a-z0-9]{1,40}$/.test(data.id) ? data.id : "";
  return { id, sheet: { project, answers }, unread };
}

function readAnswer(entry, answers) {
  if (!isPlain(entry)) throw new Refused("One of its answers is not a record.");
  const { question, ...rest } = entry;
  const id = readId(question);
  if (answers.has(id)) throw new Refused(`It answers “${id}” twice; the first answer was taken.`);
  answers.set(id, readRecord(ANSWER, rest, `The answer to “${id}”`));
}

/* ---- The link ---- */

const ANSWER_ORDER = ["text", "owner", "due", "next", "decision", "asked", "title", "wording", "copies"];
const PROJECT_ORDER = ["name", "date", "people", "absent", "stage", "kind", "minutes", "extra", "repository", "created", "copies", "omit", "notes"];
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
    const answer = { question, status: STATUSES[status] ?? status, ...unpacked(ANSWER_ORDER, values), when };
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
