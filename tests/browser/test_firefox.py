"""What a reader depends on holds in Firefox too: answers, copies, links, windows, paper, search.

Each page is opened once and asked for all that it can show. All is one test, whose steps fail one
by one: Firefox takes longer to start than to do a step, and each process that runs tests would
start its own.
"""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from macros.model.question import Question
from tests.browser.firefox import Firefox
from tests.browser.reader import squeezed
from tests.browser.same_as_node import expect_what_node_computes
from tests.browser.worksheet.desk import ADDRESS, FIRST, SECOND, content, playbook

BAR = ".ws-bar"
TEXT = "sent by Firefox, ünïcode 😀 included"
IN_VIEW = """title => {
  const heading = document.querySelector("h1");
  if (heading?.textContent !== title) return false;
  const { left, top, bottom, height } = heading.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) return false;
  const there = document.elementFromPoint(left + 4, top + height / 2);
  return heading === there || heading.contains(there);
}"""


def group(item: Question) -> str:
    return f"[data-question='{item.id}'][data-ask]"


def visit(reader: Firefox, address: str = ADDRESS) -> Firefox:
    reader.goto(address)
    reader.element("Save a copy", of="button", group=BAR)
    return reader


def write(reader: Firefox, item: Question, text: str) -> None:
    """Type an answer and wait until it is stored."""
    reader.field("Your answer", group(item)).send_keys(text)
    reader.wait_for(
        "text => Object.values(localStorage).some((value) => value.includes(JSON.stringify(text)))",
        text,
    )


def answer(reader: Firefox, item: Question) -> str:
    value = reader.evaluate("id => document.getElementById(`text-${id}`).value", item.id)
    return str(value)


def sheet_of(firefox: Firefox) -> Firefox:
    """A worksheet with a name, an answer, and an answer that nobody knows yet."""
    visit(firefox).field("Project").send_keys("Pool")
    write(firefox, FIRST, TEXT)
    firefox.click("We do not know yet", group(SECOND))
    firefox.field("Owner", group(SECOND)).send_keys("Grace")
    return firefox


def answers_are_there_after_a_reload_and_if_the_page_is_left_at_once(firefox: Firefox) -> None:
    sheet = sheet_of(firefox)
    sheet.reload()
    assert answer(sheet, FIRST) == TEXT
    assert sheet.field("We do not know yet", group(SECOND)).is_selected()
    assert sheet.field("Owner", group(SECOND)).get_property("value") == "Grace"
    sheet.field("Your answer", group(FIRST)).send_keys(", typed and gone")
    sheet.goto("contribute/about/")
    assert answer(visit(sheet), FIRST) == f"{TEXT}, typed and gone"


def a_copy_and_a_link_bring_everything_back_and_a_cut_link_nothing(firefox: Firefox) -> None:
    sheet = sheet_of(firefox)
    copy = sheet.download("Save a copy", BAR)
    for button in ("Text (Markdown)", "Spreadsheet", "Notebook"):
        text = sheet.download(button).read_text(encoding="utf-8")
        assert "ünïcode 😀" in text, button
        assert "Grace" in text, button
    sheet.click("Make a link")
    link = str(sheet.wait_for("document.getElementById('ws-link').value"))

    sheet.forget()
    write(visit(sheet), SECOND, "was here")
    sheet.goto("contribute/about/")
    visit(sheet, link[:-20])
    sheet.wait_for_text("[role=alert]", "damaged")
    assert (answer(sheet, FIRST), answer(sheet, SECOND)) == ("", "was here")

    sheet.forget()
    visit(sheet, link)
    sheet.wait_for_text("[role=status]", "Opened: Pool")
    assert answer(sheet, FIRST) == TEXT
    assert "#" not in sheet.url

    sheet.forget()
    visit(sheet)
    assert answer(sheet, FIRST) == ""
    sheet.choose_file("Open a copy", copy)
    sheet.wait_for_text("[role=status]", "Opened: Pool")
    assert answer(sheet, FIRST) == TEXT
    assert content(sheet.download("Save a copy", BAR)) == content(copy)


def two_windows_keep_each_others_answers(firefox: Firefox) -> None:
    sheet = sheet_of(firefox)
    one = sheet.new_window()
    write(visit(sheet), SECOND, "from the other")
    other = sheet.switch(one)
    sheet.wait_for(
        "id => document.getElementById(`text-${id}`).value === 'from the other'", SECOND.id
    )
    sheet.field("Your answer", group(FIRST)).send_keys(" and more")
    sheet.switch(other)
    sheet.wait_for(
        "id => document.getElementById(`text-${id}`).value.endsWith(' and more')", FIRST.id
    )
    for _ in range(2):
        sheet.reload()
        assert answer(sheet, FIRST).endswith("included and more")
        assert answer(sheet, SECOND) == "from the other"
        sheet.switch(one)


def a_meeting_by_keyboard_and_its_minutes_on_paper(firefox: Firefox) -> None:
    # Far more lines than its field shows.
    write(visit(firefox), FIRST, "word\n" * 40 + "TAILMARK")
    pages = PdfReader(io.BytesIO(firefox.printed())).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert "TAILMARK" in text
    assert squeezed(FIRST.title) in text
    assert squeezed("Save a copy") not in text

    start = firefox.element("Start the meeting", of="button")
    firefox.evaluate("element => element.focus()", start)
    firefox.press(firefox.ENTER)
    assert shown(firefox) == []
    for number in (1, 2):
        firefox.press(firefox.ENTER)
        firefox.wait_for_text("[role=status]", f"Question {number} of")
        assert len(shown(firefox)) == 1
    firefox.reload()
    assert len(shown(firefox)) == 1


def shown(reader: Firefox) -> list[str]:
    found: list[str] = reader.evaluate(
        "[...document.querySelectorAll('[data-question][data-ask]')]"
        ".filter((each) => each.checkVisibility()).map((each) => each.dataset.question)"
    )
    return found


def a_link_to_a_question_opens_at_it(firefox: Firefox) -> None:
    for item in (FIRST, playbook().live[-1]):
        firefox.goto(f"q/{item.id}/")
        firefox.wait_for(IN_VIEW, item.title)


def search_finds_a_question_by_keyboard(firefox: Firefox) -> None:
    firefox.goto("./")
    firefox.element("Search", of="a[data-search]").click()
    firefox.press(FIRST.title, firefox.TAB)
    firefox.wait_for(
        "end => [...document.querySelectorAll('dialog li a')].some((a) => a.href.endsWith(end))",
        f"q/{FIRST.id}/",
    )


def modules_compute_what_node_computes(firefox: Firefox) -> None:
    expect_what_node_computes(firefox)


STEPS = [
    answers_are_there_after_a_reload_and_if_the_page_is_left_at_once,
    a_copy_and_a_link_bring_everything_back_and_a_cut_link_nothing,
    two_windows_keep_each_others_answers,
    a_meeting_by_keyboard_and_its_minutes_on_paper,
    a_link_to_a_question_opens_at_it,
    search_finds_a_question_by_keyboard,
    modules_compute_what_node_computes,
]


def test_what_readers_depend_on(firefox: Firefox, subtests: pytest.Subtests) -> None:
    for step in STEPS:
        firefox.forget()
        with subtests.test(step.__name__):
            step(firefox)
