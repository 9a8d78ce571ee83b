/* Between the form and the state: reads what the page asks, fills fields, and shows lists. Text goes
   into the page as text, never as markup. */
import { dayWords, statusWord } from "./formats.js";
import { isReworded, isSettled, stillNeeded } from "./state.js";

/** Puts children into a box, unless it shows the same already: what has the focus there keeps it. */
function put(box, ...children) {
  const next = box.cloneNode(false);
  next.append(...children);
  if (!next.isEqualNode(box)) box.replaceChildren(...next.childNodes);
}

/** An element with properties and children; text among the children stays text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const words = (text) => text.split(" ").filter(Boolean);

/** The questions as the page asks them, in the order of need, each with its section. */
export const readQuestions = (root) =>
  [...root.querySelectorAll("[data-question][data-ask]")].toSorted((a, b) => a.dataset.place - b.dataset.place).map((section) => ({
    id: section.dataset.question,
    role: section.dataset.role,
    stage: section.dataset.stage,
    priority: section.dataset.priority,
    title: section.dataset.title,
    ask: section.dataset.ask,
    kinds: words(section.dataset.kinds),
    needs: words(section.dataset.needs),
    was: words(section.dataset.was),
    section,
  }));

/** What the form itself shows of roles, stages and kinds, and the agendas it follows. */
export function readKnown(root) {
  const roles = [...root.querySelectorAll("[name=present]")].map(({ value, dataset }) => ({ id: value, ...dataset }));
  const option = (name) => (id) => root.querySelector(`[name=${name}] option[value="${id}"]`)?.label ?? id;
  return {
    roles,
    agendas: JSON.parse(root.querySelector("[data-agendas]").dataset.agendas),
    role: (id) => roles.find((role) => role.id === id)?.short ?? id,
    stage: option("stage"),
    kind: option("kind"),
    priority: (id) => root.querySelector(`.pb-tag--${id}`)?.textContent ?? id,
    retired: (id) => root.querySelector(`[data-retired] [data-question="${id}"]`)?.textContent ?? "",
  };
}

/** Which part, field and value a control stands for, or null where it is no field of the sheet. */
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

// A field that shows the same already is left alone: the caret stays where it is.
function set(control, value) {
  if (control && control.value !== value) control.value = value;
}

/** Shows a project in its fields. */
export function fillProject(root, project) {
  for (const name of ["name", "date", "people", "stage", "kind", "repository"]) set(root.querySelector(`[data-part=project] [name=${name}], [data-part=project][name=${name}]`), project[name]);
  const minutes = root.querySelector("[name=minutes]");
  const text = String(project.minutes);
  if (![...minutes.options].some((option) => option.value === text)) minutes.append(make("option", {}, text));
  set(minutes, text);
  for (const box of root.querySelectorAll("[name=present]")) box.checked = !project.absent.includes(box.value);
}

/** Shows an answer in the fields of its question. */
export function fillAnswer({ section }, answer) {
  for (const name of ["text", "owner", "due", "next"]) set(section.querySelector(`[name=${name}]`), answer[name]);
  section.querySelector("[name=decision]").checked = answer.decision;
  section.querySelector(`[type=radio][value="${answer.status}"]`).checked = true;
}

/** Shows what there is to say about an answer: what it waits for, what changed, what else was written. */
export function showNotes(question, answer, questions, answers) {
  const { section } = question;
  const waits = section.querySelector("[data-waits]");
  if (waits) {
    const open = stillNeeded(question, questions, answers);
    const label = answer.text.trim() ? "Still open, though this answer needs it: " : "Needs first: ";
    const links = open.flatMap((each, number) => {
      const status = answers.get(each.id)?.status === "unknown" ? " (we do not know yet)" : " (open)";
      return [...(number ? [", "] : []), make("a", { href: `#${each.id}` }, each.title), status];
    });
    put(waits, label, ...links);
    waits.hidden = !open.length;
  }
  section.querySelector("[data-ask-who]").hidden = answer.status !== "unknown" || Boolean(answer.owner.trim() && answer.due);
  const notes = [];
  if (isReworded(answer, question)) {
    const was = answer.wording ? ` It was: “${answer.wording}”` : "";
    notes.push(make("p", {}, make("strong", {}, "Changed since your kickoff."), was, " ", button("still-holds", "The answer still holds", question)));
  }
  answer.copies.forEach((copy, number) => notes.push(copyNote(copy, number, question)));
  const box = section.querySelector("[data-notes]");
  put(box, ...notes);
  box.hidden = !notes.length;
}

