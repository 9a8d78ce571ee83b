"""The sums in good answers and the worked example are right: found, computed anew and compared.

To add one, copy the words of the answer that hold the figures, with a name in braces for each
figure that the sum needs or yields, and `…` for words between. Then compute the figures that
follow from the others: each is compared as exactly as the text gives it. What the text says in
words, such as “nine times in ten”, goes into `holds`. Where an answer is no longer worded so, the
sum is skipped and says why: word it as the answer is now, or take it out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

import pytest

from macros.model.question import Playbook

pytestmark = pytest.mark.content

Figures = dict[str, float]


class Sum(NamedTuple):
    """Words of an answer, and how to compute some of their figures from the others."""

    question: str
    words: str
    computed: Callable[[Figures], Figures]
    holds: Callable[[Figures], bool] = lambda _: True
    in_example: bool = False

    def figures(self, text: str) -> dict[str, str] | None:
        """Find the figures in a text, as they are printed; nothing where it has no such words."""
        pattern = re.escape(self.words).replace(r"\ …\ ", r".*?").replace(r"\ ", r"\s+")
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d[\\d,]*(?:\\.\\d+)?)", pattern)
        found = re.search(pattern, text, re.DOTALL)
        return found and found.groupdict()


def share_and_interval(part: float, whole: float) -> Figures:
    """Compute a share and its 95% interval by Wilson's method, in percent."""
    share, z = part / whole, 1.96
    middle = (share + z**2 / 2 / whole) / (1 + z**2 / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z**2 / 4 / whole**2) / (1 + z**2 / whole)
    return {"share": 100 * share, "low": 100 * (middle - half), "high": 100 * (middle + half)}


def spread(share: float, each: float) -> float:
    """Compute the standard error of a share, in percent."""
    return math.sqrt(share * (100 - share) / each)


def difference(one: float, other: float, each: float) -> Figures:
    """Compare two shares, in percent, of groups of the same size: the 95% interval of the gain."""
    half = 1.96 * math.hypot(spread(one, each), spread(other, each))
    return {"low": one - other - half, "high": one - other + half}


def chance_to_beat_both(old: float, new: float, each: float) -> float:
    """Compute how often a share, in percent, beats two lower ones in groups of the same size.

    Each of the two by more than 1.96 standard errors, as if all three were normal.
    """
    winner, other = NormalDist(new, spread(new, each)), NormalDist(old, spread(old, each))
    needed = 1.96 * math.hypot(winner.stdev, other.stdev)
    drawn = (winner.inv_cdf((n + 0.5) / 1000) for n in range(1000))
    return sum(other.cdf(share - needed) ** 2 for share in drawn) / 1000


def agreement_by_chance(share: float) -> float:
    """Compute how often two people agree who say yes that often and know nothing of each other."""
    return share**2 + (1 - share) ** 2


