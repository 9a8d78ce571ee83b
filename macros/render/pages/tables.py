"""Lists and fields of the data as tables, and counts."""

from __future__ import annotations

from collections.abc import Sequence

from macros.lookup import choose, find
from macros.model.base import Model
from macros.model.json_formats import ChangeOnSite, ChangesFile, QuestionFile, QuestionsFile
from macros.model.question import Labelled, QuestionText
from macros.render.renderer import PageContext, Renderer


def vocabulary_table(renderer: Renderer, context: PageContext, list: str) -> str:
    """Print a list of the vocabulary as a table: roles, job titles, stages, priorities, kinds."""
    name = choose(list, type(renderer.vocabulary).model_fields, "list")
    entries: Sequence[Labelled] = getattr(renderer.vocabulary, name)
    return renderer.render(
        "reference/vocabulary_table.html.jinja",
        context,
        entries=entries,
        title=name.replace("_", " ").capitalize(),
    )


def role_card(renderer: Renderer, context: PageContext, role: str) -> str:
    """Print what a role provides, and what it may expect from the others."""
    entry = find(renderer.vocabulary.roles, role, "role")
    return renderer.render("reference/role_card.html.jinja", context, role=entry)


def stage_description(renderer: Renderer, context: PageContext, stage: str) -> str:
    """Print what a stage is, in one sentence."""
    entry = find(renderer.vocabulary.stages, stage, "stage")
    return renderer.render("reference/stage_description.html.jinja", context, stage=entry).strip()


def fields_table(renderer: Renderer, context: PageContext, of: str) -> str:
    """Print what each field of a question, or of a JSON file, holds."""
    models: dict[str, type[Model]] = {
        "question": QuestionText,
        "questions.json": QuestionsFile,
        "one question": QuestionFile,
        "changes.json": ChangesFile,
        "change": ChangeOnSite,
    }
    model = models[choose(of, models, "table of fields")]
    return renderer.render("reference/fields_table.html.jinja", context, fields=model.model_fields)


def count(renderer: Renderer, context: PageContext, what: str) -> str:
    """Print how many live questions, must-ask ones, roles, stages, sources or terms there are."""
    counts = {
        "questions": len(renderer.playbook.live),
        "musts": len(renderer.playbook.must_ask),
        "roles": len(renderer.vocabulary.roles),
        "stages": len(renderer.vocabulary.stages),
        "sources": len(renderer.playbook.sources),
        "terms": len(renderer.playbook.terms),
    }
    return str(counts[choose(what, counts, "count of")])
