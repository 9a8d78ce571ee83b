/* Between the form and the state: reads what the page asks, fills fields, and shows lists. Text goes
   into the page as text, never as markup. */
import { copyWords, dayWords, ownerAndDay, statusWord, withOwner, write } from "./minutes.js";
import {
  answerOf,
  differingWords,
  isReworded,
  isSettled,
  oddParts,
  partOf,
  peopleIn,
  questionOf,
  stillNeeded,
} from "./state.js";

/** Replaces the children of an element, but only if they differ, so that focus inside it survives.
    @param {Element} box
    @param {...(Node | string)} children */
function replaceIfChanged(box, ...children) {
  const next = /** @type {Element} */ (box.cloneNode(false));
  next.append(...children);
  if (!next.isEqualNode(box)) box.replaceChildren(...next.childNodes);
}

/** An element with properties and children; text among the children stays text.
    @template {keyof HTMLElementTagNameMap} Tag
    @param {Tag} tag
    @param {Record<string, string | number>} [properties]
    @param {...(Node | string)} children */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) Object.assign(element, { [name]: value });
    else element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** @param {string} text */
const words = (text) => text.split(" ").filter(Boolean);

/** The questions as the page asks them, in the order of need, each with its section.
    @param {HTMLElement} root
    @returns {Question[]} */
export const readQuestions = (root) =>
  [...root.querySelectorAll("[data-question][data-ask]")].toSorted((a, b) =>
    Number(a.dataset.place) - Number(b.dataset.place)
  ).map((section) => ({
    id: section.dataset.question,
    role: section.dataset.role,
    stage: section.dataset.stage,
    priority: section.dataset.priority,
    title: section.dataset.title,
    ask: section.dataset.ask,
    kinds: words(section.dataset.kinds),
    needs: words(section.dataset.needs),
    previousIds: words(section.dataset.previousIds),
    section,
  }));

/** What the form itself shows of roles, stages and kinds, and the agendas it follows.
    @param {HTMLElement} root
    @returns {Known} */
export function readKnown(root) {
  const roles = [...root.querySelectorAll("[name=present]")].map(
    ({ value, dataset: { label, short } }) => ({ id: value, label, short }),
  );
  /** @param {string} name */
  const option = (name) => (/** @type {string} */ id) =>
    root.querySelector(`[name=${name}] option[value="${id}"]`)?.label ?? id;
  return {
    roles,
    agendas: /** @type {Agenda[]} */ (JSON.parse(root.querySelector("[data-agendas]").dataset.agendas)),
    role: (id) => roles.find((role) => role.id === id)?.short ?? id,
    stage: option("stage"),
    kind: option("kind"),
    priority: (id) => root.querySelector(`.pb-tag--${id}`)?.textContent ?? id,
    retired: (id) => [
      ...(root.querySelector(`[data-retired] [data-question="${id}"]`)?.cloneNode(true).childNodes ?? []),
    ],
  };
}

/** Which part, field and value a control stands for, or null where it is no field of the sheet.
    @param {PageElement} control
    @param {Project} project
    @returns {Typed | null} */
export function readControl(control, project) {
  const part = control.closest("[data-part]")?.dataset.part;
  if (!part || !control.name) return null;
  const { name, value, checked, type } = control;
  if (name === "present") {
    const absent = project.absent.filter((role) => role !== value);
    return { part, name: "absent", value: checked ? absent : [...absent, value] };
  }
  if (type === "radio") return { part, name: "status", value };
  if (type === "checkbox") return { part, name, value: checked };
  return { part, name, value: name === "minutes" ? Number(value) : value };
}

// Sets a value only if it differs, so that the caret does not move.
/** @param {PageElement | null} control
    @param {string} value */
function set(control, value) {
  if (control && control.value !== value) control.value = value;
}

/** Shows a project in its fields.
    @param {HTMLElement} root
    @param {Project} project */
