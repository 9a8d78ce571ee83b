"""The pictures of the pitfall pages: which of an experiment's results each one shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from macros.charts import Axis, Bar, Bars, Level, Lines, Plate, Series, Spot, Tone
from macros.numbers import interval, written

Results = Mapping[str, Any]


def _percent(value: float, digits: int = 0) -> str:
    return written(value, "percent", digits)


def _with_interval(measured: Mapping[str, float], digits: int = 0) -> str:
    """As a cell of a table has room for: `50.1% (49.9–50.3)`."""
    low, high = (written(100 * measured[end], "number", digits) for end in ("low", "high"))
    return f"{_percent(measured['mean'], digits)} ({low}–{high})"


def _spot(x: float, measured: Mapping[str, float]) -> Spot:
    return Spot(x, measured["mean"], measured["low"], measured["high"])


def _share_axis(title: str, low: float = 0.0, step: float = 0.2) -> Axis:
    """From `low` to 1, with a name at every step."""
    count = round((1 - low) / step)
    ticks = [(low + step * number, _percent(low + step * number)) for number in range(count + 1)]
    return Axis(title, low, 1.0, ticks)


def coin_flips(found: Results) -> Plate:
    """Accuracy on seen and on new flips, by how many flips a model looks back."""
    models, setting = found["models"], found["setting"]
    ticks = [(model["memory"], str(model["memory"])) for model in models[::2]]
    ends = f"{_percent(models[0]['seen']['mean'])} to {_percent(models[-1]['seen']['mean'])}"
    lines = Lines(
        Axis("Flips the model looks back", 0, models[-1]["memory"], ticks),
        _share_axis("Answers that were right", 0.4),
        (
            Series("On flips it was trained on", "looks", _over(models, "memory", "seen")),
            Series("On new flips of the same coin", "truth", _over(models, "memory", "new")),
        ),
        Level(0.5, "50%, a blind guess"),
    )
    return Plate(
        "Accuracy of models that look back further and further",
        f"From left to right, models look back at 0 to {models[-1]['memory']} flips. On the flips "
        f"they were trained on, accuracy climbs from {ends}. On new flips it stays at 50% "
        "throughout.",
        f"Means over {setting['coins']} coins, {setting['train']:,} flips to train on and "
        f"{setting['test']:,} to test on for each. The 95% confidence intervals are in the table; "
        "most are narrower than the marks. The table has every second model.",
        ("Looks back", "Rules", "Seen flips", "New flips"),
        [
            (
                str(model["memory"]),
                f"{model['rules']:,}",
                _with_interval(model["seen"], 1),
                _with_interval(model["new"], 1),
            )
            for model in models[::2]
        ],
        lines=lines,
    )


def _over(rows: Sequence[Results], x: str, y: str) -> list[Spot]:
    return [_spot(row[x], row[y]) for row in rows]


def _odds(threshold: float) -> float:
    """Thresholds from 0.01% to 99% are spread out as people count them: 1 in 10, in 100 ..."""
    return math.log10(threshold / (1 - threshold))


def _threshold_axis(rows: Sequence[Results]) -> Axis:
    named = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99)
    ends = [_odds(rows[place]["threshold"]) for place in (0, -1)]
    places = {written(each * 100, "plain") + "%": _odds(each) for each in named}
    ticks = [(place, name) for name, place in places.items() if ends[0] <= place <= ends[1]]
    return Axis("Check a payment from this chance of fraud on", ends[0], ends[1], ticks)


def _named_thresholds(found: Results) -> Iterator[Results]:
    """A few rows for the table: about one in seven, and the two that the text speaks of."""
    spoken_of = {found["model"][name]["threshold"] for name in ("half", "cheapest")}
    for number, row in enumerate(found["model"]["thresholds"]):
        if number % 7 == 1 or row["threshold"] in spoken_of:
            yield row


def card_fraud(found: Results) -> Plate:
    """Accuracy, precision and recall at every threshold."""
    rows = found["model"]["thresholds"]
    series = [
        Series(
            name,
            tone,
            [Spot(_odds(r["threshold"]), r[key]) for r in rows if r[key] is not None],
            False,
        )
        for name, tone, key in _FRAUD_LINES
    ]
    never = found["always_no"]["accuracy"]
    return Plate(
        "Accuracy, recall and precision at every threshold",
        "As the threshold rises from left to right, accuracy climbs to nearly 100% and stays "
        "there, while recall, the share of frauds caught, falls from nearly all to almost none. "
        "Precision rises from almost nothing to 100%.",
        f"Always answering “no” has {_percent(never, 2)} accuracy and recall 0%. The payments are "
        "synthetic; only their balance is real.",
        ("Threshold", "Accuracy", "Recall", "Precision", "Money lost"),
        [
            (
                _percent(row["threshold"], 2),
                _percent(row["accuracy"], 2),
                _percent(row["recall"]),
                "no alarm" if row["precision"] is None else _percent(row["precision"]),
                f"{row['money']:,}",
            )
            for row in _named_thresholds(found)
        ]
        + [("Always “no”", _percent(never, 2), "0%", "no alarm", _money(found))],
        lines=Lines(_threshold_axis(rows), _share_axis("Share"), series),
    )


_FRAUD_LINES: tuple[tuple[str, Tone, str], ...] = (
    ("Accuracy: answers that were right", "looks", "accuracy"),
    ("Recall: frauds that were caught", "truth", "recall"),
    ("Precision: alarms that were frauds", "third", "precision"),
)


def _money(found: Results) -> str:
    return f"{found['always_no']['money']:,}"


def card_money(found: Results) -> Plate:
    """What the frauds and the checks cost, at every threshold."""
    never = found["always_no"]["money"]
    top = 25_000 * math.ceil(2 * never / 25_000)
    rows = [row for row in found["model"]["thresholds"] if row["money"] <= top]
    spots = [Spot(_odds(row["threshold"]), row["money"]) for row in rows]
    ticks = [(step * top / 4, f"{step * top / 4000:,.0f}k") for step in range(5)]
    best = found["model"]["cheapest"]
    lines = Lines(
        _threshold_axis(rows),
        Axis("Money lost", 0, top, ticks),
        (Series("Missed frauds and checks together", "truth", spots, False),),
        Level(never, "Always “no”", above=True),
    )
    compared = (
        ("Always “no”", found["always_no"] | {"threshold": None, "caught": 0, "false_alarms": 0}),
        (f"Model, {_percent(found['model']['half']['threshold'])}", found["model"]["half"]),
        (f"Model, {_percent(best['threshold'])}", best),
    )
    return Plate(
        "Money lost at every threshold",
        f"The line falls steeply from the left, is lowest near a threshold of "
        f"{_percent(best['threshold'])}, and then climbs slowly towards {never:,}, which is what "
        "always answering no loses.",
        f"Prices are invented: a missed fraud costs {found['setting']['cost_missed']}, a check "
        f"{found['setting']['cost_check']}. Thresholds that lose more than twice as much as "
        "always “no” are left out.",
        ("Rule", "Caught", "False alarms", "Accuracy", "Money lost"),
        [
            (
                name,
                f"{row['caught']:,}",
                f"{row['false_alarms']:,}",
                _percent(row["accuracy"], 2),
                f"{row['money']:,}",
            )
            for name, row in compared
        ],
        lines=lines,
    )


def body_pictures(found: Results) -> Plate:
    """The error of the average, the network and the formula."""
    kinds: tuple[tuple[str, str, Tone], ...] = (
        ("average", "Say the average, without looking", "third"),
        ("network", "Network, from the picture", "looks"),
        ("formula", "Formula, from scale and tape", "truth"),
    )
    bars = [
        Bar(
            name,
            tone,
            found[key]["mean"],
            f"{found[key]['mean']:.1f}",
            found[key]["low"],
            found[key]["high"],
        )
        for key, name, tone in kinds
    ]
    return Plate(
        "How far off each way is",
        "Three bars. " + " ".join(f"{bar.name}: off by {bar.text} points." for bar in bars),
        f"Mean absolute error in points of body mass index, over {found['setting']['test']:,} "
        "invented people whom the network had not seen. The thin lines are 95% confidence "
        "intervals.",
        ("Way", "Off by", "95% interval"),
        [
            (name, f"{found[key]['mean']:.2f}", interval(found[key], "number", 2))
            for key, name, _ in kinds
        ],
        bars=Bars(bars, 5.0, "points"),
    )


def body_examples(found: Results) -> Plate:
    """Six silhouettes as the network sees them, with both answers."""
    setting = found["setting"]
    named = [(f"{one['height']:.2f} m, {one['weight']:.0f} kg", one) for one in found["examples"]]
    return Plate(
        "Six people as the network sees them",
        "Six silhouettes from the front, three slight and three heavy, each a grid of "
        f"{setting['columns']} by {setting['rows']} pixels.",
        f"Each picture has {setting['pixels']} pixels. At the same height, heavier is wider; "
        "how deep the body is, no front view can show.",
        ("Person", "Formula", "Network"),
        [(name, f"{one['formula']:.1f}", f"{one['network']:.1f}") for name, one in named],
        bodies=[
            (name, _shades(picture, setting), f"{one['network']:.1f}")
            for picture, (name, one) in zip(found["pictures"], named, strict=True)
        ],
    )


def _shades(picture: str, setting: Results) -> list[tuple[float, str]]:
    """The body in three shades: how dark, and the pixels that are covered at least so far."""
    return [
        (dark, "".join(_spans(picture, setting, least)))
        for dark, least in ((0.3, 0.25), (0.5, 0.5), (1.0, 0.75))
    ]


def _spans(picture: str, setting: Results, least: float) -> list[str]:
    """The part of each row of pixels that is covered at least so far, as an SVG path."""
    values = [float(each) for each in picture.split()]
    width, spans = setting["columns"], []
    for row in range(setting["rows"]):
        covered = [values[row * width + column] >= least for column in range(width)] + [False]
        start = None
        for column, inside in enumerate(covered):
            if inside and start is None:
                start = column
            elif not inside and start is not None:
                spans.append(f"M{start} {row}h{column - start}v1h{start - column}z")
                start = None
    return spans


def chess_text(found: Results) -> Plate:
    """Illegal moves by move number, for two sizes of training text and for a rule follower."""
    little, much = found["models"][0], found["models"][-1]
    moves = found["setting"]["moves"]
    ticks = [(1, "1")] + [(number, str(number)) for number in range(5, moves + 1, 5)]
    first, last = (_percent(much["by_move"][place]["illegal"]["mean"]) for place in (0, -1))
    flat = [Spot(row["move"], 0.0) for row in much["by_move"]]
    lines = Lines(
        Axis("Move number", 1, moves, ticks),
        _share_axis("Moves that break the rules"),
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
                _percent(other["illegal"]["mean"]),
                _with_interval(row["illegal"]),
                "0%",
            )
            for other, row in zip(little["by_move"], much["by_move"], strict=True)
            if row["move"] in (1, 2, 3, 4, 5, 10, 15, 20)
        ],
        lines=lines,
    )


def _illegal(model: Results) -> list[Spot]:
    return [_spot(row["move"], row["illegal"]) for row in model["by_move"]]


def label_training(found: Results) -> Plate:
    """The loss at each step, with right and with swapped labels: the same line twice."""
    right, swapped = found["right"]["losses"], found["swapped"]["losses"]
    steps = len(right)
    ticks = [(number, str(number)) for number in range(0, steps + 1, 50)]
    heights = [(tenth / 10, f"{tenth / 10:.1f}") for tenth in range(0, 9, 2)]
    lines = Lines(
        Axis("Step of training", 0, steps, ticks),
        Axis("Loss", 0, 0.8, heights),
        (
            Series("With the right labels", "truth", _steps(right), False),
            Series("With every label swapped", "looks", _steps(swapped), False),
        ),
    )
    told = [*range(0, steps, 50), steps - 1]
    return Plate(
        "Training with right and with swapped labels",
        f"Two lines that lie on each other: the loss falls from {right[0]:.2f} to {right[-1]:.2f} "
        "in the same way with right and with swapped labels.",
        "Loss is what training makes small. The two lines are drawn on top of each other, one "
        "solid and one dashed: there is no difference to see.",
        ("After step", "Loss, right labels", "Loss, swapped labels"),
        [(str(step), f"{right[step]:.4f}", f"{swapped[step]:.4f}") for step in told],
        lines=lines,
    )


def _steps(losses: Sequence[float]) -> list[Spot]:
    return [Spot(step, loss) for step, loss in enumerate(losses)]


def label_scores(found: Results) -> Plate:
    """How often each model agrees with its labels, and how often with people."""
    kinds: tuple[tuple[str, str, str, Tone], ...] = (
        ("right", "by_labels", "Right labels: agrees with its labels", "looks"),
        ("right", "by_people", "Right labels: agrees with people", "truth"),
        ("swapped", "by_labels", "Swapped labels: agrees with its labels", "looks"),
        ("swapped", "by_people", "Swapped labels: agrees with people", "truth"),
    )
    ten = found["ten_digits"]
    bars = [
        Bar(text, tone, found[name][key], _percent(found[name][key]))
        for name, key, text, tone in kinds
    ]
    return Plate(
        "Agreement with the labels, and with people",
        "Four bars. " + " ".join(f"{bar.name}: {bar.text}." for bar in bars),
        f"On {found['setting']['test']} images that were kept out of training. The table adds the "
        f"same test with all ten digits and a small network, on {ten['tested']} images.",
        ("Score", "Two digits", "Ten digits, network"),
        [
            (text, _percent(found[name][key]), _percent(ten[name][key], 1))
            for name, key, text, _ in kinds
        ],
        bars=Bars(bars, 1.0, ""),
    )


def leaky_columns(found: Results) -> Plate:
    """What each way of testing promised, and what real use brought."""
    errors = found["errors"]
    kinds: tuple[tuple[str, str, Tone], ...] = (
        ("leaky_random", "With the leak: random test", "looks"),
        ("leaky_dated", "With the leak: test on the latest days", "looks"),
        ("leaky_live", "With the leak: real use", "truth"),
        ("clean_random", "Without it: random test", "looks"),
        ("clean_dated", "Without it: test on the latest days", "looks"),
        ("clean_live", "Without it: real use", "truth"),
    )
    bars = [
        Bar(
            name,
            tone,
            errors[key]["mean"],
            f"{errors[key]['mean']:.0f}",
            errors[key]["low"],
            errors[key]["high"],
        )
        for key, name, tone in kinds
    ]
    return Plate(
        "What the test promised, and what came",
        "Six bars. " + " ".join(f"{bar.name}: off by {bar.text} parcels." for bar in bars),
        f"Mean absolute error in parcels a day, over {found['setting']['depots']} invented depots. "
        "The thin lines are 95% confidence intervals over depots.",
        ("Way of testing", "Off by", "95% interval"),
        [
            (name, f"{errors[key]['mean']:.1f}", interval(errors[key], "number", 1))
            for key, name, _ in kinds
        ],
        bars=Bars(bars, 70.0, "parcels"),
    )


def coin_luck(found: Results) -> Plate:
    """How likely it is that one of many guessers looks good."""
    luck, setting = found["luck"], found["setting"]
    named = [(f"{row['tried']} tried", row["chance"]) for row in luck["best_of"]]
    return Plate(
        "Chance that at least one guesser looks good",
        "Bars that grow with the number of guessers tried. "
        + " ".join(f"{name}: {_percent(chance)}." for name, chance in named),
        f"Each guesser calls {setting['exam']} flips at random and looks good with "
        f"{setting['pass_mark']} or more right. Worked out exactly.",
        ("Guessers", "Chance that one looks good"),
        [(name, _percent(chance, 1)) for name, chance in named],
        bars=Bars(
            [Bar(name, "looks", chance, _percent(chance)) for name, chance in named], 1.0, ""
        ),
    )


# By name: the experiment that a picture belongs to, and what draws it.
PICTURES: dict[str, tuple[str, Callable[[Results], Plate]]] = {
    "coin-flips": ("coin-flips", coin_flips),
    "coin-luck": ("coin-flips", coin_luck),
    "card-fraud": ("card-fraud", card_fraud),
    "card-money": ("card-fraud", card_money),
    "body-pictures": ("body-pictures", body_pictures),
    "body-examples": ("body-pictures", body_examples),
    "chess-text": ("chess-text", chess_text),
    "label-training": ("swapped-labels", label_training),
    "label-scores": ("swapped-labels", label_scores),
    "leaky-columns": ("leaky-columns", leaky_columns),
}
