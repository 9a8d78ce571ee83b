"""Pages that are kept from one build to the next: never one that would be made otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.render.markdown_cache import MarkdownCache


class Maker:
    """Makes a page, each time another."""

    def __init__(self, sound: bool = True) -> None:
        self.times = 0
        self.sound = sound

    def __call__(self) -> tuple[str, bool]:
        self.times += 1
        return f"made {self.times}", self.sound


def test_a_page_is_made_once(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(2):
        cache = MarkdownCache(tmp_path / "cache", ["abbr"])
        assert cache.page("why/index.md", "# Why", make) == "made 1"


@pytest.mark.parametrize(
    ("settings", "name", "text"),
    [
        (["abbr", "smarty"], "why/index.md", "# Why"),
        (["abbr"], "why/support.md", "# Why"),
        (["abbr"], "why/index.md", "# Why?"),
    ],
)
def test_a_page_is_made_again_when_anything_changes(
    tmp_path: Path, settings: list[str], name: str, text: str
) -> None:
    make = Maker()
    assert MarkdownCache(tmp_path, ["abbr"]).page("why/index.md", "# Why", make) == "made 1"
    assert MarkdownCache(tmp_path, settings).page(name, text, make) == "made 2"


def test_a_page_with_a_fault_is_made_again_and_the_fault_named_again(tmp_path: Path) -> None:
    make = Maker(sound=False)
    cache = MarkdownCache(tmp_path, [])
    assert [cache.page("index.md", "# Home", make) for _ in range(2)] == ["made 1", "made 2"]


@pytest.mark.parametrize("content", [b"", b"old"])
def test_a_file_that_is_no_page_is_replaced(tmp_path: Path, content: bytes) -> None:
    make, cache = Maker(), MarkdownCache(tmp_path, [])
    cache.page("index.md", "# Home", make)
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert [cache.page("index.md", "# Home", make) for _ in range(2)] == ["made 2", "made 2"]


def test_where_nothing_can_be_kept_every_page_is_made(tmp_path: Path) -> None:
    make = Maker()
    (tmp_path / "taken").touch()
    cache = MarkdownCache(tmp_path / "taken", [])
    assert [cache.page("index.md", "# Home", make) for _ in range(2)] == ["made 1", "made 2"]
