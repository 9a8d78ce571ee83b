"""A text model that continues games of chess."""

from __future__ import annotations

from collections.abc import Sequence

from macros.render.charts import Axis, Figure, LineChart, Point, ReferenceLine, Series
from macros.render.figures.measured import Results, measured_point, share_axis


def chess_text(results: Results) -> Figure:
    """Draw illegal moves by move number, for two sizes of training text and with a check."""
    rows, moves = results["by_move"], results["setting"]["moves"]
    ticks = [(1, "1")] + [(number, str(number)) for number in range(5, moves + 1, 5)]
    chart = LineChart(
        Axis(1, moves, ticks),
        share_axis(),
        (
            Series("little", "other", _illegal(rows, "little")),
            Series("much", "apparent", _illegal(rows, "much")),
            Series("checked", "actual", [Point(row["move"], 0) for row in rows]),
        ),
        ReferenceLine(0.5),
    )
    return Figure(chart, [row for row in rows if row["move"] in (1, 2, 3, 4, 5, 10, 15, 20)])


def _illegal(rows: Sequence[Results], model: str) -> list[Point]:
    """Return the shares of one model. Where all games ask the same, one answer has no interval."""
    return [
        measured_point(row["move"], row[model])
        if row["different"] > 1
        else Point(row["move"], row[model]["mean"])
        for row in rows
    ]
