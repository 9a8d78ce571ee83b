"""What the repository says about itself is true."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from macros.contribute import Contribution
from macros.export.downloads import downloads
from macros.load.entries import load
from macros.model.question import QuestionText
from macros.playbook import read_playbook
from macros.render.pages import MACROS
from tests.conftest import ROOT
from tests.tiny import real_playbook

TEXTS = ("README.md", "CONTRIBUTING.md", "MAINTENANCE.md")
MADE_LATER = {"site/", "site", ".cache/cards/", ".cache/preview/cards"}
# In prose these stand for a group of files or for an address, not for one file.
PATTERNS = ("<", "*", "q/")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def paths_named_in(name: str) -> set[str]:
    written = text(name)
    quoted = re.findall(r"`([\w.*<>/-]+)`", written)
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", written)
    suffixes = (".md", ".yml", ".py", ".txt", ".toml", ".css", ".in", "/")
    named = [path for path in quoted if path.endswith(suffixes) or path.startswith(".")]
    return {path for path in [*named, *linked] if not any(mark in path for mark in PATTERNS)} - {
        ".in"
    }


@pytest.mark.content
@pytest.mark.parametrize("name", TEXTS)
def test_every_path_that_is_named_exists(name: str) -> None:
    named = paths_named_in(name)
    assert named
    known = MADE_LATER | {file.name for file in (ROOT / "requirements").iterdir()}
    known |= {f"downloads/{file}" for file in downloads(real_playbook())}
    known |= {"docs/data/questions/engineering/alarm-value.yml"}  # What the template would make.
    missing = {path for path in named - known if not exists(path)}
    assert not missing - {"search/index.json"}


def test_what_protects_what_names_every_file_of_tests() -> None:
    named = re.findall(r"`((?:\w+/)*(?:\w+\.py|fixtures/[\w/]+))`", text("tests/README.md"))
    assert named
    assert [path for path in named if not (ROOT / "tests" / path).exists()] == []
    files = {
        path.relative_to(ROOT / "tests").as_posix() for path in ROOT.glob("tests/**/test_*.py")
    }
    assert files - set(named) == set(), "say in tests/README.md what they protect"


def exists(path: str) -> bool:
    return (ROOT / path).exists() or any(ROOT.glob(f"*/{path}")) or any(ROOT.glob(f"*/*/{path}"))


@pytest.mark.parametrize("name", [*TEXTS, ".github/pull_request_template.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text(name), re.MULTILINE))
    assert named
    assert named <= targets


def test_every_make_target_says_what_it_is_for() -> None:
    makefile = text("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    described = set(re.findall(r"^([a-z]+):[^#\n]*## \w", makefile, re.MULTILINE))
    assert described == set(phony.group(1).split())


def test_the_check_runs_every_file_that_holds_a_test_of_the_content() -> None:
    listed = re.search(r"^CONTENT := \$\(addprefix tests/,(.*?)\)", text("Makefile"), re.M | re.S)
    assert listed
    marked = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in ROOT.glob("tests/**/test_*.py")
        if "pytest.mark.content\n" in path.read_text("utf-8")
    }
    assert set(listed[1].replace("\\", " ").split()) == marked


def template() -> str:
    found = re.search(r"## The template.*?```yaml\n(.*?)```", text("CONTRIBUTING.md"), re.DOTALL)
    assert found
    return found.group(1)


def test_the_template_is_what_the_command_writes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "docs/data", data)
    made = Contribution(data, tmp_path, date(2026, 11, 23)).question("engineering", "alarm-value")
    assert template() == made[0].read_text("utf-8"), "copy it into CONTRIBUTING.md"


def test_the_template_has_every_field_in_the_order_of_the_model() -> None:
    fields = re.findall(r"^(\w+):", template(), re.MULTILINE)
    assert fields == list(QuestionText.model_fields)


def test_the_template_explains_every_field() -> None:
    for line in template().splitlines():
        if re.match(r"^\w+:", line):
            assert re.search(r" {2,}# \w", line), line


def test_a_question_made_from_the_template_passes_the_check(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "docs/data", data)
    filled = (
        template()
        .replace("  - ...\n" * 3, "  - one\n  - two\n  - three\n")
        .replace("...", "Which words?")
    )
    (data / "questions/engineering/alarm-value.yml").write_text(filled, "utf-8")
    _, problems = load(data, tmp_path)
    assert problems == []
    assert "alarm-value" in {question.id for question in read_playbook(tmp_path, data).questions}


def test_every_macro_is_explained_and_every_explained_macro_exists() -> None:
    section = text("CONTRIBUTING.md").split("## Pages", 1)[1].split("## Code", 1)[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    explained = set(re.findall(r"`(\w+)\(", "".join(rows)))
    assert explained == set(MACROS)


@pytest.mark.content
def test_every_download_is_described_on_its_page() -> None:
    page = text("docs/reference/downloads.md")
    for name in downloads(real_playbook()):
        assert f'download("{name}"' in page, name


@pytest.mark.content
def test_every_role_stage_and_pitfall_is_printed_on_a_page() -> None:
    playbook = real_playbook()
    for role in playbook.vocabulary.roles:
        assert f'role_questions("{role.id}")' in text(f"docs/roles/{role.id}.md")
    stages = text("docs/reference/stages.md")
    for stage in playbook.vocabulary.stages:
        assert f'stage_questions("{stage.id}")' in stages
    for pitfall in playbook.pitfalls:
        assert f'pitfall_questions("{pitfall.id}")' in text(f"docs/{pitfall.address.strip('/')}.md")


@pytest.mark.content
def test_every_place_names_the_same_edition() -> None:
    editions = [edition.id for edition in real_playbook().editions]
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == editions[-1]
    named = re.findall(r"^## (\d[\d.]*),", text("CHANGELOG.md"), re.MULTILINE)
    assert named == editions[::-1], "headings of CHANGELOG.md, and docs/data/editions.yml"


@pytest.mark.parametrize(
    "name", ["site.txt", "cards.txt", "experiments.txt", "test.txt", "links.txt"]
)
def test_the_locks_hold_versions_and_hashes_and_no_address(name: str) -> None:
    lock = text(f"requirements/{name}")
    assert "://" not in lock
    pins = re.findall(r"^[a-z][\w.-]*==\S+", lock, re.MULTILINE)
    assert pins
    assert lock.count("--hash=sha256:") >= len(pins)


def test_the_lock_of_lighthouse_holds_hashes_and_no_address() -> None:
    lock = text("requirements/lighthouse/package-lock.json")
    packages = [package for name, package in json.loads(lock)["packages"].items() if name]
    assert packages
    assert all("integrity" in package for package in packages)
    assert "resolved" not in lock


def test_the_lock_of_the_html_validator_holds_hashes_and_no_address() -> None:
    lock = text("requirements/html-validate/deno.lock")
    packages = json.loads(lock)["npm"]
    assert packages
    assert all("integrity" in package for package in packages.values())
    assert "://" not in lock


def test_what_the_tests_lock_agrees_with_what_the_site_is_built_with() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z][\w.-]*==\S+", text(f"requirements/{name}"), re.MULTILINE))

    assert pins("site.txt") <= pins("test.txt")


def test_ci_runs_what_a_contributor_runs() -> None:
    assert "run: .ci/run" in text(".github/workflows/checks.yml")
    assert text(".ci/run").rstrip().endswith("exec make test")


@pytest.mark.parametrize(("suffix", "most"), [(".css", 8 * 1024), (".js", 12 * 1024)])
def test_our_own_styles_and_scripts_stay_small(suffix: str, most: int) -> None:
    files = [path for path in our_own_assets() if path.suffix == suffix]
    assert files
    for file in files:
        assert len(gzip.compress(file.read_bytes(), 9)) <= most, file.name


def test_no_line_of_our_own_styles_and_scripts_is_long() -> None:
    """The formatter breaks code; it leaves a long text, comment or expression to its writer."""
    most = json.loads(text("deno.json"))["fmt"]["lineWidth"]
    files = [*our_own_assets(), *(ROOT / "tests").rglob("*.mjs")]
    assert [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} characters; at most {most}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > most
    ] == []


def our_own_assets() -> list[Path]:
    """Return the styles and scripts of the site that we write."""
    assets = ROOT / "docs/assets"
    return [path for path in sorted(assets.rglob("*")) if path.suffix in (".css", ".js")]


def test_the_theme_is_pinned_to_the_version_that_maintenance_speaks_of() -> None:
    lock = text("requirements/site.txt")
    assert re.search(r"^mkdocs==1\.6\.\d+ ", lock, re.MULTILINE)
    assert re.search(r"^mkdocs-material==9\.8\.\d+ ", lock, re.MULTILINE)
    assert "9.8.x" in text("MAINTENANCE.md")
    assert tomllib.loads(text("pyproject.toml"))["project"]["requires-python"] == ">=3.11"
