"""The first meeting: its sheet, its agendas, and the worked example."""

from __future__ import annotations

from macros.derive.schedule import lines
from macros.lookup import find
from macros.render.renderer import PageContext, Renderer


def first_meeting(book: Renderer, place: PageContext) -> str:
    """The must-ask questions with room to write: two sheets of A4."""
    return book.render("meeting/first_meeting.md.jinja", place)


def agenda(book: Renderer, place: PageContext, id: str) -> str:
    """One agenda, line by line: when, how long, what, who."""
    found = find(book.playbook.agendas, id, "agenda")
    shown = lines(book.playbook, found)
    return book.render("meeting/agenda.html.jinja", place, agenda=found, lines=shown)


def worked_example(book: Renderer, place: PageContext) -> str:
    """Each must-ask question with the example team's answer, role by role."""
    answers = [(book.by_id["questions"][answer.id], answer) for answer in book.playbook.answers]
    return book.render("meeting/worked_example.md.jinja", place, answers=answers)


def open_points(book: Renderer, place: PageContext) -> str:
    """What the example team did not know yet, with owner and day."""
    answers = [answer for answer in book.playbook.answers if answer.status == "open"]
    return book.render("meeting/open_points.html.jinja", place, answers=answers)
