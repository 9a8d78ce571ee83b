"""The sign beside a heading is out of sight until asked for, named, and no part of its text."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SELECTED = """heading => {
  getSelection().selectAllChildren(heading);
  return getSelection().toString().trim();
}"""


def test_a_copied_heading_has_no_sign_with_it(reader: Page) -> None:
    reader.goto("why/")
    heading = reader.locator("article h2").first
    link = heading.get_by_role("link")
    expect(link).to_have_css("opacity", "0")
    heading.hover()
    expect(link).to_have_css("opacity", "1")
    expect(link).to_have_accessible_name("Link to this section")
    assert link.evaluate("e => getComputedStyle(e, '::before').content").startswith('"#"')
    copied = heading.evaluate(SELECTED)
    assert copied
    assert "#" not in copied
    assert "#" not in (heading.text_content() or "")
