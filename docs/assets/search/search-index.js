/* What the search finds, and in which order: folds words, reads the index that the build writes,
   ranks. Knows nothing of the page; search.js fetches it when the reader turns to search. */
// @ts-types="./minisearch.d.ts"
import MiniSearch from "../vendor/minisearch-7.2.0.js";

const MOST_RESULTS = 12;
const EXCERPT = 140; // Letters shown of a text, of them so many before the word that was found.
const BEFORE = 40;
// What people call a thing (its title, what else it is asked as, how it is asked), and the rest: last
// what the sources of a question and the checklists that it covers say.
const BOOST = { title: 3, asked: 3, ask: 1.5, text: 1, related: 0.4 };
const WHOLE = 1.5; // A question, or a page, answers better than a part that mentions it,
const SOURCE = 0.4; // and a source is what a question rests on.
const MISSPELT = 0.2; // Wrong letters that are forgiven, as a share of the word.
// How much a word counts that was not typed: one of the same stem, a part of one or one that it
// resembles, what it means.
const SAME_STEM = 0.5;
const RESEMBLES = 0.7;
const MEANT = 0.8;
const VAGUE = -0.15; // The more a word may mean, the less each meaning counts: the exponent.
const IN_NAME = 0.5; // A word of a name that means something else: the monitoring of employees.
const SLICE = 12; // Milliseconds of work after which a key that was pressed comes first.

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

/** @param {string} text */
const letters = (text) => text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
/** One spelling for one word: American as British, plural as singular. The last three are the
   S stemmer (Harman 1991), with "batches" and "goes" added.
    @param {string} word */
function folded(word) {
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
/** @type {Map<string, string>} */
const folds = new Map();
/** @param {string} word */
function fold(word) {
  let one = folds.get(word);
  if (one === undefined) folds.set(word, one = folded(word));
  return one;
}
/** @param {string} text */
const words = (text) => (letters(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(fold);
/** @param {string} text */
const tellingWords = (text) => words(text).filter((word) => !COMMON.has(word));
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;

// Two words with the same beginning and any of these endings are of one stem.
const ENDINGS = /(?:at|it)?(?:ion|or|er|ing|ed|able|ible|ment|ance|ence|ity|ant|ent|ive|ness|al|ly|e|y|i)+$/;
/** @param {string} word */
function stem(word) {
  const cut = word.replace(ENDINGS, "");
  return cut.length > 3 ? cut.replace(/(.)\1$/, "$1") : word;
}

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

/** Whether two words differ by one letter that is wrong, missing or too much; long ones by two.
    @param {string} word
    @param {string} other */
function isNear(word, other) {
  const most = word.length > 7 ? 2 : 1;
  if (Math.abs(word.length - other.length) > most || word[0] !== other[0]) return false;
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1] + Number(word[i - 1] !== other[j - 1]);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, changed));
    }
    row = next;
  }
  return row[other.length] <= most;
}

/** What the table says that people mean, and which words there are.
    @param {[string[], string[]][]} table What is typed, and what it means.
    @param {Map<string, number>} known In how many entries a term is. */
