"""One fault for each rule that looks across entries; what each lets pass is in sound.txt."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from macros import check
from tests.tiny import (
    MENU,
    SOUP,
    Change,
    changes,
    copy_of_tiny,
    faults,
    faults_after,
    with_change,
)

FAULTS = changes("rules.txt")
ODD = "questions/kitchen/odd-signs.yml"
NEEDS_SOUP = FAULTS["circle of two"]


def add_questions(data: Path, count: int, priority: str) -> None:
    """Give the hall so many more questions."""
    for emptied in ("agendas.yml", "example.yml"):  # They speak of the questions there are.
        (data / emptied).write_text("[]\n", "utf-8")
    folder = data / "questions/hall"
    entry = (folder / "guest-count.yml").read_text("utf-8")
    for number in range(1, count + 1):
        text = entry.replace("title: Guest count", f"title: More {number}")
        text = text.replace(
            "How many guests come, and who says so?", f"Who brings dish {chr(96 + number)}?"
        )
        text = text.replace("priority: must", f"priority: {priority}")
        (folder / f"more-{number}.yml").write_text(text, "utf-8")


@pytest.mark.parametrize("change", FAULTS.values(), ids=FAULTS)
def test_a_fault_across_entries_is_named_with_its_place(change: Change, tiny_copy: Path) -> None:
    assert faults_after(tiny_copy, change) == list(change.says)


def test_a_circle_of_three_is_one_fault(tmp_path: Path) -> None:
    data = with_change(
        tmp_path,
        Change("needs: [guest-count]\n", "needs: [odd-signs]\n"),
        Change("priority: should\n", "priority: should\nneeds: [guest-count]\n", file=ODD),
        NEEDS_SOUP,
    )
    assert faults(data) == [
        f"{ODD}:11:9: odd-signs: needs go round in a circle: "
        "guest-count → soup-heat → odd-signs → guest-count; expected one of these needs taken out"
    ]


def test_each_of_two_circles_is_named(tiny_copy: Path) -> None:
    own = Change("priority: should\n", "priority: should\nneeds: [odd-signs]\n", file=ODD)
    said = faults_after(tiny_copy, own, NEEDS_SOUP)
    assert [message.split("; ")[0] for message in said] == [
        f"{ODD}:11:9: odd-signs: needs go round in a circle: odd-signs → odd-signs",
        f"{SOUP}:13:9: soup-heat: needs go round in a circle: "
        "guest-count → soup-heat → guest-count",
    ]


def test_four_must_questions_of_a_role_are_allowed(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    add_questions(data, 3, "must")
    assert faults(data) == []


def test_each_must_question_from_the_fifth_on_is_named_with_what_to_do(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    add_questions(data, 5, "must")
    expected = (
        "expected at most 4 a role: 'should' here, or in one of guest-count, more-1, more-2, more-3"
    )
    assert faults(data) == [
        f"questions/hall/more-4.yml:10:11: more-4: is 'must' question 5 of 'hall'; {expected}",
        f"questions/hall/more-5.yml:10:11: more-5: is 'must' question 6 of 'hall'; {expected}",
    ]


def test_should_questions_are_not_counted(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    add_questions(data, 9, "should")
    assert faults(data) == []


def test_retired_must_questions_are_not_counted(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    add_questions(data, 3, "must")
    path = data / MENU
    text = path.read_text("utf-8").replace("priority: should", "priority: must")
    path.write_text(text, "utf-8")
    assert faults(data) == []


def test_every_rule_says_what_it_asks() -> None:
    rules = (*check.RULES, *check.PROJECT_RULES, *check.THEME_RULES)
    assert [rule.__name__ for rule in rules if not rule.__doc__] == []


def test_every_rule_is_applied() -> None:
    rules = {
        f"{module.__name__}.{name}"
        for module in vars(check).values()
        if isinstance(module, ModuleType)
        for name, found in vars(module).items()
        if callable(found)
        and getattr(found, "__annotations__", {}).get("return") == "Iterator[Problem]"
        and not name.startswith("_")
    }
    applied = (*check.RULES, *check.PROJECT_RULES, *check.THEME_RULES)
    assert {f"{rule.__module__}.{rule.__name__}" for rule in applied} == rules
