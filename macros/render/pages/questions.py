"""Questions on a page: whole, in lists, and inside prose."""

from __future__ import annotations

from macros.lookup import MacroError, find
from macros.render.renderer import PageContext, Renderer


def role_questions(book: Renderer, place: PageContext, role: str) -> str:
    """Every live question of a role: the must-ask ones first, then the rest by stage."""
    found = find(book.vocabulary.roles, role, "role")
    asked = [question for question in book.playbook.live if question.role == found.id]
    return book.render("questions/role_questions.md.jinja", place, role=found, questions=asked)


def role_contents(book: Renderer, place: PageContext, role: str) -> str:
    """A role's live questions in short: those for the first meeting, and the others by stage."""
    found = find(book.vocabulary.roles, role, "role")
    asked = [question for question in book.playbook.live if question.role == found.id]
    return book.render("questions/role_contents.html.jinja", place, role=found, questions=asked)


def stage_questions(book: Renderer, place: PageContext, stage: str) -> str:
    """Every live question of a stage, as a list that names the role of each."""
    found = find(book.vocabulary.stages, stage, "stage")
    asked = [question for question in book.playbook.live if question.stage == found.id]
    return book.render("questions/question_list.html.jinja", place, questions=asked)


def pitfall_questions(book: Renderer, place: PageContext, pitfall: str) -> str:
    """The questions that prevent a misuse."""
    found = find(book.playbook.pitfalls, pitfall, "pitfall")
    asked = [question for question in book.playbook.live if found.id in question.pitfalls]
    return book.render("questions/prevented_by.html.jinja", place, questions=asked)


def all_questions(book: Renderer, place: PageContext) -> str:
    """Every live question, with the form that filters them where there is JavaScript."""
    return book.render("questions/all_questions.html.jinja", place, questions=book.playbook.live)


def question(book: Renderer, place: PageContext, id: str) -> str:
    """One question inside prose, with a link to where it lives."""
    found = find(book.playbook.questions, id, "question")
    if not found.live:
        hint = f"; '{found.instead}' is asked instead" if found.instead else ""
        raise MacroError(f"question '{id}' is retired; expected a live one{hint}")
    return book.render("questions/question_embed.html.jinja", place, question=found)


def question_link(book: Renderer, place: PageContext, id: str) -> str:
    """A link to a question inside a sentence; one that is retired says so, on its own page too."""
    found = find(book.playbook.questions, id, "question")
    return book.render("questions/question_link.html.jinja", place, question=found).strip()
