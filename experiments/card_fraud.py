"""Judge a fraud model by accuracy, precision, recall and money, at every threshold.

The payments are invented. Only the balance is taken from a public data set: 492 frauds in 284,807.
Run: python card_fraud.py (needs numpy and scikit-learn). Writes results/card-fraud.json.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

SEED = 492
PAYMENTS, FRAUDS = 284_807, 492
QUIET = 0.4  # share of frauds that hardly differ from other payments
LOUD_SHIFT, QUIET_SHIFT = 2.0, 0.5  # in standard deviations, on each of four columns
COST_MISSED, COST_CHECK = 100, 5  # invented: what a missed fraud and a checked payment cost
THRESHOLDS = [round(1 / (1 + math.exp(-odds / 4)), 5) for odds in range(-36, 21)]


def payments(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Invent payments: four columns that say how unusual amount, place, hour and pace are."""
    columns = generator.standard_normal((PAYMENTS, 4))
    is_fraud = np.arange(PAYMENTS) < FRAUDS
    quiet = generator.random(FRAUDS) < QUIET
    columns[:FRAUDS] += np.where(quiet, QUIET_SHIFT, LOUD_SHIFT)[:, None]
    return columns, is_fraud


def count(chance: np.ndarray, is_fraud: np.ndarray, threshold: float) -> dict[str, Any]:
    """What happens if every payment with at least this chance of fraud is checked."""
    flagged = chance >= threshold
    caught, false = int((flagged & is_fraud).sum()), int((flagged & ~is_fraud).sum())
    missed = FRAUDS - caught
    return {
        "threshold": threshold,
        "caught": caught,
        "false_alarms": false,
        "accuracy": (PAYMENTS - missed - false) / PAYMENTS,
        "precision": caught / (caught + false) if caught + false else None,
        "recall": caught / FRAUDS,
        "money": missed * COST_MISSED + (caught + false) * COST_CHECK,
    }


def wilson(right: int, of: int) -> dict[str, float]:
    """The 95% confidence interval of a share, by Wilson's formula."""
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"mean": share, "low": middle - half, "high": middle + half}


def with_intervals(row: dict[str, Any]) -> dict[str, Any]:
    """A row of counts, with the intervals of its recall and precision."""
    flagged = row["caught"] + row["false_alarms"]
    recall = wilson(row["caught"], FRAUDS)
    return {**row, "recall": recall, "precision": wilson(row["caught"], flagged)}


def judge(
    model: LogisticRegression, train: tuple[Any, Any], test: tuple[Any, Any]
) -> dict[str, Any]:
    """Fit on one set; choose the cheapest threshold on it; judge both on the other set."""
    model.fit(*train)
    on_train, on_test = (model.predict_proba(columns)[:, 1] for columns, _ in (train, test))
    cheapest = min((count(on_train, train[1], t) for t in THRESHOLDS), key=lambda row: row["money"])
    # What the cheapest threshold saves over 50%: a sum over independent payments, and its interval.
    more = (on_test >= cheapest["threshold"]) & (on_test < 0.5)
    saved = np.where(test[1][more], COST_MISSED - COST_CHECK, -COST_CHECK)
    half = 1.96 * math.sqrt((saved**2).sum())
    return {
        "saving": {"mean": int(saved.sum()), "low": saved.sum() - half, "high": saved.sum() + half},
        "auc": float(roc_auc_score(test[1], on_test)),
        "mean_chance": float(on_test.mean()),
        "half": with_intervals(count(on_test, test[1], 0.5)),
        "cheapest": with_intervals(count(on_test, test[1], cheapest["threshold"])),
        "thresholds": [count(on_test, test[1], t) for t in THRESHOLDS],
    }


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    generator = np.random.default_rng(SEED)
    train, test = payments(generator), payments(generator)
    plain = judge(LogisticRegression(C=1e6), train, test)
    evened = judge(LogisticRegression(C=1e6, class_weight="balanced"), train, test)
    del evened["thresholds"]
    nobody = {"accuracy": 1 - FRAUDS / PAYMENTS, "recall": 0.0, "money": FRAUDS * COST_MISSED}
    best = plain["half"]["accuracy"] - nobody["accuracy"]
    alarms = plain["cheapest"]["caught"] + plain["cheapest"]["false_alarms"]
    plain |= {"gain_in_points": 100 * best, "alarms_at_cheapest": alarms}
    setting = {"seed": SEED, "payments": PAYMENTS, "frauds": FRAUDS, "share": FRAUDS / PAYMENTS}
    setting |= {"cost_missed": COST_MISSED, "cost_check": COST_CHECK, "quiet": QUIET}
    setting |= {"ratio": COST_CHECK / COST_MISSED}
    return {"setting": setting, "always_no": nobody, "model": plain, "evened_out": evened}


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "card-fraud.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
