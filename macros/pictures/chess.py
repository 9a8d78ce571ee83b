"""A text model that continues games of chess."""

from __future__ import annotations

from macros.charts import Axis, Lines, Plate, Series, Spot
from macros.pictures.measured import Results, percent, share_axis, spot, with_interval


def chess_text(found: Results) -> Plate:
    """Illegal moves by move number, for two sizes of training text and for a rule follower."""
    little, much = found["models"][0], found["models"][-1]
    moves = found["setting"]["moves"]
    ticks = [(1, "1")] + [(number, str(number)) for number in range(5, moves + 1, 5)]
    first, last = (percent(much["by_move"][place]["illegal"]["mean"]) for place in (0, -1))
    flat = [Spot(row["move"], 0.0) for row in much["by_move"]]
    lines = Lines(
        Axis("Move number", 1, moves, ticks),
        share_axis("Moves that break the rules"),
        (
            Series(f"Text model, read {little['games']:,} games", "third", _illegal(little)),
            Series(f"Text model, read {much['games']:,} games", "looks", _illegal(much)),
            Series("A program that asks the rules", "truth", flat),
        ),
    )
    return Plate(
        "Illegal moves, by move number",
        f"The share of illegal moves of the model that read {much['games']:,} games climbs from "
        f"{first} at move 1 to {last} at move {moves}. The model that read {little['games']} games "
        "lies a little above it. The program that asks the rules stays at 0%.",
        f"White’s moves in {found['setting']['test']} games that the models had not read. At move "
        "1 all of them ask the same question. The thin lines are 95% confidence intervals.",
        ("Move", f"Read {little['games']:,}", f"Read {much['games']:,}", "Asks the rules"),
        [
            (
                str(row["move"]),
                percent(other["illegal"]["mean"]),
                with_interval(row["illegal"]),
                "0%",
            )
            for other, row in zip(little["by_move"], much["by_move"], strict=True)
            if row["move"] in (1, 2, 3, 4, 5, 10, 15, 20)
        ],
        lines=lines,
    )


def _illegal(model: Results) -> list[Spot]:
    return [spot(row["move"], row["illegal"]) for row in model["by_move"]]
