"""Whatever is typed can be stored and read back, and where it cannot be stored it stays in view."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.worksheet.desk import (
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

FULL = """Storage.prototype.setItem = function () {
  throw new DOMException("no room", "QuotaExceededError");
}"""
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not allowed", "SecurityError"); },
})"""

HOSTILE = "\u200f\u202eשלום <img src=x onerror=alert(1)> __proto__ \\u0000 \ud83d\ude00 =1+1 'x' {"


def alter(page: Page, part: str, **fields: Any) -> None:
    """Have another program, or a later edition, write fields into a stored record."""
    page.evaluate(
        """([part, fields]) => {
          const key = Object.keys(localStorage).find((name) => name.endsWith(`:${part}`));
          const record = { ...JSON.parse(localStorage.getItem(key)), ...fields };
          localStorage.setItem(key, JSON.stringify(record));
        }""",
        [part, fields],
    )


# ---- What the page takes, it can read ----


def test_whatever_is_typed_into_any_field_is_there_after_a_reload(reader: Page) -> None:
    visit(reader)
    meeting = ["Project", "Who is in the room", "Notes of the meeting"]
    answer = ["Your answer", "Owner", "Next step"]
    for label in meeting:
        reader.get_by_label(label, exact=label == "Project").fill(f"{label} {HOSTILE}")
    group = question(reader, FIRST)
    for label in answer:
        group.get_by_label(label).fill(f"{label} {HOSTILE}")
    # As somebody types who gives the year six digits, which a date field takes unless it is told.
    group.get_by_label("Due").press_sequentially("112420266")
    reader.get_by_label("Date").press_sequentially("112420266")
    typed = [group.get_by_label("Due").input_value(), reader.get_by_label("Date").input_value()]
    assert all(typed)
    write(reader, SECOND, "the last one")
    reader.reload()
    for label in meeting:
        field = reader.get_by_label(label, exact=label == "Project")
        expect(field).to_have_value(f"{label} {HOSTILE}")
    for label in answer:
        expect(group.get_by_label(label)).to_have_value(f"{label} {HOSTILE}")
    expect(group.get_by_label("Due")).to_have_value(typed[0])
    expect(reader.get_by_label("Date")).to_have_value(typed[1])
    expect(group.locator("blockquote")).to_have_count(0)
    # In the browser of somebody who has none.
    file = save_copy(reader).read_text(encoding="utf-8")
    reader.goto("./")
    reader.evaluate("localStorage.clear()")
    open_copy(visit(reader), file)
    expect(group.get_by_label("Owner")).to_have_value(f"Owner {HOSTILE}")
    expect(reader.get_by_role("alert")).to_be_empty()


def test_a_field_that_cannot_be_read_costs_only_itself_and_is_shown(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "precious")
    question(reader, FIRST).get_by_label("Owner").fill("Ada")
    write(reader, SECOND, "beside it")
    alter(reader, f"answer:{FIRST.id}", due="next spring", risk="high", status="deferred")
    alter(reader, "project", kind=["a", "b"])
    for _ in range(2):
        reader.reload()
        group = question(reader, FIRST)
        expect(answer_box(reader, FIRST)).to_have_value("precious")
        expect(group.get_by_label("Owner")).to_have_value("Ada")
        for words in ("due: next spring", "risk: high", "status: deferred"):
            expect(group.locator("[data-notes]")).to_contain_text(words)
        expect(reader.locator("[data-meeting-notes]").first).to_contain_text('kind: ["a","b"]')
        expect(reader.get_by_label("Project", exact=True)).to_have_value("Pool")
        # Whoever goes on writing changes nothing of it.
        group.get_by_label("Next step").fill("Count")
        write(reader, SECOND, f"again {_}")
    group.get_by_label("Due").fill("2026-12-01")
    expect(group.locator("[data-notes]")).not_to_contain_text("next spring")
    group.get_by_role("button", name="Drop it").click()
    expect(group.locator("[data-notes]")).to_be_hidden()
    reader.get_by_role("button", name="Undo").click()
    expect(group.locator("[data-notes]")).to_contain_text("risk: high")


