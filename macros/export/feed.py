"""What changed, as an Atom feed: for people, in the program that they read feeds with."""

from __future__ import annotations

from uuid import UUID, uuid5

from macros.export.json_files import JsonFiles
from macros.model.json_formats import ChangeOnSite
from macros.render.escaping import environment

# Feeds are fetched often: the rest is in changes.json.
NEWEST = 100
# Never changes, or readers are shown every entry again. RFC 9562: a name-based identifier.
_OURS = UUID("b1d0a3c4-6f27-5f5e-9c39-6f2d7c9a1e58")


def feed(files: JsonFiles) -> str:
    """Return the newest changes as an Atom feed (RFC 4287)."""
    changes = list(files.changes())
    template = environment().get_template("exports/changes.atom.jinja")
    made = template.render(
        id=uuid5(_OURS, files.site.root),
        updated=changes[0].day,
        root=files.site.root or "../",
        site_name=files.site.name,
        entries=[(_id(change), change) for change in changes[:NEWEST]],
    )
    return f"{made}\n"


def _id(change: ChangeOnSite) -> UUID:
    """Return the id of an entry: the same in every build, and on every site of these questions."""
    first = change.previous_id or change.id
    return uuid5(_OURS, f"{first} {change.kind} {change.day}")
