"""A text model that continues games of chess."""

from __future__ import annotations

from collections.abc import Sequence

from macros.render.charts import Axis, Figure, LineChart, Point, ReferenceLine, Series
from macros.render.figures.measured import Results, percent, point, share_axis, with_interval


def chess_text(results: Results) -> Figure:
    """Illegal moves by move number, for two sizes of training text and with a check."""
    rows, setting = results["by_move"], results["setting"]
    moves, little, much = setting["moves"], f"{setting['little']:,}", f"{setting['much']:,}"
    ticks = [(1, "1")] + [(number, str(number)) for number in range(5, moves + 1, 5)]
    first, last = (percent(rows[index]["much"]["mean"]) for index in (0, -1))
    lines = LineChart(
        Axis("Move number", 1, moves, ticks),
        share_axis("Moves that break the rules"),
        (
            Series(f"Text model, read {little} games", "other", _illegal(rows, "little")),
            Series(f"Text model, read {much} games", "apparent", _illegal(rows, "much")),
            Series(
                "The same, with its answers checked", "actual", [Point(r["move"], 0) for r in rows]
            ),
        ),
        ReferenceLine(0.5, "half of its moves are illegal"),
    )
    return Figure(
        "Illegal moves, by move number: higher is worse",
        f"The share of illegal moves of the model that read {much} games climbs from {first} at "
        f"move 1 to {last} at move {moves}. The model that read {little} games lies a little above "
        "it. With its answers checked it stays at 0%.",
        f"White’s moves in {setting['test']} games that the models had not read. The thin lines "
        "are 95% confidence intervals: they hold for other games, with the same trained model. "
        "Every game begins with the same question, so move 1 has none; at move 2 there are "
        f"{rows[1]['different']} different questions.",
        ("Move", f"Read {little}", f"Read {much}", "Checked"),
        [
            (
                str(row["move"]),
                percent(row["little"]["mean"]),
                with_interval(row["much"], 1)
                if row["different"] > 1
                else percent(row["much"]["mean"]),
                "0%",
            )
            for row in rows
            if row["move"] in (1, 2, 3, 4, 5, 10, 15, 20)
        ],
        lines=lines,
    )


def _illegal(rows: Sequence[Results], who: str) -> list[Point]:
    """The shares of one model. Where all games ask the same, one answer has no interval."""
    return [
        point(row["move"], row[who])
        if row["different"] > 1
        else Point(row["move"], row[who]["mean"])
        for row in rows
    ]
