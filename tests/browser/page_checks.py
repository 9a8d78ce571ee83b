"""What the tests ask of an open page; each answer is a list of faults, empty if there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, Self

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests.browser.reader import IDLE, squeezed
from tests.conftest import AXE

# axe's default rules, every impact, nothing excluded. Contrast is by far the slowest of them. For a
# link in a text axe would take a contrast of colours for enough; we ask for an underline or another
# sign, which is stricter, and need not compute what colour is behind each link. The style sheets,
# which axe would parse again for each run, are wanted only by a rule that is off by default.
ALL = """{ resultTypes: ['violations'], preload: { assets: ['media'] },
  checks: { 'link-in-text-block': { enabled: false } },
}"""
ALL_BUT_CONTRAST = """{ resultTypes: ['violations'], preload: { assets: ['media'] },
  checks: { 'link-in-text-block': { enabled: false } },
  rules: { 'color-contrast': { enabled: false } },
}"""
CONTRAST = "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }"
# From its file, unless the page's policy lets no script in. The page is left as it was.
LOAD_AXE = """(address) => {
  const policy = document.querySelector("[http-equiv=Content-Security-Policy]")?.content;
  if (window.axe || policy?.includes("script-src 'self'") === false) return Boolean(window.axe);
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => { script.remove(); done(true); });
    script.addEventListener("error", () => fail(new Error(`there is no ${address}`)));
    document.head.append(script);
  });
}"""

# What sticks out of the window, unless it is in a box of its own that scrolls. Hidden text for
# screen readers and closed popovers are no matter.
STICKS_OUT = """() => {
  const edge = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (box !== document.body && box !== document.documentElement &&
          /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const wrong = [];
  if (document.documentElement.scrollWidth > edge) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${edge}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const out = box.right > edge + 1 || (box.left < -1 && box.right > 0);
    if (out && element.checkVisibility() && !scrolls(element)) {
      const name = `${element.tagName}.${element.className}`;
      wrong.push(`${name} reaches from ${box.left} to ${box.right}`);
    }
  }
  return wrong;
}"""

DOUBLE_TEXT = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * 2}px`;
}"""
PLAIN_TEXT = "() => { document.documentElement.style.fontSize = ''; }"

# Of parts with the same kinds of elements in and around them, such as questions of one priority,
# one is left: what axe and paper say of them is the same, and it takes longer for a hundred than
# all other tests.
LEAVE_ONE_OF_A_KIND = """() => {
  const seen = new Set();
  const named = (each) =>
    [each.tagName, each.getAttribute("class"), each.dataset.priority].join();
  for (const part of document.querySelectorAll("article :is(section, fieldset, li, tr)")) {
    if (!part.isConnected) continue;
    const kinds = new Set([...part.querySelectorAll("*")].map(named));
    for (let around = part; around.tagName !== "ARTICLE"; around = around.parentElement) {
      kinds.add(named(around));
    }
    const kind = [...kinds].sort().join(" ");
    if (seen.has(kind)) part.remove();
    seen.add(kind);
  }
}"""

# Of the element with the focus: whether all of it lies outside the window or under something else.
FOCUS_OUT_OF_SIGHT = """() => {
  const element = document.activeElement;
  const { left, right, top, bottom } = element.getClientRects()[0];
  const across = [left + 2, (left + right) / 2, right - 2];
  const down = [top + 2, (top + bottom) / 2, bottom - 2];
  const isSeen = (x, y) => {
    const there = document.elementFromPoint(x, y);
    return there && (element.contains(there) || there.contains(element));
  };
  return across.some((x) => down.some((y) => isSeen(x, y))) ? null : element.outerHTML;
}"""

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"

# Each pair of colours that text of its own and its paper have, with the first element that has it.
COLOURS = """() => {
  const found = new Map();
  for (const element of document.querySelectorAll("article *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    let below = element;
    let paper = "rgba(0, 0, 0, 0)";
    while (below && /, 0\\)$|transparent/.test(paper)) {
      paper = getComputedStyle(below).backgroundColor;
      below = below.parentElement;
    }
    const { color, printColorAdjust } = getComputedStyle(element);
    const exact = printColorAdjust === "exact";
    const key = [color, paper, exact].join();
    if (!found.has(key)) found.set(key, [element.outerHTML.slice(0, 80), color, paper, exact]);
  }
  return [...found.values()];
}"""