def test_an_entry_that_cannot_be_read_is_said_shown_and_kept(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "precious")
    write(reader, SECOND, "beside it")
    reader.evaluate(
        "() => { for (const key of Object.keys(localStorage)) if (/precious|Pool/.test("
        "localStorage.getItem(key))) localStorage.setItem(key, "
        "localStorage.getItem(key).slice(0, -3)); }"
    )
    reader.reload()
    expect(reader.get_by_role("alert")).to_contain_text("Part of this worksheet cannot be read")
    shown = reader.locator("[data-unread]")
    expect(shown).to_contain_text("precious")
    expect(shown).to_contain_text("Pool")
    expect(answer_box(reader, SECOND)).to_have_value("beside it")
    expect(question(reader, FIRST).locator("blockquote")).to_have_count(0)
    write(reader, FIRST, "written again")
    reader.get_by_label("Project", exact=True).fill("Pool, again")
    write(reader, SECOND, "beside it still")
    reader.reload()
    expect(answer_box(reader, FIRST)).to_have_value("written again")
    expect(reader.get_by_label("Project", exact=True)).to_have_value("Pool, again")
    expect(shown.locator("blockquote")).to_have_count(2)
    expect(shown).to_contain_text("precious")
    for left in (1, 0):
        shown.get_by_role("button", name="Drop it").first.click()
        expect(shown.locator("blockquote")).to_have_count(left)
    reader.get_by_role("button", name="Undo").click()
    expect(shown.locator("blockquote")).to_have_count(1)


def test_a_file_that_is_partly_readable_brings_the_rest_and_says_what_is_missing(
    reader: Page,
) -> None:
    file = {
        "format": "ml-needs-support worksheet",
        "schema_version": 1,
        "project": {"name": "Sent", "minutes": -1},
        "answers": [
            {"question": FIRST.id, "text": "readable", "due": "soon"},
            {"question": "No id", "text": "x"},
            7,
            {"question": SECOND.id, "text": "readable, too"},
        ],
        "appendix": [],
    }
    visit(reader)
    open_copy(reader, json.dumps(file))
    expect(answer_box(reader, FIRST)).to_have_value("readable")
    expect(answer_box(reader, SECOND)).to_have_value("readable, too")
    expect(reader.get_by_role("alert")).to_contain_text("not all of it could be read")
    for words in ("“appendix”", "“No id”", "is not a record", "“minutes”"):
        expect(reader.get_by_role("alert")).to_contain_text(words)
    expect(question(reader, FIRST).locator("[data-notes]")).to_contain_text("due: soon")


# ---- Two windows ----


def test_what_two_windows_wrote_about_the_meeting_is_shown_to_choose_from(
    reader: Page,
) -> None:
    visit(reader).get_by_label("Project", exact=True).fill("Pool")
    write(reader, THIRD, "there before")
    one, other = open_deaf(reader), open_deaf(reader)
    for number, page in enumerate((one, other)):
        page.get_by_label("Project", exact=True).fill(f"Pool {number}")
        page.get_by_label("Who is in the room").fill(f"Person {number}")
        page.get_by_label("Notes of the meeting").fill(f"notes {number}")
        write(page, THIRD, f"there before {number}")
    one.reload()
    expect(one.locator("[data-done]")).to_contain_text("to compare")
    meeting = one.locator("[data-meeting-notes]").first
    expect(meeting.locator("blockquote")).to_have_text(["Pool 0", "Person 0"])
    notes = one.locator("[data-meeting-notes=notes]")
    expect(notes.locator("blockquote")).to_have_text("notes 0")
    notes.get_by_role("button", name="Use this one").click()
    expect(one.get_by_label("Notes of the meeting")).to_have_value("notes 0")
    expect(notes.locator("blockquote")).to_have_text("notes 1")
    for _ in range(2):
        meeting.get_by_role("button", name="Drop it").first.click()
    expect(meeting).to_be_hidden()
    one.get_by_role("button", name="Undo").click()
    expect(meeting.locator("blockquote")).to_have_text("Person 0")


