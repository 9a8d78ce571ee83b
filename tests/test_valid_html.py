"""Every page is valid HTML to html-validate, which knows nothing of this project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from macros.export.downloads import files
from macros.model.question import Playbook
from tests.tiny import ROOT

PINNED = ROOT / "requirements/html-validate"
FAULTS = {
    "empty-heading": "<h2></h2>",
    "attribute-misuse": '<p><a target="_blank">a link</a></p>',
    "valid-autocomplete": '<input type="radio" name="x" aria-label="x" autocomplete="off">',
    "element-permitted-content": "<p><span><ul><li>x</li></ul></span></p>",
    "no-dup-id": '<p id="x">x</p><p id="x">y</p>',
    "close-order": "<p><b>x</p></b>",
}
PAGE = '<!doctype html>\n<html lang="en"><head><title>x</title></head><body>{}</body></html>\n'


class Found(NamedTuple):
    """How many pages were read, and what is wrong with each: by its path, rules and messages."""

    pages: int
    faults: dict[Path, list[tuple[str, str]]]


def validate(*folders: Path) -> Found:
    """Return what html-validate says of the pages in folders."""
    programs = Path(sys.executable).parent
    done = subprocess.run(
        [
            *(str(programs / "deno"), "run", "--quiet", "--frozen", "--allow-read", "--allow-env"),
            *("--config", str(PINNED / "deno.json"), "--lock", str(PINNED / "deno.lock")),
            *(str(ROOT / "tests/valid_html.mjs"), *map(str, folders)),
        ],
        # Where `make test` has put it.
        env={"DENO_DIR": str(programs.parent / "deno"), **os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    faults = defaultdict(list)
    for each in said["found"]:
        faults[Path(each["path"])].append((each["rule"], each["text"]))
    return Found(said["count"], faults)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page for each fault, and one without a fault."""
    folder = tmp_path_factory.mktemp("planted")
    for name, body in {**FAULTS, "none": "<p>x</p>"}.items():
        (folder / f"{name}.html").write_text(PAGE.format(body), "utf-8")
    return folder


@pytest.fixture(scope="module")
def found(
    built_site: Path, planted: Path, tiny: Playbook, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    """What is said of the site, of pages with a fault, and of what is made beside the pages."""
    beside = tmp_path_factory.mktemp("beside")
    for path, text in files(tiny).items():
        if path.endswith(".html"):
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_text(text, "utf-8")
    return validate(built_site, beside, planted)


def test_every_page_is_valid_html(found: Found, planted: Path, built_site: Path) -> None:
    assert (built_site / "404.html").is_file()
    assert found.pages > len([*built_site.rglob("*.html")]) + len(FAULTS)
    said = [
        text
        for path, faults in found.faults.items()
        for _, text in faults
        if path.parent != planted
    ]
    assert said == []


def test_a_page_that_is_not_valid_would_be_noticed(found: Found, planted: Path) -> None:
    rules = {
        path.stem: {rule for rule, _ in faults}
        for path, faults in found.faults.items()
        if path.parent == planted
    }
    assert set(rules) == set(FAULTS)
    assert all(name in said for name, said in rules.items()), rules
