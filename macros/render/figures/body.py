"""A network that guesses body mass index from silhouettes."""

from __future__ import annotations

from macros.render.charts import Bar, BarChart, Figure, PixelGrid, SeriesStyle
from macros.render.figures.measured import Results

_WAYS: tuple[tuple[str, SeriesStyle], ...] = (
    ("average", "other"),
    ("network", "apparent"),
    ("linear", "apparent"),
    ("formula", "actual"),
)
# The opacity of each shade, and from which coverage on a pixel has it.
_SHADES = ((0.3, 0.25), (0.5, 0.5), (1.0, 0.75))


def body_pictures(results: Results) -> Figure:
    """Draw the error of the average, of two models that look at the picture, and of the formula."""
    errors = results["errors"]
    bars = [
        Bar(
            name,
            style,
            errors[name]["mean"],
            f"{errors[name]['mean']:.1f}",
            errors[name]["low"],
            errors[name]["high"],
        )
        for name, style in _WAYS
    ]
    return Figure(BarChart(bars, 5.0), [(name, errors[name]) for name, _ in _WAYS])


def body_examples(results: Results) -> Figure:
    """Draw six silhouettes as the models see them."""
    grids = [_grid(picture, results["setting"]) for picture in results["pictures"]]
    return Figure(grids, results["examples"])


def _grid(picture: str, setting: Results) -> PixelGrid:
    return PixelGrid(
        [(opacity, "".join(_runs(picture, setting, least))) for opacity, least in _SHADES]
    )


def _runs(picture: str, setting: Results, least: float) -> list[str]:
    """Return each run of pixels in a row that are covered at least so far, as an SVG path."""
    values = [float(each) for each in picture.split()]
    width, runs = setting["columns"], []
    for row in range(setting["rows"]):
        covered = [values[row * width + column] >= least for column in range(width)] + [False]
        start = None
        for column, inside in enumerate(covered):
            if inside and start is None:
                start = column
            elif not inside and start is not None:
                runs.append(f"M{start} {row}h{column - start}v1h{start - column}z")
                start = None
    return runs
