"""The JSON files: every question, one question, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from macros.derive.history import history, latest_day
from macros.export.site import UNKNOWN_SITE, Site
from macros.model.json_formats import (
    ChangeOnSite,
    ChangesFile,
    Checklist,
    ChecklistItem,
    FromSite,
    OtherQuestion,
    PitfallOnSite,
    QuestionFile,
    QuestionOnSite,
    QuestionsFile,
)
from macros.model.question import Playbook, Question

SCHEMA_VERSION = 1
LICENCE = "CC-BY-4.0"


class JsonFiles:
    """Makes the JSON files of one playbook, for a site whose address may be known."""

    def __init__(self, playbook: Playbook, site: Site = UNKNOWN_SITE) -> None:
        """Keep what all files share.

        Args:
            playbook: The playbook.
            site: The site. Where its address is not known, addresses in the files are relative to
                its root.
        """
        self.playbook = playbook
        self.site = site
        self._head: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "licence": LICENCE,
            "edition": playbook.editions[-1].id if playbook.editions else None,
            "day": latest_day(playbook),
            "site": site.root or None,
        }

    @cached_property
    def _lists(self) -> dict[str, Any]:
        """The lists that questions choose from, by the field of `WithLists`."""
        playbook, vocabulary = self.playbook, self.playbook.vocabulary
        pitfalls = (
            PitfallOnSite.model_construct(**dict(each), url=self.address(each.address))
            for each in playbook.pitfalls
        )
        return {
            "roles": vocabulary.roles,
            "job_titles": vocabulary.job_titles,
            "stages": vocabulary.stages,
            "priorities": vocabulary.priorities,
            "kinds": vocabulary.kinds,
            "sources": playbook.sources,
            "pitfalls": tuple(pitfalls),
            "checklists": tuple(_checklists(playbook)),
        }

    @cached_property
    def _questions(self) -> dict[str, QuestionOnSite]:
        """The questions with their addresses, by id. They were validated when they were read."""
        return {
            each.id: QuestionOnSite.model_construct(
                **dict(each),
                url=self.address(f"q/{each.id}/"),
                json_url=self.address(f"q/{each.id}.json"),
                changed=each.last_changed,
            )
            for each in self.playbook.questions
        }

    def address(self, path: str) -> str:
        """Return the address of a path below the site's root."""
        return self.site.root + path

    def questions_json(self) -> str:
        """Return every question, in the form of `QuestionsFile`."""
        questions = tuple(self._questions.values())
        file = QuestionsFile(**self._head, **self._lists, total=len(questions), questions=questions)
        return self._written(file, "questions-json", "schema/")

    def question_files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and text of each question's file, in the form of `QuestionFile`.

        An earlier id has a file too, which tells the id of today.
        """
        for question in self.playbook.questions:
            for id in (question.id, *question.previous_ids):
                yield f"q/{id}.json", self._question_json(question, id)

    def changes_json(self) -> str:
        """Return what happened to every question, in the form of `ChangesFile`."""
        file = ChangesFile(
            **self._head,
            editions=tuple(reversed(self.playbook.editions)),
            changes=tuple(self.changes()),
        )
        return self._written(file, "changes-json", "schema/")

    def changes(self) -> Iterator[ChangeOnSite]:
        """Yield what happened to every question, the latest first."""
        for event in history(self.playbook):
            question = self._questions[event.question.id]
            yield ChangeOnSite(
                day=event.day,
                kind=event.kind,
                edition=event.edition,
                id=question.id,
                title=question.title,
                ask=question.ask,
                what=event.what,
                previous_id=event.previous_id,
                instead=question.instead if event.kind == "retired" else None,
                url=question.url,
                json_url=question.json_url,
            )

    def _question_json(self, question: Question, id: str) -> str:
        file = QuestionFile(
            **self._head,
            **_named_by(question, self._lists),
            id=id,
            status=question.status if id == question.id else "renamed",
            renamed_to=question.id if id != question.id else None,
            question=self._questions[question.id],
            needs=self._others(question.needs),
            needed_by=self._others(self.playbook.needed_by[question.id]),
            instead=next(iter(self._others([question.instead] if question.instead else [])), None),
        )
        return self._written(file, "question-json", "../downloads/schema/")

    def _others(self, ids: Iterable[str]) -> tuple[OtherQuestion, ...]:
        fields = OtherQuestion.model_fields
        return tuple(
            OtherQuestion(**{name: getattr(self._questions[id], name) for name in fields})
            for id in ids
        )

    def _written(self, file: FromSite, schema: str, folder: str) -> str:
        """Return a file as text. `folder` leads from it to the schemas where no site is known."""
        folder = self.address("downloads/schema/") if self.site.url else folder
        holds = {"$schema": f"{folder}{schema}.schema.json", **file.model_dump(mode="json")}
        return json.dumps(holds, indent=2, ensure_ascii=False) + "\n"


def _checklists(playbook: Playbook) -> Iterator[Checklist]:
    for framework in playbook.frameworks:
        items = tuple(
            ChecklistItem(item=f"{framework.id}:{item.id}", **dict(item))
            for item in framework.items
        )
        yield Checklist(
            id=framework.id,
            name=framework.name,
            url=framework.url,
            note=framework.note,
            items=items,
        )


def _named_by(question: Question, lists: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return of each list what a question names."""
    items = {mapped.item for mapped in question.maps_to}
    named = {
        "roles": {question.role},
        "job_titles": {*question.job_titles},
        "stages": {question.stage},
        "priorities": {question.priority},
        "kinds": {*question.applies_to},
        "sources": {*question.sources},
        "pitfalls": {*question.pitfalls},
        "checklists": {item.partition(":")[0] for item in items},
    }
    kept = {
        name: tuple(entry for entry in lists[name] if entry.id in ids)
        for name, ids in named.items()
    }
    kept["checklists"] = tuple(
        each.model_copy(update={"items": tuple(own for own in each.items if own.item in items)})
        for each in kept["checklists"]
    )
    return kept
