"""What the browser tests share: the browser, the pages, and readers who complain of any fault."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from macros.derive.bibliography import page_of_source
from macros.model.question import Playbook, Question
from tests.browser.firefox import Firefox
from tests.browser.install import CHROMIUM, FIREFOX, find_browser
from tests.browser.reader import HEIGHTS, PHONE, WIDE, Guard, OpenReader, resize
from tests.browser.worksheet.desk import ADDRESS, few
from tests.conftest import serve

# In milliseconds. A busy machine is no fault of a page; `make bench` says how fast pages are.
PATIENCE = 45_000
expect.set_options(timeout=PATIENCE)

SECTION = re.compile(
    r'<fieldset class="ws-question\b[^>]*\bdata-question="([^"]+)"'
    r'.*?</fieldset>\s*(?=<fieldset class="ws-question|</div>)',
    re.DOTALL,
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the browser that is there; Playwright's own flags keep it quiet."""
    found = find_browser(CHROMIUM)
    # Where there is none on the path Playwright takes its own, or says that it has none.
    own = {"executable_path": str(found)} if found else {}
    return {**browser_type_launch_args, **own}


@pytest.fixture(scope="session")
def pages(built_site: Path, playbook: Playbook) -> list[str]:
    """The address of every page that a reader stays on, relative to the site's root.

    Of the pages that hold a role's questions in full one, and of those of sources and of checklists
    the longest: each kind comes from one template.
    """
    found = [
        f"{path.parent.relative_to(built_site).as_posix()}/".removeprefix("./")
        for path in sorted(built_site.rglob("index.html"))
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    ]
    alike = {f"roles/{role.id}/all/" for role in playbook.vocabulary.roles[1:]}
    told = {page_of_source(source.id) for source in playbook.sources}
    sizes = {page: (built_site / page / "index.html").stat().st_size for page in told}
    alike |= told - {max(sizes, key=lambda page: sizes[page], default="")}
    lists = sorted(playbook.frameworks, key=lambda each: len(each.items))
    alike |= {f"reference/checklists/{each.id}/" for each in lists[:-1]}
    return [
        address or "./"
        for address in found
        if not address.startswith("q/") and address not in alike
    ]


@pytest.fixture(scope="session")
def question_pages(built_site: Path, playbook: Playbook) -> list[str]:
    """Pages of questions that differ in kind. All come from one template (test_question_pages.py).

    One that must be asked, one for some projects only, one that needs and unblocks nothing, the
    longest, and those that are retired.
    """
    kinds: list[Callable[[Question], bool]] = [
        lambda question: question.priority == "must",
        lambda question: question.applies_to != ("any",),
        lambda question: not question.needs and not playbook.needed_by[question.id],
    ]
    chosen = [next(filter(kind, playbook.live), None) for kind in kinds]
    files = {each: built_site / f"q/{each.id}/index.html" for each in playbook.live}
    chosen += [max(files, key=lambda each: files[each].stat().st_size)]
    chosen += [question for question in playbook.questions if not question.live]
    return list(dict.fromkeys(f"q/{question.id}/" for question in chosen if question))


@pytest.fixture(scope="session")
def heaviest_pages(built_site: Path, pages: list[str], question_pages: list[str]) -> list[str]:
    """Of all pages with the same styles and scripts, the heaviest: the others weigh no more."""
    return heaviest(built_site, [*pages, *question_pages], "css|js")


@pytest.fixture(scope="session")
def heaviest_by_styles(built_site: Path, pages: list[str], question_pages: list[str]) -> list[str]:
    """Of all pages with the same styles, the heaviest: what a page is without its scripts."""
    return heaviest(built_site, [*pages, *question_pages], "css")


def heaviest(site: Path, addresses: list[str], endings: str) -> list[str]:
    """Return one page, the heaviest, of all that fetch the same files with these endings."""
    found: dict[tuple[str, ...], tuple[int, str]] = {}
    for address in addresses:
        html = (site / address / "index.html").read_bytes()
        files = tuple(
            re.findall(rf"[\w.-]+\.(?:{endings})(?=\")", html.decode().split("</head>")[0])
        )
        size = len(gzip.compress(html, 9))
        found[files] = max(found.get(files, (0, "")), (size, address))
    return [address for _, address in found.values()]


