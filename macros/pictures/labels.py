"""Training with right and with swapped labels."""

from __future__ import annotations

from collections.abc import Sequence

from macros.charts import Axis, Bar, Bars, Lines, Plate, Series, Spot, Tone
from macros.pictures.measured import Results, percent


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
        Bar(text, tone, found[name][key], percent(found[name][key]))
        for name, key, text, tone in kinds
    ]
    return Plate(
        "Agreement with the labels, and with people",
        "Four bars. " + " ".join(f"{bar.name}: {bar.text}." for bar in bars),
        f"On {found['setting']['test']} images that were kept out of training. The table adds the "
        f"same test with all ten digits and a small network, on {ten['tested']} images.",
        ("Score", "Two digits", "Ten digits, network"),
        [
            (text, percent(found[name][key]), percent(ten[name][key], 1))
            for name, key, text, _ in kinds
        ],
        bars=Bars(bars, 1.0, ""),
    )
