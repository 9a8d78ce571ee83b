/* What a worksheet holds, how it changes, how two versions of it become one, and how far it got.
   Pure: no page, no storage, no clock but the one it is handed. */

export const SCHEMA = 1;
/** Start of the fragment of an address that holds a worksheet. No id of a question starts like this. */
export const LINK_MARK = "#W";
/** Whether it begins so: now, or in links made until November 2026, which some programs encode.
    @param {string} part */
export const isLinkMark = (part) => /^#(?:W|w(?:=|%(?:25)*3[Dd]))/.test(part);
/** @type {Status[]} */
export const STATUSES = ["open", "answered", "not-applicable", "unknown"];
export const SETTLED = ["answered", "not-applicable"];

// The longest a piece of text may be: more than a browser stores for one site.
const MOST = 5_000_000;
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
// Five and six digits too: a date field takes years up to 275760, and what it takes must be stored.
const DAY = /^(\d{4,6}-\d{2}-\d{2})?$/;

/** @type {(value: unknown) => value is string} */
const isText = (value) => typeof value === "string" && value.length <= MOST;
/** @type {(value: unknown) => value is string} */
const isId = (value) => typeof value === "string" && value.length <= 100 && ID.test(value);
/** @param {unknown} value */
const isIdOrNone = (value) => value === "" || isId(value);
/** @param {unknown} value */
const isIds = (value) => Array.isArray(value) && value.length <= 500 && value.every(isId);
/** @param {unknown} value */
const isDay = (value) => typeof value === "string" && DAY.test(value);
/** @type {(value: unknown) => value is number} */
const isTime = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** @template Value
    @param {Value} start
    @param {(value: unknown) => boolean} fits */
const field = (start, fits) => ({ start, fits });

/** The fields of an answer: what they start as, and what they may hold.
    @type {Fields<AnswerFields>} */
export const ANSWER = {
  text: field("", isText),
  status: field("open", (value) => STATUSES.includes(/** @type {Status} */ (value))),
  owner: field("", isText),
  due: field("", isDay),
  next: field("", isText),
  decision: field(false, (value) => typeof value === "boolean"),
  // What was asked when it was answered: a question may be reworded, renamed or retired later.
  asked: field("", isText),
  title: field("", isText),
  wording: field("", isText),
};

/** The fields of a worksheet itself.
    @type {Fields<ProjectFields>} */
export const PROJECT = {
  name: field("", isText),
  date: field("", isDay),
  people: field("", isText),
  absent: field([], isIds),
  stage: field("", isIdOrNone),
  kind: field("", isIdOrNone),
  minutes: field(60, (value) => isTime(value) && value <= 1440),
  extra: field([], isIds),
  omit: field([], isIds),
  notes: field("", isText),
  repository: field("", isText),
  created: field(0, isTime),
};

/** The fields that a person writes; the others describe the record.
    @type {(keyof AnswerFields)[]} */
const WRITTEN = ["text", "owner", "due", "next", "status", "decision"];

/** A message for the person who brought something that cannot be used. */
export class Refused extends Error {}

/** The parts of a worksheet are its project and its answers: "project", "answer:<question>".
    @type {(part: string) => AnyFields} */
export const fieldsOf = (part) => (part === "project" ? PROJECT : ANSWER);
/** @param {string} question */
export const partOf = (question) => `answer:${question}`;
/** @param {string} part */
export const questionOf = (part) => part.slice("answer:".length);

/** A record with every field at its start.
    @template Of
    @param {Fields<Of>} fields
    @returns {Stored & Of} */
export function blank(fields) {
  /** @type {AnyRecord} */
  const record = { when: 0, rev: "", seen: "", copies: [] };
  for (const [name, { start }] of Object.entries(fields)) {
    record[name] = Array.isArray(start) ? [...start] : start;
  }
  return /** @type {Stored & Of} */ (record);
}

/** A worksheet: `project` is a record, `answers` a Map of question id to record.
    @returns {Sheet} */
