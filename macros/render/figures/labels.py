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
from macros.render.figures.measured import Results, percent


def label_training(results: Results) -> Figure:
    """The loss at each step, with right and with swapped labels: the same line twice."""
    right, swapped = results["right"]["losses"], results["swapped"]["losses"]
    steps = len(right)
    ticks = [(number, str(number)) for number in range(0, steps + 1, 50)]
    heights = [(tenth / 10, f"{tenth / 10:.1f}") for tenth in range(0, 9, 2)]
    marked = [0, 2, 5, *range(10, steps, 10), steps - 1]  # so that both lines can be seen
    lines = LineChart(
        Axis("Step of training", 0, steps, ticks),
        Axis("Distance from the labels", 0, 0.8, heights),
        (
            Series("With the right labels", "actual", _points(right, range(steps)), False),
            Series("With every label swapped", "apparent", _points(swapped, marked)),
        ),
        ReferenceLine(right[0], "Guessing"),
    )
    return Figure(
        "How far the answers are from the labels: lower looks better",
        f"Two lines that lie on each other: the loss falls from {right[0]:.2f} to {right[-1]:.2f} "
        "in the same way with right and with swapped labels.",
        f"The loss at each step of training: {right[0]:.2f} is guessing, 0 is perfect. The rings "
        "of the one line lie on the other: there is no difference to see.",
        ("After step", "Loss, right labels", "Loss, swapped labels"),
        [(str(step), f"{right[step]:.3f}", f"{swapped[step]:.3f}") for step in (0, 50, steps - 1)],
        lines=lines,
    )


def _points(losses: Sequence[float], steps: Iterable[int]) -> list[Point]:
    return [Point(step, losses[step]) for step in steps]


def label_scores(results: Results) -> Figure:
    """How often each model agrees with its labels, and how often it is right."""
    kinds: tuple[tuple[str, str, str, SeriesStyle], ...] = (
        ("right", "by_labels", "Right labels: the score", "apparent"),
        ("right", "by_people", "Right labels: right, as people see it", "actual"),
        ("swapped", "by_labels", "Swapped labels: the score", "apparent"),
        ("swapped", "by_people", "Swapped labels: right, as people see it", "actual"),
    )
    ten, setting = results["ten_digits"], results["setting"]
    bars = [
        Bar(text, style, results[name][key], percent(results[name][key]))
        for name, key, text, style in kinds
    ]
    return Figure(
        "The score cannot see that all labels are wrong",
        "Four bars. " + " ".join(f"{bar.name}: {bar.text}." for bar in bars),
        "The score is how often the model agrees with the labels it was given. Longer looks "
        f"better. On {setting['test']} images kept out of training. The table adds the same with "
        f"all ten digits and a small network: means over {setting['runs']} runs, each tested on "
        f"{setting['ten_test']} images.",
        ("Measure", "Two digits", "Ten digits, network"),
        [
            (text, percent(results[name][key]), percent(ten[name][key], 1))
            for name, key, text, _ in kinds
        ],
        bars=BarChart(bars, 1.0, ""),
    )