def test_three_windows_that_write_into_one_box_lose_nothing_and_come_to_rest(
    reader: Page,
) -> None:
    first = visit(reader)
    first.get_by_label("Project", exact=True).fill("Pool")
    write(first, THIRD, "there before")
    pages = [first, *(visit(first.context.new_page()) for _ in range(2))]
    typed = []
    for turn in range(2):
        for number, page in enumerate(pages):
            typed.append(f"window {number}, turn {turn}")
            write(page, FIRST, typed[-1])
    first.wait_for_timeout(500)
    size = sum(map(len, stored(first).values()))
    first.wait_for_timeout(500)
    assert sum(map(len, stored(first).values())) == size
    for page in pages:
        page.reload()
        kept = {answer_box(page, FIRST).input_value()}
        kept |= set(question(page, FIRST).locator("blockquote").all_inner_texts())
        assert kept == set(typed)


# ---- Storage that fails ----


@pytest.mark.parametrize(
    ("fault", "said"), [(FULL, "no room left"), (BLOCKED, "does not let the page store")]
)
def test_storage_that_fails_is_said_at_once_and_the_text_stays(
    reader: Page, fault: str, said: str
) -> None:
    reader = failing(reader, fault)
    answer_box(reader, FIRST).fill("not lost")
    expect(reader.get_by_role("alert")).to_contain_text(said)
    expect(reader.get_by_text("Not saved: in this window only.")).to_be_visible()
    expect(reader.get_by_text(SAVED)).to_have_count(0)
    expect(answer_box(reader, FIRST)).to_have_value("not lost")
    file = content(save_copy(reader))
    assert file["answers"][0]["text"] == "not lost"
    assert asked_on_leaving(reader)
    # Notes alone are worth asking too.
    visit(reader)
    expect(answer_box(reader, FIRST)).to_have_value("")
    reader.get_by_label("Notes of the meeting").fill("only notes")
    assert asked_on_leaving(reader)


def failing(reader: Page, fault: str) -> Page:
    """Open the worksheet in a window that cannot store."""
    page = reader.context.new_page()
    page.add_init_script(fault)
    return visit(page)


def asked_on_leaving(page: Page) -> bool:
    """Leave the page; whether the browser asked first."""
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.goto("./")
    page.remove_listener("dialog", note)
    return asked == ["beforeunload"]


@pytest.mark.parametrize("fault", [FULL, BLOCKED], ids=["full", "blocked"])
def test_where_nothing_can_be_stored_no_step_drops_a_worksheet(reader: Page, fault: str) -> None:
    """New, the list, the sample, a copy kept beside it: each worksheet stays in this window."""
    reader = failing(reader, fault)
    which = reader.get_by_role("combobox", name="Worksheet")
    reader.get_by_label("Project", exact=True).fill("One")
    answer_box(reader, FIRST).fill("about One")
    reader.get_by_role("button", name="New", exact=True).click()
    reader.get_by_label("Project", exact=True).fill("Two")
    reader.get_by_label("Notes of the meeting").fill("notes on Two")
    reader.get_by_role("link", name="Open a completed sample").click()
    expect(answer_box(reader, FIRST)).not_to_have_value("")
    file = {
        "format": "ml-needs-support worksheet",
        "schema_version": 1,
        "project": {"name": "Three"},
        "answers": [{"question": SECOND.id, "text": "about Three"}],
    }
    open_copy(reader, json.dumps(file))
    reader.get_by_role("button", name="Keep both").click()
    expect(answer_box(reader, SECOND)).to_have_value("about Three")
    expect(which.locator("option")).to_have_count(4)
    for name, field, value in [
        ("One", answer_box(reader, FIRST), "about One"),
        ("Two", reader.get_by_label("Notes of the meeting"), "notes on Two"),
        ("Three", answer_box(reader, SECOND), "about Three"),
    ]:
        label = f"{name} (not saved)"
        if which.locator("option:checked").inner_text() != label:
            which.select_option(label=label)
        expect(field).to_have_value(value)
    reader.get_by_role("button", name="Delete this worksheet").click()
    expect(which.locator("option")).to_have_count(3)
    reader.get_by_role("button", name="Undo").click()
    expect(answer_box(reader, SECOND)).to_have_value("about Three")


