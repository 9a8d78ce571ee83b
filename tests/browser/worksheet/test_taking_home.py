"""Taking it home: files, the clipboard, an issue, paper, and all of it without a server."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from macros.model.question import Question
from tests.browser.page_checks import printed
from tests.browser.reader import Guard, OpenReader, squeezed
from tests.browser.worksheet.desk import (
    ADDRESS,
    FIRST,
    answer_box,
    few,
    open_copy,
    playbook,
    question,
    roles,
    take_text,
    visit,
    wait_until_whole,
    write,
)
from tests.conftest import serve

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


CLIPBOARD = ["clipboard-read", "clipboard-write"]


def copy_for_a_document(page: Page) -> None:
    page.locator(".ws-take").get_by_role("button", name="Copy for a document").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")


def test_a_short_issue_is_in_the_link_and_a_long_one_is_not_lost(
    reader: Page, guard: Guard
) -> None:
    page = visit(reader)
    page.context.grant_permissions(CLIPBOARD)
    page.get_by_label("Project", exact=True).fill("Pool & more")
    expect(page.get_by_role("link", name="Open a new issue there")).to_be_hidden()
    for item in few():
        page.evaluate(
            """([id, text]) => {
              const box = document.getElementById(`text-${id}`);
              box.value = text;
              box.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            [item.id, f"{item.id} " + "y" * 1500],
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
    for item in few():
        assert f"{item.id} " + "y" * 1500 in body.input_value()
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="an issue"))
    guard.expect("another host: https://github.com/")
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url("https://github.com/**")
    opened.value.close()
    page.bring_to_front()
    # A promise is true whatever it comes to, so wait_for_function would see nothing.
    assert page.evaluate(
        """async (body) => {
          for (let turn = 0; turn < 100; turn += 1) {
            if ((await navigator.clipboard.readText()) === body) return true;
            await new Promise((done) => setTimeout(done, 50));
          }
          return false;
        }""",
        body.input_value(),
    ), "the text of the issue is not copied"
    expect(answer_box(page, FIRST)).to_have_value(before)


def test_the_minutes_print_whole(reader: Page) -> None:
    page = visit(reader)
    page.get_by_label("Project", exact=True).fill("Pool")
    page.get_by_label("Who is in the room").fill("Ada\nGrace")
    write(page, FIRST, ("word " * 600) + "TAILMARK")
    folded = page.locator(".ws-left li").first.inner_text().split(":")[0]
    text = printed(page)
    assert "TAILMARK" in text
    left = next(item for item in few() if "any" not in item.applies_to)
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
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        ink = page.locator("[data-minutes] blockquote").evaluate("e => getComputedStyle(e).color")
        assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 150, scheme
    page.emulate_media(media="null", color_scheme="light")


def test_without_script_it_is_a_form_that_prints_what_the_boxes_choose(
    open_reader: OpenReader,
) -> None:
    page = open_reader(java_script_enabled=False)
    page.goto(ADDRESS)
    count = len(few())
    assert page.locator("main button:not(.pb-term *)").filter(visible=True).count() == 0
    assert chosen(page) == few()
    for role, label in roles().items():
        page.get_by_label(label, exact=True).uncheck()
        assert chosen(page) == [item for item in few() if item.role != role]
        page.get_by_label(label, exact=True).check()
    for stage in playbook().vocabulary.stages:
        page.get_by_label("Stage").select_option(stage.id)
        assert chosen(page) == [item for item in few() if item.stage == stage.id]
    page.get_by_label("Stage").select_option("")
    page.get_by_label(f"Only the {len(playbook().must_ask)} questions").check()
    musts = [item for item in few() if item.priority == "must"]
    assert chosen(page) == musts
    text = printed(page)
    for item in musts:
        assert squeezed(item.ask) in text, item.id
    for words in ("Your answer", "Owner", "Due", "Next step"):
        assert text.count(squeezed(words)) >= len(musts), words
    assert text.count(squeezed("Your answer")) == len(musts) < count
    assert "mm/dd" not in text


def chosen(page: Page) -> list[Question]:
    """The questions that the form asks, each with its boxes, in the order of the data."""
    inputs = "fieldset[data-question] :is(textarea, input[type=text])"
    count: dict[str, int] = page.locator(inputs).evaluate_all(
        """all => all.filter((each) => each.checkVisibility()).reduce((found, each) => {
          const { question } = each.closest("[data-question]").dataset;
          return { ...found, [question]: (found[question] ?? 0) + 1 };
        }, {})"""
    )
    # Answer, owner, day and next step.
    assert set(count.values()) <= {4}, count
    return [item for item in few() if item.id in count]


def test_with_the_server_stopped_everything_can_be_taken_home(
    open_reader: OpenReader, short_site: Path, guard: Guard
) -> None:
    """As a file, a rich and a plain copy, a link, on paper; a notebook opens again."""
    page = open_reader(permissions=CLIPBOARD)
    guard.expect("another host: http://127.0.0.1")
    with serve(short_site) as address:
        visit(page, f"{address}{ADDRESS}")
        wait_until_whole(page)
    write(page, FIRST, "-1 degree, “café” # x <b>")
    group = question(page, FIRST)
    group.get_by_label("Owner").fill("Ada Owner")
    group.get_by_label("Next step").fill("Measure again")
    group.get_by_label("We do not know yet").check()
    copy_for_a_document(page)
    rich, plain = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (type) => (await item.getType(type)).text();
          return [await read("text/html"), await read("text/plain")];
        }"""
    )
    assert re.search("<h2[^>]*>Open points</h2>", rich)
    assert "<li>" in rich
    assert "# x &lt;b&gt;" in rich or "# x &#60;b&#62;" in rich
    assert "# x &lt;b&gt;" in plain

    taken = {
        button: take_text(page, button) for button in ("Text (Markdown)", "Spreadsheet", "Notebook")
    }
    for button, text in taken.items():
        for words in ("degree, “café”", "Ada Owner", "Measure again", "We do not know yet"):
            assert words in text, f"{button}: {words}"
    rows = list(csv.DictReader(io.StringIO(taken["Spreadsheet"][1:], newline="")))
    assert {row["question"] for row in rows} == {item.id for item in few()}

    # Without the modern clipboard, the old way.
    page.evaluate("() => { Clipboard.prototype.write = () => Promise.reject(new Error('no')); }")
    group.get_by_label("Next step").fill("The old way")
    copy_for_a_document(page)
    assert "The old way" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    page.get_by_role("radio", name="One question").check()
    page.get_by_role("button", name="Next").first.click()
    assert squeezed("The old way") in printed(page)

    # A notebook holds the answers as they were saved, and says so if its text was changed.
    told = "The text of this notebook was changed after this page saved it"
    page.get_by_role("radio", name="Whole sheet").check()
    edited = taken["Notebook"].replace("degree, “", "degrees, “", 1)
    for text, is_edited in [(taken["Notebook"], False), (edited, True)]:
        page.get_by_role("button", name="Delete this worksheet").click()
        expect(answer_box(page, FIRST)).to_have_value("")
        open_copy(page, text, "kickoff.ipynb")
        expect(answer_box(page, FIRST)).to_have_value("-1 degree, “café” # x <b>")
        assert (told in page.get_by_role("status").inner_text()) == is_edited
