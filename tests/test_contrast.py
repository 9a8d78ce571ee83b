"""Every ink can be read on every paper of the style sheets: light, dark and printed.

That is stricter than looking at pages: an ink and a paper that never meet today may meet tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
import tinycss2
from tinycss2.color4 import parse_color

from tests.conftest import ROOT

STYLES = sorted((ROOT / "docs" / "assets").rglob("*.css"))
PALETTES = ["light", "dark", "print"]
TEXT = 4.5  # WCAG 1.4.3
SHAPE = 3.0  # WCAG 1.4.11
# Chess pieces have an outline against squares of any shade, and a test of their own.
CHESS = re.compile(r"\.pb-(board|piece)\b")
# Parts of a chart, which hold no text.
SHAPES = re.compile(r"\.pb-chart__(range|bar)$")

Colour = tuple[float, float, float]


class Rule(NamedTuple):
    """A rule of a style sheet, with the conditions around it and what it declares."""

    file: str
    line: int
    conditions: str
    selector: str
    values: dict[str, list[Any]]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.selector}"


def rules(nodes: list[Any], file: str, conditions: str = "") -> Iterator[Rule]:
    """Yield each rule, those within conditions such as @media too."""
    for node in nodes:
        if node.type == "qualified-rule":
            declared = tinycss2.parse_blocks_contents(node.content)
            values = {each.name: each.value for each in declared if each.type == "declaration"}
            selector = tinycss2.serialize(node.prelude).strip()
            yield Rule(file, node.source_line, conditions, selector, values)
        elif node.type == "at-rule" and node.content and node.at_keyword in ("media", "supports"):
            inner = f"{conditions} {tinycss2.serialize(node.prelude)}"
            yield from rules(tinycss2.parse_rule_list(node.content), file, inner)


RULES = [
    rule
    for path in STYLES
    for rule in rules(tinycss2.parse_stylesheet(path.read_text(encoding="utf-8")), path.name)
    # There the colours are the reader's.
    if "forced-colors" not in rule.conditions
]


class Palette:
    """What each name of a colour means on a screen in one scheme, or on paper."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.meanings: dict[str, list[list[Any]]] = {}
        for rule in self.rules():
            for token, value in rule.values.items():
                if token.startswith("--"):
                    # In print a name has a value of its own; elsewhere any that it is given.
                    if "print" in rule.conditions:
                        self.meanings[token] = []
                    self.meanings.setdefault(token, []).append(value)

    def rules(self) -> list[Rule]:
        """Return the rules in force: on a screen, none that is meant for print."""
        return [each for each in RULES if self.name == "print" or "print" not in each.conditions]

    def colours(self, value: list[Any]) -> Iterator[Colour]:
        """Yield each colour that a value may come to."""
        for token in value:
            if token.type == "function" and token.lower_name == "var":
                name = next(each.value for each in token.arguments if each.type == "ident")
                assert name in self.meanings, f"{name} is used and nowhere defined"
                for meaning in self.meanings[name]:
                    yield from self.colours(meaning)
            elif token.type == "function" and token.lower_name == "light-dark":
                light, dark = [each for each in token.arguments if parse_color(each) is not None]
                yield from self.colours([dark if self.name == "dark" else light])
            elif token.type == "function" and token.lower_name.endswith("gradient"):
                yield from self.colours(token.arguments)
            else:
                colour = parse_color(token)
                if colour is not None and colour != "currentcolor" and colour.alpha > 0:
                    assert colour.alpha == 1, f"{tinycss2.serialize(value)} can be seen through"
                    red, green, blue = colour.to("srgb").coordinates
                    yield red, green, blue

    def painted(self, rule: Rule, *names: str) -> set[Colour]:
        """Return the colours that a rule gives to any of these properties."""
        return {
            colour
            for name in names
            if name in rule.values
            for colour in self.colours(rule.values[name])
        }


def luminance(colour: Colour) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def written(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


@pytest.mark.parametrize("name", PALETTES)
def test_every_ink_can_be_read_on_every_paper(name: str) -> None:
    """Where a rule fills its ground with an ink, as a button's does, only its own ink is on it."""
    palette = Palette(name)
    plain: list[tuple[Rule, set[Colour], set[Colour]]] = []
    filled: list[tuple[Rule, set[Colour], set[Colour]]] = []
    for rule in palette.rules():
        if CHESS.search(rule.selector) or "::backdrop" in rule.selector:
            continue
        grounds = palette.painted(rule, "background", "background-color")
        (filled if grounds else plain).append((rule, palette.painted(rule, "color"), grounds))
    inks = {ink: rule for rule, colours, _ in reversed(plain) for ink in colours}
    papers = {
        each: rule for rule, _, grounds in reversed(filled) for each in grounds if each not in inks
    }
    pairs = []
    for rule, colours, grounds in filled:
        if grounds & inks.keys():
            pairs += [(ink, ground, rule, rule) for ink, ground in product(colours, grounds)]
        else:
            inks.update(dict.fromkeys(colours, rule))
    for rule, _, _ in plain:
        inks.update(dict.fromkeys(palette.painted(rule, "fill") - papers.keys(), rule))
    assert inks
    assert papers
    pairs += [(ink, each, inks[ink], papers[each]) for ink, each in product(inks, papers)]
    faults = [
        f"{ink_rule}: {written(ink)} on {written(ground)} ({ground_rule}) has a contrast of "
        f"{contrast(ink, ground):.2f}; expected {TEXT} or more ({name})"
        for ink, ground, ink_rule, ground_rule in pairs
        if contrast(ink, ground) < TEXT
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PALETTES)
def test_every_piece_stands_out_from_every_square(name: str) -> None:
    palette = Palette(name)
    chess = [rule for rule in palette.rules() if CHESS.search(rule.selector)]
    squares = {each for rule in chess for each in palette.painted(rule, "background")}
    pieces = [rule for rule in chess if "color" in rule.values]
    assert squares
    assert pieces
    for rule, square in product(pieces, squares):
        parts = palette.painted(rule, "color", "-webkit-text-stroke")
        assert max(contrast(part, square) for part in parts) >= SHAPE, f"{rule}: {written(square)}"


def test_no_text_is_paler_than_its_ink() -> None:
    dimmed = [
        str(rule)
        for rule in RULES
        if rule.values.keys() & {"opacity", "filter", "mix-blend-mode"}
        and tinycss2.serialize(rule.values.get("opacity", [])).strip() not in ("0", "1")
        and not SHAPES.search(rule.selector)
    ]
    assert not dimmed, "\n".join(dimmed)
