"""What a meeting asks, and why not the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from macros.derive.schedule import schedule
from tests.built_page import built_page, only
from tests.modules.node import Node
from tests.modules.sheets import ask, question
from tests.tiny import real_playbook

PLAN = """
  const project = { ...state.blank(state.PROJECT), ...given.project };
  const agendas = given.agendas ?? known.agendas;
  const { lines, left, ...rest } = agenda.plan(given.questions, project, { ...known, agendas });
  return {
    ...rest,
    lines: lines.map(({ question, start }) => [question.id, start]),
    left: left.map(({ question, why }) => [question.id, why]),
  };
"""


def test_what_must_be_asked_is_chosen_first_and_the_rest_while_there_is_time(
    node: Node,
) -> None:
    listed = [question(f"should-{n}") for n in range(3)] + [question("must-be", priority="must")]
    plan = ask(node, PLAN, questions=listed, project={"minutes": 10})
    # A minute to open, one to close, two for each question, in the order they came in.
    assert plan["lines"] == [["should-0", 1], ["should-1", 3], ["should-2", 5], ["must-be", 7]]
    shorter = ask(node, PLAN, questions=listed, project={"minutes": 6})
    assert [name for name, _ in shorter["lines"]] == ["should-0", "must-be"]
    reasons = dict(shorter["left"])
    assert reasons == dict.fromkeys(["should-1", "should-2"], "no time left in 6 minutes")


@pytest.mark.parametrize(
    ("more", "project", "why"),
    [
        ({"role": "engineering"}, {"absent": ["engineering"]}, "not in the room: engineering"),
        ({"stage": "data"}, {"stage": "frame"}, "belongs to another stage: data"),
        ({"kinds": ["language-model"]}, {}, "only for: language-model"),
    ],
)
def test_what_does_not_fit_is_left_out_with_the_reason_unless_somebody_adds_it(
    node: Node, more: dict[str, Any], project: dict[str, Any], why: str
) -> None:
    asked = [question("a-b", **more)]
    assert ask(node, PLAN, questions=asked, project=project)["left"] == [["a-b", why]]
    added = ask(node, PLAN, questions=asked, project={**project, "extra": ["a-b"]})
    assert added["left"] == []
    assert [name for name, _ in added["lines"]] == ["a-b"]


def test_a_kind_of_project_is_asked_what_is_only_for_it(node: Node) -> None:
    asked = [question("a-b", kinds=["language-model"])]
    plan = ask(node, PLAN, questions=asked, project={"kind": "language-model"})
    assert [name for name, _ in plan["lines"]] == ["a-b"]


def test_what_is_only_for_a_kind_of_project_comes_before_what_is_for_any(node: Node) -> None:
    """However many questions wait for the others, or choosing the kind would change nothing."""
    awaited = [question(f"q-{n}") for n in range(4)]
    waiting = [question(f"w-{n}", needs=[each["id"]]) for n, each in enumerate(awaited)]
    special = question("a-b", kinds=["language-model"])
    project = {"kind": "language-model", "minutes": 10}
    plan = ask(node, PLAN, questions=[*awaited, *waiting, special], project=project)
    assert "a-b" in [name for name, _ in plan["lines"]]


def test_what_is_added_takes_nobodys_place_and_too_much_is_said(node: Node) -> None:
    listed = [question(f"q-{n}") for n in range(6)]
    plan = ask(node, PLAN, questions=listed, project={"minutes": 10, "extra": ["q-5"]})
    assert [name for name, _ in plan["lines"]] == ["q-0", "q-1", "q-2", "q-3", "q-5"]
    assert (plan["total"], plan["over"]) == (12, 2)
    same = ask(node, PLAN, questions=listed, project={"minutes": 10, "extra": ["q-1"]})
    assert (len(same["lines"]), same["over"]) == (4, 0)


def test_what_is_taken_out_makes_room_for_the_next(node: Node) -> None:
    listed = [question(f"q-{n}") for n in range(6)]
    plan = ask(node, PLAN, questions=listed, project={"minutes": 10, "omit": ["q-0"]})
    assert [name for name, _ in plan["lines"]] == ["q-1", "q-2", "q-3", "q-4"]
    assert ["q-0", "you took it out"] in plan["left"]


@pytest.fixture(scope="module")
def form(built_site: Path) -> dict[str, Any]:
    """What the page of the worksheet tells its script: the agendas, and the questions in order."""
    page = built_page(built_site, "kickoff/worksheet/")
    sections = page.select("[data-question][data-ask]")
    sections.sort(key=lambda each: int(str(each["data-place"])))

    def question_of(section: Any) -> dict[str, Any]:
        told = {name: section[f"data-{name}"] for name in ("role", "stage", "priority", "title")}
        lists = {name: section[f"data-{name}"].split() for name in ("kinds", "needs")}
        return question(section["data-question"], **told, **lists)

    return {
        "agendas": json.loads(str(only(page, "[data-agendas]")["data-agendas"])),
        "questions": [question_of(each) for each in sections],
    }


def test_it_plans_each_meeting_as_the_playbook_does(node: Node, form: dict[str, Any]) -> None:
    """For everybody, every stage and any kind of project the outcome is the agenda of the data."""
    playbook = real_playbook()
    for agenda in {each.minutes: each for each in reversed(playbook.agendas)}.values():
        found = ask(node, PLAN, **form, project={"minutes": agenda.minutes})
        expected = schedule(playbook, agenda)
        assert found["lines"] == [
            [each.question.id, each.start] for each in expected if each.question
        ]
        steps = [(each["title"], each["start"]) for each in (*found["before"], *found["after"])]
        assert steps == [(each.step.title, each.start) for each in expected if not each.question]
        assert len(found["left"]) == len(playbook.live) - len(found["lines"])


def test_more_time_goes_to_more_questions_must_ask_first(node: Node, form: dict[str, Any]) -> None:
    musts = {item.id for item in real_playbook().must_ask}
    counts = []
    for minutes in (30, 45, 60, 120):
        found = ask(node, PLAN, **form, project={"minutes": minutes})
        asked = {name for name, _ in found["lines"]}
        assert musts <= asked or asked < musts, minutes
        counts.append(len(asked))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert musts <= asked
