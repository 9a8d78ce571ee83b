"""A model that looks for fraud among card payments."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from macros.render.charts import (
    Axis,
    Figure,
    LineChart,
    Point,
    ReferenceLine,
    Series,
    SeriesStyle,
)
from macros.render.figures.measured import Results, share_axis
from macros.render.formatting import format_number

_RATES: tuple[tuple[str, SeriesStyle], ...] = (
    ("accuracy", "apparent"),
    ("recall", "actual"),
    ("precision", "other"),
)
_MEASURED = ("mean", "low", "high")


def card_fraud(results: Results) -> Figure:
    """Draw accuracy, precision and recall at every threshold."""
    rows = results["model"]["thresholds"]
    series = [Series(rate, style, _rates(rows, rate), marks=False) for rate, style in _RATES]
    chart = LineChart(_threshold_axis(rows), share_axis(), series)
    return Figure(chart, list(_thresholds_of_the_table(results)))


def card_money(results: Results) -> Figure:
    """Draw what the frauds and the checks cost, at every threshold."""
    never, model = results["always_no"], results["model"]
    top = 25_000 * math.ceil(2 * never["money"] / 25_000)
    rows = [row for row in model["thresholds"] if row["money"] <= top]
    points = [Point(_log_odds(row["threshold"]), row["money"]) for row in rows]
    ticks = [(step * top / 4, f"{step * top / 4000:,.0f}k") for step in range(5)]
    chart = LineChart(
        _threshold_axis(rows),
        Axis(0, top, ticks),
        (Series("money", "actual", points, marks=False),),
        ReferenceLine(never["money"], above=True),
    )
    chosen = [(name, model[name]) for name in ("half", "cheapest", "hindsight")]
    return Figure(chart, [("never", never), *chosen])


def card_chances(results: Results) -> Figure:
    """Draw the chances that the model gave, against how often it was fraud."""
    bands = results["model"]["bands"]
    low, high = _log_odds(0.0005), _log_odds(0.98)
    axis = Axis(low, high, _threshold_ticks(0.001, 0.01, 0.1, 0.5, 0.9))
    came = [
        Point(
            _log_odds(row["named"]),
            *(_log_odds(row["came"][end]) for end in ("mean", "low", "high")),
        )
        for row in bands
    ]
    diagonal = [Point(low, low), Point(high, high)]
    series = (Series("came", "actual", came), Series("trusted", "apparent", diagonal, marks=False))
    return Figure(LineChart(axis, axis, series), bands)


def _log_odds(chance: float) -> float:
    """Spread chances from 0.01% to 99% as people count them: 1 in 10, 1 in 100, ..."""
    return math.log10(chance / (1 - chance))


def _rates(rows: Sequence[Results], rate: str) -> list[Point]:
    measured = [row for row in rows if row[rate] is not None]
    return [Point(_log_odds(row["threshold"]), row[rate]) for row in measured]


def _threshold_axis(rows: Sequence[Results]) -> Axis:
    low, high = (_log_odds(rows[index]["threshold"]) for index in (0, -1))
    ticks = _threshold_ticks(0.001, 0.01, 0.1, 0.5, 0.9, 0.99)
    return Axis(low, high, [(value, label) for value, label in ticks if low <= value <= high])


def _threshold_ticks(*chances: float) -> list[tuple[float, str]]:
    return [(_log_odds(each), format_number(each * 100, "plain") + "%") for each in chances]


def _thresholds_of_the_table(results: Results) -> Iterator[Results]:
    """Yield about one row in seven, and the two that the text speaks of."""
    spoken_of = {results["model"][name]["threshold"] for name in ("half", "cheapest")}
    for number, row in enumerate(results["model"]["thresholds"]):
        if number % 7 == 1 or row["threshold"] in spoken_of:
            yield row
