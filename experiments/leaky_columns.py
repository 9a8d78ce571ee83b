"""Judge a model with and without a column that knows the answer, and by three ways of testing.

The depots are invented. Each model learns from a depot's past and forecasts its next 90 days.
Run: python leaky_columns.py (needs numpy). Writes results/leaky-columns.json.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SEED = 294
DEPOTS = 200
DAYS, TEST, LIVE = 720, 90, 90  # the past, how much of it is for testing, and the days to come
STARTS = 5  # the third way tests from so many start dates, each on the days that follow it
NEIGHBOURS = 5
WEEK = np.array([60, 40, 30, 35, 55, -90, -130])  # Monday to Sunday, parcels above or below usual
USUAL, STEP, NOISE = 400, 4.0, 20.0  # the level, its drift in a day, how much a day differs from it
TOO_MANY = 380  # from here on people work overtime
DAYS_APART = 30.0  # so many days count like a standard deviation of overtime
WEIGHTS, FILLS = (3.0, 1.0), ("usual", "weekday")  # of the overtime; what is filled in for it
RULES = ("last_week_live", "week_before_live")


def mulberry32(seed: int) -> Callable[[], float]:
    """Random numbers from 0 to 1, by a generator so small that the page's script has it too."""
    state = seed

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 14)) / 2**32

    return draw


def normal(random: Callable[[], float], spread: float) -> np.ndarray:
    """A normal number for each day, by the Box-Muller method."""
    pairs = [(random(), random()) for _ in range(DAYS + LIVE)]
    turns = [math.sqrt(-2 * math.log(1 - a)) * math.cos(2 * math.pi * b) for a, b in pairs]
    return spread * np.array(turns)


def depot(random: Callable[[], float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Invent a depot: each day's parcels, the overtime written down that evening, an order."""
    level = USUAL + np.cumsum(normal(random, STEP))
    parcels = level + WEEK[np.arange(DAYS + LIVE) % 7] + normal(random, NOISE)
    overtime = np.maximum(0, parcels - TOO_MANY) / 10 + normal(random, 0.5)
    order = np.argsort([random() for _ in range(DAYS)])  # for the test on days drawn at random
    return np.floor(np.maximum(parcels, 0) + 0.5), np.floor(overtime * 10 + 0.5) / 10, order


def columns(overtime: np.ndarray, known: np.ndarray, weight: float, fill: str) -> list[np.ndarray]:
    """What the model is given: the date, the weekday and, with a weight, the day's overtime."""
    day = np.arange(DAYS + LIVE)
    table = [day / DAYS_APART, *(2.0 * (day % 7 == weekday) for weekday in range(7))]
    if weight:
        mean = overtime[known].mean()
        of_weekday = np.array([overtime[known[known % 7 == each]].mean() for each in range(7)])
        instead = mean if fill == "usual" else of_weekday[day % 7]
        filled = np.where(day < DAYS, overtime, instead)  # in real use it is not there yet
        table.append(weight * (filled - mean) / overtime[known].std())
    return table


def judge(parcels: np.ndarray, overtime: np.ndarray, order: np.ndarray) -> dict[str, float]:
    """The mean absolute error that each way of testing promises, and that real use brings."""
    day = np.arange(DAYS + LIVE)
    past, live = day[:DAYS], day[DAYS:]

    def off_by(known: np.ndarray, asked: np.ndarray, weight: float = 0, fill: str = "usual") -> Any:
        table = columns(overtime, known, weight, fill)
        far = sum((each[asked][:, None] - each[known]) ** 2 for each in table)
        near = known[np.argsort(far, axis=1, kind="stable")[:, :NEIGHBOURS]]
        return np.abs(parcels[near].mean(axis=1) - parcels[asked]).mean()

    starts = [DAYS - TEST * back for back in range(1, STARTS + 1)]
    found = {"clean_starts": np.mean([off_by(day[:at], day[at : at + TEST]) for at in starts])}
    for name, weight in (("clean", 0.0), *((f"leaky_{each:g}", each) for each in WEIGHTS)):
        found[f"{name}_random"] = off_by(order[TEST:], order[:TEST], weight)
        found[f"{name}_dated"] = off_by(past[:-TEST], past[-TEST:], weight)
        for fill in FILLS if weight else ("usual",):
            found[f"{name}_live_{fill}"] = off_by(past, live, weight, fill)
    # Two simple rules: repeat the last week that was known at the start, or the week before.
    found["last_week_live"] = np.abs(parcels[DAYS - 7 + day[:LIVE] % 7] - parcels[live]).mean()
    found["week_before_live"] = np.abs(parcels[live - 7] - parcels[live]).mean()
    return found


def over_depots(values: np.ndarray) -> dict[str, float]:
    """The mean with its 95% confidence interval, and where 8 of 10 single depots lie."""
    middle, half = values.mean(), 1.96 * values.std(ddof=1) / math.sqrt(len(values))
    least, most = np.quantile(values, (0.1, 0.9))
    return {"mean": middle, "low": middle - half, "high": middle + half, "from": least, "to": most}


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    random = mulberry32(SEED)
    depots = [depot(random) for _ in range(DEPOTS)]
    rows = [judge(*each) for each in depots]
    errors = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    came, promises = errors["clean_live_usual"], {}
    apart = {way: came - errors[f"clean_{way}"] for way in ("random", "dated", "starts")}
    for way, gap in apart.items():
        nearer = np.abs(apart["dated"]) - np.abs(gap)  # than the test on the latest days
        promises[way] = {"gap": over_depots(gap), "gap_either_way": over_depots(np.abs(gap))}
        promises[way] |= {"too_good": (gap > 0).mean(), "nearer": over_depots(nearer)}
    setting = {"seed": SEED, "depots": DEPOTS, "days": DAYS, "test": TEST, "live": LIVE}
    setting |= {"starts": STARTS, "neighbours": NEIGHBOURS, "days_apart": DAYS_APART}
    return {
        "setting": setting | {"weight": WEIGHTS[0], "light": WEIGHTS[1]},
        "parcels_a_day": np.mean([parcels.mean() for parcels, _, _ in depots]),
        "errors": {name: over_depots(values) for name, values in errors.items()},
        "promises": promises,
        "rules_against_model": {rule: over_depots(errors[rule] - came) for rule in RULES},
        "first_depots": rows[:2],
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "leaky-columns.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
