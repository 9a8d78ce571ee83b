"""Planning the meeting: whom it asks what, in how many minutes, and what it leaves out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from macros.derive.schedule import schedule
from tests.browser.reader import WHOLE
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    answer_box,
    by_id,
    clock,
    planned,
    playbook,
    question,
    roles,
    shown,
    visit,
    write,
)

pytestmark = pytest.mark.whole_form


def test_it_plans_the_meeting_as_the_playbook_does(reader: Page) -> None:
    """For everybody, every stage and any kind of project the outcome is the agenda of the data.

    With half an hour it says what is left out; more time goes to more questions, must-ask first.
    """
    visit(reader)
    live = playbook().live
    musts = {item.id for item in playbook().must_ask}
    for minutes, agenda in planned().items():
        reader.get_by_label("Minutes you have").select_option(str(minutes))
        expected = schedule(playbook(), agenda)
        items = reader.get_by_role("list", name="Your agenda").get_by_role("listitem")
        expect(items).to_have_count(len(expected))
        for text, line in zip(items.all_inner_texts(), expected, strict=True):
            what = line.question.title if line.question else line.step.title
            assert re.match(rf"\s*0?{clock(line.start)}\s*{re.escape(what)}", text)
        asked = shown(reader)
        assert asked == [line.question.id for line in expected if line.question]
        summary = reader.locator("[data-left-sum]")
        expect(summary).to_contain_text(f"{len(live) - len(asked)} left out, and why")
        for item in playbook().must_ask:
            if item.id not in asked:
                expect(summary).to_contain_text(item.title)
    counts = []
    for more in ("30", "45", "60", "120"):
        reader.get_by_label("Minutes you have").select_option(more)
        asked = shown(reader)
        counts.append(len(asked))
        assert musts <= set(asked) or set(asked) < musts, more
    assert musts <= set(asked)
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]

    reader.get_by_label("Minutes you have").select_option("30")
    reader.get_by_text("left out, and why").click()
    reasons = reader.locator("[data-left] li")
    expect(reasons.filter(has_text="no time left in 30 minutes").first).to_be_visible()
    special = [item for item in playbook().live if "any" not in item.applies_to]
    only = reasons.filter(has_text="only for: Language-model applications")
    expect(only).to_have_count(len(special))


def test_the_roles_stage_and_kind_choose_the_questions(reader: Page) -> None:
    """What was answered stays in view whatever is chosen."""
    visit(reader)
    write(reader, FIRST, "kept in view")
    reader.get_by_label(roles()["business"], exact=True).uncheck()
    assert FIRST.id in shown(reader)
    assert SECOND.id not in shown(reader)
    reader.get_by_label(roles()["business"], exact=True).check()
    question(reader, FIRST).get_by_role("button", name="Clear").click()
    reader.get_by_label("Minutes you have").select_option("120")
    reader.get_by_label(roles()["engineering"], exact=True).uncheck()
    assert all(by_id()[name].role != "engineering" for name in shown(reader))
    reader.get_by_label("Stage").select_option(label="Model")
    assert {by_id()[name].stage for name in shown(reader)} == {"model"}
    reader.get_by_label("Kind of project").select_option(label="Language-model applications")
    assert any("any" not in by_id()[name].applies_to for name in shown(reader))
    reader.reload()
    expect(reader.get_by_label(roles()["engineering"], exact=True)).not_to_be_checked()
    expect(reader.get_by_label("Stage")).to_have_value("model")


def test_a_left_out_question_can_be_asked_too_and_nothing_is_dropped_for_it(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    before = shown(reader)
    extra = next(item for item in playbook().live if item.priority != "must")
    reader.get_by_text("left out, and why").click()
    reader.get_by_role("button", name=f"Ask it too ({extra.title})", exact=True).click()
    assert set(shown(reader)) == {*before, extra.id}
    expect(reader.locator("[data-agenda-sum]")).to_contain_text("3 minutes more than you have")
    expect(reader.get_by_role("status")).to_contain_text("takes 33 minutes now")
    reader.get_by_role("button", name=f"Leave it out ({extra.title})").click()
    assert shown(reader) == before
    # One of the agenda can be left out too, and taken in again.
    reader.get_by_role("button", name=f"Leave it out ({FIRST.title})").click()
    assert FIRST.id not in shown(reader)
    reader.reload()
    assert FIRST.id not in shown(reader)
    reader.get_by_text("left out, and why").click()
    expect(reader.locator("[data-left] li").filter(has_text=FIRST.title)).to_contain_text(
        "you took it out"
    )
    reader.get_by_role("button", name=f"Ask it too ({FIRST.title})", exact=True).click()
    assert FIRST.id in shown(reader)


def test_a_link_to_a_question_that_is_left_out_shows_it(reader: Page) -> None:
    last = [item for item in playbook().live if item.priority != "must"][-1]
    visit(reader, f"kickoff/worksheet/#{last.id}")
    expect(answer_box(reader, last)).to_be_visible()
    expect(reader.locator(f"[id='{last.id}']")).to_be_in_viewport(ratio=WHOLE)


def test_looking_up_a_question_does_not_add_it_to_the_meeting(reader: Page) -> None:
    asked = {line.question.id for line in schedule(playbook(), planned()[60]) if line.question}
    item = next(
        each for each in playbook().must_ask if any(need not in asked for need in each.needs)
    )
    other = next(by_id()[need] for need in item.needs if need not in asked)
    visit(reader)
    write(reader, item, "an answer on sand")
    reader.locator("[data-goto]").evaluate("(e, id) => { e.value = id; }", item.id)
    reader.get_by_role("radio", name="One question").check()
    reader.locator("[data-goto]").select_option(item.id)
    progress = reader.locator("[data-done]").inner_text()
    question(reader, item).locator("[data-waits]").get_by_role("link", name=other.title).click()
    assert shown(reader) == [other.id]
    expect(reader.locator("[data-done]")).to_have_text(progress)
    expect(reader.get_by_role("button", name=f"Back to “{item.title}”").first).to_be_visible()
    reader.go_back()
    assert shown(reader) == [item.id]
    reader.go_forward()
    assert shown(reader) == [other.id]
    count = int(progress.split(" of ")[1].split()[0])
    reader.get_by_role("button", name="Ask it too").first.click()
    expect(reader.locator("[data-done]")).to_contain_text(f"of {count + 1}")
