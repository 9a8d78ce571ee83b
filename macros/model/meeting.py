"""The meeting's own data: agendas, and the answers of the worked example."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from macros.model.base import Day, Id, Ids, Model, Words


class Step(Model):
    """One part of an agenda: something the chair does, or a round of questions."""

    minutes: Annotated[int, Field(ge=1, le=120)] = Field(description="how long it takes")
    title: Annotated[str, Words(8)] = Field(description="what happens, in a few words")
    what: Annotated[str, Words(45)] = Field(description="what the chair says or does")
    who: Annotated[str, Words(8)] = Field(description="who speaks")
    priority: Id | None = Field(
        default=None, description="priority of the questions that are asked in it, if any"
    )
    stages: Ids = Field(default=(), description="only questions of these stages; none means all")
    extra_count: Annotated[int, Field(ge=0)] = Field(
        default=0,
        description="how many questions of other priorities besides: those for which most wait",
    )
    extra_stages: Ids = Field(
        default=(), description="stages that those are chosen from; none means all"
    )


class Agenda(Model):
    """A plan for a first meeting of a given length. The questions are chosen from the data."""

    id: Id = Field(description="name of its place on the page")
    minutes: Annotated[int, Field(ge=10, le=240)] = Field(description="how long the meeting is")
    title: Annotated[str, Words(6)] | None = Field(
        default=None, description="its heading, where that is not its length"
    )
    choose: Annotated[str, Words(45)] = Field(description="when to take this one, and its price")
    steps: Annotated[tuple[Step, ...], Strict(False), Field(min_length=1)]


class Answer(Model):
    """One answer of the worked example, as a team would write it down."""

    id: Id = Field(description="id of the question that is answered")
    status: Literal["answered", "open"] = Field(
        description='`open` is the honest "we do not know yet"'
    )
    answer: Annotated[str, Words(90)] = Field(description="what the team wrote down")
    owner: Annotated[str, Words(6)] = Field(description="who answers for it: a job, not a name")
    due: Day | None = Field(
        default=None, description="the day by which an open one is answered; only when open"
    )
    decision: bool = Field(default=False, description="whether it settles what the team will do")
