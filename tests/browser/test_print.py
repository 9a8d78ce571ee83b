"""On paper: every word of the questions, nothing of the buttons, dark on white."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.model.question import Playbook
from tests.browser.reader import OpenReader, squeezed

FRAME = "header, aside, nav, dialog, [role=dialog], .pb-skip, a[data-copy-link], form"
CONTROLS = ("Skip to content", "On this page", "Copy link", "Permanent link", "Improve this")

# The colours of everything that holds text of its own, and what it stands on.
COLOURS = """() => {
  const found = [];
  for (const element of document.querySelectorAll("article *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    let below = element;
    let paper = "rgba(0, 0, 0, 0)";
    while (below && /, 0\\)$|transparent/.test(paper)) {
      paper = getComputedStyle(below).backgroundColor;
      below = below.parentElement;
    }
    const exact = getComputedStyle(element).printColorAdjust === "exact";
    found.push([element.outerHTML.slice(0, 80), getComputedStyle(element).color, paper, exact]);
  }
  return found;
}"""


def printed(page: Page) -> str:
    paper = PdfReader(io.BytesIO(page.pdf()))
    return squeezed("".join(sheet.extract_text() for sheet in paper.pages))


def luminance(colour: str) -> float:
    channels = [float(number) / 255 for number in re.findall(r"[\d.]+", colour)[:3]]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("number", range(3))
def test_a_role_page_prints_every_question_whole(
    open_reader: OpenReader, playbook: Playbook, number: int, scheme: str
) -> None:
    role = playbook.vocabulary.roles[number]
    page = open_reader(scheme=scheme)
    page.goto(f"roles/{role.id}/")
    text = printed(page)
    for question in playbook.live:
        if question.role == role.id:
            for field in ("title", "ask", "why", "good_answer", "warning_sign", "show_me"):
                wanted = squeezed(getattr(question, field))
                assert wanted in text, f"{question.id}: {field} is not on paper"


def test_a_role_page_prints_no_controls(reader: Page, playbook: Playbook) -> None:
    reader.goto(f"roles/{playbook.vocabulary.roles[-1].id}/")
    article = squeezed(reader.get_by_role("article").inner_text())
    menu = squeezed(reader.get_by_role("navigation", name="Main").inner_text())
    contents = reader.get_by_role("navigation", name="On this page").get_by_role("link")
    titles = squeezed("".join(contents.all_inner_texts()[:3]))
    text = printed(reader)
    for words in CONTROLS:
        assert squeezed(words) not in text, words
    for words in (menu, titles, "SearchDark", "MenuSearch"):
        assert words not in article
        assert words not in text, words


def test_on_paper_there_is_no_frame(reader: Page, pages: list[str]) -> None:
    page = reader
    page.emulate_media(media="print")
    for address in pages:
        page.goto(address)
        assert page.locator(FRAME).filter(visible=True).count() == 0, address
        buttons = page.locator("button:not(.pb-term *)").filter(visible=True)
        assert buttons.count() == 0, address
        assert page.locator("[popover]:popover-open").count() == 0, address
        expect(page.locator("article h1")).to_be_visible()


def test_an_open_explanation_stays_off_the_paper(reader: Page) -> None:
    reader.goto("roles/business/")
    reader.locator(".pb-term button").first.click()
    shown = reader.locator(".pb-term [popover]").first
    expect(shown).to_be_visible()
    words = squeezed(shown.inner_text())
    assert words not in printed(reader)


@pytest.mark.parametrize("chosen", [False, True], ids=["by the system", "by the button"])
def test_from_the_dark_scheme_it_prints_dark_on_white(
    open_reader: OpenReader, pages: list[str], chosen: bool
) -> None:
    page = open_reader(scheme="light" if chosen else "dark")
    page.goto("./")
    if chosen:
        page.get_by_role("button", name="Dark scheme").click()
        expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.emulate_media(media="print", color_scheme="dark")
    for address in [name for name in pages if name.startswith("roles/")] if chosen else pages:
        page.goto(address)
        found: list[list[Any]] = page.evaluate(COLOURS)
        assert found, address
        for element, ink, paper, exact in found:
            name = f"{address}: {element}: {ink} on {paper}"
            if exact:  # Printed as it is, background and all: white on black is meant.
                light, dark = sorted([luminance(ink), luminance(paper)], reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, name
            else:
                assert luminance(paper) > 0.95, name
                assert 1.05 / (luminance(ink) + 0.05) >= 4.5, name


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
