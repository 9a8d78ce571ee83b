"""Judge a model with and without a column that knows the answer, by a random and a dated split.

The depots are invented. Each model learns from a depot's past and forecasts its next 90 days.
Run: python leaky_columns.py (needs numpy and scikit-learn). Writes results/leaky-columns.json.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.neighbors import KNeighborsRegressor

SEED = 294
DEPOTS = 200
DAYS, TEST, LIVE = 720, 90, 90  # the past, how much of it is for testing, and the days to come
NEIGHBOURS = 5
WEEK = np.array([60, 40, 30, 35, 55, -90, -130])  # Monday to Sunday, parcels above or below usual
STEP, NOISE = 4.0, 20.0  # how far the level drifts in a day, and how much a day differs from it
TOO_MANY = 380  # from here on people work overtime
DAYS_APART, LEAK_WEIGHT = 30.0, 3.0  # so many days count like a standard deviation of overtime


def depot(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Invent a depot: parcels on each day, and the overtime that was written down that evening."""
    days = DAYS + LIVE
    level = 400 + np.cumsum(generator.normal(0, STEP, days))
    parcels = level + WEEK[np.arange(days) % 7] + generator.normal(0, NOISE, days)
    overtime = np.maximum(0, parcels - TOO_MANY) / 10 + generator.normal(0, 0.5, days)
    return np.round(np.maximum(parcels, 0)), np.round(overtime, 1)


def columns(overtime: np.ndarray, known: np.ndarray, leak: bool) -> np.ndarray:
    """What the model is given: the date, the weekday and, with the leak, the day's overtime."""
    day = np.arange(DAYS + LIVE)
    table = [day / DAYS_APART, *(2.0 * (day % 7 == weekday) for weekday in range(7))]
    if leak:
        usual = overtime[known].mean()
        filled = np.where(day < DAYS, overtime, usual)  # in real use it is not there yet
        table.append(LEAK_WEIGHT * (filled - usual) / overtime[known].std())
    return np.column_stack(table)


def off_by(parcels: np.ndarray, table: np.ndarray, known: np.ndarray, asked: np.ndarray) -> float:
    """Forecast the days `asked` from the days `known`: the mean absolute error in parcels."""
    model = KNeighborsRegressor(NEIGHBOURS).fit(table[known], parcels[known])
    return float(np.abs(model.predict(table[asked]) - parcels[asked]).mean())


def judge(parcels: np.ndarray, overtime: np.ndarray, order: np.ndarray) -> dict[str, float]:
    """Each way of testing, what it promises, and what real use then brings."""
    past, live = np.arange(DAYS), np.arange(DAYS, DAYS + LIVE)
    splits = {"random": (order[TEST:], order[:TEST]), "dated": (past[:-TEST], past[-TEST:])}
    found = {}
    for name, leak in (("clean", False), ("leaky", True)):
        for split, (known, asked) in splits.items():
            table = columns(overtime, known, leak)
            found[f"{name}_{split}"] = off_by(parcels, table, known, asked)
        found[f"{name}_live"] = off_by(parcels, columns(overtime, past, leak), past, live)
    last_week = parcels[live - 7]  # the baseline: the same weekday a week before
    last_known = parcels[DAYS - 7 + (live - DAYS) % 7]  # or the last one known at the start
    found["same_weekday_live"] = float(np.abs(last_known - parcels[live]).mean())
    found["week_before_live"] = float(np.abs(last_week - parcels[live]).mean())
    return found


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    generator = np.random.default_rng(SEED)
    rows, first = [], None
    for _ in range(DEPOTS):
        parcels, overtime = depot(generator)
        order = generator.permutation(DAYS)
        rows.append(judge(parcels, overtime, order))
        first = first or (parcels, overtime, order)
    means = {}
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        half = 1.96 * values.std(ddof=1) / math.sqrt(DEPOTS)
        means[name] = {
            "mean": values.mean(),
            "low": values.mean() - half,
            "high": values.mean() + half,
        }
    assert first
    setting = {"seed": SEED, "depots": DEPOTS, "days": DAYS, "test": TEST, "live": LIVE}
    setting |= {"neighbours": NEIGHBOURS, "days_apart": DAYS_APART, "leak_weight": LEAK_WEIGHT}
    return {
        "setting": setting,
        "errors": means,
        "first_depot": rows[0],
        "parcels": " ".join(f"{each:.0f}" for each in first[0]),
        "overtime": " ".join(f"{each:g}" for each in first[1]),
        "order": " ".join(map(str, first[2])),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "leaky-columns.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
