"""The worksheet: a form that is complete without script; docs/assets/worksheet.js adds the rest."""

from __future__ import annotations

from macros.agenda import in_order_of_need
from macros.render import PageContext, Renderer

# The script knows them by these names (docs/assets/worksheet/state.js); a test compares.
STATUSES = (
    ("open", "Open"),
    ("answered", "Answered"),
    ("not-applicable", "Not applicable"),
    ("unknown", "We do not know yet"),
)


def worksheet(book: Renderer, place: PageContext) -> str:
    """Every live question with room for an answer: must-ask first, each after those it needs."""
    playbook = book.playbook
    priorities = [priority.id for priority in book.vocabulary.priorities]
    ordered = in_order_of_need(playbook.live, playbook)
    return book.render(
        "worksheet.html.jinja",
        place,
        questions=sorted(ordered, key=lambda question: priorities.index(question.priority)),
        retired=[question for question in playbook.questions if not question.live],
        statuses=STATUSES,
    )
