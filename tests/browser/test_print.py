"""On paper: every word of the questions, nothing of the buttons, dark on white."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from macros.derive.paper import pages_of_paper
from macros.model.question import Playbook, Question
from tests.browser.page_checks import colours_on_paper, on_paper, printed
from tests.browser.reader import squeezed

CONTROLS = ("Skip to content", "Print all", "in short")


def test_all_questions_of_a_role_print_whole_on_the_paper_that_is_said_and_no_controls(
    reader: Page, playbook: Playbook
) -> None:
    """From the dark scheme, with an explanation open. The same template prints every role."""
    role = playbook.vocabulary.roles[-1]
    reader.emulate_media(color_scheme="dark")
    reader.goto(f"roles/{role.id}/all/")
    reader.locator(".pb-term button").first.click()
    shown = reader.locator(".pb-term [popover]").first
    expect(shown).to_be_visible()
    explanation = squeezed(shown.inner_text())
    menu = squeezed(reader.get_by_role("navigation", name="Main").inner_text())

    paper = on_paper(reader)
    text = squeezed("".join(paper))
    asked = [question for question in playbook.live if question.role == role.id]
    for question in asked:
        for field in ("title", "ask", "why", "good_answer", "warning_sign", "evidence"):
            wanted = squeezed(getattr(question, field))
            assert wanted in text, f"{question.id}: {field} is not on paper"
    for words in (*map(squeezed, CONTROLS), explanation, menu, "SearchDark", "MenuSearch"):
        assert words not in text, words
    # Fonts differ, and so do a few lines.
    assert abs(len(paper) - pages_of_paper(asked)) <= 1, f"it takes {len(paper)} pages"
    torn = [each.id for each in asked if not any(is_whole(each, sheet) for sheet in paper)]
    assert not torn, f"torn between two pages: {torn}"


def is_whole(question: Question, sheet: str) -> bool:
    """Whether a sheet holds a question from its title to what is to be shown."""
    texts = (question.ask, question.why, question.good_answer, question.evidence)
    return all(squeezed(text) in squeezed(sheet) for text in texts)


def test_a_question_prints_on_one_page(reader: Page, playbook: Playbook) -> None:
    """The two that take most lines, with those that they need and unblock."""
    asks = {question.id: question for question in playbook.live}

    def letters(question: Question) -> int:
        own = (question.ask, question.why, question.good_answer, question.warning_sign)
        around = [
            asks[each].title + asks[each].ask
            for each in (*question.needs, *playbook.needed_by[question.id])
        ]
        return sum(map(len, [*own, *around]))

    for question in sorted(playbook.live, key=letters)[-2:]:
        reader.goto(f"q/{question.id}/")
        [sheet] = on_paper(reader)
        assert is_whole(question, sheet)
        assert "Share" not in sheet
        assert squeezed("Who finds out, and by when") in squeezed(sheet), "no room for the answer"


def test_from_the_dark_scheme_by_the_button_it_prints_dark_on_white(reader: Page) -> None:
    """From the system's dark scheme, every page does: test_every_page.py."""
    reader.goto("roles/business/")
    reader.get_by_role("button", name="Dark scheme").click()
    expect(reader.locator("html")).to_have_attribute("data-scheme", "dark")
    reader.emulate_media(media="print")
    wrong = colours_on_paper(reader, "roles/business/")
    assert not wrong, "\n".join(wrong)


def test_do_we_need_it_prints_every_step(reader: Page) -> None:
    reader.goto("kickoff/do-we-need-ml/")
    blocks = reader.locator("section :is(h2, p)")
    wanted = blocks.evaluate_all(
        """all => all.map(block => {
          const copy = block.cloneNode(true);
          copy.querySelectorAll('.headerlink, [popover]').forEach(e => e.remove());
          return copy.textContent;
        })"""
    )
    assert len(wanted) > 10
    text = printed(reader)
    for words in wanted:
        assert squeezed(words) in text, words
