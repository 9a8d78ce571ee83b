"""Lists and fields of the data as tables, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from macros.lookup import choose, find
from macros.model.base import Model
from macros.model.question import Labelled, QuestionsFile, QuestionText
from macros.render.renderer import PageContext, Renderer


def vocabulary_table(book: Renderer, place: PageContext, list: str) -> str:
    """One list of the vocabulary as a table: roles, job titles, stages, priorities or kinds."""
    name = choose(list, type(book.vocabulary).model_fields, "list")
    entries: Sequence[Labelled] = getattr(book.vocabulary, name)
    return book.render(
        "reference/vocabulary_table.html.jinja",
        place,
        entries=entries,
        title=name.replace("_", " ").capitalize(),
    )


def role_card(book: Renderer, place: PageContext, role: str) -> str:
    """What a role owes the model, and what it may expect from the others."""
    found = find(book.vocabulary.roles, role, "role")
    return book.render("reference/role_card.html.jinja", place, role=found)


def stage_description(book: Renderer, place: PageContext, stage: str) -> str:
    """What a stage is, in one sentence."""
    found = find(book.vocabulary.stages, stage, "stage")
    return book.render("reference/stage_description.html.jinja", place, stage=found).strip()


def fields_table(book: Renderer, place: PageContext, of: str) -> str:
    """What each field holds, from the model's own descriptions: of a question or a download."""
    models: dict[str, type[Model]] = {"question": QuestionText, "questions.json": QuestionsFile}
    model = models[choose(of, models, "table of fields")]
    return book.render("reference/fields_table.html.jinja", place, fields=model.model_fields)


def count(book: Renderer, place: PageContext, what: str) -> str:
    """How many live questions, must-ask ones, roles, stages, sources or terms there are."""
    counts = {
        "questions": len(book.playbook.live),
        "musts": len(book.playbook.musts),
        "roles": len(book.vocabulary.roles),
        "stages": len(book.vocabulary.stages),
        "sources": len(book.playbook.sources),
        "terms": len(book.playbook.terms),
    }
    return str(counts[choose(what, counts, "count of")])
