"""Rules of the days on which something was published or changed. The docstring is the rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

from macros.load.entries import Entry, LoadedData
from macros.problems import Problem

# Where a day begins first: what is in the future there is in the future everywhere.
_FIRST = timezone(timedelta(hours=14))


def today() -> date:
    """Return today's date where it is latest."""
    return datetime.now(_FIRST).date()


def days_have_come(loaded: LoadedData) -> Iterator[Problem]:
    """The day of a question, a change, an edition or a comparison is not in the future."""
    latest = today()
    for entry, inner, day in _days(loaded):
        if day > latest:
            message = f"'{inner[-1]}' is {day}, which is in the future"
            expected = f"{latest} or an earlier day"
            yield Problem(entry.location(*inner), entry.item, message, expected)


def _days(loaded: LoadedData) -> Iterator[tuple[Entry[Any], tuple[str | int, ...], date]]:
    for entry in loaded.questions:
        yield entry, ("since",), entry.value.since
        for number, change in enumerate(entry.value.changes):
            yield entry, ("changes", number, "day"), change.day
    for edition in loaded.editions:
        yield edition, ("day",), edition.value.day
    for duty in loaded.duties:
        if "checked" not in duty.invalid_fields:
            yield duty, ("checked",), duty.value.checked


def changes_follow_one_another(loaded: LoadedData) -> Iterator[Problem]:
    """A question lists its changes in the order of their days, none before that of `since`."""
    for entry in loaded.questions:
        if entry.invalid_fields & {"since", "changes"}:
            continue
        last = entry.value.since
        for number, change in enumerate(entry.value.changes):
            if change.day < last:
                message = f"'day' is {change.day}, and what stands before it is of {last}"
                expected = "the changes in the order of their days, none before 'since'"
                location = entry.location("changes", number, "day")
                yield Problem(location, entry.item, message, expected)
            last = max(last, change.day)


def editions_follow_one_another(loaded: LoadedData) -> Iterator[Problem]:
    """The editions are listed in the order of their days, the latest last."""
    for before, entry in zip(loaded.editions, loaded.editions[1:], strict=False):
        if entry.value.day <= before.value.day and "day" not in entry.invalid_fields:
            message = f"'day' is {entry.value.day}, and '{before.id}' is of {before.value.day}"
            yield Problem(entry.location("day"), entry.item, message, "a later day")


def changes_have_a_day(loaded: LoadedData) -> Iterator[Problem]:
    """A question that was renamed, moved or retired says when, in `changes`."""
    roles: dict[str, set[str]] = defaultdict(set)
    for role, id in loaded.published.places if loaded.published else ():
        roles[id].add(role)
    for entry in loaded.questions:
        question = entry.value
        if entry.invalid_fields & {"changes", "status", "previous_ids"}:
            continue
        names = (question.id, *question.previous_ids)
        moved = any(roles[name] - {question.role} for name in names if name in roles)
        dated: Counter[str] = Counter(change.kind for change in question.changes)
        happened = {
            "renamed": (len(question.previous_ids), "previous_ids"),
            "moved": (int(moved), "role"),
            "retired": (int(not question.live), "status"),
        }
        for kind, (times, field) in happened.items():
            if dated[kind] < times:
                expected = f"'{{day: ..., kind: {kind}}}' in 'changes', with the day"
                location = entry.location(field)
                yield Problem(location, entry.item, f"was {kind} without a day", expected)


def rewording_is_explained(loaded: LoadedData) -> Iterator[Problem]:
    """A change says what is different where a question was reworded, and only there."""
    for entry in loaded.questions:
        for number, change in enumerate(entry.value.changes):
            location = entry.location("changes", number)
            if change.kind == "reworded" and not change.what:
                expected = "'what', a sentence that says what is different"
                yield Problem(location, entry.item, "was reworded, and nobody says how", expected)
            elif change.kind != "reworded" and change.what:
                message = f"has 'what' beside the kind '{change.kind}'"
                yield Problem(location, entry.item, message, "'kind: reworded', or no 'what'")
