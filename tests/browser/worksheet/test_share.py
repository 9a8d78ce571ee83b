"""Files and links: private, never silently wrong, and nothing is ever replaced unasked."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import fail_for, new_window
from tests.browser.reader import Guard
from tests.browser.worksheet.desk import (
    ADDRESS,
    FIRST,
    OLD_LINK,
    SECOND,
    answer_box,
    open_copy,
    question,
    stored,
    visit,
    write,
)

SENT = "sent by link, ünïcode 😀 included"
FORMAT = {"format": "ml-needs-support worksheet", "schema_version": 1}


def make_link(page: Page) -> str:
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    return page.get_by_label("Link", exact=True).input_value()


@pytest.fixture(scope="module")
def link(browser: Browser, short_server: str) -> str:
    """The private link of a small worksheet."""
    guard = Guard(short_server)
    context = new_window(browser, short_server, guard)
    page = visit(context.new_page())
    page.get_by_label("Project", exact=True).fill("Linked pool")
    write(page, FIRST, SENT)
    question(page, FIRST).get_by_label("Owner").fill("Ada")
    made = make_link(page)
    context.close()
    fail_for(guard)
    return made


def paste(page: Page, link: str) -> None:
    """Open a link in the window that shows the worksheet already."""
    page.evaluate("mark => { location.hash = mark; }", link.split("#")[1])


def test_a_link_keeps_to_itself_and_whoever_opens_it_reads_the_minutes(
    link: str, reader: Page
) -> None:
    page = reader
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    visit(page, link)
    expect(answer_box(page, FIRST)).to_have_value(SENT)
    expect(question(page, FIRST).get_by_label("Owner")).to_have_value("Ada")
    assert "?" not in link
    page.remove_listener("request", note)
    assert asked
    assert not any("ünïcode" in request.url or "?" in request.url for request in asked)
    assert all(request.post_data is None for request in asked)
    assert "#" not in page.url
    expect(page.get_by_label("Project", exact=True)).to_have_value("Linked pool")
    expect(page.get_by_role("heading", name="Kickoff: Linked pool")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("does not go back to whoever sent it")
    page.reload()
    expect(answer_box(page, FIRST)).to_have_value(SENT)


def test_a_link_says_its_size_and_who_can_read_it_and_goes_when_it_is_no_longer_true(
    reader: Page,
) -> None:
    visit(reader)
    write(reader, FIRST, "short")
    made = make_link(reader)
    field = reader.get_by_label("Link", exact=True)
    size = reader.locator("[data-link-size]")
    expect(size).to_have_text(f"{len(made):,} of at most 2,000 characters.")
    expect(reader.get_by_text("Anyone with the link can read the answers")).to_be_visible()
    answer_box(reader, FIRST).fill("changed")
    expect(field).to_be_hidden()
    assert make_link(reader) != made
    reader.get_by_role("button", name="New", exact=True).click()
    expect(field).to_be_hidden()
    assert reader.locator("#ws-link").input_value() == ""

    # One that chat and mail would cut is not made.
    write(reader, FIRST, " ".join(str(number * 7919 % 10007) for number in range(900)))
    reader.get_by_role("button", name="Make a link").click()
    expect(size).to_contain_text("Chat and mail would cut it off")
    expect(size).to_contain_text("Send a copy as a file instead")
    expect(field).to_be_hidden()
    expect(reader.get_by_role("button", name="Copy the link")).to_be_hidden()


def test_an_encoded_link_opens_and_what_only_looks_like_one_is_said_and_taken_away(
    reader: Page,
) -> None:
    """What else was done to a link is in tests/modules/test_links.py."""
    mark, text = OLD_LINK
    visit(reader, f"{ADDRESS}{mark.replace('=', '%3D')}")
    expect(reader.locator("#text-business-goal")).to_have_value(text)
    assert "#" not in reader.url
    for wrong in ("#W0000000abc", "#w="):
        paste(reader, wrong)
        expect(reader.get_by_role("alert")).to_contain_text("Nothing was opened")
        expect(reader.get_by_role("alert")).to_contain_text("Ask for the link again")
        assert "#" not in reader.url, wrong
        reader.locator("[data-act=dismiss-alert]").click()
    expect(reader.locator("#text-business-goal")).to_have_value(text)


def test_a_link_changes_nothing_here_unasked_and_can_be_undone(link: str, reader: Page) -> None:
    """It can be left alone, come into what is here or beside it; in its place, in test_undo.py."""
    page = visit(reader)
    page.get_by_label("Project", exact=True).fill("Mine")
    write(page, SECOND, "was here")
    write(page, FIRST, "my own words")
    before = stored(page)
    paste(page, link[:-20])
    expect(page.get_by_role("alert")).to_contain_text("damaged")
    expect(page.get_by_role("alert")).to_contain_text("nothing changed")
    assert stored(page) == before
    paste(page, link)
    expect(
        page.get_by_text("“Linked pool” (1 answer). “Mine” (2 answers) is open here")
    ).to_be_visible()
    expect(page.get_by_text("Keep both, each under its own name?")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("button", name="Do not open it").click()
    assert stored(page) == before

    paste(page, link)
    page.get_by_role("button", name="Add its answers to mine").click()
    expect(answer_box(page, FIRST)).to_have_value("my own words")
    theirs = question(page, FIRST).locator("blockquote")
    expect(theirs).to_have_text(SENT)
    expect(theirs).to_be_in_viewport()
    expect(answer_box(page, SECOND)).to_have_value("was here")
    expect(page.get_by_label("Project", exact=True)).to_have_value("Mine")
    which = page.get_by_role("combobox", name="Worksheet")
    expect(which.locator("option")).to_have_count(1)
    expect(page.locator("[data-undo]")).to_contain_text(
        f"Yours kept, with theirs beside it: {FIRST.title}."
    )
    expect(page.locator("[data-done]")).to_contain_text("1 to compare")
    page.get_by_role("button", name="Undo").click()
    expect(theirs).to_have_count(0)
    expect(answer_box(page, FIRST)).to_have_value("my own words")

    # Two of one name can be told apart.
    page.get_by_label("Project", exact=True).fill("Linked pool")
    paste(page, link)
    page.get_by_role("button", name="Keep both").click()
    expect(answer_box(page, FIRST)).to_have_value(SENT)
    expect(answer_box(page, SECOND)).to_have_value("")
    names = which.locator("option").all_inner_texts()
    assert sorted(names) == ["Linked pool", "Linked pool (2)"]
    [mine] = [name for name in names if name != which.locator("option:checked").inner_text()]
    which.select_option(label=mine)
    page.reload()
    expect(theirs).to_have_count(0)
    expect(answer_box(page, FIRST)).to_have_value("my own words")
    expect(answer_box(page, SECOND)).to_have_value("was here")


def test_a_file_is_refused_in_plain_words_or_asked_about_if_it_would_fill_the_storage(
    reader: Page,
) -> None:
    """What else is none, and how it is said, is in tests/modules/test_files.py."""
    visit(reader)
    alert = reader.get_by_role("alert")
    for text, said in [
        ("# Kickoff: 75 questions", "not a worksheet file. This page opens the"),
        ('{"format": "ml-needs-sup', "damaged"),
    ]:
        open_copy(reader, text, "holiday.json")
        expect(alert).to_contain_text(said)
        expect(alert).to_contain_text("“holiday.json” was not opened")
        assert stored(reader) == {}

    # Even into an empty browser.
    answers = [{"question": FIRST.id, "text": "y " * 110_000}]
    large = json.dumps({**FORMAT, "project": {"name": "Large"}, "answers": answers})
    open_copy(reader, large)
    waiting = reader.get_by_role("group", name="A worksheet is waiting")
    expect(waiting).to_contain_text("0.2 MB")
    assert stored(reader) == {}
    waiting.get_by_role("button", name="Do not open it").click()
    assert stored(reader) == {}
    open_copy(reader, large)
    waiting.get_by_role("button", name="Open it", exact=True).click()
    expect(answer_box(reader, FIRST)).to_have_value("y " * 110_000)


def test_hostile_text_runs_nowhere_and_what_a_file_holds_beside_a_fault_is_read(
    reader: Page,
) -> None:
    """In no list, note, minutes or export of the page."""
    evil = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
    answer = {"text": evil, "owner": evil, "next": evil, "status": "unknown", "decision": True}
    answer |= {"asked": "old", "wording": evil, "copies": [{"when": 1, "text": evil}]}
    file = {
        **FORMAT,
        "project": {"name": evil, "people": evil, "repository": evil, "minutes": -1},
        "answers": [
            {"question": FIRST.id, **answer},
            {"question": evil, "text": "x"},
            {"question": "not-asked-here", "title": evil, **answer},
            {"question": SECOND.id, "text": "readable", "due": evil},
        ],
        evil: [],
    }
    visit(reader)
    open_copy(reader, json.dumps(file))
    expect(answer_box(reader, FIRST)).to_have_value(evil)
    expect(answer_box(reader, SECOND)).to_have_value("readable")
    expect(question(reader, SECOND).locator("[data-notes]")).to_contain_text(f"due: {evil}")
    expect(reader.get_by_role("alert")).to_contain_text("not all of it could be read")
    expect(reader.get_by_role("alert")).to_contain_text("“minutes”")
    for view in ("Minutes", "One question", "Whole sheet"):
        reader.get_by_role("radio", name=view).check()
    assert reader.locator("[data-worksheet] :is(img, script:not([src]))").count() == 0
    assert "pwned" not in reader.title()
    assert reader.locator("[data-lost]").get_by_text(evil).count() > 0


# ---- Where the minutes may go ----


def test_an_address_that_came_with_a_file_is_asked_about_and_one_that_is_typed_is_used(
    reader: Page,
) -> None:
    page = visit(reader)
    project = {"name": "Pool", "repository": "https://elsewhere.example/team/project"}
    open_copy(page, json.dumps({**FORMAT, "project": project, "answers": []}))
    field = page.get_by_label("Its address")
    expect(field).to_have_value(project["repository"])
    link = page.get_by_role("link", name="Open a new issue there")
    ask_first = page.get_by_text("The minutes would go to elsewhere.example/team/project")
    expect(ask_first).to_be_visible()
    expect(link).to_be_hidden()
    assert page.locator("[data-issue-link]").get_attribute("href") is None
    page.get_by_role("button", name="Yes, use this address").click()
    expect(ask_first).to_be_hidden()
    expect(link).to_be_focused()
    page.reload()
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("https://elsewhere.example/team/project/")
    expect(
        page.get_by_text("Open a new issue there: elsewhere.example/team/project")
    ).to_be_visible()

    field.fill("git@github.com:team/project.git")
    expect(link).to_have_attribute(
        "href", re.compile("^https://github.com/team/project/issues/new")
    )
    field.fill("our team’s repository")
    expect(page.get_by_text("This address cannot be understood; expected")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(link).to_be_hidden()
    field.fill("")
    expect(page.get_by_text("This address cannot be understood")).to_be_hidden()
    expect(link).to_be_hidden()
