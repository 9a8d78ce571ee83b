"""The editions of the playbook."""

from typing import Annotated

from pydantic import Field, StringConstraints

from macros.model.base import Day, Model, Words


class Edition(Model):
    """A state of the playbook with a name. It holds every change up to its day."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}(\.\d{1,2})?$")] = Field(
        description="its name: year and month in quotes, such as '2026.11', never used again"
    )
    day: Day = Field(description="the last day whose changes are in it, as year-month-day")
    summary: Annotated[str, Words(40)] = Field(description="what it brings, in one sentence")
