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
from macros.render.figures.measured import Results, percent, point, share_axis, with_interval


def coin_flips(results: Results) -> Figure:
    """Accuracy on seen and on new flips, by how many flips a model looks back."""
    models, setting = results["models"], results["setting"]
    ticks = [(model["memory"], str(model["memory"])) for model in models[::2]]
    ends = f"{percent(models[0]['seen']['mean'])} to {percent(models[-1]['seen']['mean'])}"
    lines = LineChart(
        Axis("Flips the model looks back", 0, models[-1]["memory"], ticks),
        share_axis("Answers that were right", 0.4),
        (
            Series("On flips it was trained on", "apparent", _over(models, "memory", "seen")),
            Series("On new flips of the same coin", "actual", _over(models, "memory", "new")),
        ),
        ReferenceLine(0.5, "50%, a blind guess"),
    )
    return Figure(
        "How often models are right that look back further and further. Higher is better.",
        f"From left to right, models look back at 0 to {models[-1]['memory']} flips. On the flips "
        f"they were trained on, accuracy climbs from {ends}. On new flips it stays at 50% "
        "throughout.",
        f"Means over {setting['coins']} coins, {setting['train']:,} flips to train on and "
        f"{setting['test']:,} to test on for each. The 95% confidence intervals are in the table; "
        "most are narrower than the marks. The table has every second model; a rule is a sequence "
        "of flips and what to say after it.",
        ("Looks back", "Rules", "Seen flips", "New flips"),
        [
            (
                str(model["memory"]),
                f"{model['rules']:,}",
                with_interval(model["seen"], 1),
                with_interval(model["new"], 1),
            )
            for model in models[::2]
        ],
        lines=lines,
    )


def _over(rows: Sequence[Results], x: str, y: str) -> list[Point]:
    return [point(row[x], row[y]) for row in rows]


def coin_luck(results: Results) -> Figure:
    """How likely it is that one of many guessers looks good."""
    luck, setting = results["luck"], results["setting"]
    named = [(f"{row['tried']} tried", row["chance"]) for row in luck["best_of"]]
    return Figure(
        "Chance that at least one guesser looks good by luck. Longer means more likely.",
        "Bars that grow with the number of guessers tried. "
        + " ".join(f"{name}: {percent(chance)}." for name, chance in named),
        f"Each guesser calls {setting['exam']} flips at random and looks good with "
        f"{setting['pass_mark']} or more right. Worked out exactly.",
        ("Guessers", "Chance that one looks good"),
        [(name, percent(chance, 1)) for name, chance in named],
        bars=BarChart(
            [Bar(name, "apparent", chance, percent(chance)) for name, chance in named], 1.0, ""
        ),
    )
