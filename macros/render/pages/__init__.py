"""The macros that pages may call.

`{{ cite("sculley-2015") }}` on a page calls `words.cite(renderer, context, "sculley-2015")`: each
macro takes the renderer and the page first, then what the page's author writes in the brackets.
CONTRIBUTING.md lists them with what they print.
"""

from __future__ import annotations

from collections.abc import Callable

from macros.render.pages import (
    checklists,
    evidence,
    hand_offs,
    kickoff,
    law,
    links,
    pitfalls,
    questions,
    tables,
    welcome,
    words,
    worksheet_form,
)

_FUNCTIONS: tuple[Callable[..., str], ...] = (
    questions.role_questions,
    questions.roles_in_full,
    questions.stage_questions,
    questions.pitfall_questions,
    questions.all_questions,
    questions.question,
    questions.question_link,
    words.term,
    words.cite,
    words.sources,
    words.glossary,
    tables.vocabulary_table,
    tables.role_card,
    tables.stage_description,
    tables.fields_table,
    tables.count,
    welcome.doors,
    welcome.context_picture,
    links.download,
    links.forge_link,
    kickoff.first_meeting,
    kickoff.agendas,
    kickoff.print_button,
    kickoff.worked_example,
    kickoff.open_points,
    hand_offs.handoff_matrix,
    hand_offs.handoff_lists,
    hand_offs.most_awaited,
    checklists.checklist_summary,
    evidence.claims,
    evidence.failures,
    law.law,
    law.law_as_of,
    pitfalls.result,
    pitfalls.result_range,
    pitfalls.picture,
    pitfalls.try_it,
    pitfalls.experiment_script,
    pitfalls.this_is_you,
    pitfalls.pitfall_in_short,
    pitfalls.pitfall_list,
    worksheet_form.worksheet,
)

MACROS: dict[str, Callable[..., str]] = {function.__name__: function for function in _FUNCTIONS}
