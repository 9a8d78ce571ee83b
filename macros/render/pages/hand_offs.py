"""Hand-offs between the roles, as a matrix and as lists."""

from __future__ import annotations

from macros.derive.dependencies import between_roles, most_awaited_answers
from macros.render.renderer import PageContext, Renderer


def handoff_matrix(renderer: Renderer, context: PageContext) -> str:
    """Print how many questions of each role wait for answers of each other role."""
    return renderer.render(
        "reference/handoff_matrix.html.jinja", context, handoffs=between_roles(renderer.playbook)
    )


def handoff_lists(renderer: Renderer, context: PageContext) -> str:
    """Print the answers and the waiting questions behind each cell of the matrix."""
    return renderer.render(
        "reference/handoff_lists.md.jinja", context, handoffs=between_roles(renderer.playbook)
    )


def most_awaited(renderer: Renderer, context: PageContext) -> str:
    """Print the five answers, over all roles, that most questions wait for."""
    awaited = most_awaited_answers(renderer.playbook, 5)
    return renderer.render("reference/most_awaited.html.jinja", context, awaited=awaited)
