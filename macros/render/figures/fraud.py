"""A model that looks for fraud among card payments."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from macros.render.charts import Axis, Figure, LineChart, Point, ReferenceLine, Series, SeriesStyle
from macros.render.figures.measured import Results, percent, share_axis, with_interval
from macros.render.formatting import format_number


def _odds(threshold: float) -> float:
    """Thresholds from 0.01% to 99% are spread out as people count them: 1 in 10, in 100 ..."""
    return math.log10(threshold / (1 - threshold))


def _threshold_axis(rows: Sequence[Results]) -> Axis:
    named = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99)
    ends = [_odds(rows[index]["threshold"]) for index in (0, -1)]
    odds = {format_number(each * 100, "plain") + "%": _odds(each) for each in named}
    ticks = [(value, name) for name, value in odds.items() if ends[0] <= value <= ends[1]]
    # Readers took the right for more checks: the title says at both ends how many there are.
    title = "many checks ← from this chance of fraud on → few checks"
    return Axis(title, ends[0], ends[1], ticks)


def _named_thresholds(results: Results) -> Iterator[Results]:
    """A few rows for the table: about one in seven, and the two that the text speaks of."""
    spoken_of = {results["model"][name]["threshold"] for name in ("half", "cheapest")}
    for number, row in enumerate(results["model"]["thresholds"]):
        if number % 7 == 1 or row["threshold"] in spoken_of:
            yield row


def card_fraud(results: Results) -> Figure:
    """Accuracy, precision and recall at every threshold."""
    rows = results["model"]["thresholds"]
    series = [
        Series(
            name,
            style,
            [Point(_odds(r["threshold"]), r[key]) for r in rows if r[key] is not None],
            False,
        )
        for name, style, key in _FRAUD_LINES
    ]
    never = results["always_no"]["accuracy"]
    return Figure(
        "Accuracy, recall and precision at every threshold",
        "As the threshold rises from left to right, accuracy climbs to nearly 100% and stays "
        "there, while recall, the share of frauds caught, falls from nearly all to almost none. "
        "Precision rises from almost nothing to 100%.",
        f"Never checking has {percent(never, 2)} accuracy and "
        "recall 0%. The payments are invented; only the share of frauds is real.",
        ("Checked from", "Accuracy", "Recall", "Precision"),
        [
            (
                percent(row["threshold"], 2),
                percent(row["accuracy"], 2),
                percent(row["recall"]),
                "no alarm" if row["precision"] is None else percent(row["precision"]),
            )
            for row in _named_thresholds(results)
        ]
        + [("Never", percent(never, 2), "0%", "no alarm")],
        lines=LineChart(_threshold_axis(rows), share_axis("Share"), series),
    )


_FRAUD_LINES: tuple[tuple[str, SeriesStyle, str], ...] = (
    ("Accuracy: answers that were right", "apparent", "accuracy"),
    ("Recall: frauds that were caught", "actual", "recall"),
    ("Precision: alarms that were frauds", "other", "precision"),
)


def card_money(results: Results) -> Figure:
    """What the frauds and the checks cost, at every threshold."""
    never, model = results["always_no"], results["model"]
    top = 25_000 * math.ceil(2 * never["money"] / 25_000)
    rows = [row for row in model["thresholds"] if row["money"] <= top]
    points = [Point(_odds(row["threshold"]), row["money"]) for row in rows]
    ticks = [(step * top / 4, f"{step * top / 4000:,.0f}k") for step in range(5)]
    lines = LineChart(
        _threshold_axis(rows),
        Axis("Euros lost", 0, top, ticks),
        (Series("Euros lost: missed frauds and checks", "actual", points, False),),
        ReferenceLine(never["money"], "Never check", above=True),
    )
    compared = (
        ("Never check", never),
        (f"Check from {percent(model['half']['threshold'])}", model["half"]),
        (f"Check from {percent(model['cheapest']['threshold'], 1)}", model["cheapest"]),
        (f"From {percent(model['hindsight']['threshold'], 1)}, by hindsight", model["hindsight"]),
    )
    return Figure(
        "Euros lost at every threshold: lower is better",
        f"The line falls steeply from the left, is lowest near a threshold of "
        f"{percent(model['hindsight']['threshold'])}, and then climbs slowly towards "
        f"{never['money']:,}, which is what never checking loses.",
        f"Costs are invented: a missed fraud {results['setting']['cost_missed']} euros, a check "
        f"{results['setting']['cost_check']}. Thresholds that lose more than twice as much as "
        "never checking are left out. The last row was chosen by looking at the answers; a real "
        "team has to choose before.",
        ("Rule", "Accuracy", "Frauds caught", "False alarms", "Euros lost"),
        [
            (
                name,
                percent(row["accuracy"], 2),
                f"{row['caught']:,}",
                f"{row['false_alarms']:,}",
                f"{row['money']:,}",
            )
            for name, row in compared
        ],
        lines=lines,
    )


def card_chances(results: Results) -> Figure:
    """The chances that the model gave, against how often it was fraud."""
    bands = results["model"]["bands"]
    low, high = _odds(0.0005), _odds(0.98)
    ticks = [
        (_odds(each), format_number(each * 100, "plain") + "%")
        for each in (0.001, 0.01, 0.1, 0.5, 0.9)
    ]
    came = [
        Point(_odds(row["named"]), *(_odds(row["came"][end]) for end in ("mean", "low", "high")))
        for row in bands
    ]
    return Figure(
        "What the model said, and how often it was fraud",
        "Five points from the lower left to the upper right. Most lie near the line on which the "
        "chances could be trusted; the second lies well below it and the last well above it.",
        "Payments of the second set, in five groups by the chance that the model gave. Below the "
        "line, fraud was rarer than the model said; above it, more frequent. Both axes are "
        "stretched at the ends. The thin lines are 95% confidence intervals.",
        ("Chance given", "Payments", "It said", "It was fraud"),
        [
            (
                f"{percent(row['from'])} to {percent(row['to'])}",
                f"{row['payments']:,}",
                percent(row["named"], 2),
                with_interval(row["came"], 2),
            )
            for row in bands
        ],
        lines=LineChart(
            Axis("Chance of fraud that the model gave", low, high, ticks),
            Axis("It was fraud", low, high, ticks),
            (
                Series("It was fraud so often", "actual", came),
                Series(
                    "If it could be trusted",
                    "apparent",
                    [Point(low, low), Point(high, high)],
                    False,
                ),
            ),
        ),
    )