export const emptySheet = () => ({ project: blank(PROJECT), answers: new Map() });

/** Short hash (FNV-1a, 32 bits) of a text, white space squeezed: tells whether a text changed.
    @param {string} text */
export function hash(text) {
  let sum = 0x811c9dc5;
  for (const sign of text.replace(/\s+/g, " ").trim()) {
    sum = Math.imul(sum ^ Number(sign.codePointAt(0)), 0x01000193);
  }
  return (sum >>> 0).toString(36);
}

/** An answer after one field was edited, with the status that follows from the text.
    @param {Answer} answer
    @param {string} name
    @param {unknown} value
    @param {Question | undefined} question
    @param {number} when
    @returns {Answer} */
export function edit(answer, name, value, question, when) {
  const next = { ...withoutOdd(answer, [name]), [name]: value, when };
  const isBlank = !next.text.trim();
  if (name === "text" && answer.status === "open" && !isBlank) next.status = "answered";
  if (name === "text" && answer.status === "answered" && isBlank) next.status = "open";
  if (!answer.asked && question) Object.assign(next, stamp(question));
  return next;
}

/** What an answer keeps of the question it answers.
    @param {Question} question */
export const stamp = (question) => ({
  asked: hash(question.ask),
  title: question.title,
  wording: question.ask,
});

/** Whether anybody has written anything here.
    @param {Answer | undefined} answer */
export const isWritten = (answer) =>
  !!answer &&
  (WRITTEN.some((name) => answer[name] !== ANSWER[name].start) || answer.copies.length > 0 ||
    Boolean(answer.odd));

const PROJECT_WORDS = /** @type {const} */ (["name", "people", "notes", "repository"]);

/** Whether somebody would miss anything of this sheet: an answer, or words about the meeting.
    @param {{ project: Project, answers: Answers, broken?: unknown[] }} given */
export const hasContent = ({ project, answers, broken }) =>
  [...answers.values()].some(isWritten) || PROJECT_WORDS.some((name) => project[name].trim()) ||
  project.copies.length > 0 || Boolean(project.odd) || Boolean(broken?.length);

/** Whether the question was reworded since it was answered.
    @param {Answer | undefined} answer
    @param {{ ask: string }} question */
export const isReworded = (answer, question) =>
  !!answer?.asked && isWritten(answer) && answer.asked !== hash(question.ask);

/** @param {unknown} a
    @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Whether two records say the same, whoever wrote them and when.
    @param {AnyFields} fields
    @param {AnyRecord} a
    @param {AnyRecord} b */
export const equal = (fields, a, b) =>
  Object.keys(fields).every((name) => same(a[name], b[name])) && same(a.copies, b.copies) &&
  same(a.odd ?? {}, b.odd ?? {});

/** Whether two sheets say the same.
    @param {Sheet} a
    @param {Sheet} b */
export function sameSheet(a, b) {
  /** @param {Sheet} given */
  const written = ({ answers }) => [...answers].filter(([, answer]) => isWritten(answer));
  return (
    equal(PROJECT, a.project, b.project) &&
    written(a).length === written(b).length &&
    written(a).every(([id, answer]) => b.answers.has(id) && equal(ANSWER, answer, answerOf(b.answers, id)))
  );
}

/** Two versions of a record made into one, so that nothing anybody wrote is lost.

    In: the fields, the version both came from (or null), and the two. Where only one changed a
    field, the change holds. Where both did, the later one holds and the other record becomes a copy.
    The outcome does not depend on which of the two is `mine`, so two windows agree.
    @template {AnyRecord} Kind
    @param {AnyFields} fields
    @param {Kind | null} base
    @param {Kind} mine
    @param {Kind} theirs
    @returns {Kind} */
