"""Long lists can be narrowed by keyboard, and the choice can be sent to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook, Question
from tests.browser.reader import tab_to

PAGE = "reference/questions/"
LABELS = {
    "role": "Who answers",
    "stage": "Stage",
    "priority": "Priority",
    "kinds": "Kind of project",
}


@pytest.fixture
def reader(shared_page: Page) -> Page:
    """One window for all tests: the choice is kept in the address and nowhere else."""
    return shared_page


def fitting(playbook: Playbook, **choice: str) -> list[Question]:
    """The questions that a choice should leave, by the data."""

    def fits(question: Question) -> bool:
        have = {
            "role": (question.role, *question.job_titles),
            "stage": (question.stage,),
            "priority": (question.priority,),
            "kinds": question.applies_to,
        }
        return all(value in have[name] for name, value in choice.items())

    book = playbook.vocabulary
    order = {entry.id: place for place, entry in enumerate([*book.roles, *book.stages])}
    chosen = [question for question in playbook.live if fits(question)]
    return sorted(chosen, key=lambda question: (order[question.role], order[question.stage]))


TITLES = """rows => rows
  .filter(row => row.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .map(row => row.querySelector("a").textContent)"""


def expect_shown(page: Page, playbook: Playbook, **choice: str) -> None:
    """Exactly the questions that fit are on the page, and their number is said."""
    wanted = fitting(playbook, **choice)
    total = len(playbook.live)
    expect(page.get_by_role("status")).to_have_text(f"{len(wanted)} of {total} questions shown")
    shown = page.locator("article li[data-role]").evaluate_all(TITLES)
    assert shown == [question.title for question in wanted]
    headings = page.locator("article h2").filter(visible=True)
    expect(headings).to_have_count(len({question.role for question in wanted}))


def choices(playbook: Playbook) -> Iterator[dict[str, str]]:
    book = playbook.vocabulary
    for role, stage, priority in product(book.roles, book.stages, book.priorities):
        yield {"role": role.id, "stage": stage.id, "priority": priority.id}


def skip_to_content(page: Page) -> None:
    """Past the header, as people who use the keyboard go."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def choose_by_keyboard(page: Page, label: str, option: str) -> None:
    """Tab to the list and press the arrow key until `option` is chosen."""
    box = page.get_by_label(label, exact=True)
    tab_to(page, box)
    for _ in range(box.locator("option").count()):
        if box.input_value() == option:
            return
        page.keyboard.press("ArrowDown")
    expect(box).to_have_value(option)


@pytest.mark.parametrize("axis", ["role", "stage", "priority", "kinds"])
def test_one_choice_by_its_address(reader: Page, playbook: Playbook, axis: str) -> None:
    book = playbook.vocabulary
    ids = {"role": book.roles, "stage": book.stages, "priority": book.priorities}.get(axis)
    value = (ids or book.kinds)[-1 if ids else 0].id
    reader.goto(f"{PAGE}?{axis}={value}")
    expect_shown(reader, playbook, **{axis: value})
    expect(reader.get_by_label(LABELS[axis], exact=True)).to_have_value(value)


def test_the_questions_of_one_job_title(reader: Page, playbook: Playbook) -> None:
    title = playbook.live[0].job_titles[0]
    reader.goto(f"{PAGE}?role={title}")
    expect_shown(reader, playbook, role=title)


def test_choices_by_keyboard_add_up_and_can_be_sent_or_taken_back(
    reader: Page, playbook: Playbook, server: str
) -> None:
    choice = next(each for each in reversed(list(choices(playbook))) if fitting(playbook, **each))
    reader.goto(PAGE)
    expect_shown(reader, playbook)
    skip_to_content(reader)
    for axis, value in choice.items():
        choose_by_keyboard(reader, LABELS[axis], value)
    expect_shown(reader, playbook, **choice)
    query = "&".join(f"{axis}={value}" for axis, value in choice.items())
    expect(reader).to_have_url(f"{server}{PAGE}?{query}")
    # Back from a question the list is the same.
    reader.goto("about:blank")
    reader.go_back()
    expect_shown(reader, playbook, **choice)
    for axis, value in choice.items():
        expect(reader.get_by_label(LABELS[axis], exact=True)).to_have_value(value)
    button = reader.get_by_role("button", name="Show all")
    skip_to_content(reader)
    tab_to(reader, button)
    reader.keyboard.press("Enter")
    expect_shown(reader, playbook)
    expect(reader).to_have_url(f"{server}{PAGE}")
    expect(button).to_be_hidden()  # There is nothing left to do for it.
    expect(reader.get_by_role("searchbox")).to_be_focused()
    for label in LABELS.values():
        expect(reader.get_by_label(label, exact=True)).to_have_value("")


def test_typed_words_narrow_the_list(reader: Page, playbook: Playbook, server: str) -> None:
    """The beginnings of words do, in any order and case, of a title, a question or a phrase."""
    question = playbook.live[-1]
    titles = question.title.split()
    phrase = question.search_phrases[0]
    reader.goto(PAGE)
    words = reader.get_by_role("searchbox", name="Search this list")
    rows = reader.locator("article li[data-role]")
    row = rows.filter(has=reader.get_by_role("link", name=question.title, exact=True))
    for typed in (f" {' '.join(titles[::-1]).upper()[:-1]}", question.ask, phrase):
        words.fill(typed)
        expect(row).to_be_visible()
        assert rows.filter(visible=True).count() < rows.count() / 2, typed
        words.fill("")
        expect_shown(reader, playbook)
    words.fill("zzz")
    expect(reader.get_by_role("status")).to_contain_text("No question matches")
    words.fill(titles[0])
    expect(reader).to_have_url(f"{server}{PAGE}?q={titles[0]}")
    reader.reload()
    expect(words).to_have_value(titles[0])
    expect(row).to_be_visible()
    words.fill(f"{titles[0]} zzz")
    reader.goto("why/")  # Before the address has followed.
    reader.go_back()
    expect(words).to_have_value(f"{titles[0]} zzz")


def test_a_choice_that_leaves_nothing_says_so(reader: Page, playbook: Playbook) -> None:
    choice = next(each for each in choices(playbook) if not fitting(playbook, **each))
    reader.goto(PAGE + "?" + "&".join(f"{axis}={value}" for axis, value in choice.items()))
    expect(reader.get_by_role("status")).to_contain_text("No question matches")
    expect(reader.locator("article li[data-role]").filter(visible=True)).to_have_count(0)
    reader.get_by_role("button", name="Show all").click()
    expect_shown(reader, playbook)


@pytest.mark.parametrize("odd", ["role=%3Cimg%20src%3Dx%3E&colour=red", "role="])
def test_what_the_address_may_not_say_is_ignored(
    reader: Page, playbook: Playbook, odd: str
) -> None:
    stage = playbook.live[0].stage
    reader.goto(f"{PAGE}?{odd}&stage={stage}")
    expect_shown(reader, playbook, stage=stage)
    role = reader.get_by_label(LABELS["role"], exact=True)
    assert role.evaluate("list => list.selectedIndex") == 0  # "All", and not an empty field.


def test_failures_are_narrowed_by_what_was_overlooked(reader: Page, playbook: Playbook) -> None:
    """The other list that has the form; a group without a case is gone with its heading."""
    cause = playbook.failures[-1].cause
    fits = [failure.title for failure in playbook.failures if failure.cause == cause]
    reader.goto(f"why/when-it-goes-wrong/?cause={cause}")
    expect(reader.get_by_role("status")).to_have_text(
        f"{len(fits)} of {len(playbook.failures)} cases shown"
    )
    headings = reader.locator("article").get_by_role("heading")
    label = next(each.label for each in playbook.causes if each.id == cause)
    expect(headings).to_have_text(["When it goes wrong", label, *fits])
