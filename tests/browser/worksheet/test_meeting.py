"""A meeting at the worksheet: choosing, answering, minutes, taking home, paper, no server."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from macros.derive.schedule import in_order_of_need, lines
from tests.browser.page_checks import axe, printed, sticking_out
from tests.browser.reader import PHONE, Guard, OpenReader, squeezed, tab_to
from tests.browser.worksheet.desk import (
    FIRST,
    PLAYBOOK,
    SECOND,
    THIRD,
    answer_box,
    question,
    take_text,
    visit,
    write,
)
from tests.browser.worksheet.sheets import ask
from tests.conftest import serve

ROLES = {role.id: role.short for role in PLAYBOOK.vocabulary.roles}
PLAYBOOK_BY_ID = {item.id: item for item in PLAYBOOK.live}


def shown(page: Page) -> list[str]:
    """The ids of the questions that are in view, in their order."""
    found: list[str] = page.locator("[data-question][data-ask]").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.dataset.question)"
    )
    return found


# ---- Choosing ----


PLANNED = {each.minutes: each for each in reversed(PLAYBOOK.agendas)}


@pytest.mark.parametrize("minutes", PLANNED)
def test_it_plans_the_meeting_as_the_playbook_does(reader: Page, minutes: int) -> None:
    """For everybody, every stage and any kind of project the outcome is the agenda of the data."""
    visit(reader)
    reader.get_by_label("Minutes you have").select_option(str(minutes))
    planned = lines(PLAYBOOK, PLANNED[minutes])
    items = reader.get_by_role("list", name="Your agenda").get_by_role("listitem")
    expect(items).to_have_count(len(planned))
    for item, line in zip(items.all(), planned, strict=True):
        what = line.question.title if line.question else line.step.title
        expect(item).to_contain_text(re.compile(rf"^\s*0?{clock(line.start)}\s*{re.escape(what)}"))
    assert shown(reader) == [line.question.id for line in planned if line.question]


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def test_half_an_hour_says_what_is_left_out(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    asked = shown(reader)
    assert set(asked) < {item.id for item in PLAYBOOK.musts}
    left = len(PLAYBOOK.live) - len(asked)
    summary = reader.get_by_text(f"{left} left out, and why")
    for item in PLAYBOOK.musts:
        if item.id not in asked:
            expect(summary).to_contain_text(item.title)
    summary.click()
    reasons = reader.locator("[data-left] li")
    expect(reasons.filter(has_text="no time left in 30 minutes").first).to_be_visible()
    kinds = [item for item in PLAYBOOK.live if "any" not in item.applies_to]
    only = reasons.filter(has_text="only for: Language-model applications")
    expect(only).to_have_count(len(kinds))


@pytest.mark.parametrize(("minutes", "every_must"), [("45", False), ("60", True), ("120", True)])
def test_more_time_goes_to_more_questions_must_first(
    reader: Page, minutes: str, every_must: bool
) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option(minutes)
    musts = {item.id for item in PLAYBOOK.musts}
    assert (musts <= set(shown(reader))) == every_must
    if not every_must:
        assert set(shown(reader)) <= musts


def test_the_roles_stage_and_kind_choose_the_questions(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("120")
    reader.get_by_label(ROLES["engineering"], exact=True).uncheck()
    assert all(PLAYBOOK_BY_ID[name].role != "engineering" for name in shown(reader))
    reader.get_by_label("Stage").select_option(label="Model")
    assert {PLAYBOOK_BY_ID[name].stage for name in shown(reader)} == {"model"}
    reader.get_by_label("Kind of project").select_option(label="Language-model applications")
    assert any("any" not in PLAYBOOK_BY_ID[name].applies_to for name in shown(reader))
    reader.reload()
    expect(reader.get_by_label(ROLES["engineering"], exact=True)).not_to_be_checked()
    expect(reader.get_by_label("Stage")).to_have_value("model")


def test_a_left_out_question_can_be_asked_too_and_nothing_is_dropped_for_it(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    before = shown(reader)
    extra = next(item for item in PLAYBOOK.live if item.priority != "must")
    reader.get_by_text("left out, and why").click()
    reader.get_by_role("button", name=f"Ask it too ({extra.title})", exact=True).click()
    assert set(shown(reader)) == {*before, extra.id}
    expect(reader.locator("[data-agenda-sum]")).to_contain_text("3 minutes more than you have")
    expect(reader.get_by_role("status")).to_contain_text("takes 33 minutes now")
    reader.get_by_role("button", name=f"Leave it out ({extra.title})").click()
    assert shown(reader) == before


def test_a_question_of_the_agenda_can_be_left_out_and_taken_in_again(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
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


def test_what_was_answered_stays_in_view_whatever_is_chosen(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "kept in view")
    reader.get_by_label(ROLES["business"], exact=True).uncheck()
    assert FIRST.id in shown(reader)
    assert SECOND.id not in shown(reader)


# ---- Answering ----


def test_an_answer_says_which_answers_it_still_waits_for(reader: Page) -> None:
    item = next(each for each in PLAYBOOK.musts if FIRST.id in each.needs)
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


def test_a_link_to_a_question_that_is_left_out_shows_it(reader: Page) -> None:
    last = [item for item in PLAYBOOK.live if item.priority != "must"][-1]
    visit(reader, f"kickoff/worksheet/#{last.id}")
    expect(answer_box(reader, last)).to_be_visible()
    expect(reader.locator(f"[id='{last.id}']")).to_be_in_viewport(ratio=1)


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
    expect(reader.locator("[data-done]")).to_have_text("2 of 12 settled")
    expect(reader.get_by_role("list", name="Settled, by role")).to_contain_text("Business: 2 of 4")


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
    answer_box(reader, FIRST).press_sequentially("x" * 200)
    expect(reader.get_by_role("status")).to_contain_text("Saved. 1 of")
    assert len(reader.evaluate("window.said")) <= 2


def test_one_question_at_a_time_from_start_to_minutes_by_keyboard(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    tab_to(reader, reader.get_by_role("button", name="Start the meeting"))
    reader.keyboard.press("Enter")
    steps = reader.get_by_role("button", name=re.compile("^Next$|^To the minutes$")).first
    told = reader.get_by_role("status")
    for number, line in enumerate(lines(PLAYBOOK, PLANNED[30])):
        expect(steps).to_be_focused()
        expect(reader.locator("[data-clock]")).to_contain_text(f"Planned {clock(line.start)} to")
        if line.question:
            assert shown(reader) == [line.question.id]
            expect(told).to_have_text(f"Question {number} of 7: {line.question.title}")
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


def test_how_late_it_is_stands_beside_what_was_planned(reader: Page) -> None:
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
    reader.wait_for_url("**/roles/**")
    reader.go_back()
    expect(reader.get_by_role("radio", name="One question")).to_be_checked()
    assert shown(reader) == [here]
    expect(reader.get_by_role("button", name="Next").first).to_be_visible()


def test_looking_up_a_question_does_not_add_it_to_the_meeting(reader: Page) -> None:
    asked = {line.question.id for line in lines(PLAYBOOK, PLANNED[60]) if line.question}
    item = next(each for each in PLAYBOOK.musts if any(need not in asked for need in each.needs))
    other = next(PLAYBOOK_BY_ID[need] for need in item.needs if need not in asked)
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
    reader.get_by_role("button", name="Ask it too").first.click()
    expect(reader.locator("[data-done]")).to_contain_text("of 13")


def test_what_came_of_the_premortem_is_kept_and_in_the_minutes(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Notes").fill("It failed because nobody read the list.")
    reader.wait_for_function(
        "() => Object.values(localStorage).some(value => value.includes('read the list'))"
    )
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


def test_the_close_shows_what_is_open_and_the_minutes_what_was_not_reached(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Minutes you have").select_option("30")
    reader.get_by_role("button", name="Start the meeting").click()
    expect(reader.get_by_role("heading", name="Open points")).to_be_hidden()
    reader.locator("[data-goto]").select_option(label="Close (9 of 9)")
    expect(reader.get_by_role("heading", name="Open points")).to_be_visible()
    missed = [item.title for item in PLAYBOOK.musts if item.stage != "frame"]
    text = take_text_of_minutes(reader)
    assert "## Still to be asked" in text
    assert all(title in text.split("## Still to be asked")[1].split("##")[0] for title in missed)


def take_text_of_minutes(page: Page) -> str:
    page.get_by_role("radio", name="Whole sheet").check()
    return take_text(page, "Text (Markdown)")


def test_what_nobody_knows_is_no_decision(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "We go for the rule.")
    group = question(reader, FIRST)
    group.get_by_label("Log this answer as a decision").check()
    group.get_by_label("We do not know yet").check()
    expect(group.get_by_label("Log this answer as a decision")).to_be_hidden()
    expect(reader.locator("[data-decisions]")).not_to_contain_text("We go for the rule.")


def test_answering_with_the_keyboard_alone(reader: Page) -> None:
    visit(reader)
    tab_to(reader, answer_box(reader, FIRST))
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


# ---- Taking home ----


def test_every_export_holds_answer_status_owner_and_next_step(reader: Page) -> None:
    visit(reader)
    write(reader, FIRST, "-1 degree, “café”")
    group = question(reader, FIRST)
    group.get_by_label("Owner").fill("Ada Owner")
    group.get_by_label("Next step").fill("Measure again")
    group.get_by_label("We do not know yet").check()
    for button in ("Text (Markdown)", "Spreadsheet", "Notebook"):
        text = take_text(reader, button)
        for words in ("degree, “café”", "Ada Owner", "Measure again", "We do not know yet"):
            assert words in text, f"{button}: {words}"
    rows = list(csv.DictReader(io.StringIO(take_text(reader, "Spreadsheet")[1:], newline="")))
    assert [row["question"] for row in rows] != []
    assert {row["question"] for row in rows} == {item.id for item in PLAYBOOK.live}
    assert next(row for row in rows if row["question"] == FIRST.id)["answer"].startswith("'-1")


def test_copy_for_a_document_is_rich_and_plain(open_reader: OpenReader) -> None:
    page = visit(open_reader(permissions=["clipboard-read", "clipboard-write"]))
    write(page, FIRST, "# x <b>")
    page.locator(".ws-take").get_by_role("button", name="Copy for a document").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    rich, plain = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (type) => (await item.getType(type)).text();
          return [await read("text/html"), await read("text/plain")];
        }"""
    )
    assert "<h2>Open points</h2>" in rich
    assert "<li>" in rich
    assert "# x &lt;b&gt;" in rich or "# x &#60;b&#62;" in rich
    assert "\\# x &lt;b&gt;" in plain


