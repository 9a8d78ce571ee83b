"""What a reader does at the worksheet, in a few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from macros.playbook import read_playbook
from tests.conftest import ROOT

ADDRESS = "kickoff/worksheet/"
PLAYBOOK = read_playbook(ROOT)
FIRST, SECOND, THIRD = PLAYBOOK.musts[:3]
# With nobody but the business, for half an hour: short lists are quick to read and to draw.
SAVED = "Saved in this browser only"

STORED = "Object.fromEntries(Object.entries(localStorage))"
COUNT_WRITES = """() => {
  window.writes = [];
  const plain = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    window.writes.push(key);
    plain.call(this, key, value);
  };
}"""


def visit(page: Page, address: str = ADDRESS) -> Page:
    """Open the worksheet and wait until its script has taken over."""
    page.goto(address)
    expect(page.get_by_role("button", name="Save a copy").first).to_be_visible()
    return page


def question(page: Page, item: Any) -> Locator:
    """The group of fields of one question."""
    return page.locator(f"[data-question='{item.id}'][data-ask]")


def answer_box(page: Page, item: Any) -> Locator:
    return question(page, item).get_by_label("Your answer")


def write(page: Page, item: Any, text: str) -> None:
    """Type an answer and wait until it is stored."""
    answer_box(page, item).fill(text)
    wait_until_stored(page, item, text)


def wait_until_stored(page: Page, item: Any, text: str) -> None:
    page.wait_for_function(
        """([id, text]) => Object.entries(localStorage).some(([key, value]) =>
             key.endsWith(`:answer:${id}`) && value.includes(`"text":${JSON.stringify(text)}`))""",
        arg=[item.id, text],
    )


def save_copy(page: Page) -> Path:
    """Save a copy by the button in the bar; returns the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a copy").first.click()
    assert waiting.value.suggested_filename.endswith(".json")
    return Path(waiting.value.path())


def open_copy(page: Page, content: str | bytes, name: str = "kickoff.json") -> None:
    data = content.encode() if isinstance(content, str) else content
    page.get_by_label("Open a copy").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": data}
    )


def content(file: Path) -> dict[str, Any]:
    """A copy without the time at which it was saved."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    del found["saved"]
    return found


def stored(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(STORED)
    return found


def take_text(page: Page, button: str) -> str:
    """The text of what a button downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes().decode("utf-8")
