"""The built site: whole, loud when something is wrong, and showing whatever is typed as typed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros import hooks
from tests.conftest import BASE, DEPLOYED_AT, REPO_URL, ROOT, copy_sources
from tests.site_links import check_site

HOSTILE = "Say {{ x }} {% y %} {# z #} <script>alert(1)</script> | *b* _c_ {: #x } & `d` #?"
# What editors and systems leave beside a file.
LEFT = (".#{}", "#{}#", "{}~", ".{}.swp", "{}.orig", "4913", ".DS_Store", "Thumbs.db")
BESIDE = (
    "docs/roles/index.md",
    "docs/assets/playbook.css",
    "docs/data/questions/business/business-goal.yml",
    "overrides/main.html",
    "experiments/coin_flips.py",
    "experiments/results/coin-flips.json",
)
UNKNOWN_NAME = "WARNING -  [macros] - ERROR # _Macro Rendering Error_\n\n_File_: `{}`"
# What is typed at the end of a page, and the line of the build that has to name it. In a strict
# build a line that begins like this fails it.
FAULTS = {
    ("roles/index.md", '{{ term("drfit") }}'): (
        "ERROR   -  roles/index.md: term: term 'drfit' is unknown; "
        "expected one of {terms} known ids; did you mean 'drift'?"
    ),
    ("roles/index.md", '{{ role_questions("busines") }}'): (
        "ERROR   -  roles/index.md: role_questions: role 'busines' is unknown; "
        "expected one of business, engineering, data-science; did you mean 'business'?"
    ),
    ("roles/index.md", '{{ question(identity="business-goal") }}'): (
        "ERROR   -  roles/index.md: question: argument 'identity' is unknown; expected id"
    ),
    ("roles/index.md", "{{ cite() }}"): (
        "ERROR   -  roles/index.md: cite: missing a required argument: 'id'; expected id"
    ),
    ("why/index.md", '{{ cite("nobody") }}'): (
        "ERROR   -  why/index.md: cite: source 'nobody' is unknown"
    ),
    ("why/index.md", "[x](nowhere.md)"): (
        "WARNING -  Doc file 'why/index.md' contains a link 'nowhere.md', but the target"
    ),
    ("why/index.md", "[nowhere](support.md#no-such-heading)"): (
        "WARNING -  Doc file 'why/index.md' contains a link 'support.md#no-such-heading', but"
    ),
    ("contribute/index.md", "{{ no_such_variable }}"): UNKNOWN_NAME.format("contribute/index.md"),
    ("contribute/about.md", "{{ no_such_macro() }}"): UNKNOWN_NAME.format("contribute/about.md"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the site is built from, with a site that was built before."""
    folder = copy_sources(tmp_path / "copy")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("the last good site", encoding="utf-8")
    return folder


def make_build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `make build` with the environment that runs this test, as if it had just been set up."""
    for name in ("bin/python", "site.stamp"):
        (folder / "venv" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "venv" / name).touch()
    return subprocess.run(
        ["make", "build", "VENV=venv", f"RUN={sys.executable}"],
        cwd=folder,
        env={key: text for key, text in os.environ.items() if key not in ("SITE_URL", "REPO_URL")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}: the test no longer tests anything"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as page:
        page.write(f"\n{text}\n")


# The site as it is


@pytest.mark.content
def test_every_link_and_anchor_of_the_built_site_leads_somewhere(built_site: Path) -> None:
    faults = check_site(built_site)
    assert not faults, "\n".join(map(str, faults))


def test_every_link_holds_under_a_sub_path_too(deployed_site: Path) -> None:
    faults = check_site(deployed_site, base=BASE, site_url=DEPLOYED_AT)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.content
def test_no_page_shows_template_code_or_an_error(built_site: Path) -> None:
    shown = re.compile(r"\{\{|\{%|Macro (Syntax|Rendering) Error|pb-fault")
    found = [
        page.relative_to(built_site).as_posix()
        for page in built_site.rglob("*.html")
        if shown.search(page.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_page_carries_inline_script_or_style(built_site: Path) -> None:
    """The content security policy would refuse it, and a reader would miss what it does."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE
    )
    found = {
        page.relative_to(built_site).as_posix(): inline.findall(page.read_text(encoding="utf-8"))
        for page in built_site.rglob("*.html")
    }
    assert {page: hits for page, hits in found.items() if hits} == {}


