"""The built site: whole, loud when something is wrong, and showing whatever is typed as typed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros import hooks
from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.problems import DataError
from tests.build_site import REPO_BRANCH, REPO_URL
from tests.conftest import BASE, DEPLOYED_AT, ROOT, copy_sources, make_build
from tests.contributions import HOSTILE, HOSTILE_TITLE, RETYPED
from tests.site_links import check_site

# The folders of docs/ that hold no pages.
KEPT = {"assets", "data"}
UNKNOWN_NAME = "WARNING -  [macros] - ERROR # _Macro Rendering Error_\n\n_File_: `{}`"
# What is typed on a page, and the line of the build that has to name it. In a strict build a line
# that begins like this fails it.
FAULTS = {
    ("one.md", '{{ term("{slip}") }}'): (
        "ERROR   -  one.md: term: term '{slip}' is unknown; "
        "expected one of {terms} known ids; did you mean '{term}'?"
    ),
    ("one.md", '{{ question(identity="a-question") }}'): (
        "ERROR   -  one.md: question: argument 'identity' is unknown; expected id"
    ),
    ("one.md", "{{ cite() }}"): (
        "ERROR   -  one.md: cite: missing a required argument: 'id'; expected id"
    ),
    ("two.md", '{{ cite("nobody") }}'): "ERROR   -  two.md: cite: source 'nobody' is unknown",
    ("two.md", "[x](nowhere.md)"): (
        "WARNING -  Doc file 'two.md' contains a link 'nowhere.md', but the target"
    ),
    ("two.md", "[nowhere](one.md#no-such-heading)"): (
        "WARNING -  Doc file 'two.md' contains a link 'one.md#no-such-heading', but"
    ),
    ("three.md", "{{ no_such_variable }}"): UNKNOWN_NAME.format("three.md"),
    ("four.md", "{{ no_such_macro() }}"): UNKNOWN_NAME.format("four.md"),
}
# A page without a fault: its link leads into HTML that is kept from Markdown, and from MkDocs.
SOUND = '<div>\n<p id="anchor">Here.</p>\n</div>\n\n[There](five.md#anchor).'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the site is built from, with a site that was built before."""
    folder = copy_sources(tmp_path / "copy")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("the last good site", encoding="utf-8")
    return folder


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
    assert "does not say where its files are kept" in contribute


@pytest.mark.parametrize("ending", ["", "/", ".git", ".git/"])
def test_edit_links_lead_to_the_repository_whichever_address_was_copied(ending: str) -> None:
    assert hooks.without_clone_ending(f"{REPO_URL}{ending}") == REPO_URL


def test_each_question_links_the_line_it_stands_at(built_site: Path, playbook: Playbook) -> None:
    question = playbook.live[-1]
    place = playbook.locations[question.id]
    page = (built_site / f"q/{question.id}/index.html").read_text(encoding="utf-8")
    assert f'href="{REPO_URL}/edit/{REPO_BRANCH}/{place.file}#L{place.line}"' in page
    lines = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
    assert "title: " in lines[place.line - 1]


def test_a_page_links_its_source_on_the_branch_it_is_built_from(built_site: Path) -> None:
    page = (built_site / "why/index.html").read_text(encoding="utf-8")
    assert f'href="{REPO_URL}/edit/{REPO_BRANCH}/docs/why/index.md"' in page


# A site with faults


def test_all_faults_of_pages_are_named_at_once_and_the_last_good_site_stays(
    copy: Path, playbook: Playbook, subtests: pytest.Subtests
) -> None:
    """On pages of its own, because those of the playbook take seconds to render."""
    for folder in (copy / "docs").iterdir():
        if folder.is_dir() and folder.name not in KEPT:
            shutil.rmtree(folder)
    term = playbook.terms[0].id
    names = {"term": term, "slip": f"{term}s", "terms": str(len(playbook.terms))}
    for page, typed in FAULTS:
        append(copy / "docs" / page, typed.replace("{slip}", names["slip"]))
    append(copy / "docs/five.md", SOUND)
    made = make_build(copy)
    assert made.returncode != 0
    assert (copy / "site/index.html").read_text(encoding="utf-8") == "the last good site"
    for (page, typed), said in FAULTS.items():
        with subtests.test(f"{typed} on {page}"):
            assert said.format(**names) in made.stdout
    with subtests.test("a link to an anchor that is there is none"):
        assert "#anchor" not in made.stdout
    with subtests.test("the only tracebacks are those of the macros plugin for unknown names"):
        assert made.stdout.count("Traceback") == made.stdout.count("Macro Rendering Error") == 2


def test_the_build_and_the_check_name_the_same_faults_of_the_data(
    copy: Path, playbook: Playbook
) -> None:
    question = playbook.live[0]
    file = copy / playbook.locations[question.id].file
    edit(file, f"stage: {question.stage}", f"stage: {question.stage}s")
    edit(file, f"priority: {question.priority}", "priority: perhaps")
    with pytest.raises(DataError) as stopped:
        read_playbook(copy)
    made = make_build(copy)
    assert made.returncode != 0
    faults = str(stopped.value).splitlines()
    assert len(faults) >= 2
    assert any(f"did you mean '{question.stage}'?" in fault for fault in faults)
    assert all(fault in made.stdout for fault in faults)
    assert "Traceback" not in made.stdout
    assert (copy / "site/index.html").read_text(encoding="utf-8") == "the last good site"


# A site with whatever may be typed or left


def made_of_data(playbook: Playbook) -> set[Path]:
    """The files of a site that are there for the sake of one question or one checklist."""
    names = {name for each in playbook.questions for name in (each.id, *each.previous_ids)}
    lists = {Path(f"reference/checklists/{each.id}/index.html") for each in playbook.frameworks}
    return lists | {Path(f"q/{name}{kind}") for name in names for kind in (".json", "/index.html")}


def test_a_site_takes_the_place_of_the_last_with_no_file_more_or_less(
    built_site: Path, deployed_site: Path, playbook: Playbook, deployed_playbook: Playbook
) -> None:
    """Whatever is left beside the sources."""
    expected, published = (
        {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
        for site in (built_site, deployed_site)
    )
    expected -= made_of_data(playbook)
    assert published == expected | made_of_data(deployed_playbook)


def test_text_of_the_data_is_shown_as_typed(deployed_site: Path) -> None:
    page = (deployed_site / f"q/{RETYPED.id}/index.html").read_text(encoding="utf-8")
    assert escaped(HOSTILE) in page
    assert "<script>alert" not in page
    assert f"<h1>{escaped(HOSTILE_TITLE)}</h1>" in page.replace("&#123;", "{").replace(
        "&#125;", "}"
    )
    assert f'property="og:title" content="{escaped(HOSTILE_TITLE)}: a question for ' in page


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
