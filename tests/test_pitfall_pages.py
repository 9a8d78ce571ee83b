"""Each pitfall page is whole, and the site needs nothing of what the experiments need."""

from __future__ import annotations

import ast
import html
import re
from pathlib import Path

import pytest

from macros.load.experiment_results import read_experiments
from macros.model.question import Playbook
from macros.model.reference import Pitfall
from tests.built_page import built_page, only, words_of
from tests.conftest import ROOT
from tests.prose import prose
from tests.readability import reading
from tests.tiny import real_playbook

pytestmark = pytest.mark.content
BOOK: Playbook = real_playbook()
NUMERIC = {"numpy", "scipy", "sklearn", "chess"}
each_pitfall = pytest.mark.parametrize("pitfall", BOOK.pitfalls, ids=lambda each: each.id)


def article(site: Path, address: str) -> str:
    page = (site / address / "index.html").read_text(encoding="utf-8")
    return page.split("<article", 1)[1].split("</article>", 1)[0]


@each_pitfall
def test_a_page_has_all_its_parts_in_order(built_site: Path, pitfall: Pitfall) -> None:
    page = article(built_site, pitfall.address)
    parts = [
        "<figure",
        'id="story"',
        "pb-short-story",
        'id="what-to-ask"',
        "pb-prevented__title",
        'id="experiment"',
        'id="in-a-real-project"',
        'class="pb-cite"',
        'id="try-it"',
        "data-play=",
        'id="script"',
        "<pre",
    ]
    places = [
        page.find(part, page.find('id="in-a-real-project"') if "cite" in part else 0)
        for part in parts
    ]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


@each_pitfall
def test_without_script_a_page_has_its_pictures_and_says_what_is_missing(
    built_site: Path, pitfall: Pitfall
) -> None:
    """How that looks is seen on one page: browser/test_pitfalls.py."""
    page = only(built_page(built_site, f"{pitfall.address}/"), "article")
    assert only(page, "form[data-play]").has_attr("hidden"), "the part needs its script to open it"
    only(page, ".pb-play__without")
    for figure in page.select("figure"):
        assert figure.select("svg"), "a figure without its picture"
        assert figure.select("table td"), "a figure without its numbers"


@each_pitfall
def test_a_page_and_its_questions_lead_to_each_other(built_site: Path, pitfall: Pitfall) -> None:
    page = article(built_site, pitfall.address)
    asked = [question for question in BOOK.live if pitfall.id in question.pitfalls]
    assert asked
    for question in asked:
        assert f'href="../../q/{question.id}/"' in page
        back = article(built_site, f"q/{question.id}")
        assert f'href="../../{pitfall.address}"' in back, question.id


@each_pitfall
def test_a_story_is_told_on_its_page_and_all_are_listed_once(
    built_site: Path, pitfall: Pitfall
) -> None:
    page = words_of(only(built_page(built_site, pitfall.address), "article"))
    for said in (pitfall.looked_fine, pitfall.was_wrong, pitfall.missing_context):
        assert said in page
    overview = only(built_page(built_site, "pitfalls/"), "article")
    assert f"This is you if {pitfall.this_is_you}" in words_of(overview)
    assert overview.select(f"#{pitfall.id} a[href='../{pitfall.address}']")


@each_pitfall
def test_an_old_address_of_a_story_leads_on_to_it(built_site: Path, pitfall: Pitfall) -> None:
    """The stories were told under `why/` first, and people link to them there."""
    kept = only(built_page(built_site, "why/"), f"[id='{pitfall.id}']")
    assert kept.select(f"a[href='../{pitfall.address}']")


@each_pitfall
def test_a_page_is_short_enough_to_be_read(built_site: Path, pitfall: Pitfall) -> None:
    """What is folded is not counted: nobody has to read it."""
    words = reading(prose(built_site / pitfall.address / "index.html", unfolded=True)).words
    assert 600 <= words <= 900


@each_pitfall
def test_who_could_have_said_so_is_asked_on_the_page(pitfall: Pitfall) -> None:
    asked = {question.role for question in BOOK.live if pitfall.id in question.pitfalls}
    assert pitfall.context_of in asked


@pytest.mark.parametrize("name", read_experiments())
def test_the_script_on_the_page_is_the_one_to_take_home(built_site: Path, name: str) -> None:
    experiment = read_experiments()[name]
    taken = (built_site / "experiments" / experiment.script).read_text(encoding="utf-8")
    assert taken == (ROOT / "experiments" / experiment.script).read_text(encoding="utf-8")
    shown = [
        html.unescape(found)
        for page in (built_site / "pitfalls").rglob("index.html")
        for found in re.findall(
            r'<pre class="pb-script"[^>]*><code>(.*?)</code>', page.read_text("utf-8"), re.DOTALL
        )
    ]
    assert taken.strip() in [each.strip() for each in shown]


def test_the_site_is_built_without_the_packages_of_the_experiments() -> None:
    for module in (ROOT / "macros").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & NUMERIC, module
    lock = (ROOT / "requirements/site.txt").read_text("utf-8")
    assert not re.search(r"^(numpy|scipy|scikit-learn|chess)==", lock, re.MULTILINE)
