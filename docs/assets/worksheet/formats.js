/* Every form in which a worksheet leaves the page to be read: Markdown, HTML, a table, a notebook, an
   issue. Pure: text out. Files and links that come back are in files.js. */
import { mustFirst, plan } from "./agenda.js";
import { cellsHash, json } from "./files.js";
import { lines, statusWord, write } from "./minutes.js";
import { answerOf, isReworded, noLongerAsked, shown } from "./state.js";

/* ---- Markdown ---- */

// Read by GitHub, Jupyter, Python's Markdown and as plain text: macros/render/escaping.py says what
// each needs.
/** @type {Words} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "|": "&#124;", "\u0000": "\ufffd" };
// The first part is what MathJax takes for the start of a formula, even where Markdown escapes it.
const SIGNS = /(\\(?=$|[^\w\s]|[a-z]+\*?\s*\{))|[\\`*_{}[\]#&<>~|\0]|(?<=www)\./gi;

/** @param {string} sign */
const entity = (sign) => `&#${sign.codePointAt(0)};`;
/** @param {string} text */
const escaped = (text) =>
  text.replace(SIGNS, (sign, formula) => {
    if (sign === ".") return entity(sign);
    return formula ? "<span>&#92;</span>" : ENTITIES[sign] ?? `\\${sign}`;
  });

// What programs make a link of by themselves: the first part with a scheme, then "www.", then e-mail.
const ADDRESS = new RegExp(
  [
    String.raw`(?:https?|ftp)://[\p{L}\p{N}[][^\s<>\p{Cc}]*`,
    String.raw`mailto:[^\s<>@\p{Cc}]{1,64}@[\p{L}\p{N}][^\s<>\p{Cc}]*`,
    String.raw`(?<![\p{L}\p{N}_/.])www\.[\p{L}\p{N}][^\s<>\p{Cc}]*`,
    String.raw`(?<![\p{sc=Latin}\d_.+-])[\p{sc=Latin}\d_+][\p{sc=Latin}\d_.+'-]{0,63}` +
    String.raw`@[\p{sc=Latin}\d-]{1,63}(?:\.[\p{sc=Latin}\d-]{1,63})+(?<!-)`,
  ].join("|"),
  "giu",
);
// What some take for an entity though no semicolon follows: "&section=2" becomes "§ion=2".
const BARE_ENTITIES = "[aeinouy](?:acute|circ|elig|grave|ring|slash|tilde|uml)|acute|amp|brvbar|c?cedil|" +
  "cent|copy|curren|deg|divide|eth|frac|gt|i(?:excl|quest)|[lr]aquo|lt|macr|mi(?:cro|ddot)|nbsp|not|" +
  "ord[fm]|para|plusmn|pound|quot|reg|sect|shy|sup[123]|szlig|thorn|times|uml|yen";
