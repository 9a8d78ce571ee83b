"""Questions on a page: in full, in lists, and inside prose."""

from __future__ import annotations

from macros.derive.moves import gone_from
from macros.derive.paper import pages_of_paper
from macros.lookup import MacroError, find
from macros.render.renderer import PageContext, Renderer


def role_questions(renderer: Renderer, context: PageContext, role: str) -> str:
    """Print a role's must-ask questions whole, the others in short, and where some have gone."""
    entry = find(renderer.vocabulary.roles, role, "role")
    asked = [question for question in renderer.playbook.live if question.role == entry.id]
    return renderer.render(
        "questions/role_questions.md.jinja",
        context,
        role=entry,
        questions=asked,
        paper=pages_of_paper(asked),
        gone=gone_from(renderer.playbook, entry.id),
    )


def roles_in_full(renderer: Renderer, context: PageContext) -> str:
    """Print a link to all questions of each role in full, with the paper that they take."""
    asked = {
        role: [question for question in renderer.playbook.live if question.role == role.id]
        for role in renderer.vocabulary.roles
    }
    listed = [(role, len(each), pages_of_paper(each)) for role, each in asked.items() if each]
    return renderer.render("questions/roles_in_full.html.jinja", context, roles=listed)


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
    """Print one question inside prose, with a link to its page."""
    question = find(renderer.playbook.questions, id, "question")
    if not question.live:
        hint = f"; '{question.instead}' is asked instead" if question.instead else ""
        raise MacroError(f"question '{id}' is retired; expected a live one{hint}")
    return renderer.render("questions/question_embed.html.jinja", context, question=question)


def question_link(renderer: Renderer, context: PageContext, id: str) -> str:
    """Print a link to a question inside a sentence, which says so if the question is retired."""
    question = find(renderer.playbook.questions, id, "question")
    return renderer.render("questions/question_link.html.jinja", context, question=question).strip()
