"""`make bench` measures what it says, in its short form; what it finds is no matter here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.model.question import Playbook
from tests import bench, bench_pages
from tests.bench_figures import Figure, NotMeasuredError


def test_every_figure_is_measured_and_stands_beside_its_budget(
    built_site: Path,
    browser: Browser,
    playbook: Playbook,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What `mkdocs build` makes is there already; that a build works is seen elsewhere.

    Left to the weekly run are Lighthouse, which is 111 MB, and growth, of which a few questions
    more say nothing.
    """
    run = bench.run

    def run_or_copy(folder: Path, *command: str) -> None:
        if command == ("mkdocs", "build", "--no-strict"):
            shutil.copytree(built_site, folder / "site")
        else:
            run(folder, *command)

    monkeypatch.setattr(bench, "run", run_or_copy)
    monkeypatch.setattr(bench_pages, "started_browser", lambda: nullcontext(browser))
    assert bench.main(["--short"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    for figure, budget in {
        "data check  ": "at most 0.5",
        "clean build, a page ": "at most 25",
        "heaviest script (": "at most 12",
        "search index ": "at most 130",
        "heaviest reading page ": "at most 30",
        "requests of a reading page ": "at most 8",
        "heaviest worksheet ": "at most 75",
        "requests of a worksheet ": "at most 14",
        "pages that fetch the search index unasked ": "at most 0",
        "our own CSS": "at most 8",
        "layout shift with script": "at most 0",
        "layout shift without script": "at most 0",
        "typing in the worksheet": "at most 100",
        "results of a key in the search": "at most 100",
        "edit of a question ": "at most 1.5",
        f"data check, {len(playbook.questions) + bench.A_FEW_MORE} questions ": "no budget",
    }.items():
        lines = [line for line in printed.out.splitlines() if line.startswith(figure)]
        assert len(lines) == 1, f"{figure}\n{printed.out}"
        assert budget in lines[0]


@pytest.mark.parametrize(
    ("seconds", "times", "over"), [([1, 10, 50], 1, False), ([1, 10, 90], 2, True)]
)
def test_growth_is_what_a_question_more_costs_among_many(
    seconds: list[float], times: float, over: bool
) -> None:
    figure = bench.growth("data check", [100, 1_000, 5_000], seconds)
    assert figure.value == pytest.approx(times)
    assert figure.over == over
    assert "a question more, up to 5,000 against up to 1,000" in figure.what


def test_over_budget_is_said_and_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = [
        Figure("light", 1, "KB", 2),
        Figure("heavy", 3, "KB", 2),
        Figure("low", 99, "of 100", 100, at_least=True),
        Figure("free", 9, "KB"),
    ]
    monkeypatch.setattr(bench, "measure", lambda *_: iter(figures))
    assert bench.main([]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if "OVER" in line] == ["heavy", "low"]
    assert "2 of 4 over budget: heavy; low\n" in printed


def test_what_cannot_be_measured_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(*_: object) -> Iterator[Figure]:
        yield Figure("light", 1, "KB", 2)
        raise NotMeasuredError("mkdocs build failed: no such page")

    monkeypatch.setattr(bench, "measure", measure)
    assert bench.main([]) == 1
    assert capsys.readouterr().err == "not measured: mkdocs build failed: no such page\n"
