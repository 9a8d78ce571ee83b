"""A reader's browser window, and the guard that hears what a page does behind the reader's back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebError,
    expect,
)

# Called with any argument of browser.new_context, and `width`, `height` and `scheme` for short.
OpenReader = Callable[..., Page]

WIDE = 1280
PHONE = 360
HEIGHTS = {WIDE: 800, PHONE: 740}
# A page at 400 %, and phones on their side.
LOW = [(320, 256), (640, 320), (740, 360)]
WHOLE = 0.98  # A scrolled edge falls between two pixels.
every_width = pytest.mark.parametrize("width", [WIDE, PHONE])

# Once this has an answer, the scripts of the page have had their say.
# A browser that has nothing to paint may never call back by itself, hence the time limit.
IDLE = "() => new Promise((done) => { requestIdleCallback(done, { timeout: 2000 }); })"

# Radio buttons of a group are one stop, so the element before may be none.
_FOCUS_BEFORE = """target => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.disabled);
  stops[Math.max(0, stops.indexOf(target) - 1)].focus();
}"""

_COVERED = """heading => {
  const box = heading.getBoundingClientRect();
  const there = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
  return !(there === heading || heading.contains(there));
}"""


class Guard:
    """Notes each request to another host, console error or warning, uncaught error, CSP violation.

    A violation of the content security policy is an error on the console. `expect` names a fault
    that the test provokes on purpose; it must then really happen.
    """

    def __init__(self, site: str) -> None:
        self._origin = _origin(site)
        self._faults: list[str] = []
        self._expected: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of `context`, those that open later too."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def leave(self, context: BrowserContext) -> None:
        """Stop listening to `context`, which other tests go on with."""
        context.remove_listener("request", self._on_request)
        context.remove_listener("console", self._on_console)
        context.remove_listener("weberror", self._on_error)

    def expect(self, pattern: str) -> None:
        """Say that a fault which matches `pattern` is meant to happen."""
        self._expected.append(pattern)

    def take(self) -> list[str]:
        """Return the faults so far and forget them: a test itself says on which page they were."""
        taken, self._faults = self._faults, []
        return taken

    def verdict(self) -> list[str]:
        """Return what was not expected, and what was expected and did not happen."""
        silent = [p for p in self._expected if not any(re.search(p, f) for f in self._faults)]
        return [
            *(f for f in self._faults if not any(re.search(p, f) for p in self._expected)),
            *(f"expected, but did not happen: {pattern}" for pattern in silent),
        ]

    def _on_request(self, request: Request) -> None:
        asks_a_host = urlsplit(request.url).scheme in ("http", "https", "ws", "wss")
        if asks_a_host and _origin(request.url) != self._origin:
            self._faults.append(f"request to another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._faults.append(
                f"console {message.type}: {message.text} ({message.location['url']})"
            )

    def _on_error(self, error: WebError) -> None:
        self._faults.append(f"uncaught error: {error.error}")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def expect_question_in_view(page: Page, site: str, question: str) -> None:
    """The reader stands on the question's page, its whole heading in view with nothing above it."""
    expect(page).to_have_url(f"{site}q/{question}/")
    expect_in_view(page.get_by_role("heading", level=1))


def expect_in_view(heading: Locator) -> None:
    """A whole heading is in view, with nothing above it."""
    expect(heading).to_be_in_viewport(ratio=WHOLE)
    assert not heading.evaluate(_COVERED), f"something covers {heading}"


def resize(page: Page, width: int) -> None:
    """Make the window as wide as asked, and as high as such windows are."""
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 740)})


def tab_to(page: Page, target: Locator, most: int = 300) -> None:
    """Press Tab until `target` has the focus."""
    element = target.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached with {most} presses of Tab")


def tab_on_to(page: Page, target: Locator) -> None:
    """Press Tab from a stop close before `target` until that has the focus."""
    expect(target).to_be_enabled()
    target.evaluate(_FOCUS_BEFORE)
    tab_to(page, target, most=5)


def squeezed(text: str) -> str:
    """Without white space and ligatures: where a line ends is the printer's affair."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
