"""How numbers are written in sentences and tables. Templates use the same functions as filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from macros.lookup import MacroError, choose

_FORMS: dict[str, Callable[[float, int], str]] = {
    "number": lambda value, digits: f"{value:,.{digits}f}".replace("-", "−"),
    "percent": lambda value, digits: f"{_round_inwards(100 * value, digits):,.{digits}f}%",
    "plain": lambda value, digits: f"{value:g}",
}


def format_number(value: Any, form: str = "number", digits: int = 0) -> str:
    """Return a number as pages write it.

    Args:
        value: The number. A text stays as it is.
        form: `number`, `percent` (of a share from 0 to 1) or `plain`.
        digits: How many digits follow the decimal point.

    Raises:
        MacroError: The value is not a number, or the form is unknown.
    """
    if isinstance(value, str):
        return value
    # Not `value!r`: if a template has no such value, `str` raises an error that names it.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MacroError(f"{value} is no number; expected the path of one")
    return _FORMS[choose(form, _FORMS, "form")](value, digits)


def number(value: Any, digits: int = 0) -> str:
    """Return a number with separated thousands: `1,024`. Raises MacroError as `format_number`."""
    return format_number(value, "number", digits)


def percent(value: Any, digits: int = 0) -> str:
    """Return a share from 0 to 1 in percent: `50%`. Raises MacroError as `format_number`."""
    return format_number(value, "percent", digits)


def interval(value: Any, form: str = "number", digits: int = 0) -> str:
    """Return the `low` and `high` of `value` as pages write a range: `0.2 to 0.4`.

    Raises:
        MacroError: The value has no `low` and `high`, or these are not numbers.
    """
    if not (isinstance(value, Mapping) and {"low", "high"} <= value.keys()):
        raise MacroError(f"{value} has no low and high; expected the path of an interval")
    low, high = (format_number(value[end], form, digits) for end in ("low", "high"))
    return f"{low} to {high}"


def percent_with_interval(measured: Mapping[str, float], digits: int = 0) -> str:
    """Return a mean share and its interval as a table cell has room for: `50.1% (49.9–50.3)`."""
    low, high = (number(100 * measured[end], digits) for end in ("low", "high"))
    return f"{percent(measured['mean'], digits)} ({low}–{high})"


def day(value: date) -> str:
    """Return a day as sentences name it: `2 August 2026`."""
    return f"{value.day} {value:%B %Y}"


def _round_inwards(percent: float, digits: int) -> float:
    """Round to `digits`, but never to 0% or 100% what is not exactly that."""
    step = 10.0**-digits
    if 100 - step / 2 <= percent < 100:
        return 100 - step
    if 0 < percent < step / 2:
        return step
    return percent