const button = (act, text, question, number) => {
  const made = make("button", { type: "button" }, text, make("span", { className: "pb-hidden" }, ` (${question.title})`));
  made.dataset.act = act;
  if (number !== undefined) made.dataset.copy = number;
  return made;
};

function copyNote(copy, number, question) {
  const more = [copy.owner && `Owner: ${copy.owner}`, copy.due && `Due: ${dayWords(copy.due)}`, copy.next && `Next step: ${copy.next}`, copy.status && statusWord(copy.status)];
  return make("div", { className: "ws-copy" },
    make("p", {}, make("strong", {}, "Also written, in another window:")),
    make("blockquote", {}, copy.text ?? ""),
    make("p", {}, more.filter(Boolean).join(" · ")),
    make("p", {}, button("use-copy", "Use this one", question, number), " ", button("drop-copy", "Drop it", question, number)));
}

const minuteOf = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** Shows the plan of the meeting, and what is left out. */
export function showPlan(root, agenda, project, known) {
  const { before, lines, after, left, round, total, over } = agenda;
  const count = `${lines.length} ${lines.length === 1 ? "question" : "questions"} in ${round} minutes`;
  const length = over ? `This is ${over} minutes more than you have.` : total < project.minutes ? `You are done after ${total} minutes.` : "";
  root.querySelector("[data-agenda-sum]").textContent = `${count}. ${length}`.trim();
  const step = ({ start, title }) => agendaLine(start, title);
  put(root.querySelector("[data-agenda]"),
    ...before.map(step),
    ...lines.map(({ question, start }) =>
      agendaLine(start, mark(question), make("a", { href: `#${question.id}` }, question.title), ` (${known.role(question.role)})`, ...added(question, project))),
    ...after.map(step));
  root.querySelector("[data-left-sum]").textContent = left.length ? `${left.length} left out, and why` : "Nothing is left out";
  put(root.querySelector("[data-left]"), ...left.map(({ question, why }) =>
    make("li", {}, mark(question), question.title, `: ${why}. `, button2("add", "Ask it too", question))));
}

const mark = (question) => make("span", { className: `pb-mark pb-mark--${question.role}`, "aria-hidden": "true" });
const agendaLine = (minute, ...what) => make("li", {}, make("span", { className: "ws-agenda__time" }, minuteOf(minute)), " ", make("span", {}, ...what));
const added = (question, project) => (project.extra.includes(question.id) ? [" ", button2("take-out", "Leave it out again", question)] : []);
const button2 = (act, text, question) => {
  const made = button(act, text, question);
  made.dataset.id = question.id;
  return made;
};

/** Puts the sections of the questions into the order of the meeting and shows only those. */
export function arrange(root, questions, shownOnes, only) {
  const box = root.querySelector("[data-questions]");
  const sections = shownOnes.map((question) => question.section);
  // Moving a section would take the focus from it: only move what is out of place.
  sections.forEach((section, number) => {
    if (box.children[number] !== section) box.insertBefore(section, box.children[number]);
  });
  for (const question of questions) {
    question.section.hidden = only ? question.id !== only : !shownOnes.includes(question);
  }
}

/** Shows how many questions are settled, overall and by role. */
export function showProgress(root, count, known) {
  root.querySelector("[data-done]").textContent = progressWords(count);
  put(root.querySelector("[data-progress]"), ...count.roles.map(({ role, done, of }) =>
    make("li", {}, mark({ role }), `${known.role(role)}: ${done} of ${of} `, make("progress", { max: of, value: done, "aria-label": `${known.role(role)}: settled` }))));
}