export function fillProject(root, project) {
  const names = /** @type {const} */ (["name", "date", "people", "stage", "kind", "notes", "repository"]);
  for (const name of names) {
    set(
      root.querySelector(`[data-part=project] [name=${name}], [data-part=project][name=${name}]`),
      project[name],
    );
  }
  const minutes = root.querySelector("[name=minutes]");
  const text = String(project.minutes);
  if (![...minutes.options].some((option) => option.value === text)) minutes.append(make("option", {}, text));
  set(minutes, text);
  replaceIfChanged(
    root.querySelector("#ws-known-people"),
    ...peopleIn(project).map((value) => make("option", { value })),
  );
  for (const box of root.querySelectorAll("[name=present]")) {
    box.checked = !project.absent.includes(box.value);
  }
}

/** Shows an answer in the fields of its question.
    @param {Question} given
    @param {Answer} answer */
export function fillAnswer({ section }, answer) {
  for (const name of /** @type {const} */ (["text", "owner", "due", "next"])) {
    set(section.querySelector(`[name=${name}]`), answer[name]);
  }
  section.querySelector("[name=decision]").checked = answer.decision;
  for (const part of section.querySelectorAll("[data-decided]")) part.hidden = answer.status === "unknown";
  section.querySelector(`[type=radio][value="${answer.status}"]`).checked = true;
}

/** Shows what there is to say about an answer: what it waits for, what changed, what else was written.

    Before there is an answer, only what this meeting asks anyway is worth pointing to.
    @param {Question} question
    @param {Answer} answer
    @param {{ questions: Question[], list: Question[], answers: Answers }} given */
export function showNotes(question, answer, { questions, list, answers }) {
  const { section } = question;
  const waits = section.querySelector("[data-waits]");
  if (waits) {
    const isAnswered = Boolean(answer.text.trim());
    const missing = answer.status === "not-applicable" ? [] : stillNeeded(question, questions, answers);
    const open = isAnswered ? missing : missing.filter((each) => list.includes(each));
    const label = isAnswered ? "Still open, though this answer needs it: " : "Needs first: ";
    const links = open.flatMap((each, number) => {
      const status = answers.get(each.id)?.status === "unknown" ? " (we do not know yet)" : " (open)";
      return [...(number ? [", "] : []), make("a", { href: `#${each.id}` }, each.title), status];
    });
    replaceIfChanged(waits, label, ...links);
    waits.hidden = !open.length;
  }
  // The line's height is reserved, so that the hint does not move what the reader is about to press.
  section.querySelector("[data-ask-who]").textContent = whatIsMissing(answer);
  const notes = [];
  if (isReworded(answer, question)) {
    const was = answer.wording ? ` It was: “${answer.wording}”` : "";
    notes.push(
      make(
        "p",
        {},
        make("strong", {}, "The question has changed since your kickoff."),
        was,
        " ",
        answerButton("still-holds", "The answer still holds", question),
      ),
    );
  }
  if (answer.odd) notes.push(oddNote(answer, answerButton("drop-odd", "Drop it", question)));
  answer.copies.forEach((copy, number) => notes.push(copyNote(copy, number, question)));
  const box = section.querySelector("[data-notes]");
  replaceIfChanged(box, ...notes);
  box.hidden = !notes.length;
}

/** Shows what was also written about the meeting, and what could not be read of it.
    @param {HTMLElement} root
    @param {Project} project */
