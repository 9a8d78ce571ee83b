"""How a worksheet changes, how two versions of one become one, and what a meeting asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.browser.firefox import Window
from tests.browser.worksheet.sheets import answers, ask, sheets
from tests.browser.worksheet.test_formats import for_all

MERGE = """
  const full = (record) => record && { ...state.blank(state.ANSWER), ...record };
  const [base, mine, theirs] = [given.base, given.mine, given.theirs].map(full);
  return [
    state.merge(state.ANSWER, base, mine, theirs),
    state.merge(state.ANSWER, base, theirs, mine),
  ];
"""


def test_merging_loses_no_words_and_both_windows_come_to_the_same(window: Window) -> None:
    def check(three: tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]) -> None:
        base, mine, theirs = three
        mine, theirs = {**mine, "rev": "a"}, {**theirs, "rev": "b"}
        one, other = ask(window, MERGE, base=base, mine=mine, theirs=theirs)
        assert one == other
        for field in ("text", "owner", "next"):
            before = base[field] if base else ""
            found = [one[field], *(copy.get(field) for copy in one["copies"])]
            for side in (mine, theirs):
                if side[field] not in (before, ""):
                    assert side[field] in found, f"{field} {side[field]!r} is lost"

    for_all(st.tuples(st.none() | answers(), answers(), answers()), check)


def test_two_who_change_different_fields_both_have_their_way(window: Window) -> None:
    base = {"text": "old", "owner": "Ada"}
    merged, _ = ask(
        window,
        MERGE,
        base=base,
        mine={**base, "text": "new", "when": 1},
        theirs={**base, "owner": "Grace", "when": 2},
    )
    assert (merged["text"], merged["owner"], merged["copies"]) == ("new", "Grace", [])


def test_a_copy_that_was_dropped_does_not_come_back(window: Window) -> None:
    base = {"text": "a", "copies": [{"when": 1, "text": "b"}]}
    merged, _ = ask(
        window,
        MERGE,
        base=base,
        mine={**base, "copies": [], "when": 2},
        theirs={**base, "owner": "Ada", "when": 3},
    )
    assert merged["copies"] == []


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("open", "An answer", "answered"),
        ("open", "   ", "open"),
        ("answered", "", "open"),
        ("unknown", "Some", "unknown"),
        ("not-applicable", "Because", "not-applicable"),
    ],
)
def test_the_status_follows_the_text_unless_somebody_chose_one(
    window: Window, before: str, typed: str, after: str
) -> None:
    body = """
      const start = { ...state.blank(state.ANSWER), status: given.before };
      return state.edit(start, "text", given.typed, { title: "T", ask: "A?" }, 5);
    """
    changed = ask(window, body, before=before, typed=typed)
    assert changed["status"] == after
    assert (changed["title"], changed["wording"], changed["when"]) == ("T", "A?", 5)


def test_a_reworded_question_is_noticed_and_one_with_other_spaces_is_not(window: Window) -> None:
    body = """
      const then = { title: "T", ask: "What  is it?" };
      const answer = state.edit(state.blank(state.ANSWER), "text", "x", then, 1);
      return ["What is it?", "What\\n is it? ", "What was it?"].map((ask) =>
        state.isReworded(answer, { ask }));
    """
    assert ask(window, body) == [False, False, True]


def test_an_answer_follows_its_question_to_a_new_name(window: Window) -> None:
    body = """
      const record = (text, when) => ({ ...state.blank(state.ANSWER), text, when });
      const answers = new Map([
        ["old-name", record("first", 1)],
        ["new-name", record("second", 2)],
      ]);
      const now = [{ id: "new-name", was: ["old-name"] }];
      const moved = state.underNewNames(answers, now);
      return [...moved];
    """
    [(name, answer)] = ask(window, body)
    assert name == "new-name"
    assert answer["text"] == "second"
    assert [copy["text"] for copy in answer["copies"]] == ["first"]


# ---- What a meeting asks ----


def question(name: str, **more: Any) -> dict[str, Any]:
    start = {"id": name, "role": "business", "stage": "frame", "priority": "should"}
    return {**start, "kinds": ["any"], "needs": [], "was": [], "title": name, "ask": "?", **more}


PLAN = """
  const project = { ...state.blank(state.PROJECT), ...given.project };
  const { lines, left, ...rest } = agenda.plan(given.questions, project, known);
  return {
    ...rest,
    lines: lines.map(({ question, start }) => [question.id, start]),
    left: left.map(({ question, why }) => [question.id, why]),
  };
