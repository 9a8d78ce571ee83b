"""The build: strict, whole, loud when something is wrong, and harmless when it fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros import hooks
from tests.conftest import BASE, REPO_URL, ROOT, build, copy_sources
from tests.site_links import check_site


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the site is built from, to be broken."""
    folder = copy_sources(tmp_path / "copy")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def run_build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *options],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def make_build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `make build` with the environment that runs this test, as if it had just been set up."""
    for name in ("bin/python", "site.stamp"):
        (folder / "venv" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "venv" / name).touch()
    return subprocess.run(
        ["make", "build", "VENV=venv", f"RUN={sys.executable}"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}: the test no longer tests anything"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_link_and_anchor_of_the_built_site_leads_somewhere(built_site: Path) -> None:
    faults = check_site(built_site)
    assert not faults, "\n".join(map(str, faults))


def test_every_link_holds_under_a_sub_path_too(tmp_path: Path) -> None:
    address = f"https://docs.example{BASE}"
    site = build(tmp_path / "site", SITE_URL=address)
    faults = check_site(site, base=BASE, site_url=address)
    assert not faults, "\n".join(map(str, faults))


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


def test_a_link_to_a_heading_that_is_not_there_fails_the_build(copy: Path) -> None:
    with (copy / "docs/roles/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](business.md#no-such-heading)\n")
    built = run_build(copy)
    assert built.returncode != 0
    assert "no-such-heading" in built.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            '{{ term("drfit") }}',
            "roles/index.md: term: term 'drfit' is unknown; expected one of {terms} known ids; "
            "did you mean 'drift'?",
        ),
        (
            '{{ role_questions("busines") }}',
            "roles/index.md: role_questions: role 'busines' is unknown; expected one of business, "
            "engineering, data-science; did you mean 'business'?",
        ),
        (
            '{{ question(identity="business-goal") }}',
            "roles/index.md: question: argument 'identity' is unknown; expected id",
        ),
        (
            "{{ cite() }}",
            "roles/index.md: cite: missing a required argument: 'id'; expected id",
        ),
    ],
)
def test_a_macro_says_which_page_what_and_what_was_meant(copy: Path, typed: str, said: str) -> None:
    with (copy / "docs/roles/index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{typed}\n")
    built = run_build(copy)
    assert built.returncode != 0
    terms = (copy / "docs/data/glossary.yml").read_text(encoding="utf-8").count("\n- id:")
    assert said.format(terms=terms) in built.stdout
    assert "Traceback" not in built.stdout


def test_faults_of_macros_on_several_pages_are_all_named_at_once(copy: Path) -> None:
    for name in ("roles/index.md", "why/index.md"):
        with (copy / "docs" / name).open("a", encoding="utf-8") as page:
            page.write('\n{{ cite("nobody") }}\n')
    built = run_build(copy)
    assert built.returncode != 0
    assert "roles/index.md: cite: source 'nobody' is unknown" in built.stdout
    assert "why/index.md: cite: source 'nobody' is unknown" in built.stdout


@pytest.mark.parametrize("typed", ["{{ no_such_variable }}", "{{ no_such_macro() }}"])
def test_an_unknown_name_in_a_page_fails_the_build(copy: Path, typed: str) -> None:
    with (copy / "docs/roles/index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{typed}\n")
    built = run_build(copy)
    assert built.returncode != 0
    assert "roles/index.md" in built.stdout


def test_the_build_and_the_check_name_the_same_faults(copy: Path) -> None:
    questions = copy / "docs/data/questions/business.yml"
    edit(questions, "stage: frame", "stage: frmae")
    edit(questions, "hats: [sponsor, product-owner]", "hats: [sponser]")
    checked = subprocess.run(
        [sys.executable, "-m", "macros", "check"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    built = run_build(copy)
    assert checked.returncode == 1
    assert built.returncode != 0
    faults = [line for line in checked.stdout.splitlines() if ".yml:" in line]
    assert len(faults) == 2
    assert all(fault in built.stdout for fault in faults)
    assert "Traceback" not in checked.stdout + checked.stderr + built.stdout


@pytest.mark.parametrize(
    ("break_it", "said"),
    [("data", "did you mean 'frame'?"), ("macro", "term 'nothing'"), ("link", "nowhere.md")],
)
def test_a_failing_build_leaves_the_last_good_site_in_place(
    copy: Path, break_it: str, said: str
) -> None:
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("the last good site", encoding="utf-8")
    page = copy / "docs/roles/index.md"
    if break_it == "data":
        edit(copy / "docs/data/questions/business.yml", "stage: frame", "stage: frmae")
    elif break_it == "macro":
        page.write_text(page.read_text(encoding="utf-8") + '\n{{ term("nothing") }}\n')
    else:
        page.write_text(page.read_text(encoding="utf-8") + "\n[x](nowhere.md)\n")
    made = make_build(copy)
    assert made.returncode != 0
    assert said in made.stdout
    assert (copy / "site/index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_good_build_replaces_the_last_site(copy: Path) -> None:
    (copy / "site").mkdir()
    (copy / "site/left-over.html").touch()
    made = make_build(copy)
    assert made.returncode == 0, made.stdout
    assert (copy / "site/roles/business/index.html").is_file()
    assert not (copy / "site/left-over.html").exists()


def test_what_editors_and_systems_leave_is_neither_built_nor_published(
    copy: Path, built_site: Path
) -> None:
    left = (".#{}", "#{}#", "{}~", ".{}.swp", "{}.orig", "4913", ".DS_Store", "Thumbs.db")
    for beside in (
        "docs/roles/index.md",
        "docs/assets/playbook.css",
        "docs/data/questions/business.yml",
        "overrides/main.html",
        "experiments/coin_flips.py",
        "experiments/results/coin-flips.json",
    ):
        path = copy / beside
        for name in left:
            path.with_name(name.format(path.name)).write_bytes(b"\xff{{ no_such_macro() }}")
        path.with_name(f".#{path.name}").unlink()
        path.with_name(f".#{path.name}").symlink_to("somebody@host.4711:1764262800")
    built = run_build(copy)
    assert built.returncode == 0, built.stdout
    published = {path.relative_to(copy / "site") for path in (copy / "site").rglob("*")}
    assert published == {path.relative_to(built_site) for path in built_site.rglob("*")}


def test_hostile_text_in_the_data_is_shown_as_typed(copy: Path) -> None:
    hostile = "Say {{ x }} {% y %} {# z #} <script>alert(1)</script> | *b* _c_ {: #x } & `d` #?"
    questions = copy / "docs/data/questions/business.yml"
    edit(questions, "title: Business goal", "title: '<b>{{x}} {: #y}'")
    asked = re.search(r"^  ask: .+\n(?: {4}.+\n)*", questions.read_text("utf-8"), re.MULTILINE)
    assert asked
    edit(questions, asked[0], f"  ask: '{hostile}'\n")
    built = run_build(copy)
    assert built.returncode == 0, built.stdout
    page = (copy / "site/roles/business/index.html").read_text(encoding="utf-8")
    shown = hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown in page
    assert "<script>alert" not in page
    heading = re.search(r'<h3 id="business-goal">(.*?)<a class="headerlink"', page)
    assert heading
    assert heading.group(1) == "&lt;b&gt;{{x}} {: #y}"


def test_without_a_repository_no_edit_link_is_offered(tmp_path: Path) -> None:
    site = build(tmp_path / "site", REPO_URL="")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Edit this page" not in text, page
        assert ">Improve this question" not in text, page
    contribute = (site / "contribute/index.html").read_text(encoding="utf-8")
    assert "does not say where its repository is" in contribute


@pytest.mark.parametrize("ending", ["", "/", ".git", ".git/"])
def test_edit_links_lead_to_the_repository_whichever_address_was_copied(ending: str) -> None:
    assert hooks.without_clone_ending(f"{REPO_URL}{ending}") == REPO_URL


def test_each_question_links_the_line_it_stands_at(built_site: Path) -> None:
    lines = (ROOT / "docs/data/questions/business.yml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text == "- id: customer-need")
    page = (built_site / "roles/business/index.html").read_text(encoding="utf-8")
    address = "https://forge.example/team/playbook/edit/main/docs/data/questions/business.yml"
    assert f'href="{address}#L{line}"' in page
