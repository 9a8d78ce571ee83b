"""Where the lines, bars and pixels of a figure go: numbers only. Words and markup: templates/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# In the SVG's own units: 400 wide, so that its text can still be read on a narrow phone.
WIDTH = 400.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 20.0, 44.0
LEGEND_ROW, PLOT_HEIGHT = 19.0, 170.0
GROUP_ROW = 30.0
BAR_ROW, BAR_ROOM = 39.0, 58.0

SeriesStyle = Literal["apparent", "actual", "other"]
"""What seemed to be so, what was so, and anything else; each has its colour, dash and mark."""


@dataclass(frozen=True)
class Point:
    """A measured value, with its interval if it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """One line. The template gives its name in words under the same key, `name`."""

    name: str
    style: SeriesStyle
    points: Sequence[Point]
    marks: bool = True


@dataclass(frozen=True)
class Axis:
    """The range of an axis, and which of its values are labelled."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class ReferenceLine:
    """A horizontal line across the whole chart, labelled above or below it."""

    value: float
    above: bool = False


@dataclass(frozen=True)
class LineChart:
    """A chart of lines below their legend."""

    x: Axis
    y: Axis
    series: Sequence[Series]
    reference: ReferenceLine | None = None

    @property
    def top(self) -> float:
        """The y coordinate at which the plot begins, below the legend."""
        return TOP + LEGEND_ROW * len(self.series)

    @property
    def bottom(self) -> float:
        """The y coordinate at which the plot ends."""
        return self.top + PLOT_HEIGHT

    @property
    def height(self) -> float:
        """The total height of the SVG, in user units."""
        return self.bottom + BOTTOM

    def x_px(self, value: float) -> float:
        """Map a value of the x axis to an x coordinate."""
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y_px(self, value: float) -> float:
        """Map a value of the y axis to a y coordinate."""
        share = (value - self.y.low) / (self.y.high - self.y.low)
        return round(self.bottom - share * PLOT_HEIGHT, 1)

    def path(self, series: Series) -> str:
        """Return the line through all points, as an SVG path."""
        coordinates = [f"{self.x_px(point.x)} {self.y_px(point.y)}" for point in series.points]
        return "M" + "L".join(coordinates)


@dataclass(frozen=True)
class Bar:
    """One bar with its value in `text`. The template gives `name` and `group` in words.

    A bar that names a `group` is the first of it, and the group's heading stands above.
    """

    name: str
    style: SeriesStyle
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    group: str = ""


@dataclass(frozen=True)
class BarChart:
    """A chart of horizontal bars, each below its name."""

    bars: Sequence[Bar]
    maximum: float

    @property
    def height(self) -> float:
        """The total height of the SVG, in user units."""
        return self.row_y(len(self.bars))

    def length_px(self, value: float) -> float:
        """Map a value to the length of a bar."""
        return round(value / self.maximum * (WIDTH - BAR_ROOM), 1)

    def row_y(self, index: int) -> float:
        """Return the y coordinate of a bar's row: group headings above it take extra space."""
        headings = sum(bool(bar.group) for bar in self.bars[: index + 1])
        return index * BAR_ROW + headings * GROUP_ROW + 4


@dataclass(frozen=True)
class PixelGrid:
    """Grey pixels, drawn as one SVG path for each shade, the lightest first."""

    shades: Sequence[tuple[float, str]]
    """The opacity of a shade, and the path around its pixels."""


@dataclass(frozen=True)
class Figure:
    """What a figure's template draws, and the entries that its table lists."""

    chart: LineChart | BarChart | Sequence[PixelGrid]
    rows: Sequence[object]
