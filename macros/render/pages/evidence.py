"""What is known from elsewhere: popular claims and documented failures."""

from __future__ import annotations

from typing import get_args

from macros.lookup import choose
from macros.model.reference import Failure
from macros.render.renderer import PageContext, Renderer


def claims(book: Renderer, place: PageContext) -> str:
    """Popular claims, what their sources say, and what to say instead."""
    return book.render("reference/claims.md.jinja", place, claims=book.playbook.claims)


def failures(book: Renderer, place: PageContext, of: str) -> str:
    """Documented failures of kickoffs, or of projects, each with the questions it lacked."""
    kind = choose(of, get_args(Failure.model_fields["kind"].annotation), "failures of")
    shown = [failure for failure in book.playbook.failures if failure.kind == kind]
    return book.render("reference/failures.md.jinja", place, failures=shown)
