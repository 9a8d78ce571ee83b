"""Judge a fraud model by accuracy, precision, recall and money, at every threshold.

The payments are invented. Only the share of frauds is from a public data set: 492 in 284,807.
Run: python card_fraud.py (needs numpy and scikit-learn). Writes results/card-fraud.json.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

SEED = 492
PAYMENTS, FRAUDS = 284_807, 492
DRAWS = 30  # how often everything is done again with other payments
QUIET = 0.4  # share of frauds that hardly differ from other payments
LOUD_SHIFT, QUIET_SHIFT = 2.0, 0.5  # in standard deviations, on each of four columns
# A second design, where frauds are of two kinds that show in different columns.
FIRST_KIND = 0.6  # share of frauds
KINDS = ((2.0, 2.0, 0.0, 0.0), (0.0, 0.0, 2.0, 0.0))  # shifts of the four columns
KIND_DRAWS = 10
COST_MISSED, COST_CHECK = 100, 5  # invented, in euros
THRESHOLDS = [round(1 / (1 + math.exp(-odds / 4)), 5) for odds in range(-36, 21)]
BANDS = (0.01, 0.05, 0.2, 0.5, 1.0)  # upper ends, to compare the chances with what came

Scored = tuple[np.ndarray, np.ndarray]  # the chances given to frauds and to others, sorted


def payments(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Invent payments: four columns that say how unusual amount, place, hour and pace are."""
    columns = generator.standard_normal((PAYMENTS, 4))
    is_fraud = np.arange(PAYMENTS) < FRAUDS
    quiet = generator.random(FRAUDS) < QUIET
    columns[:FRAUDS] += np.where(quiet, QUIET_SHIFT, LOUD_SHIFT)[:, None]
    return columns, is_fraud