const ENTITY = String.raw`&(?=#?\w+;|#\w|(?:${BARE_ENTITIES}))`;
// Every Markdown shows such an address as typed, and leads where it says.
const PLAIN_URL = String.raw`(?:https?|ftp)://(?!.*(?:xn--|${ENTITY}))[\p{L}\p{N}\-._~/?#=:@!+,;'()*&]+`;
const PLAIN_MAIL = String.raw`(?!www\.)[\w.+-]+@[a-z\d.-]+(?<!-)`;
const PLAIN = new RegExp(`^(?:${PLAIN_URL}|${PLAIN_MAIL})$`, "iu");
const BRACKETS = { ")": "(", "]": "[", "}": "{" };
const ENDS_SENTENCE = /[.,:;!?*'"`’”»…。，、；：！？）」』】]/;

/** How much of what looks like an address is one: what ends a sentence or a bracket is not.
    @param {string} text */
function addressEnd(text) {
  /** @param {string} sign */
  const count = (sign) => text.split(sign).length;
  /** @type {Record<string, number>} */
  const spare = {};
  for (const [close, open] of Object.entries(BRACKETS)) spare[close] = count(close) - count(open);
  for (let end = text.length;; end -= 1) {
    const sign = text[end - 1];
    if (sign in spare ? spare[sign]-- <= 0 : !ENDS_SENTENCE.test(sign)) return end;
  }
}

/** @param {string} address */
function markdownAddress(address) {
  const typed = address.slice(0, addressEnd(address));
  const rest = escaped(address.slice(typed.length));
  if (PLAIN.test(typed)) return `<${typed}>${rest}`;
  // Where Jupyter finds an address within a link, it reads no escapes in it.
  // JupyterLab reads brackets in it that Markdown escapes.
  const text = escaped(typed).replaceAll("://", "&#58;//").replace(/\\([[\]])/g, (_, sign) => entity(sign));
  const scheme = /^(?:https?:|ftp:|mailto:)/i.test(typed)
    ? ""
    : /^www\./i.test(typed)
    ? "http://"
    : "mailto:";
  // Letters may be encoded in an address without a change; a backslash has no other way in.
  const target = (scheme + typed)
    .replaceAll("\\", "%5C")
    .replace(
      new RegExp(`${ENTITY}(#?)(\\w)`, "gi"),
      (_, mark, sign) => `&${mark}%${sign.charCodeAt(0).toString(16)}`,
    )
    .replace(/[^\p{L}\p{N}\-._/?#=:@%+]/gu, entity);
  return `[${text}](<${target}>)${rest}`;
}

/** One line of text so that it is shown as typed, and its addresses lead where they led.
    @param {string} text */
function markdownText(text) {
  let written = "";
  let start = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    // With "!" before it, a link would be a picture.
    written += escaped(text.slice(start, index)).replace(/!$/, "\\!") + markdownAddress(address);
    start = index + address.length;
  }
  return written + escaped(text.slice(start));
}

// Two dollars are a formula in Jupyter and on GitHub, also where Markdown escaped them; one is money.
/** @param {string} written */
const withoutFormulas = (written) =>
  written.split("$").length > 2 ? written.replaceAll("$", "<span>&#36;</span>") : written;

/** @param {string} text */
function markdownLine(text) {
  const trimmed = text.replace(/[\t\f\v ]+$/, "").replaceAll("\t", "    ");
  const indent = trimmed.search(/[^ ]|$/);
  const start = markdownText(trimmed.slice(indent))
    .replace(/^[-+]/, "\\$&")
    .replace(/^[=:]/, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/^(\d+)([.)])/, "$1\\$2");
  return "&nbsp;".repeat(indent) + start.replace(/ {2,}/g, (gap) => "&nbsp;".repeat(gap.length - 1) + " ");
}

// A line break that every Markdown takes for one: two spaces before it. Blank lines would end a list.
/** @param {string} text */
const broken = (text) => lines(text).filter((each) => each.trim()).map(markdownLine).join("  \n  ");

/** @type {Writers<string>} */
const WRITE_MARKDOWN = {
  heading: ({ level, text }) => `${"#".repeat(level)} ${markdownText(text.replace(/\s+/g, " ").trim())}`,
  ask: ({ text }) => `**${markdownText(text.trim())}**`,
  line: ({ text }) => markdownLine(text),
  quote: ({ text }) => lines(text).map(markdownLine).reduce(markdownQuote, "").replace(/  $/, ""),
  facts: ({ items }) => items.map(([label, text]) => `- **${label}:** ${broken(text.trim())}`).join("\n"),
  list: ({ items }) =>
    items.map(([lead, text]) => `- **${markdownText(lead.trim())}:** ${broken(text)}`)
      .join("\n"),
};

/** @param {string} written
    @param {string} text */
function markdownQuote(written, text) {
  if (!text) return `${written.replace(/  $/, "")}${written ? "\n" : ""}>`;
  return `${written}${written ? "\n" : ""}> ${text}  `;
}

/** Blocks as Markdown.
    @param {Block[]} blocks */
export function markdown(blocks) {
  const written = blocks.map((block) => withoutFormulas(write(WRITE_MARKDOWN, block)));
  return `${written.filter(Boolean).join("\n\n")}\n`;
}

/* ---- HTML, for the clipboard ---- */

/** @param {string} text */
const escapeHtml = (text) =>
  text.replace(/[&<>"'\0]/g, (sign) => (sign === "\0" ? "\ufffd" : `&#${sign.charCodeAt(0)};`));
/** @param {string} text */
const htmlLines = (text) =>
  lines(text).map((each) => escapeHtml(each).replace(/^ +| {2,}/g, (gap) => "&nbsp;".repeat(gap.length)))
    .join("<br>");

/** @param {string[][]} items */
const htmlItems = (items) =>
  items.map(([label, text]) =>
    `<li><strong>${escapeHtml(label)}:</strong> <bdi>${htmlLines(text)}</bdi></li>`
  )
    .join("");

/** @type {Writers<string>} */
const WRITE_HTML = {
  heading: ({ level, text }) => `<h${level} dir="auto">${escapeHtml(text)}</h${level}>`,
  ask: ({ text }) => `<p dir="auto"><strong>${escapeHtml(text)}</strong></p>`,
  line: ({ text }) => `<p dir="auto">${escapeHtml(text)}</p>`,
  quote: ({ text }) => `<blockquote><p dir="auto">${htmlLines(text)}</p></blockquote>`,
  facts: ({ items }) => (items.length ? `<ul>${htmlItems(items)}</ul>` : ""),
  list: ({ items }) => WRITE_HTML.facts({ items }),
};

/** Blocks as HTML with real headings and lists.
    @param {Block[]} blocks */
export const html = (blocks) => blocks.map((block) => write(WRITE_HTML, block)).join("\n");

/* ---- CSV ---- */

const COLUMNS = [
  "question",
  "role",
  "stage",
  "priority",
  "title",
  "ask",
  "status",
  "answer",
  "owner",
  "due",
  "next_step",
  "decision",
  "in_this_meeting",
  "changed_since",
];

// Where a cell starts, for a program that takes semicolons or tabs for the separator too, and what
// would run there as a formula, in spite of blanks and quotes before it: more in
// macros/export/downloads.py.
const BLANK_OR_QUOTE = String.raw`[ \x00-\x08\v\f\x0e-\x1f\x7f-\xa0\xad\u1680\u180e` +
  String.raw`\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff'"]`;
const CELL_START = new RegExp(
  String.raw`^(?='*[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=${BLANK_OR_QUOTE}*[=+\-@＝＋－＠])`,
  "g",
);
/** @param {string} text */
const csvCell = (text) => `"${text.replace(CELL_START, "'").replaceAll('"', '""')}"`;

/** One row for each question, those of this meeting first, those no longer asked last: UTF-8 with byte
    order mark, RFC 4180.
    @param {Sheet} sheet
    @param {Question[]} questions
    @param {Known} known */
export function csv(sheet, questions, known) {
  const { project, answers } = sheet;
  const agenda = plan(questions, project, known);
  const asked = shown(questions, answers, agenda.lines);
  const others = mustFirst(questions).filter((question) => !asked.includes(question));
  const rows = [...asked, ...others].map((question) => {
    const answer = answerOf(answers, question.id);
    const here = [known.role(question.role), known.stage(question.stage), known.priority(question.priority)];
    return row(
      question.id,
      here,
      question.title,
      question.ask,
      answer,
      asked.includes(question) ? "yes" : "no",
      isReworded(answer, question),
    );
  });
  const lost = noLongerAsked(questions, answers).map(([id, answer]) =>
    row(id, ["", "", ""], answer.title, answer.wording, answer, "no longer asked", false)
  );
  const table = [COLUMNS, ...rows, ...lost];
  return `\ufeff${table.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string} id
    @param {string[]} here
    @param {string} title
    @param {string} ask
    @param {Answer} answer
    @param {string} asked
    @param {boolean} changed */
const row = (id, here, title, ask, answer, asked, changed) => [
  id,
  ...here,
  title,
  ask,
  statusWord(answer.status),
  answer.text,
  answer.owner,
  answer.due,
  answer.next,
  answer.decision ? "yes" : "no",
  asked,
  changed ? "yes" : "no",
];

/* ---- The notebook ---- */

/** The minutes as a Jupyter notebook (nbformat 4.5): a cell for each part, and the file inside.
    @param {Block[]} blocks
    @param {object} file */
export function notebook(blocks, file) {
  /** @type {Block[][]} */
  const groups = [];
  for (const block of blocks) {
    if (block.type === "heading" || !groups.length) groups.push([]);
    groups[groups.length - 1].push(block);
  }
  const cells = groups.map((group, number) => ({
    cell_type: "markdown",
    id: `part-${number}`,
    metadata: "id" in group[0] ? { question: group[0].id } : {},
    source: markdown(group).trimEnd().split(/(?<=\n)/),
  }));
  // Beside the file, which knows all its parts: what the page wrote, to tell whether it was edited.
  const metadata = {
    language_info: { name: "python" },
    ml_needs_support: file,
    ml_needs_support_text: cellsHash(cells),
  };
  return json({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

/* ---- The issue ---- */

/** GitHub answers addresses of up to 8191 bytes; servers that others run are set up alike. */
export const ISSUE_LIMIT = 8000;

const EXPECTED = "expected the address of a project, such as https://github.com/team/project.";
// What follows the project in the address of one of its pages.
const PAGES = new RegExp(
  "^(?:-|issues?|pulls?|merge_requests|tree|blob|raw|src|wiki|commits?|branches|tags|releases|actions|" +
    "projects|discussions|settings|security)$",
);
// GitHub's own pages, which no team can be named after.
const NO_TEAM = new RegExp(
  "^(?:about|apps|collections|enterprise|explore|features|login|marketplace|notifications|orgs|search|" +
    "settings|sponsors|topics|users)$",
);
const PUBLIC = /^(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)$/;

/** The repository whose address somebody typed or pasted, in any form in which they are copied.

    Out: its `url`, the same `shown` without scheme, and `forge`; or `fault`, a sentence that says
    what is wrong.
    @param {string} typed
    @returns {Partial<Repository> & { fault?: string }} */
export function repository(typed) {
  const text = typed.trim().replace(/^git clone\s+/, "").replace(/^[<("'“]+|[>)"'”.,;]+$/g, "");
  const address = text
    .replace(/^(?:ssh:\/\/|git\+ssh:\/\/)(?:[^@/]+@)?([^/:]+)(?::\d+)?\//i, "https://$1/")
    .replace(/^[\w.-]+@([\w.-]+):(?:\/)?(?!\/)/, "https://$1/")
    .replace(/^git(?:\+(https?))?:\/\//i, (_, scheme = "https") => `${scheme}://`)
    .replace(/^(?=[a-z\d-]+(?:\.[a-z\d-]+)+(?::\d+)?\/)/i, "https://");
  const url = parsed(address);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { fault: `This address cannot be understood; ${EXPECTED}` };
  }
  if (url.password) {
    return {
      fault:
        "There is a password in this address. Take it out: everyone who gets the worksheet could read it.",
    };
  }
  const host = url.hostname.replace(/^www\./, "");
  const path = url.pathname.split("/").filter(Boolean);
  const end = host === "github.com" ? 2 : path.findIndex((part, at) => at > 1 && PAGES.test(part));
  const parts = path.slice(0, end < 0 ? path.length : end);
  parts.push(parts.pop()?.replace(/\.git$/i, "") ?? "");
  if (
    parts.length < 2 || !parts.every((part) => /^[\w.~%-]+$/.test(part)) ||
    (host === "github.com" && NO_TEAM.test(parts[0]))
  ) {
    return { fault: `This address leads to no project; ${EXPECTED}` };
  }
  // A port of its own may speak http only; all others are asked in private.
  const scheme = url.port && url.protocol === "http:" ? "http:" : "https:";
  const shown = `${PUBLIC.test(host) ? host : url.hostname}${url.port && `:${url.port}`}/${parts.join("/")}`;
  const isGitLab = host.includes("gitlab") || path.includes("-");
  const forge = isGitLab ? "gitlab" : /codeberg|forgejo|gitea/.test(host) ? "gitea" : "github";
  return { url: `${scheme}//${shown}`, shown, forge };
}

/** @param {string} address */
function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

// The labels of Gitea are numbers, those of GitLab too.
/** @type {Record<string, { page: string, title: string, body: string, more?: Words }>} */
const NEW_ISSUE = {
  github: { page: "issues/new", title: "title", body: "body", more: { labels: "kickoff" } },
  gitea: { page: "issues/new", title: "title", body: "body" },
  gitlab: { page: "-/issues/new", title: "issue[title]", body: "issue[description]" },
};

/** A link that opens a new issue. `whole` says whether the body is in it; it never is cut.
    @param {Partial<Repository>} given
    @param {string} title
    @param {string} body */
export function issueLink({ url, forge }, title, body) {
  const form = NEW_ISSUE[String(forge)];
  const short = `${url}/${form.page}?${new URLSearchParams({
    [form.title]: [...title].slice(0, 200).join(""),
    ...form.more,
  })}`;
  const long = `${short}&${new URLSearchParams({ [form.body]: body })}`;
  return long.length <= ISSUE_LIMIT ? { href: long, whole: true } : { href: short, whole: false };
}

/** A name for a file: the project's, in the letters of any script, and no longer than systems take.
    @param {Project} project
    @param {string} day
    @param {string} ending */
export function fileName(project, day, ending) {
  const signs = [
    ...project.name.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-/, ""),
  ].slice(0, 100);
  while (new TextEncoder().encode(signs.join("")).length > 100) signs.pop();
  const name = signs.join("").replace(/-$/, "");
  return `${["kickoff", name, day].filter(Boolean).join("-")}.${ending}`;
}
