"""Published checklists, item by item: which questions cover each, and what is left out."""

from __future__ import annotations

from macros.derive.coverage import coverage
from macros.render.renderer import PageContext, Renderer


def checklist_summary(renderer: Renderer, context: PageContext) -> str:
    """For each checklist, how many items are covered, beyond a kickoff's reach, and left open."""
    return renderer.render(
        "reference/checklist_summary.html.jinja", context, checklists=coverage(renderer.playbook)
    )


def checklists(renderer: Renderer, context: PageContext) -> str:
    """Every item of every checklist with the questions that cover it."""
    return renderer.render(
        "reference/checklists.md.jinja", context, checklists=coverage(renderer.playbook)
    )
