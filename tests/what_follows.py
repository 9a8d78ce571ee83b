"""What has to hold of all that follows from the data, whatever the data is.

It is asked of the real data after each change that a contributor may make: see test_drill.py.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import jsonschema

from macros.derive.coverage import coverage
from macros.derive.dependencies import between_roles, most_awaited_answers
from macros.derive.moves import gone_from
from macros.derive.schedule import LEAST_MINUTES, schedule
from macros.model.question import Playbook
from tests.tiny import dead_links, every_page


def questions_are_in_reading_order(book: Playbook) -> None:
    """Role, stage and priority decide, and within them no question precedes what it needs."""
    lists = (book.vocabulary.roles, book.vocabulary.stages, book.vocabulary.priorities)
    roles, stages, priorities = ([entry.id for entry in entries] for entries in lists)
    groups = {
        q.id: (roles.index(q.role), stages.index(q.stage), priorities.index(q.priority))
        for q in book.questions
    }
    assert list(groups.values()) == sorted(groups.values())
    seen: set[str] = set()
    for question in book.questions:
        early = {need for need in question.needs if groups[need] == groups[question.id]} - seen
        assert early == set(), question.id
        seen.add(question.id)


def meetings_keep_their_time(book: Playbook) -> None:
    """An agenda ends when it should, and asks nobody before the answer that is needed."""
    for agenda in book.agendas:
        shown = schedule(book, agenda)
        assert shown[0].start == 0
        assert all(a.start + a.minutes == b.start for a, b in itertools.pairwise(shown))
        assert shown[-1].start + shown[-1].minutes == agenda.minutes
        assert all(line.minutes >= LEAST_MINUTES for line in shown if line.question)
        for part in agenda.steps:
            asked = [line.question for line in shown if line.step is part and line.question]
            places = {question.id: number for number, question in enumerate(asked)}
            for question in asked:
                assert question.live
                early = [n for n in question.needs if places.get(n, -1) > places[question.id]]
                assert early == [], question.id


def each_need_is_handed_over(book: Playbook) -> None:
    """Every need of a live question is between two roles once, the most awaited answers first."""
    rows = [row for rows in between_roles(book).values() for row in rows]
    listed = sorted((needed.id, question.id) for needed, waiting in rows for question in waiting)
    assert listed == sorted((need, q.id) for q in book.live for need in q.needs)
    for answers in between_roles(book).values():
        counts = [len(waiting) for _, waiting in answers]
        assert counts == sorted(counts, reverse=True)
    awaited = [count for _, count in most_awaited_answers(book, len(book.live))]
    assert awaited == sorted((len(book.needed_by[q.id]) for q in book.live), reverse=True)


def each_covered_item_is_counted(book: Playbook) -> None:
    """What live questions cover stands beside the items of the checklists, and nothing else."""
    rows = [(list_.id, row) for list_, rows in coverage(book) for row in rows]
    found = sorted(
        (f"{name}:{row.item.id}", question.id)
        for name, row in rows
        for question, _ in (*row.whole, *row.part)
    )
    assert found == sorted((each.item, q.id) for q in book.live for each in q.maps_to)


def old_addresses_say_where_their_question_is(book: Playbook) -> None:
    """Where a question was once published, it stands, or a line says where it has gone."""
    for role in (each.id for each in book.vocabulary.roles):
        published = {id for place, id in book.published if place == role}
        here = [question for question in book.live if question.role == role]
        standing = {name for question in here for name in (question.id, *question.previous_ids)}
        assert published - standing == {id for id, _ in gone_from(book, role)} - standing


DERIVED: tuple[Callable[[Playbook], None], ...] = (
    questions_are_in_reading_order,
    meetings_keep_their_time,
    each_need_is_handed_over,
    each_covered_item_is_counted,
    old_addresses_say_where_their_question_is,
)


def derived_holds(book: Playbook) -> None:
    """Orders, agendas, hand-offs, coverage and old addresses are what the data makes them."""
    for holds in DERIVED:
        holds(book)


def everything_holds(book: Playbook) -> None:
    """So are they, and every macro and every download can be made of it and is sound."""
    derived_holds(book)
    made = every_page(book)
    assert list(dead_links(book, made)) == []
    text = made["downloads/questions.json"]
    follows_its_schema(text, made["downloads/schema/questions-json.schema.json"])
    file = json.loads(text)
    lists: dict[str, Iterable[Any]] = {
        **dict(book.vocabulary),
        "questions": book.questions,
        "sources": book.sources,
        "pitfalls": book.pitfalls,
        "checklists": book.frameworks,
    }
    for name, entries in lists.items():
        assert [each["id"] for each in file[name]] == [entry.id for entry in entries], name
    asked = {question.id: question.ask for question in book.live}
    sample = json.loads(made["downloads/worksheet-sample.json"])
    assert {answer["question"]: answer["wording"] for answer in sample["answers"]} == {
        answer.id: asked[answer.id] for answer in book.answers
    }


# By the rest of the schema, what each list has held that was sound, and the ids offered then.
_SOUND: dict[str, dict[tuple[str, str], frozenset[str]]] = {}


def follows_its_schema(text: str, schema: str) -> None:
    """A JSON file is what its schema says. Of its lists, only what is new is looked at.

    What was sound is so until an id that it names is no longer offered.
    """
    choices: list[str] = []

    def keep(enum: re.Match[str]) -> str:
        choices.append(enum[0])
        return ""

    sound = _SOUND.setdefault(re.sub(r'"enum": \[[^]]*\]', keep, schema), {})
    offered = frozenset(re.findall(r'"[^"]*"', "".join(choices)))
    kind = jsonschema.Draft202012Validator
    file, listed = json.loads(text), []
    for name, held in file.items():
        if isinstance(held, list):
            keys = [(name, json.dumps(each, ensure_ascii=False)) for each in held]
            listed += keys
            file[name] = [
                each
                for key, each in zip(keys, held, strict=True)
                if key not in sound or any(id in key[1] for id in sound[key] - offered)
            ]
    validator = kind(json.loads(schema), format_checker=kind.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(file)] == []
    sound.update(dict.fromkeys(listed, offered))
