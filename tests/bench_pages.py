"""What `make bench` measures in a browser: weight, layout shift, typing, Lighthouse's scores."""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from macros.model.question import Playbook
from tests.bench_figures import KB, Figure, NotMeasuredError
from tests.browser.install import CHROMIUM, find_browser
from tests.browser.page_checks import LayoutShifts
from tests.conftest import ROOT

PHONE = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1280, height=800)
WORKSHEET = "kickoff/worksheet/"
INDEX = "search/index.json"
SETTLED = 3_500
"""Milliseconds after which a page fetches nothing more by itself; the worksheet waits for two."""
SLOWER = 4
ANSWER = "fieldset[data-question] textarea:visible"
RESULT = "dialog li a"
# Words that are there, half a word, common ones, and one that is misspelt.
SEARCHED = "guardrails for agents hallucinatoin who owns the data"
# From a key to the next paint, as the page itself sees it.
HEAR_PAINTS = """() => {
  window.paints = [];
  addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => paints.push(performance.now() - event.timeStamp);
    port2.postMessage(null);
  }), true);
}"""
# At first, for each kind of page: kilobytes and requests.
BUDGETS = {"reading page": (30, 8), "question's page": (15, 8), "worksheet": (75, 14)}
LOCK = ROOT / "requirements/lighthouse"
CACHE = ROOT / ".cache/lighthouse"


class _Handler(SimpleHTTPRequestHandler):
    """Sends files as the usual hosts do: compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        body = _compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the figures free of it."""


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            _compressed.cache_clear()


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the browser that the tests drive."""
    found = find_browser(CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()


def in_browser(site: Path, playbook: Playbook, short: bool) -> Iterator[Figure]:
    """Take every figure that needs a browser.

    Args:
        site: The built site.
        playbook: The data it was built from.
        short: Whether to look at two pages only, and leave Lighthouse out.
    """
    addresses = ["", WORKSHEET] if short else every_address(site)
    with served(site) as root, started_browser() as browser:
        yield from weights(browser, root, addresses)
        yield from shifts(browser, root, addresses[:1] if short else addresses)
        yield typing(browser, root, letters=3 if short else 40)
        yield searching(browser, root, letters=3 if short else len(SEARCHED))
    if not short:
        with served(site) as root:
            for kind, address in kinds(playbook, site).items():
                yield lighthouse(kind, root + address)


def every_address(site: Path) -> list[str]:
    """Return the pages that a reader stays on; of the questions' pages, the heaviest."""
    found = {
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/": path
        for path in sorted(site.rglob("index.html"))
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    }
    questions = [address for address in found if address.startswith("q/")]
    heaviest = max(questions, key=lambda address: len(_compressed(found[address])), default="")
    return [each.lstrip("/") for each in found if each == heaviest or not each.startswith("q/")]


def kinds(playbook: Playbook, site: Path) -> dict[str, str]:
    """Return a page of each kind that the site has, by the kind's name."""
    question = playbook.live[0]
    named = {
        "home": "",
        "why": "why/",
        "role page": f"roles/{question.role}/",
        "question's page": f"q/{question.id}/",
        "stages": "reference/stages/",
        "pitfall": playbook.pitfalls[0].address.strip("/") + "/",
        "do we need ML": "kickoff/do-we-need-ml/",
        "first-meeting sheet": "kickoff/first-meeting/",
        "agendas": "kickoff/run-the-meeting/",
        "worksheet": WORKSHEET,
        "worked example": "kickoff/worked-example/",
        "all questions": "reference/questions/",
        "glossary": "reference/glossary/",
        "checklists": "reference/checklists/",
    }
    there = set(every_address(site)) | {f"q/{question.id}/"}
    return {
        kind: address
        for kind, address in named.items()
        if address in there and "refresh" not in (site / address / "index.html").read_text("utf-8")
    }


@contextmanager
def opened(
    browser: Browser, window: ViewportSize = PHONE, scripts: bool = True
) -> Iterator[tuple[Page, LayoutShifts]]:
    """Open an empty page as a new reader; yields it, and what moves on it."""
    context = browser.new_context(viewport=window, java_script_enabled=scripts)
    page = context.new_page()
    yield page, LayoutShifts(page)
    context.close()


def weights(browser: Browser, root: str, addresses: list[str]) -> Iterator[Figure]:
    """Yield what the heaviest page of each kind fetches: at first, or as the worksheet, ever."""
    sizes: dict[str, dict[str, dict[str, int]]] = {kind: {} for kind in BUDGETS}
    unasked = 0
    for address in addresses:
        question, worksheet = address.startswith("q/"), address == WORKSHEET
        kind = "question's page" if question else "worksheet" if worksheet else "reading page"
        found = fetched(browser, root, address)
        if found.pop(root + INDEX, None):
            unasked += 1
        sizes[kind][address or "home"] = found
    for kind, pages in sizes.items():
        if pages:
            most, requests = BUDGETS[kind]
            heavy = max(pages, key=lambda page: sum(pages[page].values()))
            yield Figure(f"heaviest {kind} ({heavy})", sum(pages[heavy].values()) / KB, "KB", most)
            many = max(pages, key=lambda page: len(pages[page]))
            yield Figure(f"requests of a {kind} ({many})", len(pages[many]), "", requests)
    yield Figure("pages that fetch the search index unasked", unasked, "", 0)
    every = [page for pages in sizes.values() for page in pages.values()]
    styles = [sum(size for url, size in page.items() if url.endswith(".css")) for page in every]
    yield Figure("our own CSS, on the page with most", max(styles) / KB, "KB", 8)