export function showProjectNotes(root, project) {
  /** @type {Words} */
  const labels = {
    name: "Project",
    date: "Date",
    people: "Who is in the room",
    notes: "Notes of the meeting",
  };
  const notes = project.copies.flatMap((copy, number) =>
    differingWords(copy, project).map((name) => {
      const about = { title: labels[name] };
      const buttons = ["use-meeting", "drop-meeting"].map((act, index) => {
        const made = answerButton(act, ["Use this one", "Drop it"][index], about, number);
        made.dataset.name = name;
        return made;
      });
      return [
        name,
        make(
          "div",
          { className: "ws-copy" },
          make("p", {}, make("strong", {}, `${labels[name]}, as written elsewhere`)),
          make("blockquote", { dir: "auto" }, copyWords(copy, name)),
          make("p", {}, buttons[0], " ", buttons[1]),
        ),
      ];
    })
  );
  const odd = project.odd
    ? [["odd", oddNote(project, answerButton("drop-meeting-odd", "Drop it", { title: "The meeting" }))]]
    : [];
  for (const box of root.querySelectorAll("[data-meeting-notes]")) {
    const own = [...odd, ...notes].filter(([name]) =>
      (name === "notes") === (box.dataset.meetingNotes === "notes")
    );
    replaceIfChanged(box, ...own.map(([, note]) => note));
    box.hidden = !own.length;
  }
}

/** @param {Stored} record
    @param {HTMLElement} drop */
const oddNote = (record, drop) =>
  make(
    "div",
    { className: "ws-copy" },
    make("p", {}, make("strong", {}, "Kept, though this page cannot use it:")),
    ...oddParts(record).map(([name, value]) => make("blockquote", { dir: "auto" }, `${name}: ${value}`)),
    make("p", {}, drop),
  );

/** Shows what is stored and cannot be read at all.
    @param {HTMLElement} root
    @param {UnreadPart[]} unread
    @param {Question[]} questions */
export function showUnread(root, unread, questions) {
  const box = root.querySelector("[data-unread]");
  box.hidden = !unread.length;
  replaceIfChanged(
    box.querySelector("ul"),
    ...unread.map(({ key, part, text }) => {
      const title = questions.find(({ id }) => part === partOf(id))?.title ??
        (part === "project" ? "The meeting" : questionOf(part));
      const drop = answerButton("drop-unread", "Drop it", { title });
      drop.dataset.key = key;
      return make("li", {}, make("strong", {}, title), make("blockquote", { dir: "auto" }, text), drop);
    }),
  );
}

/** @param {Answer} given */
function whatIsMissing({ status, text, owner, due, next }) {
  if (status === "not-applicable") return text.trim() ? "" : "Why does it not apply? One line will do.";
  if (owner.trim() && due) return "";
  if (status === "unknown") return "Who finds out, and by when?";
  return next.trim() ? "Who does it, and by when?" : "";
}

/** @param {string} act
    @param {string} text
    @param {{ title: string }} question
    @param {number} [number] */
const answerButton = (act, text, question, number) => {
  const made = make(
    "button",
    { type: "button" },
    text,
    make("span", { className: "pb-hidden" }, ` (${question.title})`),
  );
  made.dataset.act = act;
  if (number !== undefined) made.dataset.copy = String(number);
  return made;
};

/** @param {Copy} copy
    @param {number} number
    @param {Question} question */
function copyNote(copy, number, question) {
  const more = [
    copy.owner && `Owner: ${copy.owner}`,
    copy.due && `Due: ${dayWords(copy.due)}`,
    copy.next && `Next step: ${copy.next}`,
    copy.status && statusWord(copy.status),
  ];
  return make(
    "div",
    { className: "ws-copy" },
    make("p", {}, make("strong", {}, "As written elsewhere:")),
    make("blockquote", { dir: "auto" }, copy.text ?? ""),
    make("p", {}, more.filter(Boolean).join(" · ")),
    make(
      "p",
      {},
      answerButton("use-copy", "Use this one", question, number),
      " ",
      answerButton("drop-copy", "Drop it", question, number),
    ),
  );
}

/** @param {number} minute */
const minuteOf = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** Shows the plan of the meeting, and what is left out.
    @param {HTMLElement} root
    @param {Plan} agenda
    @param {Project} project
    @param {Known} known */
