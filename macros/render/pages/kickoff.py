"""The first meeting: its sheet, its agendas, and the worked example."""

from __future__ import annotations

from collections.abc import Sequence

from macros.derive.schedule import LeftOut, by_length, further_questions, left_out, schedule
from macros.lookup import choose
from macros.model.meeting import Agenda
from macros.render.renderer import PageContext, Renderer


def first_meeting(renderer: Renderer, context: PageContext) -> str:
    """Print what first meetings ask, with room to write: two sheets of A4."""
    return renderer.render(
        "meeting/first_meeting.md.jinja", context, further=further_questions(renderer.playbook)
    )


def agendas(renderer: Renderer, context: PageContext) -> str:
    """Print every agenda line by line: when, how long, what, who. One length is open at a time."""
    playbook = renderer.playbook
    groups = by_length(playbook)
    missing = {agenda.id: left_out(playbook, agenda) for [agenda, *_] in groups}
    return renderer.render(
        "meeting/agendas.md.jinja",
        context,
        groups=groups,
        opened=_shortest_complete(groups, missing),
        missing=missing,
        schedules={agenda.id: schedule(playbook, agenda) for agenda in playbook.agendas},
    )


def _shortest_complete(
    groups: Sequence[Sequence[Agenda]], missing: dict[str, LeftOut]
) -> Sequence[Agenda]:
    """Return the shortest meeting that leaves nothing out, or else the longest."""
    complete = [
        group
        for group in groups
        if not missing[group[0].id].steps and not missing[group[0].id].musts
    ]
    return complete[0] if complete else groups[-1]


def print_button(renderer: Renderer, context: PageContext, text: str, only: str = "page") -> str:
    """Print a button that prints the page, or only its `agenda`, where a script can do that."""
    part = choose(only, ("page", "agenda"), "part to print")
    return renderer.render("meeting/print_button.html.jinja", context, text=text, only=part)


def worked_example(renderer: Renderer, context: PageContext) -> str:
    """Print each must-ask question with the example team's answer, by role."""
    answers = [
        (renderer.by_id["questions"][answer.id], answer) for answer in renderer.playbook.answers
    ]
    return renderer.render("meeting/worked_example.md.jinja", context, answers=answers)


def open_points(renderer: Renderer, context: PageContext) -> str:
    """Print what the example team did not know yet, with owner and day."""
    answers = [answer for answer in renderer.playbook.answers if answer.status == "open"]
    return renderer.render("meeting/open_points.html.jinja", context, answers=answers)
