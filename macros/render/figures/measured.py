"""From measured values to the points and axes of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.render.charts import Axis, Point
from macros.render.formatting import percent

Results = Mapping[str, Any]


def measured_point(x: float, measured: Mapping[str, float]) -> Point:
    """Return a point at the mean of what was measured, with its interval."""
    return Point(x, measured["mean"], measured["low"], measured["high"])


def share_axis(low: float = 0.0, step: float = 0.2) -> Axis:
    """Return an axis from `low` to 1, labelled in percent at every `step`."""
    count = round((1 - low) / step)
    ticks = [(low + step * number, percent(low + step * number)) for number in range(count + 1)]
    return Axis(low, 1.0, ticks)