export function showPlan(root, agenda, project, known) {
  const { before, lines, after, left, round, total, over } = agenda;
  const questions = `${lines.length} ${lines.length === 1 ? "question" : "questions"}`;
  const count = `${total} minutes: ${round} for ${questions}, the rest for opening and closing`;
  const length = over
    ? `This is ${over} minutes more than you have.`
    : total < project.minutes
    ? `You have ${project.minutes}.`
    : "";
  root.querySelector("[data-agenda-sum]").textContent = `${count}. ${length}`.trim();
  const musts = left.filter(({ question }) => question.priority === "must").map(({ question }) =>
    question.title
  );
  /** @param {{ start: number, title: string }} given */
  const step = ({ start, title }) => agendaLine(start, title);
  replaceIfChanged(
    root.querySelector("[data-agenda]"),
    ...before.map(step),
    ...lines.map(({ question, start }) =>
      agendaLine(
        start,
        mark(question),
        make("a", { href: `#${question.id}` }, question.title),
        ` (${known.role(question.role)}) `,
        meetingButton("take-out", "Leave it out", question),
      )
    ),
    ...after.map(step),
  );
  root.querySelector("[data-left-sum]").textContent = left.length
    ? `${left.length} left out, and why` +
      (musts.length ? `; every first meeting should ask ${musts.length} of them: ${musts.join(", ")}` : "")
    : "Nothing is left out";
  replaceIfChanged(
    root.querySelector("[data-left]"),
    ...left.map(({ question, why }) =>
      make(
        "li",
        {},
        mark(question),
        question.title,
        `: ${why}. `,
        meetingButton("add", "Ask it too", question),
      )
    ),
  );
}

/** @param {{ role: string }} question */
const mark = (question) =>
  make("span", { className: `pb-mark pb-mark--${question.role}`, "aria-hidden": "true" });
/** @param {number} minute
    @param {...(Node | string)} what */
const agendaLine = (minute, ...what) =>
  make(
    "li",
    {},
    make("span", { className: "ws-agenda__time" }, minuteOf(minute)),
    " ",
    make("span", {}, ...what),
  );
/** @param {string} act
    @param {string} text
    @param {Question} question */
const meetingButton = (act, text, question) => {
  const made = answerButton(act, text, question);
  made.dataset.id = question.id;
  return made;
};

/** Puts the sections of the questions into the order of the meeting and shows only those. In the view
    of one question only the current one; a question looked up from outside the meeting comes last.
    @param {HTMLElement} root
    @param {Question[]} questions
    @param {Question[]} list
    @param {View} given */
export function arrange(root, questions, list, { mode, current, previewId }) {
  const box = root.querySelector("[data-questions]");
  const guest = questions.filter((question) => question.id === previewId && !list.includes(question));
  const sections = [...list, ...guest].map((question) => question.section);
  // Moving a section loses its focus, so only those out of order are moved.
  sections.forEach((section, number) => {
    if (box.children[number] !== section) box.insertBefore(section, box.children[number]);
  });
  for (const question of questions) {
    question.section.hidden = mode === "one" ? question.id !== current : !sections.includes(question.section);
  }
}

/** Shows how many questions are settled, overall and by role.
    @param {HTMLElement} root
    @param {Count & { roles: (Count & { role: string })[] }} count
    @param {Known} known */
export function showProgress(root, count, known) {
  root.querySelector("[data-done]").textContent = progressWords(count);
  replaceIfChanged(
    root.querySelector("[data-progress]"),
    ...count.roles.map(({ role, done, of }) =>
      make(
        "li",
        {},
        mark({ role }),
        `${known.role(role)}: ${done} of ${of} `,
        make("progress", { max: of, value: done, "aria-label": `${known.role(role)}: settled` }),
      )
    ),
  );
}

/** @param {Count} given */
export const progressWords = ({ done, unknown, differing, of }) =>
  [`${done} of ${of} settled`, unknown && `${unknown} to find out`, differing && `${differing} to compare`]
    .filter(Boolean).join(", ");