SUMS = [
    Sum(
        "compute-and-skills",
        "One letter takes {seconds} seconds, so a week’s {letters} letters take less than seven",
        lambda f: {},
        lambda f: 6 < f["letters"] * f["seconds"] / 3600 < 7,
    ),
    Sum(
        "cost-per-answer",
        "takes {calls} model calls on average, … At {cents} cents a call that makes {each} cents a"
        " question, or {cost} euros on a usual day with {day} questions. A hundred times as many"
        " would cost {hundred} euros",
        lambda f: {
            "each": f["calls"] * f["cents"],
            "cost": f["day"] * f["each"] / 100,
            "hundred": 100 * f["cost"],
        },
    ),
    Sum(
        "owner-after-launch",
        "{servers} euros a year for servers and {nights} for nights on call, {all} in all",
        lambda f: {"all": f["servers"] + f["nights"]},
    ),
    Sum(
        "pipeline-fit",
        "allows {reads} reads a second. … night, with {orders} orders, takes {minutes} minutes",
        lambda f: {"minutes": f["orders"] / f["reads"] / 60},
    ),
    Sum(
        "release-gate",
        "on {all} answers, {each} from each of nine groups",
        lambda f: {"all": 9 * f["each"]},
        # Where one answer in ten differs, chance alone stops at most one release in fifty.
        lambda f: 9 * (1 - NormalDist().cdf(0.03 / math.sqrt(0.1 / f["each"]))) < 0.02,
    ),
    Sum(
        "retraining-trigger",
        "after ten weeks, and by then the extra error costs us {weekly} euros a week. Retraining"
        " costs {once} euros. Every eight weeks is cheapest",
        lambda f: {},
        # The cost of a week of staleness grows steadily, so the cheapest gap is a square root.
        lambda f: round(math.sqrt(2 * f["once"] / (f["weekly"] / 10))) == 8,
    ),
    Sum(
        "speed-and-volume",
        "with {bags} bags … one late answer in {answers}, five or six",
        lambda f: {},
        lambda f: 5 <= f["bags"] / f["answers"] <= 6,
    ),
    Sum(
        "borrowed-parts",
        "{all} stories. The contracts for {barred} of them … so we use {left}",
        lambda f: {"left": f["all"] - f["barred"]},
    ),
    Sum(
        "build-or-buy",
        "Building would cost {build} and then {half} a year … over five years, that is"
        " {yearly} a year",
        lambda f: {"yearly": f["build"] / 5 + f["half"]},
    ),
    Sum(
        "business-goal",
        "We bin {bin}% of what we buy, or {loss} million … binning {best}% … we would save"
        " {saved} a year. The team costs {once} once and then {yearly} a year",
        lambda f: {"saved": (f["bin"] - f["best"]) / 2 * f["loss"] * 1e6 / f["bin"]},
        # “in about three years”
        lambda f: 2.75 < f["once"] / (f["saved"] - f["yearly"]) < 3.25,
    ),
    Sum(
        "cost-and-return",
        "cost {all} euros … saved {saved} euros … So it earned {earned} euros",
        lambda f: {"earned": f["saved"] - f["all"]},
    ),
    Sum(
        "cost-of-errors",
        "for nothing loses {spray} euros a hectare … loses about {lost} euros a hectare. So one"
        " missed warning costs as much as fifty",
        lambda f: {"lost": 50 * f["spray"]},
    ),
    Sum(
        "fair-to-whom",
        "With about {each} people in each group, … less than once in {checks} yearly checks",
        lambda f: {},
        # Four comparisons, a gap of three points, a fifth of them offered it.
        lambda f: (
            8 * (1 - NormalDist().cdf(3 / math.hypot(*[spread(20, f["each"])] * 2)))
            < 1 / f["checks"]
        ),
    ),
    Sum(
        "hard-to-use",
        "Five from each of these four groups … eleven of the {tried} gave up",
        lambda f: {"tried": 4 * 5},
    ),
    Sum(
        "why-now",
        "misjudged demand costs us {bill} euros a month. Correcting by hand saves half. … a model"
        " saved {low}% to {high}%. At worst that is another {least} euros a year. It costs"
        " {once} to build and {yearly} a year",
        lambda f: {"least": round(12 * f["bill"] * (f["low"] - 50) / 100, -3)},
        # “it pays for itself within two years”
        lambda f: f["once"] / (f["least"] - f["yearly"]) < 2,
    ),
    Sum(
        "work-and-skill",
        "we plan for {hard} parcels a clerk a day instead of {today}",
        # The hard three in ten of 14 clerks' parcels, where one of ten days is by hand.
        lambda f: {},
        lambda f: 12.6 * f["hard"] > 0.3 * 0.9 * 14 * f["today"],
    ),
    Sum(
        "cases-needed",
        "find {bar}% of the cracked … The {pipes} pipes in our test, drawn at random, include only"
        " {held} cracked ones. If the model found {found} of those, the true share might be"
        " anything from {low}% to {high}%. With {enough} it would probably be settled. …"
        " about {more} more films",
        lambda f: {
            **share_and_interval(f["found"], f["held"]),
            "more": (f["enough"] - f["held"]) * f["pipes"] / f["held"],
        },
        lambda f: share_and_interval(0.9 * f["enough"], f["enough"])["low"] > f["bar"] + 2,
    ),
    Sum(
        "context-and-retrieval",
        "for {questions} real questions. … for {found} of them, which is {share}%",
        lambda f: {"share": 100 * f["found"] / f["questions"]},
    ),
    Sum(
        "cost-of-labels",
        "needs {seconds} seconds … So {photos} photos take {hours} hours, which at {wage} euros"
        " an hour is {cost} euros. … {new} new photos cost another {later} euros",
        lambda f: {
            "hours": 1.1 * f["photos"] * f["seconds"] / 3600,
            "cost": 1.1 * f["photos"] * f["seconds"] / 3600 * f["wage"],
            "later": 1.1 * f["new"] * f["seconds"] / 3600 * f["wage"],
        },
    ),
    Sum(
        "error-review",
        "we have found {all}: {sizes} mixed up pack sizes, {sheet} came … and {unexplained} are",
        lambda f: {"all": f["sizes"] + f["sheet"] + f["unexplained"]},
    ),
    Sum(
        "feedback-loops",
        "{visits} inspections the model picks {picked}, and the other {drawn} are drawn at random"
        " from the {left} kitchens … expected faults in {expected}% … found them in {share}%. …"
        " stands for {weight} kitchens",
        lambda f: {"drawn": f["visits"] - f["picked"], "weight": f["left"] / f["drawn"]},
        # More than chance alone would bring.
        lambda f: (
            share_and_interval(f["drawn"] * f["share"] / 100, f["drawn"])["low"] > f["expected"]
        ),
    ),
    Sum(
        "fluent-but-wrong",
        "checked {answers} answers … in {wrong} of them, or {share}%",
        lambda f: {"share": 100 * f["wrong"] / f["answers"]},
    ),
    Sum(
        "how-sure",
        "For the {weekly} new books … one book in seven or about {asked} a week",
        lambda f: {"asked": round(f["weekly"] / 7, -1)},
    ),
    Sum(
        "label-truth",
        "label {all} clauses … labelled the same {marked} clauses separately and agreed on"
        " {agreed}, or {share}%; … settled the other {settled} … remaining {rest}",
        lambda f: {
            "share": 100 * f["agreed"] / f["marked"],
            "settled": f["marked"] - f["agreed"],
            "rest": f["all"] - f["marked"],
        },
    ),
    Sum(
        "label-truth",
        "by chance alone it would be {chance}%",
        # Of two people who each refuse one clause in five.
        lambda f: {"chance": 100 * agreement_by_chance(0.2)},
    ),
    Sum(
        "limits-explained",
        "of {boats} boat claims … ten were disputed, or {share}%",
        lambda f: {"share": 1000 / f["boats"]},
    ),
    Sum(
        "live-experiment",
        "{people} of our charity’s donors … three groups of {each} … Today {old}% give. … to"
        " {new}% and random letters don’t, this test will show it seven times in ten",
        lambda f: {"people": 3 * f["each"]},
        lambda f: round(10 * chance_to_beat_both(f["old"], f["new"], f["each"])) == 7,
    ),
    Sum(
        "prediction-or-effect",
        "the {people} who had a fault … {kept}% stayed when we called and {stayed}%",
        lambda f: {},
        # The gain is more than chance alone would bring.
        lambda f: difference(f["kept"], f["stayed"], f["people"] / 2)["low"] > 0,
    ),
    Sum(
        "prompt-changes",
        "answers {all} fixed questions. All {refunds} about refunds … the other {others} it",
        lambda f: {"others": f["all"] - f["refunds"]},
    ),
    Sum(
        "shared-definitions",
        "counted {booked} room nights, … housekeeping {slept}, which is {share}% fewer",
        lambda f: {"share": 100 * (1 - f["slept"] / f["booked"])},
    ),
    Sum(
        "slice-results",
        "{understood} of the {few} who stammer. … anything from {low}% to {high}%",
        lambda f: share_and_interval(f["understood"], f["few"]),
    ),
    Sum(
        "stop-finding",
        "find {found} of 100 failures a week ahead, with at most {false} false alarms, …"
        " have {slots} free slots in a winter, one for each of those {alarms} alarms",
        lambda f: {"slots": f["found"] + f["false"], "alarms": f["found"] + f["false"]},
    ),
    Sum(
        "threshold-choice",
        "visit costs {visit} euros and saves {saved} … more than a {pays}% chance … Of {cows} cows"
        " … {ill} were ill, which is {share}%",
        lambda f: {"pays": 100 * f["visit"] / f["saved"], "share": 100 * f["ill"] / f["cows"]},
    ),
    Sum(
        "business-goal",
        "On the {days} days of {first} and {last} … {calls} calls. {needless} were needless, at"
        " {wrong} euros each (four guards, eight hours, {wage} euros). She missed {missed} of"
        " {busy} busy days, at {miss} each ({refunds} in refunds, less {spent} not spent). That is"
        " {all}, or {season} a season. … costs {running}, so it saves {most} at most",
        lambda f: {
            "days": 2 * 121,
            "wrong": 4 * 8 * f["wage"],
            "spent": f["wrong"],
            "miss": f["refunds"] - f["spent"],
            "busy": f["calls"] - f["needless"] + f["missed"],
            "all": f["needless"] * f["wrong"] + f["missed"] * f["miss"],
            "season": f["all"] / 2,
            "most": f["season"] - f["running"],
        },
        in_example=True,
    ),
    Sum(
        "model-or-not",
        "{calls} calls, {needless} needless, and {missed} misses. That costs {all}, against"
        " {today}",
        lambda f: {
            "all": f["needless"] * 800 + f["missed"] * 1500,
            "today": 22 * 800 + 12 * 1500,
            "missed": 44 - (f["calls"] - f["needless"]),
        },
        in_example=True,
    ),
    Sum(
        "cases-needed",
        "wrong calls cost {rule} there, so the model’s may cost {most} at most. … such a difference"
        " by {spread}, … Over two summers it moves by about {both} a season. That is less than"
        " {gain},",
        lambda f: {
            "most": f["rule"] - f["gain"],
            "both": round(f["spread"] / math.sqrt(2), -2),
        },
        lambda f: f["both"] < f["gain"] < f["spread"],
        in_example=True,
    ),
]


@pytest.mark.parametrize("sum_", SUMS, ids=[one.question for one in SUMS])
def test_a_sum_is_right(sum_: Sum, playbook: Playbook) -> None:
    if sum_.in_example:
        texts = {answer.id: answer.answer for answer in playbook.answers}
    else:
        texts = {question.id: question.good_answer for question in playbook.live}
    text = texts.get(sum_.question, "")
    if (printed := sum_.figures(text)) is None:
        pytest.skip(f"the answer of '{sum_.question}' no longer says “{sum_.words}”")
    figures = {name: float(figure.replace(",", "")) for name, figure in printed.items()}
    for name, figure in sum_.computed(figures).items():
        if name in printed:
            decimals = len(printed[name].partition(".")[2])
            wrong = f"'{sum_.question}' says {printed[name]} for '{name}'; it is {figure:,.2f}"
            assert abs(figure - figures[name]) <= 0.5001 * 10**-decimals, wrong
    assert sum_.holds(figures), f"'{sum_.question}': its words do not follow from {printed}"
