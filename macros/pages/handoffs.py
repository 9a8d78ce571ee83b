"""Hand-offs between the roles, as a matrix and as lists."""

from __future__ import annotations

from macros.handoffs import between_roles
from macros.render import PageContext, Renderer


def handoff_matrix(book: Renderer, place: PageContext) -> str:
    """Role by role, how many questions of one wait for answers of the other."""
    return book.render("handoff_matrix.html.jinja", place, handoffs=between_roles(book.playbook))


def handoff_lists(book: Renderer, place: PageContext) -> str:
    """What is behind each cell of the matrix."""
    return book.render("handoff_lists.md.jinja", place, handoffs=between_roles(book.playbook))
