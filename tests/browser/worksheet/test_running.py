"""Running the meeting: answering, one question at a time, and what is open."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import IDLE, Guard, OpenReader, tab_to
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    THIRD,
    answer_box,
    by_id,
    content,
    few,
    planned,
    question,
    roles,
    save_copy,
    shown,
    visit,
    write,
)


def test_an_answer_says_which_answers_it_still_waits_for(reader: Page) -> None:
    item = next(each for each in few() if FIRST.id in each.needs)
    visit(reader)
    waits = question(reader, item).locator("[data-waits]")
    expect(waits.get_by_role("link", name=FIRST.title)).to_be_visible()
    write(reader, item, "built on sand")
    expect(waits).to_contain_text("Still open, though this answer needs it")
    waits.get_by_role("link", name=FIRST.title).click()
    expect(reader.locator(f"[id='{FIRST.id}']")).to_be_focused()
    expect(reader.locator(f"[id='{FIRST.id}']")).to_be_in_viewport()
    question(reader, FIRST).get_by_label("We do not know yet").check()
    expect(waits).to_contain_text("(we do not know yet)")
    write(reader, FIRST, "rock")
    question(reader, FIRST).get_by_label("Answered").check()
    expect(waits.get_by_role("link", name=FIRST.title)).to_have_count(0)


def test_what_is_open_is_asked_for_and_listed_and_what_is_settled_is_counted(
    reader: Page,
) -> None:
    visit(reader)
    first, second, third = (question(reader, item) for item in (FIRST, SECOND, THIRD))
    # Whoever does not know is asked who finds out.
    first.get_by_label("We do not know yet").check()
    expect(first.get_by_text("Who finds out, and by when?")).to_be_visible()
    point = reader.locator("[data-open] li").first
    expect(point).to_contain_text(f"{FIRST.title} (we do not know yet): no owner yet, no day yet")
    first.get_by_label("Owner").fill("Grace")
    first.get_by_label("Due").fill("2026-12-01")
    expect(point).to_contain_text("Grace, by 1 December 2026")
    expect(first.get_by_text("Who finds out, and by when?")).to_be_hidden()

    # What an answer lacks is asked without moving what the reader is about to press.
    third.get_by_label("Next step").fill("Count the letters")
    logged = third.get_by_label("Log this answer as a decision")
    before = logged.bounding_box()
    logged.check()
    expect(third.get_by_text("Who does it, and by when?")).to_be_visible()
    after = logged.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    first.get_by_label("Not applicable").check()
    expect(first.get_by_text("Why does it not apply?")).to_be_visible()
    write(reader, FIRST, "No law touches it.")
    expect(first.get_by_text("Why does it not apply?")).to_be_hidden()

    # What is not applicable counts as settled; next steps are listed by day, and decisions.
    write(reader, SECOND, "We go for the rule.")
    second.get_by_label("Log this answer as a decision").check()
    second.get_by_label("Due").fill("2026-12-09")
    write(reader, THIRD, "Settled.")
    third.get_by_label("Owner").fill("Ines")
    third.get_by_label("Due").fill("2026-12-04")
    reader.get_by_label("Project", exact=True).click()
    steps = reader.locator("[data-next] li")
    expect(steps.filter(has_text=THIRD.title)).to_contain_text("Count the letters; Ines, by 4")
    assert [text.split(":")[0] for text in steps.all_inner_texts()] == [
        item.title for item in (FIRST, THIRD, SECOND)
    ]
    expect(reader.locator("[data-decisions]")).to_contain_text("We go for the rule.")
    asked = shown(reader)
    expect(reader.locator("[data-done]")).to_have_text(f"3 of {len(asked)} settled")
    settled = Counter(item.role for item in few() if item.id in (FIRST.id, SECOND.id, THIRD.id))
    by_role = reader.get_by_role("list", name="Settled, by role")
    for role, count in Counter(item.role for item in few() if item.id in asked).items():
        expect(by_role).to_contain_text(f"{roles()[role]}: {settled[role]} of {count}")
    # What nobody knows is no decision.
    second.get_by_label("We do not know yet").check()
    expect(second.get_by_label("Log this answer as a decision")).to_be_hidden()
    expect(reader.locator("[data-decisions]")).not_to_contain_text("We go for the rule.")


def test_a_meeting_from_its_first_answer_to_the_minutes_by_keyboard(reader: Page) -> None:
    visit(reader)
    reader.locator(f"[id='{FIRST.id}']").focus()
    tab_to(reader, answer_box(reader, FIRST), most=5)
    reader.keyboard.type("typed")
    reader.keyboard.press("Tab")
    expect(question(reader, FIRST).get_by_label("Answered")).to_be_focused()
    reader.keyboard.press("ArrowRight")
    expect(question(reader, FIRST).get_by_label("Not applicable")).to_be_checked()

    # One stop after the other, as the agenda has them.
    stops: list[tuple[str, str]] = reader.locator("[data-agenda] li").evaluate_all(
        """all => all.map((each) =>
          [each.querySelector(".ws-agenda__time").textContent, each.querySelector("a")?.hash])"""
    )
    parts = iter([step for step in planned()[60].steps if not step.priority])
    count = sum(bool(mark) for _, mark in stops)
    number = 0
    reader.get_by_label("Kind of project").focus()
    tab_to(reader, reader.get_by_role("button", name="Start the meeting"))
    reader.keyboard.press("Enter")
    way_on = reader.get_by_role("button", name=re.compile("^Next$|^To the minutes$")).first
    told = reader.get_by_role("status")
    open_points = reader.get_by_role("heading", name="Open points")
    for start, mark in stops:
        expect(way_on).to_be_focused()
        expect(reader.locator("[data-clock]")).to_contain_text(f"Planned {start} to")
        if mark:
            number += 1
            assert shown(reader) == [mark[1:]]
            title = by_id()[mark[1:]].title
            expect(told).to_have_text(f"Question {number} of {count}: {title}")
            expect(open_points).to_be_hidden()
        else:
            assert shown(reader) == []
            expect(reader.get_by_text(next(parts).what)).to_be_visible()
            notes = reader.get_by_label("Notes")
            notes.fill(f"{notes.input_value()} noted at {start};")
            way_on.focus()
        is_last = start == stops[-1][0]
        if is_last:
            expect(open_points).to_be_visible()
        reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Kickoff: project without a name")).to_be_visible()
    expect(reader.get_by_role("radio", name="Minutes")).to_be_focused()
    for start in (stops[0][0], stops[-1][0]):
        expect(reader.locator("[data-minutes]")).to_contain_text(f"noted at {start};")


def test_how_late_it_is_stands_beside_what_was_planned(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.clock.install(time="2026-11-24T10:00:00")
    visit(reader)
    reader.get_by_role("button", name="Start the meeting").click()
    reader.clock.run_for(8 * 60_000 + 20_000)
    expect(reader.locator("[data-clock]")).to_have_text("Planned 0:00 to 0:04 · now 0:08")


def test_going_back_returns_to_the_question(reader: Page) -> None:
    """So does a reload, which asks the same of the browser's history."""
    visit(reader)
    reader.get_by_role("button", name="Start the meeting").click()
    for _ in range(3):
        reader.get_by_role("button", name="Next").first.click()
    [here] = shown(reader)
    reader.goto("about:blank")
    reader.go_back()
    expect(reader.get_by_role("radio", name="One question")).to_be_checked()
    assert shown(reader) == [here]
    expect(reader.get_by_role("button", name="Next").first).to_be_visible()


def test_a_part_that_could_not_be_fetched_ahead_is_fetched_when_a_button_needs_it(
    reader: Page, guard: Guard
) -> None:
    """What is said where it still cannot be fetched is in test_start.py."""
    guard.expect("net::ERR_FAILED")
    reader.route("**/worksheet/exchange.js", lambda route: route.abort())
    visit(reader)
    write(reader, FIRST, "still here")
    with reader.expect_event("requestfailed"):
        reader.keyboard.press("Shift")
    reader.evaluate(IDLE)
    reader.unroute_all()
    assert content(save_copy(reader))["answers"][0]["text"] == "still here"
