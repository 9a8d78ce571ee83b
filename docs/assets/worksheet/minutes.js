/* The minutes of a meeting: one list of blocks, from which the page draws them and formats.js writes
   them. Pure. */
import { plan } from "./agenda.js";
import {
  answerOf,
  decisions,
  differingWords,
  isReworded,
  nextSteps,
  noLongerAsked,
  openPoints,
  peopleIn,
  progress,
  shown,
} from "./state.js";

/** @type {Record<Status, string>} */
const STATUS_WORDS = {
  open: "Open",
  answered: "Answered",
  "not-applicable": "Not applicable",
  unknown: "We do not know yet",
};
/** @param {Status} status */
export const statusWord = (status) => STATUS_WORDS[status];

const DAY_WORDS = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
/** A day such as 2026-11-24 in words; other text stays as it is.
    @param {string} day */
export const dayWords = (day) => {
  const time = Date.parse(day);
  return Number.isNaN(time) ? day : DAY_WORDS.format(time);
};

/** @type {(level: number, text: string) => Block & { type: "heading" }} */
const heading = (level, text) => ({ type: "heading", level, text });
/** @type {(items: string[][]) => Block} */
const facts = (items) => ({ type: "facts", items: items.filter(([, text]) => text.trim()) });
/** @type {(items: string[][]) => Block} */
const list = (items) => ({ type: "list", items });
/** @type {(text: string) => Block} */
const ask = (text) => ({ type: "ask", text });
/** @type {(text: string) => Block} */
const quote = (text) => ({ type: "quote", text });
/** @type {(text: string) => Block} */
const line = (text) => ({ type: "line", text });

/** A block as one of several forms has it.
    @template Written
    @param {Writers<Written>} writers
    @param {Block} block */
export const write = (writers, block) =>
  /** @type {(block: Block) => Written} */ (writers[block.type])(block);

/** @param {string} text */
export const lines = (text) => text.split(/\r\n|\r|\n/);
/** @param {Answer} answer */
export const ownerAndDay = (answer) =>
  [answer.owner.trim() || "no owner yet", answer.due ? `by ${dayWords(answer.due)}` : "no day yet"].join(
    ", ",
  );

/** The minutes of a meeting as blocks.

    In: a sheet, the questions in the order of need, and what the page knows of roles, stages, kinds
    and agendas.
    @param {Sheet} sheet
    @param {Question[]} questions
    @param {Known} known */
export function minutes(sheet, questions, known) {
  const { project, answers } = sheet;
  const agenda = plan(questions, project, known);
  const asked = shown(questions, answers, agenda.lines);
  const lost = noLongerAsked(questions, answers);
  const left = agenda.left.filter((each) => !asked.includes(each.question));
  const count = progress(asked, answers);
  const blocks = [
    heading(1, `Kickoff: ${project.name.trim() || "project without a name"}`),
    facts([
      ["Date", project.date && dayWords(project.date)],
      ["In the room", peopleIn(project).join("; ")],
      [
        "Settled",
        `${count.done} of ${count.of} questions${count.unknown ? `; ${count.unknown} to find out` : ""}`,
      ],
    ]),
    heading(2, "Open points"),
    ...openList(openPoints(asked, answers), answers),
    ...stepList(nextSteps(asked, answers), answers),
    heading(2, "Decisions"),
    ...decisionList(decisions(questions, answers), answers),
    ...(project.notes.trim() ? [heading(2, "Notes"), quote(project.notes)] : []),
    ...alsoWritten(project),
    ...known.roles.flatMap((role) => roleBlocks(role, asked, answers)),
  ];
  if (lost.length) {
    blocks.push(
      heading(2, "No longer asked"),
      ...lost.flatMap(([id, answer]) =>
        answerBlocks({ id, title: answer.title || id, ask: answer.wording }, answer)
      ),
    );
  }
  /** @param {LeftOut} given */
  const isMust = ({ question }) => question.priority === "must";
  if (left.some(isMust)) {
    blocks.push(
      heading(2, "Still to be asked"),
      line(
        "Every first meeting should ask: " +
          `${left.filter(isMust).map(({ question }) => question.title).join(", ")}.`,
      ),
    );
  }
  if (left.length) {
    blocks.push(
      heading(2, "Not on the agenda"),
      list(leftOut(left.filter((each) => !isMust(each)))),
    );
  }
  return blocks;
}