function makeThesaurus(table, known) {
  /** @type {Map<string, string[][]>} */
  const meanings = new Map();
  const named = new Set();
  let longest = 0;
  for (const [typed, means] of table) {
    const meant = means.map(words);
    for (const name of typed) {
      const stems = words(name).map(stem);
      const key = stems.join(" ");
      meanings.set(key, [...(meanings.get(key) ?? []), ...meant]);
      for (const word of stems) named.add(word);
      longest = Math.max(longest, stems.length);
    }
  }
  /** @param {string} word */
  const understood = (word) => known.has(word) || named.has(stem(word));

  /** @type {Map<string, string[]>} */
  const families = new Map();
  for (const word of known.keys()) {
    if (/[ =]/.test(word)) continue;
    const family = stem(word);
    const others = families.get(family);
    if (others) others.push(word);
    else families.set(family, [word]);
  }

  /** The two words that a word was made of. @param {string} word */
  function parts(word) {
    for (let i = word.length - 3; i >= 3; i--) {
      const both = [word.slice(0, i), word.slice(i)];
      if (both.every(understood)) return both;
    }
    return [];
  }

  return {
    understood,
    /** @param {string} name */
    meant: (name) => meanings.get(name) ?? [],
    /** With two letters changed round, if that makes it a word. @param {string} word */
    spelt: (word) => (understood(word) ? word : (swaps(word).find(understood) ?? word)),

    /** For each word the longest name of the table that it is a part of, as stems.
      @param {string[]} given */
    names(given) {
      const list = given.map(stem);
      /** @type {string[]} */
      const found = [];
      for (let n = longest; n > 0; n--) {
        for (let start = 0; start + n <= list.length; start++) {
          const name = list.slice(start, start + n).join(" ");
          if (!meanings.has(name)) continue;
          for (let i = start; i < start + n; i++) found[i] ??= name;
        }
      }
      return found;
    },

    /** Other words that may be meant, each with how much it counts.
      @param {string} word
      @param {boolean} isLast It may be half typed.
      @returns {[string, number][]} */
    variants(word, isLast) {
      /** @param {number} worth @returns {(other: string) => [string, number]} */
      const worth = (worth) => (other) => [other, worth];
      const related = (families.get(stem(word)) ?? []).filter((other) => other !== word);
      if (related.length || understood(word)) return related.map(worth(SAME_STEM));
      const two = parts(word);
      if (two.length || word.length < 4) return two.map(worth(RESEMBLES));
      return [...meanings.keys()].filter((other) =>
        (isLast && other.startsWith(word)) || (other.length > 4 && word.startsWith(other)) ||
        isNear(stem(word), other)
      ).map(worth(RESEMBLES));
    },
  };
}

/** Make the search from the index that the build writes, a little at a time, so that what is typed
   meanwhile is shown at once. Returns a function: words typed → how many results there are, and the
   first of them, best first.
    @param {SearchIndex} given */
