"""The playbook's data, as frozen models. No reading, no writing: see load.py and export.py.

A field's description here is the only one: the editor's JSON Schema, the table on the
downloads page and the annotated template in CONTRIBUTING.md are made from it or tested against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic_core import CoreSchema

from macros.problem import Place

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
QUESTION_ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+){1,3}$"


class Words:
    """At most so many words, told to pydantic and to the JSON Schema alike (writing.md)."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pattern = rf"^\s*\S+(\s+\S+){{0,{most - 1}}}\s*$"

    def __call__(self, text: str) -> str:
        count = len(text.split())
        if not count:
            raise ValueError("is empty")
        if count > self.most:
            raise ValueError(f"has {count} words; expected at most {self.most}")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return AfterValidator(self).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}


def _unique(items: tuple[Any, ...]) -> tuple[Any, ...]:
    repeated = sorted({str(item) for item in items if items.count(item) > 1})
    if repeated:
        raise ValueError(f"lists {', '.join(repr(name) for name in repeated)} more than once")
    return items


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_ID_PATTERN)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=40), Words(4)]
Text = Annotated[str, Words(120)]
Day = Annotated[date, Strict(False)]
Ids = Annotated[tuple[Id, ...], Strict(False), AfterValidator(_unique)]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$")]


class Model(BaseModel):
    """Frozen, strict, and closed: a field nobody declared is a fault, not a surprise."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


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
    owes: Annotated[str, Words(60)] = Field(description="what this role owes the model")
    expects: Annotated[str, Words(60)] = Field(
        description="what this role may expect from the other two"
    )


class Hat(Labelled):
    """A job within a role: who, among the business or the engineers, a question is for."""

    role: Id = Field(description="id of the role that wears it")


class Vocabulary(Model):
    """`vocabulary.yml`: every list that questions choose from."""

    roles: Annotated[tuple[Role, ...], Strict(False)]
    hats: Annotated[tuple[Hat, ...], Strict(False)]
    stages: Annotated[tuple[Labelled, ...], Strict(False)]
    priorities: Annotated[tuple[Labelled, ...], Strict(False)]
    kinds: Annotated[tuple[Labelled, ...], Strict(False)]


class Source(Model):
    """Something published that a question, a page or a term relies on."""

    id: Id = Field(description="name used to cite it")
    cite_as: Annotated[str, Words(6)] = Field(description="short form used in running text")
    title: Annotated[str, Words(40)] = Field(description="the work's own title")
    authors: Annotated[str, Words(40)] = Field(description="who made it")
    year: int | None = Field(description="year of publication, or null where none is shown")
    venue: Annotated[str, Words(40)] = Field(description="where it appeared")
    url: HttpUrl = Field(description="address; a DOI where there is one")
    kind: Literal["paper", "report", "law", "docs", "post", "dataset", "talk"] = Field(
        description="what sort of work it is"
    )
    basis: Literal["primary", "secondary", "unconfirmed"] = Field(
        description="what we read: the work itself, somebody's account of it, or neither"
    )
    claim: Annotated[str, Words(90)] = Field(description="what it supports, in our words")
    caution: Annotated[str, Words(90)] | None = Field(
        default=None, description="what must not be written from it, or what later work says"
    )


class Term(Model):
    """A word that needs explaining where it is first used on a page."""

    id: Id = Field(description="name used by the `term` macro and by the glossary's links")
    term: Annotated[str, Words(6)] = Field(description="the word itself")
    also: Annotated[tuple[Annotated[str, Words(6)], ...], Strict(False)] = Field(
        default=(), description="abbreviations and other names that mean the same; shown"
    )
    forms: Annotated[tuple[Annotated[str, Words(6)], ...], Strict(False)] = Field(
        default=(), description="plurals and related words that it explains too; not shown"
    )
    definition: Annotated[str, Words(45)] = Field(description="what it means, without jargon")
    sources: Ids = Field(default=(), description="ids of sources, where the meaning is disputed")


class Pitfall(Model):
    """A misuse of machine learning that the playbook tells as a story."""

    id: Id = Field(description="name used by questions")
    title: Annotated[str, Words(6)] = Field(description="what went wrong, in a few words")
    summary: Annotated[str, Words(40)] = Field(description="one sentence")
    address: str = Field(description="page and fragment that tells it, from the site's root")


class FrameworkItem(Model):
    """One line of a published checklist."""

    id: str = Field(description="the publisher's own id where it has one")
    topic: Annotated[str, Words(25)] = Field(description="what it asks for, paraphrased")


class Framework(Model):
    """A published checklist that questions are mapped to."""

    id: Id = Field(description="name used in `maps_to`, before the colon")
    name: Annotated[str, Words(12)] = Field(description="how it is called")
    url: HttpUrl = Field(description="where it is published")
    items: Annotated[tuple[FrameworkItem, ...], Strict(False)]


class Coverage(Model):
    """A question's claim to cover an item of a published checklist."""

    item: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:\S+$")] = Field(
        description="`framework:item`, for instance `rules-of-ml:R2`"
    )
    reason: Annotated[str, Words(25)] = Field(description="why the question covers it")


