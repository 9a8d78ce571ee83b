"""The feed of changes, as feedparser reads it, which programs that show feeds are built on."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest

from macros.export.downloads import downloads
from macros.export.feed import NEWEST
from macros.export.site import Site
from macros.model.question import Playbook
from macros.playbook import read_playbook
from tests.made_up import example, given
from tests.markdown_page import typed_text
from tests.tiny import ROOT, TINY

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://docs.example/playbook/"


def read(playbook: Playbook, site: str = SITE, name: str = "") -> Any:
    """Return a playbook's feed as a reader of feeds understands it."""
    text = downloads(playbook, Site(site, name))["changes.atom"]()
    # Its address is what addresses in it are relative to.
    feed = feedparser.parse(
        text.encode(),
        response_headers={
            "content-location": f"{SITE}downloads/changes.atom",
            "content-type": "application/atom+xml; charset=utf-8",
        },
    )
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.mark.parametrize("folder", [TINY, ROOT / "docs" / "data"], ids=["tiny", "playbook"])
def test_a_feed_has_what_the_format_asks_for(folder: Any) -> None:
    feed = read(read_playbook(folder, folder))
    assert all(feed.feed.get(name) for name in ("id", "title", "updated_parsed", "author"))
    assert 0 < len(feed.entries) <= NEWEST
    for entry in feed.entries:
        assert all(entry.get(name) for name in ("id", "title", "updated_parsed", "summary"))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert feed.feed.updated == feed.entries[0].updated


@pytest.mark.parametrize("site", ["", SITE], ids=["no address", "an address"])
def test_an_entry_leads_to_its_question(site: str, tiny: Playbook) -> None:
    feed = read(tiny, site)
    assert [entry.link for entry in feed.entries[:2]] == [
        f"{SITE}q/menu-colour/",
        f"{SITE}q/soup-heat/",
    ]
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{SITE}downloads/changes.atom",
        "alternate": SITE,
    }


def test_a_feed_is_called_what_its_site_is_called(tiny: Playbook) -> None:
    feed = read(tiny, name="Soup & bread").feed
    assert (feed.title, feed.author) == ("Soup & bread: what changed", "Soup & bread")
    assert read(tiny).feed.title == "What changed"


def test_an_entry_says_what_happened(tiny: Playbook) -> None:
    retired, reworded, *_ = read(tiny).entries
    assert retired.title == "Retired: Menu colour"
    assert retired.summary == (
        "Guests do not <read> colours. Ask the guest count instead. "
        "It was asked: Which colour is the menu?"
    )
    assert reworded.summary.startswith("It asks who measures too. How hot is each dish")
    assert reworded.updated == "2026-11-24T00:00:00Z"


def test_an_entry_keeps_its_id_when_its_question_changes(tiny: Playbook) -> None:
    """Or readers are shown all of it again."""
    soup, *others = tiny.questions
    changed = soup.model_copy(update={"title": "Soup", "stage": "plan"})
    later = tiny.model_copy(update={"questions": (changed, *others)})
    assert [entry.id for entry in read(later).entries] == [entry.id for entry in read(tiny).entries]


@given(typed_text())
@example("Â¡")
def test_a_feed_shows_what_was_typed(text: str) -> None:
    """Read as XML: feedparser takes some letters for a wrong encoding, and corrects them."""
    playbook = read_playbook(TINY, TINY)
    soup, *others = playbook.questions
    typed = playbook.model_copy(
        update={"questions": (soup.model_copy(update={"title": text}), *others)}
    )
    titles = ElementTree.fromstring(downloads(typed)["changes.atom"]()).iter(f"{ATOM}title")
    assert f"Reworded: {text}" in [title.text for title in titles]