@pytest.fixture(scope="session")
def deployed(deployed_site: Path) -> Iterator[str]:
    """The address of the build that knows where it is published."""
    with serve(deployed_site) as address:
        yield address


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
def site(server: str) -> str:
    """The address that a reader starts from."""
    return server


@pytest.fixture(autouse=True)
def guard(site: str) -> Iterator[Guard]:
    """Fail the test at its end if a page did what no page may do."""
    watching = Guard(site)
    yield watching
    fail_for(watching)


def fail_for(guard: Guard) -> None:
    """Fail with everything that a guard has heard."""
    faults = guard.verdict()
    if faults:
        pytest.fail("\n".join(dict.fromkeys(faults)))


def new_window(
    browser: Browser,
    server: str,
    guard: Guard,
    *,
    width: int = WIDE,
    scheme: str = "light",
    **more: Any,
) -> BrowserContext:
    """Return a window of a new reader: nothing stored, nothing allowed, and the guard listens."""
    context = new_context(browser, server, width=width, scheme=scheme, **more)
    guard.watch(context)
    return context


def new_context(
    browser: Browser, server: str, *, width: int = WIDE, scheme: str = "light", **more: Any
) -> BrowserContext:
    """Return a window of a new reader that no guard listens to."""
    context = browser.new_context(
        **{
            "base_url": server,
            "viewport": {"width": width, "height": HEIGHTS.get(width, 740)},
            "color_scheme": scheme,
            **more,
        }
    )
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def open_reader(browser: Browser, site: str, guard: Guard) -> Iterator[OpenReader]:
    """Open a window of its own, as a new reader has: nothing stored, nothing allowed."""
    contexts = []

    def open_one(**more: Any) -> Page:
        contexts.append(new_window(browser, site, guard, **more))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared_page(browser: Browser, server: str) -> Iterator[Page]:
    """One wide window for all tests of a file that store nothing and leave it as they found it."""
    guard = Guard(server)
    context = new_window(browser, server, guard)
    yield context.new_page()
    context.close()
    fail_for(guard)


@dataclass(frozen=True)
class Kept:
    """A window that stays open from test to test, and the line on which it is cleared."""

    page: Page
    line: CDPSession


@pytest.fixture(scope="session")
def kept_windows() -> dict[str, Kept]:
    """The windows that stay open, by the site that they show."""
    return {}


@pytest.fixture
def reader(
    browser: Browser, site: str, guard: Guard, kept_windows: dict[str, Kept]
) -> Iterator[Page]:
    """A reader with a wide window, the light scheme and nothing stored.

    A new context costs the browser more than a visit to a page, so this window is cleared and used
    again. An init script belongs on a second page of it, `reader.context.new_page()`, which is
    closed at the end; a clock cannot be taken back and needs a reader of `open_reader`.
    """
    if site not in kept_windows:
        context = new_context(browser, site)
        page = context.new_page()
        kept_windows[site] = Kept(page, context.new_cdp_session(page))
    window = kept_windows[site]
    guard.watch(window.page.context)
    yield window.page
    clear(window, site)
    guard.leave(window.page.context)


def clear(window: Kept, site: str) -> None:
    """Leave the page, and forget what it stored and what was asked of the window."""
    page = window.page
    for other in page.context.pages:
        if other != page:
            other.close()
    page.context.unroute_all()
    page.context.clear_permissions()
    page.unroute_all()
    page.goto("about:blank")
    page.mouse.move(0, 0)
    resize(page, WIDE)
    page.emulate_media(
        media="null", color_scheme="light", forced_colors="null", reduced_motion="null"
    )
    # After the page is left: it saves when it goes.
    origin = "/".join(site.split("/")[:3])
    window.line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


@pytest.fixture
def phone(reader: Page) -> Page:
    """A reader with a window as narrow as a phone."""
    resize(reader, PHONE)
    return reader


@pytest.fixture(scope="session")
def firefox_program() -> Path:
    """The Firefox of this machine; without one, the tests that want it are skipped, and say so."""
    found = find_browser(FIREFOX)
    if not found:
        pytest.skip("there is no Firefox here: FIREFOX=/path/to/firefox make test")
    return found


@pytest.fixture
def firefox(firefox_program: Path, short_server: str) -> Iterator[Firefox]:
    """A reader with a window in Firefox, which is started for the one test that asks for it."""
    with Firefox.started(firefox_program, short_server) as running:
        yield running
