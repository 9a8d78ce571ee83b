"""Published checklists, item by item: which questions cover each, and what is left out."""

from __future__ import annotations

from macros.derive.coverage import coverage
from macros.render.renderer import PageContext, Renderer


def checklist_summary(book: Renderer, place: PageContext) -> str:
    """For each checklist, how many items are covered, beyond a kickoff's reach, and left open."""
    return book.render(
        "reference/checklist_summary.html.jinja", place, checklists=coverage(book.playbook)
    )


def checklists(book: Renderer, place: PageContext) -> str:
    """Every item of every checklist with the questions that cover it."""
    return book.render("reference/checklists.md.jinja", place, checklists=coverage(book.playbook))
