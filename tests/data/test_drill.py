"""What a contributor does first: questions are added, retired, renamed and moved, one at a time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from macros import check
from macros.check import style
from macros.load.entries import LoadedData, load
from macros.model.question import Playbook, Question
from macros.playbook import read_playbook, read_project
from macros.problems import DataError
from macros.render.pages.questions import role_questions
from macros.render.renderer import PageContext, Renderer
from tests.data.helpers import ROOT, dead_links

BOOK = read_playbook(ROOT)
ROLES = [role.id for role in BOOK.vocabulary.roles]
RETIRED = {"status": "retired", "retired_because": "Nobody could say what its answer changed."}
# What the check says where something still relies on a question that is retired.
STILL_NEEDED = (
    r"needs '{id}' is retired",
    r"questions '{id}' is retired",
    r"'{id}' is not a live 'must' question",
    r"no live question of '\S+' prevents it",
)
SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "na", "pu", "re")
WORDS = ["".join(pair) for pair in product(SYLLABLES, repeat=2)]
# For each role something real, then two words of their own, so that no two ask nearly the same.
TOPICS = {
    role: [
        real,
        *(" ".join(WORDS[number : number + 2]) for number in range(30 * at, 30 * at + 30, 2)),
    ]
    for at, (role, real) in enumerate(
        zip(ROLES, ("signed contracts", "nightly backups", "shared notebooks"), strict=True)
    )
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what the check reads."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    return tmp_path


def entry(role: str, topic: str, priority: str = "should") -> str:
    """Return a question as somebody might write it."""
    title = next(title.id for title in BOOK.vocabulary.job_titles if title.role == role)
    return f"""\
title: {topic.capitalize()}
ask: Who looks after the {topic}, and how is that known?
why: >-
  The disk fails in the week before the launch. Only then does the team learn that nobody has ever
  tried to get anything back, and six months of work are gone.
good_answer: >-
  Every night at 02:00, kept for 30 days in another building. Amina’s team restores one table each
  quarter; the last time took 50 minutes.
