"""The form promises only what it keeps: before its script runs, without it, with another one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.page_checks import LateScripts
from tests.browser.reader import Guard
from tests.browser.worksheet.desk import (
    ADDRESS,
    FIRST,
    OLD_LINK,
    SAVED,
    SECOND,
    answer_box,
    question,
    stored,
    visit,
    wait_until_stored,
    write,
)

UNKEPT = "Nothing you type here is kept."


def of_another_edition(route: Route) -> None:
    """What a cache may hold: a script that runs just as well, and is not this page's."""
    route.fulfill(body=f"{route.fetch().text()}\n// yesterday", content_type="text/javascript")


# What the page itself says; a question may speak of a saved euro.
OWN_WORDS = """article => {
  for (const each of article.querySelectorAll("[data-questions]")) each.hidden = true;
  return article.innerText;
}"""


# While it waits for the script the page is out of sight; this lets the time pass, or says how long.
WAIT_FOR_SCRIPT = """() => {
  const waits = document.getAnimations();
  const ends = waits.map((each) => each.effect.getComputedTiming().endTime);
  const seconds = Math.max(0, ...ends) / 1000;
  if (seconds <= 10) for (const each of waits) each.finish();
  return seconds;
}"""


@pytest.mark.parametrize("script", ["state.js", "main.js"])
def test_with_a_script_of_another_edition_the_form_promises_nothing(
    reader: Page, guard: Guard, script: str
) -> None:
    guard.expect("'integrity'")
    reader.route(f"**/assets/worksheet/{script}", of_another_edition)
    reader.goto(ADDRESS)
    assert 0 < reader.evaluate(WAIT_FOR_SCRIPT) <= 10
    expect_no_promise(reader)


def test_without_its_script_it_is_a_form_to_print_that_promises_nothing(reader: Page) -> None:
    box = answer_box(reader, FIRST)
    with LateScripts(reader) as late:
        reader.goto(ADDRESS, wait_until="commit")
        late.wait_until_painted()
        expect(box).to_be_hidden()
        reader.emulate_media(media="print")
        expect(box).to_be_visible()
        reader.emulate_media(media="screen")
        assert 0 < reader.evaluate(WAIT_FOR_SCRIPT) <= 10
        expect_no_promise(reader)


def expect_no_promise(reader: Page) -> None:
    expect(reader.get_by_text(UNKEPT)).to_be_in_viewport()
    expect(reader.get_by_text(SAVED)).to_be_hidden()
    expect(answer_box(reader, FIRST)).to_be_visible()
    own = reader.locator("article").evaluate(OWN_WORDS)
    assert UNKEPT in own
    assert not re.search(r"stay in this browser|saved", own, re.IGNORECASE)
    assert stored(reader) == {}


def test_what_was_typed_before_the_script_came_is_kept(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "there before")
    held: list[Route] = []
    reader.route("**/assets/worksheet/session.js", lambda route: held.append(route))
    reader.goto(ADDRESS, wait_until="commit")
    reader.wait_for_function("() => document.getAnimations().length", polling=50)
    reader.evaluate(WAIT_FOR_SCRIPT)
    answer_box(reader, FIRST).fill("typed early")
    answer_box(reader, SECOND).fill("typed early, too")
    question(reader, SECOND).get_by_label("Not applicable").check()
    reader.get_by_label("Notes of the meeting").fill("early notes")
    held[0].continue_()
    wait_until_stored(reader, SECOND, "typed early, too")
    expect(reader.get_by_text(UNKEPT)).to_be_hidden()
    expect(answer_box(reader, FIRST)).to_have_value("there before")
    expect(question(reader, FIRST).locator("blockquote")).to_have_text("typed early")
    expect(answer_box(reader, SECOND)).to_have_value("typed early, too")
    expect(question(reader, SECOND).get_by_label("Not applicable")).to_be_checked()
    expect(reader.get_by_label("Notes of the meeting")).to_have_value("early notes")


def test_what_is_fetched_later_is_of_the_same_edition_too(reader: Page, guard: Guard) -> None:
    guard.expect("'integrity'")
    reader.route("**/assets/worksheet/files.js", of_another_edition)
    visit(reader)
    write(reader, FIRST, "kept")
    reader.get_by_role("button", name="Save a copy").first.click()
    expect(reader.get_by_role("alert")).to_contain_text("belongs to another edition")
    expect(reader.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(answer_box(reader, FIRST)).to_have_value("kept")


def test_a_link_stays_in_the_address_until_it_can_be_read(reader: Page, guard: Guard) -> None:
    mark, text = OLD_LINK
    guard.expect("Failed to load resource")
    reader.route("**/assets/worksheet/exchange.js", lambda route: route.abort())
    visit(reader, f"{ADDRESS}{mark}")
    expect(reader.get_by_role("alert")).to_contain_text("could not be fetched")
    assert reader.url.endswith(mark)
    reader.unroute_all()
    reader.reload()
    expect(reader.locator("#text-business-goal")).to_have_value(text)
    expect(reader).not_to_have_url(re.compile("#"))


def test_a_view_that_only_another_edition_had_does_not_stop_the_page(reader: Page) -> None:
    """The browser's history keeps the view where the page has changed meanwhile."""
    visit(reader)
    reader.evaluate("() => history.replaceState({ mode: 'board', current: 'x' }, '')")
    reader.reload()
    expect(reader.locator("[data-worksheet]")).to_have_class(re.compile("ws--live"))
    expect(reader.get_by_role("radio", name="Whole sheet")).to_be_checked()