class QuestionText(Model):
    """What a contributor writes for one question. The bounds are those of the style guide."""

    id: QuestionId = Field(
        description="two to four words joined by hyphens, written by hand and never reused; "
        "an earlier one goes into `was`"
    )
    title: Title = Field(
        description="the topic in one to four words, at most 40 characters, unique in the site"
    )
    ask: Annotated[str, Words(25)] = Field(
        description="the question as a person says it aloud; it cannot be answered yes or no"
    )
    why: Annotated[str, Words(60)] = Field(
        description="what goes wrong when nobody asks: who is hurt, when and how"
    )
    good_answer: Annotated[str, Words(60)] = Field(
        description="what a good answer sounds like: numbers, names, dates"
    )
    warning_sign: Annotated[str, Words(45)] = Field(
        description="words one really hears when the answer is missing, and why they matter"
    )
    show_me: Annotated[str, Words(15)] = Field(
        description="the document, query or dashboard that proves the answer"
    )
    also_asked_as: Annotated[
        tuple[Annotated[str, Words(12)], ...], Strict(False), Field(min_length=3, max_length=8)
    ] = Field(description="three to eight phrases people type or say for the same thing")
    hats: Ids = Field(
        description="who in the role is asked: ids from `hats`", json_schema_extra={"list": "hats"}
    )
    stage: Id = Field(description="id from `stages`", json_schema_extra={"list": "stages"})
    priority: Id = Field(
        description="id from `priorities`; at most five `must` a role",
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
    from_post: bool = Field(
        default=False, description="true where the blog post behind this site asks it"
    )
    status: Literal["live", "retired"] = Field(
        default="live", description="`retired` keeps the link and explains"
    )
    retired_because: Annotated[str, Words(40)] | None = Field(
        default=None, description="why it was retired and what to ask instead; only when retired"
    )
    since: Day = Field(description="the day it was first published, as year-month-day")
    was: Ids = Field(default=(), description="earlier ids, which go on answering")


class Question(QuestionText):
    """A question in its place: the role is the name of the file it stands in."""

    role: Id = Field(description="id of the role that is asked")

    @property
    def live(self) -> bool:
        """Whether pages and downloads still ask it."""
        return self.status == "live"


class Playbook(Model):
    """All the data, checked. The order of every list is the order of its file."""

    vocabulary: Vocabulary
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    pitfalls: tuple[Pitfall, ...]
    frameworks: tuple[Framework, ...]
    places: Mapping[str, Place] = Field(
        description="where each question stands, for `improve this question`"
    )

    @property
    def live(self) -> tuple[Question, ...]:
        """The questions that are still asked."""
        return tuple(question for question in self.questions if question.live)

    @cached_property
    def needed_by(self) -> dict[str, tuple[str, ...]]:
        """For each question id, the live questions that wait for its answer."""
        waiting: dict[str, list[str]] = {question.id: [] for question in self.questions}
        for question in self.live:
            for needed in question.needs:
                waiting[needed].append(question.id)
        return {id_: tuple(names) for id_, names in waiting.items()}


class QuestionsFile(Model):
    """What `questions.json` holds."""

    schema_version: int = Field(description="goes up when a field changes its meaning or goes away")
    licence: str = Field(description="licence of the content, in its usual short form")
    total: int = Field(description="how many questions follow, retired ones included")
    roles: tuple[Role, ...] = Field(description="the three roles")
    stages: tuple[Labelled, ...] = Field(description="the stages, in order")
    priorities: tuple[Labelled, ...] = Field(description="the priorities, in order")
    questions: tuple[Question, ...] = Field(description="every question, with all its fields")


def item_ids(frameworks: tuple[Framework, ...]) -> tuple[str, ...]:
    """Return every checklist item as `framework:item`, the form that `maps_to` uses."""
    return tuple(
        f"{framework.id}:{item.id}" for framework in frameworks for item in framework.items
    )


def squeeze(text: str) -> str:
    """Return `text` with every run of white space as one space: YAML folding is not content."""
    return " ".join(text.split())
