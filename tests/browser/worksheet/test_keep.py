"""No answer is lost: after a reload, in two windows, among several worksheets, on delete."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import OpenReader
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


def test_three_answers_are_there_after_a_reload_and_the_last_sign_of_one_left_at_once(
    reader: Page,
) -> None:
    visit(reader)
    assert stored(reader) == {}, "opening the page stores something"
    texts = {FIRST: "One", SECOND: "Two\n\nlines", THIRD: "Drei — ü 😀"}
    for item, text in texts.items():
        write(reader, item, text)
    reader.reload()
    for item, text in texts.items():
        expect(answer_box(reader, item)).to_have_value(text)
        expect(question(reader, item).get_by_label("Answered")).to_be_checked()
    answer_box(reader, FIRST).fill("typed and gone")
    reader.goto("./")
    visit(reader)
    expect(answer_box(reader, FIRST)).to_have_value("typed and gone")


def test_a_saved_copy_brings_everything_back_into_an_empty_browser(reader: Page) -> None:
    page = visit(reader)
    page.get_by_label("Project", exact=True).fill("Pool")
    page.get_by_label("Who is in the room").fill("Ada\nGrace")
    write(page, FIRST, "=1+1 <b>")
    group = question(page, SECOND)
    group.get_by_label("We do not know yet").check()
    group.get_by_label("Owner").fill("Grace")
    group.get_by_label("Due").fill("2026-12-01")
    group.get_by_label("Next step").fill("Count")
    question(page, FIRST).get_by_label("Log this answer as a decision").check()
    before = save_copy(page)
    text = before.read_text(encoding="utf-8")
    page.goto("./")
    page.evaluate("localStorage.clear()")
    visit(page)
    expect(answer_box(page, FIRST)).to_have_value("")
    open_copy(page, text)
    expect(answer_box(page, FIRST)).to_have_value("=1+1 <b>")
    assert content(save_copy(page)) == content(before)
    page.reload()
    expect(question(page, SECOND).get_by_label("Owner")).to_have_value("Grace")


def test_where_answers_are_kept_and_when_they_were_copied_is_in_view(reader: Page) -> None:
    visit(reader)
    expect(reader.get_by_text(SAVED)).to_be_in_viewport()
    expect(reader.get_by_text("No copy yet")).to_be_in_viewport()
    expect(reader.get_by_role("button", name="Save a copy").first).to_be_in_viewport()
    write(reader, FIRST, "Something")
    save_copy(reader)
    expect(reader.get_by_text(re.compile(r"Last copy at \d\d:\d\d"))).to_be_in_viewport()
    reader.reload()
    expect(reader.get_by_text("Last copy at")).to_be_in_viewport()


def test_before_safari_would_clear_its_storage_it_reminds(open_reader: OpenReader) -> None:
    """Safari clears what a site stored when nobody came for seven days."""
    reader = open_reader()
    reader.clock.install(time="2026-11-24T10:00:00")
    visit(reader)
    answer_box(reader, FIRST).fill("Something")
    reader.clock.run_for(5_000)
    for day, shown in [(28, False), (29, True)]:
        reader.clock.set_fixed_time(f"2026-11-{day}T12:00:00")
        reader.reload()
        expect(reader.get_by_text("save a copy now")).to_have_count(1 if shown else 0)
    save_copy(reader)
    expect(reader.get_by_text("save a copy now")).to_have_count(0)


# ---- Two windows ----


@pytest.fixture
def windows(reader: Page) -> tuple[Page, Page]:
    """Two windows of one browser with one worksheet."""
    visit(reader).get_by_label("Project", exact=True).fill("Pool")
    write(reader, THIRD, "there before")
    other = reader.context.new_page()
    return reader, visit(other)


def test_two_windows_keep_each_others_answers_and_show_them_at_once(
    windows: tuple[Page, Page],
) -> None:
    one, other = windows
    write(one, FIRST, "from one")
    expect(answer_box(other, FIRST)).to_have_value("from one")
    write(other, SECOND, "from the other")
    for page in windows:
        page.reload()
        expect(answer_box(page, FIRST)).to_have_value("from one")
        expect(answer_box(page, SECOND)).to_have_value("from the other")
        expect(answer_box(page, THIRD)).to_have_value("there before")


def test_the_same_answer_in_both_windows_leaves_a_copy_to_choose(
    windows: tuple[Page, Page],
) -> None:
    one, other = windows
    write(one, FIRST, "from one")
    expect(answer_box(other, FIRST)).to_have_value("from one")
    write(other, FIRST, "from the other")
    for page in windows:
        page.reload()
        expect(answer_box(page, FIRST)).to_have_value("from the other")
        expect(question(page, FIRST).locator("blockquote")).to_have_text("from one")
    question(one, FIRST).get_by_role("button", name="Use this one").click()
    expect(answer_box(one, FIRST)).to_have_value("from one")
    expect(question(one, FIRST).locator("blockquote")).to_have_text("from the other")
    question(one, FIRST).get_by_role("button", name="Drop it").click()
    expect(question(one, FIRST).locator("blockquote")).to_have_count(0)
    expect(question(other, FIRST).locator("blockquote")).to_have_count(0)
    expect(answer_box(other, FIRST)).to_have_value("from one")


def test_windows_that_never_heard_of_each_other_lose_nothing(reader: Page) -> None:
    """Typed at the same moment: neither window had the other's text when it saved."""
    write(visit(reader), THIRD, "there before")
    one, other = open_deaf(reader), open_deaf(reader)
    write(one, FIRST, "from one")
    write(other, FIRST, "from the other")
    one.reload()
    found = [answer_box(one, FIRST).input_value()]
    found += question(one, FIRST).locator("blockquote").all_inner_texts()
    assert sorted(found) == ["from one", "from the other"]


