"""Train on real images with the right labels and with swapped ones, and compare everything.

The images are handwritten digits from scikit-learn; threes stand for cats, eights for dogs.
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
CATS, DOGS = 3, 8  # the digits that stand for them
TEST = 100  # images kept away from training
STEPS, RATE = 200, 0.5  # of gradient descent
SHARES = [round(0.1 * tenth, 1) for tenth in range(11)]  # of training labels that are swapped
SHUFFLES = 20  # how often each share is tried, each time with other images


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
    digits = load_digits()
    order = generator.permutation(len(digits.target))
    kept, tested = order[500:], order[:500]
    found = {}
    for name, labels in (("right", digits.target), ("swapped", 9 - digits.target)):
        network = MLPClassifier(hidden_layer_sizes=(32,), max_iter=60, random_state=SEED)
        with warnings.catch_warnings():  # it is stopped after 60 rounds on purpose
            warnings.simplefilter("ignore", ConvergenceWarning)
            network.fit(digits.data[kept] / 16, labels[kept])
        says = network.predict(digits.data[tested] / 16)
        by_labels, by_people = (float((says == x[tested]).mean()) for x in (labels, digits.target))
        found[name] = {"by_labels": by_labels, "by_people": by_people, "loss": network.loss_}
    return {"tested": len(tested), **found}


@threadpool_limits.wrap(limits=1)  # so small a network is not helped by more
def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    generator = np.random.default_rng(SEED)
    pixels, labels = images()
    orders = [generator.permutation(len(labels)) for _ in range(SHUFFLES)]
    shares, first = [], {}
    for share in SHARES:
        trials = [trial(pixels, labels, order, share) for order in orders]
        first[share] = trials[0]
        row: dict[str, Any] = {
            "share": share,
            "loss": mean_with_range([t["losses"][-1] for t in trials]),
        }
        for name in ("by_labels", "by_people"):
            row[name] = mean_with_range([t[name] for t in trials])
        shares.append(row)
    right, wrong = first[0.0], first[1.0]
    gap = max(abs(a - b) for a, b in zip(right["losses"], wrong["losses"], strict=True))
    pages_need = {"right": right, "swapped": wrong, "largest_gap_of_loss": float(f"{gap:.1g}")}
    setting = {"seed": SEED, "images": len(labels), "cats": CATS, "dogs": DOGS, "test": TEST}
    setting |= {"train": len(labels) - TEST, "steps": STEPS, "rate": RATE, "shuffles": SHUFFLES}
    hexadecimal = [
        "".join(f"{round(x * 16):x}" if x < 1 else "g" for x in image) for image in pixels
    ]
    return {
        "setting": setting | {"pixels": pixels.shape[1], "side": math.isqrt(pixels.shape[1])},
        **pages_need,
        "shares": shares,
        "ten_digits": ten_digits(generator),
        "images": hexadecimal,  # 0 to 9, a to f, g for 16: one sign a pixel
        "labels": "".join(str(int(label)) for label in labels),
        "order": " ".join(map(str, orders[0])),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "swapped-labels.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
