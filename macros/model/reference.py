"""The entries of the reference lists: works, words, misuses, checklists, law and failures."""

from typing import Annotated, Literal

from pydantic import Field, Strict, StringConstraints

from macros.model.base import Day, HttpUrl, Id, Ids, Model, SomeIds, Words


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
    companion_of: Id | None = Field(
        default=None, description="id of the source whose `caution` sends readers to this one"
    )


class OfficialHost(Model):
    """Where laws and rulings are published by those who make them."""

    id: Id = Field(description="name of the publisher")
    host: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")] = Field(
        description="host of its addresses, without `https://`; those below it count as well"
    )
    publishes: Annotated[str, Words(25)] = Field(description="what is published there, and by whom")


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
    looked_fine: Annotated[str, Words(30)] = Field(description="what everybody saw and liked")
    was_wrong: Annotated[str, Words(30)] = Field(description="what nobody had looked at")
    context_of: Id = Field(
        description="id of the role that held the missing context",
        json_schema_extra={"list": "roles"},
    )
    missing_context: Annotated[str, Words(30)] = Field(
        description="what that role knew, or could have asked"
    )
    this_is_you: Annotated[str, Words(35)] = Field(
        description="how readers know their own project in it; goes on from “This is you if”"
    )


class FrameworkItem(Model):
    """One line of a published checklist."""

    id: str = Field(description="the publisher's own id where it has one")
    topic: Annotated[str, Words(25)] = Field(description="what it asks for, paraphrased")
    together: Ids = Field(
        default=(),
        description="ids of questions that cover a part each and, all answered, leave nothing over",
    )
    outside: Annotated[str, Words(30)] | None = Field(
        default=None,
        description="why it is beyond a kickoff's reach; only where no question covers it",
    )


class Framework(Model):
    """A published checklist that questions are mapped to."""

    id: Id = Field(description="name used in `maps_to`, before the colon")
    name: Annotated[str, Words(12)] = Field(description="how it is called")
    url: HttpUrl = Field(description="where it is published")
    note: Annotated[str, Words(60)] | None = Field(
        default=None, description="how its text was read, and what of it is left out"
    )
    items: Annotated[tuple[FrameworkItem, ...], Strict(False)]


class Claim(Model):
    """A popular figure or saying that no source supports as it is told."""

    id: Id = Field(description="name of its place on the page")
    claim: Annotated[str, Words(25)] = Field(description="what people say")
    finding: Annotated[str, Words(60)] = Field(description="what the sources say")
    alternative: Annotated[str, Words(45)] = Field(description="what one can say instead")
    sources: SomeIds = Field(description="ids of sources")


class Cause(Model):
    """A kind of fact whose neglect made projects fail; documented failures are sorted by it."""

    id: Id = Field(description="name used by failures, and of its place on the page")
    label: Annotated[str, Words(6)] = Field(description="how it is shown")


class Failure(Model):
    """A documented failure, and the questions that might have brought it up in time."""

    id: Id = Field(description="name of its place on the page")
    cause: Id = Field(description="id from `causes.yml`: what was overlooked")
    title: Annotated[str, Words(10)] = Field(description="what went wrong, in a few words")
    story: Annotated[str, Words(70)] = Field(description="what is documented, with its limits")
    knowable: Annotated[str, Words(35)] = Field(
        description="the fact that could be known when the work began, in a sentence"
    )
    held_by: Annotated[str, Words(20)] = Field(description="the kind of people who knew it")
    consequence: Annotated[str, Words(35)] = Field(description="what it came to, in a sentence")
    sources: SomeIds = Field(description="ids of sources")
    questions: SomeIds = Field(description="ids of questions that ask for the fact")


class Duty(Model):
    """Something that the law asks for or allows, in one place."""

    id: Id = Field(description="name of its place on the page")
    place: Id = Field(description="where it is law; a page prints one place at a time")
    duty: Annotated[str, Words(45)] = Field(description="what has to be done, in plain words")
    whom: Annotated[str, Words(15)] = Field(description="who has to do it")
    applies_from: Day | None = Field(
        description="the day since or from which it applies; null where that is not decided"
    )
    article: Annotated[str, Words(15)] = Field(description="law and article, as lawyers cite it")
    sources: SomeIds = Field(description="ids of sources")
    questions: SomeIds = Field(description="ids of questions that ask for it")
    checked: Day = Field(description="the day it was last compared with its sources")
    look_again: Day = Field(
        description="the day by which somebody compares it again; `make check` fails 30 days later"
    )


def item_ids(frameworks: tuple[Framework, ...]) -> tuple[str, ...]:
    """Return every checklist item as `framework:item`, the form that `maps_to` uses."""
    return tuple(
        f"{framework.id}:{item.id}" for framework in frameworks for item in framework.items
    )
