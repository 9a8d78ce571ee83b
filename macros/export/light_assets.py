"""Scripts and styles as they are published: without comments and blanks, a third lighter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

_LIGHTENED: dict[str, Callable[..., str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def lightened(folder: Path) -> dict[str, str]:
    """Return the text of each script and style sheet below a folder, by its path from there.

    Nothing is renamed, and a comment that begins with `/*!` stays: it may be a licence.

    Raises:
        OSError: A file cannot be read.
    """
    return {
        path.relative_to(folder).as_posix(): _LIGHTENED[path.suffix](
            path.read_text("utf-8"), keep_bang_comments=True
        )
        for path in sorted(folder.rglob("*"))
        if path.suffix in _LIGHTENED
    }
