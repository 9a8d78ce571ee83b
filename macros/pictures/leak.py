"""A column that knows the answer, and tests that believe it."""

from __future__ import annotations

from macros.charts import Bar, Bars, Plate, Tone
from macros.numbers import interval
from macros.pictures.measured import Results


def leaky_columns(found: Results) -> Plate:
    """What each way of testing promised, and what real use brought."""
    errors = found["errors"]
    kinds: tuple[tuple[str, str, Tone], ...] = (
        ("leaky_random", "With the leak: random test", "looks"),
        ("leaky_dated", "With the leak: test on the latest days", "looks"),
        ("leaky_live", "With the leak: real use", "truth"),
        ("clean_random", "Without it: random test", "looks"),
        ("clean_dated", "Without it: test on the latest days", "looks"),
        ("clean_live", "Without it: real use", "truth"),
    )
    bars = [
        Bar(
            name,
            tone,
            errors[key]["mean"],
            f"{errors[key]['mean']:.0f}",
            errors[key]["low"],
            errors[key]["high"],
        )
        for key, name, tone in kinds
    ]
    return Plate(
        "What the test promised, and what came",
        "Six bars. " + " ".join(f"{bar.name}: off by {bar.text} parcels." for bar in bars),
        f"Mean absolute error in parcels a day, over {found['setting']['depots']} invented depots. "
        "The thin lines are 95% confidence intervals over depots.",
        ("Way of testing", "Off by", "95% interval"),
        [
            (name, f"{errors[key]['mean']:.1f}", interval(errors[key], "number", 1))
            for key, name, _ in kinds
        ],
        bars=Bars(bars, 70.0, "parcels"),
    )
