/* A worksheet as a file, and as a link. No page in here. */
import {
  ANSWER,
  cut,
  emptySheet,
  hash,
  isPlain,
  isWritten,
  LINK_MARK,
  oddParts,
  PROJECT,
  readId,
  readRecord,
  Refused,
  SCHEMA,
  stamp,
  STATUSES,
  written,
} from "./state.js";

const FORMAT = "ml-needs-support worksheet";
/** More than this, and a link is cut by chat and mail. */
export const LINK_LIMIT = 2000;
/** A link that is longer is none of ours, whatever a program put into it on its way. */
const LONGEST_LINK = 20_000;
/** What a link may hold once it is unpacked: two thousand signs that another made could be anything. */
const LINK_HOLDS = 500_000;
/** Larger files are refused: hundreds of long answers stay far below. */
export const FILE_LIMIT = 4_500_000;
/** Ten times as many as are asked: every edition's answers fit, and no load gets slow. */
const MOST_ANSWERS = 1000;

/* ---- The file ---- */

/** @param {Stored} record */
function withoutMarks(record) {
  const { rev, seen, ...kept } = written(record);
  return kept;
}

/** A worksheet as the object a file holds. `saved` is the time in milliseconds.
    @param {string} id
    @param {Sheet} sheet
    @param {number} saved */
export function asFile(id, sheet, saved) {
  const answers = [...sheet.answers].filter(([, answer]) => isWritten(answer)).sort((
    [a],
    [b],
  ) => (a < b ? -1 : 1));
  return {
    format: FORMAT,
    schema_version: SCHEMA,
    saved: new Date(saved).toISOString(),
    id,
    project: withoutMarks(sheet.project),
    answers: answers.map(([question, answer]) => ({ question, ...withoutMarks(answer) })),
  };
}

/** An object as the text of a file.
    @param {object} file */
export const json = (file) => `${JSON.stringify(file, null, 2)}\n`;

/** A worksheet from the text of a file, ours or a notebook made here. Throws Refused and why.

    Out: `id` and `sheet`; `unread`, sentences on what in it could not be read; `edited` where the text
    of a notebook is no longer what the page wrote, though its answers are.
    @param {string} text */
export function readFile(text) {
  if (text.length > FILE_LIMIT) {
    throw new Refused(`It is larger than ${FILE_LIMIT / 1e6} MB, more than any worksheet.`);
  }
  let data;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Refused(
      /^\s*\{/.test(text.slice(0, 1000))
        ? "It is damaged: part of it is missing or changed."
        : "It is not a worksheet file. This page opens the copies that it saved, whose names end in .json, " +
          "and notebooks that it made.",
    );
  }
  const { cells, metadata } = isPlain(data) ? data : {};
  const { ml_needs_support: inside, ml_needs_support_text: wrote } = isPlain(metadata) ? metadata : {};
  return { ...fromFile(inside || data), edited: Boolean(inside && wrote) && wrote !== cellsHash(cells) };
}

/** A short hash of what a notebook says. Jupyter stores a text as one piece or in lines, as it likes.
    @param {unknown} cells */
export function cellsHash(cells) {
  const texts = (Array.isArray(cells) ? cells : []).map((cell) =>
    isPlain(cell) ? [cell.source].flat().filter((each) => typeof each === "string").join("") : ""
  );
  return hash(texts.filter((text) => text.trim()).join("\n"));
}

const FILE_KEYS = ["format", "schema_version", "saved", "id", "project", "answers"];

/** @param {unknown} data */
function fromFile(data) {
  if (!isPlain(data) || data.format !== FORMAT) throw new Refused("It is not a worksheet of this page.");
  const version = Number.isInteger(data.schema_version) ? Number(data.schema_version) : 0;
  if (version < 1) throw new Refused("It does not say which version it is.");
  if (version > SCHEMA) {
    throw new Refused("It was saved by a newer edition of this page. Reload the page and try again.");
  }
  if (!Array.isArray(data.answers)) throw new Refused("It has no list of answers.");
  if (data.answers.length > MOST_ANSWERS) {
    throw new Refused(
      `It has ${data.answers.length} answers, more than the ${MOST_ANSWERS} that a worksheet may have.`,
    );
  }
  const unread = Object.keys(data).filter((key) => !FILE_KEYS.includes(key)).map((key) =>
    `It has a part “${cut(key)}” that this page does not know.`
  );
  // What cannot be read costs only itself.
  /** @param {() => void} read */
  const tryRead = (read) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      unread.push(error.message);
    }
  };
  const sheet = emptySheet();
  for (const entry of data.answers) tryRead(() => readAnswer(entry, sheet.answers));
  tryRead(() => sheet.project = readRecord(PROJECT, data.project ?? {}, "The project"));
  /** @type {[string, Stored][]} */
  const records = [["The meeting", sheet.project], ...sheet.answers];
  for (const [what, record] of records) {
    const names = oddParts(record).map(([name]) => `“${cut(name)}”`);
    if (names.length) unread.push(`${what}: ${names.join(", ")} cannot be used here, and is kept unchanged.`);
  }
  const id = typeof data.id === "string" && /^[a-z0-9]{1,40}$/.test(data.id) ? data.id : "";
  return { id, sheet, unread };
}

