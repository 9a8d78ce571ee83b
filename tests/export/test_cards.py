"""The pictures that chats show beside a link: what they say, that it fits, and who names them."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.exceptions import PluginError
from PIL import Image

from macros import __main__ as command
from macros import hooks
from macros.export import card_pictures
from macros.export.card_pictures import HEIGHT, MOST_BYTES, WIDTH, fitted, picture
from macros.export.cards import Card, cards, light_colours, path_of
from macros.load.project_files import Page
from macros.model.question import Playbook
from tests.tiny import ROOT

COLOURS = {"paper": "#ffffff", "ink": "#111111", "soft": "#555555", "kitchen": "#a04405"}
MENU = Page(
    "docs/why/menu.md", '---\ntitle: Menu\ndescription: What "hot" means.\n---\n# The menu\n'
)
HOME = Page("docs/index.md", "---\ntitle: Home\n---\n\n# Soup isn't <br>magic. {: #soup }\n")
KITCHEN = Page("docs/roles/kitchen.md", "# The kitchen\n")


def planned(playbook: Playbook) -> dict[str, Card]:
    """Return the cards of the tiny playbook."""
    return cards(playbook, [HOME, MENU, KITCHEN], "The inn", COLOURS)


def read(made: bytes) -> Image.Image:
    """Return a picture as other programs read it."""
    return Image.open(io.BytesIO(made))


def test_every_question_and_page_has_a_card(tiny: Playbook) -> None:
    made = planned(tiny)
    assert set(made) == {
        *("", "why/menu/", "roles/kitchen/"),
        *(f"q/{question.id}/" for question in tiny.questions),
    }
    assert [path_of(address) for address in ("", "why/menu/", "q/soup-heat/")] == [
        *("cards/index.png", "cards/why/menu.png", "cards/q/soup-heat.png")
    ]


def test_a_card_says_what_its_page_says(tiny: Playbook) -> None:
    made = planned(tiny)
    soup = made["q/soup-heat/"]
    assert soup.text == tiny.questions[0].ask
    assert soup.alt == f"{soup.label}: {soup.text}"
    assert (made["why/menu/"].text, made["why/menu/"].about) == ("Menu", "What “hot” means.")
    assert made[""].text == "Soup isn’t magic."
    assert made["roles/kitchen/"].alt == "The kitchen"


def test_a_card_has_the_marks_of_the_roles_that_it_is_about(tiny: Playbook) -> None:
    made, marks = planned(tiny), [role.mark for role in tiny.vocabulary.roles]
    assert made["q/soup-heat/"].marks == made["roles/kitchen/"].marks == ((marks[0], "#a04405"),)
    assert made["q/guest-count/"].marks == ((marks[1], "#111111"),)
    assert [mark for mark, _ in made["why/menu/"].marks] == marks


@pytest.mark.parametrize("address", ["q/soup-heat/", "why/menu/"])
def test_a_picture_has_the_size_that_previews_ask_for_and_is_small(
    address: str, tiny: Playbook
) -> None:
    made = picture(planned(tiny)[address])
    assert read(made).size == (WIDTH, HEIGHT) == (1200, 630)
    assert read(made).mode == "P"
    assert len(made) <= MOST_BYTES


def test_the_longest_question_that_may_be_asked_fits_and_is_small(tiny: Playbook) -> None:
    longest = " ".join(["responsibilities"] * 25)
    _, lines = fitted(longest, 1000, 360)
    assert " ".join(lines) == longest
    card = Card(longest, "Who", "", "The inn", (("circle", "#a04405"),), "#fff", "#111", "#555")
    assert len(picture(card)) <= MOST_BYTES


def test_a_short_text_is_larger_and_what_never_fits_is_cut() -> None:
    assert fitted("Why now?", 1000, 360)[0] > fitted("Why now, and not later? " * 6, 1000, 360)[0]
    _, lines = fitted("Why now? " * 200, 1000, 360)
    assert lines[-1].endswith("…")
    assert fitted("", 1000, 360)[1] == []


def test_a_picture_is_drawn_once(
    tiny: Playbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soup, menu = (planned(tiny)[address] for address in ("q/soup-heat/", "why/menu/"))
    drawn: list[Card] = []

    def draw(card: Card) -> bytes:
        drawn.append(card)
        return b"made"

    monkeypatch.setattr(card_pictures, "_drawn", draw)
    assert [picture(card, tmp_path) for card in (soup, soup, menu, soup)] == [b"made"] * 4
    assert drawn == [soup, menu]


def test_the_colours_are_those_of_the_light_scheme() -> None:
    sheet = ":root { --paper: light-dark(#fbf9f4, #16191c); --rule: red; }"
    assert light_colours(sheet) == {"paper": "#fbf9f4"}
    colours = light_colours((ROOT / command.STYLES).read_text("utf-8"))
    assert {"paper", "ink", "soft"} <= colours.keys()


# In a build

NO_PICTURE = '<meta name="twitter:card" content="summary">'


def config(site_url: str = "https://docs.example/p/") -> Any:
    """Return as much of MkDocs' configuration as the pictures need."""
    return SimpleNamespace(site_url=site_url, site_name="The inn", extra={})


def head(settings: Any, address: str) -> str:
    """Return what a page has in its head about its picture."""
    templates = Environment(loader=FileSystemLoader(ROOT / "overrides"))
    page = SimpleNamespace(url=address)
    return templates.get_template("partials/card.html").render(config=settings, page=page).strip()


def test_a_build_that_asks_for_pictures_names_them(
    tiny: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARDS", "true")
    settings = config("https://docs.example/p")
    hooks._plan_cards(settings, tiny)
    said = head(settings, "q/soup-heat/")
    assert 'property="og:image" content="https://docs.example/p/cards/q/soup-heat.png"' in said
    assert f'"og:image:alt" content="{tiny.vocabulary.roles[0].label}: How hot is' in said
    assert 'name="twitter:card" content="summary_large_image"' in said
    assert head(settings, "no/such/page/") == NO_PICTURE
    assert set(hooks._cards) >= {"", "q/soup-heat/", "reference/downloads/"}


@pytest.mark.parametrize("setting", ["", "false", "0"])
def test_a_build_that_asks_for_none_names_none(
    setting: str, tiny: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARDS", setting)
    settings = config()
    hooks._plan_cards(settings, tiny)
    assert head(settings, "q/soup-heat/") == NO_PICTURE
    assert hooks._cards == {}


def test_pictures_without_the_site_s_address_stop_the_build(
    tiny: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARDS", "true")
    with pytest.raises(PluginError, match="expected SITE_URL=https://"):
        hooks._plan_cards(config(""), tiny)


def test_the_pictures_are_written_where_the_pages_say(
    tiny: Playbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    soup = planned(tiny)["q/soup-heat/"]
    command.draw_cards({"q/soup-heat/": soup}, tmp_path / "site")
    assert read((tmp_path / "site/cards/q/soup-heat.png").read_bytes()).size == (1200, 630)
