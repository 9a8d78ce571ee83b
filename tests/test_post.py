"""Everything the blog post says has a place: this table names it, and each place is read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from macros.model.question import Playbook, Question
from tests.built_page import built_page, forwarded_to, only, under, words_of

pytestmark = pytest.mark.content


class Carried(NamedTuple):
    """A statement of the post, in a few words, and where the playbook carries it.

    At the address of a question it is the question itself that does, however it is worded today,
    unless some of its words are named.
    """

    statement: str
    address: str
    words: str = ""


FRAUD = "pitfalls/accurate-and-useless/#story"
OVERKILL = "pitfalls/overkill/#story"
STATEMENTS = [
    # The bold conclusion
    Carried("machine learning is not magic and needs support", "./", "isn’t magic. It needs"),
    Carried("prompted by a talk of Michael Natusch's", "contribute/about/", "Michael Natusch"),
    Carried("the post itself, credited", "contribute/about/", "lyndonfan.github.io"),
    # The four misuses
    Carried("a powerful tool can be mishandled", "why/", "It is a powerful tool"),
    Carried("predicting a coin flip", "pitfalls/predicting-noise/", "right about half the time"),
    Carried("nothing is fraud", FRAUD, "It also stops no fraud"),
    Carried("unhelpful bias", FRAUD, "a bias towards whatever is common"),
    Carried("body mass index from a picture", OVERKILL, "scales and a tape measure"),
    Carried("a language model at chess", "pitfalls/wrong-tool/", "use a chess engine"),
    # What support means
    Carried("support is context", "why/support/", "None of that is in the numbers"),
    Carried("it does not know what a cat is", "why/support/#swap-the-labels", "what a cat is"),
    Carried("swap all the labels", "why/support/#swap-the-labels", "swap every label"),
    Carried(
        "it came out of nowhere",
        "why/support/#it-came-out-of-nowhere",
        "Before you accept that, ask",
    ),
    # The business
    Carried("models serve somebody", "roles/business/", "has to serve somebody"),
    Carried("business goals", "q/business-goal/"),
    Carried("customer needs", "q/customer-need/"),
    Carried("measuring success", "q/success-measure/"),
    Carried("the training metric differs", "q/success-measure/", "the model’s own score instead"),
    Carried(
        "a language model's own metrics",
        "reference/glossary/",
        "trained further on what people or programs rate as good",
    ),
    Carried("sources of data", "q/data-sources/"),
    Carried("time, people and budget", "q/time-people-budget/"),
    Carried("several sites, data stays", "q/hard-constraints/", "Each hospital trains its own"),
    # Software, data and MLOps engineers
    Carried("a model alone does nothing", "roles/engineering/", "on its own does nothing"),
    Carried("biased as a data engineer", "contribute/about/", "a little biased"),
    Carried("training data", "q/training-data-store/"),
    Carried("existing pipelines", "q/pipeline-fit/"),
    Carried("data in and out of the model", "q/live-data-path/"),
    Carried("where the model is stored", "q/model-storage/"),
    Carried("how it is deployed", "q/model-deployment/"),
    Carried("monitoring", "q/performance-monitoring/"),
    Carried("retraining and when", "q/retraining-trigger/"),
    Carried(
        "MLOps became a title", "roles/engineering/", "Keeping it running has a title of its own"
    ),
    # Data scientists and ML engineers
    Carried("a model, or no model", "q/model-or-not/"),
    Carried("no model is needed", "kickoff/do-we-need-ml/", "Do we need machine learning?"),
    Carried("explore or collect data", "q/data-exploration/"),
    Carried("build, train and test", "q/candidate-models/"),
    Carried("explain what it is", "q/limits-explained/"),
    Carried("what they need (unfinished)", "q/support-needed/"),
    # The closing lines
    Carried(
        "it cannot solve problems by itself", "why/support/#in-short", "does not solve a problem"
    ),
    Carried("it takes many people", "why/support/#in-short", "many people working together"),
    Carried(
        "care for your data scientist", "why/support/#in-short", "Care for your data scientist"
    ),
]


def carrier(playbook: Playbook, carried: Carried) -> Question | None:
    """Return the question at the statement's address, under whatever name it has today."""
    name = carried.address.removeprefix("q/").rstrip("/")
    named = (
        question for question in playbook.questions if name in (question.id, *question.previous_ids)
    )
    return next(named, None)


def text_at(site: Path, address: str) -> str:
    """What is read at an address: a page, a part of one, or what a short page leads to."""
    path, _, fragment = address.partition("#")
    page = built_page(site, path)
    target = forwarded_to(page)
    if target:
        return text_at(site, target)
    if not fragment:
        return words_of(only(page, "main"))
    heading = only(page, f"[id='{fragment}']")
    return words_of(*under(heading))


@pytest.mark.parametrize("carried", STATEMENTS, ids=[c.statement for c in STATEMENTS])
def test_what_the_post_says_can_be_read_here(
    built_site: Path, playbook: Playbook, carried: Carried
) -> None:
    question = carrier(playbook, carried)
    words = carried.words or (question.ask if question else "")
    assert words, f"{carried.address} is no question: say which words of the page carry it"
    assert " ".join(words.split()) in text_at(built_site, carried.address), (
        f"{carried.statement}: not at {carried.address}; "
        "where the page was reworded, and still says it, name its new words in this table"
    )


def test_every_question_of_the_post_says_so(playbook: Playbook) -> None:
    marked = {question.id for question in playbook.questions if question.in_original_post}
    carriers = (carrier(playbook, carried) for carried in STATEMENTS)
    in_table = {question.id for question in carriers if question}
    assert in_table == marked, "the table, and `in_original_post` in docs/data/questions"