/** @param {unknown} entry
    @param {Answers} answers */
function readAnswer(entry, answers) {
  if (!isPlain(entry)) throw new Refused("One of its answers is not a record.");
  const { question, ...rest } = entry;
  const id = readId(question);
  if (answers.has(id)) throw new Refused(`It answers “${id}” twice; the first answer was used.`);
  answers.set(id, readRecord(ANSWER, rest, `The answer to “${id}”`));
}

/* ---- The link ---- */

const ANSWER_ORDER = ["text", "owner", "due", "next", "decision", "asked", "title", "wording", "copies"];
const PROJECT_ORDER = [
  "name",
  "date",
  "people",
  "absent",
  "stage",
  "kind",
  "minutes",
  "extra",
  "repository",
  "created",
  "copies",
  "omit",
  "notes",
];
/** @param {AnyFields} fields
    @param {string} name */
const startOf = (fields, name) => (name === "copies" ? [] : fields[name].start);

// Only what differs from the start is written, and what comes last is left out.
/** @param {AnyFields} fields
    @param {string[]} order
    @param {AnyRecord} record */
function packed(fields, order, record) {
  const values = order.map((name) =>
    JSON.stringify(record[name]) === JSON.stringify(startOf(fields, name)) ? null : record[name]
  );
  while (values.length && values.at(-1) === null) values.pop();
  return values;
}

/** @param {string[]} order
    @param {unknown[]} values */
const unpacked = (order, values) =>
  Object.fromEntries(
    values.map((value, at) => [order[at] ?? `field ${at + 1}`, value]).filter(([, value]) => value !== null),
  );

/** The part of a link after the page's address. What the page knows of a question is left out.
    @param {string} id
    @param {Sheet} sheet
    @param {Question[]} questions */
export async function linkMark(id, sheet, questions) {
  const rows = [...sheet.answers].filter(([, answer]) => isWritten(answer)).map(([name, answer]) => {
    const question = questions.find((each) => each.id === name);
    const known = question && answer.asked === hash(question.ask);
    const sent = known ? { ...answer, title: "", wording: "" } : answer;
    return [name, STATUSES.indexOf(answer.status), ...packed(ANSWER, ANSWER_ORDER, sent)];
  });
  const data = [SCHEMA, id, packed(PROJECT, PROJECT_ORDER, sheet.project), rows];
  const text = lettersOf(
    await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(data))),
  );
  return LINK_MARK + hash(text).padStart(SUM, "0") + text;
}

/** A worksheet from the part of a link after `#`. Throws Refused and why.
    @param {string} fragment
    @param {Question[]} questions
    @param {number} when */
export async function readLink(fragment, questions, when) {
  if (fragment.length > LONGEST_LINK) throw new Refused("The link is longer than any that this page makes.");
  const packing = unwrapped(fragment);
  if (!packing) throw new Refused("The link is damaged: part of it is missing or changed.");
  let data;
  try {
    data = JSON.parse(
      new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), packing)),
    );
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("The link is damaged: it cannot be unpacked.");
  }
  const [version, id, project, rows] = Array.isArray(data) ? data : [];
  if (typeof version === "number" && version > SCHEMA) {
    throw new Refused("The link was made by a newer edition of this page. Reload the page and try again.");
  }
  if (!Array.isArray(project) || !Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw new Refused("The link does not hold a worksheet.");
  }
  const answers = rows.map(([question, number, ...values]) => {
    const status = (typeof number === "number" && STATUSES[number]) || number;
    const fields = unpacked(ANSWER_ORDER, values);
    const known = questions.find((each) => each.id === question);
    const asked = known && fields.asked === hash(known.ask) && stamp(known);
    return { question, status, ...fields, ...asked, when };
  });
  return fromFile({
    format: FORMAT,
    schema_version: SCHEMA,
    id,
    project: { ...unpacked(PROJECT_ORDER, project), when },
    answers,
  });
}

