"""What the home page shows: a card for each role, and a drawing of what the model needs."""

from __future__ import annotations

from collections.abc import Sequence

from macros.model.question import Role
from macros.render.renderer import PageContext, Renderer


def doors(renderer: Renderer, context: PageContext) -> str:
    """Print a card for each role that leads to its page."""
    counts = {
        role.id: sum(question.role == role.id for question in renderer.playbook.live)
        for role in renderer.vocabulary.roles
    }
    return renderer.render("reference/doors.html.jinja", context, counts=counts)


def context_picture(renderer: Renderer, context: PageContext) -> str:
    """Print a drawing of context that flows to the model, with the must-ask questions' titles."""
    return renderer.render("figures/context.svg.jinja", context, streams=_streams(renderer))


def _streams(renderer: Renderer) -> list[tuple[Role, list[str]]]:
    rows = []
    for role in renderer.vocabulary.roles:
        titles = [
            q.title for q in renderer.playbook.live if q.role == role.id and q.priority == "must"
        ]
        rows.append((role, _wrap(titles, 44)))
    return rows


def _wrap(titles: Sequence[str], width: int) -> list[str]:
    """Join titles with middle dots into lines of at most `width` characters."""
    lines: list[str] = []
    for title in titles:
        if lines and len(lines[-1]) + len(title) + 3 <= width:
            lines[-1] += f" · {title}"
        else:
            lines.append(title)
    return lines
