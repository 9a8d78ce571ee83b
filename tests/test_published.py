"""An address once published answers for ever: tests/published.txt lists them all."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from macros.playbook import read_playbook
from tests.conftest import ROOT

LIST = ROOT / "tests" / "published.txt"
KINDS = {"page", "question", "download"}


def published() -> list[tuple[str, str]]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(kind, name) for kind, name in pairs]


PUBLISHED = published()


def named(kind: str) -> set[str]:
    return {name for listed, name in PUBLISHED if listed == kind}


def test_every_line_of_the_list_is_understood() -> None:
    assert PUBLISHED
    assert {kind for kind, _ in PUBLISHED} <= KINDS
    assert len(PUBLISHED) == len(set(PUBLISHED)), "a line stands there twice"


@pytest.mark.parametrize(("kind", "name"), PUBLISHED, ids=[" ".join(pair) for pair in PUBLISHED])
def test_what_was_published_still_answers(built_site: Path, kind: str, name: str) -> None:
    if kind == "page":
        file = built_site / name / "index.html" if not name.endswith(".html") else built_site / name
    elif kind == "download":
        file = built_site / name
    else:
        file = built_site / "q" / name / "index.html"
    assert file.is_file(), f"{name} was published and is gone; see MAINTENANCE.md, Retiring"
    assert file.stat().st_size > 0


@pytest.mark.parametrize("name", sorted(named("question")))
def test_a_permanent_link_arrives_at_its_question_or_says_why_not(
    built_site: Path, name: str
) -> None:
    page = (built_site / "q" / name / "index.html").read_text(encoding="utf-8")
    target = re.search(r'http-equiv="refresh" content="0; url=\.\./\.\./([^#"]+)#([^"]+)"', page)
    if target is None:
        assert "no longer asked" in page
        return
    home = (built_site / target.group(1) / "index.html").read_text(encoding="utf-8")
    assert f'id="{target.group(2)}"' in home


def test_every_question_is_on_the_list() -> None:
    questions = read_playbook(ROOT).questions
    ids = {name for question in questions for name in (question.id, *question.was)}
    missing = "\n".join(f"question {name}" for name in sorted(ids - named("question")))
    assert not missing, f"add to the end of tests/published.txt:\n{missing}"


def test_every_page_and_download_is_on_the_list(built_site: Path) -> None:
    pages = {
        f"{path.parent.relative_to(built_site).as_posix()}/".removeprefix("./")
        for path in built_site.rglob("index.html")
        if path.relative_to(built_site).parts[0] != "q"
    }
    pages = {name or "./" for name in pages}
    downloads = {
        path.relative_to(built_site).as_posix()
        for path in (built_site / "downloads").rglob("*")
        if path.is_file()
    }
    missing = [f"page {name}" for name in sorted(pages - named("page"))]
    missing += [f"download {name}" for name in sorted(downloads - named("download"))]
    assert not missing, "add to the end of tests/published.txt:\n" + "\n".join(missing)


def lines_ever_listed(history: str) -> set[str]:
    """Return every line that any patch of a history added or took away, comments aside."""
    changes = re.findall(r"^[+-](?![+-]{2} )(.+)$", history, re.MULTILINE)
    return {line for line in changes if not line.startswith("#")}


def test_no_line_was_ever_taken_from_the_list() -> None:
    log = subprocess.run(
        ["git", "log", "--format=", "--patch", "--", "tests/published.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # Where there is no history (an unpacked archive), the list as it stands is all there is.
    ever = lines_ever_listed(log.stdout)
    now = {" ".join(pair) for pair in PUBLISHED}
    assert ever <= now, f"lines were taken from tests/published.txt: {sorted(ever - now)}"


def test_a_line_taken_from_the_list_would_be_noticed() -> None:
    history = "+++ b/x\n+question kept\n+question lost\n--- a/x\n+++ b/x\n-question lost\n"
    assert lines_ever_listed(history) == {"question kept", "question lost"}
