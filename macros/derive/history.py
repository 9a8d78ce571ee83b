"""What happened to the questions, from the days in their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.model.question import Playbook, Question


@dataclass(frozen=True)
class Event:
    """One thing that happened to a question."""

    question: Question
    day: date
    kind: Literal["added", "reworded", "renamed", "moved", "retired"]
    edition: str | None
    """The first edition that has it, or None where that is still to come."""
    what: str | None = None
    previous_id: str | None = None


def history(playbook: Playbook) -> list[Event]:
    """Return what happened to every question, the latest first."""
    events = [event for question in playbook.questions for event in _events(playbook, question)]
    return sorted(events, key=lambda event: event.day, reverse=True)


def latest_day(playbook: Playbook) -> date:
    """Return the day of the latest change or edition."""
    days = [question.last_changed for question in playbook.questions]
    return max([*days, *(edition.day for edition in playbook.editions)])


def _events(playbook: Playbook, question: Question) -> Iterator[Event]:
    def edition(day: date) -> str | None:
        return next((each.id for each in playbook.editions if each.day >= day), None)

    yield Event(question, question.since, "added", edition(question.since))
    previous_ids = iter(question.previous_ids)
    for change in question.changes:
        yield Event(
            question,
            change.day,
            change.kind,
            edition(change.day),
            question.retired_because if change.kind == "retired" else change.what,
            next(previous_ids, None) if change.kind == "renamed" else None,
        )
