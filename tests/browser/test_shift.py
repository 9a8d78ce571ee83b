"""Nothing on a page is seen to move while it loads, also where its scripts come late or never."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from macros.model.question import Playbook
from tests.browser.page_checks import LayoutShifts
from tests.browser.reader import PHONE, WIDE, OpenReader
from tests.browser.worksheet.desk import ADDRESS, FIRST, SECOND, visit, write

# In milliseconds: until the page is painted without its scripts, and from their arrival to the end;
# the worksheet fetches its last part after two seconds.
PAINTED = 800
SETTLED = 3200

every_width = pytest.mark.parametrize("width", [PHONE, WIDE])


class LateScripts:
    """Holds back each module of a page until it is let go. The script of the scheme comes first."""

    def __init__(self, context: BrowserContext) -> None:
        self._held: list[Route] | None = []
        context.route("**/*.js", self._meet)

    def _meet(self, route: Route) -> None:
        if self._held is None or route.request.url.endswith("/scheme.js"):
            route.continue_()
        else:
            self._held.append(route)

    def let_go(self) -> None:
        held, self._held = self._held or [], None
        assert held, "no script was held back"
        for route in held:
            route.continue_()


def addresses(playbook: Playbook) -> list[str]:
    """A page of each kind, and addresses that lead into the middle of one."""
    question = playbook.live[-1]
    return [
        "./",
        "why/",
        "why/when-it-goes-wrong/",
        "pitfalls/overkill/",
        "pitfalls/overkill/#try-it",
        "pitfalls/predicting-noise/#try-it",
        f"roles/{question.role}/",
        f"roles/{question.role}/#{question.id}",
        "reference/questions/",
        f"reference/questions/?role={question.role}&priority=must",
        "reference/glossary/",
        "reference/checklists/",
        "kickoff/first-meeting/",
        "kickoff/run-the-meeting/",
        ADDRESS,
        f"{ADDRESS}#{question.id}",
    ]


def opened(context: BrowserContext, address: str) -> tuple[LayoutShifts, Page, str]:
    page = context.new_page()
    shifts = LayoutShifts(page)
    page.goto(address, wait_until="commit")
    return shifts, page, address


@every_width
def test_no_page_moves_when_its_scripts_come_late(
    open_reader: OpenReader, playbook: Playbook, width: int
) -> None:
    first = open_reader(width=width)
    late = LateScripts(first.context)
    pages = [opened(first.context, address) for address in addresses(playbook)]
    first.wait_for_timeout(PAINTED)
    late.let_go()
    for _, page, _ in pages:
        page.wait_for_load_state()
    first.wait_for_timeout(SETTLED)
    wrong = [line for shifts, _, address in pages for line in shifts.told(address)]
    assert not wrong, "\n".join(wrong)


@every_width
def test_the_header_does_not_move_in_the_dark_scheme(open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width, scheme="dark")
    shifts = LayoutShifts(page)
    page.goto("why/")
    expect(page.get_by_role("button", name="Light scheme")).to_be_visible()
    page.wait_for_timeout(PAINTED)
    wrong = shifts.told("why/")
    assert not wrong, "\n".join(wrong)


@every_width
def test_no_page_moves_without_scripts(
    open_reader: OpenReader, playbook: Playbook, width: int
) -> None:
    first = open_reader(width=width, java_script_enabled=False)
    pages = [opened(first.context, address) for address in addresses(playbook)]
    for _, page, _ in pages:
        page.wait_for_load_state()
    first.wait_for_timeout(PAINTED)
    wrong = [line for shifts, _, address in pages for line in shifts.told(address)]
    assert not wrong, "\n".join(wrong)


@every_width
def test_a_stored_worksheet_does_not_move_on_a_reload(open_reader: OpenReader, width: int) -> None:
    page = visit(open_reader(width=width))
    page.get_by_label("Project", exact=True).fill("Pool")
    write(page, FIRST, "Fewer closed days")
    write(page, SECOND, "One line\n" * 9)
    views = {}
    for name in ("Whole sheet", "One question", "Minutes"):
        view = page.context.new_page()
        visit(view).get_by_label(name, exact=True).check()
        views[name] = view
    page.close()
    late = LateScripts(view.context)
    heard = {name: LayoutShifts(view) for name, view in views.items()}
    for view in views.values():
        view.reload(wait_until="commit")
    view.wait_for_timeout(PAINTED)
    late.let_go()
    for view in views.values():
        view.wait_for_load_state()
    view.wait_for_timeout(SETTLED)
    for name, view in views.items():
        expect(view.get_by_label(name, exact=True)).to_be_checked()
    wrong = [line for name, shifts in heard.items() for line in shifts.told(name)]
    assert not wrong, "\n".join(wrong)


@every_width
def test_the_filter_has_its_room_before_its_script_comes(
    open_reader: OpenReader, width: int
) -> None:
    """Some browsers paint without waiting for it."""
    page = open_reader(width=width)
    late = LateScripts(page.context)
    page.goto("reference/questions/", wait_until="commit")
    page.wait_for_timeout(PAINTED)
    form = page.locator("form[data-filter]")
    expect(form).to_be_hidden()
    kept = form.bounding_box()
    late.let_go()
    expect(form).to_be_visible()
    assert kept == form.bounding_box()


def test_a_worksheet_whose_script_never_comes_is_a_form_to_print(open_reader: OpenReader) -> None:
    page = open_reader()
    LateScripts(page.context)
    page.goto(ADDRESS, wait_until="commit")
    box = page.locator("[name=text]").first
    expect(page.get_by_role("link", name="Skip to content")).to_be_attached()
    expect(box).to_be_hidden()
    page.emulate_media(media="print")
    expect(box).to_be_visible()
    page.emulate_media(media="screen")
    expect(box).to_be_visible()
    expect(page.get_by_text("Nothing you type here is kept.")).to_be_in_viewport()
