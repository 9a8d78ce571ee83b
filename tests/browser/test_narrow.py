"""What opens on a narrow screen fits it; test_every_page.py asks the same of each page at rest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from macros.check.style import READ_AT_ONCE
from macros.model.question import Playbook, Question
from tests.browser.page_checks import sticking_out
from tests.browser.reader import HEIGHTS, PHONE, WHOLE, resize

NARROW = [320, 360]

# What WCAG 1.4.12 lets a reader set, for text; the words in a picture are part of the picture.
WIDE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:not(svg *) { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }
    svg { letter-spacing: normal !important; word-spacing: normal !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def test_nothing_is_cut_off_where_letters_and_lines_stand_further_apart(reader: Page) -> None:
    resize(reader, 320)
    wrong = []
    for address in ("./", "roles/business/", "reference/questions/", "kickoff/worksheet/"):
        reader.goto(address)
        reader.evaluate(WIDE_TEXT)
        wrong += sticking_out(reader, address)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", NARROW)
def test_the_menu_and_the_search_fit(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.goto("./")
    reader.get_by_role("button", name="Menu").click()
    for link in reader.get_by_role("navigation", name="Main").get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=WHOLE)
    reader.keyboard.press("Escape")

    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("searchbox").fill("model")
    expect(reader.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    wide = reader.get_by_role("dialog").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1]
    wrong = sticking_out(reader, "search")
    assert not wrong, "\n".join(wrong)


def test_an_address_that_could_not_be_copied_fits(reader: Page) -> None:
    page = reader.context.new_page()
    resize(page, 320)
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto("q/business-goal/")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("status").first).to_contain_text("Could not copy")
    wrong = sticking_out(page, "q/business-goal/")
    assert not wrong, "\n".join(wrong)


def test_a_question_is_read_on_a_screen_and_a_half_of_a_phone(
    reader: Page, playbook: Playbook
) -> None:
    """By a rule of the check a question is no longer than the longest of today."""

    def letters(question: Question) -> int:
        return sum(len(getattr(question, field)) for field in READ_AT_ONCE)

    resize(reader, PHONE)
    ends = {}
    for question in sorted(playbook.live, key=letters)[-5:]:
        reader.goto(f"q/{question.id}/")
        last = reader.get_by_role("heading", name="Show me").locator("..").bounding_box()
        assert last
        ends[question.id] = last["y"] + last["height"]
    # Lines break where they do, so one of the same length may be three lines longer.
    assert max(ends.values()) <= 1.5 * HEIGHTS[PHONE] + 3 * 21, ends