def axe(page: Page, name: str, rules: str = ALL, part: Locator | None = None) -> list[str]:
    """Return what axe says about the page, or a part of it, as it stands.

    Args:
        page: The page.
        name: What a fault is said to be found on.
        rules: The options of `axe.run`.
        part: Where to look, for what opens on a page that was asked as a whole.

    Returns:
        A paragraph for each fault.
    """
    if not page.evaluate(LOAD_AXE, AXE):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        f"async (part) => (await axe.run(part ?? document, {rules})).violations",
        part and part.element_handle(),
    )
    return [
        f"{name}: {rule['id']} ({rule['impact']}): {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def sticking_out(page: Page, name: str) -> list[str]:
    """Return what reaches over an edge of the window, where no reader can see it."""
    found: list[str] = page.evaluate(STICKS_OUT)
    return [f"{name}: {what}" for what in found]


def colours_on_paper(page: Page, name: str) -> list[str]:
    """Return each text that is not dark on white on a page set out for print."""
    found: list[tuple[str, str, str, bool]] = page.evaluate(COLOURS)
    wrong = [] if found else [f"{name}: nothing is printed"]
    for element, ink, paper, exact in found:
        contrast = (_luminance(ink) + 0.05) / (_luminance(paper) + 0.05)
        # Printed as it is, background and all: there, white on black is meant.
        white = exact or _luminance(paper) > 0.95
        if not white or max(contrast, 1 / contrast) < 4.5:
            wrong.append(f"{name}: printed {ink} on {paper}: {element}")
    return wrong


def _luminance(colour: str) -> float:
    channels = [float(number) / 255 for number in re.findall(r"[\d.]+", colour)[:3]]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def on_paper(page: Page) -> list[str]:
    """Return the text of each page of A4 that a page prints on."""
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [sheet.extract_text() for sheet in paper.pages]


def printed(page: Page) -> str:
    """Return the text on paper, without white space."""
    return squeezed("".join(on_paper(page)))


SCROLL_THROUGH = """async () => {
  for (const part of [1 / 2, 1]) {
    scrollTo(0, document.documentElement.scrollHeight * part);
    await new Promise((done) => { setTimeout(done, 16); });
  }
}"""

# Once this has an answer, the page has been read to its end and painted. One whose script blocks
# the painting has no frames to wait for.
_PAINTED = """() => Promise.race([
  new Promise((done) => { setTimeout(done, 500); }),
  (async () => {
    while (document.readyState === "loading") await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  })(),
])"""


class LateScripts:
    """Holds back each module of a page until it is let go. The script of the scheme comes first.

    The browser is asked for this directly: a route of Playwright's stops every request.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held = 0
        self._session = page.context.new_cdp_session(page)

    def __enter__(self) -> Self:
        self._session.on("Fetch.requestPaused", self._meet)
        # The worksheet stays out of sight for some seconds, which would pass on a busy machine.
        self._session.send("Animation.enable")
        self._session.send("Animation.setPlaybackRate", {"playbackRate": 0})
        # What the cache has is not fetched, and cannot be held back.
        self._session.send("Network.enable")
        self._session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*.js"}]})
        return self

    def __exit__(self, *_: object) -> None:
        self._session.send("Animation.setPlaybackRate", {"playbackRate": 1})
        self._session.detach()

    def _meet(self, paused: dict[str, Any]) -> None:
        if paused["request"]["url"].endswith("/scheme.js"):
            self._session.send("Fetch.continueRequest", {"requestId": paused["requestId"]})
        else:
            self._held += 1

    def wait_until_painted(self) -> None:
        """Wait until the page is seen as it is without its scripts."""
        self._page.evaluate(_PAINTED)

    def let_go(self) -> None:
        """Let the scripts come, and wait until they have had their say."""
        assert self._held, "no script was held back"
        self._session.send("Fetch.disable")
        self._page.wait_for_load_state()
        self._page.evaluate(IDLE)
        self._page.evaluate(_PAINTED)


def moved_while_opening(page: Page, name: str, open_it: Callable[[], object]) -> list[str]:
    """Open a page whose scripts come late, and scroll to its end; return what moves meanwhile.

    Args:
        page: Where it opens.
        name: What a fault is said to be found on.
        open_it: What starts to open it, and does not wait for it.

    Returns:
        A line for each thing that moved.
    """
    shifts = LayoutShifts(page)
    with LateScripts(page) as late:
        open_it()
        late.wait_until_painted()
        late.let_go()
        page.evaluate(SCROLL_THROUGH)
    return shifts.told(name)


class LayoutShifts:
    """Hears from the browser itself what moves on a page: that needs no script in the page."""

    def __init__(self, page: Page) -> None:
        self._moved: list[dict[str, Any]] = []
        self._session = page.context.new_cdp_session(page)
        self._session.on("PerformanceTimeline.timelineEventAdded", self._hear)
        self._session.send("PerformanceTimeline.enable", {"eventTypes": ["layout-shift"]})

    def _hear(self, heard: dict[str, Any]) -> None:
        details = heard["event"]["layoutShiftDetails"]
        if not details["hadRecentInput"]:
            self._moved.append(details)

    def total(self) -> float:
        """Return how much has moved, as browsers reckon it."""
        return sum(float(shift["value"]) for shift in self._moved)

    def told(self, name: str) -> list[str]:
        """Return each shift, how much of what from where to where; hear no more from here on."""
        lines = []
        for shift in self._moved:
            for source in shift["sources"]:
                found = self._session.send(
                    "DOM.describeNode", {"backendNodeId": source.get("nodeId", 0)}
                )["node"]
                what = " ".join([found["nodeName"], *found.get("attributes", [])])[:90]
                before, after = source["previousRect"], source["currentRect"]
                way = f"from {list(before.values())} to {list(after.values())}"
                lines.append(f"{name}: {shift['value']:.4f}: {what}: {way}")
        self._session.detach()
        return lines