export function merge(fields, base, mine, theirs) {
  const [later, earlier] = isLater(mine, theirs) ? [mine, theirs] : [theirs, mine];
  /** @type {AnyRecord} */
  const merged = {
    ...withoutOdd(later, Object.keys(later.odd ?? {})),
    copies: mergeCopies(base, mine, theirs),
  };
  let lost = false;
  for (const [name, { start }] of Object.entries(fields)) {
    const from = base ? base[name] : start;
    if (same(later[name], from)) merged[name] = earlier[name];
    else if (!same(earlier[name], from) && !same(earlier[name], later[name])) lost ||= keepsWords(name);
  }
  const odd = mergeOdd(fields, base, later, earlier, merged);
  if (odd) merged.odd = odd;
  // The status belongs to the text that won: a blank other version does not reopen an answer.
  if (lost) merged.copies = withCopy(merged.copies, earlier, fields);
  return /** @type {Kind} */ (merged);
}

// What this page cannot read is carried along untouched, unless somebody has dropped or replaced it.
/** @param {AnyFields} fields
    @param {AnyRecord | null} base
    @param {AnyRecord} later
    @param {AnyRecord} earlier
    @param {AnyRecord} merged */
function mergeOdd(fields, base, later, earlier, merged) {
  /** @type {Record<string, unknown>} */
  const kept = {};
  for (const side of [earlier, later]) {
    const other = side === later ? earlier : later;
    for (const [name, value] of Object.entries(side.odd ?? {})) {
      const wasDropped = same(base?.odd?.[name], value) && other.odd?.[name] === undefined;
      const isReplaced = Object.hasOwn(fields, name) && !same(merged[name], fields[name].start);
      if (!wasDropped && !isReplaced) kept[name] = value;
    }
  }
  return Object.keys(kept).length ? kept : null;
}

/** A record without some of what could not be read in it.
    @template {Stored} Kind
    @param {Kind} record
    @param {string[]} names
    @returns {Kind} */
export function withoutOdd(record, names) {
  if (!record.odd) return record;
  const { odd, ...rest } = record;
  const left = Object.entries(odd).filter(([name]) => !names.includes(name));
  return /** @type {Kind} */ (left.length ? { ...rest, odd: Object.fromEntries(left) } : rest);
}

/** @param {string} name */
const keepsWords = (name) => [...WRITTEN, "name", "people", "date", "notes"].includes(name);

/** @param {Stored} a
    @param {Stored} b */
const isLater = (a, b) => (a.when === b.when ? a.rev >= b.rev : a.when > b.when);

/** The copies with one more, made of what a person wrote in `record`.
    @param {Copy[]} copies
    @param {AnyRecord} record
    @param {AnyFields} fields */
export function withCopy(copies, record, fields) {
  const written = Object.keys(fields).filter(keepsWords).map((name) => [name, record[name]]);
  const copy = { when: record.when, ...Object.fromEntries(written) };
  if (copies.some((each) => covers(each, copy))) return copies;
  return [...copies.filter((each) => !covers(copy, each)), copy];
}

// Whether a copy holds every word of another: then the other tells nobody anything. Without this,
// two people who write over each other would pile up a copy for every stage of a sentence.
/** @param {Record<string, unknown>} copy
    @param {Record<string, unknown>} other */
const covers = (copy, other) =>
  Object.entries(other).every(([name, value]) =>
    name === "when" || same(copy[name], value) || value === "" ||
    (["text", "notes", "people"].includes(name) && String(copy[name] ?? "").includes(String(value)))
  );

/** One step of somebody taken back in a record, and nothing that was written since.

    Args: the record before the step, after it, and as it is `now`. What the step changed goes back
    to what it was before. A field that was changed again since stays as it is; the words that the step
    had taken out of it come back as a copy beside it.
    @template {AnyRecord} Kind
    @param {AnyFields} fields
    @param {Kind} before
    @param {Kind} after
    @param {Kind} now
    @param {number} when
    @returns {Kind} */
