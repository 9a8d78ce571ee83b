"""The rules. Each is a generator function, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.check import agendas, days, law_dates, page_rules, references, style, theme
from macros.load.entries import LoadedData
from macros.load.project_files import Project
from macros.problems import Problem

Rule = Callable[[LoadedData], Iterator[Problem]]
ProjectRule = Callable[[Project, LoadedData], Iterator[Problem]]
ThemeRule = Callable[[Project], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    references.ids_are_unique,
    references.titles_are_unique,
    references.role_folders_are_known,
    references.references_are_known,
    references.job_titles_belong_to_the_role,
    references.needs_do_not_circle,
    references.needs_are_live,
    references.needs_come_no_later,
    references.musts_are_few,
    references.every_role_has_a_must,
    references.pitfalls_are_prevented,
    references.retirement_is_explained,
    references.laws_are_cited_at_official_addresses,
    references.retired_questions_lead_to_live_ones,
    references.terms_are_unique,
    references.what_is_covered_is_not_outside,
    references.what_is_covered_together_is_covered_by_parts,
    references.failures_and_law_lead_to_live_questions,
    law_dates.law_is_looked_at_again_later,
    days.days_have_come,
    days.changes_follow_one_another,
    days.editions_follow_one_another,
    days.changes_have_a_day,
    days.rewording_is_explained,
    agendas.agendas_fill_their_time,
    agendas.agendas_have_one_round,
    agendas.agendas_ask_known_questions,
    agendas.every_must_question_is_answered,
    agendas.open_answers_have_a_day,
    style.texts_are_written,
    style.words_are_of_one_script,
    style.questions_are_open,
    style.questions_are_asked,
    style.questions_fit_a_phone,
    style.figures_have_a_source,
    style.no_exclamation_marks,
    style.questions_differ,
    style.sentences_are_short,
    style.words_are_plain,
    style.abbreviations_are_explained,
)

# Rules that need more than the data: the pages, templates and what was published.
PROJECT_RULES: tuple[ProjectRule, ...] = (
    page_rules.pages_use_plain_words,
    page_rules.pages_have_no_exclamation_marks,
    page_rules.pages_end_with_one_next_step,
    page_rules.pages_ask_for_what_exists,
    page_rules.what_pages_print_one_by_one_is_printed_whole,
    page_rules.pages_ask_live_questions,
    page_rules.pages_print_lists_that_hold_something,
    page_rules.sources_are_cited,
    page_rules.what_is_published_is_listed,
    page_rules.what_was_published_still_answers,
    page_rules.editors_offer_the_vocabulary,
    page_rules.search_words_mean_something,
    law_dates.printed_law_was_looked_at_again,
)

# Rules of what may be set, which stop a build too.
THEME_RULES: tuple[ThemeRule, ...] = (
    theme.pages_are_made_by_our_templates,
    theme.settings_have_an_effect,
    theme.mkdocs_settings_fit_the_site,
    theme.plugins_and_extensions_have_an_effect,
    theme.front_matter_has_an_effect,
    theme.pages_use_markup_that_has_a_style,
    theme.templates_fill_blocks_that_exist,
)


def check(loaded: LoadedData) -> list[Problem]:
    """Apply every rule of the data, and return the problems."""
    return [problem for rule in RULES for problem in rule(loaded)]


def check_project(project: Project, loaded: LoadedData) -> list[Problem]:
    """Apply every rule that needs more than the data, and return the problems."""
    found = [problem for rule in PROJECT_RULES for problem in rule(project, loaded)]
    return found + check_settings(project)


def check_settings(project: Project) -> list[Problem]:
    """Return what is set and has no effect, and each file of settings that cannot be read."""
    unread = [page.front_matter.problems for page in project.pages]
    found = [problem for problems in (project.settings.problems, *unread) for problem in problems]
    return found + [problem for rule in THEME_RULES for problem in rule(project)]
