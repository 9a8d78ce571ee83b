"""Train on real images with the right labels and with swapped ones, and compare everything.

The images are handwritten digits from scikit-learn; threes play cats, eights play dogs.
Run: python swapped_labels.py (needs numpy and scikit-learn). Writes results/swapped-labels.json.
"""

import json
import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

SEED = 38
CATS, DOGS = 3, 8  # the digits that play them
TEST = 100  # images kept away from training
STEPS, RATE = 200, 0.5  # of gradient descent
SHARES = (0.0, 0.1, 1.0)  # of the labels that are swapped
SHUFFLES = 20  # how often each share is tried, each time with other images
RARE = 10  # how many eights are kept where dogs are rare
RUNS, TEN_TEST = 10, 500  # of the network for ten digits, and the images it is tested on


def images() -> tuple[np.ndarray, np.ndarray]:
    """Threes and eights, each 64 numbers from 0 to 1; 1 is an eight."""
    digits = load_digits()
    wanted = np.isin(digits.target, (CATS, DOGS))
    return digits.data[wanted] / 16, (digits.target[wanted] == DOGS).astype(float)


def train(pixels: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float, list[float]]:
    """Logistic regression by gradient descent: weights, offset, and the loss at each step."""
    weights, offset, losses = np.zeros(pixels.shape[1]), 0.0, []
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(pixels @ weights + offset)))
        losses.append(float(-np.log(np.where(labels == 1, chance, 1 - chance)).mean()))
        off = chance - labels
        weights = weights - RATE * (off @ pixels) / len(labels)
        offset -= RATE * float(off.mean())
    return weights, offset, losses


def trial(
    pixels: np.ndarray, labels: np.ndarray, order: np.ndarray, share: float
) -> dict[str, Any]:
    """Swap a share of all labels, train, and test on images the model has not seen."""
    swapped = labels.copy()
    kept, tested = order[TEST:], order[:TEST]
    for group in (kept, tested):  # the labels of the test are swapped as well: nobody noticed
        chosen = group[: int(share * len(group) + 0.5)]
        swapped[chosen] = 1 - swapped[chosen]
    weights, offset, losses = train(pixels[kept], swapped[kept])
    says = pixels[tested] @ weights + offset > 0
    return {
        "losses": losses,
        "by_labels": float((says == swapped[tested]).mean()),
        "by_people": float((says == labels[tested]).mean()),
        "says": "".join(str(int(each)) for each in says),
    }


def mean_with_range(values: list[float]) -> dict[str, float]:
    """The mean over the shuffles, the lowest and the highest. They share images: no interval."""
    return {"mean": float(np.mean(values)), "low": min(values), "high": max(values)}


def ten_digits(generator: np.random.Generator) -> dict[str, Any]:
    """The same with all ten digits and a network that starts at random: each d becomes 9 - d."""
    digits, found = load_digits(), {"right": [], "swapped": []}
    for run in range(RUNS):
        order = generator.permutation(len(digits.target))
        kept, tested = order[TEN_TEST:], order[:TEN_TEST]
        for name, labels in (("right", digits.target), ("swapped", 9 - digits.target)):
            network = MLPClassifier(hidden_layer_sizes=(32,), max_iter=60, random_state=run)
            network.fit(digits.data[kept] / 16, labels[kept])
            says = network.predict(digits.data[tested] / 16)
            found[name].append([(says == x[tested]).mean() for x in (labels, digits.target)])
    return {
        name: dict(zip(("by_labels", "by_people"), np.mean(each, axis=0), strict=True))
        for name, each in found.items()
    }


def rare_dogs(generator: np.random.Generator, pixels: np.ndarray, labels: np.ndarray) -> Any:
    """The same where dogs are rare: then a count of the labels tells what the score does not."""
    few = np.concatenate([np.flatnonzero(labels == 0), np.flatnonzero(labels == 1)[:RARE]])
    order, dogs = generator.permutation(few), float(labels[few].mean())
    right, swapped = (trial(pixels, labels, order, share)["by_labels"] for share in (0, 1))
    return {"dogs": dogs, "dogs_swapped": 1 - dogs, "right": right, "swapped": swapped}


@threadpool_limits.wrap(limits=1)  # so small a network is not helped by more
def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    warnings.simplefilter("ignore", ConvergenceWarning)  # the networks are stopped on purpose
    generator = np.random.default_rng(SEED)
    pixels, labels = images()
    orders = [generator.permutation(len(labels)) for _ in range(SHUFFLES)]
    trials = {each: [trial(pixels, labels, order, each) for order in orders] for each in SHARES}
    shares = [
        {"share": share, "loss": mean_with_range([t["losses"][-1] for t in tried])}
        | {name: mean_with_range([t[name] for t in tried]) for name in ("by_labels", "by_people")}
        for share, tried in trials.items()
    ]
    right, swapped = trials[0.0][0], trials[1.0][0]
    gap = max(abs(a - b) for a, b in zip(right["losses"], swapped["losses"], strict=True))
    setting = {"seed": SEED, "images": len(labels), "side": math.isqrt(pixels.shape[1])}
    setting |= {"cats": int((labels == 0).sum()), "dogs": int(labels.sum()), "test": TEST}
    setting |= {"train": len(labels) - TEST, "steps": STEPS, "rate": RATE, "shuffles": SHUFFLES}
    return {
        "setting": setting | {"runs": RUNS, "ten_test": TEN_TEST},
        "right": right,
        "swapped": swapped,
        "largest_gap_of_loss": float(f"{gap:.1g}"),
        "shares": shares,
        "ten_digits": ten_digits(generator),
        "rare": rare_dogs(generator, pixels, labels),
        # How often ten answers show no wrong label, if so many are wrong.
        "looking": [{"wrong": wrong, "ten_miss": (1 - wrong) ** 10} for wrong in (0.1, 0.033)],
        # 0 to 9, a to f, g for 16: one sign a pixel
        "images": ["".join("0123456789abcdefg"[round(x * 16)] for x in image) for image in pixels],
        "labels": "".join(str(int(label)) for label in labels),
        "order": " ".join(map(str, orders[0])),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "swapped-labels.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
