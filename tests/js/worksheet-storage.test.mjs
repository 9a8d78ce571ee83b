/* Windows that share one storage: nothing typed is lost, nothing grows by itself. */
import assert from "node:assert/strict";
import test from "node:test";
import { ANSWER, answerOf, blank, emptySheet } from "../../docs/assets/worksheet/state.js";
import { OpenSheet, StorageError, WorksheetStore } from "../../docs/assets/worksheet/storage.js";

const ID = "w1";
const PART = "answer:a-b";

/** What localStorage is to several windows: one map, and an event for each of the others.
    @implements {Storage} */
class Area {
  constructor(room = Infinity) {
    /** @type {Map<string, string>} */
    this.entries = new Map();
    this.room = room;
    /** @type {[string, string | null][]} */
    this.heard = [];
  }
  get length() {
    return this.entries.size;
  }
  clear() {
    this.entries.clear();
  }
  /** @param {number} number */
  key(number) {
    return [...this.entries.keys()][number];
  }
  /** @param {string} key */
  getItem(key) {
    return this.entries.get(key) ?? null;
  }
  /** @param {string} key
      @param {string} value */
  setItem(key, value) {
    const others = [...this.entries].filter(([name]) => name !== key).reduce(
      (sum, [, text]) => sum + text.length,
      0,
    );
    if (others + value.length > this.room) {
      throw Object.assign(new Error("no room"), { name: "QuotaExceededError" });
    }
    this.entries.set(key, String(value));
    this.heard.push([key, String(value)]);
  }
  /** @param {string} key */
  removeItem(key) {
    this.entries.delete(key);
    this.heard.push([key, null]);
  }
  get size() {
    return [...this.entries.values()].reduce((sum, text) => sum + text.length, 0);
  }
}

/** @param {Area} area */
const open = (area) => {
  const store = new WorksheetStore(area, "/x/");
  return new OpenSheet(store, ID, store.sheet(ID));
};
/** @param {Area} area */
const started = (area) => {
  const first = new OpenSheet(new WorksheetStore(area, "/x/"), ID, emptySheet());
  first.change("project", { ...first.project, name: "Pool", created: 1 });
  first.save();
  return first;
};
/** @param {OpenSheet} sheet
    @param {Partial<Answer>} fields
    @param {number} when */
const type = (sheet, fields, when, part = PART) =>
  sheet.change(part, { ...sheet.entry(part).mine, ...fields, when });

/** Lets every window hear of what the others wrote, until nobody has anything to say.
    @param {Area} area
    @param {OpenSheet[]} sheets */
function settle(area, sheets, rounds = 50) {
  for (let round = 0; round < rounds; round += 1) {
    const heard = area.heard.splice(0);
    if (!heard.length) return;
    for (const [key, value] of heard) {
      const place = sheets[0].store.locate(key);
      if (!place || value === null) continue;
      for (const sheet of sheets) {
        const theirs = sheet.store.parse(value, place.part);
        if (theirs) sheet.receive(place.part, theirs);
        sheet.save();
      }
    }
  }
  assert.fail("the windows never come to rest");
}

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
}

test("three windows that write at random come to rest, agree, and lose no last word", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const area = new Area();
    started(area);
    const sheets = [open(area), open(area), open(area)];
    const pick = random(seed);
    const last = new Map();
    area.heard.length = 0;
    for (let step = 0; step < 24; step += 1) {
      const number = pick(3);
      const text = `window ${number} step ${step}`;
      type(sheets[number], { text, owner: pick(2) ? "Ada" : "" }, step + 1);
      last.set(number, text);
      if (pick(3)) sheets[number].save();
      if (!pick(3)) settle(area, sheets);
    }
    for (const sheet of sheets) sheet.save();
    settle(area, sheets);
    const size = area.size;
    settle(area, sheets);
    assert.equal(area.size, size);
    const [first, ...others] = sheets.map((sheet) => answerOf(sheet.answers, "a-b"));
    /** @param {Answer} answer */
    const words = ({ text, copies }) => [text, ...copies.map((copy) => copy.text)];
    for (const other of others) assert.deepEqual(words(other).sort(), words(first).sort(), `seed ${seed}`);
    for (const text of last.values()) {
      assert.ok(words(first).some((word) => word?.includes(text)), `seed ${seed}: ${text}`);
    }
  }
});

