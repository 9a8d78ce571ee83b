"""Planning the meeting: whom it asks what, in how many minutes, and what it leaves out.

Which questions a meeting asks, and when, is in tests/modules/test_agenda.py.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from macros.derive.schedule import schedule
from tests.browser.reader import WHOLE
from tests.browser.worksheet.desk import (
    ADDRESS,
    FIRST,
    answer_box,
    clock,
    few,
    planned,
    playbook,
    question,
    roles,
    shown,
    visit,
    write,
)


def special() -> list[str]:
    """The questions that are only for some kinds of project."""
    return [item.id for item in playbook().live if "any" not in item.applies_to]


@pytest.mark.whole_form
def test_it_shows_the_agenda_of_the_playbook_and_why_the_rest_is_left_out(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    expected = schedule(playbook(), planned()[30])
    lines = reader.get_by_role("list", name="Your agenda").get_by_role("listitem")
    expect(lines).to_have_count(len(expected))
    for text, line in zip(lines.all_inner_texts(), expected, strict=True):
        what = line.question.title if line.question else line.step.title
        assert re.match(rf"\s*0?{clock(line.start)}\s*{re.escape(what)}", text)
    asked = shown(reader)
    assert asked == [line.question.id for line in expected if line.question]
    summary = reader.locator("[data-left-sum]")
    expect(summary).to_contain_text(f"{len(playbook().live) - len(asked)} left out, and why")
    for item in playbook().must_ask:
        if item.id not in asked:
            expect(summary).to_contain_text(item.title)
    summary.click()
    reasons = reader.locator("[data-left] li")
    expect(reasons.filter(has_text="no time left in 30 minutes").first).to_be_visible()
    only = reasons.filter(has_text="only for: ")
    expect(only).to_have_count(len(special()))


def test_the_roles_stage_and_kind_choose_the_questions(reader: Page) -> None:
    """What was answered stays in view whatever is chosen."""
    visit(reader)
    write(reader, FIRST, "kept in view")
    business = reader.get_by_label(roles()[FIRST.role], exact=True)
    kind = reader.get_by_label("Kind of project")
    others = [item for item in few() if item.role != FIRST.role and "any" in item.applies_to]
    business.uncheck()
    assert set(shown(reader)) == {FIRST.id, *(item.id for item in others)}
    reader.get_by_label("Stage").select_option(others[0].stage)
    kind.select_option(label="Language-model applications")
    reader.reload()
    expect(business).not_to_be_checked()
    fitting = {item.id for item in others if item.stage == others[0].stage}
    assert set(shown(reader)) == {FIRST.id, *fitting}
    reader.get_by_label("Stage").select_option("")
    business.check()
    assert set(shown(reader)) == {item.id for item in few()}


def test_a_left_out_question_can_be_asked_too_and_one_of_the_agenda_left_out(
    reader: Page,
) -> None:
    visit(reader)
    before = shown(reader)
    [extra] = [item for item in few() if item.id in special()]
    reader.get_by_text("left out, and why").click()
    reader.get_by_role("button", name=f"Ask it too ({extra.title})", exact=True).click()
    assert set(shown(reader)) == {*before, extra.id}
    expect(reader.get_by_role("status")).to_contain_text("Added")
    reader.get_by_role("button", name=f"Leave it out ({extra.title})").click()
    assert shown(reader) == before
    reader.get_by_role("button", name=f"Leave it out ({FIRST.title})").click()
    assert FIRST.id not in shown(reader)
    reader.reload()
    assert FIRST.id not in shown(reader)
    reader.get_by_text("left out, and why").click()
    expect(reader.locator("[data-left] li").filter(has_text=FIRST.title)).to_contain_text(
        "you took it out"
    )
    reader.get_by_role("button", name=f"Ask it too ({FIRST.title})", exact=True).click()
    assert shown(reader) == before


def test_looking_up_a_question_does_not_add_it_to_the_meeting(reader: Page) -> None:
    """A link from outside shows one that is left out, too."""
    [outside] = [item for item in few() if item.id in special()]
    visit(reader, f"{ADDRESS}#{outside.id}")
    expect(answer_box(reader, outside)).to_be_visible()
    expect(reader.locator(f"[id='{outside.id}']")).to_be_in_viewport(ratio=WHOLE)

    item = next(each for each in few() if FIRST.id in each.needs)
    write(reader, item, "an answer on sand")
    reader.get_by_role("button", name=f"Leave it out ({FIRST.title})").click()
    reader.get_by_role("radio", name="One question").check()
    reader.locator("[data-goto]").select_option(item.id)
    progress = reader.locator("[data-done]").inner_text()
    question(reader, item).locator("[data-waits]").get_by_role("link", name=FIRST.title).click()
    assert shown(reader) == [FIRST.id]
    expect(reader.locator("[data-done]")).to_have_text(progress)
    expect(reader.get_by_role("button", name=f"Back to “{item.title}”").first).to_be_visible()
    reader.go_back()
    assert shown(reader) == [item.id]
    reader.go_forward()
    assert shown(reader) == [FIRST.id]
    count = int(progress.split(" of ")[1].split()[0])
    reader.get_by_role("button", name="Ask it too").first.click()
    expect(reader.locator("[data-done]")).to_contain_text(f"of {count + 1}")
