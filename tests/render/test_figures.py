"""What a page's author is told about a number or a picture that is not there, and how they look."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from macros.load.experiment_results import Experiment, experiment_files, read_experiments
from macros.lookup import MacroError
from macros.render.charts import Axis, Bar, BarChart, LineChart, Point, Series
from macros.render.figures import FIGURES
from macros.render.formatting import format_number, interval
from macros.render.pages import pitfalls
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page
from tests.tiny import ROOT

RESULTS: dict[str, Any] = {
    "share": 0.125,
    "soups": [{"heat": 0.1, "bowls": 7}, {"heat": 2, "bowls": 9}],
    "range": {"low": 0.25, "high": 0.5},
    "name": "soup",
}
SOUP = Experiment("soup", "soup.py", "SEED = 1\n", RESULTS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("share", 0.125),
        ("soups.0.bowls", 7),
        ("soups.last.bowls", 9),
        ("soups.heat=2.bowls", 9),
        ("soups.heat=0.1.bowls", 7),
    ],
)
def test_a_path_leads_to_a_number(path: str, value: float) -> None:
    assert SOUP.value(path) == value


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "shares",
            "in the results of 'soup', step 'shares' of 'shares': key 'shares' is unknown; "
            "expected one of share, soups, range, name; did you mean 'share'?",
        ),
        (
            "soups.heat=3.bowls",
            "in the results of 'soup', step 'heat=3' of 'soups.heat=3.bowls': entry 'heat=3' is "
            "unknown; expected one of heat=0.1, heat=2, last; did you mean 'heat=2'?",
        ),
        (
            "share.mean",
            "in the results of 'soup', step 'mean' of 'share.mean': nothing is inside 0.125; "
            "expected a shorter path",
        ),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_ends(path: str, message: str) -> None:
    with pytest.raises(MacroError) as caught:
        SOUP.value(path)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("value", "form", "digits", "text"),
    [
        (1024, "number", 0, "1,024"),
        (0.2834, "number", 2, "0.28"),
        (-1.85, "number", 1, "−1.9"),
        (0.9983, "percent", 2, "99.83%"),
        (0.99999, "percent", 0, "99%"),
        (1.0, "percent", 0, "100%"),
        (0.0004, "percent", 0, "1%"),
        (0.0, "percent", 0, "0%"),
        (9.0, "plain", 0, "9"),
        ("g8f6", "number", 0, "g8f6"),
    ],
)
def test_how_a_number_is_written(value: Any, form: str, digits: int, text: str) -> None:
    assert format_number(value, form, digits) == text


def test_an_interval_is_written_from_low_to_high() -> None:
    assert interval(RESULTS["range"], "percent") == "25% to 50%"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: format_number([1]), "[1] is no number; expected the path of one"),
        (
            lambda: format_number(1, "percents"),
            "form 'percents' is unknown; expected one of number, percent, plain; "
            "did you mean 'percent'?",
        ),
        (lambda: interval(0.5), "0.5 has no low and high; expected the path of an interval"),
    ],
)
def test_what_cannot_be_written_is_explained(call: Any, message: str) -> None:
    with pytest.raises(MacroError, match=f"^{re.escape(message)}$"):
        call()


def test_results_that_cannot_be_read_say_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "hot-soup.json").write_text("{", encoding="utf-8")
    (tmp_path / "hot_soup.py").write_text("", encoding="utf-8")
    with pytest.raises(MacroError, match=r"experiments/hot-soup: .*; run: make experiments"):
        read_experiments(tmp_path)


def test_an_edit_of_a_result_is_seen_without_a_restart(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "soup.py").write_text("SEED = 1\n", encoding="utf-8")
    file = tmp_path / "results" / "soup.json"
    for heat in (7, 1234):
        file.write_text(f'{{"heat": {heat}}}', encoding="utf-8")
        assert read_experiments(tmp_path)["soup"].value("heat") == heat


def test_every_script_and_result_can_be_taken_home() -> None:
    made = experiment_files()
    assert len(made) == 12
    assert made["experiments/coin_flips.py"] == (ROOT / "experiments/coin_flips.py").read_text()


def lines() -> LineChart:
    series = Series("Heat", "actual", [Point(0, 0), Point(10, 5, 4, 6)])
    return LineChart(Axis(0, 10, []), Axis(0, 10, []), [series])


def test_the_ends_of_the_axes_are_the_ends_of_the_plot() -> None:
    chart = lines()
    assert (chart.x_px(0), chart.x_px(10)) == (46, 388)
    assert (chart.y_px(0), chart.y_px(10)) == (chart.bottom, chart.top)
    assert chart.path(chart.series[0]) == f"M46.0 {chart.bottom}L388.0 {chart.y_px(5)}"


def test_bars_are_as_long_as_their_values() -> None:
    chart = BarChart([Bar("Soup", "apparent", 5, "5")], 10)
    assert chart.length_px(5) * 2 == chart.length_px(10)


def test_a_heading_of_bars_has_room_above_them() -> None:
    plain = BarChart([Bar("Soup", "apparent", 5, "5"), Bar("Stew", "apparent", 5, "5")], 10)
    hot = Bar("Stew", "apparent", 5, "5", group="Hot")
    headed = BarChart([Bar("Soup", "apparent", 5, "5"), hot], 10)
    assert headed.row_y(0) == plain.row_y(0)
    assert headed.row_y(1) - plain.row_y(1) == headed.height - plain.height > 20


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_has_words_and_a_table(name: str, renderer: Renderer) -> None:
    shown = Page(pitfalls.picture(renderer, PageContext(), name))
    [svg] = shown.all("svg")
    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-labelledby"] == f"{name}-title {name}-desc"
    [title], [description] = shown.texts("title"), shown.texts("desc")
    assert title
    assert len(description.split()) > 10
    headings, rows = shown.texts("th"), shown.texts("td")
    assert len(headings) > 3
    assert len(rows) > 4
    assert shown.all("figcaption")


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_has_its_title_above_it(name: str, renderer: Renderer) -> None:
    shown = Page(pitfalls.picture(renderer, PageContext(), name))
    above, *_ = shown.all("p", "svg")
    assert above.tag == "p"
    assert [above.text] == shown.texts("title")


def test_a_name_that_a_template_does_not_know_is_named_with_its_line(renderer: Renderer) -> None:
    """Here the words of a figure find none of the numbers that they are about."""
    chart = FIGURES["card-fraud"][1](read_experiments()["card-fraud"].results)
    with pytest.raises(MacroError, match=r"^figures/card-fraud\.html\.jinja:\d+: .*'always_no'"):
        renderer.render(
            "figures/card-fraud.html.jinja", PageContext(), name="x", figure=chart, results={}
        )


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_stays_within_its_frame(name: str) -> None:
    experiment, draw = FIGURES[name]
    chart = draw(read_experiments()[experiment].results).chart
    if isinstance(chart, LineChart):
        for series in chart.series:
            for point in series.points:
                assert 46 <= chart.x_px(point.x) <= 388, series.name
                assert chart.top <= chart.y_px(point.y) <= chart.bottom
        for axis in (chart.x, chart.y):
            assert all(axis.low <= value <= axis.high for value, _ in axis.ticks)
    elif isinstance(chart, BarChart):
        assert all(0 < chart.length_px(bar.high or bar.value) < 350 for bar in chart.bars)
