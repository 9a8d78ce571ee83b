"""Which questions a first meeting asks, in which order, and when. Plain functions, no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from macros.model.meeting import Agenda, Step
from macros.model.question import Playbook, Question

LEAST_MINUTES = 2


@dataclass(frozen=True)
class AgendaItem:
    """One line of an agenda: a part of the meeting, or one question of a round."""

    start: int
    minutes: int
    step: Step
    question: Question | None = None


def schedule(playbook: Playbook, agenda: Agenda) -> list[AgendaItem]:
    """Return an agenda line by line.

    In: the playbook, and one of its agendas. Out: its lines in order; the minutes of a round are
    shared among its questions, whole minutes each, the first ones getting what is left over.
    Raises nothing.
    """
    items: list[AgendaItem] = []
    start = 0
    for step in agenda.steps:
        asked = in_order_of_need(asked_in(step, playbook.questions), playbook)
        if not asked:
            items.append(AgendaItem(start, step.minutes, step))
            start += step.minutes
        for minutes, question in zip(_shared(step.minutes, len(asked)), asked, strict=True):
            items.append(AgendaItem(start, minutes, step, question))
            start += minutes
    return items


def asked_in(step: Step, questions: Sequence[Question]) -> list[Question]:
    """Return the questions of a step: of its priority and stages, for any kind of project.

    Where it asks for more, there follow those of other priorities for which most questions wait.
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
    """Return questions so that each comes after those whose answers it needs, however indirectly.

    Stage by stage, for no answer waits for one of a later stage (a check says so); within a stage,
    among those that may come next, by priority and then in the order of the playbook.
    """
    vocabulary = playbook.vocabulary
    stages = [stage.id for stage in vocabulary.stages]
    priorities = [priority.id for priority in vocabulary.priorities]
    needs = {question.id: question.needs for question in playbook.questions}
    wanted = {question.id: question for question in questions}
    rank = {
        question.id: (stages.index(question.stage), priorities.index(question.priority), number)
        for number, question in enumerate(playbook.questions)
    }
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    ordered: list[Question] = []
    ready: list[str] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        ready.sort(key=rank.__getitem__)
        name = ready.pop(0)
        sorter.done(name)
        if name in wanted:
            ordered.append(wanted[name])
    return ordered


def _shared(minutes: int, count: int) -> Iterator[int]:
    whole, left = divmod(minutes, count) if count else (0, 0)
    return (whole + (number < left) for number in range(count))
