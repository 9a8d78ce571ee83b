"""The experiments say what their result files say, and the pages say nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.load.experiment_results import read_experiments
from macros.render.charts import LineChart
from macros.render.figures import FIGURES
from macros.render.pages.pitfalls import picture
from macros.render.renderer import PageContext, Renderer
from tests import experiments
from tests.conftest import ROOT
from tests.experiments import TOLERANCES, differences, leaves
from tests.markdown_page import Page
from tests.tiny import real_playbook

FOLDER = ROOT / "experiments"
PAGES = sorted((ROOT / "docs/pitfalls").glob("*.md"))
EXPERIMENTS = read_experiments(FOLDER)


@pytest.mark.content
def test_every_script_has_results_and_every_result_a_script() -> None:
    assert experiments.scripts().keys() == EXPERIMENTS.keys() == TOLERANCES.keys()


@pytest.mark.content
def test_the_results_are_those_that_the_scripts_wrote() -> None:
    """A script, a package or a result was changed: the run has to follow. No run is needed here."""
    outdated = ", ".join(experiments.outdated())
    assert not outdated, f"not what the scripts last wrote: {outdated}; run: make experiments"


SCRIPT = """
import json, pathlib
def experiment(): return {"soups": [1, 2.5], "name": "soup"}
if __name__ == "__main__":
    target = pathlib.Path(__file__).parent / "results" / f"{pathlib.Path(__file__).stem}.json"
    target.write_text(json.dumps(experiment()))
"""


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    """A project with two experiments that were run."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / experiments.LOCK).write_text("chess==1.11\n", encoding="utf-8")
    (tmp_path / "experiments/results").mkdir(parents=True)
    for name in ("soup", "bread"):
        (tmp_path / f"experiments/{name}.py").write_text(SCRIPT, encoding="utf-8")
    assert experiments.write(tmp_path) == 0
    return tmp_path


