"""Nothing moves where one arrives in the middle of a page, in the dark, or at the filter.

That nothing moves on any page as it opens, test_every_page.py asks; without scripts,
test_without_script.py; and with work stored, worksheet/test_layout.py.
"""

from __future__ import annotations

from functools import partial

from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.page_checks import LateScripts, moved_while_opening
from tests.browser.reader import every_width, resize
from tests.browser.worksheet.desk import ADDRESS


def in_the_middle(playbook: Playbook) -> list[str]:
    """Addresses that lead into the middle of a page, or to a part of what it holds."""
    question = playbook.live[-1]
    return [
        "pitfalls/overkill/#try-it",
        "pitfalls/predicting-noise/#try-it",
        f"roles/{question.role}/#{question.id}",
        f"reference/questions/?role={question.role}&priority=must",
        f"{ADDRESS}#{question.id}",
    ]


@every_width
def test_no_page_moves_where_one_arrives_in_its_middle(
    reader: Page, playbook: Playbook, width: int
) -> None:
    resize(reader, width)
    wrong = []
    for address in in_the_middle(playbook):
        reader.goto("about:blank")
        wrong += moved_while_opening(
            reader, address, partial(reader.goto, address, wait_until="commit")
        )
    assert not wrong, "\n".join(wrong)


@every_width
def test_the_header_does_not_move_in_the_dark_scheme(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.emulate_media(color_scheme="dark")
    wrong = moved_while_opening(reader, "why/", partial(reader.goto, "why/", wait_until="commit"))
    expect(reader.get_by_role("button", name="Light scheme")).to_be_visible()
    assert not wrong, "\n".join(wrong)


@every_width
def test_the_filter_has_its_room_before_its_script_comes(reader: Page, width: int) -> None:
    """Some browsers paint without waiting for it."""
    resize(reader, width)
    form = reader.locator("form[data-filter]")
    with LateScripts(reader) as late:
        reader.goto("reference/questions/", wait_until="commit")
        late.wait_until_painted()
        expect(form).to_be_hidden()
        kept = form.bounding_box()
        late.let_go()
    expect(form).to_be_visible()
    assert kept == form.bounding_box()
