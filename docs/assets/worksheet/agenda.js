/* Which questions a meeting asks, in which order and when: the playbook's agendas for a first meeting,
   bent to the roles, the stage, the kind of project and the minutes that a worksheet chose. Pure. */

/** The plan of a meeting.

    In: the questions in the order of need, the choices of a worksheet, and what the page knows of
    roles, stages, kinds and agendas. Out: `before`, the steps that open it, and `after`, those that
    close it, each with `start`, `minutes` and `title`; `lines` with question, `start` and `minutes`;
    `left`, the other questions with the reason; `round`, the minutes for all lines; `total`; `over`,
    by how much it is too long.

    A meeting follows the longest agenda that fits into it. Its steps keep their minutes, what is left
    of the time goes to questions, and each question gets as long as that agenda gives one. For the
    agenda's own length the outcome is that agenda (macros/derive/schedule.py; a test compares).
    @param {Question[]} questions
    @param {Project} project
    @param {Known} known
    @returns {Plan} */
export function plan(questions, project, known) {
  const { minutes, extra, omit } = project;
  const agenda = known.agendas.findLast((each) => each.minutes <= minutes) ?? known.agendas[0];
  const steps = [...agenda.before, ...agenda.after].reduce((sum, step) => sum + step.minutes, 0);
  const pace = agenda.round / agenda.questions;
  const time = Math.max(0, minutes - steps);
  const room = Math.floor(time / pace + 1e-9);
  /** @type {Set<Question>} */
  const asked = new Set();
  const tooLate = [];
  const unfit = [];
  for (const question of byUrgency(questions, agenda)) {
    const why = omit.includes(question.id) ? "you took it out" : reasonAgainst(question, project, known);
    if (why) unfit.push({ question, why });
    else if (asked.size < room) asked.add(question);
    else tooLate.push({ question, why: `no time left in ${minutes} minutes` });
  }
  // An added question does not push another out: the meeting gets longer, and the page says so.
  for (const question of questions) if (extra.includes(question.id)) asked.add(question);
  const left = [...tooLate, ...unfit].filter(({ question }) => !asked.has(question));
  const chosen = questions.filter((question) => asked.has(question));
  const round = chosen.length === room ? time : Math.round(chosen.length * pace);
  const total = steps + round;
  const clock = { at: 0 };
  const before = agenda.before.map((step) => timed(step, clock));
  const shares = shared(round, chosen.length);
  const lines = chosen.map((question, number) => timed({ question, minutes: shares[number] }, clock));
  const after = agenda.after.map((step) => timed(step, clock));
  return { before, lines, after, left, round, total, over: Math.max(0, total - minutes) };
}

/** The questions with the must-ask ones first; within each part the order they came in.
    @param {Question[]} questions */
export const mustFirst = (questions) => sorted(questions, (question) => (isMust(question) ? 0 : 1));

/** @param {Question} question */
const isMust = (question) => question.priority === "must";

// Must-ask first, those of the agenda's own stages before the others; then what is special to this kind
// of project; then the stages the agenda takes further questions from. Of those, the most awaited first.
/** @param {Question[]} questions
    @param {Agenda} given */
function byUrgency(questions, { stages, extra_stages: further }) {
  /** @param {Question} question */
  const waiting = (question) => questions.filter((each) => each.needs.includes(question.id)).length;
  /** @param {Question} question */
  function rank(question) {
    if (isMust(question)) return among(stages, question.stage) ? 0 : 1;
    if (!question.kinds.includes("any")) return 2;
    return among(further, question.stage) ? 3 : 4;
  }
  return sorted(sorted(questions, (question) => (isMust(question) ? 0 : -waiting(question))), rank);
}

// An agenda that names no stages means all.
/** @param {string[]} stages
    @param {string} stage */
const among = (stages, stage) => !stages.length || stages.includes(stage);

/** @param {Question[]} list
    @param {(question: Question) => number} key */
const sorted = (list, key) => list.toSorted((a, b) => key(a) - key(b));

/** @param {Question} question
    @param {Project} given
    @param {Known} known */
function reasonAgainst(question, { absent, stage, kind }, known) {
  if (absent.includes(question.role)) return `not in the room: ${known.role(question.role)}`;
  if (!question.kinds.includes("any") && !question.kinds.includes(kind)) {
    return `only for: ${question.kinds.map(known.kind).join(", ")}`;
  }
  if (stage && question.stage !== stage) return `belongs to another stage: ${known.stage(question.stage)}`;
  return "";
}

// Whole minutes each; the first questions share the remainder.
/** @param {number} minutes
    @param {number} count */
const shared = (minutes, count) =>
  Array.from(
    { length: count },
    (_, number) => Math.floor(minutes / count) + (number < minutes % count ? 1 : 0),
  );

/** @template {{ minutes: number }} Item
    @param {Item} what
    @param {{ at: number }} clock */
function timed(what, clock) {
  const start = clock.at;
  clock.at += what.minutes;
  return { ...what, start };
}
