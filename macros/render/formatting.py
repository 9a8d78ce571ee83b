"""How a number of a result file is written in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from macros.lookup import MacroError, choose

_FORMS: dict[str, Callable[[float, int], str]] = {
    "number": lambda value, digits: f"{value:,.{digits}f}".replace("-", "−"),
    "percent": lambda value, digits: f"{_round_inwards(100 * value, digits):,.{digits}f}%",
    "plain": lambda value, digits: f"{value:g}",
}


def format_number(value: Any, form: str = "number", digits: int = 0) -> str:
    """Return `value` as pages write it.

    In: a number (or a text, which stays as it is); `number`, `percent` or `plain`; how many
    digits after the point. Raises MacroError where the value is no number or the form is unknown.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MacroError(f"{value!r} is no number; expected the path of one")
    return _FORMS[choose(form, _FORMS, "form")](value, digits)


def interval(value: Any, form: str = "number", digits: int = 0) -> str:
    """Return the `low` and `high` of `value` as pages write a range. Raises MacroError."""
    if not (isinstance(value, Mapping) and {"low", "high"} <= value.keys()):
        raise MacroError(f"{value!r} has no low and high; expected the path of an interval")
    low, high = (format_number(value[end], form, digits) for end in ("low", "high"))
    return f"{low} to {high}"


def _round_inwards(percent: float, digits: int) -> float:
    """Keep what is not quite all or nothing from being rounded to all or nothing."""
    step = 10.0**-digits
    if 100 - step / 2 <= percent < 100:
        return 100 - step
    if 0 < percent < step / 2:
        return step
    return percent
