/* What the search finds, and in which order: folds words, reads the index that the build writes,
   ranks. Knows nothing of the page; search.js fetches it when the reader turns to search. */
// @ts-types="./minisearch.d.ts"
import MiniSearch from "../vendor/minisearch-7.2.0.js";

const MOST_RESULTS = 12;
const EXCERPT = 140; // Letters shown of a text, of them so many before the word that was found.
const BEFORE = 40;
const QUESTION = /^q\/[^/]+\/$/;
// What people call a thing (its title, what else it is asked as, how it is asked), and the rest.
const BOOST = { title: 3, asked: 3, ask: 1.5, text: 1 };
const MISSPELT = 0.2; // Wrong letters that are forgiven, as a share of the word.

// Stop words. Ignored in body text, but kept in titles and phrases, where pairs of them are indexed.
const COMMON = new Set(
  (
    "a about after all an and any as at be been before but by can could do for from get go have " +
    "he her his how if in into is it its just many may me more most much must my no not of on one " +
    "only or other our out over she should so some than the their them then there to too under up " +
    "us we what when where which who whom whose why will with would your"
  ).split(" "),
);
// Pronouns and forms of be, do and have that count as the same word.
const ALIKE = new Map(
  Object.entries({
    ...{ i: "we", you: "we", this: "it", that: "it", these: "it", those: "it", they: "it" },
    ...{ are: "is", was: "is", were: "is", does: "do", did: "do", has: "have", had: "have" },
  }),
);

/** One spelling for one word: small letters, no accents or apostrophes, American as British, plural
   as singular. The last three are the S stemmer (Harman 1991), with "batches" and "goes" added.
    @param {string} text */
const letters = (text) => text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
/** @param {string} word */
function fold(word) {
  const alike = ALIKE.get(word);
  if (alike || COMMON.has(word)) return alike ?? word;
  return word
    .replaceAll("z", "s")
    .replaceAll("ll", "l")
    .replace("our", "or")
    .replace(/tre$/, "ter")
    .replace(/(ch|o|sh|ss|x)es$/, "$1")
    .replace(/([^ae])ies$/, "$1y")
    .replace(/([^ae]e|.[^eus])s$/, "$1");
}
/** @param {string} text */
const words = (text) => (letters(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(fold);
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;

/** Two words in a row are a term too, marked by a blank in front. So "who is it for" is more than
   four words that stand everywhere. Without the blank it may be one word, as "roll back" may.
    @param {string[]} list */
const pairs = (list) => list.slice(1).map((word, i) => ` ${list[i]}${word}`);

/** What a name is found by: its words, its pairs, and itself, for whoever types just that.
    @param {string[]} name */
const termsOf = (name) => [...name, ...pairs(name), `=${name.join("")}`];

/** What a word may have been meant to be, if two letters changed places.
    @param {string} word */
const swaps = (word) =>
  [...word.slice(1)].map((_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));

/** @param {string} html */
const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
/** @param {Element} node */
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();

/** Make the search from the list that the build writes. Returns a function: words typed → how many
   results there are, and the first of them, best first.
    @param {IndexEntry[]} docs */
export function makeSearch(docs) {
  const pages = new Map();
  for (const { location, title } of docs) {
    if (!location.includes("#")) pages.set(location, plain(parse(title)));
  }

  /** What one part of a page says. The first paragraph of a question asks it, and its only list
     holds what else it is called (macros/render/templates/questions/question_page.md.jinja).
      @param {IndexEntry} given */
  function entry({ location, title, text }) {
    const body = parse(text);
    const list = QUESTION.test(location) && body.querySelector("ul");
    const first = list && body.querySelector("p");
    if (list) { for (const name of [first, list]) name.remove(); }
    return {
      id: location,
      title: plain(parse(title)),
      asked: list ? [...list.children].map((name) => plain(name).replace(/;$/, "")) : [],
      ask: list ? plain(first) : "",
      text: plain(body),
      page: pages.get(location.split("#")[0]) ?? "",
    };
  }

  const known = new Set();
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    storeFields: ["title", "asked", "ask", "text", "page"],
    stringifyField: (value) => value,
    processTerm: (term) => term,
    tokenize(value, field) {
      const terms = field === "text"
        ? words(value).filter((word) => !COMMON.has(word))
        : [value].flat().flatMap((name) => termsOf(words(name)));
      for (const term of terms) known.add(term);
      return terms;
    },
  });
  index.addAll(docs.map(entry));

  /** @param {string} word */
  const spelt = (word) => known.has(word) ? word : (swaps(word).find((other) => known.has(other)) ?? word);

  return function find(/** @type {string} */ typed) {
    const list = words(typed).map(spelt);
    const telling = list.filter((word) => !COMMON.has(word));
    const unknown = telling.filter((word) => !known.has(word));
    /** @param {string[]} terms */
    const look = (terms) =>
      index.search(typed, {
        tokenize: () => terms,
        boost: BOOST,
        // A question, or a page as a whole, answers better than a part that mentions it.
        boostDocument: (id, _, { ask }) => (ask || !id.includes("#") ? 1.5 : 1),
        // The last word may be half typed; a word that stands nowhere may be misspelt.
        prefix: (term) => term.length > 1 && (term === list.at(-1) || unknown.includes(term)),
        fuzzy: (term) => term.length > 3 && unknown.includes(term) && MISSPELT,
      });
    const common = list.filter((word) => COMMON.has(word));
    const together = termsOf(list).slice(list.length);
    const apart = telling.map((word) => ` ${word}`); // "rollback", where a name has "roll back",
    const joined = pairs(telling).map((pair) => pair.trim()); // and the other way round.
    let hits = look([...telling, ...together, ...apart, ...joined]);
    if (!hits.length) hits = look(common);
    // The library multiplies a score by how many terms matched. Only telling words should count.
    /** @param {any} given */
    const rank = ({ score, queryTerms }) =>
      (score / queryTerms.length) * (1 + telling.filter((w) => queryTerms.includes(w)).length);
    hits.sort((a, b) => rank(b) - rank(a));
    return { total: hits.length, results: hits.slice(0, MOST_RESULTS).map(shown) };
  };
}

/** What a reader sees of a result: its address, title and page, and why it was found.
    @param {any} given */
function shown({ id, title, page, ask, asked, text, terms }) {
  const matched = new Set(terms);
  /** @param {string} name */
  const shared = (name) => termsOf(words(name)).filter((term) => matched.has(term)).length;
  const counted = asked.map(shared);
  const most = Math.max(...counted);
  return {
    address: id,
    title: title || page,
    page: page === title ? "" : page,
    text: ask || excerpt(text, matched),
    asked: most > 0 ? asked[counted.indexOf(most)] : "",
  };
}

/** The part of a text around the first word that was looked for.
    @param {string} text
    @param {Set<string>} matched */
function excerpt(text, matched) {
  const first = [...text.matchAll(WORD)].find(([word]) => words(word).some((w) => matched.has(w)));
  const start = !first || first.index < BEFORE ? 0 : text.indexOf(" ", first.index - BEFORE) + 1;
  const end = start + EXCERPT < text.length ? text.lastIndexOf(" ", start + EXCERPT) : text.length;
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}