def test_a_worksheet_deleted_in_the_other_window_stays_away_until_it_is_gone_on_with(
    windows: tuple[Page, Page],
) -> None:
    one, other = windows
    one.get_by_role("button", name="Delete this worksheet").click()
    expect(other.get_by_role("alert")).to_contain_text("deleted in another window")
    one.reload()
    assert not [key for key in stored(one) if "answer" in key]
    expect(answer_box(other, THIRD)).to_have_value("there before")
    write(other, FIRST, "on we go")
    expect(other.get_by_role("alert")).to_be_empty()
    other.reload()
    expect(answer_box(other, THIRD)).to_have_value("there before")
    expect(answer_box(other, FIRST)).to_have_value("on we go")


# ---- Several worksheets ----


def test_a_second_worksheet_leaves_the_first_alone(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "about the pool")
    reader.get_by_role("button", name="New", exact=True).click()
    expect(reader.get_by_label("Project", exact=True)).to_be_focused()
    expect(answer_box(reader, FIRST)).to_have_value("")
    reader.get_by_label("Project", exact=True).fill("Library")
    write(reader, FIRST, "about books")
    which = reader.get_by_role("combobox", name="Worksheet")
    which.select_option(label="Pool")
    expect(answer_box(reader, FIRST)).to_have_value("about the pool")
    which.select_option(label="Library")
    expect(answer_box(reader, FIRST)).to_have_value("about books")
    reader.get_by_role("button", name="Delete this worksheet").click()
    expect(answer_box(reader, FIRST)).to_have_value("about the pool")
    assert not any("about books" in value for value in stored(reader).values())
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, FIRST)).to_have_value("about books")
    which.select_option(label="Pool")
    reader.reload()
    expect(answer_box(reader, FIRST)).to_have_value("about the pool")


def test_deleting_twice_loses_nothing(reader: Page) -> None:
    """The button for Undo has the focus: whoever presses Enter twice is back where they were."""
    visit(reader)
    for name in ("One", "Two"):
        reader.get_by_label("Project", exact=True).fill(name)
        write(reader, FIRST, f"about {name}")
        if name == "One":
            save_copy(reader)
            reader.get_by_role("button", name="New", exact=True).click()
    reader.get_by_role("button", name="Delete this worksheet").click()
    expect(reader.get_by_role("button", name="Undo")).to_be_focused()
    expect(reader.get_by_role("button", name="Undo")).to_be_in_viewport()
    reader.get_by_role("button", name="Delete this worksheet").click()
    assert not [key for key in stored(reader) if "answer" in key]
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, FIRST)).to_have_value("about One")
    expect(reader.get_by_text("Last copy at")).to_be_visible()
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, FIRST)).to_have_value("about Two")
    expect(reader.get_by_role("combobox", name="Worksheet").locator("option")).to_have_count(2)


