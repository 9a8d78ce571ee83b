"""Train models of growing memory on past flips of a fair coin, then test them on new flips.

Run: python coin_flips.py (needs numpy). Writes results/coin-flips.json.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SEED = 2023
COINS = 200  # each coin gives one set of flips to train on and one to test on
TRAIN, TEST = 1000, 1000  # flips
MEMORIES = range(13)  # how many past flips a model looks at; it holds 2 ** memory rules
EXAM, PASS_MARK = 100, 60  # a model "looks good" with 60 of 100 flips right
SEARCHES = 2000
OTHER_SETS = 30  # of as many coins, to see how often luck leaves 50% out of an interval
TRIED = (1, 5, 10, 25, 50, 100)


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


def flip(random: Callable[[], float], count: int) -> np.ndarray:
    """Flip a fair coin: 1 is heads."""
    return np.array([random() < 0.5 for _ in range(count)], dtype=int)


def score(flips: np.ndarray, memory: int) -> tuple[float, ...]:
    """Train on the first flips; return the share right on those, and on the flips after them.

    The model is a table. For each row of `memory` flips it notes whether heads or tails came next
    more often, and says that. A row it has never met, or a tie, is heads. Returned as well: how
    many rows it has met, and the share of the flips after those that follow one it has not.
    """
    start = max(MEMORIES)  # every model is judged on the same flips
    rows = np.zeros(len(flips) - start, dtype=int)
    for back in range(1, memory + 1):
        rows += flips[start - back : len(flips) - back] << (back - 1)
    nexts, cut = flips[start:], TRAIN - start
    met = np.bincount(rows[:cut], minlength=2**memory)
    heads = np.bincount(rows[:cut], weights=nexts[:cut], minlength=2**memory)
    right = (2 * heads >= met)[rows] == nexts
    return right[:cut].mean(), right[cut:].mean(), (met > 0).sum(), (met[rows[cut:]] == 0).mean()


def mean_with_interval(values: np.ndarray) -> dict[str, float]:
    """The mean over independent repeats, and its 95% confidence interval."""
    middle, half = values.mean(), 1.96 * values.std(ddof=1) / math.sqrt(len(values))
    return {"mean": float(middle), "low": float(middle - half), "high": float(middle + half)}


def wilson(right: int, of: int) -> dict[str, float]:
    """The 95% confidence interval of a share, by Wilson's formula."""
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"mean": share, "low": middle - half, "high": middle + half}


def has_half(interval: dict[str, float]) -> bool:
    """Whether the interval contains 50%, what a blind guess gets."""
    return interval["low"] <= 0.5 <= interval["high"]


def search(generator: np.random.Generator) -> tuple[int, float]:
    """Let guessers call an exam until one passes: how many it took, and the winner's next exam."""
    exam, tried = generator.integers(2, size=EXAM), 0
    while True:
        right = (generator.integers(2, size=(50, EXAM)) == exam).sum(axis=1)
        passed = np.flatnonzero(right >= PASS_MARK)
        if passed.size:
            again = generator.integers(2, size=EXAM) == generator.integers(2, size=EXAM)
            return tried + int(passed[0]) + 1, float(again.mean())
        tried += len(right)


def luck(generator: np.random.Generator) -> dict[str, Any]:
    """How many guessers one must try on the same exam before one looks good."""
    ways = sum(math.comb(EXAM, right) for right in range(PASS_MARK, EXAM + 1))
    chance = ways / 2**EXAM
    tries, retest = np.array([search(generator) for _ in range(SEARCHES)]).T
    return {
        "chance": chance,
        "even_odds": math.ceil(math.log(0.5) / math.log(1 - chance)),
        "average": 1 / chance,
        "simulated": mean_with_interval(tries),
        "retest": mean_with_interval(retest),
        "best_of": [{"tried": n, "chance": 1 - (1 - chance) ** n} for n in TRIED],
    }


def other_sets(generator: np.random.Generator) -> dict[str, int]:
    """With other coins: how many of the intervals contain 50%, and in how many sets all do."""
    found = []
    for _ in range(OTHER_SETS):
        coins = generator.integers(2, size=(COINS, TRAIN + TEST))
        means = ([score(flips, memory)[1] for flips in coins] for memory in MEMORIES)
        found.append(sum(has_half(mean_with_interval(np.array(each))) for each in means))
    return {"low": min(found), "high": max(found), "in_all": found.count(len(MEMORIES))}


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    random = mulberry32(SEED)
    coins = [flip(random, TRAIN + TEST) for _ in range(COINS)]
    models = []
    for memory in MEMORIES:
        seen, new, met, unmet = np.array([score(flips, memory) for flips in coins]).T
        first = wilson(round(new[0] * TEST), TEST)
        models.append(
            {
                "memory": memory,
                "rules": 2**memory,
                "met": met.mean(),  # of the rules
                "unmet": unmet.mean(),  # of the new flips
                "seen": mean_with_interval(seen),
                "new": mean_with_interval(new),
                "first_coin": {"seen": float(seen[0]), "new": first},
            }
        )
    setting = {"seed": SEED, "coins": COINS, "train": TRAIN, "test": TEST}
    setting |= {"exam": EXAM, "pass_mark": PASS_MARK, "searches": SEARCHES}
    setting["other_sets"] = OTHER_SETS
    with_half = sum(has_half(model["new"]) for model in models)
    counted: dict[str, Any] = {"intervals": len(models), "intervals_with_half": with_half}
    generator = np.random.default_rng(int(random() * 2**32))
    counted["with_half_in_other_sets"] = other_sets(generator)
    counted["margin_in_points"] = 196 * math.sqrt(0.25 / TEST)  # of one test on new flips
    return {"setting": setting, "models": models, **counted, "luck": luck(generator)}


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "coin-flips.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
