"""The worksheet on a phone, in every view: as axe sees it, and within the window."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.page_checks import ALL_BUT_CONTRAST, axe, sticking_out
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    THIRD,
    question,
    visit,
    write,
)
from tests.modules.sheets import ask

NARROWEST = 320
# axe takes a placeholder for a label, and is content with a hint that is nowhere.
LABELS = """() => {
  const wrong = [];
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  wrong.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`));
  for (const each of document.querySelectorAll("main :is(input, select, textarea)")) {
    const label = document.querySelector(`label[for="${each.id}"]`);
    if (!label?.textContent.trim()) wrong.push(`no label: ${each.outerHTML}`);
    if (each.placeholder) wrong.push(`placeholder: ${each.outerHTML}`);
    const hints = (each.getAttribute("aria-describedby") ?? "").split(" ");
    for (const id of hints.filter(Boolean)) {
      if (ids.filter((other) => other === id).length !== 1) wrong.push(`hint: ${id}`);
    }
  }
  for (const each of document.querySelectorAll("main fieldset")) {
    if (!each.querySelector(":scope > legend")?.textContent.trim()) wrong.push("no legend");
  }
  wrong.push(...document.querySelectorAll("[role=checkbox], [role=radio]"));
  return wrong;
}"""


def test_axe_finds_nothing_in_any_view_and_nothing_sticks_out(phone: Page) -> None:
    """With few questions: a form of all of them is a page that test_every_page.py opens."""
    page = visit(phone)
    wrong = page.evaluate(LABELS)
    write(page, FIRST, "x" * 400)
    question(page, FIRST).get_by_label("Log this answer as a decision").check()
    question(page, SECOND).get_by_label("We do not know yet").check()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    question(page, THIRD).get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_label("Minutes you have").select_option("30")
    page.get_by_text("left out, and why").click()
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    for view in ("One question", "Minutes", "Whole sheet"):
        page.get_by_role("radio", name=view).check()
        wrong += sticking_out(page, view)
        # Every colour on every paper is in test_contrast.py.
        wrong += axe(page, view, ALL_BUT_CONTRAST)
    assert not wrong, "\n".join(wrong)


def test_a_status_is_called_the_same_in_the_form_and_in_the_minutes(reader: Page) -> None:
    script = ask(
        visit(reader), "return state.STATUSES.map((each) => [each, minutes.statusWord(each)])"
    )
    form = (
        question(reader, FIRST)
        .locator("[type=radio]")
        .evaluate_all("all => all.map(each => [each.value, each.labels[0].textContent])")
    )
    assert sorted(script) == sorted(form)
