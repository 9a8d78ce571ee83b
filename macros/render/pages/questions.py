"""Questions on a page: in full, in lists, and inside prose."""

from __future__ import annotations

from macros.derive.moves import gone_from
from macros.lookup import MacroError, find
from macros.render.renderer import PageContext, Renderer


def role_questions(renderer: Renderer, context: PageContext, role: str) -> str:
    """Print every live question of a role: must-ask first; and where others have gone."""
    role_id = find(renderer.vocabulary.roles, role, "role").id
    asked = [question for question in renderer.playbook.live if question.role == role_id]
    gone = gone_from(renderer.playbook, role_id)
    return renderer.render("questions/role_questions.md.jinja", context, questions=asked, gone=gone)


def role_contents(renderer: Renderer, context: PageContext, role: str) -> str:
    """Print a table of a role's live questions: the must-ask ones, then the others by stage."""
    role_id = find(renderer.vocabulary.roles, role, "role").id
    asked = [question for question in renderer.playbook.live if question.role == role_id]
    return renderer.render("questions/role_contents.html.jinja", context, questions=asked)


def stage_questions(renderer: Renderer, context: PageContext, stage: str) -> str:
    """Print every live question of a stage, as a list that names the role of each."""
    stage_id = find(renderer.vocabulary.stages, stage, "stage").id
    asked = [question for question in renderer.playbook.live if question.stage == stage_id]
    return renderer.render("questions/question_list.html.jinja", context, questions=asked)


def pitfall_questions(renderer: Renderer, context: PageContext, pitfall: str) -> str:
    """Print the questions that prevent a misuse."""
    pitfall_id = find(renderer.playbook.pitfalls, pitfall, "pitfall").id
    asked = [question for question in renderer.playbook.live if pitfall_id in question.pitfalls]
    return renderer.render("questions/prevented_by.html.jinja", context, questions=asked)


def all_questions(renderer: Renderer, context: PageContext) -> str:
    """Print every live question by role and stage, with a form that filters if JavaScript runs."""
    groups = [
        (role, renderer.by_stage([q for q in renderer.playbook.live if q.role == role.id]))
        for role in renderer.vocabulary.roles
    ]
    return renderer.render("questions/all_questions.html.jinja", context, groups=groups)


def question(renderer: Renderer, context: PageContext, id: str) -> str:
    """Print one question inside prose, with a link to its place on the role's page."""
    question = find(renderer.playbook.questions, id, "question")
    if not question.live:
        hint = f"; '{question.instead}' is asked instead" if question.instead else ""
        raise MacroError(f"question '{id}' is retired; expected a live one{hint}")
    return renderer.render("questions/question_embed.html.jinja", context, question=question)


def question_link(renderer: Renderer, context: PageContext, id: str) -> str:
    """Print a link to a question inside a sentence, which says so if the question is retired."""
    question = find(renderer.playbook.questions, id, "question")
    return renderer.render("questions/question_link.html.jinja", context, question=question).strip()