"""


def test_what_must_be_asked_is_chosen_first_and_the_rest_while_there_is_time(
    window: Window,
) -> None:
    listed = [question(f"should-{n}") for n in range(3)] + [question("must-be", priority="must")]
    plan = ask(window, PLAN, questions=listed, project={"minutes": 10})
    # A minute to open, one to close, two for each question, in the order they came in.
    assert plan["lines"] == [["should-0", 1], ["should-1", 3], ["should-2", 5], ["must-be", 7]]
    shorter = ask(window, PLAN, questions=listed, project={"minutes": 6})
    assert [name for name, _ in shorter["lines"]] == ["should-0", "must-be"]
    reasons = dict(shorter["left"])
    assert reasons == dict.fromkeys(["should-1", "should-2"], "no time left in 6 minutes")


@pytest.mark.parametrize(
    ("more", "project", "why"),
    [
        ({"role": "engineering"}, {"absent": ["engineering"]}, "nobody is here from: engineering"),
        ({"stage": "data"}, {"stage": "frame"}, "belongs to the stage: data"),
        ({"kinds": ["language-model"]}, {}, "only for: language-model"),
    ],
)
def test_what_does_not_fit_is_left_out_with_the_reason_unless_somebody_adds_it(
    window: Window, more: dict[str, Any], project: dict[str, Any], why: str
) -> None:
    asked = [question("a-b", **more)]
    assert ask(window, PLAN, questions=asked, project=project)["left"] == [["a-b", why]]
    added = ask(window, PLAN, questions=asked, project={**project, "extra": ["a-b"]})
    assert added["left"] == []
    assert [name for name, _ in added["lines"]] == ["a-b"]


def test_what_is_added_takes_nobodys_place_and_too_much_is_said(window: Window) -> None:
    listed = [question(f"q-{n}") for n in range(6)]
    plan = ask(window, PLAN, questions=listed, project={"minutes": 10, "extra": ["q-5"]})
    assert [name for name, _ in plan["lines"]] == ["q-0", "q-1", "q-2", "q-3", "q-5"]
    assert (plan["total"], plan["over"]) == (12, 2)
    same = ask(window, PLAN, questions=listed, project={"minutes": 10, "extra": ["q-1"]})
    assert (len(same["lines"]), same["over"]) == (4, 0)


def test_what_is_taken_out_makes_room_for_the_next(window: Window) -> None:
    listed = [question(f"q-{n}") for n in range(6)]
    plan = ask(window, PLAN, questions=listed, project={"minutes": 10, "omit": ["q-0"]})
    assert [name for name, _ in plan["lines"]] == ["q-1", "q-2", "q-3", "q-4"]
    assert ["q-0", "you took it out"] in plan["left"]


def test_joining_loses_no_words_and_what_is_here_holds(window: Window) -> None:
    body = """
      const both = state.joined(make(given.mine), make(given.theirs), 99);
      return plain(both);
    """

    def check(two: tuple[dict[str, Any], dict[str, Any]]) -> None:
        mine, theirs = two
        both = ask(window, body, mine=mine, theirs=theirs)
        found = {each["question"]: each for each in both["answers"]}
        for answer in mine["answers"]:
            if answer["text"]:
                assert found[answer["question"]]["text"] == answer["text"]
        for answer in theirs["answers"]:
            if answer["text"]:
                kept = found[answer["question"]]
                assert answer["text"] in [kept["text"], *(c.get("text") for c in kept["copies"])]

    for_all(st.tuples(sheets(), sheets()), check)


def test_not_applicable_counts_as_settled_and_unknown_does_not(window: Window) -> None:
    body = """
      const answers = new Map(Object.entries(given.status).map(([id, status]) =>
        [id, { ...state.blank(state.ANSWER), status }]));
      const open = state.openPoints(given.questions, answers).map(({ id }) => id);
      return { ...state.progress(given.questions, answers), open };
    """
    listed = [question(name) for name in ("a-a", "b-b", "c-c", "d-d")]
    status = {"a-a": "answered", "c-c": "not-applicable", "d-d": "unknown"}
    found = ask(window, body, questions=listed, status=status)
    assert (found["done"], found["of"]) == (2, 4)
    assert found["open"] == ["d-d", "b-b"]


# ---- What comes from outside ----

READ = """
  try {
    const { sheet } = files.readFile(given.text);
    return { read: plain(sheet), polluted: ({}).x ?? null };
  } catch (error) {
    if (!(error instanceof state.Refused)) throw error;
    return { refused: error.message, polluted: ({}).x ?? null };
  }