def test_the_list_keeps_its_order_and_a_deleted_one_comes_back_from_any_view_and_worksheet(
    reader: Page,
) -> None:
    visit(reader)
    for name in ("One", "Two", "Three"):
        reader.get_by_label("Project", exact=True).fill(name)
        write(reader, FIRST, f"about {name}")
        reader.get_by_role("button", name="New", exact=True).click()
    which = reader.get_by_role("combobox", name="Worksheet")
    order = which.locator("option").all_inner_texts()[1:]
    assert order == ["Three", "Two", "One"]
    for name in order:
        which.select_option(label=name)
        assert which.locator("option").all_inner_texts() == order
    which.select_option(label="Two")
    reader.get_by_role("button", name="Delete this worksheet").click()
    reader.get_by_role("radio", name="Minutes").check()
    reader.get_by_role("radio", name="Whole sheet").check()
    which.select_option(label="One")
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, FIRST)).to_have_value("about Two")


def test_clear_can_be_undone_and_leaves_foreign_entries_alone(reader: Page) -> None:
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
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, SECOND)).to_have_value("two")
    reader.reload()
    expect(answer_box(reader, FIRST)).to_have_value("one")


def test_every_entry_carries_the_prefix_with_base_path_and_version(reader: Page) -> None:
    visit(reader)
    reader.get_by_role("button", name="scheme").click()
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "one")
    save_copy(reader)
    reader.get_by_role("button", name="New", exact=True).click()
    write(reader, FIRST, "two")
    keys = stored(reader)
    assert len(keys) >= 6
    assert all(key.startswith(PREFIX) for key in keys), keys


# ---- Moving between pages ----


def test_after_moving_between_pages_one_keystroke_is_one_save(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "here")
    reader.get_by_role("link", name="Run the meeting").first.click()
    reader.wait_for_url("**/run-the-meeting/")
    reader.go_back()
    expect(answer_box(reader, FIRST)).to_have_value("here")
    reader.get_by_role("link", name="Run the meeting").first.click()
    reader.wait_for_url("**/run-the-meeting/")
    reader.locator("aside").get_by_role("link", name="Kickoff worksheet").click()
    expect(answer_box(reader, FIRST)).to_have_value("here")
    reader.evaluate(COUNT_WRITES)
    answer_box(reader, FIRST).press("End")
    answer_box(reader, FIRST).press("!")
    wait_until_stored(reader, FIRST, "here!")
    reader.wait_for_timeout(700)
    assert len(reader.evaluate("window.writes")) == 1


# ---- Questions that changed ----


def doctored(page: Page, was: str, now: str) -> None:
    """Open the worksheet as an edition of it would be in which a question is different."""

    def answer(route: Route) -> None:
        body, count = re.subn(was, now, route.fetch().text())
        assert count
        route.fulfill(body=body, content_type="text/html")

    page.route(f"**/{ADDRESS}", answer)


def test_a_reworded_question_keeps_its_answer_and_says_what_it_was(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "still mine")
    escaped = f'data-title="{FIRST.title}" data-ask="[^"]*"'
    doctored(reader, escaped, f'data-title="{FIRST.title}" data-ask="What now?"')
    reader.reload()
    note = question(reader, FIRST).locator("[data-notes]")
    expect(note).to_contain_text("Changed since your kickoff")
    expect(note).to_contain_text(FIRST.ask)
    expect(answer_box(reader, FIRST)).to_have_value("still mine")
    note.get_by_role("button", name="The answer still holds").click()
    expect(note).to_be_hidden()
    reader.reload()
    expect(note).to_be_hidden()


def test_an_answer_to_a_question_that_is_gone_is_shown_and_saved(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "still mine")
    doctored(reader, f'data-question="{FIRST.id}"', 'data-question="quite-another"')
    reader.reload()
    lost = reader.locator("[data-lost]")
    expect(lost).to_contain_text("No longer asked")
    expect(lost).to_contain_text(FIRST.title)
    expect(lost).to_contain_text("still mine")
    assert content(save_copy(reader))["answers"][0]["question"] == FIRST.id


def test_an_answer_follows_its_question_to_its_new_name(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "still mine")
    old = f'data-question="{FIRST.id}"([^>]*)data-previous-ids=""'
    doctored(reader, old, rf'data-question="new-name"\1data-previous-ids="{FIRST.id}"')
    reader.reload()
    box = reader.locator("[data-question='new-name'] [name='text']")
    expect(box).to_have_value("still mine")
    assert not [key for key in stored(reader) if key.endswith(f":{FIRST.id}")]
    reader.reload()
    expect(box).to_have_value("still mine")
