"""Style sheets as they are published: without comments and blanks, a sixth lighter.

Scripts stay as they are: what takes blanks out of them by patterns takes some out of texts too.
"""

from __future__ import annotations

from pathlib import Path

import rcssmin  # type: ignore[import-untyped]


def lightened(folder: Path) -> dict[str, str]:
    """Return the text of each style sheet below a folder, by its path from there.

    A comment that begins with `/*!` stays: it may be a licence.

    Raises:
        OSError: A file cannot be read.
    """
    return {
        path.relative_to(folder).as_posix(): rcssmin.cssmin(
            path.read_text("utf-8"), keep_bang_comments=True
        )
        for path in sorted(folder.rglob("*.css"))
    }