def test_copy_works_without_the_modern_clipboard(open_reader: OpenReader) -> None:
    page = open_reader(permissions=["clipboard-read"])
    page.add_init_script("Clipboard.prototype.write = () => Promise.reject(new Error('no'))")
    visit(page)
    write(page, FIRST, "the old way")
    page.locator(".ws-take").get_by_role("button", name="Copy for a document").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    assert "the old way" in page.evaluate("navigator.clipboard.readText()")


def test_a_short_issue_is_in_the_link_and_a_long_one_is_not_lost(
    open_reader: OpenReader, guard: Guard
) -> None:
    page = visit(open_reader(permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_label("Project", exact=True).fill("Pool & more")
    expect(page.get_by_role("link", name="Open a new issue there")).to_be_hidden()
    for item in PLAYBOOK.live[:20]:
        page.evaluate(
            """([id, text]) => {
              const box = document.getElementById(`text-${id}`);
              box.value = text;
              box.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            [item.id, f"{item.id} " + "y" * 500],
        )
    page.get_by_label("Its address").fill("https://github.com/team/project")
    link = page.get_by_role("link", name="Open a new issue there")
    expect(link).to_be_visible()
    before = answer_box(page, FIRST).input_value()
    href = str(link.get_attribute("href"))
    asked = parse_qs(urlsplit(href).query)
    assert len(href) <= 2000
    assert asked == {"title": ["Kickoff: Pool & more"], "labels": ["kickoff"]}
    expect(page.get_by_text("too long for a link")).to_be_visible()
    body = page.get_by_label("Text of the issue")
    expect(body).to_be_visible()
    for item in PLAYBOOK.live[:20]:
        assert f"{item.id} " + "y" * 500 in body.input_value()
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="an issue"))
    guard.expect("another host: https://github.com/")
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url("https://github.com/**")
    opened.value.close()
    page.bring_to_front()
    page.wait_for_function(
        "body => navigator.clipboard.readText().then(text => text === body)", arg=body.input_value()
    )
    expect(answer_box(page, FIRST)).to_have_value(before)


# ---- Paper ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_minutes_print_whole(open_reader: OpenReader, scheme: str) -> None:
    page = visit(open_reader(scheme=scheme))
    page.get_by_label("Project", exact=True).fill("Pool")
    page.get_by_label("Who is in the room").fill("Ada\nGrace")
    write(page, FIRST, ("word " * 600) + "TAILMARK")
    folded = page.locator(".ws-left li").first.inner_text().split(":")[0]
    text = printed(page)
    assert "TAILMARK" in text
    left = next(item for item in PLAYBOOK.live if "any" not in item.applies_to)
    for words in ("Kickoff: Pool", "Ada; Grace", "Open points", "Decisions", left.title, folded):
        assert squeezed(words) in text, words
    for words in (
        "Save a copy",
        "Start with",
        "Whole sheet",
        "Take it home",
        "SearchDark",
        "CC BY",
    ):
        assert squeezed(words) not in text, words
    page.emulate_media(media="print")
    ink = page.locator("[data-minutes] blockquote").evaluate("e => getComputedStyle(e).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 150


def test_without_script_it_is_a_form_that_prints(open_reader: OpenReader) -> None:
    page = open_reader(java_script_enabled=False)
    page.goto("kickoff/worksheet/")
    assert page.get_by_label("Your answer").count() == len(PLAYBOOK.live)
    for name in ("Owner", "Due", "Next step"):
        assert page.get_by_label(name, exact=True).count() == len(PLAYBOOK.live)
    assert page.locator("main button:not(.pb-term *)").filter(visible=True).count() == 0
    text = printed(page)
    for item in PLAYBOOK.live:
        assert squeezed(item.ask) in text, item.id
    assert text.count(squeezed("Your answer")) == len(PLAYBOOK.live)


def blank_form(open_reader: OpenReader) -> Page:
    page = open_reader(java_script_enabled=False)
    page.goto("kickoff/worksheet/")
    return page


def test_without_script_the_boxes_choose_what_the_form_asks(open_reader: OpenReader) -> None:
    page = blank_form(open_reader)
    for role, label in ROLES.items():
        page.get_by_label(label, exact=True).uncheck()
        assert {PLAYBOOK_BY_ID[name].role for name in shown(page)} == set(ROLES) - {role}
        page.get_by_label(label, exact=True).check()
    for stage in PLAYBOOK.vocabulary.stages:
        page.get_by_label("Stage").select_option(stage.id)
        assert {PLAYBOOK_BY_ID[name].stage for name in shown(page)} == {stage.id}
    page.get_by_label("Stage").select_option("")
    page.get_by_label(f"Only the {len(PLAYBOOK.musts)} questions").check()
    assert shown(page) == [item.id for item in in_order_of_need(PLAYBOOK.musts, PLAYBOOK)]
    text = printed(page)
    assert text.count(squeezed("Your answer")) == len(PLAYBOOK.musts)
    assert "mm/dd" not in text


# ---- Everybody ----


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


def test_axe_finds_nothing_in_any_view(open_reader: OpenReader) -> None:
    """With few questions: a form of all of them is a page that test_every_page.py opens."""
    page = visit(open_reader(width=PHONE))
    write(page, FIRST, "an answer")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    question(page, SECOND).get_by_label("We do not know yet").check()
    question(page, THIRD).get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_label("Minutes you have").select_option("30")
    page.get_by_text("left out, and why").click()
    wrong = axe(page, "whole sheet")
    for view in ("One question", "Minutes"):
        page.get_by_role("radio", name=view).check()
        wrong += axe(page, view)
    assert not wrong, "\n".join(wrong)


def test_nothing_sticks_out_on_a_narrow_screen(open_reader: OpenReader) -> None:
    page = visit(open_reader(width=320))
    write(page, FIRST, "x" * 400)
    question(page, FIRST).get_by_label("Log this answer as a decision").check()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("left out, and why").click()
    wrong = []
    for view in ("One question", "Minutes", "Whole sheet"):
        page.get_by_role("radio", name=view).check()
        wrong += sticking_out(page, view)
    assert not wrong, "\n".join(wrong)


def test_with_the_server_stopped_everything_goes_on(
    open_reader: OpenReader, built_site: Path, guard: Guard
) -> None:
    page = open_reader(permissions=["clipboard-read", "clipboard-write"])
    guard.expect("another host: http://127.0.0.1")
    with serve(built_site) as address:
        visit(page, f"{address}kickoff/worksheet/")
        page.keyboard.press("Shift")
        page.wait_for_load_state("networkidle")
    write(page, FIRST, "no server any more")
    for button in ("Text (Markdown)", "Spreadsheet", "Notebook"):
        assert "no server any more" in take_text(page, button)
    page.locator(".ws-take").get_by_role("button", name="Copy for a document").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    page.get_by_role("radio", name="One question").check()
    page.get_by_role("button", name="Next").first.click()
    assert squeezed("no server any more") in printed(page)


def test_a_part_that_cannot_be_fetched_is_owned_up_to(reader: Page, guard: Guard) -> None:
    guard.expect("net::ERR_FAILED")
    reader.route("**/worksheet/exchange.js", lambda route: route.abort())
    visit(reader)
    write(reader, FIRST, "still here")
    reader.get_by_role("button", name="Save a copy").first.click()
    expect(reader.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(answer_box(reader, FIRST)).to_have_value("still here")


def test_the_script_and_the_form_know_the_same_statuses(reader: Page) -> None:
    visit(reader)
    script = ask(reader, "return state.STATUSES.map((each) => [each, minutes.statusWord(each)])")
    form = (
        question(reader, FIRST)
        .locator("[type=radio]")
        .evaluate_all("all => all.map(each => [each.value, each.labels[0].textContent])")
    )
    assert sorted(script) == sorted(form)
