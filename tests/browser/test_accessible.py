"""axe finds nothing to complain of: every page, both schemes, wide and narrow, open and closed.

All its default rules, every impact, nothing excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Route, expect

from macros.export import short_link
from macros.model import Playbook
from tests.browser.reader import PHONE, WIDE, Guard, OpenReader

EVERY_LOOK = [(scheme, width) for scheme in ("light", "dark") for width in (WIDE, PHONE)]
in_every_look = pytest.mark.parametrize(("scheme", "width"), EVERY_LOOK)


def start(page: Page) -> None:
    """Start axe on the page as it stands, and do not wait for it: two windows can go at once."""
    page.evaluate(AXE_SCRIPT)
    page.evaluate("() => { window.found = axe.run({ resultTypes: ['violations'] }); }")


def outcome(page: Page, name: str) -> list[str]:
    """What axe had to say, a paragraph for each thing that is wrong."""
    found: Iterable[dict[str, Any]] = page.evaluate("window.found")["violations"]
    return [
        f"{name}: {rule['id']} ({rule['impact']}): {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def violations(page: Page, name: str) -> list[str]:
    """What axe says about the page as it stands."""
    start(page)
    return outcome(page, name)


def answer(text: str) -> Callable[[Route], None]:
    """What answers a request with `text` as its page."""
    return lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(open_reader: OpenReader, pages: list[str], scheme: str) -> None:
    looks = {width: open_reader(scheme=scheme, width=width) for width in (WIDE, PHONE)}
    wrong = []
    for address in pages:
        for page in looks.values():
            page.goto(address)
            start(page)
        for width, page in looks.items():
            wrong += outcome(page, f"{address} at {width}")
    assert not wrong, "\n".join(wrong)


@in_every_look
def test_page_not_found(
    open_reader: OpenReader, deployed: str, guard: Guard, scheme: str, width: int
) -> None:
    guard.expect("status of 404.*gone/for/good")
    guard.expect(f"another host: {deployed}")
    page = open_reader(scheme=scheme, width=width, base_url=deployed)
    page.goto("gone/for/good/")
    expect(page.get_by_role("link", name="All questions on one page")).to_be_visible()
    found = violations(page, "404")
    assert not found, "\n".join(found)


@in_every_look
def test_permanent_address(
    open_reader: OpenReader, playbook: Playbook, scheme: str, width: int
) -> None:
    """As it is read where a browser does not follow at once, and where a question is retired."""
    live = playbook.live[0]
    retired = live.model_copy(update={"status": "retired", "retired_because": "Ask another."})
    stays = short_link(playbook, live).replace('http-equiv="refresh"', 'name="not-now"')
    page = open_reader(scheme=scheme, width=width)
    wrong = []
    for name, text in [("live", stays), ("retired", short_link(playbook, retired))]:
        page.route(f"**/q/{name}/", answer(text))
        page.goto(f"q/{name}/")
        expect(page.get_by_role("heading", name=live.title)).to_be_visible()
        wrong += violations(page, name)
    for question in playbook.questions:
        if not question.live:
            page.goto(f"q/{question.id}/")
            wrong += violations(page, question.id)
    assert not wrong, "\n".join(wrong)


@in_every_look
def test_search_dialog(open_reader: OpenReader, scheme: str, width: int) -> None:
    page = open_reader(scheme=scheme, width=width)
    page.goto("./")
    page.get_by_role("button", name="Search").click()
    found = violations(page, "empty search")
    page.get_by_role("searchbox").fill("model")
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    found += violations(page, "search with results")
    page.get_by_role("searchbox").fill("xyzzyx")
    expect(page.get_by_role("dialog")).to_contain_text("Nothing found")
    found += violations(page, "search without results")
    assert not found, "\n".join(found)


@in_every_look
def test_explained_term(open_reader: OpenReader, scheme: str, width: int) -> None:
    page = open_reader(scheme=scheme, width=width)
    page.goto("./")
    page.locator(".pb-term button").first.click()
    expect(page.locator(".pb-term [popover]").first).to_be_visible()
    found = violations(page, "explained term")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_menu(open_reader: OpenReader, scheme: str) -> None:
    page = open_reader(scheme=scheme, width=PHONE)
    page.goto("./")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    found = violations(page, "open menu")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filtered_list(open_reader: OpenReader, scheme: str) -> None:
    page = open_reader(scheme=scheme)
    page.goto("reference/questions/?role=business&priority=must")
    expect(page.get_by_role("status")).to_contain_text("shown")
    found = violations(page, "filtered list")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_copied_link(open_reader: OpenReader, playbook: Playbook, scheme: str) -> None:
    page = open_reader(scheme=scheme, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"roles/{playbook.live[0].role}/")
    page.get_by_role("link", name="Copy link").first.click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    found = violations(page, "copied link")
    assert not found, "\n".join(found)
