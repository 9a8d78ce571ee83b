"""A column that knows the answer, and tests that believe it."""

from __future__ import annotations

from macros.render.charts import Bar, BarChart, Figure, SeriesStyle
from macros.render.figures.measured import Results
from macros.render.formatting import interval


def leaky_columns(results: Results) -> Figure:
    """What each way of testing promised, and what real use brought."""
    errors, setting = results["errors"], results["setting"]
    leaky = f"leaky_{setting['weight']:g}"
    latest = f"Test on the latest {setting['test']} days promises"
    leak, clean = "With the overtime column", "Without it"
    kinds: tuple[tuple[str, str, str, SeriesStyle], ...] = (
        (leak, f"{leaky}_random", "Test on random days promises", "apparent"),
        (leak, f"{leaky}_dated", latest, "apparent"),
        (leak, f"{leaky}_live_usual", "Real use brings", "actual"),
        (clean, "clean_random", "Test on random days promises", "apparent"),
        (clean, "clean_dated", latest, "apparent"),
        (clean, "clean_starts", f"Test from {setting['starts']} start dates promises", "apparent"),
        (clean, "clean_live_usual", "Real use brings", "actual"),
    )
    bars = [
        Bar(
            name,
            style,
            errors[key]["mean"],
            f"{errors[key]['mean']:.0f}",
            errors[key]["from"],
            errors[key]["to"],
            group if index == 0 or kinds[index - 1][0] != group else "",
        )
        for index, (group, key, name, style) in enumerate(kinds)
    ]
    said = [f"{group}: {name} {errors[key]['mean']:.0f}." for group, key, name, _ in kinds]
    return Figure(
        "What each test promised and what came: off by how many parcels a day? Longer is worse.",
        "Seven bars in two groups. " + " ".join(said),
        f"A depot has about {results['parcels_a_day']:.0f} parcels a day. Each bar is the mean "
        f"absolute error over {setting['depots']} invented depots. The thin line shows where 8 of "
        "10 single depots lie. You have one of them.",
        ("Way", "Off by", "95% interval of this mean", "8 of 10 depots"),
        [
            (
                f"{group}: {name[0].lower()}{name[1:]}",
                f"{errors[key]['mean']:.1f}",
                interval(errors[key], "number", 1),
                f"{errors[key]['from']:.0f} to {errors[key]['to']:.0f}",
            )
            for group, key, name, _ in kinds
        ],
        bars=BarChart(bars, 120.0, "parcels"),
    )
