"""axe finds nothing to complain of: every page, both schemes, wide and narrow, open and closed.

All its default rules, every impact, nothing excluded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Route, expect

from macros.export.downloads import short_link
from macros.model.question import Playbook
from tests.browser.reader import PHONE, WIDE, Guard, OpenReader

Windows = dict[int, Page]


@pytest.fixture(params=["light", "dark"])
def windows(request: pytest.FixtureRequest, open_reader: OpenReader) -> Windows:
    """A wide window and a phone's, in the light or the dark scheme."""
    may = ["clipboard-read", "clipboard-write"]
    return {
        width: open_reader(scheme=request.param, width=width, permissions=may)
        for width in (WIDE, PHONE)
    }


def check(windows: Windows, name: str) -> list[str]:
    """What axe says about the page as it stands in each window: a paragraph for each fault.

    It works in both windows at once.
    """
    for page in windows.values():
        page.evaluate(AXE_SCRIPT)
        page.evaluate("() => { window.found = axe.run({ resultTypes: ['violations'] }); }")
    wrong = []
    for width, page in windows.items():
        found: list[dict[str, Any]] = page.evaluate("window.found")["violations"]
        wrong += [
            f"{name} at {width}: {rule['id']} ({rule['impact']}): {node['target']}: "
            f"{node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]
    return wrong


def accept(wrong: list[str]) -> None:
    """Fail with every fault in full."""
    assert not wrong, "\n".join(wrong)


def answer(text: str) -> Callable[[Route], None]:
    """What answers a request with `text` as its page."""
    return lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")


def test_every_page(windows: Windows, pages: list[str]) -> None:
    wrong = []
    for address in pages:
        for page in windows.values():
            page.goto(address)
        wrong += check(windows, address)
    accept(wrong)


def test_page_not_found(windows: Windows, deployed: str, guard: Guard) -> None:
    guard.expect("status of 404.*gone/for/good")
    guard.expect(f"another host: {deployed}")
    for page in windows.values():
        page.goto(f"{deployed}gone/for/good/")
        expect(page.get_by_role("link", name="All questions on one page")).to_be_visible()
        fonts = page.get_by_role("article").evaluate("e => getComputedStyle(e).fontFamily")
        assert "system-ui" in fonts, "the page came without its style sheet"
    accept(check(windows, "404"))


def test_permanent_address(windows: Windows, playbook: Playbook) -> None:
    """As it is read where a browser does not follow at once, and where a question is retired."""
    live = playbook.live[0]
    retired = live.model_copy(update={"status": "retired", "retired_because": "Ask another."})
    stays = short_link(playbook, live).replace('http-equiv="refresh"', 'name="not-now"')
    wrong = []
    for name, text in [("live", stays), ("retired", short_link(playbook, retired))]:
        for page in windows.values():
            page.route(f"**/q/{name}/", answer(text))
            page.goto(f"q/{name}/")
            expect(page.get_by_role("heading", name=live.title)).to_be_visible()
        wrong += check(windows, name)
    for question in playbook.questions:
        if not question.live:
            for page in windows.values():
                page.goto(f"q/{question.id}/")
            wrong += check(windows, question.id)
    accept(wrong)


def test_search_dialog(windows: Windows) -> None:
    for page in windows.values():
        page.goto("./")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("searchbox").fill("model")
        expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    accept(check(windows, "search with results"))


def test_search_dialog_without_results(windows: Windows) -> None:
    for page in windows.values():
        page.goto("./")
        page.get_by_role("button", name="Search").click()
    wrong = check(windows, "empty search")
    for page in windows.values():
        page.get_by_role("searchbox").fill("xyzzyx")
        expect(page.get_by_role("dialog")).to_contain_text("Nothing found")
    accept(wrong + check(windows, "search without results"))


def test_explained_term(windows: Windows) -> None:
    for page in windows.values():
        page.goto("./")
        page.locator(".pb-term button").first.click()
        expect(page.locator(".pb-term [popover]").first).to_be_visible()
    accept(check(windows, "explained term"))


def test_open_menu(windows: Windows) -> None:
    page = windows[PHONE]
    page.goto("./")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    accept(check({PHONE: page}, "open menu"))


def test_filtered_list(windows: Windows) -> None:
    for page in windows.values():
        page.goto("reference/questions/?role=business&priority=must")
        expect(page.get_by_role("status")).to_contain_text("shown")
    accept(check(windows, "filtered list"))


def test_copied_link(windows: Windows, playbook: Playbook) -> None:
    for page in windows.values():
        page.goto(f"roles/{playbook.live[0].role}/")
        page.get_by_role("link", name="Copy link").first.click()
        expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    accept(check(windows, "copied link"))