test("an entry that cannot be read is never merged, never grows and never goes", () => {
  for (const text of ["{", "null", "[]", '"text"', '{"text":', '{"__proto__":{"x":1}}']) {
    const area = new Area();
    started(area);
    const sheets = [open(area), open(area)];
    const key = sheets[0].store.key(ID, PART);
    area.setItem(key, text);
    settle(area, sheets);
    assert.equal(area.getItem(key), text, "shown, not touched");
    type(sheets[0], { text: "mine" }, 5);
    type(sheets[1], { text: "theirs" }, 6);
    sheets[0].save();
    sheets[1].save();
    settle(area, sheets);
    const again = open(area);
    const read = answerOf(again.answers, "a-b");
    assert.deepEqual([read.text, read.copies.map((copy) => copy.text)], ["theirs", ["mine"]]);
    assert.deepEqual(again.store.unread(ID).map((each) => [each.part, each.text]), [[PART, text]]);
    assert.ok(area.size < 2_500, `${area.size}`);
  }
});

test("a project that cannot be read does not hide the answers, and stays", () => {
  const area = new Area();
  const first = started(area);
  type(first, { text: "there" }, 2);
  first.save();
  area.setItem(first.store.key(ID, "project"), "{damaged");
  const again = open(area);
  assert.deepEqual(again.broken, [{ part: "project", text: "{damaged" }]);
  again.change("project", { ...again.project, name: "Pool again" });
  again.save();
  const third = open(area);
  assert.deepEqual(
    [third.project.name, answerOf(third.answers, "a-b").text, third.store.unread(ID)[0].text],
    [
      "Pool again",
      "there",
      "{damaged",
    ],
  );
});

test("what is too big for the storage stops nothing else and is stored once there is room", () => {
  const area = new Area(3_000);
  const sheet = started(area);
  type(sheet, { text: "x".repeat(5_000) }, 2);
  type(sheet, { text: "small" }, 3, "answer:c-d");
  assert.throws(() => sheet.save(), StorageError);
  assert.equal(answerOf(open(area).answers, "c-d").text, "small");
  assert.equal(answerOf(sheet.answers, "a-b").text.length, 5_000);
  type(sheet, { text: "still small" }, 4, "answer:c-d");
  assert.throws(() => sheet.save(), StorageError);
  assert.equal(answerOf(open(area).answers, "c-d").text, "still small");
  area.room = Infinity;
  sheet.save();
  assert.equal(answerOf(open(area).answers, "a-b").text.length, 5_000);
});

test("an answer typed while another window deletes the worksheet leaves nothing that no list shows", () => {
  const area = new Area();
  started(area);
  const sheet = open(area);
  type(sheet, { text: "typed just then" }, 2);
  sheet.store.remove(ID);
  sheet.save();
  assert.equal(sheet.deleted, true);
  assert.deepEqual(sheet.store.list(), []);
  assert.equal(area.length, 0);
  sheet.changeAll();
  sheet.save();
  assert.deepEqual([open(area).project.name, answerOf(open(area).answers, "a-b").text], [
    "Pool",
    "typed just then",
  ]);
});

test("an answer that stands without its project is listed", () => {
  const area = new Area();
  const store = new WorksheetStore(area, "/x/");
  store.write("w9", PART, { ...blank(ANSWER), text: "alone" });
  assert.deepEqual(store.list().map(({ id }) => id), ["w9"]);
});

test("notes that another window wrote and this one replaced stay beside them", () => {
  const area = new Area();
  started(area);
  const [one, other] = [open(area), open(area)];
  one.change("project", { ...one.project, notes: "from one", when: 2 });
  one.save();
  settle(area, [one, other]);
  other.change("project", { ...other.project, notes: "from the other", when: 3 });
  other.save();
  assert.deepEqual(open(area).project.copies.map(({ notes }) => notes), ["from one"]);
});
