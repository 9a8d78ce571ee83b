"""A column that knows the answer, and tests that believe it."""

from __future__ import annotations

from macros.render.charts import Bar, BarChart, Figure, SeriesStyle
from macros.render.figures.measured import Results


def leaky_columns(results: Results) -> Figure:
    """Draw what each way of testing promised, and what real use brought."""
    errors = results["errors"]
    leaky = f"leaky_{results['setting']['weight']:g}"
    # The columns a model had, the errors, and the way they came about.
    ways: tuple[tuple[str, str, str, SeriesStyle], ...] = (
        ("leak", f"{leaky}_random", "random", "apparent"),
        ("leak", f"{leaky}_dated", "dated", "apparent"),
        ("leak", f"{leaky}_live_usual", "live", "actual"),
        ("clean", "clean_random", "random", "apparent"),
        ("clean", "clean_dated", "dated", "apparent"),
        ("clean", "clean_starts", "starts", "apparent"),
        ("clean", "clean_live_usual", "live", "actual"),
    )
    bars = [
        Bar(
            way,
            style,
            errors[key]["mean"],
            f"{errors[key]['mean']:.0f}",
            errors[key]["from"],
            errors[key]["to"],
            group if index == 0 or ways[index - 1][0] != group else "",
        )
        for index, (group, key, way, style) in enumerate(ways)
    ]
    return Figure(BarChart(bars, 120.0), [(group, way, errors[key]) for group, key, way, _ in ways])
