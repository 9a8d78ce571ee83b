"""The template environment, and how text is escaped in it."""

from __future__ import annotations

import json
import re
from functools import cache
from html.entities import html5
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.render import formatting

TEMPLATES = Path(__file__).parent / "templates"

# Only characters that both Python-Markdown and the forges' Markdown can escape. The others do
# nothing inside a line, and people also read downloads as plain text.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;"})

# What Markdown with the extensions of mkdocs.yml reads as markup inside a line.
_INLINE = re.compile(r"[\\`*_{}\[\]|^~]|-(?=-)|\.(?=\.\.)|=(?==)|\+(?=\+)")
# What of it no forge reads as markup, so that a download holds it as it is.
_ONLY_HERE = re.compile(r"\^|=(?==)|\+(?=\+)")

# What programs turn into a link by themselves: addresses with a scheme, "www.", e-mail.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\W_][^\s<>]*"
    r"|mailto:[^\s<>@]{1,64}@[^\W_][^\s<>]*"
    r"|(?<![\w/.])www\.[^\W_][^\s<>]*"
    r"|(?<![\w.+-])[^\W_][\w.+'-]{0,63}@[^\W_][\w-]{0,62}(?:\.[\w-]{1,63})+(?<![-_])",
    re.IGNORECASE,
)
# What MathJax reads as the start of a formula.
_FORMULA = re.compile(r"\\(?=\Z|[^\w\s]|[a-z]+\*?\s*\{)", re.IGNORECASE)
_ENTITY_NAMES = "|".join(sorted(name for name in html5 if not name.endswith(";")))
# What some programs read as an entity without a semicolon: "&section=2" becomes "§ion=2".
_ENTITY = re.compile(rf"&(?=#?\w+;|#\w|{_ENTITY_NAMES})", re.IGNORECASE)
# An address that every Markdown, between angle brackets, shows and links as it was typed.
_PLAIN_ADDRESS = re.compile(
    r"(?:https?|ftp)://(?!.*xn--)[\w\-.~/?#=:@!+,;'()*&]+|(?!www\.)[A-Z0-9_.+-]+@[A-Z0-9.-]+",
    re.IGNORECASE,
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_AFTER_ADDRESS = ".,:;!?*'\"`’”»…。，、；：！？）」』】"


def escape_markdown(text: str) -> Markup:
    """Escape `text` so that Markdown shows it as typed, without emphasis, links or HTML."""
    escaped = _escape(" ".join(text.split()))
    return Markup(_ONLY_HERE.sub(lambda match: f"&#{ord(match[0])};", escaped))


def _escape(text: str) -> str:
    return re.sub(r"(?<!&)#|[\\`*_{}\[\]]", r"\\\g<0>", text.translate(_ENTITIES))


def escape_for_download(text: str) -> Markup:
    """Escape `text` for a download: it is shown as typed, and its addresses become links.

    The file is read by Python-Markdown, GitHub and Jupyter, and as plain text. Jupyter reads some
    backslashes as the start of a formula even if Markdown escapes them, unless each is in an
    element of its own. docs/assets/worksheet/formats.js does the same for a worksheet.
    """
    plain = " ".join(text.split())
    escaped, end = "", 0
    for match in _ADDRESS.finditer(plain):
        # After "!", a link would be an image.
        escaped += re.sub(r"!$", r"\\!", _escape_part(plain[end : match.start()]))
        escaped += _link(match[0])
        end = match.end()
    return Markup(escaped + _escape_part(plain[end:]))


def quote_for_yaml(text: str) -> Markup:
    """Return `text` in quotes for the front matter of a page, where any character may stand."""
    quoted = json.dumps(text, ensure_ascii=False)
    return Markup(re.sub(r"[^\x20-\x7e]", lambda match: f"\\U{ord(match[0]):08x}", quoted))


def escape_dollars(markdown: str) -> str:
    """Escape dollar signs in Markdown, so that Jupyter and GitHub show no formulas.

    One dollar sign in a paragraph is left alone; the text between two would become a formula.
    """
    parts = markdown.split("\n\n")
    dollar = _isolated("$")
    return "\n\n".join(part.replace("$", dollar) if part.count("$") > 1 else part for part in parts)


@cache
def _isolated(character: str) -> str:
    """Return a character in an element of its own, so that it does not start a formula."""
    template = environment().get_template("exports/isolated_character.html.jinja")
    return template.render(number=ord(character)).strip()


def _escape_part(text: str) -> str:
    parts = [_escape(part) for part in _FORMULA.split(text)]
    return re.sub(r"(?<=www)\.", "&#46;", _isolated("\\").join(parts), flags=re.IGNORECASE)


def _link(text: str) -> str:
    typed = text[: _address_length(text)]
    rest = _escape_part(text[len(typed) :])
    if _PLAIN_ADDRESS.fullmatch(typed) and not _ENTITY.search(typed):
        return f"<{typed}>{rest}"
    # Jupyter would find the address inside the link's text and show its escapes; and JupyterLab
    # reads brackets in a link's text even if they are escaped.
    shown = _escape_part(typed).replace("://", "&#58;//")
    shown = re.sub(r"\\([\[\]])", lambda match: f"&#{ord(match[1])};", shown)
    if not re.match(r"https?:|ftp:|mailto:", typed, re.IGNORECASE):
        typed = ("http://" if typed.lower().startswith("www.") else "mailto:") + typed
    # An encoded letter or backslash leads to the same address.
    target = typed.replace("\\", "%5C")
    target = re.sub(
        rf"{_ENTITY.pattern}(#?)(\w)",
        lambda match: f"&{match[1]}%{match[2].encode().hex('%').upper()}",
        target,
        flags=re.IGNORECASE,
    )
    target = re.sub(r"[^\w\-./?#=:@%+]", lambda match: f"&#{ord(match[0])};", target)
    return f"[{shown}](<{target}>){rest}"


def _address_length(text: str) -> int:
    """Return the length of the address in `text`, without punctuation and brackets after it."""
    unmatched = {close: text.count(close) - text.count(open) for close, open in _BRACKETS.items()}
    end = len(text)
    while True:
        character = text[end - 1]
        if character in unmatched:
            unmatched[character] -= 1
            if unmatched[character] < 0:
                return end
        elif character not in _AFTER_ADDRESS:
            return end
        end -= 1


def _escape_value(value: Any) -> Any:
    """Escape text for HTML and Markdown: authors use macros inside sentences of Markdown."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_INLINE.sub(lambda match: f"&#{ord(match[0])};", escape(value)))


@cache
def environment() -> Environment:
    """Return the environment of the templates. It escapes every value, unless a filter did so."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_escape_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        # To compile them all takes half a second, which each build and each reload would spend.
        bytecode_cache=FileSystemBytecodeCache(),
        # Live reload imports this package anew when a template was edited.
        auto_reload=False,
    )
    templates.filters["md"] = escape_markdown
    templates.filters["md_file"] = escape_for_download
    templates.filters["yaml"] = quote_for_yaml
    for function in (
        formatting.day,
        formatting.number,
        formatting.percent,
        formatting.interval,
        formatting.percent_with_interval,
    ):
        templates.filters[function.__name__] = function
    return templates
