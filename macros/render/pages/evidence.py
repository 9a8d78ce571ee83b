"""Popular claims and documented failures."""

from __future__ import annotations

from macros.render.renderer import PageContext, Renderer


def claims(renderer: Renderer, context: PageContext) -> str:
    """Print popular claims, what their sources say, and what to say instead."""
    return renderer.render("reference/claims.md.jinja", context, claims=renderer.playbook.claims)


def failures(renderer: Renderer, context: PageContext) -> str:
    """Print documented failures by what was overlooked, with a form that filters by script."""
    questions = renderer.by_id["questions"]
    cases = [
        (failure, [questions[id] for id in failure.questions])
        for failure in renderer.playbook.failures
    ]
    groups = [
        (cause, [(failure, asked) for failure, asked in cases if failure.cause == cause.id])
        for cause in renderer.playbook.causes
    ]
    shown = [each for each in groups if each[1]]
    return renderer.render("reference/failures.md.jinja", context, groups=shown)