export function takeBack(fields, before, after, now, when) {
  /** @type {AnyRecord} */
  const record = { ...now, when };
  let isInTheWay = false;
  for (const [name, { start }] of Object.entries(fields)) {
    if (same(before[name], after[name])) continue;
    if (same(now[name], after[name])) record[name] = before[name];
    else if (keepsWords(name) && !same(before[name], start) && !same(before[name], now[name])) {
      isInTheWay = true;
    }
  }
  // The status says something about the text: where the text stays, so does its status.
  if (fields === ANSWER && !same(record.text, before.text)) {
    for (const name of ["status", "asked", "title", "wording"]) record[name] = now[name];
  }
  /** @param {Copy[]} copies
      @param {Copy} copy */
  const isIn = (copies, copy) => copies.some((each) => same(each, copy));
  record.copies = [
    ...now.copies.filter((copy) => isIn(before.copies, copy) || !isIn(after.copies, copy)),
    ...before.copies.filter((copy) => !isIn(after.copies, copy) && !isIn(now.copies, copy)),
  ];
  if (before.odd && !after.odd && !now.odd) record.odd = before.odd;
  if (isInTheWay) record.copies = withCopy(record.copies, before, fields);
  return /** @type {Kind} */ (record);
}

/** @type {MeetingWord[]} */
const MEETING_WORDS = ["name", "date", "people", "notes"];
/** What the meeting was also called, or who was also there: the fields of a copy that say something else.
    @param {Copy} copy
    @param {Project} project */
export const differingWords = (copy, project) =>
  MEETING_WORDS.filter((name) => copy[name] && copy[name] !== project[name]);

/** An answer with what somebody wrote in a copy of it.
    @param {Answer} answer
    @param {Copy} given */
export const fromCopy = (answer, { when, ...written }) => ({ ...answer, ...written });

/** @param {Stored | null} base
    @param {Stored} mine
    @param {Stored} theirs */
function mergeCopies(base, mine, theirs) {
  /** @param {Copy} copy */
  const dropped = (copy) => {
    const wasThere = base?.copies.some((each) => same(each, copy));
    const here = [mine, theirs].filter((side) => side.copies.some((each) => same(each, copy)));
    return wasThere && here.length < 2;
  };
  const all = [...mine.copies, ...theirs.copies].filter((copy) => !dropped(copy));
  const unique = [...new Map(all.map((copy) => [JSON.stringify(copy), copy])).entries()];
  return unique.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, copy]) => copy);
}

/** A record from data of unknown origin. Throws Refused where it is not one; `what` names it.

    A field that this page does not know, or whose value it cannot use, costs only itself: it is kept
    in `odd`, is shown, and is written back as it came. A later edition may know what it means.
    @template Of
    @param {Fields<Of>} fields
    @param {unknown} data
    @param {string} what
    @returns {Stored & Of} */
export function readRecord(fields, data, what) {
  if (!isPlain(data)) throw new Refused(`${what} is not a record.`);
  /** @type {AnyFields} */
  const known = fields;
  const record = blank(known);
  /** @type {Record<string, unknown>} */
  const odd = {};
  for (const [name, value] of Object.entries(data)) {
    if (name === "copies") {
      if (Array.isArray(value)) record.copies = value.flatMap((copy) => readCopy(known, copy) ?? []);
      const unread = Array.isArray(value) ? value.filter((copy) => !readCopy(known, copy)) : value;
      if (!Array.isArray(unread) || unread.length) odd[name] = unread;
    } else if (name === "when") record.when = isTime(value) ? value : 0;
    else if (name === "rev" || name === "seen") record[name] = isText(value) ? value : "";
    else if (Object.hasOwn(known, name) && known[name].fits(value)) record[name] = value;
    else odd[name] = value;
  }
  return /** @type {Stored & Of} */ (Object.keys(odd).length ? { ...record, odd } : record);
}

/** @param {AnyFields} fields
    @param {unknown} copy
    @returns {Copy | null} */
