"""The first meeting: which questions its agendas ask and when, its sheet, the worked example."""

from __future__ import annotations

from datetime import date

import pytest

from macros.derive.schedule import (
    LeftOut,
    asked_in,
    by_length,
    further_questions,
    in_order_of_need,
    left_out,
    schedule,
)
from macros.model.meeting import Agenda, Answer, Step
from macros.model.question import Playbook
from macros.render.pages import kickoff
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page, site_markdown
from tests.tiny import real_playbook

BOOK = real_playbook()


def step(**fields: object) -> Step:
    given = {"minutes": 10, "title": "A", "what": "b", "who": "c", "priority": "must", **fields}
    return Step.model_validate(given)


def page(text: str) -> Page:
    return Page(site_markdown().reset().convert(text))


@pytest.fixture
def answered(tiny: Playbook) -> Renderer:
    """The tiny playbook with both must questions answered, one of them open."""
    answers = (
        Answer(id="soup-heat", status="answered", answer="Sixty <degrees>.", owner="Cook"),
        Answer(
            id="guest-count", status="open", answer="Not yet.", owner="Host", due=date(2026, 12, 1)
        ),
    )
    return Renderer(tiny.model_copy(update={"answers": answers}))


# Agendas


def test_the_minutes_of_a_round_are_shared_and_none_is_lost(tiny: Playbook) -> None:
    agenda = Agenda(id="a", minutes=10, choose="b", steps=(step(minutes=10, priority="should"),))
    both = tiny.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"priority": "should", "applies_to": ("any",)})
                for question in tiny.questions
                if question.live
            )
        }
    )
    assert [(line.start, line.minutes) for line in schedule(both, agenda)] == [
        (0, 4),
        (4, 3),
        (7, 3),
    ]


def test_a_round_that_asks_nothing_is_one_line(tiny: Playbook) -> None:
    agenda = Agenda(id="a", minutes=10, choose="b", steps=(step(stages=["plan"]),))
    [line] = schedule(tiny, agenda)
    assert (line.question, line.minutes) == (None, 10)


def test_questions_for_one_kind_of_project_are_left_to_those_projects(tiny: Playbook) -> None:
    assert [question.id for question in asked_in(step(), tiny.questions)] == ["soup-heat"]


def test_where_only_some_are_asked_it_is_those_that_most_others_wait_for() -> None:
    round_ = step(priority="must", stages=["frame"], extra_count=4, extra_stages=["frame"])
    musts = asked_in(step(priority="must", stages=["frame"]), BOOK.questions)
    chosen = asked_in(round_, BOOK.questions)[len(musts) :]
    left = asked_in(step(priority="should", stages=["frame"]), BOOK.questions)
    least = min(len(BOOK.needed_by[question.id]) for question in chosen)
    others = [question for question in left if question not in chosen]
    assert len(chosen) == 4
    assert all(len(BOOK.needed_by[question.id]) <= least for question in others)


def test_a_question_comes_after_what_it_needs_however_indirectly(tiny: Playbook) -> None:
    soup, odd, guests, menu = tiny.questions
    chained = (
        soup.model_copy(update={"needs": ("odd-signs",)}),
        odd.model_copy(update={"needs": ("guest-count",)}),
        guests,
        menu,
    )
    book = tiny.model_copy(update={"questions": chained})
    ordered = in_order_of_need([chained[0], guests], book)
    assert [question.id for question in ordered] == ["guest-count", "soup-heat"]


def test_an_agenda_says_when_what_and_who(renderer: Renderer) -> None:
    shown = page(kickoff.agendas(renderer, PageContext(root="../../")))
    assert shown.texts("li") == [
        "0:00 3 min The host Opening. Say what the evening is for.",
        "0:03 13 min Kitchen Soup heat: How hot is each dish when it reaches the table, and who "
        "measures it?",
        "0:16 4 min The host Close. Say who does what.",
    ]
    assert "../../q/soup-heat/" in shown.links


def test_what_a_length_leaves_out_is_said(tiny: Playbook) -> None:
    """Against what other lengths have time for; a second meeting need not have it all."""
    short = tiny.agendas[0]
    opening = short.steps[0]
    quick = Agenda(id="quick", minutes=10, choose="b", steps=(opening, step(stages=["plan"])))
    again = Agenda(id="again", minutes=10, choose="b", steps=(step(minutes=10),))
    book = tiny.model_copy(update={"agendas": (short, quick, again)})
    assert [[each.id for each in group] for group in by_length(book)] == [
        ["quick", "again"],
        ["short"],
    ]
    missing = left_out(book, quick)
    assert (missing.steps, [each.id for each in missing.musts]) == (["Close"], ["soup-heat"])
    assert left_out(book, short) == LeftOut([], [])
    shown = page(kickoff.agendas(Renderer(book), PageContext()))
    assert (
        "In 10 minutes there is no time for a close, or for 1 must-ask question: Soup heat."
        in shown.texts("p")
    )
    assert [each.attributes.get("open") is not None for each in shown.all("details")] == [
        False,
        True,
    ]


# The sheet


MUSTS = [
    "Soup heat How hot is each dish when it reaches the table, and who measures it?",
    "Guest count How many guests come, and who says so?",
]


def asked_on(shown: Page) -> list[str]:
    return [each.text for each in shown.all("p") if each.attributes.get("class") == "pb-sheet__ask"]


def test_the_sheet_has_every_must_question_and_no_other(renderer: Renderer) -> None:
    shown = page(kickoff.first_meeting(renderer, PageContext(root="../../")))
    assert asked_on(shown) == MUSTS
    assert shown.texts("h2")[:-1] == ["The kitchen", "Waiters and hosts"]


def test_what_longer_meetings_ask_too_is_on_the_sheet_once(tiny: Playbook) -> None:
    short = tiny.agendas[0]
    long, longer = (
        Agenda(id=f"in-{minutes}", minutes=minutes, choose="b", steps=(step(extra_count=1),))
        for minutes in (30, 40)
    )
    others = tuple(
        question.model_copy(update={"priority": "should"})
        if question.id == "odd-signs"
        else question
        for question in tiny.questions
    )
    book = tiny.model_copy(update={"agendas": (longer, short, long), "questions": others})
    [(minutes, [extra])] = further_questions(book)
    assert minutes == 30
    shown = page(kickoff.first_meeting(Renderer(book), PageContext()))
    assert asked_on(shown) == [*MUSTS, f"{extra.title} {extra.ask}"]
    assert "More questions, if you have 30 minutes" in shown.texts("h2")


# The worked example


def test_an_answer_stands_under_its_question_with_who_answers_for_it(answered: Renderer) -> None:
    shown = page(kickoff.worked_example(answered, PageContext(root="../../")))
    assert shown.texts("h3") == ["Soup heat", "Guest count"]
    assert shown.texts("section")[0] == (
        "Soup heat How hot is each dish when it reaches the table, and who measures it? "
        "Sixty <degrees>. Owner: Cook"
    )


def test_an_open_answer_says_so_and_by_when(answered: Renderer) -> None:
    shown = page(kickoff.worked_example(answered, PageContext()))
    assert "Open, due on 1 December 2026" in shown.texts("section")[1]
    assert "Open" not in shown.texts("section")[0]


def test_the_open_points_are_listed_with_owner_and_day(answered: Renderer) -> None:
    shown = page(kickoff.open_points(answered, PageContext()))
    assert shown.texts("th")[3:] == ["Guest count"]
    assert shown.texts("td") == ["Host", "1 December 2026"]
    assert shown.links == ["#answer-guest-count"]