"""
ANSWER = {"question": "business-goal", "text": "<img src=x onerror=alert(1)>"}
GOOD = {
    "format": "ml-needs-support worksheet",
    "schema_version": 1,
    "saved": "2026-11-24T10:00:00.000Z",
    "id": "w1",
    "project": {"name": "Pool"},
    "answers": [ANSWER],
}


def with_(**more: Any) -> str:
    return json.dumps({**GOOD, **more})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a worksheet file"),
        ("# Kickoff", "not a worksheet file"),
        ("{", "damaged"),
        (json.dumps(GOOD)[:-20], "damaged"),
        ("null", "not a worksheet"),
        ("[]", "not a worksheet"),
        ('{"__proto__":{"x":1}}', "not a worksheet"),
        (json.dumps(GOOD)[:-1] + ',"__proto__":{"x":1}}', "not a worksheet"),
        (with_(format="other"), "not a worksheet"),
        (with_(schema_version=2), "newer edition"),
        (with_(schema_version="1"), "does not say its version"),
        (with_(answers={}), "no list of answers"),
        (with_(answers=[{**ANSWER, "text": "x" * 5_000_000}]), "larger than 4.5 MB"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_is_none_is_refused_and_says_why(window: Window, text: str, said: str) -> None:
    found = ask(window, READ, text=text)
    assert said in found["refused"]
    assert found["polluted"] is None


OTHER = {"question": "customer-need", "text": "beside it"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"strange": 1}, "“strange”"),
        ({"answers": [1, OTHER]}, "is not a record"),
        ({"answers": [{**ANSWER, "question": "__proto__"}, OTHER]}, "cannot be the name"),
        ({"answers": [{**ANSWER, "question": 7}, OTHER]}, "cannot be the name of a question"),
        ({"answers": [OTHER, OTHER]}, "twice"),
        *(
            ({"answers": [{**ANSWER, **field}, OTHER]}, f"“{next(iter(field))}” cannot be used")
            for field in (
                {"text": 5},
                {"status": "done"},
                {"due": "soon"},
                {"decision": "yes"},
                {"colour": "red"},
                {"copies": "x"},
            )
        ),
        ({"project": {"minutes": -1}}, "“minutes” cannot be used"),
        ({"project": {"name": None}}, "“name” cannot be used"),
        ({"project": [1]}, "The project is not a record"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_file_holds_beside_a_fault_is_read_and_the_fault_is_said(
    window: Window, more: dict[str, Any], said: str
) -> None:
    body = "const { sheet, unread } = files.readFile(given.text); return [plain(sheet), unread];"
    sheet, unread = ask(window, body, text=with_(**{"answers": [OTHER], **more}))
    assert any(said in each for each in unread), unread
    [read] = [each for each in sheet["answers"] if each["question"] == OTHER["question"]]
    assert read["text"] == OTHER["text"]


@pytest.mark.parametrize("part", ['"name"', '"question"'])
def test_a_file_changes_nothing_that_all_objects_share(window: Window, part: str) -> None:
    text = json.dumps(GOOD).replace(f"{{{part}", f'{{"__proto__":{{"x":1}},{part}')
    found = ask(window, READ, text=text)
    assert found["polluted"] is None
    assert "read" in found


def test_markup_in_a_file_stays_text(window: Window) -> None:
    found = ask(window, READ, text=with_())
    assert found["read"]["answers"][0]["text"] == "<img src=x onerror=alert(1)>"


READ_LINK = """
  const mark = await files.linkMark("w1", make(given.sheet), []);
  const read = async (text) => {
    try {
      return plain((await files.readLink(text, [], 5)).sheet);
    } catch (error) {
      if (!(error instanceof state.Refused)) throw error;
      return error.message;
    }
  };
  const out = [];
  for (let at = 0; at < mark.length - 3; at += 1) {
    const other = mark[at + 3] === "A" ? "B" : "A";
    const start = mark.slice(0, at + 3);
    out.push(await read(start), await read(start + other + mark.slice(at + 4)));
  }
  return out;
"""


def test_a_link_cut_or_changed_at_any_place_is_refused(window: Window) -> None:
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": "a-b", "text": "An answer."}]}
    for said in ask(window, READ_LINK, sheet=sheet):
        assert isinstance(said, str), said
        assert "damaged" in said


def test_a_link_that_unpacks_to_far_too_much_is_refused(window: Window) -> None:
    body = """
      const answer = { question: "a-b", text: "x".repeat(4_900_000) };
      const sheet = make({ project: {}, answers: [answer] });
      const mark = await files.linkMark("w1", sheet, []);
      const failed = (error) => [mark.length, error.message];
      return files.readLink(mark, [], 5).then(() => "read", failed);
    """
    length, said = ask(window, body)
    assert length < 20_000
    assert "holds more than any" in said
