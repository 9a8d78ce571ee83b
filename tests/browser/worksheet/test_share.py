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
    SECOND,
    answer_box,
    content,
    few,
    open_copy,
    playbook,
    question,
    save_copy,
    stored,
    take_text,
    visit,
    write,
)
from tests.conftest import ROOT

FIXTURES = sorted((ROOT / "tests/fixtures/worksheet").glob("*.json"))


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
    write(page, FIRST, "sent by link, ünïcode 😀 included")
    question(page, FIRST).get_by_label("Owner").fill("Ada")
    made = make_link(page)
    context.close()
    fail_for(guard)
    return made


@pytest.fixture
def page(reader: Page) -> Page:
    """A worksheet of one's own, to which a link comes."""
    visit(reader).get_by_label("Project", exact=True).fill("Mine")
    write(reader, SECOND, "was here")
    return reader


def follow(page: Page, link: str) -> None:
    """Open a link in the window that shows the worksheet already."""
    page.goto("about:blank")
    page.goto(link)


def test_a_link_keeps_to_itself_and_whoever_opens_it_reads_the_minutes(
    link: str, reader: Page
) -> None:
    page = reader
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    visit(page, link)
    expect(answer_box(page, FIRST)).to_have_value("sent by link, ünïcode 😀 included")
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
    expect(answer_box(page, FIRST)).to_have_value("sent by link, ünïcode 😀 included")


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
    expect(size).to_contain_text("Chat and mail would cut it")
    expect(size).to_contain_text("Send a copy as a file instead")
    expect(field).to_be_hidden()
    expect(reader.get_by_role("button", name="Copy the link")).to_be_hidden()


# A link of the form that was sent until November 2026, and the answer to the first question in it.
OLD_LINK = (
    "#w=1rs8u4e.BcHBCYAwDAXQVcI_R2hHcAIPHkMOlYoUQiNUse30vieR8bllsGCzTLe7QVkEx9tKPVtbLk8Gjoz9rA-VSjEE6mP2McFYc4Kq_g",
    "Sent in 100 xyzxyz",
)


def test_an_encoded_link_opens_and_leaves_nothing_in_the_address_bar(reader: Page) -> None:
    mark, text = OLD_LINK
    visit(reader, f"{ADDRESS}{mark.replace('=', '%3D')}")
    expect(reader.locator("#text-business-goal")).to_have_value(text)
    assert "#" not in reader.url


def test_what_only_looks_like_a_link_is_said_and_taken_away(reader: Page) -> None:
    visit(reader)
    for mark in ("#W0000000abc", "#w%3Dabc.def", "#w=", "#W" + "a" * 30_000):
        reader.evaluate("mark => { location.hash = mark; }", mark)
        expect(reader.get_by_role("alert")).to_contain_text("Nothing was opened")
        expect(reader.get_by_role("alert")).to_contain_text("Ask for the link again")
        assert "#" not in reader.url, mark
        reader.locator("[data-act=dismiss-alert]").click()


FORMAT = {"format": "ml-needs-support worksheet", "schema_version": 1}


def test_a_cut_link_changes_nothing_and_says_so(link: str, page: Page) -> None:
    before = stored(page)
    follow(page, link[:-20])
    expect(page.get_by_role("alert")).to_contain_text("damaged")
    expect(page.get_by_role("alert")).to_contain_text("nothing changed")
    expect(answer_box(page, SECOND)).to_have_value("was here")
    expect(answer_box(page, FIRST)).to_have_value("")
    assert stored(page) == before


def test_a_link_asks_before_it_comes_beside_what_is_here(link: str, page: Page) -> None:
    """Also where it is pasted into the open page."""
    before = stored(page)
    page.evaluate("mark => { location.hash = mark; }", link.split("#")[1])
    expect(page.get_by_text("Keep both, each under its own name?")).to_be_visible()
    assert "#" not in page.url
    assert stored(page) == before
    page.get_by_role("button", name="Keep both").click()
    expect(answer_box(page, FIRST)).to_have_value("sent by link, ünïcode 😀 included")
    expect(answer_box(page, SECOND)).to_have_value("")
    page.get_by_role("combobox", name="Worksheet").select_option(label="Mine")
    expect(answer_box(page, SECOND)).to_have_value("was here")


def test_a_link_can_be_left_alone_or_take_the_place_and_be_undone(link: str, page: Page) -> None:
    for button in ("Do not open it", "Put it in place of the open one"):
        follow(page, link)
        page.get_by_role("button", name=button).click()
        here = button == "Do not open it"
        expect(answer_box(page, SECOND)).to_have_value("was here" if here else "")
    page.get_by_role("button", name="Undo").click()
    expect(answer_box(page, SECOND)).to_have_value("was here")
    page.reload()
    expect(answer_box(page, SECOND)).to_have_value("was here")


