"""Scripts and styles as they are published: without comments and blanks, a third lighter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

_LIGHTENED: dict[str, Callable[..., str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def lightened(path: Path) -> str:
    """Return the text of a script or style sheet without what no browser reads.

    Nothing is renamed, and a comment that begins with `/*!` stays: it may be a licence.

    Raises:
        OSError: The file cannot be read.
    """
    return _LIGHTENED[path.suffix](path.read_text("utf-8"), keep_bang_comments=True)


def all_lightened(folder: Path) -> dict[str, str]:
    """Return the texts of all scripts and style sheets below a folder, by their paths from there.

    Raises:
        OSError: A file cannot be read.
    """
    return {
        path.relative_to(folder).as_posix(): lightened(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in _LIGHTENED
    }
