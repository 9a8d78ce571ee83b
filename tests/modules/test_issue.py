"""The issue that the minutes go to, and the names of files."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.modules.node import Node
from tests.modules.sheets import ask

LINK_TO = "return formats.issueLink(formats.repository(given.typed), given.title, given.text)"


FORGES = [
    ("https://github.com/a/b", "https://github.com/a/b/issues/new", "title", "body"),
    (
        "https://gitlab.com/a/b/c",
        "https://gitlab.com/a/b/c/-/issues/new",
        "issue[title]",
        "issue[description]",
    ),
    ("https://codeberg.org/a/b", "https://codeberg.org/a/b/issues/new", "title", "body"),
]


def test_the_issue_holds_the_body_up_to_the_limit_and_then_none_of_it(node: Node) -> None:
    for typed, page, title, body in FORGES:

        def made(text: str, typed: str = typed) -> tuple[str, bool, dict[str, list[str]]]:
            link = ask(node, LINK_TO, typed=typed, title="T & u", text=text)
            asked = parse_qs(urlsplit(link["href"]).query)
            asked.pop("labels", None)
            return link["href"], link["whole"], asked

        at_most = "x" * (8000 - len(made("")[0]))
        href, whole, asked = made(at_most)
        assert href.startswith(f"{page}?")
        assert (len(href), whole, asked) == (8000, True, {title: ["T & u"], body: [at_most]})
        assert made(f"{at_most}x")[1:] == (False, {title: ["T & u"]})


REPOSITORIES = [
    *[
        (typed, "https://github.com/team/project", "github")
        for typed in (
            " https://github.com/team/project ",
            "https://github.com/team/project/",
            "https://github.com/team/project.git",
            "https://github.com/team/project.git/",
            "https://github.com/team/project/issues",
            "https://github.com/team/project/issues/new?title=x",
            "https://github.com/team/project/tree/main/docs/a",
            "https://github.com/team/project?tab=readme-ov-file",
            "https://github.com/team/project?tab=readme-ov-file#readme",
            "https://github.com/team/project#readme",
            "https://GitHub.com/team/project",
            "https://www.github.com/team/project",
            "http://github.com/team/project",
            "github.com/team/project",
            "www.github.com/team/project",
            "git@github.com:team/project.git",
            "git clone git@github.com:team/project.git",
            "ssh://git@github.com/team/project.git",
            "ssh://git@github.com:22/team/project.git",
            "git+https://github.com/team/project.git",
            "git://github.com/team/project.git",
            "<https://github.com/team/project>.",
            "https://ada@github.com/team/project",
        )
    ],
    ("https://github.example.org:8443/a/b/", "https://github.example.org:8443/a/b", "github"),
    ("https://git.example.org/forge/a/b/tree/x", "https://git.example.org/forge/a/b", "github"),
    ("http://10.0.0.7:3000/a/b", "http://10.0.0.7:3000/a/b", "github"),
    ("https://gitlab.com/a/b/c/d", "https://gitlab.com/a/b/c/d", "gitlab"),
    ("https://gitlab.com/a/b/c/-/issues", "https://gitlab.com/a/b/c", "gitlab"),
    ("git@gitlab.example.org:a/b/c.git", "https://gitlab.example.org/a/b/c", "gitlab"),
    ("https://git.example.org/a/b/-/tree/main", "https://git.example.org/a/b", "gitlab"),
    ("https://codeberg.org/a/b/src/branch/main", "https://codeberg.org/a/b", "gitea"),
]
NO_REPOSITORIES = [
    ("javascript:alert(1)//a/b/c", "cannot be understood; expected"),
    ("data:text/html,x/y/z", "cannot be understood; expected"),
    ("team/project", "cannot be understood; expected"),
    ("the one of our team", "cannot be understood; expected"),
    ("https://github.com/team", "leads to no project; expected"),
    ("https://github.com/orgs/team/projects", "leads to no project; expected"),
    ("https://github.com\\@example.org/a b/c", "leads to no project; expected"),
    ("https://ada:secret@github.com/team/project", "There is a password in this address"),
]


def test_a_repository_is_known_in_every_form_in_which_its_address_is_copied(
    node: Node,
) -> None:
    for typed, url, forge in REPOSITORIES:
        made = ask(node, "return formats.repository(given.typed)", typed=typed)
        assert made == {"url": url, "shown": url.partition("://")[2], "forge": forge}, typed


def test_what_is_no_address_of_a_repository_is_said(node: Node) -> None:
    for typed, said in NO_REPOSITORIES:
        made = ask(node, "return formats.repository(given.typed)", typed=typed)
        assert list(made) == ["fault"], typed
        assert said in made["fault"], typed


NAMES = [
    ("Pool & more", "kickoff-pool-more-2026-11-27.md"),
    ("Открытый бассейн №1", "kickoff-открытый-бассейн-1-2026-11-27.md"),
    ("屋外プール", "kickoff-屋外プール-2026-11-27.md"),
    ("पूल", "kickoff-पूल-2026-11-27.md"),
    ("../..\\CON:*?<>|", "kickoff-con-2026-11-27.md"),
    (" / ", "kickoff-2026-11-27.md"),
]


def test_a_file_is_named_after_its_project(node: Node) -> None:
    body = "return formats.fileName({ name: given.name }, '2026-11-27', 'md')"
    for name, made in NAMES:
        assert ask(node, body, name=name) == made


def test_no_name_of_a_file_is_longer_than_systems_take(node: Node) -> None:
    body = "return formats.fileName({ name: given.name }, '2026-11-27', 'md')"
    for sign in ["a", "я", "字", "𝒜", "a "]:
        made = ask(node, body, name=sign * 10_000)
        assert len(made.encode()) <= 140
        assert sign.strip().lower() in made
