"""Readers who ask for colours of their own; for less movement, see test_every_page.py."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.reader import OpenReader

LOOK = """mark => {
  const box = mark.getBoundingClientRect();
  const style = getComputedStyle(mark);
  const page = getComputedStyle(document.documentElement).backgroundColor;
  return {
    width: box.width, height: box.height, seen: mark.checkVisibility(),
    background: style.backgroundColor, page,
    shape: [style.borderRadius, style.clipPath].join(),
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_role_marks_are_seen_in_forced_colours(open_reader: OpenReader, scheme: str) -> None:
    page = open_reader(forced_colors="active", scheme=scheme)
    for address in ("./", "roles/", "reference/questions/", "roles/engineering/"):
        page.goto(address)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        marks = page.get_by_role("article").locator(".pb-mark")
        looks: list[dict[str, Any]] = marks.evaluate_all(f"all => all.map({LOOK})")
        assert looks, address
        for look in looks:
            assert look["seen"], look
            assert look["width"] >= 6, look
            assert look["height"] >= 6, look
            invisible = ("rgba(0, 0, 0, 0)", "transparent", look["page"])
            assert look["background"] not in invisible, look


@pytest.mark.parametrize("forced", ["none", "active"])
def test_each_role_has_a_shape_of_its_own(
    open_reader: OpenReader, playbook: Playbook, forced: str
) -> None:
    """A colour is never the only difference."""
    page = open_reader(forced_colors=forced)
    page.goto("roles/")
    shapes = {
        page.locator(f".pb-door .pb-mark--{role.id}").evaluate(LOOK)["shape"]
        for role in playbook.vocabulary.roles
    }
    assert len(shapes) == len(playbook.vocabulary.roles)


def test_controls_have_an_edge_in_forced_colours(open_reader: OpenReader) -> None:
    page = open_reader(forced_colors="active")
    page.goto("./")
    for control in page.locator(".pb-tool, .pb-button").filter(visible=True).all():
        assert control.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_a_question_and_its_term_work_in_forced_colours(open_reader: OpenReader) -> None:
    page: Page = open_reader(forced_colors="active")
    page.goto("roles/business/")
    page.locator(".pb-term button").first.click()
    text = page.locator(".pb-term [popover]").first
    expect(text).to_be_visible()
    assert text.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
