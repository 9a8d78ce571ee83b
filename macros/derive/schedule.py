"""Which questions a first meeting asks, in which order, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from macros.model.meeting import Agenda, Step
from macros.model.question import Playbook, Question

LEAST_MINUTES = 2


@dataclass(frozen=True)
class AgendaItem:
    """One line of an agenda: a part of the meeting, or one question of a part that asks some.

    Times are in minutes; `start` counts from the start of the meeting.
    """

    start: int
    minutes: int
    step: Step
    question: Question | None = None


@dataclass(frozen=True)
class LeftOut:
    """What an agenda has no time for: steps of other agendas, by title, and must-ask questions."""

    steps: Sequence[str]
    musts: Sequence[Question]


def by_length(playbook: Playbook) -> list[list[Agenda]]:
    """Return the agendas in groups of one length each, the shortest first.

    The first of a group is for a first meeting, the others for a second one that goes on from it.
    """
    lengths = sorted({agenda.minutes for agenda in playbook.agendas})
    return [[each for each in playbook.agendas if each.minutes == length] for length in lengths]


def left_out(playbook: Playbook, agenda: Agenda) -> LeftOut:
    """Return what other agendas of a first meeting have time for, and this one does not."""
    firsts = [first for first, *_ in by_length(playbook)]
    own = {step.title for step in agenda.steps}
    titles = [step.title for each in firsts for step in each.steps if step.priority is None]
    asked = {question.id for question in _asked(agenda, playbook)}
    must_ask = playbook.must_ask
    musts = {q.id: q for each in firsts for q in _asked(each, playbook) if q in must_ask}
    return LeftOut(
        [title for title in dict.fromkeys(titles) if title not in own],
        [question for id, question in musts.items() if id not in asked],
    )


def lengths_that_ask(playbook: Playbook) -> dict[str, list[int]]:
    """Return in how many minutes a first meeting asks each question, the shortest first, by id.

    Questions that no agenda asks are left out.
    """
    lengths: dict[str, list[int]] = {}
    for first, *_ in by_length(playbook):
        for question in _asked(first, playbook):
            lengths.setdefault(question.id, []).append(first.minutes)
    return lengths


def further_questions(playbook: Playbook) -> list[tuple[int, list[Question]]]:
    """Return what longer first meetings ask beyond the must-ask questions.

    Returns:
        For each length in minutes, the shortest first, the questions that no shorter meeting asks,
        in the order of the agenda. A length that adds none is left out.
    """
    known = {question.id for question in playbook.must_ask}
    found = []
    for first, *_ in by_length(playbook):
        new = in_order_of_need((q for q in _asked(first, playbook) if q.id not in known), playbook)
        known |= {question.id for question in new}
        if new:
            found.append((first.minutes, new))
    return found


def schedule(playbook: Playbook, agenda: Agenda) -> list[AgendaItem]:
    """Return the lines of one of the playbook's agendas, in order.

    A step's time is divided among its questions in whole minutes; the first ones get the remainder.
    """
    items: list[AgendaItem] = []
    start = 0
    for step in agenda.steps:
        asked = in_order_of_need(_asked_in(step, playbook), playbook)
        if not asked:
            items.append(AgendaItem(start, step.minutes, step))
            start += step.minutes
        for minutes, question in zip(_shared(step.minutes, len(asked)), asked, strict=True):
            items.append(AgendaItem(start, minutes, step, question))
            start += minutes
    return items


def asked_in(step: Step, questions: Sequence[Question]) -> list[Question]:
    """Return the questions of a step: of its priority and stages, for any kind of project.

    If the step asks for extra questions, append that many of other priorities, the most needed by
    other questions first.
    """
    if step.priority is None:
        return []
    for_any = [question for question in questions if question.live and "any" in question.applies_to]
    asked = [
        question
        for question in for_any
        if question.priority == step.priority
        and question.stage in (step.stages or [question.stage])
    ]
    others = [
        question
        for question in for_any
        if question.priority != step.priority
        and question.stage in (step.extra_stages or [question.stage])
    ]
    waiting = Counter(needed for each in questions if each.live for needed in each.needs)
    return asked + sorted(others, key=lambda other: -waiting[other.id])[: step.extra_count]


def in_order_of_need(questions: Iterable[Question], playbook: Playbook) -> list[Question]:
    """Sort questions so that each comes after those it needs, directly or indirectly.

    The order is by stage, as a check makes sure that no question needs one of a later stage.
    Within a stage, it is by priority, then the order of the playbook.
    """
    stages = [stage.id for stage in playbook.vocabulary.stages]
    priorities = [priority.id for priority in playbook.vocabulary.priorities]
    places = _places_in_order(
        tuple(
            (each.id, each.needs, stages.index(each.stage), priorities.index(each.priority))
            for each in playbook.questions
        )
    )
    wanted = {question.id: question for question in questions}
    return sorted(wanted.values(), key=lambda question: places[question.id])


# A build asks for the same order hundreds of times: for each step of each agenda on each page.
@lru_cache(maxsize=8)
def _places_in_order(
    questions: tuple[tuple[str, tuple[str, ...], int, int], ...],
) -> dict[str, int]:
    """Return the place of each question, given its id, what it needs, its stage and priority."""
    rank = {id: (*ranks, number) for number, (id, _, *ranks) in enumerate(questions)}
    sorter = TopologicalSorter({id: needs for id, needs, *_ in questions})
    sorter.prepare()
    places: dict[str, int] = {}
    ready: list[tuple[tuple[int, ...], str]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, (rank[name], name))
        _, name = heappop(ready)
        sorter.done(name)
        places[name] = len(places)
    return places


def _asked(agenda: Agenda, playbook: Playbook) -> list[Question]:
    return [question for step in agenda.steps for question in _asked_in(step, playbook)]


def _asked_in(step: Step, playbook: Playbook) -> list[Question]:
    # Of questions that are equally needed the earlier one is asked, as the worksheet does.
    return asked_in(step, in_order_of_need(playbook.questions, playbook))


def _shared(minutes: int, count: int) -> Iterator[int]:
    whole, left = divmod(minutes, count) if count else (0, 0)
    return (whole + (number < left) for number in range(count))
