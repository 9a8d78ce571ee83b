"""A model that looks for fraud among card payments."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from macros.charts import Axis, Level, Lines, Plate, Series, Spot, Tone
from macros.numbers import written
from macros.pictures.measured import Results, percent, share_axis


def _odds(threshold: float) -> float:
    """Thresholds from 0.01% to 99% are spread out as people count them: 1 in 10, in 100 ..."""
    return math.log10(threshold / (1 - threshold))


def _threshold_axis(rows: Sequence[Results]) -> Axis:
    named = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99)
    ends = [_odds(rows[place]["threshold"]) for place in (0, -1)]
    places = {written(each * 100, "plain") + "%": _odds(each) for each in named}
    ticks = [(place, name) for name, place in places.items() if ends[0] <= place <= ends[1]]
    return Axis("Check a payment from this chance of fraud on", ends[0], ends[1], ticks)


def _named_thresholds(found: Results) -> Iterator[Results]:
    """A few rows for the table: about one in seven, and the two that the text speaks of."""
    spoken_of = {found["model"][name]["threshold"] for name in ("half", "cheapest")}
    for number, row in enumerate(found["model"]["thresholds"]):
        if number % 7 == 1 or row["threshold"] in spoken_of:
            yield row


def card_fraud(found: Results) -> Plate:
    """Accuracy, precision and recall at every threshold."""
    rows = found["model"]["thresholds"]
    series = [
        Series(
            name,
            tone,
            [Spot(_odds(r["threshold"]), r[key]) for r in rows if r[key] is not None],
            False,
        )
        for name, tone, key in _FRAUD_LINES
    ]
    never = found["always_no"]["accuracy"]
    return Plate(
        "Accuracy, recall and precision at every threshold",
        "As the threshold rises from left to right, accuracy climbs to nearly 100% and stays "
        "there, while recall, the share of frauds caught, falls from nearly all to almost none. "
        "Precision rises from almost nothing to 100%.",
        f"Always answering “no” has {percent(never, 2)} accuracy and recall 0%. The payments are "
        "synthetic; only their balance is real.",
        ("Threshold", "Accuracy", "Recall", "Precision", "Money lost"),
        [
            (
                percent(row["threshold"], 2),
                percent(row["accuracy"], 2),
                percent(row["recall"]),
                "no alarm" if row["precision"] is None else percent(row["precision"]),
                f"{row['money']:,}",
            )
            for row in _named_thresholds(found)
        ]
        + [("Always “no”", percent(never, 2), "0%", "no alarm", _money(found))],
        lines=Lines(_threshold_axis(rows), share_axis("Share"), series),
    )


_FRAUD_LINES: tuple[tuple[str, Tone, str], ...] = (
    ("Accuracy: answers that were right", "looks", "accuracy"),
    ("Recall: frauds that were caught", "truth", "recall"),
    ("Precision: alarms that were frauds", "third", "precision"),
)


def _money(found: Results) -> str:
    return f"{found['always_no']['money']:,}"


def card_money(found: Results) -> Plate:
    """What the frauds and the checks cost, at every threshold."""
    never = found["always_no"]["money"]
    top = 25_000 * math.ceil(2 * never / 25_000)
    rows = [row for row in found["model"]["thresholds"] if row["money"] <= top]
    spots = [Spot(_odds(row["threshold"]), row["money"]) for row in rows]
    ticks = [(step * top / 4, f"{step * top / 4000:,.0f}k") for step in range(5)]
    best = found["model"]["cheapest"]
    lines = Lines(
        _threshold_axis(rows),
        Axis("Money lost", 0, top, ticks),
        (Series("Missed frauds and checks together", "truth", spots, False),),
        Level(never, "Always “no”", above=True),
    )
    compared = (
        ("Always “no”", found["always_no"] | {"threshold": None, "caught": 0, "false_alarms": 0}),
        (f"Model, {percent(found['model']['half']['threshold'])}", found["model"]["half"]),
        (f"Model, {percent(best['threshold'])}", best),
    )
    return Plate(
        "Money lost at every threshold",
        f"The line falls steeply from the left, is lowest near a threshold of "
        f"{percent(best['threshold'])}, and then climbs slowly towards {never:,}, which is what "
        "always answering no loses.",
        f"Prices are invented: a missed fraud costs {found['setting']['cost_missed']}, a check "
        f"{found['setting']['cost_check']}. Thresholds that lose more than twice as much as "
        "always “no” are left out.",
        ("Rule", "Caught", "False alarms", "Accuracy", "Money lost"),
        [
            (
                name,
                f"{row['caught']:,}",
                f"{row['false_alarms']:,}",
                percent(row["accuracy"], 2),
                f"{row['money']:,}",
            )
            for name, row in compared
        ],
        lines=lines,
    )
