"""How a worksheet changes, how two versions of one become one, and how far it got."""

from __future__ import annotations

from typing import Any

import pytest

from tests.made_up import st
from tests.modules.node import Node
from tests.modules.sheets import answers, ask, for_all, question, sheets

MERGE = """
  const full = (record) => record && { ...state.blank(state.ANSWER), ...record };
  const [base, mine, theirs] = [given.base, given.mine, given.theirs].map(full);
  return [
    state.merge(state.ANSWER, base, mine, theirs),
    state.merge(state.ANSWER, base, theirs, mine),
  ];
"""


def test_merging_loses_no_words_and_both_windows_come_to_the_same(node: Node) -> None:
    def check(three: tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]) -> None:
        base, mine, theirs = three
        mine, theirs = {**mine, "rev": "a"}, {**theirs, "rev": "b"}
        one, other = ask(node, MERGE, base=base, mine=mine, theirs=theirs)
        assert one == other
        for field in ("text", "owner", "next"):
            before = base[field] if base else ""
            found = [one[field], *(copy.get(field) for copy in one["copies"])]
            for side in (mine, theirs):
                if side[field] not in (before, ""):
                    assert side[field] in found, f"{field} {side[field]!r} is lost"

    for_all(st.tuples(st.none() | answers(), answers(), answers()), check)


def test_two_who_change_different_fields_both_have_their_way(node: Node) -> None:
    base = {"text": "old", "owner": "Ada"}
    merged, _ = ask(
        node,
        MERGE,
        base=base,
        mine={**base, "text": "new", "when": 1},
        theirs={**base, "owner": "Grace", "when": 2},
    )
    assert (merged["text"], merged["owner"], merged["copies"]) == ("new", "Grace", [])


def test_a_copy_that_was_dropped_does_not_come_back(node: Node) -> None:
    base = {"text": "a", "copies": [{"when": 1, "text": "b"}]}
    merged, _ = ask(
        node,
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
    node: Node, before: str, typed: str, after: str
) -> None:
    body = """
      const start = { ...state.blank(state.ANSWER), status: given.before };
      return state.edit(start, "text", given.typed, { title: "T", ask: "A?" }, 5);
    """
    changed = ask(node, body, before=before, typed=typed)
    assert changed["status"] == after
    assert (changed["title"], changed["wording"], changed["when"]) == ("T", "A?", 5)


def test_a_reworded_question_is_noticed_and_one_with_other_spaces_is_not(node: Node) -> None:
    body = """
      const then = { title: "T", ask: "What  is it?" };
      const answer = state.edit(state.blank(state.ANSWER), "text", "x", then, 1);
      return ["What is it?", "What\\n is it? ", "What was it?"].map((ask) =>
        state.isReworded(answer, { ask }));
    """
    assert ask(node, body) == [False, False, True]


def test_an_answer_follows_its_question_to_a_new_name(node: Node) -> None:
    body = """
      const record = (text, when) => ({ ...state.blank(state.ANSWER), text, when });
      const answers = new Map([
        ["old-name", record("first", 1)],
        ["new-name", record("second", 2)],
      ]);
      const now = [{ id: "new-name", previousIds: ["old-name"] }];
      const moved = state.underNewNames(answers, now);
      return [...moved];
    """
    [(name, answer)] = ask(node, body)
    assert name == "new-name"
    assert answer["text"] == "second"
    assert [copy["text"] for copy in answer["copies"]] == ["first"]


def test_joining_loses_no_words_and_what_is_here_holds(node: Node) -> None:
    body = """
      const both = state.importAnswers(make(given.mine), make(given.theirs), 99);
      return plain(both);
    """

    def check(two: tuple[dict[str, Any], dict[str, Any]]) -> None:
        mine, theirs = two
        both = ask(node, body, mine=mine, theirs=theirs)
        found = {each["question"]: each for each in both["answers"]}
        for answer in mine["answers"]:
            if answer["text"]:
                assert found[answer["question"]]["text"] == answer["text"]
        for answer in theirs["answers"]:
            if answer["text"]:
                kept = found[answer["question"]]
                assert answer["text"] in [kept["text"], *(c.get("text") for c in kept["copies"])]

    for_all(st.tuples(sheets(), sheets()), check)


def test_not_applicable_counts_as_settled_and_unknown_does_not(node: Node) -> None:
    body = """
      const answers = new Map(Object.entries(given.status).map(([id, status]) =>
        [id, { ...state.blank(state.ANSWER), status }]));
      const open = state.openPoints(given.questions, answers).map(({ id }) => id);
      return { ...state.progress(given.questions, answers), open };
    """
    listed = [question(name) for name in ("a-a", "b-b", "c-c", "d-d")]
    status = {"a-a": "answered", "c-c": "not-applicable", "d-d": "unknown"}
    found = ask(node, body, questions=listed, status=status)
    assert (found["done"], found["of"]) == (2, 4)
    assert found["open"] == ["d-d", "b-b"]
