"""Whatever is typed can be stored and read back, and where it cannot be stored it stays in view."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Dialog, Page, expect

from tests.browser.worksheet.desk import (
    FIRST,
    SAVED,
    SECOND,
    THIRD,
    answer_box,
    content,
    open_copy,
    question,
    save_copy,
    stored,
    visit,
    wait_until_stored,
    write,
)

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


def test_whatever_is_typed_into_any_field_comes_back_after_a_reload_and_from_a_copy(
    reader: Page,
) -> None:
    visit(reader)
    meeting = ["Project", "Who is in the room", "Notes of the meeting"]
    answer = ["Your answer", "Owner", "Next step"]
    for label in meeting:
        reader.get_by_label(label, exact=label == "Project").fill(f"{HOSTILE} {label}")
    group = question(reader, FIRST)
    for label in answer:
        group.get_by_label(label).fill(f"{HOSTILE} {label}")
    group.get_by_label("Log this answer as a decision").check()
    # As somebody types who gives the year six digits, which a date field takes unless it is told.
    group.get_by_label("Due").press_sequentially("112420266")
    reader.get_by_label("Date").press_sequentially("112420266")
    typed = [group.get_by_label("Due").input_value(), reader.get_by_label("Date").input_value()]
    assert all(typed)
    question(reader, SECOND).get_by_label("We do not know yet").check()
    copy = save_copy(reader)

    def expect_all() -> None:
        for label in meeting:
            field = reader.get_by_label(label, exact=label == "Project")
            expect(field).to_have_value(f"{HOSTILE} {label}")
        for label in answer:
            expect(group.get_by_label(label)).to_have_value(f"{HOSTILE} {label}")
        expect(group.get_by_label("Log this answer as a decision")).to_be_checked()
        expect(group.get_by_label("Due")).to_have_value(typed[0])
        expect(reader.get_by_label("Date")).to_have_value(typed[1])
        expect(question(reader, SECOND).get_by_label("We do not know yet")).to_be_checked()
        expect(group.locator("blockquote")).to_have_count(0)

    reader.reload()
    expect_all()
    # Where there is none of it any more.
    reader.get_by_role("button", name="Delete this worksheet").click()
    assert not [key for key in stored(reader) if "answer" in key]
    open_copy(reader, copy.read_text(encoding="utf-8"))
    expect_all()
    expect(reader.get_by_role("alert")).to_be_empty()
    assert content(save_copy(reader)) == content(copy)

    # What is written from right to left runs that way, in the minutes too.
    direction = "element => getComputedStyle(element).direction"
    assert answer_box(reader, FIRST).evaluate(direction) == "rtl"
    assert reader.get_by_label("Project", exact=True).evaluate(direction) == "rtl"
    assert answer_box(reader, SECOND).evaluate(direction) == "ltr"
    reader.get_by_role("radio", name="Minutes").check()
    said = reader.locator("[data-minutes] blockquote").filter(has_text="Your answer")
    assert said.evaluate(direction) == "rtl"


def test_what_cannot_be_read_costs_only_itself_and_is_shown_and_kept(reader: Page) -> None:
    """What else may be stored, and what becomes of it, is in tests/js."""
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "precious")
    question(reader, FIRST).get_by_label("Owner").fill("Ada")
    for item in (SECOND, THIRD):
        write(reader, item, "cut off")
    alter(reader, f"answer:{FIRST.id}", due="next spring", risk="high", status="deferred")
    alter(reader, "project", kind=["a", "b"])
    reader.evaluate(
        "() => { for (const key of Object.keys(localStorage)) if (/cut off/.test("
        "localStorage.getItem(key))) localStorage.setItem(key, "
        "localStorage.getItem(key).slice(0, -3)); }"
    )
    group = question(reader, FIRST)
    unread = reader.locator("[data-unread]")
    for turn in range(2):
        reader.reload()
        expect(answer_box(reader, FIRST)).to_have_value("precious")
        expect(group.get_by_label("Owner")).to_have_value("Ada")
        for words in ("due: next spring", "risk: high", "status: deferred"):
            expect(group.locator("[data-notes]")).to_contain_text(words)
        expect(reader.locator("[data-meeting-notes]").first).to_contain_text('kind: ["a","b"]')
        expect(reader.get_by_label("Project", exact=True)).to_have_value("Pool")
        expect(reader.get_by_role("alert")).to_contain_text("Part of this worksheet cannot be read")
        expect(unread.locator("blockquote")).to_contain_text(["cut off", "cut off"])
        expect(question(reader, SECOND).locator("blockquote")).to_have_count(0)
        expect(answer_box(reader, SECOND)).to_have_value("written again" if turn else "")
        # Whoever goes on writing changes nothing of it.
        group.get_by_label("Next step").fill("Count")
        write(reader, SECOND, "written again")
    group.get_by_label("Due").fill("2026-12-01")
    expect(group.locator("[data-notes]")).not_to_contain_text("next spring")
    undo = reader.get_by_role("button", name="Undo")
    group.get_by_role("button", name="Drop it").click()
    expect(group.locator("[data-notes]")).to_be_hidden()
    undo.click()
    expect(group.locator("[data-notes]")).to_contain_text("risk: high")
    for left in (1, 0):
        unread.get_by_role("button", name="Drop it").first.click()
        expect(unread.locator("blockquote")).to_have_count(left)
    undo.click()
    expect(unread.locator("blockquote")).to_have_count(1)
    # Another window, which says nothing of it, has dropped it meanwhile.
    reader.evaluate(
        "() => { for (const key of Object.keys(localStorage)) "
        "if (key.includes(':unread:')) localStorage.removeItem(key); }"
    )
    unread.get_by_role("button", name="Drop it").click()
    expect(unread).to_be_hidden()


# ---- Storage that fails ----


def test_where_nothing_can_be_stored_no_step_drops_a_worksheet(reader: Page) -> None:
    """New, the list, the sample, a copy kept beside it: each worksheet stays in this window."""
    reader = reader.context.new_page()
    reader.add_init_script(BLOCKED)
    visit(reader)
    which = reader.get_by_role("combobox", name="Worksheet")
    reader.get_by_label("Project", exact=True).fill("One")
    answer_box(reader, FIRST).fill("about One")
    expect(reader.get_by_role("alert")).to_contain_text("does not let the page store")
    expect(reader.get_by_text("Not saved: it is in this window only.")).to_be_visible()
    expect(reader.get_by_text(SAVED)).to_have_count(0)
    assert content(save_copy(reader))["answers"][0]["text"] == "about One"
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
    assert asked_on_leaving(reader)


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


def test_an_answer_that_is_too_big_stops_no_other_and_is_saved_once_there_is_room(
    reader: Page,
) -> None:
    visit(reader)
    # A browser stores some five million signs for a site.
    reader.evaluate("localStorage.setItem('foreign', 'x'.repeat(5_200_000))")
    text = "y " * 30_000
    answer_box(reader, FIRST).fill(text)
    expect(reader.get_by_role("alert")).to_contain_text("no room left")
    expect(reader.get_by_text("Not saved: it is in this window only.")).to_be_visible()
    expect(reader.get_by_text(SAVED)).to_have_count(0)
    write(reader, SECOND, "small")
    expect(answer_box(reader, FIRST)).to_have_value(text)
    answers = {each["question"]: each["text"] for each in content(save_copy(reader))["answers"]}
    assert answers == {FIRST.id: text, SECOND.id: "small"}
    reader.get_by_role("button", name="New", exact=True).click()
    reader.evaluate("localStorage.removeItem('foreign')")
    write(reader, SECOND, "room again")
    wait_until_stored(reader, FIRST, text)
    expect(reader.get_by_role("alert")).to_be_empty()
    expect(reader.get_by_text(SAVED)).to_be_visible()


def test_somebody_who_types_without_a_pause_is_saved_every_second_and_told_once(
    reader: Page,
) -> None:
    visit(reader)
    assert reader.get_by_role("status").count() == 1
    write(reader, FIRST, "a")
    answer_box(reader, FIRST).press("End")
    reader.evaluate(
        """id => {
          window.seen = new Set();
          const key = Object.keys(localStorage).find((name) => name.endsWith(id));
          setInterval(() => window.seen.add(JSON.parse(localStorage.getItem(key)).text), 50);
          window.said = [];
          const status = document.querySelector("main [role=status]");
          new MutationObserver(() => window.said.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }""",
        FIRST.id,
    )
    answer_box(reader, FIRST).press_sequentially("b" * 28, delay=80)
    lengths = sorted(len(text) for text in reader.evaluate("[...window.seen]"))
    # More than two seconds of typing, and never a pause.
    assert len(lengths) >= 3, lengths
    expect(reader.get_by_role("status")).to_contain_text("Saved. 1 of")
    assert len(reader.evaluate("window.said")) <= 2