def test_a_file_that_is_none_is_refused_in_plain_words(reader: Page) -> None:
    """What else is none, and how it is said, is in tests/modules/test_files.py."""
    visit(reader)
    write(reader, FIRST, "was here")
    before = stored(reader)
    for text, said in [
        ("# Kickoff: 75 questions", "not a worksheet file. This page opens the"),
        ('{"format": "ml-needs-sup', "damaged"),
    ]:
        open_copy(reader, text, "holiday.json")
        expect(reader.get_by_role("alert")).to_contain_text(said)
        expect(reader.get_by_role("alert")).to_contain_text("“holiday.json” was not opened")
        assert stored(reader) == before


def test_hostile_text_runs_nowhere(reader: Page) -> None:
    """In no list, note, minutes or export of the page."""
    evil = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
    answer = {"text": evil, "owner": evil, "next": evil, "status": "unknown", "decision": True}
    answer |= {"asked": "old", "wording": evil, "copies": [{"when": 1, "text": evil}]}
    file = {
        "format": "ml-needs-support worksheet",
        "schema_version": 1,
        "project": {"name": evil, "people": evil, "repository": evil},
        "answers": [
            {"question": FIRST.id, **answer},
            {"question": "not-asked-here", "title": evil, **answer},
        ],
    }
    visit(reader)
    open_copy(reader, json.dumps(file))
    expect(answer_box(reader, FIRST)).to_have_value(evil)
    for view in ("Minutes", "One question", "Whole sheet"):
        reader.get_by_role("radio", name=view).check()
    assert reader.locator("[data-worksheet] :is(img, script:not([src]))").count() == 0
    assert "pwned" not in reader.title()
    assert reader.locator("[data-lost]").get_by_text(evil).count() > 0


def test_files_of_every_version_still_open_with_all_answers(reader: Page) -> None:
    visit(reader)
    live = {item.id for item in few()}
    for fixture in FIXTURES:
        file = json.loads(fixture.read_text(encoding="utf-8"))
        reader.get_by_role("button", name="New", exact=True).click()
        open_copy(reader, fixture.read_text(encoding="utf-8"))
        beside = reader.get_by_role("button", name="Keep both")
        if fixture != FIXTURES[0]:
            beside.click()
        expect(reader.get_by_label("Project", exact=True)).to_have_value(file["project"]["name"])
        expect(reader.get_by_role("alert")).to_be_empty()
        boxes = reader.locator("fieldset[data-question] [name=text]").evaluate_all(
            "all => all.map((each) => [each.id.slice(5), each.value])"
        )
        answers = {each["question"]: each["text"] for each in file["answers"]}
        asked = {name: text for name, text in answers.items() if name in live and text}
        assert {name: text for name, text in boxes if text} == asked, fixture.name
        for text in (text for name, text in answers.items() if name not in live):
            expect(reader.locator("[data-lost]")).to_contain_text(text)
        kept = {each["question"] for each in content(save_copy(reader))["answers"]}
        assert kept == set(answers), fixture.name


def test_every_version_has_its_file() -> None:
    versions = {json.loads(path.read_text(encoding="utf-8"))["schema_version"] for path in FIXTURES}
    state = (ROOT / "docs/assets/worksheet/state.js").read_text(encoding="utf-8")
    newest = int(state.split("export const SCHEMA = ")[1].split(";")[0])
    assert versions == set(range(1, newest + 1))


def test_what_a_colleague_answered_comes_beside_mine_and_goes_again(link: str, page: Page) -> None:
    write(page, FIRST, "my own words")
    follow(page, link)
    expect(
        page.get_by_text("“Linked pool” (1 answer). “Mine” (2 answers) is open here")
    ).to_be_visible()
    page.get_by_role("button", name="Add its answers to mine").click()
    expect(answer_box(page, FIRST)).to_have_value("my own words")
    expect(question(page, FIRST).locator("blockquote")).to_have_text(
        "sent by link, ünïcode 😀 included"
    )
    expect(answer_box(page, SECOND)).to_have_value("was here")
    expect(page.get_by_label("Project", exact=True)).to_have_value("Mine")
    expect(page.get_by_role("combobox", name="Worksheet").locator("option")).to_have_count(1)
    expect(page.locator("[data-undo]")).to_contain_text(
        f"Yours is kept, with theirs beside it: {FIRST.title}."
    )
    expect(question(page, FIRST).locator("blockquote")).to_be_in_viewport()
    expect(page.locator("[data-done]")).to_contain_text("1 to compare")
    page.get_by_role("button", name="Undo").click()
    expect(question(page, FIRST).locator("blockquote")).to_have_count(0)
    expect(answer_box(page, FIRST)).to_have_value("my own words")
    page.reload()
    expect(question(page, FIRST).locator("blockquote")).to_have_count(0)
    expect(answer_box(page, SECOND)).to_have_value("was here")


