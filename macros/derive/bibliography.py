"""On which page each source is told in full, and what cites it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from macros.model.question import Playbook, Question
from macros.model.reference import Claim, Duty, Failure, Source, Term

LIST = "reference/sources/"

CitesT = TypeVar("CitesT", Question, Claim, Failure, Duty, Term)


def page_of_source(id: str) -> str:
    """Return the address of the page that tells a source in full, from the site's root.

    There is one for each first letter of their ids: an id never changes, and a page for each source
    would make a build a tenth longer.
    """
    return f"{LIST}{id[0]}/"


def sources_by_page(playbook: Playbook) -> dict[str, list[Source]]:
    """Return the sources by the address of their page, both in the order of the alphabet.

    A page that was published stays, even when no source is left on it.
    """
    pages: dict[str, list[Source]] = {page: [] for page in playbook.published_source_pages}
    for source in sorted(playbook.sources, key=lambda source: source.id):
        pages.setdefault(page_of_source(source.id), []).append(source)
    return dict(sorted(pages.items()))


def known_by(source: Source) -> str:
    """Return the authors whom people remember: nobody looks for a work by its fourth."""
    names = source.authors.replace(" et al.", " and others").split(", ")
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")


def citing(entries: Iterable[CitesT], id: str) -> list[CitesT]:
    """Return those of some entries that cite a source."""
    return [entry for entry in entries if id in entry.sources]
