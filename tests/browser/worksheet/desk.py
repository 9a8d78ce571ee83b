"""What a reader does at the worksheet, in a few words."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from macros.model.meeting import Agenda
from macros.model.question import Playbook, Question
from tests.tiny import real_playbook

ADDRESS = "kickoff/worksheet/"
SAVED = "Saved in this browser only"


@functools.cache
def playbook() -> Playbook:
    """The data that the form is made from; read late: a fault in it is no fault of the tests."""
    return real_playbook()


class Must:
    """A question that every first meeting asks, by its place among them, read when it is needed."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # What pytest asks of whatever a module of tests holds.
            raise AttributeError(name)
        return getattr(playbook().must_ask[self._place], name)


FIRST: Any = Must(0)
SECOND: Any = Must(1)
THIRD: Any = Must(2)


def few() -> list[Question]:
    """The questions of the short form.

    Four musts, one that waits for the first, one of each role that is no must, and one that is only
    for some kinds of project.
    """
    live = playbook().live
    needing = next(item for item in live if FIRST.id in item.needs)
    others = [
        next(item for item in live if item.role == role and item.priority != "must")
        for role in roles()
    ]
    special = next(item for item in live if "any" not in item.applies_to)
    wanted = {item.id for item in (*playbook().must_ask[:4], needing, *others, special)}
    return [item for item in live if item.id in wanted]


def roles() -> dict[str, str]:
    """The short names of the roles by their ids."""
    return {role.id: role.short for role in playbook().vocabulary.roles}


def by_id() -> dict[str, Question]:
    return {item.id: item for item in playbook().live}


def planned() -> dict[int, Agenda]:
    """The agendas by their minutes, the first of each length."""
    return {each.minutes: each for each in reversed(playbook().agendas)}


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


# A window that does not hear what other windows store, if it runs before the page's own scripts.
DEAF = "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)"
# What the script marks when it has taken over.
LIVE = ".ws--live"
IS_STORED = """([id, text]) => Object.entries(localStorage).some(([key, value]) =>
  key.endsWith(`:answer:${id}`) && value.includes(`"text":${JSON.stringify(text)}`))"""
STORED = "Object.fromEntries(Object.entries(localStorage))"
COUNT_WRITES = """() => {
  window.writes = [];
  const plain = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    window.writes.push(key);
    plain.call(this, key, value);
  };
}"""

# A link of the form that was sent until November 2026, and the answer to the first question in it.
OLD_LINK = (
    "#w=1rs8u4e.BcHBCYAwDAXQVcI_R2hHcAIPHkMOlYoUQiNUse30vieR8bllsGCzTLe7QVkEx9tKPVtbLk8Gjoz9rA-VSjEE6mP2McFYc4Kq_g",
    "Sent in 100 xyzxyz",
)


def visit(page: Page, address: str = ADDRESS) -> Page:
    """Open the worksheet and wait until its script has taken over."""
    page.goto(address)
    page.wait_for_selector(LIVE, state="attached")
    return page


def open_deaf(reader: Page) -> Page:
    """Open the worksheet in another window that does not hear what others store."""
    page = reader.context.new_page()
    page.add_init_script(DEAF)
    return visit(page)


def wait_until_whole(page: Page) -> None:
    """Wait until the page has every part that it fetches later; from here on it needs no server."""
    page.keyboard.press("Shift")
    page.wait_for_function(
        """() => {
          const { later } = document.querySelector("[data-worksheet]").dataset;
          const here = performance.getEntriesByType("resource").filter((each) => each.responseEnd);
          return Object.keys(JSON.parse(later)).every((part) =>
            here.some(({ name }) => name.endsWith(`/assets/${part}`)));
        }""",
        polling=50,
    )


def question(page: Page, item: Any) -> Locator:
    """The group of fields of one question."""
    return page.locator(f"fieldset[data-question='{item.id}']")


def answer_box(page: Page, item: Any) -> Locator:
    return page.locator(f"[id='text-{item.id}']")


def write(page: Page, item: Any, text: str) -> None:
    """Type an answer and leave its field, which stores it at once."""
    box = page.locator(f"[id='text-{item.id}']")
    box.fill(text)
    box.blur()
    assert page.evaluate(IS_STORED, [item.id, text]), f"the answer to {item.id} is not stored"


def wait_until_stored(page: Page, item: Any, text: str) -> None:
    # Asked in each frame, the browser would do little else.
    page.wait_for_function(IS_STORED, arg=[item.id, text], polling=100)


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


def shown(page: Page) -> list[str]:
    """The ids of the questions that are in view, in their order."""
    found: list[str] = page.locator("[data-question][data-ask]").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.dataset.question)"
    )
    return found


def take_text(page: Page, button: str) -> str:
    """The text of what a button downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes().decode("utf-8")
