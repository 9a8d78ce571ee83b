"""Popular claims and documented failures."""

from __future__ import annotations

from typing import get_args

from macros.lookup import choose
from macros.model.reference import Failure
from macros.render.renderer import PageContext, Renderer


def claims(renderer: Renderer, context: PageContext) -> str:
    """Print popular claims, what their sources say, and what to say instead."""
    return renderer.render("reference/claims.md.jinja", context, claims=renderer.playbook.claims)


def failures(renderer: Renderer, context: PageContext, of: str) -> str:
    """Print documented failures of kickoffs or of projects, each with the questions it lacked."""
    kind = choose(of, get_args(Failure.model_fields["kind"].annotation), "failures of")
    shown = [failure for failure in renderer.playbook.failures if failure.kind == kind]
    return renderer.render("reference/failures.md.jinja", context, failures=shown)
