"""The order in which pages list questions. It follows from their fields; nobody maintains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from macros.model.question import Question, Vocabulary


def in_reading_order(questions: Iterable[Question], vocabulary: Vocabulary) -> list[Question]:
    """Sort questions by role, stage and priority, each after those of its group that it needs.

    Questions that could stand in either order are sorted by title.

    Args:
        questions: The questions, whose needs form no cycle.
        vocabulary: The lists whose order is the order of the groups.
    """
    roles, stages, priorities = (
        {entry.id: number for number, entry in enumerate(entries)}
        for entries in (vocabulary.roles, vocabulary.stages, vocabulary.priorities)
    )
    groups: dict[tuple[int, int, int], list[Question]] = defaultdict(list)
    for question in questions:
        group = roles[question.role], stages[question.stage], priorities[question.priority]
        groups[group].append(question)
    return [question for group in sorted(groups) for question in _by_need(groups[group])]


def in_page_order(questions: Iterable[Question]) -> list[Question]:
    """Sort a role's questions as its page lists them: those that must be asked come first."""
    return sorted(questions, key=lambda question: question.priority != "must")


def _by_need(group: list[Question]) -> Iterator[Question]:
    by_id = {question.id: question for question in group}
    sorter = TopologicalSorter(
        {question.id: [name for name in question.needs if name in by_id] for question in group}
    )
    sorter.prepare()
    ready: list[tuple[str, str]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, (by_id[name].title.casefold(), name))
        _, name = heappop(ready)
        sorter.done(name)
        yield by_id[name]
