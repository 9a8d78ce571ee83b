"""The modules load in a page and come to the same there as in Node.

Of Firefox, test_firefox.py asks the same.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.same_as_node import expect_what_node_computes


def test_a_page_computes_what_node_computes(reader: Page) -> None:
    expect_what_node_computes(reader)