def test_every_page_has_the_content_security_policy(built_site: Path) -> None:
    policy = 'http-equiv="Content-Security-Policy" content="default-src \'none\';'
    pages = list(built_site.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert policy in text, page
        assert "unsafe-inline" not in text, page


def test_without_a_repository_no_edit_link_is_offered(deployed_site: Path) -> None:
    for page in deployed_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Edit this page" not in text, page
        assert ">Improve this question" not in text, page
    contribute = (deployed_site / "contribute/index.html").read_text(encoding="utf-8")
    assert "does not say where its repository is" in contribute


@pytest.mark.parametrize("ending", ["", "/", ".git", ".git/"])
def test_edit_links_lead_to_the_repository_whichever_address_was_copied(ending: str) -> None:
    assert hooks.without_clone_ending(f"{REPO_URL}{ending}") == REPO_URL


def test_each_question_links_the_line_it_stands_at(built_site: Path) -> None:
    file = "docs/data/questions/business/customer-need.yml"
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if not text.startswith("#"))
    page = (built_site / "roles/business/index.html").read_text(encoding="utf-8")
    assert f'href="https://forge.example/team/playbook/edit/main/{file}#L{line}"' in page


# A site with faults


def test_all_faults_of_pages_are_named_at_once_and_the_last_good_site_stays(
    copy: Path, subtests: pytest.Subtests
) -> None:
    for page, typed in FAULTS:
        append(copy / "docs" / page, typed)
    made = make_build(copy)
    assert made.returncode != 0
    assert (copy / "site/index.html").read_text(encoding="utf-8") == "the last good site"
    terms = (copy / "docs/data/glossary.yml").read_text(encoding="utf-8").count("\n- id:")
    for (page, typed), said in FAULTS.items():
        with subtests.test(f"{typed} on {page}"):
            assert said.format(terms=terms) in made.stdout
    with subtests.test("the only tracebacks are those of the macros plugin for unknown names"):
        assert made.stdout.count("Traceback") == made.stdout.count("Macro Rendering Error") == 2


def test_the_build_and_the_check_name_the_same_faults_of_the_data(copy: Path) -> None:
    questions = copy / "docs/data/questions/business/business-goal.yml"
    edit(questions, "stage: frame", "stage: frmae")
    edit(questions, "job_titles: [sponsor, product-owner]", "job_titles: [sponser]")
    checked = subprocess.run(
        [sys.executable, "-m", "macros", "check"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    made = make_build(copy)
    assert checked.returncode == 1
    assert made.returncode != 0
    faults = [line for line in checked.stdout.splitlines() if ".yml:" in line]
    assert len(faults) == 2
    assert "did you mean 'frame'?" in checked.stdout
    assert all(fault in made.stdout for fault in faults)
    assert "Traceback" not in checked.stdout + checked.stderr + made.stdout
    assert (copy / "site/index.html").read_text(encoding="utf-8") == "the last good site"


# A site with whatever may be typed or left


def test_hostile_text_and_what_editors_leave_make_the_same_site(
    copy: Path, built_site: Path, subtests: pytest.Subtests
) -> None:
    (copy / "site/left-over.html").touch()
    for beside in BESIDE:
        path = copy / beside
        for name in LEFT:
            path.with_name(name.format(path.name)).write_bytes(b"\xff{{ no_such_macro() }}")
        path.with_name(f".#{path.name}").unlink()
        path.with_name(f".#{path.name}").symlink_to("somebody@host.4711:1764262800")
    questions = copy / "docs/data/questions/business/business-goal.yml"
    edit(questions, "title: Business goal", "title: '<b>{{x}} {: #y}'")
    asked = re.search(r"^ask: .+\n(?: {2}.+\n)*", questions.read_text("utf-8"), re.MULTILINE)
    assert asked
    edit(questions, asked[0], f"ask: '{HOSTILE}'\n")
    made = make_build(copy)
    assert made.returncode == 0, made.stdout
    with subtests.test("the new site takes the place of the last, with no file more or less"):
        published = {path.relative_to(copy / "site") for path in (copy / "site").rglob("*")}
        assert published == {path.relative_to(built_site) for path in built_site.rglob("*")}
    page = (copy / "site/roles/business/index.html").read_text(encoding="utf-8")
    with subtests.test("text of the data is shown as typed"):
        shown = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert shown in page
        assert "<script>alert" not in page
    with subtests.test("a title too, and its heading keeps its id"):
        heading = re.search(r'<h3 id="business-goal">(.*?)<a class="headerlink"', page)
        assert heading
        assert heading.group(1) == "&lt;b&gt;{{x}} {: #y}"
