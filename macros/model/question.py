"""The models of questions and of the playbook. See load/ and export/ for reading and writing.

A field's description here is the only one: the editor's JSON Schema, the table on the
downloads page and the annotated template in CONTRIBUTING.md are made from it or tested against it.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, Strict, StringConstraints

from macros.model.base import Day, Id, Ids, Model, QuestionId, SomeIds, Title, Words
from macros.model.edition import Edition
from macros.model.meeting import Agenda, Answer
from macros.model.reference import Cause, Claim, Duty, Failure, Framework, Pitfall, Source, Term
from macros.model.word_list import SearchWord, Wording
from macros.problems import SourceLocation


class Labelled(Model):
    """An entry of the vocabulary."""

    id: Id = Field(description="name used in the data files; never changed once published")
    label: Annotated[str, Words(8)] = Field(description="how pages call it")
    description: Annotated[str, Words(40)] = Field(description="one sentence a newcomer follows")


class Role(Labelled):
    """One of the three peers round the table."""

    short: Annotated[str, Words(3)] = Field(description="the label where space is short")
    mark: Literal["circle", "square", "triangle"] = Field(
        description="shape that always goes with the role's colour"
    )
    provides: Annotated[str, Words(60)] = Field(description="what this role owes the model")
    relies_on: Annotated[str, Words(60)] = Field(
        description="what this role may expect from the other two"
    )


class JobTitle(Labelled):
    """A job within a role: who, among the business or the engineers, a question is for."""

    role: Id = Field(description="id of the role it belongs to")


class Vocabulary(Model):
    """`vocabulary.yml`: every list that questions choose from."""

    roles: Annotated[tuple[Role, ...], Strict(False)]
    job_titles: Annotated[tuple[JobTitle, ...], Strict(False)]
    stages: Annotated[tuple[Labelled, ...], Strict(False)]
    priorities: Annotated[tuple[Labelled, ...], Strict(False)]
    kinds: Annotated[tuple[Labelled, ...], Strict(False)]


class Coverage(Model):
    """A question's claim to cover an item of a published checklist, or a part of it."""

    item: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:\S+$")] = Field(
        description="`framework:item`, for instance `rules-of-ml:R2`"
    )
    reason: Annotated[str, Words(25)] = Field(description="what in the question covers it")
    extent: Literal["whole", "part"] = Field(
        default="whole",
        description="`part` where a real part of the item is left; only `whole` counts as covered",
    )


class Change(Model):
    """Something that happened to a question after it was first published."""

    day: Day = Field(description="when, as year-month-day")
    kind: Literal["reworded", "renamed", "moved", "retired"] = Field(
        description="whether its words, its id or its role is another one, or it is asked no longer"
    )
    what: Annotated[str, Words(30)] | None = Field(
        default=None, description="what is different, in one sentence; only when reworded"
    )


