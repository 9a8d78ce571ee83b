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


def chance_to_pass(cases: int, found: float, bar: float) -> float:
    """Compute how often a model's whole interval is above the bar, in percent of such tests."""
    passing = (n for n in range(cases + 1) if share_and_interval(n, cases)["low"] > bar)
    return 100 * sum(math.comb(cases, n) * found**n * (1 - found) ** (cases - n) for n in passing)


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
        "after ten weeks, and by then it costs us {weekly} euros a week. Retraining costs {once}"
        " euros. Every eight weeks is cheapest",
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
        "accepted-risk",
        "missed {missed} of {leaks}, which is one in five",
        lambda f: {"missed": f["leaks"] / 5},
    ),
    Sum(
        "borrowed-parts",
        "{all} titles. For {barred} of them … so {left} go in",
        lambda f: {"left": f["all"] - f["barred"]},
    ),
    Sum(
        "build-or-buy",
        "Building would cost {build} and then {half} a year … Over five years that is {yearly} a"
        " year",
        lambda f: {"yearly": f["build"] / 5 + f["half"]},
    ),
    Sum(
        "business-goal",
        "We bin {bin}% of what we buy, or {loss} million … bin {best}% … we would save {saved} a"
        " year. The team costs {once} once and then {yearly} a year",
        lambda f: {"saved": (f["bin"] - f["best"]) / 2 * f["loss"] * 1e6 / f["bin"]},
        # “in about three years”
        lambda f: 2.75 < f["once"] / (f["saved"] - f["yearly"]) < 3.25,
    ),
    Sum(
        "cost-and-return",
        "cost {all} euros … {hosting} for hosting, {maps} for maps, {days} for six engineer days"
        " and {corrections} for … saved {saved} in … so it earned {earned}",
        lambda f: {
            "all": f["hosting"] + f["maps"] + f["days"] + f["corrections"],
            "earned": f["saved"] - f["all"],
        },
    ),
    Sum(
        "cost-of-errors",
        "is out {spray} euros a hectare … loses about {lost} a hectare. So one miss costs as much"
        " as fifty",
        lambda f: {"lost": 50 * f["spray"]},
    ),
    Sum(
        "fair-to-whom",
        "With {each} people a group, … in about one yearly check in {checks}",
        # Four comparisons, a gap of three points, a fifth of them offered it.
        lambda f: {
            "checks": 1 / (1 - NormalDist().cdf(3 / math.hypot(*[spread(20, f["each"])] * 2))) / 8
        },
    ),
    Sum(
        "hard-to-use",
        "Five from each group … eleven of the {tried} gave up",
        lambda f: {"tried": 4 * 5},
    ),
    Sum(
        "why-now",
        "misjudged demand at {bill} euros a month. Correcting by hand saves half. … a model saved"
        " {low}% to {high}%. That is {least} to {most} a year more. It costs {once}, then {yearly}"
        " a year",
        lambda f: {
            "least": round(12 * f["bill"] * (f["low"] - 50) / 100, -3),
            "most": round(12 * f["bill"] * (f["high"] - 50) / 100, -3),
        },
        # “even the low end pays within two years”
        lambda f: f["once"] / (f["least"] - f["yearly"]) < 2,
    ),
    Sum(
        "work-and-skill",
        "we plan {hard} parcels a clerk a day instead of {today}",
        # The hard three in ten of 14 clerks' parcels, where one of ten days is by hand.
        lambda f: {},
        lambda f: 12.6 * f["hard"] > 0.3 * 0.9 * 14 * f["today"],
    ),
    Sum(
        "candidate-models",
        "off by {last}%, {linear}% and {trees}% … beats last year by {least} to {most} points; the"
        " trees could be {behind} behind linear or {ahead} ahead",
        lambda f: {
            "most": 2 * (f["last"] - f["linear"]) - f["least"],
            "ahead": 2 * (f["linear"] - f["trees"]) + f["behind"],
        },
    ),
    Sum(
        "cases-needed",
        "wants {bar}% of cracked … really finds {found}% … less than half the time on {few} cracked"
        " pipes, but nine times in ten on {enough}. Our {pipes} test pipes, drawn at random,"
        " include {held}. … about {more} more",
        lambda f: {"held": f["few"], "more": (f["enough"] - f["held"]) * f["pipes"] / f["held"]},
        lambda f: (
            chance_to_pass(int(f["few"]), f["found"] / 100, f["bar"]) < 50
            and chance_to_pass(int(f["enough"]), f["found"] / 100, f["bar"]) > 90
        ),
    ),
    Sum(
        "context-and-retrieval",
        "for {questions} real questions. … for {found}: {share}%, interval {low}% to {high}%. …"
        " of the other {lost}",
        lambda f: (
            {"lost": f["questions"] - f["found"]} | share_and_interval(f["found"], f["questions"])
        ),
    ),
    Sum(
        "cost-of-labels",
        "needs {seconds} seconds a photo … So {photos} photos take {hours} hours; at {wage} euros"
        " that is {cost} euros. … {new} new photos cost another {later} euros",
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
        "of {visits} inspections the model picks {picked}, and {drawn} are drawn at random from the"
        " {left} kitchens left. … We found {faults}: {share}%, interval {low}% to {high}%. … counts"
        " for {weight} kitchens",
        lambda f: (
            {"drawn": f["visits"] - f["picked"], "weight": f["left"] / f["drawn"]}
            | share_and_interval(f["faults"], f["drawn"])
        ),
    ),
    Sum(
        "fluent-but-wrong",
        "checked {answers} answers: {wrong} contained a false statement, {share}%, interval {low}%"
        " to {high}%",
        lambda f: share_and_interval(f["wrong"], f["answers"]),
    ),
    Sum(
        "how-sure",
        "{weekly} new books a week … {sure} were rated above 95%, and {right} of those were right:"
        " {share}%. … {near} of {all} were right, {most}%. … {asked} a week",
        lambda f: {
            "share": 100 * f["right"] / f["sure"],
            "most": 100 * f["near"] / f["all"],
            "asked": round(f["weekly"] / 7, -1),  # one in seven
        },
    ),
    Sum(
        "label-truth",
        "marked {marked} of … They agreed on {agreed}, or {share}%; … Of the {either} that either"
        " refused, both refused only {both}. A partner settled the other {settled}",
        lambda f: {
            "share": 100 * f["agreed"] / f["marked"],
            "settled": f["either"] - f["both"],
            "agreed": f["marked"] - f["settled"],
        },
    ),
    Sum(
        "label-truth",
        "marked {marked} of {all} clauses separately. … chance alone gives {chance}%. Of the"
        " {either} that either refused, both refused only {both}. … remaining {rest}",
        lambda f: {
            "rest": f["all"] - f["marked"],
            # Of two markers who refuse equally often.
            "chance": 100 * agreement_by_chance((f["either"] + f["both"]) / 2 / f["marked"]),
        },
    ),
    Sum(
        "limits-explained",
        "of {boats} it called low risk, ten were disputed, interval {low}% to {high}%",
        lambda f: share_and_interval(10, f["boats"]),
    ),
    Sum(
        "live-experiment",
        "{people} donors … three groups of {each} … lifts giving from {old}% to {new}%, it beats"
        " both beyond luck seven times in ten",
        lambda f: {"people": 3 * f["each"]},
        lambda f: round(10 * chance_to_beat_both(f["old"], f["new"], f["each"])) == 7,
    ),
    Sum(
        "metric-choice",
        "missing costs {missing} euros, one we had and did not promise {unsold}. … falls short one"
        " hour in four",
        lambda f: {"missing": f["unsold"] * (4 - 1)},
    ),
    Sum(
        "prediction-or-effect",
        "drew {people} customers at random and called half of them. Of those called, {kept}%"
        " stayed; of the others, {stayed}%: two points more, interval {low} to {high}.",
        lambda f: difference(f["kept"], f["stayed"], f["people"] / 2),
    ),
    Sum(
        "prediction-or-effect",
        "For the {people} with a recent fault, … it was {kept}% against {stayed}%: ten points,"
        " interval {low} to {high}.",
        lambda f: difference(f["kept"], f["stayed"], f["people"] / 2),
    ),
    Sum(
        "prompt-changes",
        "answers {all} fixed questions. All {refunds} on refunds … of the other {others},",
        lambda f: {"others": f["all"] - f["refunds"]},
    ),
    Sum(
        "shared-definitions",
        "counts {booked} room nights, … housekeeping {slept}, which is {share}% fewer",
        lambda f: {"share": 100 * (1 - f["slept"] / f["booked"])},
    ),
    Sum(
        "slice-results",
        "Of {old} callers over 75 it understood {understood}: {share}%, interval {low}% to {high}%",
        lambda f: share_and_interval(f["understood"], f["old"]),
    ),
    Sum(
        "slice-results",
        "Of {few} who stammer, {understood}, interval {low}% to {high}%",
        lambda f: share_and_interval(f["understood"], f["few"]),
    ),
    Sum(
        "stop-finding",
        "finds {found} of 100 failures with at most {false} false alarms. And fitters have {slots}"
        " free slots",
        lambda f: {"slots": f["found"] + f["false"]},
    ),
    Sum(
        "threshold-choice",
        "visit costs {visit} euros and saves {saved} … a chance of {pays}%. Of {cows} cows … {ill}"
        " were ill: {share}%, interval {low}% to {high}%",
        lambda f: {"pays": 100 * f["visit"] / f["saved"]} | share_and_interval(f["ill"], f["cows"]),
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
