"""A link to a question that a chat or a hand has changed leads on, or the 404 page offers it."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.page_checks import moved_while_opening
from tests.browser.reader import Guard


@pytest.fixture
def site(deployed: str) -> str:
    """The build that knows its address: its 404 page finds its scripts from anywhere."""
    return deployed


@pytest.fixture
def playbook(deployed_playbook: Playbook) -> Playbook:
    """The data that it is made from."""
    return deployed_playbook


@pytest.fixture
def lost(reader: Page, guard: Guard) -> Page:
    """A reader who opens what is not there."""
    guard.expect("status of 404")
    return reader


def changed(id: str) -> list[str]:
    """What becomes of the address of a question on its way."""
    return [
        *(id.title(), f"{id.upper()}/", f"{id}.", f"{id})", f"{id}%29", f"{id}%22", f"{id}/)"),
        *(f"{id},", id.replace("-", "_"), id.replace("-", "%20"), f"{id}.html", f"{id}%E2%80%9D"),
    ]


def test_what_was_changed_on_the_way_leads_on(lost: Page, playbook: Playbook, site: str) -> None:
    question = playbook.live[0]
    for address in changed(question.id):
        lost.goto(f"q/{address}", wait_until="commit")
        lost.wait_for_url(f"{site}q/{question.id}/")
        expect(lost.get_by_role("heading", level=1)).to_have_text(question.title)


def test_a_slip_is_offered_and_not_followed(lost: Page, playbook: Playbook, site: str) -> None:
    question = playbook.live[0]
    slip = f"{question.id[:3]}{question.id[2:-1]}"
    opened = partial(lost.goto, f"q/{slip}/", wait_until="commit")
    assert moved_while_opening(lost, "404", opened) == []
    link = lost.get_by_role("article").get_by_role("link", name=question.title, exact=True)
    expect(link).to_be_visible()
    expect(lost).to_have_url(f"{site}q/{slip}/")
    link.click()
    expect(lost).to_have_url(f"{site}q/{question.id}/")


@pytest.mark.parametrize("address", ["q/xyzzyx/", "gone/for/good/", "q/%E0%A4%A/"])
def test_what_resembles_nothing_is_offered_nothing(lost: Page, address: str) -> None:
    lost.goto(address)
    expect(lost.get_by_role("link", name="All questions on one page")).to_be_visible()
    expect(lost.locator("[data-meant]")).not_to_contain_text("Did you mean")


def test_a_word_that_every_object_has_is_no_question(lost: Page) -> None:
    """Every object in JavaScript has a "constructor": the page led on to itself, for ever."""
    opened: list[str] = []
    lost.on("domcontentloaded", lambda page: opened.append(page.url))
    with lost.expect_response("**/question-titles.json"):
        lost.goto("q/constructor/")
    lost.wait_for_load_state("networkidle")
    assert len(opened) == 1
