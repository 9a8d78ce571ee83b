"""Undo takes back its own step, in its own worksheet, and nothing that was written since."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    THIRD,
    answer_box,
    open_copy,
    question,
    save_copy,
    visit,
    write,
)


def begin(page: Page, name: str, **answers: str) -> None:
    """Start a worksheet with a name and an answer to the first question."""
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_label("Project", exact=True).fill(name)
    write(page, FIRST, answers.get("first", f"about {name}"))


def names(page: Page) -> list[str]:
    listed = page.get_by_role("combobox", name="Worksheet").locator("option").all_inner_texts()
    return sorted(listed)


def switch(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Worksheet").select_option(label=name)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()


def colleague(**answers: str) -> str:
    """A copy that a colleague sent."""
    listed = [{"question": key.replace("_", "-"), "text": text} for key, text in answers.items()]
    return json.dumps(
        {
            "format": "ml-needs-support worksheet",
            "schema_version": 1,
            "project": {"name": "Sent", "notes": "their notes", "people": "Bo"},
            "answers": [{**each, "status": "answered", "owner": "Bo"} for each in listed],
        }
    )


def join(page: Page) -> None:
    """Add to the open worksheet what a colleague wrote about the first and the second question."""
    ids = {item.id.replace("-", "_"): f"theirs on {item.title}" for item in (FIRST, SECOND)}
    open_copy(page, colleague(**ids))
    page.get_by_role("button", name="Add its answers to mine").click()
    expect(answer_box(page, SECOND)).to_have_value(f"theirs on {SECOND.title}")


def test_undo_of_joining_leaves_what_was_typed_since(reader: Page) -> None:
    """A version that was dropped or used can be had back as well."""
    visit(reader)
    begin(reader, "Pool")
    reader.get_by_label("Notes of the meeting").fill("my notes")
    join(reader)
    expect(reader.locator("[data-meeting-notes=notes] blockquote")).to_have_text("their notes")
    group = question(reader, FIRST)
    theirs = f"theirs on {FIRST.title}"
    group.get_by_role("button", name="Drop it").click()
    expect(group.locator("blockquote")).to_have_count(0)
    undo(reader)
    expect(group.locator("blockquote")).to_have_text(theirs)
    # A blank answer may have an owner: using the other version must not wipe it.
    answer_box(reader, FIRST).fill("")
    group.get_by_label("Owner").fill("Ada")
    group.get_by_role("button", name="Use this one").click()
    expect(answer_box(reader, FIRST)).to_have_value(theirs)
    expect(group.locator(".ws-copy")).to_contain_text("Owner: Ada")
    undo(reader)
    expect(group.get_by_label("Owner")).to_have_value("Ada")
    expect(answer_box(reader, FIRST)).to_have_value("")

    write(reader, THIRD, "typed since")
    question(reader, SECOND).get_by_label("Next step").fill("typed since, too")
    undo(reader)
    reader.reload()
    expect(group.get_by_label("Owner")).to_have_value("Ada")
    expect(group.locator("blockquote")).to_have_count(0)
    expect(answer_box(reader, SECOND)).to_have_value("")
    expect(question(reader, SECOND).get_by_label("Next step")).to_have_value("typed since, too")
    expect(answer_box(reader, THIRD)).to_have_value("typed since")
    expect(reader.get_by_label("Notes of the meeting")).to_have_value("my notes")
    expect(reader.get_by_label("Who is in the room")).to_have_value("")
    expect(reader.locator("[data-meeting-notes=notes]")).to_be_hidden()


def test_steps_of_several_worksheets_are_taken_back_one_by_one(reader: Page) -> None:
    """Each names its worksheet and opens it again."""
    visit(reader)
    begin(reader, "Pool")
    question(reader, FIRST).get_by_role("button", name="Clear").click()
    begin(reader, "Library")
    expect(reader.locator("[data-undo]")).to_contain_text("“Pool”: Answer cleared.")
    join(reader)
    reader.get_by_role("button", name="Delete this worksheet").click()
    expect(reader.get_by_label("Project", exact=True)).to_have_value("Pool")
    write(reader, THIRD, "typed in between")
    for name in ("Library", "Library", "Pool"):
        undo(reader)
        expect(reader.get_by_label("Project", exact=True)).to_have_value(name)
    expect(reader.locator("[data-undo]")).to_be_hidden()
    expect(answer_box(reader, FIRST)).to_have_value("about Pool")
    expect(answer_box(reader, THIRD)).to_have_value("typed in between")
    switch(reader, "Library")
    expect(answer_box(reader, FIRST)).to_have_value("about Library")
    expect(answer_box(reader, SECOND)).to_have_value("")
    expect(question(reader, FIRST).locator("blockquote")).to_have_count(0)


def replace_by(page: Page, copy: str) -> None:
    open_copy(page, copy)
    page.get_by_role("button", name="Replace the open one with it").click()
    expect(page.locator("[data-incoming]")).to_be_hidden()


def test_undo_of_replacing_brings_one_back_and_takes_no_other_away(reader: Page) -> None:
    visit(reader)
    begin(reader, "Library")
    copy = save_copy(reader).read_text(encoding="utf-8")
    begin(reader, "Pool")
    replace_by(reader, copy)
    expect(reader.get_by_label("Project", exact=True)).to_have_value("Library")
    assert names(reader) == ["Library"]
    undo(reader)
    expect(reader.get_by_label("Project", exact=True)).to_have_value("Pool")
    assert names(reader) == ["Library", "Pool"]

    # What was written in the new one is nobody's to delete.
    theirs = colleague(**{FIRST.id.replace("-", "_"): "theirs"})
    replace_by(reader, theirs)
    write(reader, THIRD, "typed since")
    undo(reader)
    expect(answer_box(reader, FIRST)).to_have_value("about Pool")
    assert names(reader) == ["Library", "Pool", "Sent"]
    expect(reader.get_by_role("status")).to_contain_text("“Sent” has changed since then")
    replace_by(reader, theirs)
    undo(reader)
    assert names(reader) == ["Library", "Pool", "Sent"]

    # The one that goes is the one that the question named, whatever is opened meanwhile.
    open_copy(reader, theirs)
    expect(reader.get_by_text("“Pool” (1 answer) is open here")).to_be_visible()
    switch(reader, "Library")
    reader.get_by_role("button", name="Replace the open one with it").click()
    expect(reader.get_by_label("Project", exact=True)).to_have_value("Sent")
    assert names(reader) == ["Library", "Sent", "Sent (2)"]
    reader.reload()
    switch(reader, "Library")
    expect(answer_box(reader, FIRST)).to_have_value("about Library")
