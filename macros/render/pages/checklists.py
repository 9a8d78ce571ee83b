"""Published checklists: which questions cover each item, and what is left out."""

from __future__ import annotations

from macros.derive.coverage import coverage
from macros.render.renderer import PageContext, Renderer


def checklist_summary(renderer: Renderer, context: PageContext) -> str:
    """Print how many items of each checklist are covered, outside a kickoff, or a gap."""
    return renderer.render(
        "reference/checklist_summary.html.jinja", context, checklists=coverage(renderer.playbook)
    )
