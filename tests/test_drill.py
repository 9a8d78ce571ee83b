"""What a contributor does, one change at a time: nothing goes red that is not a stated rule.

Each change is made in a copy of the data and the pages. The check says nothing, or says what to do;
once that is done it says nothing. Then what has to hold of whatever follows from the data holds
(what_follows.py): orders, agendas, hand-offs, coverage, every macro, every download, their schema,
and every link between them. Of the project after all the changes a site is built (conftest.py), for
the tests of questions' pages, published addresses, links, words and downloads.

Then each question in turn is retired and moved to another role, and each is renamed, in memory,
where its words stay as they are: so the rules about words are left out, and what is printed is
looked at once for all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from macros import check
from macros.check import page_rules, style
from macros.load.entries import Entry, LoadedData, load
from macros.load.project_files import Project
from macros.model.question import Change as ChangeOfQuestion
from macros.model.question import Question
from macros.model.reference import FrameworkItem
from macros.playbook import _assemble as assemble
from macros.problems import Problem
from tests.contributions import (
    CHANGES,
    PAGES,
    RUN_SCHEMA,
    STILL_NEEDED,
    UNKNOWN,
    Change,
)
from tests.contributor import PLAYBOOK, ROLES, TODAY, Contributor, id_of, topics
from tests.remembered import remembering
from tests.tiny import ROOT
from tests.what_follows import derived_holds, everything_holds


@pytest.fixture(scope="module", autouse=True)
def _remembered() -> Iterator[None]:
    with remembering():
        yield


@pytest.fixture
def contributor(tmp_path: Path) -> Contributor:
    """A contributor with a copy of the project."""
    return Contributor.with_copy(tmp_path)


@pytest.mark.parametrize("change", CHANGES, ids=[change.name for change in CHANGES])
def test_nothing_goes_red_or_the_check_says_what_to_do(
    change: Change, contributor: Contributor
) -> None:
    change.do(contributor)
    problems = contributor.problems()
    assert bool(problems) == bool(change.says), problems
    for problem in problems:
        assert re.fullmatch(change.says, problem.sentence), str(problem)
    if not problems:
        everything_holds(contributor.playbook)
    if change.then:
        change.then(contributor)
        assert contributor.problems() == []
    elif problems:
        contributor.obey_all(problems)
    if change.says or change.then:
        everything_holds(contributor.playbook)


@pytest.mark.parametrize("role", ROLES)
def test_a_must_too_many_is_refused_with_what_to_do(role: str, contributor: Contributor) -> None:
    most = check.references.MUST_LIMIT
    musts = [question.id for question in PLAYBOOK.must_ask if question.role == role]
    *more, last = topics(role)[: most + 1 - len(musts)]
    for about in (*more, last):
        contributor.add(role, about, priority="must")
        contributor.answer(id_of(about))
    [problem] = contributor.problems()
    sentence = (
        f"is 'must' question {most + 1} of '{role}'; expected at most {most} a role: 'should' "
    )
    assert problem.sentence.startswith(sentence)
    assert {*musts, id_of(last)} <= {
        problem.item,
        *re.findall(r"[\w-]+", problem.expected),
    }
    contributor.write(role, last, priority="should")
    contributor.remove("example.yml", id_of(last))
    assert contributor.problems() == []


# Each in turn, in memory

RULES_OF_PAGES = (
    page_rules.pages_ask_for_what_exists,
    page_rules.pages_ask_live_questions,
    page_rules.sources_are_cited,
    page_rules.what_is_published_is_listed,
    page_rules.what_was_published_still_answers,
    page_rules.editors_offer_the_vocabulary,
)


@cache
def loaded() -> LoadedData:
    """Return what the files of the project hold."""
    return load(ROOT / "docs/data", ROOT)[0]


def about_relations(changed: LoadedData, pages: Project = PAGES) -> list[Problem]:
    """Return what the rules say that depend on which entries there are, and not on their words."""
    rules = [rule for rule in check.RULES if rule.__module__ != style.__name__]
    found = [problem for rule in rules for problem in rule(changed)]
    return found + [problem for rule in RULES_OF_PAGES for problem in rule(pages, changed)]


def with_fields(changes: dict[str, dict[str, object]]) -> LoadedData:
    """Return the data with other fields of some questions, by the ids they have today.

    Their lines are added to the list of what was published, as by `make record`.
    """
    questions = [
        replace(entry, value=entry.value.model_copy(update=changes[entry.id]))
        if entry.id in changes
        else entry
        for entry in loaded().questions
    ]
    changed = replace(loaded(), questions=questions)
    assert changed.published
    lines = page_rules.lines_to_publish(PAGES.pages, changed)
    listed = replace(changed.published, lines=(*changed.published.lines, *lines))
    return replace(changed, published=listed)


def dated(question: Question, kind: str, **fields: object) -> dict[str, object]:
    """Return other fields for a question, and since when they are others."""
    change = ChangeOfQuestion.model_validate({"day": TODAY, "kind": kind})
    return {**fields, "changes": (*question.changes, change)}


def retired(question: Question) -> dict[str, object]:
    """Return the fields that retire a question."""
    return dated(question, "retired", status="retired", retired_because="Nobody knew why.")


def test_each_question_can_be_retired_or_the_check_names_what_relies_on_it() -> None:
    free = {}
    for question in PLAYBOOK.live:
        changed = with_fields({question.id: retired(question)})
        problems = about_relations(changed)
        for problem in problems:
            expected = STILL_NEEDED.format(id=question.id)
            assert re.fullmatch(expected, problem.sentence), f"{question.id}: {problem}"
        if not problems:
            free[question.id] = retired(question)
            derived_holds(assemble(changed))
    assert free
    everything_holds(assemble(with_fields(free)))


# The fields that name questions, by list.
NAMES_QUESTIONS = {
    "questions": ("needs", "instead"),
    "failures": ("questions",),
    "duties": ("questions",),
    "answers": ("id",),
    "frameworks": ("items",),
}


def told(data: LoadedData, ids: dict[str, str]) -> tuple[LoadedData, Project]:
    """Return data and pages in which whatever names a question says its new id."""

    def say(held: Any) -> Any:
        if isinstance(held, FrameworkItem):
            return held.model_copy(update={"together": say(held.together)})
        return tuple(map(say, held)) if isinstance(held, tuple) else ids.get(held, held)

    lists: dict[str, Any] = {
        name: [
            replace(
                entry,
                value=entry.value.model_copy(
                    update={field: say(getattr(entry.value, field)) for field in fields}
                ),
            )
            for entry in getattr(data, name)
        ]
        for name, fields in NAMES_QUESTIONS.items()
    }
    pages = tuple(
        replace(page, text=re.sub(r'(?<=")[\w-]+(?=")', lambda id: say(id[0]), page.text))
        for page in PAGES.pages
    )
    return replace(data, **lists), replace(PAGES, pages=pages)


def renamed(questions: Iterable[Question]) -> tuple[LoadedData, dict[str, str]]:
    """Return the data with other ids of questions, and the new ids by the old."""
    ids, changes = {}, {}
    for number, each in enumerate(questions):
        ids[each.id] = new = f"soup-{number}"
        earlier = (each.id, *each.previous_ids)
        changes[each.id] = dated(each, "renamed", id=new, previous_ids=earlier)
    return with_fields(changes), ids


def test_each_question_can_be_renamed_and_whatever_names_it_is_told_the_new_name() -> None:
    said = 0
    for first in range(4):  # A quarter at a time: one by one tells no more.
        changed, ids = renamed(PLAYBOOK.questions[first::4])
        for problem in about_relations(changed):
            named = re.search(r"'([\w-]+)' is unknown", problem.message)
            new = ids[named[1] if named else problem.item]
            assert problem.guess == new or f"'{new}'" in problem.expected, str(problem)
            said += 1
        derived_holds(assemble(told(changed, ids)[0]))
    assert said
    changed, pages = told(*renamed(PLAYBOOK.questions))
    assert about_relations(changed, pages) == []
    everything_holds(assemble(changed))


# Where a role would have more than it can, or a pitfall nobody of the role that knows of it.
STAYS = (
    r"is 'must' question \d+ of '\S+'; expected at most .+"
    r"|has no live 'must' question; expected .+"
    r"|no live question of '\S+' prevents it; expected .+"
)


def test_each_question_can_be_moved_to_another_role_or_the_check_says_why_it_stays() -> None:
    next_role = dict(zip(ROLES, [*ROLES[1:], ROLES[0]], strict=True))
    titles = {title.role: title.id for title in PLAYBOOK.vocabulary.job_titles}
    moved: dict[str, dict[str, object]] = {}
    for question in PLAYBOOK.questions:
        role = next_role[question.role]
        change = dated(question, "moved", role=role, job_titles=(titles[role],))
        changed = with_fields({question.id: change})
        problems = about_relations(changed)
        for problem in problems:
            assert re.fullmatch(STAYS, problem.sentence), f"{question.id}: {problem}"
        if not problems:
            moved[question.id] = change
    assert moved
    free = list(moved.items())
    for first in range(0, len(free), 8):
        derived_holds(assemble(with_fields(dict(free[first : first + 8]))))
    everything_holds(assemble(with_fields(moved)))


# By list, what the check may say where an entry of it is taken out.
RELIED_ON = {
    "terms": UNKNOWN.format("term", "{id}"),
    "sources": UNKNOWN.format("(sources|cite|companion_of)", "{id}"),
    "pitfalls": UNKNOWN.format("(pitfalls|this_is_you|pitfall_in_short|pitfall_questions)", "{id}"),
    "frameworks": UNKNOWN.format("maps_to", r"{id}:\S+"),
    "answers": r"is not answered in the worked example; expected '{id}' in example.yml.+",
    "job_titles": rf"{UNKNOWN.format('job_titles', '{id}')}|{RUN_SCHEMA}",
    "kinds": rf"{UNKNOWN.format('applies_to', '{id}')}|{RUN_SCHEMA}",
    "stages": rf"{UNKNOWN.format(r'[a-z_]+', '{id}')}|{RUN_SCHEMA}",
    "priorities": rf"{UNKNOWN.format('priority', '{id}')}|{RUN_SCHEMA}",
    "claims": r"is cited by nothing; expected .+",
    "causes": UNKNOWN.format("cause", "{id}"),
    "failures": r"is cited by nothing; expected .+",
    "duties": r"is cited by nothing; expected .+",
    "wordings": r"",
}


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("name", RELIED_ON)
def test_entries_can_be_taken_out_or_the_check_names_what_relies_on_them(
    name: str, half: int
) -> None:
    listed: list[Entry[Any]] = getattr(loaded(), name)
    gone = [entry.id for entry in listed[half::2]]
    left = replace(loaded())
    setattr(left, name, [entry for entry in listed if entry.id not in gone])
    expected = RELIED_ON[name].format(id=f"(?:{'|'.join(gone)})")
    for problem in about_relations(left):
        assert re.fullmatch(expected, problem.sentence), str(problem)
