"""What files that are published beside the pages say of the site they are on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """The site that a build makes."""

    url: str = ""
    """Its address, where that is known."""
    name: str = ""
    has_cards: bool = False
    """Whether its pages have pictures for link previews."""

    @property
    def root(self) -> str:
        """What precedes a path from the site's root: its address, or nothing."""
        return f"{self.url.rstrip('/')}/" if self.url else ""


UNKNOWN_SITE = Site()