/** Shows the open points, what somebody does next, and the log of decisions.
    @param {HTMLElement} root
    @param {{ open: Question[], next: Question[], made: Question[] }} given
    @param {Answers} answers */
export function showPoints(root, { open, next, made }, answers) {
  /** @param {Question} question
      @param {...(Node | string)} words */
  const line = (question, ...words) =>
    make("li", {}, mark(question), make("a", { href: `#${question.id}` }, question.title), ...words);
  const points = open.map((question) => {
    const answer = answerOf(answers, question.id);
    const isTaken = answer.status === "unknown" || answer.owner || answer.due;
    return line(
      question,
      ` (${statusWord(answer.status).toLowerCase()})${isTaken ? `: ${ownerAndDay(answer)}` : ""}`,
    );
  });
  replaceIfChanged(
    root.querySelector("[data-open]"),
    ...(points.length ? points : [make("li", {}, "None.")]),
  );
  const steps = next.map((question) => {
    const answer = answerOf(answers, question.id);
    return line(question, `: ${[answer.next.trim(), ownerAndDay(answer)].filter(Boolean).join("; ")}`);
  });
  replaceIfChanged(
    root.querySelector("[data-next]"),
    ...(steps.length
      ? steps
      : [make("li", {}, "None yet. Answers with a next step or a day are listed here.")]),
  );
  const log = made.map((question) =>
    line(question, ": ", make("span", { className: "ws-typed" }, withOwner(answerOf(answers, question.id))))
  );
  replaceIfChanged(
    root.querySelector("[data-decisions]"),
    ...(log.length
      ? log
      : [make("li", {}, "None logged yet. Tick “Log this answer as a decision” beside an answer.")]),
  );
}

/** Shows answers to questions that the page no longer asks.
    @param {HTMLElement} root
    @param {[string, Answer][]} lost
    @param {Known} known */
export function showLost(root, lost, known) {
  const box = root.querySelector("[data-lost]");
  box.hidden = !lost.length;
  replaceIfChanged(
    box.querySelector("ul"),
    ...lost.map(([id, answer]) =>
      make(
        "li",
        {},
        make("strong", {}, answer.title || id),
        answer.wording ? `: ${answer.wording} ` : " ",
        ...known.retired(id),
        make("blockquote", { dir: "auto" }, answer.text),
        ...answer.copies.map((copy) => make("blockquote", { dir: "auto" }, copy.text ?? "")),
        [
          statusWord(answer.status),
          answer.owner && `owner ${answer.owner}`,
          answer.due && `due ${dayWords(answer.due)}`,
          answer.next && `next step: ${answer.next}`,
        ].filter(Boolean).join(", "),
      )
    ),
  );
}

/** @type {Writers<HTMLElement>} */
const DRAW = {
  heading: ({ level, text }) =>
    make(/** @type {"h2"} */ (`h${level + 1}`), { className: `ws-minutes__${level}`, dir: "auto" }, text),
  ask: ({ text }) => make("p", { className: "ws-minutes__ask" }, text),
  line: ({ text }) => make("p", {}, text),
  quote: ({ text }) => make("blockquote", { dir: "auto" }, text),
  facts: ({ items }) =>
    make(
      "ul",
      { className: "ws-minutes__facts" },
      ...items.map(([label, text]) =>
        make("li", {}, make("strong", {}, `${label}: `), make("bdi", {}, text))
      ),
    ),
  list: ({ items }) =>
    make(
      "ul",
      {},
      ...items.map(([lead, text]) =>
        make("li", {}, make("strong", {}, `${lead}: `), make("bdi", { className: "ws-typed" }, text))
      ),
    ),
};

/** Shows the minutes: on the screen where asked for, and on paper.
    @param {HTMLElement} root
    @param {Block[]} blocks */
export const showMinutes = (root, blocks) =>
  replaceIfChanged(root.querySelector("[data-minutes]"), ...blocks.map((block) => write(DRAW, block)));

