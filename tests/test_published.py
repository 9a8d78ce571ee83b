"""An address once published answers for ever: docs/data/published.txt lists them all."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

NAME = "docs/data/published.txt"
LIST = ROOT / NAME
KINDS = {"page", "question", "download"}


def published(root: Path = ROOT) -> list[tuple[str, str]]:
    lines = (root / NAME).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(kind, name) for kind, name in pairs]


PUBLISHED = published()


def named(kind: str) -> set[str]:
    """Return the addresses of a kind, or the ids of questions."""
    names = {name for listed, name in PUBLISHED if listed == kind}
    return {name.rpartition("/")[2] for name in names} if kind == "question" else names


@pytest.mark.content
def test_every_line_of_the_list_is_understood() -> None:
    assert PUBLISHED
    assert {kind for kind, _ in PUBLISHED} <= KINDS
    assert len(PUBLISHED) == len(set(PUBLISHED)), "a line stands there twice"


@pytest.mark.content
def test_what_was_published_still_answers(built_site: Path) -> None:
    gone = [f"{kind} {name}" for kind, name in PUBLISHED if not answers(built_site, kind, name)]
    assert not gone, "published and gone; see MAINTENANCE.md, Retiring:\n" + "\n".join(gone)


def answers(site: Path, kind: str, name: str) -> bool:
    """Return whether the site has something to show at a published address."""
    address = f"q/{name.rpartition('/')[2]}/" if kind == "question" else name
    is_file = kind == "download" or name.endswith(".html")
    file = site / address if is_file else site / address / "index.html"
    return file.is_file() and file.stat().st_size > 0


@pytest.mark.content
def test_permanent_links_arrive_at_their_question_or_say_why_not(built_site: Path) -> None:
    lost = [name for name in sorted(named("question")) if not arrives(built_site, name)]
    assert not lost, f"links that arrive nowhere: {lost}"


def arrives(site: Path, name: str) -> bool:
    """Return whether a permanent link is the page of a question, or leads to one."""
    page = (site / "q" / name / "index.html").read_text(encoding="utf-8")
    target = re.search(r'http-equiv="refresh" content="0; url=\.\./([^/"]+)/"', page)
    if target:
        return answers(site, "question", target.group(1)) and arrives(site, target.group(1))
    return 'class="pb-one' in page


def test_the_place_of_a_question_on_a_role_page_still_leads_the_reader(built_site: Path) -> None:
    """It shows the question, or says where it has gone."""
    assert places_of_questions(PUBLISHED)
    assert lost_places(built_site, PUBLISHED) == []


def places_of_questions(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return role and id of each question that was ever on a role's page."""
    names = [name.partition("/") for kind, name in lines if kind == "question" and "/" in name]
    return [(role, id) for role, _, id in names]


def lost_places(site: Path, lines: list[tuple[str, str]]) -> list[str]:
    pages = {path.parent.name: path.read_text("utf-8") for path in site.glob("roles/*/index.html")}
    return [
        f"roles/{role}/#{id}"
        for role, id in places_of_questions(lines)
        if f'id="{id}"' not in pages[role]
    ]


def test_what_was_published_answers_whatever_a_contributor_does(
    changed_project: Path, deployed_site: Path
) -> None:
    lines = published(changed_project)
    assert set(PUBLISHED) < set(lines)
    assert len(lines) == len(set(lines))
    assert [line for line in lines if not answers(deployed_site, *line)] == []
    questions = {name.rpartition("/")[2] for kind, name in lines if kind == "question"}
    assert [id for id in questions if not arrives(deployed_site, id)] == []
    assert lost_places(deployed_site, lines) == []


