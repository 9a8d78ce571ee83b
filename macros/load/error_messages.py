"""A validation error → a sentence that says what to type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails

from macros.load.yaml_file import Document, KeyPath
from macros.model.base import ID_PATTERN, Model
from macros.model.question import Question, QuestionText
from macros.problems import Problem, nearest, one_of

_IS = "'{name}' is {shown}"
# By pydantic's type of error: what is wrong, and what was expected.
_TEMPLATES = {
    "missing": ("field '{name}' is missing", "{description}"),
    "extra_forbidden": ("unknown field '{name}'", "{fields}"),
    "value_error": ("'{name}' {message}", "{expected}"),
    "string_too_short": ("'{name}' is empty", "{description}"),
    "string_too_long": ("'{name}' has {length} characters", "at most {max_length} characters"),
    "too_short": ("'{name}' has {length} {entries}", "at least {min_length} {least}"),
    "too_long": ("'{name}' has {length} {entries}", "at most {max_length} {most}"),
    "literal_error": (_IS, "{choices}"),
    "string_type": (_IS, "text; numbers, true and false need quotes to be text"),
    "tuple_type": (_IS, "a list"),
    "bool_type": (_IS, "true or false"),
    "int_type": (_IS, "a whole number"),
    "int_from_float": (_IS, "a whole number"),
    "greater_than_equal": (_IS, "{ge} or more"),
    "less_than_equal": (_IS, "{le} or less"),
    "model_type": (_IS, "fields such as 'name: value'"),
    "date": (_IS, "a day such as 2026-11-23"),
    "id": (_IS, "a name in small letters and digits, joined by hyphens"),
}
_OTHER = (_IS, "{description}")


def is_spurious_too_short(detail: ErrorDetails) -> bool:
    """Return whether a `too_short` error is a side effect: pydantic counts only valid items."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def explain(detail: ErrorDetails, document: Document, path: KeyPath, model: type[Model]) -> Problem:
    """Put one of pydantic's errors into a contributor's words.

    Args:
        detail: The error.
        document: The file it is in.
        path: Where in the file the entry is.
        model: The entry's model.

    Returns:
        The problem, at the place of the value or of its nearest known ancestor.
    """
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    if kind.startswith("date"):
        kind = "date"
    elif context.get("pattern") == ID_PATTERN:
        kind = "id"
    owner = _owner(model, loc)
    info = owner.model_fields.get("".join(_names(loc)[-1:]))
    fields = [field for field in owner.model_fields if field != "role" or owner is not Question]
    choices = [str(choice) for choice in get_args(info.annotation)] if info else []
    message, _, expected = str(context.get("error", "")).partition("; expected ")
    length = context.get("actual_length", len(str(detail["input"])))
    values = context | {
        "name": _spell(loc),
        "shown": _show(detail["input"]),
        "description": (info.description if info else None) or "",
        "fields": ", ".join(fields),
        "choices": one_of(choices),
        "message": message,
        "expected": expected,
        "length": length,
        "entries": _entries(length),
        "least": _entries(context.get("min_length")),
        "most": _entries(context.get("max_length")),
    }
    said, wanted = (template.format_map(values) for template in _TEMPLATES.get(kind, _OTHER))
    location, guess = document.location((*path, *loc)), ""
    if kind == "extra_forbidden":
        location, guess = document.location((*path, *loc), of_name=True), nearest(loc[-1], fields)
    elif kind == "literal_error":
        guess = nearest(detail["input"], choices)
    return Problem(location, document.item(path), said, wanted, guess)


def _spell(loc: Sequence[str | int]) -> str:
    """Return `maps_to[2].item` for the second item's field."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).removeprefix(".")


def _names(loc: Sequence[str | int]) -> list[str]:
    return [step for step in loc if isinstance(step, str)]


def _owner(model: type[Model], loc: Sequence[str | int]) -> type[Model]:
    """Return the model that the last named step of `loc` is a field of."""
    owner: type[Model] = QuestionText if model is Question else model
    for name in _names(loc)[:-1]:
        inner = owner.model_fields[name].annotation
        while get_args(inner):
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, Model):
            owner = inner
    return owner


def _show(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value if len(value) <= 40 else value[:37] + '...'}'"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a set of fields"
    if isinstance(value, bool):
        return str(value).lower()
    return "empty" if value is None else f"the number {value}"


def _entries(count: object) -> str:
    return "entry" if count == 1 else "entries"
