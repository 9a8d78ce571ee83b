"""A column that knows the answer, and tests that believe it."""

from __future__ import annotations

from macros.render.charts import Bar, Bars, Plate, Tone
from macros.render.figures.measured import Results
from macros.render.formatting import interval


def leaky_columns(found: Results) -> Plate:
    """What each way of testing promised, and what real use brought."""
    errors, setting = found["errors"], found["setting"]
    leaky = f"leaky_{setting['weight']:g}"
    latest = f"Test on the latest {setting['test']} days promises"
    leak, clean = "With the overtime column", "Without it"
    kinds: tuple[tuple[str, str, str, Tone], ...] = (
        (leak, f"{leaky}_random", "Test on random days promises", "looks"),
        (leak, f"{leaky}_dated", latest, "looks"),
        (leak, f"{leaky}_live_usual", "Real use brings", "truth"),
        (clean, "clean_random", "Test on random days promises", "looks"),
        (clean, "clean_dated", latest, "looks"),
        (clean, "clean_starts", f"Test from {setting['starts']} start dates promises", "looks"),
        (clean, "clean_live_usual", "Real use brings", "truth"),
    )
    bars = [
        Bar(
            name,
            tone,
            errors[key]["mean"],
            f"{errors[key]['mean']:.0f}",
            errors[key]["from"],
            errors[key]["to"],
            group if place == 0 or kinds[place - 1][0] != group else "",
        )
        for place, (group, key, name, tone) in enumerate(kinds)
    ]
    said = [f"{group}: {name} {errors[key]['mean']:.0f}." for group, key, name, _ in kinds]
    return Plate(
        "What each test promised and what came: off by how many parcels a day? Longer is worse.",
        "Seven bars in two groups. " + " ".join(said),
        f"A depot has about {found['parcels_a_day']:.0f} parcels a day. Each bar is the mean "
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
        bars=Bars(bars, 120.0, "parcels"),
    )