def fetched(browser: Browser, root: str, address: str) -> dict[str, int]:
    """Return what a page fetches by itself: compressed bytes by address."""
    with opened(browser) as (page, _):
        heard = []
        page.on("response", lambda response: heard.append(response))
        page.goto(root + address)
        page.wait_for_load_state("networkidle")
        if address == WORKSHEET:
            page.locator(ANSWER).first.type("a")
            page.wait_for_timeout(SETTLED)
        return {each.url: each.request.sizes()["responseBodySize"] for each in heard}


def shifts(browser: Browser, root: str, addresses: list[str]) -> Iterator[Figure]:
    """Yield how much the page that moves most moves while it loads."""
    for scripts in (True, False):
        moved = {}
        for address, window in product(addresses, (PHONE, WIDE)):
            with opened(browser, window, scripts) as (page, heard):
                page.goto(root + address)
                page.wait_for_timeout(SETTLED if scripts and address == WORKSHEET else 300)
                moved[f"{address or 'home'}, {window['width']} px"] = heard.total()
        worst = max(moved, key=lambda address: moved[address])
        name = f"layout shift {'with' if scripts else 'without'} script, the worst page ({worst})"
        yield Figure(name, moved[worst], "", 0)


def typing(browser: Browser, root: str, letters: int) -> Figure:
    """Return how long the slowest key in an answer takes to be painted, in a slow browser."""
    with opened(browser) as (page, _):
        page.goto(root + WORKSHEET)
        page.locator(ANSWER).first.click()
        page.wait_for_timeout(SETTLED)
        slowest = max(painted(page, "abcd " * (letters // 5 + 1), letters))
    return Figure(f"typing in the worksheet, processor {SLOWER} times slower", slowest, "ms", 100)


def searching(browser: Browser, root: str, letters: int) -> Figure:
    """Return how long a key in the search takes until its results are painted, in a slow browser.

    Of every four keys the slowest is taken: a busy machine makes single ones wait.
    """
    with opened(browser) as (page, _):
        page.goto(root)
        page.keyboard.press("/")
        page.keyboard.type("a")
        page.locator(RESULT).first.wait_for()
        page.keyboard.press("Backspace")
        paints = sorted(painted(page, SEARCHED[:letters], letters))
        assert page.locator(RESULT).count()
    name = f"results of a key in the search, processor {SLOWER} times slower"
    return Figure(name, paints[-1 - len(paints) // 4], "ms", 100)


def painted(page: Page, text: str, letters: int) -> list[float]:
    """Type a text in a slow browser; return how many milliseconds each key took to be painted.

    Raises:
        NotMeasuredError: Fewer than so many letters were painted.
    """
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(HEAR_PAINTS)
    page.keyboard.type(text, delay=120)
    page.wait_for_timeout(500)
    paints: list[float] = page.evaluate("paints")
    if len(paints) < letters:
        raise NotMeasuredError(f"typing: {len(paints)} of {letters} keys were painted")
    return paints


def lighthouse(kind: str, address: str) -> Figure:
    """Return the lowest of Lighthouse's scores of a page, on a phone, and which that is.

    Raises:
        NotMeasuredError: Lighthouse cannot be installed, or gave no score.
    """
    chrome = find_browser(CHROMIUM)
    done = subprocess.run(
        [
            *(str(installed_lighthouse()), address, "--output=json", "--quiet"),
            "--chrome-flags=--headless --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": str(chrome or "")},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        categories = json.loads(done.stdout)["categories"]
        scores = {name: 100 * category["score"] for name, category in categories.items()}
    except (ValueError, KeyError, TypeError) as error:
        said = f"{done.stdout[-500:]}{done.stderr[-1500:]}"
        raise NotMeasuredError(f"Lighthouse gave no score for {address}:\n{said}") from error
    lowest = min(scores, key=lambda name: scores[name])
    name = f"Lighthouse, {kind}" + (f" ({lowest})" if scores[lowest] < 100 else "")
    return Figure(name, scores[lowest], "of 100", 100, at_least=True)


@cache
def installed_lighthouse() -> Path:
    """Install Lighthouse as its lock says, where that has not been done; return its program."""
    program = CACHE / "node_modules/.bin/lighthouse"
    lock = "package-lock.json"
    if not program.exists() or (CACHE / lock).read_bytes() != (LOCK / lock).read_bytes():
        npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        if npm is None:
            raise NotMeasuredError("Lighthouse needs npm; install Node.js")
        shutil.rmtree(CACHE, ignore_errors=True)
        shutil.copytree(LOCK, CACHE)
        done = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund"],
            cwd=CACHE,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotMeasuredError(f"npm ci of Lighthouse failed:\n{done.stderr[-3000:]}")
    return program