def test_two_worksheets_of_one_name_can_be_told_apart(link: str, page: Page) -> None:
    page.get_by_label("Project", exact=True).fill("Linked pool")
    follow(page, link)
    page.get_by_role("button", name="Keep both").click()
    expect(page.locator("[data-incoming]")).to_be_hidden()
    names = page.get_by_role("combobox", name="Worksheet").locator("option").all_inner_texts()
    assert sorted(names) == ["Linked pool", "Linked pool (2)"]


@pytest.mark.whole_form
def test_the_completed_sample_opens_beside_what_is_here_without_a_warning(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Mine")
    write(reader, FIRST, "was here")
    reader.get_by_role("link", name="Open a completed sample").click()
    expect(reader.get_by_label("Project", exact=True)).to_have_value(
        "Sample: an open-air pool, invented"
    )
    expect(reader.get_by_role("alert")).to_be_empty()
    boxes = reader.locator("fieldset[data-question] [name=text]").evaluate_all(
        "all => all.map((each) => [each.id.slice(5), each.value])"
    )
    answers = {answer.id: answer.answer for answer in playbook().answers}
    assert {name: text for name, text in boxes if text} == answers
    expect(reader.locator("[data-notes]").filter(visible=True)).to_have_count(0)
    unknown = sum(answer.status == "open" for answer in playbook().answers)
    count = len(playbook().answers)
    words = f"{count - unknown} of {count} settled, {unknown} to find out"
    expect(reader.get_by_text(words).first).to_be_visible()
    assert reader.get_by_label("Who is in the room").input_value().count("\n") >= 3
    assert reader.locator("[data-decisions] li").count() == sum(
        answer.decision for answer in playbook().answers
    )
    reader.get_by_role("combobox", name="Worksheet").select_option(label="Mine")
    expect(answer_box(reader, FIRST)).to_have_value("was here")


def test_a_copy_that_is_here_already_is_not_doubled(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "once")
    file = save_copy(reader).read_text(encoding="utf-8")
    open_copy(reader, file)
    reader.get_by_role("button", name="Keep both").click()
    expect(reader.locator("[data-incoming]")).to_be_hidden()
    expect(reader.get_by_role("combobox", name="Worksheet").locator("option")).to_have_count(1)


def test_a_notebook_opens_as_a_copy_does_and_says_so_if_it_was_edited(page: Page) -> None:
    write(page, FIRST, "as it was saved")
    text = take_text(page, "Notebook")
    edited = text.replace("> as it was saved", "> changed in Jupyter")
    assert edited != text
    page.goto("./")
    page.evaluate("localStorage.clear()")
    visit(page)
    told = "The text of this notebook was changed after this page saved it"
    open_copy(page, text, "kickoff.ipynb")
    expect(answer_box(page, FIRST)).to_have_value("as it was saved")
    expect(page.get_by_role("status")).not_to_contain_text(told)
    open_copy(page, edited, "kickoff.ipynb")
    expect(page.locator("[data-incoming-text]")).to_contain_text(told)
    page.get_by_role("button", name="Do not open it").click()
    page.get_by_role("button", name="Delete this worksheet").click()
    open_copy(page, edited, "kickoff.ipynb")
    expect(page.get_by_role("status")).to_contain_text(told)
    expect(answer_box(page, FIRST)).to_have_value("as it was saved")


# ---- Where the minutes may go ----


def test_an_address_that_came_with_a_file_is_asked_about_first(reader: Page) -> None:
    page = visit(reader)
    project = {"name": "Pool", "repository": "https://elsewhere.example/team/project"}
    open_copy(page, json.dumps({**FORMAT, "project": project, "answers": []}))
    expect(page.get_by_label("Its address")).to_have_value(project["repository"])
    link = page.get_by_role("link", name="Open a new issue there")
    ask_first = page.get_by_text("The minutes would go to elsewhere.example/team/project")
    expect(ask_first).to_be_visible()
    expect(link).to_be_hidden()
    assert page.locator("[data-issue-link]").get_attribute("href") is None
    page.reload()
    expect(ask_first).to_be_visible()
    page.get_by_role("button", name="Yes, use this address").click()
    expect(ask_first).to_be_hidden()
    expect(link).to_be_focused()
    page.reload()
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("https://elsewhere.example/team/project/")
    expect(
        page.get_by_text("Open a new issue there: elsewhere.example/team/project")
    ).to_be_visible()


def test_an_address_that_is_typed_here_is_used_and_one_that_is_none_is_said(reader: Page) -> None:
    visit(reader)
    field = reader.get_by_label("Its address")
    link = reader.get_by_role("link", name="Open a new issue there")
    field.press_sequentially("git@github.com:team/project.git")
    expect(link).to_have_attribute(
        "href", re.compile("^https://github.com/team/project/issues/new")
    )
    field.fill("our team’s repository")
    expect(reader.get_by_text("This address cannot be understood; expected")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(link).to_be_hidden()
    field.fill("")
    expect(reader.get_by_text("This address cannot be understood")).to_be_hidden()
    reader.reload()
    expect(link).to_be_hidden()
