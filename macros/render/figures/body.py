"""A network that guesses body mass index from silhouettes."""

from __future__ import annotations

from macros.render.charts import Bar, BarChart, Figure, SeriesStyle
from macros.render.figures.measured import Results
from macros.render.formatting import interval


def body_pictures(results: Results) -> Figure:
    """The error of the average, of two models that look at the picture, and of the formula."""
    setting, errors = results["setting"], results["errors"]
    kinds: tuple[tuple[str, str, SeriesStyle], ...] = (
        ("average", "Say the average, without looking", "other"),
        ("network", "Network, from the picture", "apparent"),
        ("linear", "Linear model, from the same picture", "apparent"),
        ("formula", "Formula, from scale and tape", "actual"),
    )
    bars = [
        Bar(
            name,
            style,
            errors[key]["mean"],
            f"{errors[key]['mean']:.1f}",
            errors[key]["low"],
            errors[key]["high"],
        )
        for key, name, style in kinds
    ]
    return Figure(
        "How many points of body mass index each way is off. Longer is worse.",
        "Four bars. " + " ".join(f"{bar.name}: off by {bar.text} points." for bar in bars),
        f"Mean absolute error over {setting['test']:,} invented people whom neither model had "
        "seen. The last column says what it comes to in kilograms for somebody of "
        f"{setting['height']:.2f} m. The thin lines are 95% confidence intervals: they hold for "
        "other people, with the same two models.",
        ("Way", "Off by", "95% interval", "In kg"),
        [
            (
                name,
                f"{errors[key]['mean']:.2f}",
                interval(errors[key], "number", 2),
                f"{errors[key]['kg']:.1f}",
            )
            for key, name, _ in kinds
        ],
        bars=BarChart(bars, 5.0, "points"),
    )


def body_examples(results: Results) -> Figure:
    """Six silhouettes as the models see them, with the right answer and what was guessed."""
    setting = results["setting"]
    named = [(f"{one['height']:.2f} m, {one['weight']:.0f} kg", one) for one in results["examples"]]
    return Figure(
        "Six people as the network sees them, what it guesses and what is right",
        "Six silhouettes from the front, three slight and three heavy, each a grid of "
        f"{setting['columns']} by {setting['rows']} pixels, with the guess and the right answer.",
        f"Each picture has {setting['pixels']} pixels. At the same height, heavier is wider; "
        "how deep the body is, no front view can show.",
        ("Person", "Right", "Network", "Linear model"),
        [
            (name, f"{one['formula']:.1f}", f"{one['network']:.1f}", f"{one['linear']:.1f}")
            for name, one in named
        ],
        bodies=[
            (
                name,
                _shades(picture, setting),
                f"guess {one['network']:.1f}",
                f"right {one['formula']:.1f}",
            )
            for picture, (name, one) in zip(results["pictures"], named, strict=True)
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
