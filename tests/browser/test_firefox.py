"""What a reader depends on holds in Firefox too: links, answers, copies, windows, paper, offline.

The modules of the worksheet and of the parts to play with are asked in both browsers by the tests
that know their results; here the pages are used.
"""

from __future__ import annotations

import io
import json
import socket
from pathlib import Path

import pytest
from pypdf import PdfReader

from macros.model.question import Playbook, Question
from tests.browser.firefox import Firefox
from tests.browser.reader import squeezed
from tests.browser.worksheet.desk import ADDRESS, FIRST, SECOND, content
from tests.conftest import serve

BAR = ".ws-bar"
IN_VIEW = """id => {
  const heading = document.getElementById(id);
  if (!heading) return false;
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


@pytest.fixture
def sheet(firefox: Firefox) -> Firefox:
    """A worksheet with a name, an answer, and an answer that nobody knows yet."""
    visit(firefox).field("Project").send_keys("Pool")
    write(firefox, FIRST, "sent by Firefox, ünïcode 😀 included")
    firefox.click("We do not know yet", group(SECOND))
    firefox.field("Owner", group(SECOND)).send_keys("Grace")
    return firefox


def test_answers_are_there_after_a_reload(sheet: Firefox) -> None:
    sheet.reload()
    assert answer(sheet, FIRST) == "sent by Firefox, ünïcode 😀 included"
    assert sheet.field("We do not know yet", group(SECOND)).is_selected()
    assert sheet.field("Owner", group(SECOND)).get_property("value") == "Grace"


def test_the_last_sign_is_there_even_if_the_page_is_left_at_once(firefox: Firefox) -> None:
    visit(firefox).field("Your answer", group(FIRST)).send_keys("typed and gone")
    firefox.goto("./")
    assert answer(visit(firefox), FIRST) == "typed and gone"


def test_a_saved_copy_brings_everything_back_into_an_empty_browser(sheet: Firefox) -> None:
    before = sheet.download("Save a copy", BAR)
    sheet.forget()
    visit(sheet)
    assert answer(sheet, FIRST) == ""
    sheet.choose_file("Open a copy", before)
    sheet.wait_for_text("[role=status]", "Opened: Pool")
    assert answer(sheet, FIRST) == "sent by Firefox, ünïcode 😀 included"
    assert content(sheet.download("Save a copy", BAR)) == content(before)


@pytest.mark.parametrize("button", ["Text (Markdown)", "Spreadsheet", "Notebook"])
def test_what_is_taken_home_holds_the_answer(sheet: Firefox, button: str) -> None:
    text = sheet.download(button).read_text(encoding="utf-8")
    assert "ünïcode 😀" in text
    assert "Grace" in text


def link(reader: Firefox) -> str:
    reader.click("Make a link")
    return str(reader.wait_for("document.getElementById('ws-link').value"))


def test_a_link_carries_the_worksheet_and_leaves_the_address_clean(sheet: Firefox) -> None:
    made = link(sheet)
    sheet.forget()
    visit(sheet, made)
    sheet.wait_for_text("[role=status]", "Opened: Pool")
    assert answer(sheet, FIRST) == "sent by Firefox, ünïcode 😀 included"
    assert "#" not in sheet.url


def test_a_cut_link_changes_nothing_and_says_so(sheet: Firefox) -> None:
    made = link(sheet)
    sheet.forget()
    write(visit(sheet), SECOND, "was here")
    sheet.goto("contribute/about/")
    visit(sheet, made[:-20])
    sheet.wait_for_text("[role=alert]", "damaged")
    assert (answer(sheet, FIRST), answer(sheet, SECOND)) == ("", "was here")


def test_two_windows_keep_each_others_answers(sheet: Firefox) -> None:
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


def test_one_question_at_a_time_by_keyboard(firefox: Firefox) -> None:
    visit(firefox)
    start = firefox.element("Start the meeting", of="button")
    firefox.evaluate("element => element.focus()", start)
    firefox.press(firefox.Keys.ENTER)
    assert shown(firefox) == []
    for number in (1, 2):
        firefox.press(firefox.Keys.ENTER)
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


def test_with_the_server_stopped_everything_goes_on(firefox: Firefox, built_site: Path) -> None:
    with serve(built_site) as address:
        visit(firefox, f"{address}{ADDRESS}")
        port = int(address.split(":")[2].split("/")[0])
        firefox.press(firefox.Keys.SHIFT)
        firefox.wait_for(
            "performance.getEntriesByType('resource').some((each) => /formats/.test(each.name))"
        )
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    write(firefox, FIRST, "no server any more")
    saved = firefox.download("Save a copy", BAR).read_text(encoding="utf-8")
    assert json.loads(saved)["answers"][0]["text"] == "no server any more"
    assert link(firefox).startswith("http")


def test_the_minutes_print_whole(firefox: Firefox) -> None:
    write(visit(firefox), FIRST, "word " * 400 + "TAILMARK")
    pages = PdfReader(io.BytesIO(firefox.printed())).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert "TAILMARK" in text
    assert squeezed(FIRST.title) in text
    assert squeezed("Save a copy") not in text


def test_a_link_to_a_question_opens_at_it(firefox: Firefox, playbook: Playbook) -> None:
    for item in (*playbook.musts[::3], playbook.live[-1]):
        firefox.goto(f"q/{item.id}/")
        firefox.wait_for(IN_VIEW, item.id)
        assert firefox.url.endswith(f"/roles/{item.role}/#{item.id}")


def test_search_finds_a_question_by_keyboard(firefox: Firefox) -> None:
    firefox.goto("./")
    firefox.element("Search", of="a[data-search]").click()
    firefox.press(FIRST.title, firefox.Keys.TAB)
    firefox.wait_for(
        "end => [...document.querySelectorAll('dialog li a')].some((a) => a.href.endsWith(end))",
        f"roles/{FIRST.role}/#{FIRST.id}",
    )
