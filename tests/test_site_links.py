"""The link checker catches every kind of dead address, refuses what it does not read, and no more.

Each case is planted alone in a site that is sound.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site_links import Kind, check_site

BASE = "/playbook/"
OWN = f"https://own.test{BASE}"
SOUND = {
    "index.html": '<a href="here/#caf%C3%A9">a</a><a href="./">b</a><a href="#top">c</a><i id=top>',
    "404.html": f'<a href="{BASE}">a</a><a href="#c" id="c">b</a>',
    "here/index.html": '<link rel="stylesheet" href="../assets/page.css">'
    '<script src="../assets/page.js"></script><link rel="icon" href="data:image/svg+xml,x">'
    '<h2 id="café">a</h2><a href="..">b</a><a href="../index.html#top">c</a><img src="../dot.svg">'
    f'<a href="{OWN}here/">d</a><a href="https://elsewhere.test/x">e</a>'
    '<label for="f">f</label><input id="f" name="f"><a href="?q=1#:~:text=a">g</a>'
    '<button data-index="../search/index.json">h</button>',
    "moved/index.html": '<meta http-equiv="refresh" content="0; url=../here/#caf%C3%A9">',
    "assets/page.css": '@import "more.css"; a { background: url("../dot.svg") url(data:x) }',
    "assets/more.css": "",
    "assets/page.js": 'import {\n  a,\n} from "./lib/a.js";\nawait import("./late.js");',
    "assets/lib/a.js": 'export { b } from "../late.js";',
    "assets/late.js": "",
    "dot.svg": "",
    "sitemap.xml": f"<loc>{OWN}</loc><loc>{OWN}here/</loc>",
    "search/index.json": json.dumps({"entries": [{"at": ""}, {"at": "here/#caf%C3%A9"}]}),
}

# What is added to a file, and what is found in it.
PLANTED: list[tuple[str, str, Kind, str]] = [
    ("here/index.html", '<a href="../gone/">a</a>', "missing file", "../gone/"),
    ("here/index.html", '<a href="../Here/">a</a>', "missing file", "../Here/"),
    ("here/index.html", '<img src="gone.png">', "missing file", "gone.png"),
    ("here/index.html", '<img src="https://a.test/b.png">', "refused", "https://a.test/b.png"),
    ("here/index.html", '<script src="gone.js"></script>', "missing file", "gone.js"),
    ("here/index.html", '<link rel="stylesheet" href="gone.css">', "missing file", "gone.css"),
    ("here/index.html", '<button data-index="gone.json">', "missing file", "gone.json"),
    ("here/index.html", f'<a href="{OWN}gone/">a</a>', "missing file", f"{OWN}gone/"),
    ("here/index.html", '<a href="#gone">a</a>', "missing anchor", "#gone"),
    ("here/index.html", '<a href="../#gone">a</a>', "missing anchor", "../#gone"),
    ("here/index.html", f'<a href="{OWN}#gone">a</a>', "missing anchor", f"{OWN}#gone"),
    ("moved/index.html", '<meta content="0; url=../gone/">', "missing file", "../gone/"),
    ("here/index.html", '<meta property="og:url" content="../gone/">', "missing file", "../gone/"),
    (
        "here/index.html",
        '<meta property="og:image" content="../gone.png">',
        "missing file",
        "../gone.png",
    ),
    ("here/index.html", '<a href="../moved">a</a>', "no trailing slash", "../moved"),
    ("here/index.html", '<a href="/playbook">a</a>', "no trailing slash", "/playbook"),
    ("here/index.html", '<a href="/here/">a</a>', "outside base", "/here/"),
    ("here/index.html", '<a href="../../here/">a</a>', "outside base", "../../here/"),
    ("here/index.html", '<a href="">a</a>', "empty link", ""),
    ("404.html", '<a href="here/">a</a>', "relative on 404 page", "here/"),
    ("here/index.html", '<b id="f">a</b>', "duplicate id", "f"),
    ("here/index.html", '<b aria-labelledby="f gone">a</b>', "dangling idref", "gone"),
    ("here/index.html", '<button popovertarget="">a</button>', "dangling idref", ""),
    ("assets/page.css", "b { background: url(gone.svg) }", "missing file", "gone.svg"),
    ("assets/more.css", "@import 'gone.css';", "missing file", "gone.css"),
    ("assets/page.js", '\nimport "./gone.js";', "missing file", "./gone.js"),
    ("assets/lib/a.js", '\nimport a from "./late.js";', "missing file", "./late.js"),
    ("assets/late.js", 'x = import("../gone.js")', "missing file", "../gone.js"),
    ("assets/late.js", 'import a from "gone";', "refused", "gone"),
    ("sitemap.xml", f"<loc>{OWN}gone/</loc>", "missing file", f"{OWN}gone/"),
    *(
        ("here/index.html", f'<a href="{address}">a</a>', "refused", address)
        for address in (
            "javascript:void(0)",
            "mailto:a@b.test",
            "data:x",
            "//own.test/",
            "https:/gone",
            "http://[x",
            "a b/",
            "..\\",
        )
    ),
    *(
        ("here/index.html", markup, "refused", what)
        for markup, what in (
            ("<base>", "base"),
            ("<iframe></iframe>", "iframe"),
            ("<script>1</script>", "script"),
            ("<style></style>", "style"),
            ('<b style="color: red">a</b>', "b style"),
            ('<b onclick="a()">a</b>', "b onclick"),
            ('<img srcset="a 2x">', "img srcset"),
            ('<q cite="../gone/">a</q>', "q cite"),
            ('<img usemap="#a">', "img usemap"),
            ('<form action="../gone/"></form>', "form action"),
            ('<use href="#f"></use>', "use href"),
            ('<meta property="og:video" content="https://a.test/b.png">', "meta content"),
        )
    ),
]


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_a_sound_site_has_no_fault(tmp_path: Path) -> None:
    assert check_site(write(tmp_path, SOUND), BASE, OWN) == []


def test_what_is_planted_is_found_and_nothing_else(
    tmp_path: Path, subtests: pytest.Subtests
) -> None:
    site = write(tmp_path, SOUND)
    for name, text, kind, target in PLANTED:
        with subtests.test(f"{text} in {name}"):
            (site / name).write_text(SOUND[name] + text, encoding="utf-8")
            faults = check_site(site, BASE, OWN)
            assert [(fault.page, fault.kind, fault.target) for fault in faults] == [
                (name, kind, target)
            ]
        (site / name).write_text(SOUND[name], encoding="utf-8")


def test_a_dead_search_result_is_found(tmp_path: Path) -> None:
    index = json.dumps({"entries": [{"at": "here/#gone"}, {"at": "gone/"}]})
    faults = check_site(write(tmp_path, {**SOUND, "search/index.json": index}), BASE, OWN)
    assert [str(fault) for fault in faults] == [
        "search/index.json: missing anchor: here/#gone: "
        "no such id on here/index.html (search result)",
        "search/index.json: missing file: gone/: no file gone/index.html (search result)",
    ]


def test_a_preview_under_another_path_may_name_its_real_address(tmp_path: Path) -> None:
    files = {**SOUND, "404.html": "", "here/index.html": f'<a id="café" href="{OWN}moved/">a</a>'}
    assert check_site(write(tmp_path, files), "/", OWN) == []


def test_a_site_without_pages_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no HTML page"):
        check_site(tmp_path)
