"""The templates, and how text is made safe for them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

# Only what both Python-Markdown and the forges' Markdown let one escape; the rest is harmless
# inside a line, and downloads are read as plain text too.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;"})

# What the extensions of mkdocs.yml read inside a line: a sign, two hyphens, three dots.
_INLINE = re.compile(r"[\\`*_{}\[\]|]|-(?=-)|\.(?=\.\.)")


def escape_markdown(text: str) -> Markup:
    """Return `text` so that Markdown shows it as typed: no emphasis, link, attribute or HTML."""
    plain = " ".join(text.split()).translate(_ENTITIES)
    return Markup(re.sub(r"(?<!&)#|[\\`*_{}\[\]]", r"\\\g<0>", plain))


def _escape_value(value: Any) -> Any:
    """Escape text for HTML, and for Markdown too, as a page's author puts it inside a sentence."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_INLINE.sub(lambda sign: f"&#{ord(sign[0])};", escape(value)))


@cache
def environment() -> Environment:
    """Return the templates, with every value escaped unless a filter says otherwise."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(
        loader=loader,
        autoescape=True,
        finalize=_escape_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters["md"] = escape_markdown
    return made
