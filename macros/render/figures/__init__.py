"""The figures of the pitfall pages: which of an experiment's results each one shows.

A figure is two files: a function here picks numbers and says where they go, and
templates/figures/<name>.html.jinja holds its words and its table.
"""

from __future__ import annotations

from collections.abc import Callable

from macros.render.charts import Figure
from macros.render.figures import body, chess, coins, fraud, labels, leak
from macros.render.figures.measured import Results

# By name: the experiment that a figure belongs to, and what draws it.
FIGURES: dict[str, tuple[str, Callable[[Results], Figure]]] = {
    "coin-flips": ("coin-flips", coins.coin_flips),
    "coin-luck": ("coin-flips", coins.coin_luck),
    "card-fraud": ("card-fraud", fraud.card_fraud),
    "card-money": ("card-fraud", fraud.card_money),
    "card-chances": ("card-fraud", fraud.card_chances),
    "body-pictures": ("body-pictures", body.body_pictures),
    "body-examples": ("body-pictures", body.body_examples),
    "chess-text": ("chess-text", chess.chess_text),
    "label-training": ("swapped-labels", labels.label_training),
    "label-scores": ("swapped-labels", labels.label_scores),
    "leaky-columns": ("leaky-columns", leak.leaky_columns),
}
