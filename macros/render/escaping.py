"""The templates, and how text is made safe for them."""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.render import formatting

TEMPLATES = Path(__file__).parent / "templates"

# Only what both Python-Markdown and the forges' Markdown let one escape; the rest is harmless
# inside a line, and downloads are read as plain text too.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;"})

# What the extensions of mkdocs.yml read inside a line: a sign, two hyphens, three dots.
_INLINE = re.compile(r"[\\`*_{}\[\]|]|-(?=-)|\.(?=\.\.)")

# What programs make a link of by themselves: the part with a scheme, then "www.", then e-mail.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\W_][^\s<>]*"
    r"|mailto:[^\s<>@]{1,64}@[^\W_][^\s<>]*"
    r"|(?<![\w/.])www\.[^\W_][^\s<>]*"
    r"|(?<![\w.+-])[^\W_][\w.+'-]{0,63}@[^\W_][\w-]{0,62}(?:\.[\w-]{1,63})+(?<![-_])",
    re.IGNORECASE,
)
# What MathJax takes for the start of a formula.
_FORMULA = re.compile(r"\\(?=\Z|[^\w\s]|[a-z]+\*?\s*\{)", re.IGNORECASE)
_ENTITY_NAMES = "|".join(sorted(name for name in html5 if not name.endswith(";")))
# What some take for an entity though no semicolon follows: "&section=2" becomes "§ion=2".
_ENTITY = re.compile(rf"&(?=#?\w+;|#\w|{_ENTITY_NAMES})", re.IGNORECASE)
# Every Markdown shows such an address as typed, and leads where it says.
_PLAIN_ADDRESS = re.compile(
    r"(?:https?|ftp)://(?!.*xn--)[\w\-.~/?#=:@!+,;'()*&]+|(?!www\.)[A-Z0-9_.+-]+@[A-Z0-9.-]+",
    re.IGNORECASE,
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_AFTER_ADDRESS = ".,:;!?*'\"`’”»…。，、；：！？）」』】"


def escape_markdown(text: str) -> Markup:
    """Return `text` so that Markdown shows it as typed: no emphasis, link, attribute or HTML."""
    return Markup(_escaped(" ".join(text.split())))


def _escaped(text: str) -> str:
    return re.sub(r"(?<!&)#|[\\`*_{}\[\]]", r"\\\g<0>", text.translate(_ENTITIES))


def write_markdown(text: str) -> Markup:
    """Return `text` for a file that others read: as typed, and its addresses lead where they led.

    Besides Python's Markdown, this is read by GitHub, by Jupyter and as plain text. Jupyter takes
    some backslashes for the start of a formula even where Markdown escapes them; only an element
    of their own keeps them. docs/assets/worksheet/formats.js does the same for a worksheet.
    """
    plain = " ".join(text.split())
    written, end = "", 0
    for match in _ADDRESS.finditer(plain):
        # With "!" before it, a link would be a picture.
        written += re.sub(r"!$", r"\\!", _for_others(plain[end : match.start()]))
        written += _write_address(match[0])
        end = match.end()
    return Markup(written + _for_others(plain[end:]))


def without_formulas(written: str) -> str:
    """Return Markdown in which no two dollars become a formula, in Jupyter or on GitHub.

    In each part between blank lines one dollar is money; of two, what stands between is algebra.
    """
    parts = written.split("\n\n")
    money = _shielded("$")
    return "\n\n".join(part.replace("$", money) if part.count("$") > 1 else part for part in parts)


@cache
def _shielded(sign: str) -> str:
    """A sign in an element of its own: no reader of formulas takes it for the start of one."""
    template = environment().get_template("exports/shielded_sign.html.jinja")
    return template.render(number=ord(sign)).strip()


def _for_others(text: str) -> str:
    parts = [_escaped(part) for part in _FORMULA.split(text)]
    return re.sub(r"(?<=www)\.", "&#46;", _shielded("\\").join(parts), flags=re.IGNORECASE)


def _write_address(text: str) -> str:
    typed = text[: _address_end(text)]
    rest = _for_others(text[len(typed) :])
    if _PLAIN_ADDRESS.fullmatch(typed) and not _ENTITY.search(typed):
        return f"<{typed}>{rest}"
    # Where Jupyter finds an address within a link, it reads no escapes in it.
    # JupyterLab reads brackets in it that Markdown escapes.
    shown = _for_others(typed).replace("://", "&#58;//")
    shown = re.sub(r"\\([\[\]])", lambda sign: f"&#{ord(sign[1])};", shown)
    if not re.match(r"https?:|ftp:|mailto:", typed, re.IGNORECASE):
        typed = ("http://" if typed.lower().startswith("www.") else "mailto:") + typed
    # Letters may be encoded in an address without a change; a backslash has no other way in.
    target = typed.replace("\\", "%5C")
    target = re.sub(
        rf"{_ENTITY.pattern}(#?)(\w)",
        lambda sign: f"&{sign[1]}%{ord(sign[2]):x}",
        target,
        flags=re.IGNORECASE,
    )
    target = re.sub(r"[^\w\-./?#=:@%+]", lambda sign: f"&#{ord(sign[0])};", target)
    return f"[{shown}](<{target}>){rest}"


def _address_end(text: str) -> int:
    """Return how much of it is an address: what ends a sentence or a bracket is not."""
    spare = {close: text.count(close) - text.count(open) for close, open in _BRACKETS.items()}
    end = len(text)
    while True:
        sign = text[end - 1]
        if sign in spare:
            spare[sign] -= 1
            if spare[sign] < 0:
                return end
        elif sign not in _AFTER_ADDRESS:
            return end
        end -= 1


def _escape_value(value: Any) -> Any:
    """Escape text for HTML, and for Markdown too, as a page's author puts it inside a sentence."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_INLINE.sub(lambda sign: f"&#{ord(sign[0])};", escape(value)))


@cache
def environment() -> Environment:
    """Return the templates, with every value escaped unless a filter says otherwise."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_escape_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters["md"] = escape_markdown
    made.filters["md_file"] = write_markdown
    for function in (
        formatting.number,
        formatting.percent,
        formatting.interval,
        formatting.percent_with_interval,
    ):
        made.filters[function.__name__] = function
    return made