function readCopy(fields, copy) {
  if (!isPlain(copy)) return null;
  const written = Object.entries(copy).filter(([name]) => name !== "when");
  const isRead = written.every(([name, value]) => Object.hasOwn(fields, name) && fields[name].fits(value));
  return isRead ? { when: isTime(copy.when) ? copy.when : 0, ...Object.fromEntries(written) } : null;
}

/** A record as it is stored or saved: what could not be read goes back to where it was.
    @param {Stored} given */
export function written({ odd = {}, ...record }) {
  const { copies: unread, ...rest } = odd;
  if (Array.isArray(unread)) return { ...record, ...rest, copies: [...record.copies, ...unread] };
  return { ...record, ...rest, copies: "copies" in odd && !record.copies.length ? unread : record.copies };
}

/** What could not be read in a record, as pairs of a field's name and its value as text.
    @param {Stored} given */
export const oddParts = ({ odd }) => Object.entries(odd ?? {}).map(([name, value]) => [name, asText(value)]);

/** A value of any type as text.
    @param {unknown} value */
const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value) ?? "");

/** Somebody else's text, short enough for a message.
    @param {string} text */
export const cut = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Whether it is an object whose fields can be read, and none that changes what all objects share.
    @type {(value: unknown) => value is Record<string, unknown>} */
export const isPlain = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !Object.hasOwn(value, "__proto__");

/** The id of a question, or Refused.
    @param {unknown} value */
export function readId(value) {
  if (!isId(value)) throw new Refused(`“${cut(asText(value))}” cannot be the name of a question.`);
  return value;
}

const TAKEN_OVER = /** @type {const} */ (["name", "date", "notes", "repository"]);

/** One sheet with the answers of another added. In: what is here, what came, and the time.

    Where both answer a question, what is here holds and the other stays as a copy to choose. Of the
    project, only what is blank here is taken over; the people are those of both.
    @param {Sheet} mine
    @param {Sheet} theirs
    @param {number} when
    @returns {Sheet} */
export function importAnswers(mine, theirs, when) {
  const answers = new Map(mine.answers);
  for (const [id, answer] of theirs.answers) {
    const here = answerOf(mine.answers, id);
    if (!isWritten(answer)) continue;
    answers.set(
      id,
      isWritten(here)
        ? { ...merge(ANSWER, null, { ...here, when: 1 }, { ...answer, when: 0 }), rev: here.rev, when }
        : { ...answer, when },
    );
  }
  const project = { ...mine.project, when };
  const notes = theirs.project.notes.trim();
  if (project.notes.trim() && notes && !project.notes.includes(notes)) {
    project.copies = withCopy(project.copies, { ...blank(PROJECT), notes, when }, PROJECT);
  }
  for (const name of TAKEN_OVER) project[name] ||= theirs.project[name];
  project.people = [...new Set([mine, theirs].flatMap((sheet) => peopleIn(sheet.project)))].join("\n");
  return { project, answers };
}

/** Who is in the room, one a line.
    @param {Project} project */
export const peopleIn = ({ people }) => people.split(/[\r\n]/).map((each) => each.trim()).filter(Boolean);

/** What joining would bring: ids of answers that are new here, and of those that say something else.
    @param {Sheet} mine
    @param {Sheet} theirs */
export function diffAnswers(mine, theirs) {
  const written = [...theirs.answers].filter(([, answer]) => isWritten(answer)).map(([id]) => id);
  /** @param {Sheet} sheet
      @param {string} id */
  const says = (sheet, id) => WRITTEN.map((name) => answerOf(sheet.answers, id)[name]);
  /** @param {string} id */
  const isHere = (id) => isWritten(answerOf(mine.answers, id));
  return {
    fresh: written.filter((id) => !isHere(id)),
    differing: written.filter((id) => isHere(id) && !same(says(mine, id), says(theirs, id))),
  };
}

/** Answers under the ids that questions have now. Where two names meet, both answers are kept.
    @param {Answers} answers
    @param {Question[]} questions */
