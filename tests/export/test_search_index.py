"""The search index: each question once, from the model; of the pages what is said, by heading."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from macros.derive.bibliography import page_of_source
from macros.export.search_index import search_index
from macros.model.question import Playbook
from macros.playbook import read_playbook
from tests.tiny import TINY

PAGE = """<nav><h2 id="menu">Menu</h2></nav><article>
<h1 id="top">Of <em>soup</em><a class="headerlink" href="#top"> </a></h1><p>How hot?</p>
<h2 id="spoons">Spoons &amp; ladles</h2><p>Sil<b>ver</b> or <code>&lt;wood&gt;</code></p><p>each</p>
<div data-not-searched><div>twice</div> a picture</div><style>css</style><svg><text>x</text></svg>
<h2 id="soup-heat">Soup heat</h2><p>A question that stands whole on this page.</p>
<h2 id="soup-warmth">An earlier name of it</h2><p>The same.</p>
<h2 id="left-out" data-not-searched>Left out</h2><p>with what is below it</p>
<h2 id="empty">Nothing below</h2>
<h3>No address</h3><p>Of the part above.</p>
</article><footer>Licence</footer>"""


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return read_playbook(TINY, TINY)


def entries(playbook: Playbook, **pages: str) -> dict[str, dict[str, Any]]:
    index = json.loads(search_index(playbook, {f"{name}/": html for name, html in pages.items()}))
    assert len({entry["at"] for entry in index["entries"]}) == len(index["entries"])
    return {entry["at"]: entry for entry in index["entries"]}


def test_every_live_question_is_one_result_at_its_own_page(playbook: Playbook) -> None:
    made = entries(playbook, soup=PAGE, **{"q/soup-heat": PAGE})
    questions = {at: entry for at, entry in made.items() if "ask" in entry}
    assert set(questions) == {f"q/{question.id}/" for question in playbook.live}
    assert {at for at in made if at not in questions} == {"soup/", "soup/#spoons", "soup/#empty"}
    for question in playbook.live:
        entry = questions[f"q/{question.id}/"]
        assert (entry["title"], entry["role"], entry["ask"]) == (
            question.title,
            question.role,
            question.ask,
        )
        assert entry["asked"] == list(question.search_phrases)
        said = set(re.findall(r"[a-z]{5,}", question.why.lower()))
        assert said <= set(re.findall(r"\w+", " ".join(map(str, entry.values())).lower()))


def test_of_a_page_is_found_what_a_reader_reads_there(playbook: Playbook) -> None:
    made = entries(playbook, soup=PAGE)
    assert made["soup/"] == {"at": "soup/", "title": "Of soup", "text": "How hot?"}
    assert made["soup/#spoons"] == {
        "at": "soup/#spoons",
        "title": "Spoons & ladles",
        "page": "Of soup",
        "text": "Silver or <wood> each",
    }
    assert made["soup/#empty"]["text"] == "Of the part above."


def test_what_is_said_late_on_a_page_is_found_by_words(playbook: Playbook) -> None:
    late = f"<h2 id='forks'>Forks</h2><p>{'Eat with one. ' * 20}Samovar samovars</p></article>"
    # The page is read twice: what was kept of it the first time is whole.
    for _ in range(2):
        forks = entries(playbook, soup=PAGE.replace("</article>", late))["soup/#forks"]
        assert forks["words"] == "samovar samovars"
        assert forks["text"].endswith("one. …")
        assert len(forks["text"]) < 150


def test_terms_and_sources_are_found_where_a_page_lists_them(playbook: Playbook) -> None:
    assert not any(at.startswith("reference/") for at in entries(playbook, soup=PAGE))
    html = "<article><h1>A list</h1></article>"
    made = entries(playbook, **{"reference/glossary": html, "reference/sources": html})
    places = [f"reference/glossary/#{term.id}" for term in playbook.terms]
    places += [f"{page_of_source(source.id)}#{source.id}" for source in playbook.sources]
    for place in places:
        assert made[place]["page"] == "A list"


def test_what_people_type_comes_along(playbook: Playbook) -> None:
    meanings = json.loads(search_index(playbook, {}))["meanings"]
    read = [tuple(set(phrases.split("\n")) for phrases in each) for each in meanings]
    assert read == [(set(each.typed), set(each.means)) for each in playbook.search_words]
    assert read
