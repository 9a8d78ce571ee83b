/* What the search finds, and in which order: folds words, reads the index that the build writes,
   ranks. Knows nothing of the page; search.js fetches it when the reader turns to search.
   No library: those that index in a browser weigh fields and words, and what decides here is how well
   one name of several fits. In MiniSearch as much code stood round it, and three in four were found. */

const MOST_RESULTS = 10;
const SLICE = 12; // Milliseconds of work after which a key that was pressed comes first.

// How much a word counts where it stands: in a name (a question's title, another title, what else a
// thing is called, what people call it), in how a question is asked, in a text, in what no result shows.
const WORTH = { title: 1.8, heading: 1.4, asked: 1.1, everyday: 0.8, ask: 0.7, text: 0.3, words: 0.2 };
const LONG_NAME = -0.45; // The more words a name has, the less each counts: the exponent.
const MORE_THAN_ONCE = 0.3; // What another place adds, as a share of what the word may still gain.
const VAGUE = -0.1; // The more entries an everyday word leads to, the less it counts: the exponent.
// How much a word counts that was not typed: one of the same stem, one that begins so, one that is
// spelt nearly so, a part of what was typed, two words typed as one or one as two.
const SAME_STEM = 0.8;
const BEGINS = 0.35;
const RESEMBLES = 0.95;
const PART = 0.6;
const JOINED = 0.8;
const COMMON_WORTH = 0.3;
const WHOLE_NAME = 0.8; // What a name adds that has the words that were typed and no others.
// How good an answer an entry is: a question, a page, a term, a part of a page, a source.
const KINDS = { question: 1.3, page: 1, term: 1, part: 0.7, source: 0.4 };

