/* What a record can hold, and how a step is taken back: every field, any value. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  ANSWER,
  answerOf,
  blank,
  edit,
  hasContent,
  importAnswers,
  isWritten,
  merge,
  PROJECT,
  readRecord,
  takeBack,
  withCopy,
  written,
} from "../../docs/assets/worksheet/state.js";

/** @param {Partial<Answer>} fields */
const answer = (fields) => ({ ...blank(ANSWER), ...fields });
/** @param {Partial<Project>} fields */
const project = (fields) => ({ ...blank(PROJECT), ...fields });
/** @param {Stored} record */
const viaStorage = (record) => readRecord(ANSWER, JSON.parse(JSON.stringify(written(record))), "it");

// Values of every type, those of a later edition among them.
const STRANGE = [
  null,
  7,
  -1,
  1e300,
  true,
  "",
  "x",
  "112420266-01-01",
  "2026-13-45-",
  [],
  ["a", 1],
  [["x"]],
  {},
  { a: { b: [null] } },
  "deferred",
  "\u0000\u202e<b>",
];

/** @type {[string, AnyFields][]} */
const KINDS = [["answer", ANSWER], ["project", PROJECT]];
for (const [name, fields] of KINDS) {
  test(`a field of the ${name} that cannot be used costs only itself and goes back as it came`, () => {
    /** @type {AnyRecord} */
    const good = {
      ...blank(fields),
      ...(name === "answer" ? { text: "kept", owner: "Ada" } : { name: "kept", notes: "Ada" }),
      when: 3,
    };
    for (const field of [...Object.keys(fields), "of a later edition", "copies", "odd"]) {
      for (const value of STRANGE) {
        const stored = { ...written(good), [field]: value };
        const read = readRecord(fields, stored, "it");
        for (const other of Object.keys(fields)) {
          if (other !== field) {
            assert.deepEqual(read[other], good[other], `${field} = ${JSON.stringify(value)}`);
          }
        }
        assert.deepEqual(JSON.parse(JSON.stringify(written(read))), stored);
      }
    }
  });
}

test("a copy that cannot be used stays too, and those beside it are read", () => {
  const stored = { ...blank(ANSWER), copies: [{ when: 1, text: "good" }, { when: 1, text: 5 }, 7] };
  const read = readRecord(ANSWER, stored, "it");
  assert.deepEqual(read.copies, [{ when: 1, text: "good" }]);
  assert.deepEqual(written(read).copies, stored.copies);
});

test("every day that a date field takes is stored and read", () => {
  for (const due of ["", "0001-01-01", "2026-11-24", "20266-11-24", "275760-09-13"]) {
    const read = viaStorage(answer({ due, text: "there" }));
    assert.deepEqual([read.due, read.text, read.odd], [due, "there", undefined]);
  }
});

test("what somebody types over an unusable value takes its place", () => {
  const read = readRecord(ANSWER, { ...blank(ANSWER), due: "soon", text: "there" }, "it");
  const after = viaStorage(edit(read, "due", "2026-12-01", undefined, 5));
  assert.deepEqual([after.due, after.text, after.odd], ["2026-12-01", "there", undefined]);
});

test("two windows carry an unusable value along, and neither brings back one that was dropped", () => {
  const base = readRecord(ANSWER, { ...blank(ANSWER), rev: "a", later: [1] }, "it");
  const mine = { ...base, text: "mine", when: 2, rev: "b" };
  const theirs = { ...base, owner: "Ada", when: 3, rev: "c" };
  assert.deepEqual(merge(ANSWER, base, mine, theirs).odd, { later: [1] });
  const dropped = { ...theirs, odd: undefined };
  assert.equal(merge(ANSWER, base, mine, dropped).odd, undefined);
  assert.equal(merge(ANSWER, base, dropped, mine).odd, undefined);
});

test("any word about the meeting or any answer counts as content", () => {
  /** @type {(fields: Partial<Project>, answers?: [string, Answer][]) => Sheet} */
  const sheet = (fields, answers = []) => ({ project: project(fields), answers: new Map(answers) });
  assert.equal(hasContent(sheet({})), false);
  for (const name of ["name", "people", "notes", "repository"]) {
    assert.equal(hasContent(sheet({ [name]: "x" })), true, name);
  }
  assert.equal(hasContent(sheet({ copies: [{ when: 1, notes: "x" }] })), true);
  assert.equal(hasContent(sheet({}, [["a-b", answer({ owner: "Ada" })]])), true);
  assert.equal(hasContent({ ...sheet({}), broken: [{ part: "project", text: "{" }] }), true);
});

