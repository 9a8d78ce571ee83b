"""A validation fault → a sentence that says what to type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails

from macros.load.yaml_file import Document, Route
from macros.model.base import ID_PATTERN, Model
from macros.model.question import Question, QuestionText
from macros.problems import Problem, nearest, one_of

_KINDS = {
    "string_type": "text; numbers, true and false need quotes to be text",
    "tuple_type": "a list",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "model_type": "fields such as 'name: value'",
}


def miscounted(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because pydantic left its unsound entries out."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def explain(detail: ErrorDetails, document: Document, route: Route, model: type[Model]) -> Problem:
    """Put one of pydantic's faults into a contributor's words.

    In: the fault; the document and the route of the entry it is in; the entry's model. Out: the
    problem, at the place of the value or of its nearest known ancestor.
    """
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    name = _spell(loc)
    here = (*route, *loc)
    place, item = document.place(here), document.item(route)
    owner = _owner(model, loc)
    fields = [field for field in owner.model_fields if field != "role" or owner is not Question]
    shown = _show(detail["input"])
    if kind == "missing":
        return Problem(place, item, f"field '{name}' is missing", _described(owner, loc))
    if kind == "extra_forbidden":
        guess = nearest(loc[-1], fields)
        place = document.key_place(here)
        return Problem(place, item, f"unknown field '{name}'", ", ".join(fields), guess)
    if kind == "value_error":
        message, _, expected = str(context["error"]).partition("; expected ")
        return Problem(place, item, f"'{name}' {message}", expected)
    if kind == "string_too_long":
        message = f"'{name}' has {len(str(detail['input']))} characters"
        return Problem(place, item, message, f"at most {context['max_length']} characters")
    if kind == "string_too_short":
        return Problem(place, item, f"'{name}' is empty", _described(owner, loc))
    if kind in ("too_short", "too_long"):
        bound = "at least" if kind == "too_short" else "at most"
        limit = context["min_length" if kind == "too_short" else "max_length"]
        message = f"'{name}' has {_entries(context['actual_length'])}"
        return Problem(place, item, message, f"{bound} {_entries(limit)}")
    if kind == "literal_error":
        choices = [str(choice) for choice in get_args(_bare(owner.model_fields[str(loc[-1])]))]
        message = f"'{name}' is {shown}"
        return Problem(place, item, message, one_of(choices), nearest(detail["input"], choices))
    if kind.startswith("date"):
        return Problem(place, item, f"'{name}' is {shown}", "a day such as 2026-11-23")
    if context.get("pattern") == ID_PATTERN:
        expected = "a name in small letters and digits, joined by hyphens"
        return Problem(place, item, f"'{name}' is {shown}", expected)
    return Problem(place, item, f"'{name}' is {shown}", _KINDS.get(kind, _described(owner, loc)))


def _spell(loc: Sequence[str | int]) -> str:
    name = ""
    for step in loc:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _bare(info: Any) -> Any:
    return info.annotation


def _owner(model: type[Model], loc: Sequence[str | int]) -> type[Model]:
    """Return the model that the last named step of `loc` is a field of."""
    owner: type[Model] = QuestionText if model is Question else model
    names = [step for step in loc if isinstance(step, str)]
    for name in names[:-1]:
        inner = owner.model_fields[name].annotation
        while get_args(inner):
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, Model):
            owner = inner
    return owner


def _described(owner: type[Model], loc: Sequence[str | int]) -> str:
    named = [step for step in loc if isinstance(step, str)][-1]
    info = owner.model_fields.get(named)
    return info.description or "" if info else ""


def _show(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a set of fields"
    if isinstance(value, str):
        return f"'{value if len(value) <= 40 else value[:37] + '...'}'"
    return f"the number {value}"


def _entries(count: int) -> str:
    return f"{count} entry" if count == 1 else f"{count} entries"
