"""No answer is lost: after a reload, in two windows, among several worksheets, on delete."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.worksheet.desk import (
    ADDRESS,
    COUNT_WRITES,
    FIRST,
    SAVED,
    SECOND,
    THIRD,
    answer_box,
    content,
    open_copy,
    open_deaf,
    question,
    save_copy,
    stored,
    visit,
    wait_until_stored,
    write,
)
from tests.conftest import BASE

PREFIX = f"ml-needs-support:{BASE}:v1:"
DAY = 86_400_000


def test_answers_are_there_after_a_reload_and_the_last_sign_of_one_left_at_once(
    reader: Page,
) -> None:
    """Where they are kept is in view, and whose they are is in the name of each entry."""
    visit(reader)
    assert stored(reader) == {}, "opening the page stores something"
    expect(reader.get_by_text(SAVED)).to_be_in_viewport()
    expect(reader.get_by_text("No copy yet")).to_be_in_viewport()
    expect(reader.get_by_role("button", name="Save a copy").first).to_be_in_viewport()
    texts = {FIRST: "One", SECOND: "Two\n\nlines", THIRD: "Drei — ü 😀"}
    for item, text in texts.items():
        write(reader, item, text)
    save_copy(reader)
    reader.get_by_role("button", name="scheme").click()
    keys = stored(reader)
    assert len(keys) >= 6
    assert all(key.startswith(PREFIX) for key in keys), keys
    reader.reload()
    for item, text in texts.items():
        expect(answer_box(reader, item)).to_have_value(text)
        expect(question(reader, item).get_by_label("Answered")).to_be_checked()
    expect(reader.get_by_text(re.compile(r"Last copy at \d\d:\d\d"))).to_be_in_viewport()

    # One keystroke is one save, of one answer.
    reader.evaluate(COUNT_WRITES)
    answer_box(reader, FIRST).press("End")
    answer_box(reader, FIRST).press("!")
    wait_until_stored(reader, FIRST, "One!")
    assert len(reader.evaluate("window.writes")) == 1
    answer_box(reader, FIRST).fill("typed and gone")
    reader.goto("./")
    visit(reader)
    expect(answer_box(reader, FIRST)).to_have_value("typed and gone")


def test_before_safari_would_clear_its_storage_it_reminds(reader: Page) -> None:
    """Safari clears what a site stored when nobody came for seven days."""
    visit(reader)
    write(reader, FIRST, "Something")
    begun = reader.evaluate("Date.now()")
    for days, shown in [(4, 0), (5, 1)]:
        reader.evaluate("time => { Date.now = () => time; }", begun + days * DAY)
        write(reader, FIRST, f"{days} days later")
        expect(reader.get_by_text("save a copy now")).to_have_count(shown)
    save_copy(reader)
    expect(reader.get_by_text("save a copy now")).to_have_count(0)


# ---- Two windows ----


def two_windows(reader: Page) -> tuple[Page, Page]:
    """Two windows of one browser with one worksheet."""
    visit(reader).get_by_label("Project", exact=True).fill("Pool")
    write(reader, THIRD, "there before")
    return reader, visit(reader.context.new_page())


def test_two_windows_show_each_others_answers_and_leave_copies_to_choose(reader: Page) -> None:
    """How any number of versions become one is in tests/js/worksheet-storage.test.mjs."""
    one, other = two_windows(reader)
    write(one, FIRST, "from one")
    expect(answer_box(other, FIRST)).to_have_value("from one")
    write(other, SECOND, "from the other")
    expect(answer_box(one, SECOND)).to_have_value("from the other")
    write(other, FIRST, "from the other")
    expect(answer_box(one, FIRST)).to_have_value("from the other")
    # They come to rest: what one hears, it does not tell back.
    one.wait_for_timeout(500)
    for page in (one, other):
        page.evaluate(COUNT_WRITES)
    one.wait_for_timeout(500)
    assert [page.evaluate("window.writes") for page in (one, other)] == [[], []]
    one.reload()
    for page in (one, other):
        expect(answer_box(page, FIRST)).to_have_value("from the other")
        expect(question(page, FIRST).locator("blockquote")).to_have_text("from one")
        expect(answer_box(page, THIRD)).to_have_value("there before")
    question(one, FIRST).get_by_role("button", name="Use this one").click()
    expect(answer_box(one, FIRST)).to_have_value("from one")
    expect(question(one, FIRST).locator("blockquote")).to_have_text("from the other")
    question(one, FIRST).get_by_role("button", name="Drop it").click()
    expect(question(one, FIRST).locator("blockquote")).to_have_count(0)
    expect(question(other, FIRST).locator("blockquote")).to_have_count(0)
    expect(answer_box(other, FIRST)).to_have_value("from one")


def test_a_window_that_did_not_hear_of_another_drops_nothing_of_it(reader: Page) -> None:
    """Typed at the same moment: it did not have the other's words when it saved.

    Of the meeting too each version stands beside the other, to choose from.
    """
    visit(reader).get_by_label("Project", exact=True).fill("Pool")
    write(reader, THIRD, "there before")
    for number, page in enumerate((reader, open_deaf(reader))):
        page.get_by_label("Project", exact=True).fill(f"Pool {number}")
        page.get_by_label("Who is in the room").fill(f"Person {number}")
        page.get_by_label("Notes of the meeting").fill(f"notes {number}")
        write(page, FIRST, f"answer {number}")
    reader.reload()
    expect(answer_box(reader, FIRST)).to_have_value("answer 1")
    expect(question(reader, FIRST).locator("blockquote")).to_have_text("answer 0")
    expect(reader.locator("[data-done]")).to_contain_text("to compare")
    meeting = reader.locator("[data-meeting-notes]").first
    expect(meeting.locator("blockquote")).to_have_text(["Pool 0", "Person 0"])
    notes = reader.locator("[data-meeting-notes=notes]")
    expect(notes.locator("blockquote")).to_have_text("notes 0")
    notes.get_by_role("button", name="Use this one").click()
    expect(reader.get_by_label("Notes of the meeting")).to_have_value("notes 0")
    expect(notes.locator("blockquote")).to_have_text("notes 1")
    for _ in range(2):
        meeting.get_by_role("button", name="Drop it").first.click()
    expect(meeting).to_be_hidden()
    reader.get_by_role("button", name="Undo").click()
    expect(meeting.locator("blockquote")).to_have_text("Person 0")


def test_a_worksheet_deleted_in_the_other_window_stays_away_until_it_is_gone_on_with(
    reader: Page,
) -> None:
    one, other = two_windows(reader)
    one.get_by_role("button", name="Delete this worksheet").click()
    expect(other.get_by_role("alert")).to_contain_text("deleted in another window")
    assert not [key for key in stored(one) if "answer" in key]
    expect(answer_box(other, THIRD)).to_have_value("there before")
    write(other, FIRST, "on we go")
    expect(other.get_by_role("alert")).to_be_empty()
    other.reload()
    expect(answer_box(other, THIRD)).to_have_value("there before")
    expect(answer_box(other, FIRST)).to_have_value("on we go")


# ---- Several worksheets ----


def test_several_worksheets_leave_each_other_alone_and_a_deleted_one_comes_back(
    reader: Page,
) -> None:
    """From any view, while any worksheet is open, and also if two were deleted."""
    visit(reader)
    which = reader.get_by_role("combobox", name="Worksheet")
    for name in ("One", "Two", "Three"):
        if name != "One":
            reader.get_by_role("button", name="New", exact=True).click()
            expect(reader.get_by_label("Project", exact=True)).to_be_focused()
            expect(answer_box(reader, FIRST)).to_have_value("")
        reader.get_by_label("Project", exact=True).fill(name)
        write(reader, FIRST, f"about {name}")
        if name == "Two":
            copy = save_copy(reader).read_text(encoding="utf-8")
    order = which.locator("option").all_inner_texts()
    assert order == ["Three", "Two", "One"]
    for name in ("Two", "One", "Two"):
        which.select_option(label=name)
        assert which.locator("option").all_inner_texts() == order
        expect(answer_box(reader, FIRST)).to_have_value(f"about {name}")

    # The button for Undo has the focus: whoever presses Enter twice is back where they were.
    undo = reader.get_by_role("button", name="Undo")
    for left in (2, 1):
        reader.get_by_role("button", name="Delete this worksheet").click()
        expect(undo).to_be_focused()
        expect(undo).to_be_in_viewport()
        expect(which.locator("option")).to_have_count(left)
    assert not any("about Two" in value for value in stored(reader).values())
    reader.get_by_role("radio", name="Minutes").check()
    for count in (2, 3):
        undo.click()
        expect(which.locator("option")).to_have_count(count)
    expect(answer_box(reader, FIRST)).to_have_value("about Two")
    expect(reader.get_by_text("Last copy at")).to_be_visible()
    # A copy of it is no other worksheet.
    open_copy(reader, copy)
    reader.get_by_role("button", name="Keep both").click()
    expect(reader.locator("[data-incoming]")).to_be_hidden()
    assert which.locator("option").all_inner_texts() == order


def test_what_is_cleared_comes_back_with_undo_beside_what_was_typed_since(reader: Page) -> None:
    """Whoever undoes it is back where they cleared."""
    visit(reader)
    reader.evaluate("localStorage.setItem('foreign', 'mine')")
    write(reader, FIRST, "one")
    write(reader, SECOND, "two")
    question(reader, FIRST).get_by_role("button", name="Clear").press("Enter")
    expect(answer_box(reader, FIRST)).to_have_value("")
    expect(answer_box(reader, SECOND)).to_have_value("two")
    expect(reader.get_by_role("button", name="Undo")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(answer_box(reader, FIRST)).to_have_value("one")
    expect(answer_box(reader, FIRST)).to_be_focused()
    reader.get_by_role("button", name="Clear all answers").click()
    expect(answer_box(reader, FIRST)).to_have_value("")
    expect(answer_box(reader, SECOND)).to_have_value("")
    assert stored(reader)["foreign"] == "mine"
    write(reader, FIRST, "the new words")
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, FIRST)).to_have_value("the new words")
    expect(question(reader, FIRST).locator("blockquote")).to_have_text("one")
    expect(answer_box(reader, SECOND)).to_have_value("two")
    wait_until_stored(reader, SECOND, "two")


# ---- Questions that changed ----


def doctored(page: Page, *changes: tuple[str, str]) -> None:
    """Open the worksheet as an edition of it would be in which questions are different."""

    def answer(route: Route) -> None:
        body = route.fetch().text()
        for was, now in changes:
            body, count = re.subn(was, now, body)
            assert count, was
        route.fulfill(body=body, content_type="text/html")

    page.route(f"**/{ADDRESS}", answer)


def test_an_answer_stays_with_a_question_that_is_reworded_renamed_or_gone(reader: Page) -> None:
    visit(reader)
    for item in (FIRST, SECOND, THIRD):
        write(reader, item, f"on {item.id}")
    doctored(
        reader,
        (
            f'data-title="{FIRST.title}" data-ask="[^"]*"',
            f'data-title="{FIRST.title}" data-ask="What now?"',
        ),
        (f'data-question="{SECOND.id}"', 'data-question="quite-another"'),
        (
            f'data-question="{THIRD.id}"([^>]*)data-previous-ids=""',
            rf'data-question="new-name"\1data-previous-ids="{THIRD.id}"',
        ),
    )
    reader.reload()
    note = question(reader, FIRST).locator("[data-notes]")
    expect(note).to_contain_text("The question has changed since your kickoff")
    expect(note).to_contain_text(FIRST.ask)
    expect(answer_box(reader, FIRST)).to_have_value(f"on {FIRST.id}")
    note.get_by_role("button", name="The answer still holds").click()
    lost = reader.locator("[data-lost]")
    renamed = reader.locator("[data-question='new-name'] [name='text']")
    for _ in range(2):
        expect(note).to_be_hidden()
        for words in ("No longer asked", SECOND.title, f"on {SECOND.id}"):
            expect(lost).to_contain_text(words)
        expect(renamed).to_have_value(f"on {THIRD.id}")
        assert not [key for key in stored(reader) if key.endswith(f":{THIRD.id}")]
        reader.reload()
    kept = {each["question"] for each in content(save_copy(reader))["answers"]}
    assert kept == {FIRST.id, SECOND.id, "new-name"}