@pytest.mark.parametrize(
    ("file", "outdated"),
    [
        ("experiments/soup.py", ["soup"]),
        ("experiments/results/soup.json", ["soup"]),
        (experiments.LOCK, ["bread", "soup"]),
    ],
)
def test_what_was_changed_since_the_run_is_outdated_until_the_next(
    file: str, outdated: list[str], kitchen: Path
) -> None:
    assert experiments.outdated(kitchen) == []
    with (kitchen / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert experiments.outdated(kitchen) == outdated
    assert experiments.write(kitchen) == 0
    assert experiments.outdated(kitchen) == []


@pytest.mark.parametrize("file", ["experiments/results/soup.json", experiments.SUMS])
def test_what_was_never_run_is_outdated(file: str, kitchen: Path) -> None:
    (kitchen / file).unlink()
    assert "soup" in experiments.outdated(kitchen)


def test_another_run_is_compared_and_changes_nothing(
    kitchen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert experiments.compare(kitchen) == 0
    file = kitchen / "experiments/results/soup.json"
    file.write_text(file.read_text(encoding="utf-8").replace("2.5", "2.6"), encoding="utf-8")
    before = experiments.sums(kitchen)
    assert experiments.compare(kitchen) == 1
    assert (
        "soup: values that differ: 1\n  soups.1: 2.6 in the file, 2.5 now\n"
        in capsys.readouterr().out
    )
    assert experiments.sums(kitchen) == before


def test_a_result_that_shifted_would_be_noticed() -> None:
    then = {"a": [{"mean": 0.5}], "n": 3, "text": "x"}
    near = {"a": [{"mean": 0.505}], "n": 3, "text": "x"}
    assert differences(near, then, [("^a", 0.01)]) == []
    assert differences(near, then, []) == ["a.0.mean: 0.5 in the file, 0.505 now"]
    assert differences({"n": 3, "text": "y"}, then, []) == [
        "a.0.mean: only in one of the two",
        "text: x in the file, y now",
    ]


def test_a_script_stands_alone_and_is_seeded() -> None:
    standard = {"json", "math", "time", "warnings", "collections", "pathlib", "typing"}
    for name, experiment in EXPERIMENTS.items():
        packages = set(re.findall(r"^(?:import|from) (\w+)", experiment.code, re.MULTILINE))
        assert packages - standard <= {"numpy", "sklearn", "threadpoolctl", "chess"}, name
        assert re.search(r"^SEED = \d+", experiment.code, re.MULTILINE), name
        assert len(experiment.code.splitlines()) <= 180, name
        assert (FOLDER / "results" / f"{name}.json").stat().st_size <= 64 * 1024, name


# What the pages say in words about the results holds


@pytest.mark.content
def test_words_about_coin_flips() -> None:
    found = EXPERIMENTS["coin-flips"].results
    seen = [model["seen"]["mean"] for model in found["models"]]
    assert seen == sorted(seen), "the score on seen flips rises with every model"
    others = found["with_half_in_other_sets"]
    assert others["low"] < others["high"] <= found["intervals"], "the intervals miss together"
    assert 0 < others["in_all"] < found["setting"]["other_sets"], "all contain it at times"
    assert found["luck"]["retest"]["low"] < 0.5 < found["luck"]["retest"]["high"], "still guessing"
    last = found["models"][-1]
    assert last["met"] < last["rules"] / 4
    assert last["unmet"] > 0.5, "most of the new flips follow what it never met"
    single = found["models"][0]["first_coin"]["new"]
    half = 100 * (single["high"] - single["low"]) / 2
    assert abs(half - found["margin_in_points"]) < 0.05
    luck = found["luck"]
    assert (
        (1 - luck["chance"]) ** luck["even_odds"]
        < 0.5
        < (1 - luck["chance"]) ** (luck["even_odds"] - 1)
    )


@pytest.mark.content
def test_words_about_card_fraud() -> None:
    found = EXPERIMENTS["card-fraud"].results
    setting, never, model = found["setting"], found["always_no"], found["model"]
    half, cheapest, hindsight = model["half"], model["cheapest"], model["hindsight"]
    assert cheapest["accuracy"] < never["accuracy"] < half["accuracy"]
    assert hindsight["money"] <= cheapest["money"] < half["money"] < never["money"]
    assert hindsight["threshold"] > cheapest["threshold"], "by hindsight a little higher"
    assert model["fewer_errors"] == pytest.approx(1 - half["errors"] / never["errors"])
    lowest = model["thresholds"][0]
    assert 0.45 < (lowest["caught"] + lowest["false_alarms"]) / setting["payments"] < 0.55
    near_the_top = [row for row in model["thresholds"] if row["threshold"] > 0.005]
    assert all(row["accuracy"] > 0.95 for row in near_the_top)
    saving = half["money"] - cheapest["money"]
    assert found["redrawn"]["saving"]["low"] <= saving <= found["redrawn"]["saving"]["high"]
    assert found["redrawn"]["saving"]["low"] > 0


@pytest.mark.content
def test_words_about_the_chances_of_fraud() -> None:
    found = EXPERIMENTS["card-fraud"].results
    model, share = found["model"], found["setting"]["share"]
    assert model["mean_chance"] == pytest.approx(share, rel=0.1), "on average it looks right"
    second, last = model["bands"][1], model["bands"][-1]
    assert second["named"] > second["came"]["high"], "it names too high a chance"
    assert last["named"] < last["came"]["low"], "and too low a one"
    assert sum(band["payments"] for band in model["bands"]) == found["setting"]["payments"]
    assert 1 <= model["rule"]["money"] / model["cheapest"]["money"] < 1.05
    pairs = [found["redrawn"][f"{each}_pairs"]["mean"] for each in ("plain", "evened")]
    assert abs(pairs[0] - pairs[1]) < 0.002, "it could not change the order"
    kinds, draws = found["two_kinds"], found["setting"]["kind_draws"]
    assert kinds["ranked_better"] == kinds["cost_more"] == draws, "better order, higher cost"
    assert kinds["plain_pairs"]["mean"] + 0.01 < kinds["evened_pairs"]["mean"]
    evened = found["evened_out"]
    assert evened["half"]["money"] > 3 * found["always_no"]["money"]
    assert abs(evened["cheapest"]["money"] / model["cheapest"]["money"] - 1) < 0.03


@pytest.mark.content
def test_words_about_body_pictures() -> None:
    found = EXPERIMENTS["body-pictures"].results
    errors = found["errors"]
    assert errors["formula"]["high"] < errors["linear"]["low"], "far ahead"
    assert errors["network"]["high"] < errors["average"]["low"], "it has learnt something"
    assert found["network_above_linear"]["low"] > 0, "the linear model is off by less"
    assert found["network_above_linear"]["high"] < 0.15, "no great difference"
    assert found["other_starts"]["low"] > errors["linear"]["mean"], "all more than the linear model"
    assert found["other_people"]["low"] > 0, "and it was ahead with other people too"
    assert found["parameters"]["linear"] == found["setting"]["pixels"] + 1
    for each in found["leans"].values():
        assert each["slightest_too_high"]["low"] > 0
        assert each["heaviest_too_low"]["low"] > 0
    pulled = [
        (one["network"] - one["formula"]) * (one["formula"] - 25) for one in found["examples"]
    ]
    assert sum(each < 0 for each in pulled) > len(pulled) / 2, "most are pulled to the middle"


@pytest.mark.content
def test_words_about_chess_text() -> None:
    found = EXPERIMENTS["chess-text"].results
    rows, setting = found["by_move"], found["setting"]
    assert setting["much"] == 10 * setting["little"]
    assert rows[0]["much"]["mean"] == 0, "the answer to the first question is legal"
    assert [row["different"] for row in rows[:2]] == [1, 63], "no interval at move 1, few at 2"
    assert all(row["little"]["mean"] >= row["much"]["mean"] for row in rows)
    assert found["gain"]["low"] > 0, "reading more helped"
    assert found["gain_with_other_games"]["low"] > 0, "with other games too"
    last = rows[-1]
    assert last["runs_read"]["four"] < 0.02 * last["asked"], "hardly any run of four moves"
    assert last["runs_read"]["two"] > 0.4 * last["asked"]
    same = found["same"]
    assert same["random"]["high"] < same["alone"]["low"], "the text model knows something"
    assert same["alone"]["high"] < same["checked"]["low"], "and more when it is checked"


def test_where_all_games_ask_the_same_no_interval_is_shown() -> None:
    chart = FIGURES["chess-text"][1](EXPERIMENTS["chess-text"].results).chart
    assert isinstance(chart, LineChart)
    assert chart.series[1].points[0].low is None
    assert chart.series[1].points[1].low is not None
    table = Page(picture(Renderer(real_playbook()), PageContext(), "chess-text")).texts("td")
    assert table[1] == "0%"
    assert re.fullmatch(r"[\d.]+% \(.+–.+\)", table[4])


@pytest.mark.content
def test_words_about_swapped_labels() -> None:
    found = EXPERIMENTS["swapped-labels"].results
    none, tenth, every = found["shares"]
    assert found["largest_gap_of_loss"] < 1e-12
    assert found["right"]["by_labels"] == found["swapped"]["by_labels"]
    assert none["by_labels"] == pytest.approx(every["by_labels"]), "with right or swapped labels"
    assert tenth["by_people"]["mean"] > 0.9 > tenth["by_labels"]["mean"], "better than its labels"
    ten = found["ten_digits"]
    assert abs(ten["right"]["by_labels"] - ten["swapped"]["by_labels"]) < 0.01


def test_where_dogs_are_rare_a_count_of_the_labels_shows_the_swap() -> None:
    found = EXPERIMENTS["swapped-labels"].results
    setting, rare = found["setting"], found["rare"]
    assert abs(setting["cats"] - setting["dogs"]) < 0.05 * setting["images"], (
        "here it shows nothing"
    )
    assert rare["dogs"] < 0.06
    assert rare["dogs_swapped"] > 0.94
    assert rare["right"] == rare["swapped"], "the score stays as it was"


@pytest.mark.content
def test_words_about_leaky_columns() -> None:
    found = EXPERIMENTS["leaky-columns"].results
    errors, promises = found["errors"], found["promises"]
    mean = {name: each["mean"] for name, each in errors.items()}
    for test in ("random", "dated"):
        assert mean[f"leaky_3_{test}"] < mean[f"clean_{test}"], "with overtime it looked better"
    came = errors["clean_live_usual"]
    assert errors["leaky_3_live_usual"]["low"] > came["high"], "and is worse on the day"
    for name in ("leaky_3", "leaky_1", "clean"):  # in every row of the table
        assert errors[f"{name}_random"]["high"] < errors[f"{name}_live_usual"]["low"]
    assert errors["leaky_1_live_usual"]["low"] < came["high"], "with little weight, little harm"
    assert abs(mean["leaky_1_dated"] - mean["leaky_1_live_usual"]) < 4, "a promise nearly kept"
    for test in ("dated", "starts"):
        assert promises[test]["gap"]["low"] < 0 < promises[test]["gap"]["high"], "leans to no side"
    random, dated = promises["random"], promises["dated"]
    assert random["gap"]["low"] > 0
    assert random["too_good"] > 0.8, "most depots do not go the other way"
    assert dated["gap_either_way"]["mean"] > 10, "one depot can be off by as much"
    assert random["nearer"]["low"] < 0 < random["nearer"]["high"], "no less than the random test"
    assert promises["starts"]["nearer"]["low"] > 0, "several start dates bring it down"
    assert found["rules_against_model"]["last_week_live"]["low"] > 0
    assert found["rules_against_model"]["week_before_live"]["high"] < 0


# Numbers on the pages

# Not results: the level of an interval, a fair coin, label 0, all and nothing.
ALWAYS = {"95", "50", "0", "100"}
WORDS = {"thousand": "1000", "hundred": "100", "twenty": "20", "fifty": "50"}


def typed_numbers(page: str) -> set[str]:
    """The numbers that somebody typed into a page: not in macros, addresses, anchors or code."""
    text = page.split("---", 2)[2]
    for other in (
        r"As of \w+ \d{4}",
        r"\{\{.*?\}\}",
        r"\{:.*?\}",
        r"\]\([^)]*\)",
        r"`[^`]*`",
        r"<[^>]*>",
        r"^#+ [^\n]*$",
    ):
        text = re.sub(other, " ", text, flags=re.DOTALL | re.MULTILINE)
    numbers = re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", text)  # g8 is a square
    words = re.findall(rf"\b({'|'.join(WORDS)})\b", text)
    return {number.rstrip(",").replace(",", "") for number in numbers} | {WORDS[w] for w in words}


def known_numbers(page: str) -> set[str]:
    """The numbers of the settings and sources that a page uses."""
    sources = {source.id: source for source in real_playbook().sources}
    texts = []
    for name in re.findall(r'cite\("([\w-]+)"\)', page):
        cited = sources[name]
        texts.append(f"{cited.claim} {cited.caution} {cited.title} {cited.year} {cited.venue}")
    for name in re.findall(r'(?:result|picture|experiment_script)\("([\w-]+)"', page):
        if name in EXPERIMENTS:
            texts += [f"{value:g}" for _, value in leaves(EXPERIMENTS[name].results["setting"])]
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", " ".join(texts))
    return ALWAYS | {number.rstrip(",").replace(",", "") for number in numbers}


@pytest.mark.content
def test_a_number_typed_on_a_page_is_in_a_source_or_a_setting() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        unknown = typed_numbers(text) - known_numbers(text)
        assert not unknown, f"{page.name}: print it with result(...), or cite its source: {unknown}"


def test_a_typed_result_would_be_noticed() -> None:
    page = (
        '---\n---\nIt is right 94.6% of {{ result("coin-flips", "x.5") }} [it](a7.md), 1,024 `9`.'
    )
    assert typed_numbers(page) == {"94.6", "1024"}
    page += '{{ result("coin-flips", "setting.train") }}'
    assert {"1000", "200"} <= known_numbers(page)
    assert typed_numbers(page) - known_numbers(page) == {"94.6", "1024"}
