"""Readers who ask for colours of their own; for less movement, see test_every_page.py."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook

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
def test_role_marks_are_seen_in_forced_colours(
    reader: Page, playbook: Playbook, scheme: str
) -> None:
    question = f"q/{next(each.id for each in playbook.live if each.needs)}/"
    reader.emulate_media(
        forced_colors="active", color_scheme="dark" if scheme == "dark" else "light"
    )
    for address in ("./", "roles/", "reference/questions/", question):
        reader.goto(address)
        assert reader.evaluate("matchMedia('(forced-colors: active)').matches")
        marks = reader.get_by_role("article").locator(".pb-mark")
        looks: list[dict[str, Any]] = marks.evaluate_all(f"all => all.map({LOOK})")
        assert looks, address
        for look in looks:
            assert look["seen"], look
            assert look["width"] >= 6, look
            assert look["height"] >= 6, look
            invisible = ("rgba(0, 0, 0, 0)", "transparent", look["page"])
            assert look["background"] not in invisible, look


@pytest.mark.parametrize("forced", ["none", "active"])
def test_each_role_has_a_shape_of_its_own(reader: Page, playbook: Playbook, forced: str) -> None:
    """A colour is never the only difference."""
    reader.emulate_media(forced_colors="active" if forced == "active" else "none")
    reader.goto("roles/")
    shapes = {
        reader.locator(f".pb-door .pb-mark--{role.id}").evaluate(LOOK)["shape"]
        for role in playbook.vocabulary.roles
    }
    assert len(shapes) == len(playbook.vocabulary.roles)


def test_controls_have_an_edge_in_forced_colours(reader: Page) -> None:
    reader.emulate_media(forced_colors="active")
    reader.goto("./")
    for control in reader.locator(".pb-tool, .pb-button").filter(visible=True).all():
        assert control.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_a_question_and_its_term_work_in_forced_colours(reader: Page) -> None:
    reader.emulate_media(forced_colors="active")
    reader.goto("roles/business/")
    reader.locator(".pb-term button").first.click()
    text = reader.locator(".pb-term [popover]").first
    expect(text).to_be_visible()
    assert text.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