warning_sign: “The cloud does that for us.” It may, but nobody has tried it.
evidence: The note of the last time it was tried.
search_phrases: [RPO of {topic}, "{topic}!", how safe is it]
job_titles: [{title}]
stage: {BOOK.vocabulary.stages[0].id}
priority: {priority}
since: 2026-11-27
"""


def add(root: Path, role: str, *topics: str, priority: str = "should") -> list[str]:
    """Write questions of a role; return the lines that the list of what answers needs."""
    ids = {f"{role}-{topic.replace(' ', '-')}": topic for topic in topics}
    for id, topic in ids.items():
        path = root / f"docs/data/questions/{role}/{id}.yml"
        path.write_text(entry(role, topic, priority), "utf-8")
    return [f"question {role}/{id}" for id in ids]


def publish(root: Path, *lines: str) -> None:
    with (root / "docs/data/published.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def edit(path: Path, pattern: str, new: str) -> str:
    """Replace what a pattern matches exactly once; return what stood there."""
    text = path.read_text("utf-8")
    [found] = re.findall(pattern, text, re.MULTILINE)
    path.write_text(text.replace(found, new), "utf-8")
    return str(found)


def faults(root: Path) -> list[str]:
    try:
        read_project(root)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def with_retired(loaded: LoadedData, ids: list[str]) -> LoadedData:
    questions = [
        replace(each, value=each.value.model_copy(update=RETIRED)) if each.id in ids else each
        for each in loaded.questions
    ]
    return replace(loaded, questions=questions)


def said_of(loaded: LoadedData) -> Iterator[str]:
    """Yield what the rules say that depend on which questions there are."""
    for rule in check.RULES:
        if rule.__module__ != style.__name__:
            yield from (problem.message for problem in rule(loaded))


@cache
def free_questions() -> list[str]:
    """Return the live questions that nothing relies on, which may be retired as they stand."""
    loaded, _ = load(ROOT / "docs/data", ROOT)
    return [each.id for each in BOOK.live if not list(said_of(with_retired(loaded, [each.id])))]


def retire(root: Path, question: Question) -> None:
    said = "".join(f"{name}: {value}\n" for name, value in RETIRED.items())
    edit(file_of(root, question), r"^title: ", f"{said}title: ")


def file_of(root: Path, question: Question) -> Path:
    return root / f"docs/data/questions/{question.role}/{question.id}.yml"


# In the data


@pytest.mark.parametrize("role", ROLES)
def test_a_question_more_is_asked_everywhere_and_only_its_line_is_missing(
    role: str, root: Path
) -> None:
    [line] = add(root, role, TOPICS[role][0])
    [said] = faults(root)
    assert said.startswith("docs/data/published.txt:")
    assert f"a line is missing; expected {line}: run `make record`" in said
    publish(root, line)
    book = read_project(root)
    assert len(book.live) == len(BOOK.live) + 1
    assert list(dead_links(book)) == []


def test_a_role_may_have_forty_questions(root: Path) -> None:
    for role in ROLES:
        have = sum(question.role == role for question in BOOK.live)
        for topics in (TOPICS[role][:1], TOPICS[role][1 : 40 - have]):
            publish(root, *add(root, role, *topics))
            assert faults(root) == []
    assert list(dead_links(read_project(root))) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_must_too_many_is_refused_with_what_to_do(role: str, root: Path) -> None:
    musts = [question.id for question in BOOK.must_ask if question.role == role]
    topics = TOPICS[role][: check.references.MUST_LIMIT + 1 - len(musts)]
    publish(root, *add(root, role, *topics, priority="must"))
    said = [fault for fault in faults(root) if "example.yml" not in fault]
    assert len(said) == 1
    assert f"is 'must' question 5 of '{role}'; expected at most 4 a role: 'should' here" in said[0]
    assert all(must in said[0] for must in musts)


def test_each_question_can_be_retired_or_the_check_says_what_relies_on_it() -> None:
    loaded, _ = load(ROOT / "docs/data", ROOT)
    for question in BOOK.live:
        known = [sentence.format(id=question.id) for sentence in STILL_NEEDED]
        for message in said_of(with_retired(loaded, [question.id])):
            assert any(re.fullmatch(sentence, message) for sentence in known), message


def test_what_nothing_relies_on_leaves_no_dead_link_when_it_is_retired() -> None:
    free = free_questions()
    assert free
    kept = {name: getattr(BOOK, name) for name in Playbook.model_fields}
    questions = (q.model_copy(update=RETIRED) if q.id in free else q for q in BOOK.questions)
    assert list(dead_links(Playbook(**{**kept, "questions": tuple(questions)}))) == []


def test_a_question_is_found_under_its_old_name_and_its_new_one(root: Path) -> None:
    old = free_questions()[0]
    question = next(each for each in BOOK.live if each.id == old)
    file = file_of(root, question)
    edit(file, r"^title: ", f"previous_ids: [{old}]\ntitle: ")
    file.rename(file.with_name(f"{old}-too.yml"))
    line = f"question {question.role}/{old}-too"
    [said] = faults(root)
    assert f"a line is missing; expected {line}: run " in said
    publish(root, line)
    shown = role_questions(Renderer(read_project(root)), PageContext(), question.role)
    assert f'id="{old}"' in shown
    assert f"#{old}-too" in shown


def test_a_question_moves_to_another_role(root: Path) -> None:
    moved = next(each for each in BOOK.live if each.id == free_questions()[0])
    file = file_of(root, moved)
    title = next(title.id for title in BOOK.vocabulary.job_titles if title.role != moved.role)
    edit(file, r"^job_titles: .*$", f"job_titles: [{title}]")
    file.rename(root / f"docs/data/questions/{other(moved.role)}/{moved.id}.yml")
    publish(root, f"question {other(moved.role)}/{moved.id}")
    book = read_project(root)
    assert next(each.role for each in book.live if each.id == moved.id) == other(moved.role)
    left = role_questions(Renderer(book), PageContext(), moved.role)
    assert f'<li id="{moved.id}">' in left
    assert f'href="roles/{other(moved.role)}/#{moved.id}"' in left
    assert list(dead_links(book)) == []


def other(role: str) -> str:
    """Return the role of the first job title of another role."""
    return next(title.role for title in BOOK.vocabulary.job_titles if title.role != role)


# In the tests

ASKED_OF_THE_CONTENT = (
    "tests/data/test_cli.py::test_the_data_of_the_playbook_itself_is_checked_unless_another_folder_is_named",
    "tests/data/test_export.py::test_the_json_follows_the_schema_that_stands_beside_it",
    "tests/data/test_handoffs.py",
    "tests/data/test_macros.py",
    "tests/data/test_meeting.py",
    "tests/data/test_schema.py::test_sound_data_is_sound_for_the_schemas_too",
    "tests/data/test_wording.py",
    "tests/test_docs.py",
    "tests/test_pitfall_pages.py",
    "tests/test_published.py",
    "tests/test_site.py::test_every_link_and_anchor_of_the_built_site_leads_somewhere",
    "tests/test_words.py",
)


def test_nothing_goes_red_after_a_first_contribution(tmp_path: Path) -> None:
    """Three questions more, one retired that a page links to: the tests that read the data run."""
    copy = tmp_path / "copy"
    left = (".git", ".venv", "site", ".build", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*left))
    for role in ROLES:
        publish(copy, *add(copy, role, TOPICS[role][0]))
    free = free_questions()
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    linked = [id for id in free if f'question_link("{id}")' in pages]
    retire(copy, next(each for each in BOOK.live if each.id == (linked or free)[0]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ASKED_OF_THE_CONTENT],
        cwd=copy,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]
