"""The types of the models' fields, such as bounded text and ids, and the base of every model.

The modules of models that a check needs leave annotations unpostponed: pydantic would compile each
from its text.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
QUESTION_ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+){1,3}$"


class Words:
    """A limit on the number of words, for pydantic and for the JSON Schema (see writing.md)."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pattern = rf"^\s*\S+(\s+\S+){{0,{most - 1}}}\s*$"

    def __call__(self, text: str) -> str:
        """Return `text`. Raise ValueError if it is empty or has too many words."""
        count = len(text.split())
        if not count:
            raise ValueError("is empty")
        if count > self.most:
            raise ValueError(f"has {count} words; expected at most {self.most}")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        # As AfterValidator does, which would look up anew how many arguments each takes.
        return core_schema.no_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}


def _unique(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(items)) < len(items):
        repeated = sorted({str(item) for item in items if items.count(item) > 1})
        raise ValueError(f"lists {', '.join(repr(name) for name in repeated)} more than once")
    return items


def _written_as_day(value: Any) -> Any:
    """Reject what pydantic also accepts as a date: seconds since 1970, and a date with a time."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise PydanticCustomError("date_format", "no day")
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise PydanticCustomError("date_type", "no day")
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_ID_PATTERN)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=40), Words(4)]
Text = Annotated[str, Words(120)]
Day = Annotated[date, Strict(False), BeforeValidator(_written_as_day)]
Ids = Annotated[tuple[Id, ...], Strict(False), AfterValidator(_unique)]
# The length comes first: after a function, it would be missing from the schema.
SomeIds = Annotated[tuple[Id, ...], Strict(False), Field(min_length=1), AfterValidator(_unique)]
SomePhrases = Annotated[
    tuple[Annotated[str, Words(12)], ...],
    Strict(False),
    Field(min_length=1),
    AfterValidator(_unique),
]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$")]


class Model(BaseModel):
    """The base of every model: frozen, strict, and without fields that are not declared."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


def collapse_whitespace(text: str) -> str:
    """Return `text` with every run of white space as one space: YAML folding is not content."""
    return " ".join(text.split())
