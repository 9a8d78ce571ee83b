"""The link checker catches every kind of dead link, and nothing else.

Each page in fixtures/planted-links/planted/ holds one kind of defect; all pages outside that folder
are sound. `[[base]]` stands for the path the site is served under.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site_links import Fault, Kind, check_site

PLANTED = Path(__file__).parent / "fixtures" / "planted-links"
BASES = ("/", "/playbook/")

# page: what must be found there, in order, as (kind, target)
EXPECTED: dict[str, list[tuple[Kind, str]]] = {
    "missing-page": [("missing file", "../gone/"), ("missing file", "gone.html#part")],
    "missing-image": [
        ("missing file", "../assets/gone.png"),
        ("missing file", "../assets/gone.jpg"),
        ("missing file", "../assets/gone.svg"),
    ],
    "missing-srcset": [
        ("missing file", "../assets/gone-2x.png"),
        ("missing file", "../assets/gone,wide.png"),
    ],
    "missing-script": [("missing file", "../assets/gone.js")],
    "missing-stylesheet": [("missing file", "../assets/gone.css")],
    "missing-share-image": [("missing file", "https://own.test[[base]]assets/gone-share.png")],
    "wrong-case": [("missing file", "../Good/"), ("missing file", "../assets/DOT.svg")],
    "missing-anchor-here": [("missing anchor", "#Part"), ("missing anchor", "#gone")],
    "missing-anchor-there": [
        ("missing anchor", "../good/#gone"),
        ("missing anchor", "../good/index.html?q=1#caf%C3%A8"),
        ("missing anchor", "[[base]]good/#also-gone"),
    ],
    "dead-redirect": [
        ("missing anchor", "../good/#moved-away"),
        ("missing file", "../went-away/"),
    ],
    "own-address-dead": [
        ("missing file", "https://own.test[[base]]gone/"),
        ("missing anchor", "http://own.test[[base]]good/#gone"),
        ("missing file", "//OWN.test[[base]]gone-too/"),
    ],
    "no-trailing-slash": [
        ("no trailing slash", "../good"),
        ("no trailing slash", "[[base]]good#fine"),
        ("no trailing slash", "https://own.test[[base]]good"),
    ],
    "empty-links": [("empty link", "")],
    "empty-srcset": [("empty link", "")],
    "empty-mailto": [("empty mailto", "mailto:")],
    "javascript-link": [
        ("javascript link", "javascript:history.back()"),
        ("javascript link", "JavaScript:void(0)"),
    ],
    "malformed": [
        ("malformed address", "http://[x"),
        ("malformed address", "https://"),
        ("malformed address", "https://a..b/"),
        ("malformed address", "https://elsewhere.test:port/"),
        ("malformed address", "htps://elsewhere.test/"),
        ("malformed address", "https://elsewhere.test/a b"),
        ("malformed address", "..\\good\\"),
        ("malformed address", "//good/"),
    ],
    "duplicate-ids": [("duplicate id", "twice"), ("duplicate id", "thrice")],
    "dangling-idrefs": [
        ("dangling idref", "no-popover"),
        ("dangling idref", "no-field"),
        ("dangling idref", "no-description"),
        ("dangling idref", "no-label"),
        ("dangling idref", "no-region"),
        ("dangling idref", ""),
    ],
    "raw-html": [
        ("missing file", "../raw-gone/"),
        ("missing file", "raw-gone.png"),
        ("missing file", "raw-gone.html"),
        ("missing file", "raw-gone"),
        ("missing anchor", "#raw-gone"),
    ],
}

# The same links mean something else under another base.
OUTSIDE_BASE: dict[str, list[tuple[Kind, str]]] = {
    "/": [
        ("missing file", "/elsewhere/"),
        ("outside base", "../../good/"),
        ("missing file", "/playbook"),
    ],
    "/playbook/": [
        ("outside base", "/elsewhere/"),
        ("outside base", "../../good/"),
        ("outside base", "/good/"),
        ("no trailing slash", "/playbook"),
    ],
}


def build(root: Path, base: str) -> Path:
    """Copy the planted site to `root`, written for `base`, and return its folder."""
    site = root / "site"
    shutil.copytree(PLANTED, site)
    for page in site.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace("[[base]]", base), "utf-8")
    return site


@pytest.fixture(scope="module", params=BASES, ids=lambda base: f"served under {base}")
def base(request: pytest.FixtureRequest) -> str:
    """The path the site is served under."""
    return str(request.param)


@pytest.fixture(scope="module")
def faults(base: str, tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """All faults of the planted site."""
    site = build(tmp_path_factory.mktemp("planted"), base)
    return check_site(site, base, f"https://own.test{base}")


def on_page(faults: list[Fault], page: str) -> list[tuple[str, str]]:
    """Kind and target of each fault on one page."""
    return [(fault.kind, fault.target) for fault in faults if fault.page == page]


def page_of(root: Path, html: str, name: str = "index.html") -> Path:
    """Write a site of one page to `root` and return it."""
    (root / name).write_text(html, "utf-8")
    return root


@pytest.mark.parametrize("defect", EXPECTED)
def test_a_planted_defect_is_found(defect: str, base: str, faults: list[Fault]) -> None:
    expected = [(kind, target.replace("[[base]]", base)) for kind, target in EXPECTED[defect]]
    assert on_page(faults, f"planted/{defect}.html") == expected


def test_a_link_that_leaves_the_base_is_found(base: str, faults: list[Fault]) -> None:
    assert on_page(faults, "planted/outside-base.html") == OUTSIDE_BASE[base]


def test_sound_pages_have_no_fault(faults: list[Fault]) -> None:
    assert [str(fault) for fault in faults if not fault.page.startswith("planted/")] == []


def test_every_planted_page_has_its_expectation() -> None:
    planted = {page.stem for page in (PLANTED / "planted").glob("*.html")}
    assert planted == {*EXPECTED, "outside-base"}


def test_relative_links_on_the_404_page_are_found(tmp_path: Path) -> None:
    html = '<a href="good/">a</a> <a href="/">b</a> <a href="#c" id="c">c</a>'
    site = page_of(page_of(tmp_path, ""), html, "404.html")
    assert on_page(check_site(site), "404.html") == [("relative on 404 page", "good/")]


def test_a_preview_under_another_path_may_name_its_real_address(tmp_path: Path) -> None:
    html = '<a href="https://own.test/playbook/">a</a> <a href="https://own.test/playbook/x/">b</a>'
    faults = check_site(page_of(tmp_path, html), "/", "https://own.test/playbook/")
    assert on_page(faults, "index.html") == [("missing file", "https://own.test/playbook/x/")]


def test_a_neighbour_under_the_same_host_is_not_ours(tmp_path: Path) -> None:
    html = '<a href="https://own.test/playbooks/">a</a> <a href="https://own.test/">b</a>'
    assert check_site(page_of(tmp_path, html), "/playbook/", "https://own.test/playbook/") == []


def test_without_an_own_address_full_links_are_outside(tmp_path: Path) -> None:
    assert check_site(page_of(tmp_path, '<a href="https://own.test/gone/">a</a>')) == []


def test_slashes_around_base_and_address_may_be_left_out(tmp_path: Path) -> None:
    html = '<a href="/playbook/">a</a> <a href="https://own.test/playbook/gone/">b</a>'
    faults = check_site(page_of(tmp_path, html), "playbook", "https://own.test/playbook")
    assert on_page(faults, "index.html") == [("missing file", "https://own.test/playbook/gone/")]


def test_a_wrong_case_is_named(tmp_path: Path) -> None:
    site = page_of(page_of(tmp_path, '<a href="Team.html">a</a>'), "", "team.html")
    assert "there is team.html" in check_site(site)[0].message


def test_a_fault_reads_as_one_line(tmp_path: Path) -> None:
    [fault] = check_site(page_of(tmp_path, '<img alt="" src="gone.png">'))
    assert str(fault) == "index.html: missing file: gone.png: no file gone.png (img src)"


def test_a_site_without_pages_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no HTML page"):
        check_site(tmp_path)
