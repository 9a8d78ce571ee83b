"""What the home page shows: a card for each role, and a drawing of what the model needs."""

from __future__ import annotations

from macros.render.renderer import PageContext, Renderer


def doors(renderer: Renderer, context: PageContext) -> str:
    """Print a card for each role that leads to its page."""
    counts = {
        role.id: sum(question.role == role.id for question in renderer.playbook.live)
        for role in renderer.vocabulary.roles
    }
    return renderer.render("reference/doors.html.jinja", context, counts=counts)


def context_picture(renderer: Renderer, context: PageContext) -> str:
    """Print a picture of what flows to the model from each role: the must-ask questions' titles."""
    titles: dict[str, list[str]] = {role.id: [] for role in renderer.vocabulary.roles}
    for question in renderer.playbook.must_ask:
        titles[question.role].append(question.title)
    streams = [(role, titles[role.id]) for role in renderer.vocabulary.roles]
    return renderer.render("figures/context.html.jinja", context, streams=streams)