def test_once_there_is_room_again_everything_is_saved(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "before")
    reader.evaluate(f"() => {{ window.plain = Storage.prototype.setItem; {FULL} }}")
    answer_box(reader, SECOND).fill("while full")
    expect(reader.get_by_role("alert")).to_contain_text("no room left")
    reader.get_by_role("button", name="New", exact=True).click()
    answer_box(reader, FIRST).fill("another one")
    reader.evaluate("() => { Storage.prototype.setItem = window.plain; }")
    write(reader, THIRD, "after")
    wait_until_stored(reader, SECOND, "while full")
    wait_until_stored(reader, FIRST, "another one")
    expect(reader.get_by_role("alert")).to_be_empty()
    expect(reader.get_by_text(SAVED)).to_be_visible()


def test_an_answer_that_is_too_big_stops_no_other(reader: Page) -> None:
    visit(reader)
    # A browser stores some five million signs for a site.
    reader.evaluate("localStorage.setItem('foreign', 'x'.repeat(5_200_000))")
    text = "y " * 30_000
    answer_box(reader, FIRST).fill(text)
    expect(reader.get_by_role("alert")).to_contain_text("no room left")
    write(reader, SECOND, "small")
    expect(answer_box(reader, FIRST)).to_have_value(text)
    answers = {each["question"]: each["text"] for each in content(save_copy(reader))["answers"]}
    assert answers == {FIRST.id: text, SECOND.id: "small"}
    reader.evaluate("localStorage.removeItem('foreign')")
    answer_box(reader, SECOND).fill("room again")
    wait_until_stored(reader, FIRST, text)


def test_somebody_who_types_without_a_pause_is_saved_every_second(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "a")
    answer_box(reader, FIRST).press("End")
    reader.evaluate(
        """id => {
          window.seen = new Set();
          const key = Object.keys(localStorage).find((name) => name.endsWith(id));
          setInterval(() => window.seen.add(JSON.parse(localStorage.getItem(key)).text), 50);
        }""",
        FIRST.id,
    )
    answer_box(reader, FIRST).press_sequentially("b" * 28, delay=80)
    lengths = sorted(len(text) for text in reader.evaluate("[...window.seen]"))
    # More than two seconds of typing, and never a pause.
    assert len(lengths) >= 3, lengths
    assert stored(reader)


def test_what_would_fill_the_storage_is_asked_first_even_into_an_empty_browser(
    reader: Page,
) -> None:
    file = {
        "format": "ml-needs-support worksheet",
        "schema_version": 1,
        "project": {"name": "Large"},
        "answers": [{"question": FIRST.id, "text": "y " * 110_000}],
    }
    visit(reader)
    open_copy(reader, json.dumps(file))
    waiting = reader.get_by_role("group", name="A worksheet is waiting")
    expect(waiting).to_contain_text("0.2 MB")
    assert stored(reader) == {}
    waiting.get_by_role("button", name="Do not open it").click()
    assert stored(reader) == {}
    open_copy(reader, json.dumps(file))
    waiting.get_by_role("button", name="Open it", exact=True).click()
    expect(answer_box(reader, FIRST)).to_have_value("y " * 110_000)


def test_what_is_written_from_right_to_left_runs_that_way(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("בריכה")
    write(reader, FIRST, "שלום, עולם (2026)")
    direction = "element => getComputedStyle(element).direction"
    assert answer_box(reader, FIRST).evaluate(direction) == "rtl"
    assert reader.get_by_label("Project", exact=True).evaluate(direction) == "rtl"
    assert answer_box(reader, SECOND).evaluate(direction) == "ltr"
    reader.get_by_role("radio", name="Minutes").check()
    said = reader.locator("[data-minutes] blockquote").first
    expect(said).to_have_text("שלום, עולם (2026)")
    assert said.evaluate(direction) == "rtl"
