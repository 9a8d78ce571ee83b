"""How measured values stand in a picture and in its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.render.charts import Axis, Point
from macros.render.formatting import format_number

Results = Mapping[str, Any]


def percent(value: float, digits: int = 0) -> str:
    return format_number(value, "percent", digits)


def with_interval(measured: Mapping[str, float], digits: int = 0) -> str:
    """As a cell of a table has room for: `50.1% (49.9–50.3)`."""
    low, high = (format_number(100 * measured[end], "number", digits) for end in ("low", "high"))
    return f"{percent(measured['mean'], digits)} ({low}–{high})"


def point(x: float, measured: Mapping[str, float]) -> Point:
    return Point(x, measured["mean"], measured["low"], measured["high"])


def share_axis(title: str, low: float = 0.0, step: float = 0.2) -> Axis:
    """From `low` to 1, with a name at every step."""
    count = round((1 - low) / step)
    ticks = [(low + step * number, percent(low + step * number)) for number in range(count + 1)]
    return Axis(title, low, 1.0, ticks)