// Stop words. Ignored in body text, and of little weight in names.
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
/** @param {(word: string) => string} make */
function kept(make) {
  /** @type {Map<string, string>} */
  const made = new Map();
  return (/** @type {string} */ word) => {
    let one = made.get(word);
    if (one === undefined) made.set(word, one = make(word));
    return one;
  };
}
const fold = kept(folded);
/** @param {string} text */
const words = (text) => (letters(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(fold);

// Two words with the same beginning and any of these endings are of one stem. It is marked, so that
// it is never taken for a word.
const ENDINGS = /(?:at|it)?(?:ion|or|er|ing|ed|able|ible|ment|ance|ence|ity|ant|ent|ive|ness|al|ly|e|y|i)+$/;
const stem = kept((word) => {
  const cut = word.replace(ENDINGS, "");
  return `~${cut.length > 3 && cut.length * 2 >= word.length ? cut.replace(/(.)\1$/, "$1") : word}`;
});
/** By what a word is found. @param {string} word */
const termsOf = (word) => COMMON.has(word) ? [word] : [word, stem(word)];

/** In how many letters two words differ: wrong, missing, too many, or two exchanged; or more than
   `most` (optimal string alignment).
    @param {string} word
    @param {string} other
    @param {number} most */
function distance(word, other, most) {
  if (Math.abs(word.length - other.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1] + Number(word[i - 1] !== other[j - 1]);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, changed));
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[other.length];
}

/** @template T
    @param {Map<string, T[]>} lists
    @param {string} key
    @param {T} value */
function put(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
/** @template T
    @param {Map<T, number>} numbers
    @param {T} key
    @param {number} number */
function raise(numbers, key, number) {
  if (number > (numbers.get(key) ?? 0)) numbers.set(key, number);
}

/** Rests as soon as a slice of work is done, so that what is typed meanwhile is shown at once. */
function makeRest() {
  let rested = performance.now();
  return async () => {
    if (performance.now() - rested < SLICE) return;
    await new Promise((resolve) => setTimeout(resolve));
    rested = performance.now();
  };
}

/** @param {SearchEntry} entry
    @returns {keyof typeof KINDS} */
const kindOf = ({ at, ask, kind }) => kind ?? (ask ? "question" : at.includes("#") ? "part" : "page");

/** To which entries a meaning of everyday words leads: those that have it as a name, or else in one.
    @param {string[][][]} called The names of each entry, as words. */
function makeLeadsTo(called) {
  /** @type {Map<string, number[]>} */
  const named = new Map();
  for (const [entry, names] of called.entries()) {
    for (const name of names) put(named, ` ${name.join(" ")} `, entry);
  }
  return (/** @type {string} */ meaning) => {
    const name = ` ${words(meaning).join(" ")} `;
    return named.get(name) ?? [...named].flatMap(([other, at]) => other.includes(name) ? at : []);
  };
}

/** Where a term is: in which names, in which texts and how much it counts there, and in how many
   entries. What was counted last is counted once.
   @typedef {{ names: number[], texts: [number, number][], count: number, last: number[] }} Posting */

/** Where each term is.
    @param {SearchIndex} given */
async function makePostings({ entries, meanings }) {
  const rest = makeRest();
  /** Every name: the entries that it leads to, its words, and how much it counts.
    @type {{ at: number[], list: string[], worth: number, each: number, weight?: number }[]} */
  const names = [];
  /** @type {Map<string, Posting>} */
  const postings = new Map();
  /** @type {Set<string>} */
  const vocabulary = new Set();

  /** @param {string} term @param {number[]} at */
  function seen(term, at) {
    let posting = postings.get(term);
    if (!posting) postings.set(term, posting = { names: [], texts: [], count: 0, last: [] });
    if (posting.last !== at) {
      posting.count += at.length;
      posting.last = at;
    }
    return posting;
  }
  /** @param {number[]} at @param {string[]} list @param {number} worth */
  function addName(at, list, worth) {
    const number = names.length;
    let telling = 0;
    let before = "";
    for (const word of list) {
      vocabulary.add(word);
      seen(word, at).names.push(number);
      // Two words in a row may be typed as one: "golive".
      if (before) seen(before + word, at).names.push(number);
      before = word;
      if (COMMON.has(word)) continue;
      seen(stem(word), at).names.push(number);
      telling++;
    }
    names.push({ at, list, worth, each: worth * Math.max(1, telling) ** LONG_NAME });
  }
  /** @param {number[]} at @param {string} text @param {number} worth */
  function addText(at, text, worth) {
    const [entry] = at;
    for (const word of new Set(words(text))) {
      if (COMMON.has(word)) continue;
      vocabulary.add(word);
      seen(word, at).texts.push([entry, worth]);
      seen(stem(word), at).texts.push([entry, worth]);
    }
  }

  const called = entries.map(({ title, asked = [] }) => [title, ...asked].map(words));
  for (const [entry, { ask = "", text = "", words: others = "" }] of entries.entries()) {
    const at = [entry];
    for (const [i, list] of called[entry].entries()) {
      addName(at, list, i ? WORTH.asked : ask ? WORTH.title : WORTH.heading);
    }
    addText(at, ask, WORTH.ask);
    addText(at, text, WORTH.text);
    addText(at, others, WORTH.words);
    await rest();
  }
  const leadsTo = makeLeadsTo(called);
  for (const [typed, means] of meanings) {
    const at = [...new Set(means.split("\n").flatMap(leadsTo))];
    const worth = WORTH.everyday * at.length ** VAGUE;
    for (const name of at.length ? typed.split("\n") : []) addName(at, words(name), worth);
    await rest();
  }
  return { names, postings, vocabulary: [...vocabulary].sort() };
}

/** Make the search from the index that the build writes, a little at a time. Returns a function:
   words typed → how many results there are, and the first of them, best first.
    @param {SearchIndex} given */
export async function makeSearch(given) {
  const { entries, roles } = given;
  const { names, postings, vocabulary } = await makePostings(given);
  const worthOf = entries.map((entry) => KINDS[kindOf(entry)]);

  /** How much a word tells: the fewer entries have it, the more. @param {string} term */
  function rarity(term) {
    const telling = Math.log(1 + entries.length / (postings.get(term)?.count ?? 1));
    return COMMON.has(term) ? COMMON_WORTH * telling : telling;
  }
  /** @param {number} number */
  function weightOf(number) {
    const name = names[number];
    return name.weight ??= [...new Set(name.list)].reduce((sum, word) => sum + rarity(word), 0);
  }
  /** The words that begin like one. @param {string} start */
  function beginning(start) {
    let [first, end] = [0, vocabulary.length];
    while (first < end) {
      const middle = (first + end) >> 1;
      if (vocabulary[middle] < start) first = middle + 1;
      else end = middle;
    }
    while (vocabulary[end]?.startsWith(start)) end++;
    return vocabulary.slice(first, end);
  }

  /** The terms that may be meant by a word, and how good each is.
    @param {string} word
    @param {boolean} isHalf It may be half typed.
    @param {string[]} neighbours The words before and after it. */
  function variants(word, isHalf, neighbours) {
    /** @type {Map<string, number>} */
    const found = new Map();
    /** @param {string} term @param {number} worth */
    function add(term, worth) {
      if (postings.has(term)) raise(found, term, worth);
    }
    for (const [i, term] of termsOf(word).entries()) add(term, i ? SAME_STEM : 1);
    const isKnown = found.size > 0;
    for (const joined of neighbours) add(joined, JOINED);
    if (isHalf && word.length > 1) {
      for (const other of beginning(word)) {
        add(other, BEGINS * (isKnown ? 0.5 : 1) * word.length / other.length);
      }
    }
    if (found.size || word.length < 4) return found;
    const most = word.length > 7 ? 2 : 1;
    const similar = beginning(word[0]);
    for (const other of similar) {
      const letters = distance(word, other, most);
      if (letters <= most) {
        for (const [i, term] of termsOf(other).entries()) {
          add(term, RESEMBLES / letters * (i ? SAME_STEM : 1));
        }
      }
    }
    for (let i = word.length - 3; i >= 3 && !found.size; i--) {
      const both = [word.slice(0, i), word.slice(i)];
      if (both.every((part) => postings.has(part))) { for (const part of both) add(part, PART); }
    }
    if (!found.size && word.length > 5) {
      for (const other of similar) {
        if (other.length > 4 && (other.startsWith(word) || word.startsWith(other))) add(other, PART);
      }
    }
    return found;
  }

  return function find(/** @type {string} */ typed) {
    const list = words(typed);
    const isHalf = /[\p{L}\p{N}]$/u.test(typed);
    const asked = [...new Set(list)].map((word) => {
      const at = list.indexOf(word);
      const neighbours = [list[at - 1] + word, word + list[at + 1]];
      return { word, terms: variants(word, isHalf && at === list.length - 1, neighbours) };
    }).filter(({ terms }) => terms.size);
    // Telling words decide what is found, common ones only its order, unless there is no other.
    asked.sort((a, b) => Number(COMMON.has(a.word)) - Number(COMMON.has(b.word)));
    const isTelling = asked.length > 0 && !COMMON.has(asked[0].word);

    /** How much of what was typed each entry answers, and each name holds. @type {Map<number, number>} */
    const answered = new Map();
    /** @type {Map<number, number>} */
    const held = new Map();
    let all = 0;
    for (const { word, terms } of asked) {
      const isExtra = isTelling && COMMON.has(word);
      const [best] = [...terms].reduce((one, other) => other[1] > one[1] ? other : one);
      const weight = COMMON.has(word) ? rarity(word) : rarity(best);
      all += weight;
      /** @type {Map<number, number>} */
      const byEntry = new Map();
      /** @type {Map<number, number>} */
      const byName = new Map();
      for (const [term, worth] of terms) {
        const posting = postings.get(term);
        for (const name of posting?.names ?? []) raise(byName, name, worth);
        for (const [entry, place] of posting?.texts ?? []) raise(byEntry, entry, worth * place);
      }
      for (const [number, worth] of byName) {
        if (isExtra && !held.has(number)) continue;
        held.set(number, (held.get(number) ?? 0) + weight * worth);
        const { at, each } = names[number];
        for (const entry of at) {
          const here = each * worth;
          const so = byEntry.get(entry) ?? 0;
          const more = Math.max(here, so);
          byEntry.set(entry, more + MORE_THAN_ONCE * Math.min(here, so) * Math.max(0, 1 - more));
        }
      }
      for (const [entry, worth] of byEntry) {
        if (isExtra && !answered.has(entry)) continue;
        answered.set(entry, (answered.get(entry) ?? 0) + weight * Math.min(1, worth));
      }
    }
    /** How well the best name of each entry fits: it has most of what was typed, and least besides.
      @type {Map<number, number>} */
    const called = new Map();
    for (const [number, weight] of held) {
      const { at, worth } = names[number];
      const whole = weightOf(number);
      const share = worth * weight / (all + whole - Math.min(weight, whole));
      for (const entry of at) raise(called, entry, share);
    }
    const ranked = [...answered]
      .map(([entry, weight]) => ({
        entry,
        rank: worthOf[entry] * (weight / all + WHOLE_NAME * (called.get(entry) ?? 0)),
      }))
      .sort((a, b) => b.rank - a.rank);
    const matched = new Set(asked.flatMap(({ terms }) => [...terms.keys()]));
    const results = ranked.slice(0, MOST_RESULTS).map(({ entry }) => shown(entries[entry], matched, roles));
    return { total: ranked.length, results };
  };
}

/** What a reader sees of a result: its address, title, role or page, and why it was found.
    @param {SearchEntry} entry
    @param {Set<string>} matched The terms that were looked for.
    @param {Record<string, string>} roles */
function shown(entry, matched, roles) {
  const { at, title, page = "", role = "", ask = "", asked = [], text = "" } = entry;
  const counted = asked.map((name) =>
    words(name).filter((word) => isFound(word, matched))
      .reduce((sum, word) => sum + (COMMON.has(word) ? COMMON_WORTH : 1), 0)
  );
  const most = Math.max(...counted);
  const best = most > 0 ? asked[counted.indexOf(most)] : "";
  return {
    address: at,
    title,
    page: roles[role] ?? page,
    role,
    text: ask || text,
    asked: best || said(entry, matched),
  };
}

/** @param {string} word
    @param {Set<string>} matched */
const isFound = (word, matched) => termsOf(word).some((term) => matched.has(term));

/** What was looked for and is said further down. A question shows its names alone, "also asked as".
    @param {SearchEntry} entry
    @param {Set<string>} matched */
function said({ ask, words: others = "" }, matched) {
  if (ask) return "";
  return others.split(" ").filter((other) => words(other).some((word) => isFound(word, matched))).join(", ");
}
