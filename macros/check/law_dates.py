"""Rules of the days on which law is compared with its sources. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from macros.check import days
from macros.check.page_rules import prints
from macros.load.entries import LoadedData
from macros.load.project_files import Project
from macros.problems import Problem

# So long after its day, what a page says of the law counts as out of date.
GRACE = timedelta(days=30)


def law_is_looked_at_again_later(loaded: LoadedData) -> Iterator[Problem]:
    """The law is looked at again on a day after it was last compared with its sources."""
    for entry in loaded.duties:
        if entry.invalid_fields & {"checked", "look_again"}:
            continue
        if entry.value.look_again <= entry.value.checked:
            message = f"'look_again' is {entry.value.look_again}, not after 'checked'"
            expected = f"a day after {entry.value.checked}"
            yield Problem(entry.location("look_again"), entry.item, message, expected)


def printed_law_was_looked_at_again(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """What a page prints of the law is compared with its sources within 30 days of its day.

    A build goes on: what a fork's page says of the law gets old, but the page is no less readable.
    """
    if not prints(project, "law"):
        return
    latest = days.today()
    for entry in loaded.duties:
        day = entry.value.look_again
        if "look_again" not in entry.invalid_fields and latest > day + GRACE:
            message = f"'look_again' was {day}, {(latest - day).days} days ago"
            expected = (
                f"somebody to compare it with its sources, then 'checked: {latest}' and a later "
                "'look_again'; or no page that prints law()"
            )
            yield Problem(entry.location("look_again"), entry.item, message, expected)