/** Shows where the view of one question stands: the list of stops, the two ways on, the time, and the
    words of a step that asks nothing.
    @param {HTMLElement} root
    @param {Stop[]} stops
    @param {View} given
    @param {Answers} answers
    @param {Question[]} questions */
export function showStops(root, stops, { mode, current, from, began }, answers, questions) {
  const choice = root.querySelector("[data-goto]");
  const index = stops.findIndex(({ id }) => id === current);
  /** @param {Stop} given */
  const mark = ({ id, question }) => {
    if (!question) return "";
    if (isSettled(answers, id)) return " ✓";
    return answerOf(answers, id).status === "unknown" ? " ?" : "";
  };
  const guest = index < 0 && questions.find(({ id }) => id === current);
  const options = stops.map((stop, number) =>
    make("option", { value: stop.id }, `${stop.title}${mark(stop)} (${number + 1} of ${stops.length})`)
  );
  replaceIfChanged(
    choice,
    ...options,
    ...(guest ? [make("option", { value: current }, `${guest.title} (not in this meeting)`)] : []),
  );
  choice.value = current;
  const back = stops.find(({ id }) => id === from);
  const previous = guest
    ? `Back to “${(back ?? stops[0]).title}”`
    : index > 0
    ? "Previous"
    : "Back to the agenda";
  const next = guest ? "Ask it too" : index < stops.length - 1 ? "Next" : "To the minutes";
  for (const button of root.querySelectorAll("[data-act=previous]")) button.textContent = previous;
  for (const button of root.querySelectorAll("[data-act=next]")) button.textContent = next;
  const stop = stops[index];
  showClock(root, stop, began);
  const isStep = mode === "one" && Boolean(stop) && !stop.question;
  root.querySelector("[data-step]").hidden = !isStep;
  root.querySelector("[data-notes-part]").hidden = mode === "minutes" || (mode === "one" && !isStep);
  if (!isStep) return;
  root.querySelector("[data-step-title]").textContent = stop.title;
  root.querySelector("[data-step-what]").textContent = stop.what ?? "";
  root.querySelector("[data-step-who]").textContent = `Who speaks: ${stop.who}`;
}

/** Shows when a stop is planned, and where the meeting is by the clock.
    @param {HTMLElement} root
    @param {Stop | undefined} stop
    @param {number} began */
export function showClock(root, stop, began) {
  const now = began ? Math.floor((Date.now() - began) / 60_000) : 0;
  const { start = 0, minutes } = stop ?? {};
  const planned = minutes ? `Planned ${minuteOf(start)} to ${minuteOf(start + minutes)}` : "";
  root.querySelector("[data-clock]").textContent = [planned, began && now < 600 && `now ${minuteOf(now)}`]
    .filter(Boolean).join(" · ");
}

/** Fills the list of worksheets. Those of one name are numbered; those that could not be stored say so.
    @param {HTMLElement} root
    @param {Listed[]} list
    @param {string} current
    @param {(id: string) => boolean} isUnsaved */
export function showWorksheets(root, list, current, isUnsaved) {
  const choice = root.querySelector("[data-which]");
  const names = list.map(({ project }) =>
    project.name.trim() || `No name yet${project.date ? `, ${dayWords(project.date)}` : ""}`
  );
  const numbered = names.map((name, number) => {
    const before = names.slice(0, number).filter((each) => each === name).length;
    return before ? `${name} (${before + 1})` : name;
  });
  /** @param {{ id: string }} given
      @param {number} number */
  const label = ({ id }, number) => `${numbered[number]}${isUnsaved(id) ? " (not saved)" : ""}`;
  replaceIfChanged(
    choice,
    ...list.map((each, number) => make("option", { value: each.id }, label(each, number))),
  );
  choice.value = current;
  root.querySelector("[data-open-name]").textContent = choice.selectedOptions[0]?.label ?? "";
}
