"""The rules of the data. One generator a rule; its docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.checks import entries, meeting, pages, style
from macros.load import Draft
from macros.problem import Problem
from macros.project import Project

Rule = Callable[[Draft], Iterator[Problem]]
ProjectRule = Callable[[Project, Draft], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    entries.ids_are_unique,
    entries.titles_are_unique,
    entries.role_files_are_known,
    entries.references_are_known,
    entries.hats_belong_to_the_role,
    entries.needs_do_not_circle,
    entries.needs_are_live,
    entries.needs_come_no_later,
    entries.musts_are_few,
    entries.every_role_has_a_must,
    entries.pitfalls_are_prevented,
    entries.retirement_is_explained,
    entries.laws_are_cited_at_official_addresses,
    entries.retired_questions_lead_to_live_ones,
    entries.terms_are_unique,
    entries.what_is_covered_is_not_outside,
    entries.failures_lead_to_live_questions,
    meeting.agendas_fill_their_time,
    meeting.agendas_have_one_round,
    meeting.agendas_ask_known_questions,
    meeting.every_must_question_is_answered,
    meeting.open_answers_have_a_day,
    style.texts_are_written,
    style.questions_are_open,
    style.questions_are_asked,
    style.figures_have_a_source,
    style.no_exclamation_marks,
    style.questions_differ,
    style.sentences_are_short,
    style.words_are_plain,
    style.abbreviations_are_explained,
)

# Rules that ask more than the data: what the pages say, and what was published.
PROJECT_RULES: tuple[ProjectRule, ...] = (
    pages.pages_use_plain_words,
    pages.pages_have_no_exclamation_marks,
    pages.pages_end_with_one_next_step,
    pages.pages_ask_live_questions,
    pages.sources_are_cited,
    pages.what_is_published_is_listed,
)


def check(draft: Draft) -> list[Problem]:
    """Apply every rule. In: what load.py read. Out: the faults. Raises nothing."""
    return [problem for rule in RULES for problem in rule(draft)]


def check_project(project: Project, draft: Draft) -> list[Problem]:
    """Apply every rule that looks beyond the data.

    Args:
        project: The pages and the list of what was published.
        draft: What load.py read.

    Returns:
        The faults.
    """
    return [problem for rule in PROJECT_RULES for problem in rule(project, draft)]
