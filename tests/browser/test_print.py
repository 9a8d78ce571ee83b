"""On paper: every word of the questions, nothing of the buttons, dark on white."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.page_checks import colours_on_paper, printed
from tests.browser.reader import squeezed

CONTROLS = ("Skip to content", "On this page", "Copy link", "Permanent link", "Improve this")


def test_a_role_page_prints_every_question_whole_and_no_controls(
    reader: Page, playbook: Playbook
) -> None:
    """From the dark scheme, with an explanation open. The same template prints every role."""
    role = playbook.vocabulary.roles[-1]
    reader.emulate_media(color_scheme="dark")
    reader.goto(f"roles/{role.id}/")
    reader.locator(".pb-term button").first.click()
    shown = reader.locator(".pb-term [popover]").first
    expect(shown).to_be_visible()
    explanation = squeezed(shown.inner_text())
    article = squeezed(reader.get_by_role("article").inner_text()).replace(explanation, "")
    menu = squeezed(reader.get_by_role("navigation", name="Main").inner_text())
    contents = reader.get_by_role("navigation", name="On this page").get_by_role("link")
    titles = squeezed("".join(contents.all_inner_texts()[:3]))

    text = printed(reader)
    for question in playbook.live:
        if question.role == role.id:
            for field in ("title", "ask", "why", "good_answer", "warning_sign", "evidence"):
                wanted = squeezed(getattr(question, field))
                assert wanted in text, f"{question.id}: {field} is not on paper"
    for words in CONTROLS:
        assert squeezed(words) not in text, words
    for words in (explanation, menu, titles, "SearchDark", "MenuSearch"):
        assert words not in article
        assert words not in text, words


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
