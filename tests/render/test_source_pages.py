"""A source is told on one page for ever: what it supports, what it does not, what cites it."""

from __future__ import annotations

from macros.derive.bibliography import known_by
from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.render.source_pages import source_pages
from tests.made_up import example, given
from tests.markdown_page import Page, site_markdown, typed_text
from tests.render.test_hostile import HOSTILE
from tests.tiny import TINY


def page(playbook: Playbook, letter: str) -> Page:
    text = source_pages(playbook)[f"reference/sources/{letter}.md"]
    return Page(site_markdown().reset().convert(text.split("---\n", 2)[2]))


def test_a_source_says_what_it_supports_what_it_does_not_and_what_was_read(tiny: Playbook) -> None:
    shown = page(tiny, "c")
    assert shown.ids == ["cook-2020"]
    assert shown.texts("h2") == ["On <soup> and its care"]
    said = shown.texts("li")[0]
    assert "Ada Cook. Journal of Soup 3(1):4-5, 2020. paper read: the work or its abstract" in said
    assert "Supports: Soup cools by half in ten minutes." in said
    assert "Careful: One kitchen, one winter." in said
    assert "not confirmed" in page(tiny, "u").texts("li")[0]


def test_it_leads_to_the_work_and_to_whatever_cites_it(tiny: Playbook) -> None:
    cites = [
        f"../../../{place}{entry.id}{end}"
        for place, entries, end in (
            ("q/", tiny.live, "/"),
            ("reference/law/#", tiny.duties, ""),
            ("why/when-it-goes-wrong/#", tiny.failures, ""),
            ("reference/numbers-not-to-quote/#", tiny.claims, ""),
            ("reference/glossary/#", tiny.terms, ""),
        )
        for entry in entries
        if "cook-2020" in entry.sources
    ]
    links = page(tiny, "c").links
    assert len(cites) > 2
    assert [link for link in links if "reference/sources/" not in link] == [
        "https://soup.example/a?b=1&c=2",
        *cites,
    ]


def test_two_that_are_to_be_read_together_lead_to_each_other(tiny: Playbook) -> None:
    first, second = tiny.sources
    both = (first, second.model_copy(update={"companion_of": first.id}))
    together = tiny.model_copy(update={"sources": both})
    assert "../../../reference/sources/u/#undated-list" in page(together, "c").links
    assert "../../../reference/sources/c/#cook-2020" in page(together, "u").links


def test_a_page_that_was_published_stays_without_its_last_source(tiny: Playbook) -> None:
    left = {"sources": (), "published_source_pages": ("reference/sources/x/",)}
    assert page(tiny.model_copy(update=left), "x").texts("h1") == ["Sources: X"]


def test_the_list_names_the_authors_whom_people_remember(tiny: Playbook) -> None:
    cook = tiny.sources[0]
    assert known_by(cook) == "Ada Cook"
    many = cook.model_copy(update={"authors": "Ada, Ben, Cat, Dan"})
    assert known_by(many) == "Ada, Ben, Cat and others"
    cut = cook.model_copy(update={"authors": "Ada, Ben et al."})
    assert known_by(cut) == "Ada, Ben and others"


@given(typed_text())
@example(HOSTILE)
def test_a_source_shows_what_was_typed(text: str) -> None:
    playbook = read_playbook(TINY, TINY)
    typed = dict.fromkeys(("title", "authors", "venue", "claim", "caution"), text)
    source = playbook.sources[0].model_copy(update=typed)
    shown = page(playbook.model_copy(update={"sources": (source,)}), "c")
    assert shown.texts("h2") == [text]
    assert f"Supports: {text}" in shown.texts("p")
    assert f"Careful: {text}" in shown.texts("p")
