"""Light or dark: the system's choice, or the reader's, which is kept where that is possible."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import BASE

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied", "SecurityError"); },
})"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("scheme$"))


def lightness(page: Page) -> float:
    """How light the page is, from 0 to 1."""
    numbers = re.findall(r"[\d.]+", page.evaluate(PAPER))
    return sum(float(number) for number in numbers[:3]) / 3 / 255


def is_dark(page: Page) -> bool:
    return lightness(page) < 0.3


def is_light(page: Page) -> bool:
    return lightness(page) > 0.7


def use(page: Page, scheme: str) -> None:
    """Set the scheme of the reader's system."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_chooses_first(reader: Page, scheme: str) -> None:
    use(reader, scheme)
    reader.goto("./")
    assert is_dark(reader) == (scheme == "dark")
    assert is_light(reader) == (scheme == "light")
    other = "light" if scheme == "dark" else "dark"
    expect(button(reader)).to_have_accessible_name(f"{other.capitalize()} scheme")
    assert reader.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_switches_and_it_holds(reader: Page, scheme: str) -> None:
    use(reader, scheme)
    reader.goto("./")
    button(reader).click()
    expect(button(reader)).to_have_accessible_name(f"{scheme.capitalize()} scheme")
    assert is_dark(reader) == (scheme == "light")
    reader.reload()
    assert is_dark(reader) == (scheme == "light")
    reader.goto("roles/")
    assert is_dark(reader) == (scheme == "light")
    button(reader).press("Enter")
    assert is_dark(reader) == (scheme == "dark")
    reader.reload()
    assert is_dark(reader) == (scheme == "dark")


def test_its_key_is_told_from_those_of_other_sites_on_the_host(reader: Page) -> None:
    reader.goto("./")
    reader.evaluate("localStorage.setItem('somebody-else', '1')")
    button(reader).click()
    keys = reader.evaluate("Object.keys(localStorage).filter(key => key !== 'somebody-else')")
    assert len(keys) == 1
    assert re.match(rf"ml-needs-support:{BASE}:v\d+:", keys[0])
    assert reader.evaluate("localStorage.getItem('somebody-else')") == "1"


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_it_switches_where_nothing_can_be_stored(reader: Page, storage: str) -> None:
    page = reader.context.new_page()
    page.add_init_script(storage)
    page.goto("./")
    assert is_light(page)
    button(page).click()
    assert is_dark(page)
    page.reload()
    assert is_light(page)


def test_a_stored_value_that_makes_no_sense_is_passed_over(reader: Page) -> None:
    reader.goto("./")
    button(reader).click()
    key = reader.evaluate("Object.keys(localStorage)[0]")
    reader.evaluate("key => localStorage.setItem(key, 'purple')", key)
    reader.reload()
    assert is_light(reader)


def test_the_button_follows_the_system(reader: Page) -> None:
    reader.goto("./")
    reader.emulate_media(color_scheme="dark")
    expect(button(reader)).to_have_accessible_name("Light scheme")
    assert is_dark(reader)


def test_no_page_flashes_in_the_wrong_scheme(reader: Page) -> None:
    """The script that reads the choice runs before anything is painted."""
    reader.goto("./")
    button(reader).click()
    page = reader.context.new_page()
    page.add_init_script("""
      new MutationObserver(() => {
        if (document.body && !window.early) window.early = document.documentElement.dataset.scheme;
      }).observe(document, { childList: true, subtree: true });
    """)
    page.goto("./")
    assert page.evaluate("window.early") == "dark"
