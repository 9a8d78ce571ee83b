"""Hand-offs between the roles, as a matrix and as lists."""

from __future__ import annotations

from macros.derive.dependencies import between_roles, most_awaited_answers
from macros.render.renderer import PageContext, Renderer


def handoff_matrix(renderer: Renderer, context: PageContext) -> str:
    """Role by role, how many questions of one wait for answers of the other."""
    return renderer.render(
        "reference/handoff_matrix.html.jinja", context, handoffs=between_roles(renderer.playbook)
    )


def handoff_lists(renderer: Renderer, context: PageContext) -> str:
    """What is behind each cell of the matrix."""
    return renderer.render(
        "reference/handoff_lists.md.jinja", context, handoffs=between_roles(renderer.playbook)
    )


def most_awaited(renderer: Renderer, context: PageContext) -> str:
    """The five answers for which most questions wait, over all roles."""
    awaited = most_awaited_answers(renderer.playbook, 5)
    return renderer.render("reference/most_awaited.html.jinja", context, awaited=awaited)
