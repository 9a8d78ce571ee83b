"""Running the meeting: answering, one question at a time, and what is open."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.derive.schedule import schedule
from tests.browser.page_checks import sticking_out
from tests.browser.reader import IDLE, Guard, OpenReader, tab_to
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    answer_box,
    clock,
    content,
    few,
    planned,
    playbook,
    question,
    roles,
    save_copy,
    shown,
    take_text,
    visit,
    write,
)
from tests.modules.sheets import ask


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


def test_not_knowing_asks_for_owner_and_day_and_is_listed(reader: Page) -> None:
    visit(reader)
    group = question(reader, FIRST)
    group.get_by_label("We do not know yet").check()
    expect(group.get_by_text("Who finds out, and by when?")).to_be_visible()
    points = reader.locator("[data-open] li").filter(has_text=FIRST.title)
    expect(points).to_contain_text("we do not know yet): no owner yet, no day yet")
    group.get_by_label("Owner").fill("Grace")
    group.get_by_label("Due").fill("2026-12-01")
    expect(points).to_contain_text("Grace, by 1 December 2026")
    expect(group.get_by_text("Who finds out, and by when?")).to_be_hidden()
    assert reader.locator("[data-open] li").first.inner_text().startswith(FIRST.title)


def test_a_decision_is_logged_and_progress_counts_not_applicable(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "We go for the rule.")
    question(reader, FIRST).get_by_label("Log this answer as a decision").check()
    expect(reader.locator("[data-decisions]")).to_contain_text("We go for the rule.")
    question(reader, SECOND).get_by_label("Not applicable").check()
    asked = shown(reader)
    expect(reader.locator("[data-done]")).to_have_text(f"2 of {len(asked)} settled")
    settled = Counter(item.role for item in few() if item.id in (FIRST.id, SECOND.id))
    by_role = reader.get_by_role("list", name="Settled, by role")
    for role, count in Counter(item.role for item in few() if item.id in asked).items():
        expect(by_role).to_contain_text(f"{roles()[role]}: {settled[role]} of {count}")
    # What nobody knows is no decision.
    question(reader, FIRST).get_by_label("We do not know yet").check()
    logged = question(reader, FIRST).get_by_label("Log this answer as a decision")
    expect(logged).to_be_hidden()
    expect(reader.locator("[data-decisions]")).not_to_contain_text("We go for the rule.")


def test_typing_is_announced_once_and_politely(reader: Page) -> None:
    visit(reader)
    assert reader.get_by_role("status").count() == 1
    reader.evaluate(
        """() => {
          window.said = [];
          const status = document.querySelector("main [role=status]");
          new MutationObserver(() => window.said.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    answer_box(reader, FIRST).press_sequentially("x" * 30)
    expect(reader.get_by_role("status")).to_contain_text("Saved. 1 of")
    assert len(reader.evaluate("window.said")) <= 2


@pytest.mark.whole_form
def test_one_question_at_a_time_from_start_to_minutes_by_keyboard(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    reader.get_by_label("Minutes you have").focus()
    tab_to(reader, reader.get_by_role("button", name="Start the meeting"))
    reader.keyboard.press("Enter")
    steps = reader.get_by_role("button", name=re.compile("^Next$|^To the minutes$")).first
    told = reader.get_by_role("status")
    planned_lines = schedule(playbook(), planned()[30])
    count = sum(line.question is not None for line in planned_lines)
    for number, line in enumerate(planned_lines):
        expect(steps).to_be_focused()
        expect(reader.locator("[data-clock]")).to_contain_text(f"Planned {clock(line.start)} to")
        if line.question:
            assert shown(reader) == [line.question.id]
            expect(told).to_have_text(f"Question {number} of {count}: {line.question.title}")
        else:
            assert shown(reader) == []
            expect(reader.get_by_text(line.step.what)).to_be_visible()
            expect(reader.get_by_label("Notes")).to_be_visible()
        reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Kickoff: project without a name")).to_be_visible()
    expect(reader.get_by_role("radio", name="Minutes")).to_be_focused()


def test_the_way_on_is_never_under_the_bar(reader: Page) -> None:
    visit(reader)
    for view in ("One question", "Minutes", "Whole sheet"):
        reader.evaluate("scrollTo(0, document.body.scrollHeight)")
        reader.get_by_role("radio", name=view).check()
        bar = reader.locator("[data-bar]").bounding_box()
        top = reader.locator("[data-top]").bounding_box()
        assert bar
        assert top
        assert top["y"] >= bar["y"] + bar["height"] - 1, view


def test_how_late_it_is_stands_beside_what_was_planned(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.clock.install(time="2026-11-24T10:00:00")
    visit(reader)
    reader.get_by_role("button", name="Start the meeting").click()
    reader.clock.run_for(8 * 60_000 + 20_000)
    expect(reader.locator("[data-clock]")).to_have_text("Planned 0:00 to 0:04 · now 0:08")


def test_a_reload_and_going_back_return_to_the_question(reader: Page) -> None:
    visit(reader)
    reader.get_by_role("button", name="Start the meeting").click()
    for _ in range(3):
        reader.get_by_role("button", name="Next").first.click()
    [here] = shown(reader)
    reader.reload()
    assert shown(reader) == [here]
    reader.get_by_role("link", name="More about").filter(visible=True).click()
    reader.wait_for_url("**/q/**")
    reader.go_back()
    expect(reader.get_by_role("radio", name="One question")).to_be_checked()
    assert shown(reader) == [here]
    expect(reader.get_by_role("button", name="Next").first).to_be_visible()


def test_what_came_of_the_premortem_is_kept_and_in_the_minutes(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Notes").fill("It failed because nobody read the list.")
    reader.reload()
    expect(reader.get_by_label("Notes")).to_have_value("It failed because nobody read the list.")
    assert "nobody read the list" in take_text(reader, "Text (Markdown)")


def test_a_next_step_of_a_settled_answer_is_listed_by_day(reader: Page) -> None:
    visit(reader)
    for item, day in ((FIRST, "2026-12-09"), (SECOND, "2026-12-04")):
        write(reader, item, "Settled.")
        question(reader, item).get_by_label("Next step").fill(f"Do what {item.id} needs")
        question(reader, item).get_by_label("Owner").fill("Ines")
        question(reader, item).get_by_label("Due").fill(day)
    steps = reader.locator("[data-next] li")
    expect(steps.first).to_contain_text(f"{SECOND.title}: Do what {SECOND.id} needs; Ines, by 4")
    expect(steps.nth(1)).to_contain_text("by 9 December 2026")
    assert "## Next steps" in take_text(reader, "Text (Markdown)")


def test_what_an_answer_lacks_is_asked_without_moving_anything(reader: Page) -> None:
    visit(reader)
    group = question(reader, FIRST)
    group.get_by_label("Next step").fill("Count the letters")
    box = group.get_by_label("Log this answer as a decision")
    before = box.bounding_box()
    box.check()
    expect(group.get_by_text("Who does it, and by when?")).to_be_visible()
    after = box.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    group.get_by_label("Not applicable").check()
    expect(group.get_by_text("Why does it not apply?")).to_be_visible()
    group.get_by_label("Your answer").fill("No law touches it.")
    reader.get_by_label("Project", exact=True).click()
    expect(group.get_by_text("Why does it not apply?")).to_be_hidden()


@pytest.mark.whole_form
def test_the_close_shows_what_is_open_and_the_minutes_what_was_not_reached(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    reader.get_by_role("button", name="Start the meeting").click()
    expect(reader.get_by_role("heading", name="Open points")).to_be_hidden()
    stops = len(schedule(playbook(), planned()[30]))
    reader.locator("[data-goto]").select_option(label=f"Close ({stops} of {stops})")
    expect(reader.get_by_role("heading", name="Open points")).to_be_visible()
    asked = {line.question.id for line in schedule(playbook(), planned()[30]) if line.question}
    missed = [item.title for item in playbook().must_ask if item.id not in asked]
    reader.get_by_role("radio", name="Whole sheet").check()
    text = take_text(reader, "Text (Markdown)")
    assert "## Still to be asked" in text
    assert all(title in text.split("## Still to be asked")[1].split("##")[0] for title in missed)


def test_answering_with_the_keyboard_alone(reader: Page) -> None:
    visit(reader)
    reader.locator(f"[id='{FIRST.id}']").focus()
    tab_to(reader, answer_box(reader, FIRST), most=5)
    reader.keyboard.type("typed")
    reader.keyboard.press("Tab")
    expect(question(reader, FIRST).get_by_label("Answered")).to_be_focused()
    reader.keyboard.press("ArrowRight")
    expect(question(reader, FIRST).get_by_label("Not applicable")).to_be_checked()
    copy = reader.locator(".ws-take").get_by_role("button", name="Save a copy")
    with reader.expect_download() as waiting:
        copy.focus()
        reader.keyboard.press("Enter")
    assert "typed" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_every_control_is_labelled_natively(reader: Page) -> None:
    visit(reader)
    faults = reader.evaluate(
        """() => {
          const wrong = [];
          const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
          wrong.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`));
          for (const each of document.querySelectorAll("main :is(input, select, textarea)")) {
            const label = document.querySelector(`label[for="${each.id}"]`);
            if (!label?.textContent.trim()) wrong.push(`no label: ${each.outerHTML}`);
            if (each.placeholder) wrong.push(`placeholder: ${each.outerHTML}`);
            const hints = (each.getAttribute("aria-describedby") ?? "").split(" ");
            for (const id of hints.filter(Boolean)) {
              if (ids.filter((other) => other === id).length !== 1) wrong.push(`hint: ${id}`);
            }
          }
          for (const each of document.querySelectorAll("main fieldset")) {
            if (!each.querySelector(":scope > legend")?.textContent.trim()) wrong.push("no legend");
          }
          wrong.push(...document.querySelectorAll("[role=checkbox], [role=radio]"));
          return wrong;
        }"""
    )
    assert faults == []
    script = ask(reader, "return state.STATUSES.map((each) => [each, minutes.statusWord(each)])")
    form = (
        question(reader, FIRST)
        .locator("[type=radio]")
        .evaluate_all("all => all.map(each => [each.value, each.labels[0].textContent])")
    )
    assert sorted(script) == sorted(form)


def test_nothing_sticks_out_on_a_narrow_screen(reader: Page) -> None:
    page = reader.context.new_page()
    page.set_viewport_size({"width": 320, "height": 740})
    visit(page)
    write(page, FIRST, "x" * 400)
    question(page, FIRST).get_by_label("Log this answer as a decision").check()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("left out, and why").click()
    wrong = []
    for view in ("One question", "Minutes", "Whole sheet"):
        page.get_by_role("radio", name=view).check()
        wrong += sticking_out(page, view)
    assert not wrong, "\n".join(wrong)


def test_a_part_that_cannot_be_fetched_is_owned_up_to_and_fetched_once_it_can_be(
    reader: Page, guard: Guard
) -> None:
    guard.expect("net::ERR_FAILED")
    for is_asked_too_soon in (True, False):
        reader.route("**/worksheet/exchange.js", lambda route: route.abort())
        visit(reader)
        write(reader, FIRST, "still here")
        with reader.expect_event("requestfailed"):
            reader.keyboard.press("Shift")
        reader.evaluate(IDLE)
        if is_asked_too_soon:
            reader.get_by_role("button", name="Save a copy").first.click()
            expect(reader.get_by_role("alert")).to_contain_text("What you typed is still here")
            expect(answer_box(reader, FIRST)).to_have_value("still here")
        reader.unroute_all()
        assert content(save_copy(reader))["answers"][0]["text"] == "still here"
        reader.goto("about:blank")
