"""Readers of the worksheet: a form of a few questions, and one window that is used again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.conftest import PATIENCE
from tests.browser.reader import HEIGHTS, WIDE, Guard
from tests.browser.worksheet.desk import ADDRESS, few
from tests.conftest import serve

SECTION = re.compile(
    r'<fieldset class="ws-question\b[^>]*\bdata-question="([^"]+)"'
    r'.*?</fieldset>\s*(?=<fieldset class="ws-question|</div>)',
    re.DOTALL,
)


@pytest.fixture(scope="session")
def short_site(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, whose worksheet asks only a few questions.

    What a test asks of the form is the same for eight questions and for all of them; the browser
    takes three times as long for all.
    """
    folder = tmp_path_factory.mktemp("short") / "site"
    page = Path(ADDRESS) / "index.html"
    for file in built_site.rglob("*"):
        copy = folder / file.relative_to(built_site)
        if file.is_file() and copy != folder / page:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.symlink_to(file)
    (folder / page).parent.mkdir()
    (folder / page).write_text(
        shortened((built_site / page).read_text(encoding="utf-8")), encoding="utf-8"
    )
    return folder


def shortened(form: str) -> str:
    """Cut the questions out of the page of the worksheet that the tests do not need."""
    wanted = {item.id for item in few()}
    assert wanted <= {found[1] for found in SECTION.finditer(form)}
    return SECTION.sub(lambda found: found[0] if found[1] in wanted else "", form)


@pytest.fixture(scope="session")
def short_server(short_site: Path) -> Iterator[str]:
    with serve(short_site) as address:
        yield address


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site with the short form, unless the test is about the whole one."""
    whole = request.node.get_closest_marker("whole_form")
    address: str = request.getfixturevalue("server" if whole else "short_server")
    return address


@dataclass(frozen=True)
class Kept:
    """A window that stays open from test to test, and the line on which it is cleared."""

    page: Page
    line: CDPSession


@pytest.fixture(scope="session")
def kept_windows() -> dict[str, Kept]:
    return {}


@pytest.fixture
def reader(
    browser: Browser, site: str, guard: Guard, kept_windows: dict[str, Kept]
) -> Iterator[Page]:
    """A reader with a wide window and nothing stored.

    A new context costs the browser more than a visit to the page, so this window is cleared and
    used again. An init script belongs on a second page of it, `reader.context.new_page()`, which is
    closed at the end; a clock cannot be taken back and needs a reader of `open_reader`.
    """
    if site not in kept_windows:
        context = browser.new_context(
            base_url=site, viewport={"width": WIDE, "height": HEIGHTS[WIDE]}, color_scheme="light"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        kept_windows[site] = Kept(page, context.new_cdp_session(page))
    window = kept_windows[site]
    guard.watch(window.page.context)
    yield window.page
    clear(window, site)
    guard.leave(window.page.context)


def clear(window: Kept, site: str) -> None:
    """Leave the page, and forget what it stored."""
    for other in window.page.context.pages:
        if other != window.page:
            other.close()
    window.page.context.unroute_all()
    window.page.context.clear_permissions()
    window.page.unroute_all()
    window.page.goto("about:blank")
    # After the page is left: it saves when it goes.
    origin = "/".join(site.split("/")[:3])
    window.line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
