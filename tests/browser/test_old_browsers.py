"""A browser without popovers, such as Chromium 112, has a menu and whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import PHONE, WHOLE, OpenReader


@pytest.fixture
def old(open_reader: OpenReader) -> Iterator[Page]:
    """A reader on a phone, whose browser knows nothing of popovers."""

    def forget(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace(":popover-open", ":not-known-here")
        text = re.sub(r' popover(?:target)?(?:="[^"]*")?(?=[ >])', "", text)
        route.fulfill(response=answer, body=text)

    page = open_reader(width=PHONE)
    page.route(re.compile(r"/$|\.css$"), forget)
    page.add_init_script("delete HTMLElement.prototype.popover")
    yield page
    page.unroute_all(behavior="wait")


def test_the_menu_stands_open(old: Page, server: str) -> None:
    old.goto("./")
    expect(old.get_by_role("button", name="Menu")).to_be_hidden()
    menu = old.get_by_role("navigation", name="Main")
    for link in menu.get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=WHOLE)
    menu.get_by_role("link", name="Roles").click()
    expect(old).to_have_url(f"{server}roles/")


def test_an_explanation_shows_only_while_its_word_is_asked(old: Page) -> None:
    old.goto("why/")
    term = old.locator(".pb-term").first
    text = term.locator(".pb-term__text")
    expect(text).to_be_hidden()
    term.get_by_role("button").click()
    expect(text).to_be_in_viewport(ratio=WHOLE)
    assert text.evaluate("e => getComputedStyle(e).position") == "fixed"
    old.get_by_role("heading", level=1).click()
    expect(text).to_be_hidden()
