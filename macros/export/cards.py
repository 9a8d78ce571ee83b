"""What the picture of each page says that a chat shows beside a link. card_pictures.py draws it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from macros.load.project_files import Page
from macros.model.question import Playbook

FOLDER = "cards"
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^# +(.+?)(?: *\{:.*)?$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_LIGHT_COLOUR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-fA-F]{3,6}),")


@dataclass(frozen=True)
class Card:
    """The words and colours of one picture."""

    text: str
    """What stands there large: the question, or the page's title."""
    label: str
    """What stands above it: who is asked. Empty on a page."""
    about: str
    """What stands below it, smaller: what a page is about. Empty for a question."""
    site_name: str
    marks: tuple[tuple[str, str], ...]
    """The shapes of the roles that the page is about, each with its colour."""
    paper: str
    ink: str
    soft: str

    @property
    def alt(self) -> str:
        """The same in words, for those who do not see it."""
        return f"{self.label}: {self.text}" if self.label else self.text


def light_colours(style_sheet: str) -> dict[str, str]:
    """Return the colours that a style sheet names, as they are in the light scheme."""
    return dict(_LIGHT_COLOUR.findall(style_sheet))


def cards(
    playbook: Playbook, pages: Iterable[Page], site_name: str, colours: Mapping[str, str]
) -> dict[str, Card]:
    """Return the card of every question and page, by the page's address from the site's root.

    Args:
        playbook: The playbook.
        pages: The pages in docs/.
        site_name: What the site is called.
        colours: The colours by name: `paper`, `ink`, `soft`, and one for each role, by its id.
    """
    every_mark = tuple(
        (role.mark, colours.get(role.id, colours["ink"])) for role in playbook.vocabulary.roles
    )
    marks = {
        role.id: (mark,) for role, mark in zip(playbook.vocabulary.roles, every_mark, strict=True)
    }
    labels = {role.id: role.label for role in playbook.vocabulary.roles}
    common = {"site_name": site_name} | {name: colours[name] for name in ("paper", "ink", "soft")}
    made = {}
    for page in pages:
        address = page.address.removeprefix("./")
        role = address.removeprefix("roles/").rstrip("/") if address.startswith("roles/") else ""
        text, about = _title_and_description(page)
        made[address] = Card(text, "", about, marks=marks.get(role, every_mark), **common)
    for question in playbook.questions:
        made[f"q/{question.id}/"] = Card(
            question.ask, labels[question.role], "", marks=marks[question.role], **common
        )
    return made


def path_of(address: str) -> str:
    """Return the path of the picture of the page at an address, both from the site's root."""
    return f"{FOLDER}/{address.rstrip('/') or 'index'}.png"


def _title_and_description(page: Page) -> tuple[str, str]:
    """Return a page's title and description; of the home page, its heading."""
    front = _FRONT_MATTER.match(page.text)
    held = yaml.safe_load(front[1]) if front else None
    said = held if isinstance(held, dict) else {}
    heading = _HEADING.search(page.text)
    titles = [str(said.get("title") or ""), _TAG.sub("", heading[1]) if heading else ""]
    is_home = page.address == "./"
    title = next(filter(None, reversed(titles) if is_home else titles), page.address)
    return _with_curly_quotes(title), _with_curly_quotes(str(said.get("description") or ""))


def _with_curly_quotes(text: str) -> str:
    """Return a text with the quotes that pages show for those that are typed."""
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")


def asked_for(setting: str) -> bool:
    """Return whether the environment's value asks for pictures."""
    return setting.strip().lower() not in ("", "0", "false", "no")