def test_a_published_address_that_is_gone_would_be_noticed(tmp_path: Path) -> None:
    files = {
        "q/kept/index.html": '<div class="pb-one">',
        "q/older/index.html": 'http-equiv="refresh" content="0; url=../kept/"',
        "q/lost/index.html": 'http-equiv="refresh" content="0; url=../gone/"',
        "q/empty/index.html": "<article></article>",
        "roles/index.html": "<h1>",
        "downloads/empty.csv": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert answers(tmp_path, "question", "kept")
    assert answers(tmp_path, "page", "roles/")
    assert not answers(tmp_path, "page", "why/")
    assert not answers(tmp_path, "question", "never")
    assert not answers(tmp_path, "download", "downloads/empty.csv")
    assert arrives(tmp_path, "kept")
    assert arrives(tmp_path, "older")
    assert not arrives(tmp_path, "lost")
    assert not arrives(tmp_path, "empty")


@pytest.mark.content
def test_every_download_is_on_the_list(built_site: Path) -> None:
    """That questions and pages are listed is a rule of `macros check`."""
    files = [path for path in (built_site / "downloads").rglob("*") if path.is_file()]
    downloads = {path.relative_to(built_site).as_posix() for path in files}
    missing = [f"download {name}" for name in sorted(downloads - named("download"))]
    assert not missing, "add to the end of docs/data/published.txt:\n" + "\n".join(missing)


def lines_ever_listed(history: str) -> set[str]:
    """Return every line that any patch of a history added or took away, comments aside."""
    changes = re.findall(r"^[+-](?![+-]{2} )(.+)$", history, re.MULTILINE)
    return {line for line in changes if not line.startswith("#")}


@pytest.mark.content
def test_no_line_was_ever_taken_from_the_list() -> None:
    log = subprocess.run(
        # Where the list is, and where it was.
        ["git", "log", "--format=", "--patch", "--", str(LIST), "tests/published.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # Where there is no history (an unpacked archive), the list as it stands is all there is.
    ever = lines_ever_listed(log.stdout)
    now = {" ".join(pair) for pair in PUBLISHED}
    assert ever <= now, f"lines were taken from docs/data/published.txt: {sorted(ever - now)}"


def test_a_line_taken_from_the_list_would_be_noticed() -> None:
    history = "+++ b/x\n+question kept\n+question lost\n--- a/x\n+++ b/x\n-question lost\n"
    assert lines_ever_listed(history) == {"question kept", "question lost"}


def git(root: Path, *arguments: str) -> str:
    """Return what Git says, or nothing where there is no history."""
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else ""


def silently_reworded(root: Path) -> list[str]:
    """Return the questions that ask in other words than in the last edition, and do not say so."""
    edition = git(root, "log", "-1", "--format=%H", "--", "docs/data/editions.yml").strip()
    changed = git(root, "diff", "--name-status", "-M50", edition, "--", "docs/data/questions")
    found = []
    for kind, *paths in (line.split("\t") for line in changed.splitlines() if edition):
        if kind[0] in "MR":
            before = yaml.safe_load(git(root, "show", f"{edition}:{paths[0]}"))
            now = yaml.safe_load((root / paths[-1]).read_text("utf-8"))
            told = [each for each in now.get("changes") or () if each["kind"] == "reworded"]
            silent = all(each in (before.get("changes") or ()) for each in told)
            if silent and before["ask"].split() != now["ask"].split():
                found.append(paths[-1])
    return found


@pytest.mark.content
def test_a_question_that_is_reworded_says_so() -> None:
    said = "add to 'changes': {day: ..., kind: reworded, what: ...}; CONTRIBUTING.md says when"
    assert silently_reworded(ROOT) == [], said


def test_a_question_that_is_reworded_and_does_not_say_so_would_be_noticed(tmp_path: Path) -> None:
    names = ["docs/data/editions.yml"]
    names += [f"docs/data/questions/hall/{name}.yml" for name in ("kept", "told", "silent")]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("ask: Who sings?\nwhy: Nobody knows.\n", "utf-8")
    assert silently_reworded(tmp_path) == []
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    author = ("-c", "user.name=x", "-c", "user.email=x@y.example")
    git(tmp_path, *author, "commit", "--quiet", "--message", "An edition")
    kept, told, silent = (tmp_path / name for name in names[1:])
    told.write_text(
        "ask: Who sang?\nchanges: [{day: 2026-11-27, kind: reworded, what: Sang.}]\n", "utf-8"
    )
    silent.write_text("ask: Who sang?\nwhy: Nobody knows.\n", "utf-8")
    kept.write_text("ask: Who sings?\nwhy: Nobody asked.\n", "utf-8")
    assert silently_reworded(tmp_path) == [names[-1]]