class QuestionText(Model):
    """A file `questions/<role>/<id>.yml`: one question. The bounds are those of the style guide."""

    title: Title = Field(
        description="the topic in one to four words, at most 40 characters, unique within the site"
    )
    ask: Annotated[str, Words(25)] = Field(
        description="the question as a person would say it aloud; "
        "it cannot be answered with yes or no"
    )
    why: Annotated[str, Words(60)] = Field(
        description="what goes wrong when nobody asks: who is hurt, when and how"
    )
    good_answer: Annotated[str, Words(80)] = Field(
        description="what a good answer sounds like: numbers, names, dates"
    )
    warning_sign: Annotated[str, Words(45)] = Field(
        description="the kind of thing people say when the answer is missing, and why it matters"
    )
    evidence: Annotated[str, Words(15)] = Field(
        description="the document, query or dashboard that proves the answer"
    )
    search_phrases: Annotated[
        tuple[Annotated[str, Words(12)], ...], Strict(False), Field(min_length=3, max_length=15)
    ] = Field(description="three to fifteen phrases people type or say for the same thing")
    job_titles: SomeIds = Field(
        description="who in the role is asked: ids from `job_titles`",
        json_schema_extra={"list": "job_titles"},
    )
    stage: Id = Field(description="id from `stages`", json_schema_extra={"list": "stages"})
    priority: Id = Field(
        description="id from `priorities`; at most four `must` per role",
        json_schema_extra={"list": "priorities"},
    )
    applies_to: Ids = Field(
        default=("any",),
        description="ids from `kinds`: what kind of project it is for",
        json_schema_extra={"list": "kinds"},
    )
    needs: Ids = Field(
        default=(), description="ids of questions whose answers this one needs first"
    )
    sources: Ids = Field(default=(), description="ids from sources.yml that support it")
    maps_to: Annotated[tuple[Coverage, ...], Strict(False)] = Field(
        default=(), description="items of published checklists that it covers, each with a reason"
    )
    pitfalls: Ids = Field(default=(), description="ids from pitfalls.yml that it prevents")
    in_original_post: bool = Field(
        default=False, description="true where the blog post behind this site asks it"
    )
    status: Literal["live", "retired"] = Field(
        default="live", description="`retired` keeps the link working and explains why"
    )
    retired_because: Annotated[str, Words(40)] | None = Field(
        default=None, description="why it was retired and what to ask instead; only when retired"
    )
    instead: QuestionId | None = Field(
        default=None, description="id of the live question that took its place; only when retired"
    )
    since: Day = Field(description="the day it was first published, as year-month-day")
    changes: Annotated[tuple[Change, ...], Strict(False)] = Field(
        default=(),
        description="what has happened to it since then, oldest first: "
        "each with `day`, `kind` and `what`",
    )
    previous_ids: Ids = Field(default=(), description="earlier ids, which still work")


class FromFileName(Model):
    """What the place of a question's file says, and nobody writes into the file."""

    id: QuestionId = Field(
        description="name of the file: two to four words joined by hyphens, never reused; "
        "an earlier one goes into `previous_ids`"
    )
    role: Id = Field(description="name of the folder: id of the role that is asked")


class Question(QuestionText, FromFileName):
    """A question in its place."""

    @property
    def live(self) -> bool:
        """Whether pages and downloads still ask it."""
        return self.status == "live"

    @property
    def last_changed(self) -> date:
        """The day of its latest change, or the day it was first published."""
        return max([self.since, *(change.day for change in self.changes)])


class Playbook(Model):
    """All the data, checked. Lists keep the order of their files; questions have their own."""

    vocabulary: Vocabulary
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    pitfalls: tuple[Pitfall, ...]
    frameworks: tuple[Framework, ...]
    claims: tuple[Claim, ...]
    causes: tuple[Cause, ...]
    failures: tuple[Failure, ...]
    duties: tuple[Duty, ...]
    agendas: tuple[Agenda, ...]
    answers: tuple[Answer, ...]
    wordings: tuple[Wording, ...]
    editions: tuple[Edition, ...]
    search_words: tuple[SearchWord, ...]
    locations: Mapping[str, SourceLocation] = Field(
        description="where each question stands, for `improve this question`"
    )
    published: tuple[tuple[str, str], ...] = Field(
        default=(), description="role and id of each place on a role page that was ever published"
    )
    published_source_pages: tuple[str, ...] = Field(
        default=(), description="address of each page of sources that was ever published"
    )

    @property
    def live(self) -> tuple[Question, ...]:
        """The questions that are still asked."""
        return tuple(question for question in self.questions if question.live)

    @property
    def must_ask(self) -> tuple[Question, ...]:
        """The live questions that every first meeting raises, in the order of the roles."""
        return tuple(question for question in self.live if question.priority == "must")

    @cached_property
    def needed_by(self) -> dict[str, tuple[str, ...]]:
        """For each question id, the live questions that wait for its answer."""
        waiting: dict[str, list[str]] = {question.id: [] for question in self.questions}
        for question in self.live:
            for needed in question.needs:
                waiting[needed].append(question.id)
        return {id_: tuple(names) for id_, names in waiting.items()}
