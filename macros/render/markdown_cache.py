"""What Markdown made of each page, kept from one build to the next.

A page is made again if its Markdown changed, with what its macros print, or anything else that it
is made from. Each page has one file, which its next version replaces.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import markdown  # type: ignore[import-untyped]
import pygments  # type: ignore[import-untyped]
import pymdownx  # type: ignore[import-untyped]

from macros.render import html_blocks

T = TypeVar("T")


class MarkdownCache:
    """The pages that were made last.

    Args:
        folder: Where they are.
        settings: What every page is made with: extensions and their options, addresses of pages.
    """

    def __init__(self, folder: Path, settings: object) -> None:
        self.folder = folder
        self.settings = hashlib.sha256(repr((settings, _made_with())).encode()).digest()

    def page(self, name: str, text: str, make: Callable[[], tuple[T, bool]]) -> T:
        """Return what was made of a page.

        Args:
            name: The page's path.
            text: Its Markdown.
            make: What makes it, and says whether it is worth keeping: one that is at fault is made
                again, so that each build names the fault.
        """
        file = self.folder / f"{name.replace('/', '--')}.pickle"
        key = hashlib.sha256(self.settings + f"{name}\n{text}".encode()).digest()
        kept = _read(file)
        if kept.startswith(key):
            found: T = pickle.loads(kept.removeprefix(key))
            return found
        made, is_sound = make()
        if is_sound:
            _write(file, key + pickle.dumps(made))
        return made


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _write(file: Path, content: bytes) -> None:
    """Write a file in one step: another build may read it. Where none can be written, none is."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
            new.write(content)
        os.replace(new.name, file)


@cache
def _made_with() -> tuple[str, ...]:
    ours = hashlib.sha256(Path(html_blocks.__file__).read_bytes()).hexdigest()
    return (markdown.__version__, pygments.__version__, pymdownx.__version__, ours)
