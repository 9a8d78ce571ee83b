"""Hand-offs between the roles, as a matrix and as lists."""

from __future__ import annotations

from macros.derive.dependencies import between_roles, most_awaited_answers
from macros.render.renderer import PageContext, Renderer


def handoff_matrix(book: Renderer, place: PageContext) -> str:
    """Role by role, how many questions of one wait for answers of the other."""
    return book.render(
        "reference/handoff_matrix.html.jinja", place, handoffs=between_roles(book.playbook)
    )


def handoff_lists(book: Renderer, place: PageContext) -> str:
    """What is behind each cell of the matrix."""
    return book.render(
        "reference/handoff_lists.md.jinja", place, handoffs=between_roles(book.playbook)
    )


def most_awaited(book: Renderer, place: PageContext) -> str:
    """The five answers for which most questions wait, over all roles."""
    awaited = most_awaited_answers(book.playbook, 5)
    return book.render("reference/most_awaited.html.jinja", place, awaited=awaited)