export function underNewNames(answers, questions) {
  const now = new Map(questions.flatMap((question) => question.previousIds.map((old) => [old, question.id])));
  /** @type {Answers} */
  const moved = new Map();
  for (const [id, answer] of answers) {
    const name = now.get(id) ?? id;
    const there = moved.get(name);
    moved.set(name, there ? merge(ANSWER, null, there, answer) : answer);
  }
  return moved;
}

/* ---- How far it got ---- */

/** The questions a sheet shows: those of the plan, then what was answered though it is not in it.
    @param {Question[]} questions
    @param {Answers} answers
    @param {Line[]} lines */
export function shown(questions, answers, lines) {
  const asked = lines.map((line) => line.question);
  const rest = questions.filter((question) =>
    !asked.includes(question) && isWritten(answers.get(question.id))
  );
  return [...asked, ...rest];
}

/** The answer to a question, blank where there is none.
    @param {Answers} answers
    @param {string} id */
export const answerOf = (answers, id) => answers.get(id) ?? blank(ANSWER);

/** @param {Answers} answers
    @param {string} id */
export const isSettled = (answers, id) => SETTLED.includes(answerOf(answers, id).status);

/** How many of the questions are settled: overall, and for each role that has any.
    @param {Question[]} shownQuestions
    @param {Answers} answers */
export function progress(shownQuestions, answers) {
  /** @param {Question[]} list */
  const count = (list) => ({
    done: list.filter((question) => isSettled(answers, question.id)).length,
    unknown: list.filter((question) => answerOf(answers, question.id).status === "unknown").length,
    differing: list.filter((question) => answerOf(answers, question.id).copies.length).length,
    of: list.length,
  });
  const roles = [...new Set(shownQuestions.map((question) => question.role))];
  return {
    ...count(shownQuestions),
    roles: roles.map((role) => ({ role, ...count(shownQuestions.filter((each) => each.role === role)) })),
  };
}

/** The questions a question waits for whose answers are still missing.
    @param {Question} question
    @param {Question[]} questions
    @param {Answers} answers */
export const stillNeeded = (question, questions, answers) =>
  questions.filter((each) => question.needs.includes(each.id) && !isSettled(answers, each.id));

/** What is to be found out: the "we do not know yet" first, then what nobody answered.
    @param {Question[]} shownQuestions
    @param {Answers} answers */
export function openPoints(shownQuestions, answers) {
  const open = shownQuestions.filter((question) => !isSettled(answers, question.id));
  /** @param {Question} question */
  const unknown = (question) => answerOf(answers, question.id).status === "unknown";
  return [...byDay(open.filter(unknown), answers), ...open.filter((question) => !unknown(question))];
}

/** What somebody still does about an answer that is settled: it has a next step, or a day.
    @param {Question[]} shownQuestions
    @param {Answers} answers */
export const nextSteps = (shownQuestions, answers) =>
  byDay(
    shownQuestions.filter((question) => {
      const { next, due } = answerOf(answers, question.id);
      return isSettled(answers, question.id) && (next.trim() || due);
    }),
    answers,
  );

// Those without a day come last.
/** @param {Question[]} questions
    @param {Answers} answers */
const byDay = (questions, answers) => {
  /** @param {Question} given */
  const day = ({ id }) => answerOf(answers, id).due || "9999";
  return questions.toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
};

/** The answers that were marked as decisions. What nobody knows yet is none.
    @param {Question[]} questions
    @param {Answers} answers */
export const decisions = (questions, answers) =>
  questions.filter(({ id }) => {
    const { decision, status } = answerOf(answers, id);
    return decision && status !== "unknown";
  });

/** Answers to questions that are not on the page: retired, or from another edition.
    @param {Question[]} questions
    @param {Answers} answers */
export const noLongerAsked = (questions, answers) =>
  [...answers].filter(([id, answer]) =>
    isWritten(answer) && !questions.some((question) => question.id === id)
  );