/** What a copy of the meeting says, as it is read.
    @param {Copy} copy
    @param {MeetingWord} name */
export const copyWords = (copy, name) => (name === "date" ? dayWords : String)(copy[name] ?? "");

// What another window or a colleague wrote about the meeting, and nobody has chosen between yet.
/** @param {Project} project */
function alsoWritten(project) {
  /** @type {Words} */
  const labels = {
    name: "The project’s name",
    date: "The date",
    people: "Who was in the room",
    notes: "Notes",
  };
  return project.copies.flatMap((copy) =>
    differingWords(copy, project).flatMap((name) => [
      line(`${labels[name]}, as written in another window:`),
      quote(copyWords(copy, name)),
    ])
  );
}

// By reason: most questions share one.
/** @param {LeftOut[]} left */
function leftOut(left) {
  const reasons = [...new Set(left.map(({ why }) => why))];
  return reasons.map((why) => {
    const titles = left.filter((each) => each.why === why).map(({ question }) => question.title);
    return [`${why[0].toUpperCase()}${why.slice(1)}`, titles.join(", ")];
  });
}

/** @param {Question[]} open
    @param {Answers} answers */
function openList(open, answers) {
  if (!open.length) return [line("None.")];
  return [list(open.map((question) => {
    const answer = answerOf(answers, question.id);
    const next = answer.next.trim() && `next: ${answer.next.trim()}`;
    return [
      question.title,
      [statusWord(answer.status).toLowerCase(), ownerAndDay(answer), next].filter(Boolean).join("; "),
    ];
  }))];
}

/** @param {Question[]} settled
    @param {Answers} answers */
function stepList(settled, answers) {
  if (!settled.length) return [];
  return [
    heading(2, "Next steps"),
    list(settled.map((question) => {
      const answer = answerOf(answers, question.id);
      return [question.title, [answer.next.trim(), ownerAndDay(answer)].filter(Boolean).join("; ")];
    })),
  ];
}

/** @param {Question[]} made
    @param {Answers} answers */
function decisionList(made, answers) {
  if (!made.length) return [line("None marked.")];
  return [list(made.map((question) => [question.title, withOwner(answerOf(answers, question.id))]))];
}

/** @param {Answer} given */
export const withOwner = ({ text, owner }) => `${text.trim()}${owner.trim() ? ` (${owner.trim()})` : ""}`;

/** @param {{ id: string, label: string }} role
    @param {Question[]} asked
    @param {Answers} answers */
function roleBlocks(role, asked, answers) {
  const own = asked.filter((question) => question.role === role.id);
  if (!own.length) return [];
  return [
    heading(2, role.label),
    ...own.flatMap((question) => answerBlocks(question, answerOf(answers, question.id))),
  ];
}

/** @param {{ id: string, title: string, ask: string }} question
    @param {Answer} answer
    @returns {Block[]} */
function answerBlocks(question, answer) {
  const about = [
    ["Status", statusWord(answer.status)],
    ["Owner", answer.owner],
    ["Due", answer.due && dayWords(answer.due)],
    ["Next step", answer.next],
    ["Decision", answer.decision ? "yes" : ""],
    [
      "Changed since your kickoff",
      isReworded(answer, question) ? `the question was then: ${answer.wording || "worded otherwise"}` : "",
    ],
  ];
  const copies = answer.copies.flatMap((
    copy,
  ) => [line("As written in another window:"), quote(copy.text ?? "")]);
  return [
    { ...heading(3, question.title), id: question.id },
    ...(question.ask ? [ask(question.ask)] : []),
    ...(answer.text.trim() ? [quote(answer.text)] : []),
    facts(about),
    ...copies,
  ];
}
