"""What the JSON files hold that people download. See export/json_files.py for making them.

A file stands alone: whatever an entry names by an id stands beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from macros.model.base import Id, Ids, Model, QuestionId
from macros.model.edition import Edition
from macros.model.question import JobTitle, Labelled, Question, Role
from macros.model.reference import Pitfall, Source


class QuestionOnSite(Question):
    """A question, and where the site has it."""

    url: str = Field(description="address of its page")
    json_url: str = Field(description="address of the question alone, as JSON")
    changed: date = Field(description="the day of its latest change, or the day in `since`")


class PitfallOnSite(Pitfall):
    """A misuse, and where the site tells it."""

    url: str = Field(description="address of the page that tells it")


class ChecklistItem(Model):
    """One line of a published checklist."""

    item: str = Field(description="its name in `maps_to`: checklist and id, with a colon between")
    id: str = Field(description="its id in the checklist")
    topic: str = Field(description="what it asks for, paraphrased")
    together: Ids = Field(
        description="ids of questions that cover a part each and, all answered, leave nothing over"
    )
    outside: str | None = Field(
        description="why it is beyond a kickoff's reach; null where it is not"
    )


class Checklist(Model):
    """A published checklist that questions are mapped to."""

    id: Id = Field(description="its name in `maps_to`, before the colon")
    name: str = Field(description="how it is called")
    url: str = Field(description="where it is published")
    note: str | None = Field(description="how its text was read, and what of it is left out")
    items: tuple[ChecklistItem, ...]


class FromSite(Model):
    """What every file says of itself."""

    schema_version: int = Field(description="goes up when a field changes its meaning or goes away")
    licence: str = Field(description="licence of the content, in its usual short form")
    edition: str | None = Field(description="the playbook's latest edition, if there is one")
    day: date = Field(description="the day of the latest change, in that edition or after it")
    site: str | None = Field(
        description="address of the site; null if it was not known when the file was made; in that "
        "case, all page and file addresses are relative to the site's root"
    )


class WithLists(FromSite):
    """The lists that a question's ids are from."""

    roles: tuple[Role, ...] = Field(description="who the questions are for: `role`")
    job_titles: tuple[JobTitle, ...] = Field(description="who in a role is asked: `job_titles`")
    stages: tuple[Labelled, ...] = Field(description="the stages, in order: `stage`")
    priorities: tuple[Labelled, ...] = Field(description="the priorities, in order: `priority`")
    kinds: tuple[Labelled, ...] = Field(description="kinds of project: `applies_to`")
    sources: tuple[Source, ...] = Field(description="works that are cited: `sources`")
    pitfalls: tuple[PitfallOnSite, ...] = Field(description="misuses: `pitfalls`")
    checklists: tuple[Checklist, ...] = Field(
        description="published checklists and their items: `maps_to`"
    )


class QuestionsFile(WithLists):
    """What `questions.json` holds."""

    total: int = Field(description="how many questions follow, retired ones included")
    questions: tuple[QuestionOnSite, ...] = Field(description="every question, with all its fields")


class OtherQuestion(Model):
    """A question that another one names."""

    id: QuestionId = Field(description="its id")
    title: str = Field(description="its topic")
    ask: str = Field(description="the question as a person says it aloud")
    url: str = Field(description="address of its page")
    json_url: str = Field(description="address of the question alone, as JSON")


class QuestionFile(WithLists):
    """What `q/<id>.json` holds. Of each list, it has what the question names."""

    id: QuestionId = Field(description="the id in the address")
    status: Literal["live", "retired", "renamed"] = Field(
        description="`renamed` where the question has another id now"
    )
    renamed_to: QuestionId | None = Field(description="the id it has now; only when renamed")
    question: QuestionOnSite = Field(description="the question as it is today")
    needs: tuple[OtherQuestion, ...] = Field(description="those whose answers it needs first")
    needed_by: tuple[OtherQuestion, ...] = Field(description="those that wait for its answer")
    instead: OtherQuestion | None = Field(
        description="the one that took its place; only when retired"
    )


class ChangeOnSite(Model):
    """One thing that happened to a question."""

    day: date = Field(description="when")
    kind: Literal["added", "reworded", "renamed", "moved", "retired"] = Field(
        description="what happened to it"
    )
    edition: str | None = Field(
        description="the first edition that has it; null where none has it yet"
    )
    id: QuestionId = Field(description="id of the question today")
    title: str = Field(description="its topic today")
    ask: str = Field(description="its wording today")
    what: str | None = Field(description="what is different, or why it was retired")
    previous_id: QuestionId | None = Field(description="the id until then; only when renamed")
    instead: QuestionId | None = Field(description="what to ask instead; only when retired")
    url: str = Field(description="address of the question's page")
    json_url: str = Field(description="address of the question alone, as JSON")


class ChangesFile(FromSite):
    """What `changes.json` holds."""

    editions: tuple[Edition, ...] = Field(description="every edition, the latest first")
    changes: tuple[ChangeOnSite, ...] = Field(description="every change, the latest first")
