"""Draw cards as pictures of 1200 × 630 pixels. This is the only module that needs Pillow."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from macros.export.cards import Card

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 40 * 1024
_FONTS = Path(__file__).parent / "fonts"
_SERIF, _SANS = "SourceSerifPro-Semibold.ttf", "SourceSansPro-Semibold.ttf"
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 72, 72, 64
_BAND = 24
_MARK = 44
_LABEL, _ABOUT, _NAME = 38, 36, 32
# The large type: as large as fits into the space between label and name.
_LARGEST, _SMALLEST, _STEP = 84, 28, 4
_LINE = 1.18
# Lines of what a page is about; descriptions are written to be shorter.
_MOST_ABOUT = 3
# Shapes are drawn so much larger and made smaller: Pillow does not smooth their edges.
_FINER = 8
# Few colours and the steps between them: a palette makes the file a third as large.
_COLOURS = 32


def picture(card: Card, folder: Path | None = None) -> bytes:
    """Return a card as a PNG file.

    Args:
        card: What it says.
        folder: Where pictures are kept, by what they are made from; none where it is left out.
    """
    kept = folder / f"{_key(card)}.png" if folder else None
    if kept and kept.is_file():
        return kept.read_bytes()
    made = _drawn(card)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(made)
    return made


def _key(card: Card) -> str:
    """Return a name that changes with whatever the picture is made from."""
    return hashlib.sha256(repr((card, _made_with())).encode()).hexdigest()


@cache
def _made_with() -> tuple[str, ...]:
    files = [Path(__file__), _FONTS / _SERIF, _FONTS / _SANS]
    return (PIL.__version__, *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))


def _drawn(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), card.paper)
    draw = ImageDraw.Draw(image)
    _draw_band(draw, card)
    x = _LEFT
    for mark, colour in card.marks:
        _draw_mark(image, mark, colour, (x, _TOP))
        x += _MARK + 16
    if card.label:
        colour = card.marks[0][1]
        draw.text((x + 4, _TOP + _MARK / 2), card.label, colour, _font(_SANS, _LABEL), "lm")
    name_at = (_LEFT, HEIGHT - _BOTTOM)
    draw.text(name_at, card.site_name, card.soft, _font(_SANS, _NAME), "ls")
    width, top, bottom = WIDTH - _LEFT - _RIGHT, _TOP + _MARK + 24, HEIGHT - _BOTTOM - _NAME - 40
    about = _lines(card.about, width, _SANS, _ABOUT)[:_MOST_ABOUT]
    beside = len(about) * _ABOUT * _LINE + (_ABOUT if about else 0)
    size, lines = fitted(card.text, width, round(bottom - top - beside))
    y = top + (bottom - top - beside - len(lines) * size * _LINE) / 2
    for line in lines:
        draw.text((_LEFT, y + size), line, card.ink, _font(_SERIF, size), "ls")
        y += size * _LINE
    for line in about:
        draw.text((_LEFT, y + 2 * _ABOUT), line, card.soft, _font(_SANS, _ABOUT), "ls")
        y += _ABOUT * _LINE
    file = io.BytesIO()
    few = image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_band(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Draw the band on the left, in the colours of the roles."""
    part = HEIGHT / len(card.marks)
    for number, (_, colour) in enumerate(card.marks):
        draw.rectangle((0, round(number * part), _BAND - 1, round((number + 1) * part)), colour)


def _draw_mark(image: Image.Image, mark: str, colour: str, at: tuple[int, int]) -> None:
    side = _MARK * _FINER
    shape = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(shape)
    if mark == "circle":
        draw.ellipse((0, 0, side - 1, side - 1), 255)
    elif mark == "square":
        inset = side // 20
        draw.rectangle((inset, inset, side - inset, side - inset), 255)
    else:
        draw.polygon([(side / 2, 0), (side, side - side / 12), (0, side - side / 12)], 255)
    shape = shape.resize((_MARK, _MARK), Image.Resampling.LANCZOS)
    image.paste(Image.new("RGB", shape.size, colour), at, shape)


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


def fitted(text: str, width: int, height: int) -> tuple[int, list[str]]:
    """Return the largest size at which a text fits, and its lines at that size.

    A text that does not fit at the smallest size ends with three dots.

    Args:
        text: The text.
        width: The width of the space in pixels.
        height: The height of the space in pixels.
    """
    words = text.split()
    for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
        most = int(height / size / _LINE)
        filled = _filled(words, width, _length(_SERIF, size))
        if bool(filled) == bool(words) and len(filled) <= most:
            return size, _lines(text, width, _SERIF, size)
    kept: list[str] = []
    for word in words:
        if not 0 < len(_filled([*kept, word, "…"], width, _length(_SERIF, _SMALLEST))) <= most:
            break
        kept.append(word)
    return _SMALLEST, _lines(" ".join([*kept, "…"]), width, _SERIF, _SMALLEST)


def _lines(text: str, width: float, font: str, size: int) -> list[str]:
    """Return a text as lines of about one length, or no line where a word is too wide."""
    words, length = text.split(), _length(font, size)
    most = len(_filled(words, width, length))
    shortest, longest = width / 2, width
    while longest - shortest > 8:
        between = (shortest + longest) / 2
        if 0 < len(_filled(words, between, length)) <= most:
            longest = between
        else:
            shortest = between
    return _filled(words, longest, length)


def _filled(words: Sequence[str], width: float, length: Callable[[str], float]) -> list[str]:
    """Return lines that are each as long as fits, or no line where a word is too wide."""
    lines: list[list[str]] = []
    end = 0.0
    for word in words:
        own = length(word)
        if own > width:
            return []
        end += length(" ") + own
        if not lines or end > width:
            lines.append([])
            end = own
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


@cache
def _length(font: str, size: int) -> Callable[[str], float]:
    """Return what measures a word, and remembers it."""
    return cache(_font(font, size).getlength)
