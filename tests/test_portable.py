"""The way out: the same mkdocs.yml builds under Zensical, with the same ids and links."""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.build_site import REPO_BRANCH, REPO_URL
from tests.conftest import Once, copy_sources

# Zensical takes any link to a .md file for one to a page; after a move these need another name.
TAKEN_FOR_PAGES = "/downloads/kickoff"


class Article(HTMLParser):
    """The ids and resolved links of a page's article, in order."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.depth = 0
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.depth += 1
        if not self.depth:
            return
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href") is not None:
            self.links.append(self._resolve(str(found["href"])))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.depth -= 1

    def _resolve(self, href: str) -> str:
        if "://" in href:
            return href
        path, _, fragment = href.partition("#")
        target = posixpath.normpath(posixpath.join("/", self.address, path)) if path else "here"
        return f"{target}#{fragment}"


@cache
def articles(site: Path) -> dict[str, Article]:
    found = {}
    for page in site.rglob("index.html"):
        address = page.parent.relative_to(site).as_posix()
        _, start, rest = page.read_text(encoding="utf-8").partition("<article")
        if not start:
            continue  # The page of an earlier id, which leads on.
        article = Article(address)
        article.feed(start + rest)
        found[address] = article
    return found


def build_with_zensical(folder: Path) -> None:
    """Build from a copy: Zensical writes a cache beside what it reads."""
    copy_sources(folder)
    for command in (
        ["macros", "pages", "docs"],
        ["zensical", "build", "--clean"],
        ["macros", "export", "site"],
    ):
        made = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "REPO_URL": REPO_URL, "REPO_BRANCH": REPO_BRANCH},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stdout


@pytest.fixture(scope="module")
def other_site(once: Once) -> Path:
    """The site as Zensical builds it."""
    return once("portable", build_with_zensical) / "site"


def test_both_generators_make_the_same_pages(built_site: Path, other_site: Path) -> None:
    assert articles(other_site).keys() == articles(built_site).keys()


def test_every_article_has_the_same_ids_and_links(built_site: Path, other_site: Path) -> None:
    here, there = articles(built_site), articles(other_site)
    assert sum(len(article.ids) for article in here.values()) > 0
    for address, article in here.items():
        assert there[address].ids == article.ids, address
        assert comparable(there[address].links) == comparable(article.links), address


def test_the_one_known_difference_is_still_there(built_site: Path, other_site: Path) -> None:
    downloads = "reference/downloads"
    here = articles(built_site)[downloads].links
    there = articles(other_site)[downloads].links
    differing = set(here) ^ set(there)
    assert differing
    assert all(link.startswith(TAKEN_FOR_PAGES) for link in differing)


def test_downloads_and_the_search_index_are_the_same(built_site: Path, other_site: Path) -> None:
    files = [path for path in (built_site / "downloads").rglob("*") if path.is_file()]
    assert files
    for name in ("assets/question-titles.json", "search/index.json"):
        files.append(built_site / name)
    for path in files:
        other = other_site / path.relative_to(built_site)
        assert other.read_bytes() == path.read_bytes(), path


def test_the_page_for_unknown_addresses_is_the_same(built_site: Path, other_site: Path) -> None:
    pages = []
    for site in (built_site, other_site):
        page = Article("")
        page.feed((site / "404.html").read_text(encoding="utf-8"))
        pages.append(page)
    assert pages[0].links
    assert pages[0].links == pages[1].links


def comparable(links: list[str]) -> list[str]:
    """Leave out the few that are known to differ."""
    return [link for link in links if not link.startswith(TAKEN_FOR_PAGES)]
