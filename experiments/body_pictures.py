"""Teach a network to guess body mass index from silhouettes, and compare it with simpler ways.

The people are invented; each is drawn from a height, a weight and a build.
Run: python body_pictures.py (needs numpy and scikit-learn). Writes results/body-pictures.json.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

SEED = 170
TRAIN, TEST = 4000, 1000  # people
HEIGHT = 1.70  # metres, on average
ROWS, COLUMNS = 36, 20  # pixels of a picture
PER_METRE = 17.0  # pixels for a metre, at the usual distance of the camera
HIDDEN, PASSES = 12, 120  # units of the network; how often it goes through all pictures
OTHER_STARTS = (1, 2, 3, 4, 5)  # further seeds, for networks that start from other random numbers
OTHER_PEOPLE = 3  # how often all is done again with other people, to train on and to test on
SCALE_ERROR, TAPE_ERROR = 0.5, 0.01  # kilograms and metres: one standard deviation each
EXAMPLES = ((1.60, 50.0), (1.60, 80.0), (1.75, 65.0), (1.75, 95.0), (1.90, 80.0), (1.90, 115.0))


def draw(height: float, weight: float, build: float, distance: float) -> np.ndarray:
    """Draw somebody from the front: how much of each pixel the body covers.

    `build` says how wide the body is for its weight and `distance` how far off the camera stood;
    1 is usual. Width goes with the square root of weight over height: a picture has no depth.
    """
    per_metre = PER_METRE / distance
    half = 0.0290 * math.sqrt(weight / height) * build * per_metre  # of the trunk, in pixels
    head = 0.095 * per_metre
    picture = np.zeros((ROWS, COLUMNS))
    middle = np.abs(np.arange(COLUMNS) - (COLUMNS - 1) / 2)
    for row in range(ROWS):
        level = (ROWS - 1 - row) / (height * per_metre)  # 0 at the feet, 1 at the crown
        inner, outer = 0.0, 0.0
        if level < 0.47:  # two legs
            inner, outer = 0.12 * half, half * (0.62 + 0.6 * level)
        elif level < 0.82:  # the trunk
            outer = half
        elif level < 0.86:  # the neck
            outer = 0.55 * head
        elif level < 1:  # the head
            outer = head * math.sqrt(max(0.0, 1 - ((level - 0.93) / 0.07) ** 2))
        covered = np.clip(outer - middle + 0.5, 0, 1) - np.clip(inner - middle + 0.5, 0, 1)
        picture[row] = np.clip(covered, 0, 1)
    return picture.ravel()


def people(generator: np.random.Generator, count: int) -> tuple[np.ndarray, ...]:
    """Invent people, and take their pictures."""
    height = np.clip(generator.normal(HEIGHT, 0.09, count), 1.45, 2.0)
    index = np.clip(np.exp(generator.normal(math.log(25.5), 0.18, count)), 16, 45)
    weight = index * height**2
    build = np.exp(generator.normal(0, 0.04, count))
    distance = np.exp(generator.normal(0, 0.03, count))
    pictures = np.array([draw(*one) for one in zip(height, weight, build, distance, strict=True)])
    return height, weight, index, pictures


def mean_of(values: np.ndarray) -> dict[str, float]:
    """The mean over independent people, with its 95% confidence interval."""
    middle, half = values.mean(), 1.96 * values.std(ddof=1) / math.sqrt(len(values))
    return {"mean": middle, "low": middle - half, "high": middle + half}


def trained_network(pictures: np.ndarray, index: np.ndarray, seed: int) -> MLPRegressor:
    """Train the network. Its numbers are rounded, so that the page can carry them."""
    network = MLPRegressor(hidden_layer_sizes=(HIDDEN,), alpha=0.01, learning_rate_init=0.004)
    network.set_params(batch_size=400, random_state=np.random.RandomState(seed))
    for _ in range(PASSES):
        network.partial_fit(pictures, index)
    network.coefs_ = [np.round(each, 3) for each in network.coefs_]
    network.intercepts_ = [np.round(each, 3) for each in network.intercepts_]
    return network


def trained_linear(pictures: np.ndarray, index: np.ndarray) -> Ridge:
    """Train a linear model on the same pictures, and round its numbers too."""
    linear = Ridge().fit(pictures, index)
    linear.coef_, linear.intercept_ = np.round(linear.coef_, 3), round(linear.intercept_, 3)
    return linear


def with_other_people(generator: np.random.Generator) -> dict[str, float]:
    """By how much the network is off by more than the linear model: at least and at most."""
    above = []
    for _ in range(OTHER_PEOPLE):
        (_, _, index, pictures), (_, _, truth, test) = (people(generator, n) for n in (TRAIN, TEST))
        ways = trained_network(pictures, index, SEED), trained_linear(pictures, index)
        network, linear = (np.abs(way.predict(test) - truth).mean() for way in ways)
        above.append(float(network - linear))
    return {"low": min(above), "high": max(above)}


@threadpool_limits.wrap(limits=1)  # so small a network is not helped by more
def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    generator = np.random.default_rng(SEED)
    _, _, index, pictures = people(generator, TRAIN)
    height, weight, truth, test = people(generator, TEST)
    network, linear = trained_network(pictures, index, SEED), trained_linear(pictures, index)
    scale = weight + generator.normal(0, SCALE_ERROR, TEST)
    tape = height + generator.normal(0, TAPE_ERROR, TEST)
    guesses = {"average": np.full(TEST, index.mean()), "formula": scale / tape**2}
    guesses |= {"network": network.predict(test), "linear": linear.predict(test)}
    off = {way: np.abs(guess - truth) for way, guess in guesses.items()}
    others = [
        float(np.abs(trained_network(pictures, index, seed).predict(test) - truth).mean())
        for seed in OTHER_STARTS
    ]
    order, tenth = np.argsort(truth), TEST // 10
    leans = {}
    for way in ("network", "linear"):
        high = guesses[way] - truth
        leans[way] = {"slightest_too_high": mean_of(high[order[:tenth]])}
        leans[way]["heaviest_too_low"] = mean_of(-high[order[-tenth:]])
    usual = np.array([draw(tall, heavy, 1, 1) for tall, heavy in EXAMPLES])
    said = zip(EXAMPLES, network.predict(usual), linear.predict(usual), strict=True)
    numbers = [*network.coefs_, *network.intercepts_]
    setting = {"seed": SEED, "train": TRAIN, "test": TEST, "rows": ROWS, "columns": COLUMNS}
    setting |= {"pixels": ROWS * COLUMNS, "height": HEIGHT, "other_starts": len(OTHER_STARTS)}
    setting |= {"other_people": OTHER_PEOPLE}
    return {
        "setting": setting | {"scale_error": SCALE_ERROR, "tape_error_cm": TAPE_ERROR * 100},
        # And in kilograms, for somebody of usual height.
        "errors": {
            way: mean_of(each) | {"kg": each.mean() * HEIGHT**2} for way, each in off.items()
        },
        "network_above_linear": mean_of(off["network"] - off["linear"]),
        "other_starts": {"low": min(others), "high": max(others)},
        "other_people": with_other_people(generator),
        "leans": leans,
        "parameters": {"network": sum(each.size for each in numbers), "linear": usual[0].size + 1},
        "examples": [
            {"height": tall, "weight": heavy, "formula": heavy / tall**2, "network": a, "linear": b}
            for (tall, heavy), a, b in said
        ],
        "pictures": [" ".join(f"{value:.2g}" for value in picture) for picture in usual],
        "weights": [" ".join(f"{x:g}" for x in each.ravel()) for each in network.coefs_],
        "offsets": [" ".join(f"{x:g}" for x in each) for each in network.intercepts_],
        "linear": {
            "weights": " ".join(f"{x:g}" for x in linear.coef_),
            "offset": linear.intercept_,
        },
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "body-pictures.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
