"""axe finds nothing to complain of in whatever opens.

Each page at rest is asked in test_every_page.py; here only the part that opened. The worksheet and
the parts to play with are asked beside their own tests.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from macros.export.downloads import forwarding_page
from macros.model.question import Playbook
from macros.render.question_pages import question_pages
from tests.browser.page_checks import axe
from tests.browser.reader import Guard


def accept(wrong: list[str]) -> None:
    """Fail with every fault in full."""
    assert not wrong, "\n".join(wrong)


def answer(text: str) -> Callable[[Route], None]:
    """What answers a request with `text` as its page."""
    return lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")


def test_page_not_found(phone: Page, deployed: str, guard: Guard) -> None:
    guard.expect("status of 404.*gone/for/good")
    guard.expect(f"another host: {deployed}")
    phone.goto(f"{deployed}gone/for/good/")
    expect(phone.get_by_role("link", name="All questions on one page")).to_be_visible()
    fonts = phone.get_by_role("article").evaluate("e => getComputedStyle(e).fontFamily")
    assert "system-ui" in fonts, "the page came without its style sheet"
    accept(axe(phone, "404"))


def test_earlier_address(phone: Page, playbook: Playbook) -> None:
    """As it is read where a browser does not lead on at once."""
    question = playbook.live[0]
    stays = forwarding_page(question).replace('http-equiv="refresh"', 'name="not-now"')
    phone.route("**/q/earlier/", answer(stays))
    phone.goto("q/earlier/")
    expect(phone.get_by_role("heading", name=question.title)).to_be_visible()
    accept(axe(phone, "earlier"))


def test_retired_question(phone: Page, playbook: Playbook, built_site: Path) -> None:
    """One that is made up: there may be none."""
    question, instead = playbook.live[0], playbook.live[1]
    fields = {"status": "retired", "retired_because": "Ask another.", "instead": instead.id}
    retired = question.model_copy(update=fields)
    changed = playbook.model_copy(update={"questions": (retired, *playbook.questions[1:])})
    text = question_pages(changed, "", "")[f"q/{question.id}.md"].partition("\n---\n")[2]
    html = (built_site / f"q/{question.id}/index.html").read_text("utf-8")
    start, end = html.index("<article"), html.index("</article>")
    made = f'{html[:start]}<article class="pb-article">{text}{html[end:]}'
    phone.route("**/q/retired/", answer(made.replace("assets/share.js", "assets/term.js")))
    phone.goto("q/retired/")
    expect(phone.get_by_role("heading", name="Asked instead")).to_be_visible()
    accept(axe(phone, "retired"))


def test_search_dialog(phone: Page) -> None:
    phone.goto("why/support/")
    phone.get_by_role("button", name="Search").click()
    wrong = axe(phone, "empty search", part=phone.get_by_role("dialog"))
    phone.get_by_role("searchbox").fill("model")
    expect(phone.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    wrong += axe(phone, "search with results", part=phone.get_by_role("dialog"))
    phone.get_by_role("searchbox").fill("xyzzyx")
    expect(phone.get_by_role("dialog")).to_contain_text("Nothing found")
    accept(wrong + axe(phone, "search without results", part=phone.get_by_role("dialog")))


def test_explained_term(phone: Page) -> None:
    phone.goto("./")
    phone.locator(".pb-term button").first.click()
    expect(phone.locator(".pb-term [popover]").first).to_be_visible()
    accept(axe(phone, "explained term", part=phone.locator(".pb-term").first))


def test_open_menu(phone: Page) -> None:
    phone.goto("./")
    phone.get_by_role("button", name="Menu").click()
    expect(phone.get_by_role("navigation", name="Main")).to_be_visible()
    accept(axe(phone, "open menu", part=phone.get_by_role("banner")))


def test_filtered_list(phone: Page) -> None:
    phone.goto("reference/questions/?role=business&priority=must")
    expect(phone.get_by_role("status")).to_contain_text("shown")
    accept(axe(phone, "filtered list", part=phone.locator("form[data-filter]")))
