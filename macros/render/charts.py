"""Where the lines, bars and words of a picture go. Numbers only: the markup is in templates/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

# In the picture's own units: 400 wide, so that its text can still be read on a narrow phone.
WIDTH = 400.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 20.0, 44.0
LEGEND_ROW, PLOT_HEIGHT = 19.0, 210.0
GROUP_ROW = 30.0
BAR_ROW, BAR_HEIGHT, BAR_ROOM = 44.0, 13.0, 58.0

SeriesStyle = Literal["apparent", "actual", "other"]


@dataclass(frozen=True)
class Point:
    """A measured value, with its interval where it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """One line. `apparent` is what seemed fine, `actual` what was so; each has its mark."""

    name: str
    style: SeriesStyle
    points: Sequence[Point]
    marks: bool = True


@dataclass(frozen=True)
class Axis:
    """From where to where, which values are named, and what it is about."""

    title: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class ReferenceLine:
    """One value across the whole chart, with its name above or below it."""

    value: float
    name: str
    above: bool = False


@dataclass(frozen=True)
class LineChart:
    """A chart of lines."""

    x: Axis
    y: Axis
    series: Sequence[Series]
    reference: ReferenceLine | None = None

    @property
    def top(self) -> float:
        """Where the plot begins, below the names of the lines."""
        return TOP + LEGEND_ROW * len(self.series)

    @property
    def bottom(self) -> float:
        """Where the plot ends."""
        return self.top + PLOT_HEIGHT

    @property
    def height(self) -> float:
        """Of the whole picture."""
        return self.bottom + BOTTOM

    def x_px(self, value: float) -> float:
        """Where a value of the x axis is."""
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y_px(self, value: float) -> float:
        """Where a value of the y axis is."""
        share = (value - self.y.low) / (self.y.high - self.y.low)
        return round(self.bottom - share * PLOT_HEIGHT, 1)

    def path(self, series: Series) -> str:
        """The line through all points, as SVG writes it."""
        coordinates = [f"{self.x_px(point.x)} {self.y_px(point.y)}" for point in series.points]
        return "M" + "L".join(coordinates)


@dataclass(frozen=True)
class Bar:
    """One bar, with what is written at its end; `group` heads it and those that follow."""

    name: str
    style: SeriesStyle
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    group: str = ""


@dataclass(frozen=True)
class BarChart:
    """A chart of bars that lie, each below its name."""

    bars: Sequence[Bar]
    most: float
    unit: str

    @property
    def height(self) -> float:
        """Of the whole picture."""
        return self.row_y(len(self.bars)) + 26

    def length_px(self, value: float) -> float:
        """How long a bar is."""
        return round(value / self.most * (WIDTH - BAR_ROOM), 1)

    def row_y(self, index: int) -> float:
        """Where a bar's name and the bar begin, below the headings so far and its own."""
        headings = sum(bool(bar.group) for bar in self.bars[: index + 1])
        return index * BAR_ROW + headings * GROUP_ROW + 4


@dataclass(frozen=True)
class Figure:
    """A picture, what it shows in words, and the same as a table."""

    title: str
    description: str
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: LineChart | None = None
    bars: BarChart | None = None
    bodies: Sequence[tuple[str, Sequence[tuple[float, str]], str, str]] = field(default=())
