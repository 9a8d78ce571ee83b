"""Models that learn from coin flips."""

from __future__ import annotations

from collections.abc import Sequence

from macros.render.charts import (
    Axis,
    Bar,
    BarChart,
    Figure,
    LineChart,
    Point,
    ReferenceLine,
    Series,
)
from macros.render.figures.measured import Results, measured_point, share_axis
from macros.render.formatting import percent


def coin_flips(results: Results) -> Figure:
    """Draw the accuracy on seen and on new flips, by how many flips a model looks back."""
    models = results["models"]
    every_second = models[::2]
    ticks = [(model["memory"], str(model["memory"])) for model in every_second]
    chart = LineChart(
        Axis(0, models[-1]["memory"], ticks),
        share_axis(low=0.4),
        (
            Series("seen", "apparent", _accuracy(models, "seen")),
            Series("new", "actual", _accuracy(models, "new")),
        ),
        ReferenceLine(0.5),
    )
    return Figure(chart, every_second)


def _accuracy(models: Sequence[Results], flips: str) -> list[Point]:
    return [measured_point(model["memory"], model[flips]) for model in models]


def coin_luck(results: Results) -> Figure:
    """Draw how likely it is that one of many guessers looks good."""
    best_of = results["luck"]["best_of"]
    bars = [
        Bar(str(row["tried"]), "apparent", row["chance"], percent(row["chance"])) for row in best_of
    ]
    return Figure(BarChart(bars, 1.0), best_of)
