"""Training with right and with swapped labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.render.charts import (
    Axis,
    Bar,
    BarChart,
    Figure,
    LineChart,
    Point,
    ReferenceLine,
    Series,
    SeriesStyle,
)
from macros.render.figures.measured import Results
from macros.render.formatting import percent

# Which labels a model was trained with, and what its answers are compared to.
_SCORES: tuple[tuple[str, str, SeriesStyle], ...] = (
    ("right", "by_labels", "apparent"),
    ("right", "by_people", "actual"),
    ("swapped", "by_labels", "apparent"),
    ("swapped", "by_people", "actual"),
)


def label_training(results: Results) -> Figure:
    """Draw the loss at each step, with right and with swapped labels: the same line twice."""
    right, swapped = results["right"]["losses"], results["swapped"]["losses"]
    steps = len(right)
    ticks = [(number, str(number)) for number in range(0, steps + 1, 50)]
    losses = [(tenth / 10, f"{tenth / 10:.1f}") for tenth in range(0, 9, 2)]
    marked = [0, 2, 5, *range(10, steps, 10), steps - 1]  # so that both lines can be seen
    chart = LineChart(
        Axis(0, steps, ticks),
        Axis(0, 0.8, losses),
        (
            Series("right", "actual", _points(right, range(steps)), marks=False),
            Series("swapped", "apparent", _points(swapped, marked)),
        ),
        ReferenceLine(right[0]),
    )
    return Figure(chart, [(step, right[step], swapped[step]) for step in (0, 50, steps - 1)])


def _points(losses: Sequence[float], steps: Iterable[int]) -> list[Point]:
    return [Point(step, losses[step]) for step in steps]


def label_scores(results: Results) -> Figure:
    """Draw how often each model agrees with its labels, and how often it is right."""
    bars = [
        Bar(f"{labels}_{measure}", style, value, percent(value))
        for labels, measure, style in _SCORES
        for value in [results[labels][measure]]
    ]
    rows = [
        (f"{labels}_{measure}", results[labels][measure], results["ten_digits"][labels][measure])
        for labels, measure, _ in _SCORES
    ]
    return Figure(BarChart(bars, 1.0), rows)