export const progressWords = ({ done, of }) => `${done} of ${of} settled`;

/** Shows the list of open points and the log of decisions. */
export function showPoints(root, open, made, answers) {
  const rows = open.map((question) => {
    const answer = answers.get(question.id);
    const unknown = answer?.status === "unknown";
    const who = unknown || answer?.owner || answer?.due ? `: ${[answer.owner.trim() || "no owner yet", answer.due ? `by ${dayWords(answer.due)}` : "no day yet"].join(", ")}` : "";
    return make("li", {}, mark(question), make("a", { href: `#${question.id}` }, question.title), ` (${statusWord(answer?.status ?? "open").toLowerCase()})${who}`);
  });
  put(root.querySelector("[data-open]"), ...(rows.length ? rows : [make("li", {}, "None.")]));
  const log = made.map((question) =>
    make("li", {}, mark(question), make("a", { href: `#${question.id}` }, question.title), ": ", make("span", { className: "ws-typed" }, answers.get(question.id).text.trim())));
  put(root.querySelector("[data-decisions]"), ...(log.length ? log : [make("li", {}, "None logged yet. Tick “Log it as a decision” beside an answer.")]));
}

/** Shows answers to questions that the page no longer asks. */
export function showLost(root, lost, known) {
  const box = root.querySelector("[data-lost]");
  box.hidden = !lost.length;
  put(box.querySelector("ul"), ...lost.map(([id, answer]) =>
    make("li", {}, make("strong", {}, answer.title || id), answer.wording ? `: ${answer.wording} ` : " ", known.retired(id),
      make("blockquote", {}, answer.text), ...answer.copies.map((copy) => make("blockquote", {}, copy.text ?? "")),
      [statusWord(answer.status), answer.owner && `owner ${answer.owner}`, answer.due && `due ${dayWords(answer.due)}`, answer.next && `next step: ${answer.next}`].filter(Boolean).join(", "))));
}

const DRAW = {
  heading: ({ level, text }) => make(`h${level + 1}`, { className: `ws-minutes__${level}` }, text),
  ask: ({ text }) => make("p", { className: "ws-minutes__ask" }, text),
  line: ({ text }) => make("p", {}, text),
  quote: ({ text }) => make("blockquote", {}, text),
  facts: ({ items }) => make("ul", { className: "ws-minutes__facts" }, ...items.map(([label, text]) => make("li", {}, make("strong", {}, `${label}: `), text))),
  list: ({ items }) => make("ul", {}, ...items.map(([lead, text]) => make("li", {}, make("strong", {}, `${lead}: `), make("span", { className: "ws-typed" }, text)))),
};

/** Shows the minutes: on the screen where asked for, and on paper. */
export const showMinutes = (root, blocks) =>
  put(root.querySelector("[data-minutes]"), ...blocks.map((block) => DRAW[block.type](block)));

/** Fills the list from which a question is chosen in the view of one question. */
export function showSteps(root, shownOnes, current, answers) {
  const choice = root.querySelector("[data-goto]");
  const options = shownOnes.map((question, number) =>
    make("option", { value: question.id }, `${number + 1} of ${shownOnes.length}: ${question.title}${isSettled(answers, question.id) ? " ✓" : ""}`));
  put(choice, ...options);
  choice.value = current;
  const place = shownOnes.findIndex((question) => question.id === current);
  root.querySelector("[data-act=previous]").textContent = place > 0 ? "Previous" : "Back to the agenda";
  root.querySelector("[data-act=next]").textContent = place < shownOnes.length - 1 ? "Next" : "To the minutes";
}

/** Fills the list of worksheets that are in this browser. */
export function showShelf(root, list, current) {
  const choice = root.querySelector("[data-which]");
  put(choice, ...list.map(({ id, project }) =>
    make("option", { value: id }, project.name.trim() || `No name yet${project.date ? `, ${dayWords(project.date)}` : ""}`)));
  choice.value = current;
}