/* ---- Taking a step back ---- */

const FILLED = answer({
  text: "old",
  status: "answered",
  owner: "Ada",
  due: "2026-12-01",
  next: "Count",
  decision: true,
});

test("a step taken back at once leaves no trace of it", () => {
  for (
    const [before, after] of [[FILLED, answer({})], [answer({}), FILLED], [
      FILLED,
      answer({ text: "new", status: "unknown" }),
    ]]
  ) {
    const back = takeBack(ANSWER, before, after, after, 9);
    assert.deepEqual({ ...back, when: 0 }, before);
  }
});

test("what was written after the step stays, whatever field it is in", () => {
  const later = {
    text: "later",
    owner: "Grace",
    due: "2027-01-01",
    next: "Ask",
    status: "unknown",
    decision: true,
  };
  for (const [name, value] of Object.entries(later)) {
    const now = answer({ [name]: value });
    /** @type {AnyRecord} */
    const back = takeBack(ANSWER, { ...FILLED, decision: false }, answer({}), now, 9);
    assert.equal(back[name], value, name);
    if (typeof value === "string" && name !== "status") {
      /** @type {Record<string, unknown>[]} */
      const [old, ...copies] = [FILLED, ...back.copies];
      assert.ok(copies.some((copy) => copy[name] === old[name]), `the old ${name} is beside it`);
    }
  }
});

test("text that stays keeps its status", () => {
  const back = takeBack(
    ANSWER,
    answer({}),
    answer({ text: "theirs", status: "answered" }),
    answer({ text: "theirs, and mine", status: "answered" }),
    9,
  );
  assert.deepEqual([back.text, back.status, back.copies], ["theirs, and mine", "answered", []]);
});

test("copies that the step brought go, those it took away return, and later ones stay", () => {
  /** @param {string} text */
  const copy = (text) => ({ when: 1, text });
  const before = answer({ copies: [copy("was there")] });
  const after = answer({ copies: [copy("came with it")] });
  const now = answer({ copies: [copy("came with it"), copy("came later")] });
  assert.deepEqual(takeBack(ANSWER, before, after, now, 9).copies.map(({ text }) => text).sort(), [
    "came later",
    "was there",
  ]);
});

test("a joined worksheet can be taken apart while one's own words stay", () => {
  const mine = {
    project: project({ name: "Pool", notes: "my notes" }),
    answers: new Map([["a-a", answer({ text: "mine", status: "answered" })]]),
  };
  const theirs = {
    project: project({ name: "Bath", notes: "their notes", people: "Bo" }),
    answers: new Map([["a-a", answer({ text: "theirs", status: "answered" })], [
      "b-b",
      answer({ text: "new" }),
    ]]),
  };
  const both = importAnswers(mine, theirs, 5);
  assert.deepEqual(both.project.copies.map(({ notes }) => notes), ["their notes"]);
  for (const id of ["a-a", "b-b"]) {
    const typed = { ...answerOf(both.answers, id), owner: "typed since" };
    const back = takeBack(ANSWER, answerOf(mine.answers, id), answerOf(both.answers, id), typed, 9);
    assert.deepEqual([back.text, back.owner, back.copies], [
      answerOf(mine.answers, id).text,
      "typed since",
      [],
    ]);
  }
  assert.deepEqual(
    { ...takeBack(PROJECT, mine.project, both.project, both.project, 9), when: 0 },
    mine.project,
  );
});

/* ---- Copies ---- */

test("a copy that another one holds whole is not kept twice", () => {
  /** @type {Copy[]} */
  let copies = [];
  for (const text of ["W", "We", "We l", "We lose", "We lose money"]) {
    copies = withCopy(copies, answer({ text, when: text.length }), ANSWER);
  }
  assert.deepEqual(copies.map(({ text }) => text), ["We lose money"]);
  copies = withCopy(copies, answer({ text: "We lose", owner: "Ada" }), ANSWER);
  assert.equal(copies.length, 2, "another owner is something else");
});

test("an answer that holds only what cannot be used is not blank", () => {
  assert.equal(isWritten(readRecord(ANSWER, { ...blank(ANSWER), due: "soon" }, "it")), true);
});