// How many signs of a link are its check sum.
const SUM = 7;
// How much a program may have hung on to a link: counters of campaigns, the end of a sentence.
const HUNG_ON = 1000;

/** The bytes in a link, or null. What programs put into it or hang on to it is taken away.

    They break lines, put signs in that nobody sees, encode signs, and take what follows for a part of
    it. Letters and digits they leave alone: the rest is theirs, and the check sum proves the end.
    @param {string} fragment */
function unwrapped(fragment) {
  const part = decoded(fragment);
  if (part.startsWith(LINK_MARK)) {
    const signs = part.slice(LINK_MARK.length).replace(/[^0-9A-Za-z]/g, "");
    const text = proven(signs.slice(SUM), signs.slice(0, SUM).replace(/^0+(?=.)/, ""));
    return text === null ? null : bytesOf(text);
  }
  // Until November 2026: "#w=", a sum, a dot, and base64, whose last "_" or "-" some programs drop.
  const [, sum, rest] =
    /^#w=(?:3D)?([0-9a-z]+)\.(.*)$/s.exec(part.replace(/[^\w#=.-]/g, "").replace(/(?<=.{3})=/g, "")) ?? [];
  if (!rest) return null;
  const text = ["", "_", "-"].map((end) => proven(rest.replaceAll(".", "") + end, sum)).find((each) =>
    each !== null
  );
  try {
    return text
      ? Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0))
      : null;
  } catch {
    return null; // Somebody wrote it by hand.
  }
}

/** A text with its encoded signs as they are, even where one program encoded what another had.
    @param {string} text */
function decoded(text) {
  let known = text;
  for (let turn = 0; turn < 3; turn += 1) {
    known = known.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  }
  return known;
}

/** The longest beginning of a text that has this sum, or null.
    @param {string} text
    @param {string} sum */
function proven(text, sum) {
  for (let end = text.length; end > Math.max(0, text.length - HUNG_ON); end -= 1) {
    if (hash(text.slice(0, end)) === sum) return text.slice(0, end);
  }
  return null;
}

/** @param {CompressionStream | DecompressionStream} stream
    @param {Uint8Array<ArrayBuffer>} data */
async function through(stream, data) {
  const writer = stream.writable.getWriter();
  // Faults of the stream surface at the reader below.
  writer.write(data).catch(() => {});
  writer.close().catch(() => {});
  const parts = [];
  let size = 0;
  for (const reader = stream.readable.getReader();;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > LINK_HOLDS) throw new Refused("The link holds more than any that this page makes.");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// Letters and digits only: no program takes them for the end of an address, or for emphasis. Groups of
// 32 bytes become 43 signs, one more than in base64.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const GROUP = 32;
const BITS = Math.log2(DIGITS.length);
/** @param {number} count */
const signsFor = (count) => Math.ceil((count * 8) / BITS);

/** @param {Uint8Array} data */
function lettersOf(data) {
  let text = "";
  for (let start = 0; start < data.length; start += GROUP) {
    const group = data.subarray(start, start + GROUP);
    let number = group.reduce((sum, each) => sum * 256n + BigInt(each), 0n);
    let signs = "";
    for (let left = signsFor(group.length); left > 0; left -= 1) {
      signs = DIGITS[Number(number % 62n)] + signs;
      number /= 62n;
    }
    text += signs;
  }
  return text;
}

/** @param {string} text */
function bytesOf(text) {
  const bytes = [];
  for (let start = 0; start < text.length; start += signsFor(GROUP)) {
    const signs = text.slice(start, start + signsFor(GROUP));
    let number = [...signs].reduce((sum, sign) => sum * 62n + BigInt(DIGITS.indexOf(sign)), 0n);
    const group = new Uint8Array(Math.floor((signs.length * BITS) / 8));
    for (let index = group.length - 1; index >= 0; index -= 1) {
      group[index] = Number(number % 256n);
      number /= 256n;
    }
    bytes.push(...group);
  }
  return Uint8Array.from(bytes);
}