export async function makeSearch({ entries, meanings, roles }) {
  /** @type {Map<string, number>} */
  const known = new Map();
  const index = new MiniSearch({
    idField: "at",
    fields: Object.keys(BOOST),
    storeFields: ["title", "asked", "ask", "text", "page", "role"],
    stringifyField: (value) => value,
    processTerm: (term) => term,
    extractField(entry, field) {
      if (field === "text") return `${entry.text ?? ""} ${entry.words ?? ""}`;
      return field === "related" ? related(entry) : entry[field];
    },
    tokenize(value, field) {
      const terms = field === "related"
        ? [value].flat()
        : field === "text"
        ? tellingWords(String(value))
        : [value].flat().flatMap((name) => termsOf(words(name)));
      for (const term of new Set(terms)) known.set(term, (known.get(term) ?? 0) + 1);
      return terms;
    },
  });
  const sources = new Map(entries.map((entry) => [entry.at, entry]));
  /** @type {Map<string, string[]>} */
  const said = new Map();
  /** What the checklists that a question covers say, and its sources.
    @param {SearchEntry} entry */
  function related({ cites = [], related = "" }) {
    const all = [tellingWords(related)];
    for (const at of cites) {
      const source = sources.get(at);
      if (!said.has(at)) said.set(at, tellingWords(`${source?.title} ${source?.words}`));
      all.push(said.get(at) ?? []);
    }
    return all.flat();
  }
  let rested = performance.now();
  for (const [i, entry] of entries.entries()) {
    index.add(entry);
    if (i % 8 === 0 && performance.now() - rested > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      rested = performance.now();
    }
  }
  const thesaurus = makeThesaurus(meanings, known);
  /** @param {string} term */
  const rarity = (term) => Math.log(entries.length / (known.get(term) ?? 1));

  return function find(/** @type {string} */ typed) {
    const list = words(typed).map(thesaurus.spelt);
    const telling = list.filter((word) => !COMMON.has(word));
    const unknown = telling.filter((word) => !thesaurus.understood(word));
    const names = thesaurus.names(list);
    /** How much each term counts that is looked for. @type {Map<string, number>} */
    const weights = new Map();
    /** @param {string[]} terms @param {number} weight */
    function add(terms, weight) {
      for (const term of terms) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
    }
    /** For each word, what may be looked for in its place: terms, and how good an answer they are.
      @type {{ weight: number, answers: [string[], number][] }[]} */
    const asked = [];
    for (const [i, word] of list.entries()) {
      /** @type {[string[], number][]} */
      const answers = [];
      /** @param {string[]} terms @param {number} weight */
      function accept(terms, weight) {
        add(terms, weight);
        answers.push([terms, weight]);
      }
      /** @param {string} name @param {number} weight */
      function acceptMeaning(name, weight) {
        const meanings = thesaurus.meant(name);
        const each = weight * meanings.length ** VAGUE;
        for (const meant of meanings) {
          add(termsOf(meant).slice(meant.length), each);
          const told = meant.filter((one) => !COMMON.has(one));
          add(told, each / told.length);
          answers.push([told, each]);
        }
      }
      const isOurs = known.has(` ${list[i - 1]}${word}`) || known.has(` ${word}${list[i + 1]}`);
      const inName = names[i]?.includes(" ") && !isOurs;
      if (!COMMON.has(word)) accept([word], inName ? IN_NAME : 1);
      if (!COMMON.has(word) && !inName) {
        for (const [other, weight] of thesaurus.variants(word, i === list.length - 1)) {
          accept([other], weight);
          acceptMeaning(other.includes(" ") ? other : stem(other), weight * MEANT);
        }
      }
      if (names[i]) acceptMeaning(names[i], MEANT);
      if (answers.length) asked.push({ weight: rarity(word), answers });
    }
    add(termsOf(list).slice(list.length), 1);
    add(telling.map((word) => ` ${word}`), 1); // "rollback", where a name has "roll back",
    add(pairs(telling).map((pair) => pair.trim()), 1); // and the other way round.

    /** @param {string[]} terms */
    const look = (terms) =>
      index.search(typed, {
        tokenize: () => terms,
        boost: BOOST,
        boostTerm: (term) => weights.get(term) ?? 1,
        boostDocument: (id, _, { ask, text }) => (ask || !id.includes("#") ? WHOLE : text ? 1 : SOURCE),
        // The last word may be half typed; a word that stands nowhere may be misspelt.
        prefix: (term) => term.length > 1 && (term === list.at(-1) || unknown.includes(term)),
        fuzzy: (term) => term.length > 3 && unknown.includes(term) && MISSPELT,
      });
    let hits = look([...weights.keys()]);
    if (!hits.length) hits = look(list.filter((word) => COMMON.has(word)));

    // The library multiplies a score by how many terms matched. What counts is how many of the words
    // that were typed a result answers, and of those the rare ones.
    const all = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
    /** @param {SearchHit} given */
    function rank({ score, queryTerms }) {
      const matched = new Set(queryTerms);
      let answered = 0;
      for (const { weight, answers } of asked) {
        let best = 0;
        for (const [terms, worth] of answers) {
          if (worth > best) {
            best = Math.max(
              best,
              worth * (terms.filter((term) => matched.has(term)).length / terms.length) ** 2,
            );
          }
        }
        answered += weight * best;
      }
      return score / queryTerms.length * (1 + asked.length * answered / all);
    }
    const ranked = hits.map((hit) => ({ hit, rank: rank(hit) })).sort((a, b) => b.rank - a.rank);
    const results = ranked.slice(0, MOST_RESULTS).map(({ hit }) => shown(hit, roles));
    return { total: hits.length, results };
  };
}

/** What a reader sees of a result: its address, title, role or page, and why it was found.
    @param {SearchHit} given
    @param {Record<string, string>} roles */
function shown({ id, title, page = "", role = "", ask = "", asked = [], text = "", terms }, roles) {
  const matched = new Set(terms);
  /** @param {string} name */
  const shared = (name) => termsOf(words(name)).filter((term) => matched.has(term)).length;
  const counted = asked.map(shared);
  const most = Math.max(...counted);
  return {
    address: id,
    title,
    page: roles[role] ?? page,
    role,
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
