"""The guard that every browser test relies on hears what it has to hear."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import Guard

POLICY = "default-src 'none'; script-src 'self'"
BEHAVIOUR = {
    "a picture from elsewhere": ('<img src="https://elsewhere.example/x.png">', "another host"),
    "a script from elsewhere": (
        '<script src="https://elsewhere.example/x.js"></script>',
        "another host",
    ),
    "a console error": ("<script>console.error('ouch')</script>", "console error: ouch"),
    "a console warning": ("<script>console.warn('hm')</script>", "console warning: hm"),
    "an uncaught error": ("<script>throw new Error('lost')</script>", "uncaught error: lost"),
    "a lost promise": (
        "<script>Promise.reject(new Error('broken'))</script>",
        "uncaught error: broken",
    ),
    "a missing file": ('<link rel="stylesheet" href="gone.css">', "404"),
    "an inline script against the policy": (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><script>1</script>',
        "Content Security Policy",
    ),
    "an inline style against the policy": (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><p style="color:red">',
        "Content Security Policy",
    ),
}


@pytest.fixture
def own(server: str) -> Guard:
    """A guard for pages that are meant to misbehave; the one of the test hears nothing of them."""
    return Guard(server)


@pytest.fixture(scope="module")
def planted(browser: Browser, server: str) -> Iterator[Page]:
    """One window for all pages that misbehave."""
    context = browser.new_context(base_url=server)
    context.route("https://elsewhere.example/**", lambda route: route.fulfill(body=""))
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(planted: Page, own: Guard) -> Page:
    """The window, with a guard that has heard nothing so far."""
    planted.goto("about:blank")
    own.watch(planted.context)
    return planted


def show(page: Page, body: str) -> None:
    page.route("**/planted/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("planted/")
    page.evaluate("1")  # What the page did until now has been heard once this is answered.


@pytest.mark.parametrize("name", BEHAVIOUR)
def test_it_hears(name: str, visit: Page, own: Guard) -> None:
    body, heard = BEHAVIOUR[name]
    show(visit, body)
    assert any(heard in fault for fault in own.verdict()), own.verdict()


def test_it_lets_a_quiet_page_pass(visit: Page, own: Guard) -> None:
    show(visit, '<script>console.log("fine")</script><img src="data:," alt="">')
    assert own.verdict() == []


def test_what_is_expected_must_happen(visit: Page, own: Guard) -> None:
    own.expect("console error: ouch")
    show(visit, "<p>")
    assert own.verdict() == ["expected, but did not happen: console error: ouch"]
    visit.evaluate("console.error('ouch')")
    visit.evaluate("1")
    assert own.verdict() == []