def two_kinds(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Invent payments with frauds of two kinds, which a model has to weigh against each other."""
    columns = generator.standard_normal((PAYMENTS, 4))
    first = generator.random(FRAUDS) < FIRST_KIND
    columns[:FRAUDS] += np.where(first[:, None], *KINDS)
    return columns, np.arange(PAYMENTS) < FRAUDS


def count(scored: Scored, threshold: float | None) -> dict[str, Any]:
    """What happens if every payment with at least this chance of fraud is checked, or none is."""
    at = 2.0 if threshold is None else threshold
    caught, false = (len(chances) - int(np.searchsorted(chances, at)) for chances in scored)
    errors = FRAUDS - caught + false
    return {
        "threshold": threshold,
        "caught": caught,
        "false_alarms": false,
        "errors": errors,
        "accuracy": (PAYMENTS - errors) / PAYMENTS,
        "precision": caught / (caught + false) if caught + false else None,
        "recall": caught / FRAUDS,
        "money": (FRAUDS - caught) * COST_MISSED + (caught + false) * COST_CHECK,
    }


def wilson(hits: int, of: int) -> dict[str, float]:
    """The 95% confidence interval of a share, by Wilson's formula."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"mean": share, "low": middle - half, "high": middle + half}


def with_intervals(row: dict[str, Any]) -> dict[str, Any]:
    """A row of counts, with the intervals of its recall and precision."""
    recall, alarms = wilson(row["caught"], FRAUDS), row["caught"] + row["false_alarms"]
    return row | {"recall": recall, "precision": wilson(row["caught"], alarms), "alarms": alarms}


def judge(weight: str | None, train: Any, test: Any) -> dict[str, Any]:
    """Fit on one set, choose the cheapest threshold on it, and judge on the other set."""
    model = LogisticRegression(C=1e6, class_weight=weight).fit(*train)
    on_train, on_test = (
        tuple(np.sort(model.predict_proba(columns)[chosen, 1]) for chosen in (fraud, ~fraud))
        for columns, fraud in (train, test)
    )
    tried = [count(on_train, threshold) for threshold in (*THRESHOLDS, None)]  # None: never check
    chosen = min(tried, key=lambda row: row["money"])["threshold"]
    frauds, others = on_test
    pairs = float(np.searchsorted(others, frauds).mean() / len(others))  # the fraud comes first
    told = {"half": count(on_test, 0.5), "cheapest": count(on_test, chosen)}
    return {"on_test": on_test, "pairs": pairs, **told}


def bands(scored: Scored) -> list[dict[str, Any]]:
    """The chances that the model gave, and how often it was fraud: are they to be trusted?"""
    rows = []
    for low, high in zip((0.0, *BANDS), BANDS, strict=False):
        frauds, others = (x[(x >= low) & (x < high)] for x in scored)
        named = np.concatenate([frauds, others])
        told = {"to": high, "payments": len(named), "named": float(named.mean())}
        rows.append({"from": low, **told, "came": wilson(len(frauds), len(named))})
    return rows


def spread(values: list[float]) -> dict[str, float]:
    """The mean over the draws, the lowest and the highest."""
    return {"mean": float(np.mean(values)), "low": min(values), "high": max(values)}


def evening_out_two_kinds(generator: np.random.Generator) -> dict[str, Any]:
    """Whether evening out the groups helps where the columns do not matter alike."""
    draws = []
    for _ in range(KIND_DRAWS):
        train, test = two_kinds(generator), two_kinds(generator)
        draws.append((judge(None, train, test), judge("balanced", train, test)))
    told: dict[str, Any] = {}
    for name, judged in zip(("plain", "evened"), zip(*draws, strict=True), strict=True):
        told[f"{name}_pairs"] = spread([each["pairs"] for each in judged])
        told[f"{name}_money"] = spread([each["cheapest"]["money"] for each in judged])
    told["ranked_better"] = sum(even["pairs"] > plain["pairs"] for plain, even in draws)
    more = [even["cheapest"]["money"] > plain["cheapest"]["money"] for plain, even in draws]
    return told | {"cost_more": sum(more)}


@threadpool_limits.wrap(limits=1)  # so small a model is not helped by more
def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    generator, draws = np.random.default_rng(SEED), []
    for _ in range(DRAWS):
        train, test = payments(generator), payments(generator)
        draws.append((judge(None, train, test), judge("balanced", train, test)))
    model, evened = draws[0]  # the page shows the first draw, and how far the others differ
    scored, never = model["on_test"], count(model["on_test"], None)
    half, rows = model["half"], [count(scored, threshold) for threshold in THRESHOLDS]
    setting = {"seed": SEED, "draws": DRAWS, "payments": PAYMENTS, "frauds": FRAUDS}
    setting |= {"cost_missed": COST_MISSED, "cost_check": COST_CHECK}
    setting |= {"ratio": COST_CHECK / COST_MISSED, "share": FRAUDS / PAYMENTS}
    setting |= {"kind_draws": KIND_DRAWS, "first_kind": FIRST_KIND}
    shown = {
        "half": with_intervals(half),
        "cheapest": with_intervals(model["cheapest"]),
        "rule": count(scored, COST_CHECK / COST_MISSED),
        "hindsight": min(rows, key=lambda row: row["money"]),  # chosen on the test set itself
        "gain_in_points": 100 * (half["accuracy"] - never["accuracy"]),
        "fewer_errors": 1 - half["errors"] / never["errors"],
        "mean_chance": float(np.concatenate(scored).mean()),
        "bands": bands(scored),
        "thresholds": rows,
    }
    redrawn = {
        "saving": spread([p["half"]["money"] - p["cheapest"]["money"] for p, _ in draws]),
        "threshold": spread([p["cheapest"]["threshold"] for p, _ in draws]),
        "less_accurate": sum(p["cheapest"]["errors"] > FRAUDS for p, _ in draws),
        "plain_pairs": spread([plain["pairs"] for plain, _ in draws]),
        "evened_pairs": spread([even["pairs"] for _, even in draws]),
    }
    evened_out = {"half": evened["half"], "cheapest": evened["cheapest"]}
    told = {"setting": setting, "always_no": never, "model": shown, "evened_out": evened_out}
    return told | {"redrawn": redrawn, "two_kinds": evening_out_two_kinds(generator)}


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "card-fraud.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
