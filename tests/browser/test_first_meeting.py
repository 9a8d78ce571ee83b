"""The first meeting: its sheet on two pages of paper, one click from home, and its agendas."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.derive.schedule import by_length, further_questions
from macros.model.question import Playbook, Question
from tests.browser.page_checks import on_paper
from tests.browser.reader import squeezed

SHEET = "kickoff/first-meeting/"
MEETING = "kickoff/run-the-meeting/"
# What a printer may choose instead of the sizes of this machine's fonts.
FONTS = ["serif", "Liberation Serif, Liberation Sans", "DejaVu Serif, DejaVu Sans"]


USE_FONTS = """([serif, sans]) => {
  const root = document.documentElement.style;
  root.setProperty('--serif', serif);
  root.setProperty('--sans', sans ?? 'sans-serif');
}"""


def test_the_sheet_fills_two_pages_of_paper_and_no_third(reader: Page, playbook: Playbook) -> None:
    """From the dark scheme, which no paper shows."""
    reader.emulate_media(color_scheme="dark")
    reader.goto(SHEET)
    for fonts in FONTS:
        reader.evaluate(USE_FONTS, fonts.split(", "))
        paper = PdfReader(io.BytesIO(reader.pdf(format="A4", prefer_css_page_size=True)))
        assert len(paper.pages) == 2, fonts
    text = squeezed("".join(sheet.extract_text() for sheet in paper.pages))
    for question in on_the_sheet(playbook):
        assert squeezed(question.title + "." + question.ask) in text, question.id
    assert squeezed("Print the two sheets") not in text


def on_the_sheet(playbook: Playbook) -> list[Question]:
    further = [question for _, questions in further_questions(playbook) for question in questions]
    return [*playbook.must_ask, *further]


def test_each_question_of_the_sheet_leaves_room_to_write(reader: Page, playbook: Playbook) -> None:
    reader.goto(SHEET)
    reader.emulate_media(media="print")
    items = reader.locator(".pb-sheet__item")
    expect(items).to_have_count(len(on_the_sheet(playbook)))
    rooms = items.evaluate_all(
        "all => all.map(item => "
        "[...item.querySelectorAll('.pb-sheet__room span')].map(line => line.offsetHeight))"
    )
    assert all(rooms)
    assert min(map(min, rooms)) >= 26  # Seven millimetres, for a pen.


def test_one_length_of_a_meeting_is_open_and_printed_and_a_link_opens_its_own(
    phone: Page, playbook: Playbook
) -> None:
    """Without a script of ours: the tabs are details, and a link into one opens it."""
    first, last = playbook.agendas[0].id, playbook.agendas[-1].id
    shortest, longest = f"[id='{first}']", f"[id='{last}']"
    phone.goto(f"{MEETING}#{first}")
    expect(phone.locator(shortest)).to_be_in_viewport()
    wide = phone.locator("ol.pb-agenda").evaluate_all(
        "all => all.filter(list => list.scrollWidth > list.clientWidth).length"
    )
    assert wide == 0
    tab = phone.locator(".pb-tab", has=phone.locator(longest)).locator("summary")
    tab.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(longest)).to_be_visible()
    expect(phone.locator(shortest)).to_be_hidden()
    phone.evaluate("window.print = () => { window.printed = document.body.dataset.printed; }")
    phone.get_by_role("button", name="Print this agenda").click()
    assert phone.evaluate("window.printed") == "agenda"
    phone.emulate_media(media="print")
    expect(phone.locator(longest)).to_be_visible()
    expect(phone.locator(shortest)).to_be_hidden()
    expect(phone.locator("#after")).to_be_hidden()


def test_an_agenda_of_up_to_an_hour_prints_on_a_page(reader: Page, playbook: Playbook) -> None:
    reader.goto(MEETING)
    for number, group in enumerate(by_length(playbook)):
        if group[0].minutes <= 60:
            reader.locator(".pb-tab").nth(number).evaluate("tab => { tab.open = true; }")
            reader.evaluate("document.body.dataset.printed = 'agenda'")
            assert len(on_paper(reader)) == len(group), f"{group[0].minutes} minutes"


def test_a_cell_of_the_matrix_opens_its_list(reader: Page) -> None:
    """That each cell has a list to lead to, the check of all links says."""
    reader.goto("reference/hand-offs/")
    cell = reader.locator(".pb-matrix__cell").last
    target = (cell.get_attribute("href") or "").removeprefix("#")
    cell.click()
    expect(reader.locator(f"[id='{target}']")).to_be_in_viewport()
    expect(reader.locator(f"[id='{target}'] + ul li").first).to_be_visible()


def test_the_open_points_of_the_example_lead_to_their_answers(reader: Page) -> None:
    reader.goto("kickoff/worked-example/")
    links = reader.locator("table a[href^='#answer-']")
    expect(links).not_to_have_count(0)
    for link in links.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        answer = reader.locator("section", has=reader.locator(f"[id='{target}']"))
        expect(answer.get_by_text(re.compile("^Open, due on"))).to_be_visible()
