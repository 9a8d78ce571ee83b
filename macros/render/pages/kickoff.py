"""The first meeting: its sheet, its agendas, and the worked example."""

from __future__ import annotations

from macros.derive.schedule import schedule
from macros.lookup import find
from macros.render.renderer import PageContext, Renderer


def first_meeting(renderer: Renderer, context: PageContext) -> str:
    """Print the must-ask questions with room to write: two sheets of A4."""
    return renderer.render("meeting/first_meeting.md.jinja", context)


def agenda(renderer: Renderer, context: PageContext, id: str) -> str:
    """Print an agenda line by line: when, how long, what, who."""
    agenda = find(renderer.playbook.agendas, id, "agenda")
    items = schedule(renderer.playbook, agenda)
    return renderer.render("meeting/agenda.html.jinja", context, agenda=agenda, items=items)


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
