"""Everything the blog post says has a place: this table names it, and each place is opened."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect


class Carried(NamedTuple):
    """A statement of the post, in a few words, and where the playbook carries it."""

    statement: str
    address: str
    words: str


STATEMENTS = [
    # The bold conclusion
    Carried("machine learning is not magic and needs support", "./", "isn’t magic. It needs"),
    Carried("prompted by a talk of Michael Natusch's", "contribute/about/", "Michael Natusch"),
    Carried("the post itself, credited", "contribute/about/", "lyndonfan.github.io"),
    # The four misuses
    Carried("a powerful tool can be mishandled", "why/", "It is a powerful tool"),
    Carried("predicting a coin flip", "why/#predicting-noise", "right about half the time"),
    Carried("nothing is fraud", "why/#accurate-and-useless", "It also stops no fraud"),
    Carried("unhelpful bias", "why/#accurate-and-useless", "a bias towards whatever is common"),
    Carried("body mass index from a picture", "why/#overkill", "a scale and a tape measure"),
    Carried("a language model at chess", "why/#wrong-tool", "use a chess engine"),
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
    Carried("business goals", "q/business-goal/", "Which decision or task"),
    Carried("customer needs", "q/customer-need/", "Who will use this model’s answers"),
    Carried("measuring success", "q/success-measure/", "Which number that we already track"),
    Carried("the training metric differs", "q/success-measure/", "the model’s own score instead"),
    Carried("a language model's own metrics", "roles/business/", "then text that its raters like"),
    Carried("sources of data", "q/data-sources/", "Which data could answer this"),
    Carried("time, people and budget", "q/time-people-budget/", "What time, people and money"),
    Carried("several sites, data stays", "q/hard-constraints/", "Each site trains on its own"),
    # Software, data and MLOps engineers
    Carried("a model alone does nothing", "roles/engineering/", "on its own does nothing"),
    Carried("biased as a data engineer", "contribute/about/", "a little biased"),
    Carried("training data", "q/training-data-store/", "How is training data gathered"),
    Carried("existing pipelines", "q/pipeline-fit/", "Where in the systems we already run"),
    Carried("data in and out of the model", "q/live-data-path/", "What goes into and comes out"),
    Carried("where the model is stored", "q/model-storage/", "Where is each model version"),
    Carried("how it is deployed", "q/model-deployment/", "How does a new version reach users"),
    Carried("monitoring", "q/performance-monitoring/", "What do we watch once it is live"),
    Carried("retraining and when", "q/retraining-trigger/", "what triggers retraining"),
    Carried("MLOps became a title", "roles/engineering/", "have it in their title"),
    # Data scientists and ML engineers
    Carried("a model, or no model", "q/model-or-not/", "the simplest thing that might do"),
    Carried("no model is needed", "kickoff/do-we-need-ml/", "Do we need machine learning?"),
    Carried("explore or collect data", "q/data-exploration/", "what must still be collected"),
    Carried("build, train and test", "q/candidate-models/", "Which models and which simple rule"),
    Carried("explain what it is", "q/limits-explained/", "explain to its users"),
    Carried("what they need (unfinished)", "q/support-needed/", "What do you need from each"),
    # The closing lines
    Carried(
        "it cannot solve problems by itself", "why/support/#in-short", "does not solve a problem"
    ),
    Carried("it takes many people", "why/support/#in-short", "many people working together"),
    Carried(
        "care for your data scientist", "why/support/#in-short", "Care for your data scientist"
    ),
]


@pytest.mark.parametrize("carried", STATEMENTS, ids=[c.statement for c in STATEMENTS])
def test_what_the_post_says_can_be_read_here(reader: Page, carried: Carried) -> None:
    reader.goto(carried.address)
    fragment = carried.address.partition("#")[2]
    if fragment:
        expect(reader.locator(f"[id='{fragment}']")).to_be_in_viewport()
    article = reader.get_by_role("article")
    expect(article).to_contain_text(carried.words)


def test_every_question_of_the_post_says_so(reader: Page) -> None:
    reader.goto("./")
    data = reader.request.get("downloads/questions.json").json()
    marked = {question["id"] for question in data["questions"] if question["from_post"]}
    in_table = {c.address.split("/")[1] for c in STATEMENTS if c.address.startswith("q/")}
    assert in_table == marked
