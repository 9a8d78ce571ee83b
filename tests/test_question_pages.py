"""Each question is a page under its own id, and everything that links it leads there.

They are all made from one template, which render/test_question_page.py tries, so that a browser
needs to walk only those that differ in kind. Here they are those of the changed project: a role has
many questions, and some were renamed, moved, retired, or have any sign in their title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from bs4 import Tag

from macros.derive.order import in_page_order
from macros.derive.paper import pages_of_paper
from macros.derive.schedule import by_length, schedule
from macros.model.question import Playbook, Question
from tests.built_page import built_page, forwarded_to, only, words_of
from tests.conftest import DEPLOYED_AT
from tests.markdown_page import Page


@pytest.fixture(scope="module")
def built_site(deployed_site: Path) -> Path:
    """The site of the changed project."""
    return deployed_site


@pytest.fixture(scope="module")
def playbook(deployed_playbook: Playbook) -> Playbook:
    """The data that it is made from."""
    return deployed_playbook


def home(question: Question) -> str:
    return f"q/{question.id}/"


def articles(site: Path, playbook: Playbook) -> Iterator[tuple[Question, Tag]]:
    """Each live question with the article at its address."""
    for question in playbook.live:
        yield question, only(built_page(site, home(question)), "article")


def listed_under(article: Tag, name: str) -> list[tuple[str, str, str]]:
    """The questions below a heading: address from the site's root, title, and how each is asked."""
    headings = [heading for heading in article.select("h2") if words_of(heading) == name]
    assert len(headings) <= 1, f"{name} appears {len(headings)} times"
    rows = headings[0].parent.select("li") if headings and headings[0].parent else []
    return [
        (
            str(only(row, "a")["href"]).removeprefix("../../"),
            words_of(only(row, "a")),
            words_of(only(row, ".pb-chain__ask")),
        )
        for row in rows
    ]


def test_every_page_of_a_question_is_whole(built_site: Path, playbook: Playbook) -> None:
    """Closed in order, headed once, no level of heading left out, and no id twice."""
    for question in playbook.questions:
        html = (built_site / home(question) / "index.html").read_text("utf-8")
        page = Page(html.partition("<!doctype html>")[2])
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert levels == sorted(levels), question.id
        assert levels.count(1) == 1, question.id
        assert len(page.ids) == len(set(page.ids)), question.id


def test_a_question_is_headed_by_its_title_and_asks_what_the_data_asks(
    built_site: Path, playbook: Playbook
) -> None:
    roles = {entry.id: entry.short for entry in playbook.vocabulary.roles}
    labels = {entry.id: entry.label for entry in playbook.vocabulary.priorities}
    for question, article in articles(built_site, playbook):
        assert words_of(only(article, "h1")) == question.title
        assert words_of(only(article, ".pb-one__ask")) == question.ask
        where = only(article, ".pb-one__where")
        assert words_of(where).startswith(roles[question.role]), question.id
        assert words_of(where).endswith(labels[question.priority]), question.id
        assert only(article, "a[data-share]")["href"] == f"../../{home(question)}"


def test_a_question_says_which_meetings_ask_it(built_site: Path, playbook: Playbook) -> None:
    firsts = [first for first, *_ in by_length(playbook)]
    for question, article in articles(built_site, playbook):
        asked = [
            str(agenda.minutes)
            for agenda in firsts
            if any(line.question == question for line in schedule(playbook, agenda))
        ]
        place = only(article, "h2:-soup-contains('At the kickoff')").parent
        said = re.search(r" for ([\d, and]+) minutes", words_of(place)) if place else None
        assert (re.findall(r"\d+", said[1]) if said else []) == asked, question.id


def test_a_question_names_what_it_needs_and_unblocks_in_their_own_words(
    built_site: Path, playbook: Playbook
) -> None:
    known = {question.id: question for question in playbook.questions}
    edges = 0
    for question, article in articles(built_site, playbook):
        for heading, names in {
            "Needs first": question.needs,
            "Unblocks": playbook.needed_by[question.id],
        }.items():
            expected = [(home(known[name]), known[name].title, known[name].ask) for name in names]
            assert listed_under(article, heading) == expected, question.id
            edges += len(names)
    assert edges, "no question needs another"


def test_one_question_leads_to_the_next_through_a_whole_role(
    built_site: Path, playbook: Playbook
) -> None:
    for role in playbook.vocabulary.roles:
        asked = in_page_order([each for each in playbook.live if each.role == role.id])
        for number, question in enumerate(asked):
            article = only(built_page(built_site, home(question)), "article")
            for rel, other in (
                ("prev", asked[number - 1] if number else None),
                ("next", asked[number + 1] if number + 1 < len(asked) else None),
            ):
                found = [link["href"] for link in article.select(f"a[rel={rel}]")]
                assert found == ([f"../../{home(other)}"] if other else []), question.id


def test_a_question_says_where_the_reader_is(built_site: Path, playbook: Playbook) -> None:
    """In no menu, it stands below the page of its role."""
    for question in playbook.live:
        page = built_page(built_site, home(question))
        only(page, "header a.pb-nav__here[href='../../roles/']")
        here = only(page, "aside a[aria-current]")
        assert here["href"] == f"../../roles/{question.role}/", question.id


def test_a_link_to_a_question_has_a_preview(deployed_site: Path, playbook: Playbook) -> None:
    for question in playbook.live:
        page = built_page(deployed_site, home(question))
        given = {
            str(each.get("property") or each.get("name")): str(each["content"])
            for each in page.select("meta[property], meta[name]")
        }
        assert given["og:title"].startswith(f"{question.title}: a question for ")
        assert given["og:title"] in words_of(only(page, "head > title"))
        assert given["description"] == given["og:description"] == question.ask
        assert given["og:type"] == "article"
        assert given["twitter:card"]
        address = f"{DEPLOYED_AT}{home(question)}"
        assert given["og:url"] == only(page, "link[rel=canonical]")["href"] == address


def test_each_question_is_in_the_sitemap(deployed_site: Path, playbook: Playbook) -> None:
    tree = ElementTree.parse(deployed_site / "sitemap.xml")
    listed = Counter(each.text for each in tree.findall(".//{*}loc"))
    for question in playbook.live:
        assert listed[f"{DEPLOYED_AT}{home(question)}"] == 1, question.id


def test_the_roles_pages_hold_each_live_question_once_and_lead_to_its_page(
    built_site: Path, playbook: Playbook
) -> None:
    """Those that must be asked come first, whole; of the others there is what they ask."""
    for role in playbook.vocabulary.roles:
        page = built_page(built_site, f"roles/{role.id}/")
        found = [(str(each["id"]), each) for each in page.select("section h3[id], li.pb-row")]
        asked = in_page_order([each for each in playbook.live if each.role == role.id])
        assert [id for id, _ in found] == [question.id for question in asked]
        for question, (_, place) in zip(asked, found, strict=True):
            is_must = question.priority == "must"
            entry = place.parent if is_must else place
            assert entry is not None
            assert words_of(place).startswith(question.title)
            link = only(place, ".pb-row__title a" if not is_must else "a:not(.headerlink)")
            assert link["href"] == f"../../{home(question)}"
            assert question.ask in words_of(entry)
            assert (question.good_answer in words_of(entry)) == is_must, question.id


def test_the_page_in_full_holds_every_question_of_its_role_whole(
    built_site: Path, playbook: Playbook
) -> None:
    """And no id of a question: an address on the page of the role leads to one place alone."""
    for role in playbook.vocabulary.roles:
        page = built_page(built_site, f"roles/{role.id}/all/")
        asked = in_page_order([each for each in playbook.live if each.role == role.id])
        sections = page.select("article section")
        assert [words_of(only(each, "h3")) for each in sections] == [each.title for each in asked]
        for question, section in zip(asked, sections, strict=True):
            for field in ("ask", "why", "good_answer", "warning_sign", "evidence"):
                assert getattr(question, field) in words_of(section), (question.id, field)
            for name in (*question.needs, *playbook.needed_by[question.id]):
                assert section.select(f"a[href='../../../q/{name}/']"), (question.id, name)
        names = {name for each in playbook.questions for name in (each.id, *each.previous_ids)}
        assert names.isdisjoint(str(each["id"]) for each in page.select("[id]"))
        current = str(only(page, "aside a[aria-current]")["href"])
        assert urljoin(f"/roles/{role.id}/all/", current) == f"/roles/{role.id}/"


def test_how_much_paper_is_said_wherever_the_page_in_full_is_linked(
    built_site: Path, playbook: Playbook
) -> None:
    for role in playbook.vocabulary.roles:
        paper = pages_of_paper(each for each in playbook.live if each.role == role.id)
        said = re.compile(rf"about {paper} pages? of A4")
        for address in (f"roles/{role.id}/", f"roles/{role.id}/all/", "reference/downloads/"):
            article = only(built_page(built_site, address), "article")
            assert said.search(words_of(article)), address
            if not address.endswith("all/"):
                only(article, f"a[href$='roles/{role.id}/all/']")


def test_no_link_or_button_is_taken_out_of_the_order_of_the_tab_key(built_site: Path) -> None:
    """That Tab then comes to them is seen in browser/test_permalinks.py."""
    moved = re.compile(r"<(?:a|button|input|select|textarea)\b[^>]*\stabindex|<[^>]*\sinert[\s>]")
    found = [path for path in built_site.rglob("*.html") if moved.search(path.read_text("utf-8"))]
    assert found == []


def test_each_must_ask_question_is_in_its_roles_contents(
    built_site: Path, playbook: Playbook
) -> None:
    for role in playbook.vocabulary.roles:
        page = built_page(built_site, f"roles/{role.id}/")
        contents = only(page, "aside nav[aria-label='On this page']")
        listed = Counter((link["href"], words_of(link)) for link in contents.select("a"))
        for question in playbook.must_ask:
            if question.role == role.id:
                assert listed[f"#{question.id}", question.title] == 1, question.id


def test_every_earlier_name_of_a_question_leads_on_to_it(
    built_site: Path, playbook: Playbook
) -> None:
    for question in playbook.questions:
        for name in question.previous_ids:
            page = built_page(built_site, f"q/{name}/")
            assert forwarded_to(page) == home(question), name


def test_the_list_of_all_questions_can_be_filtered_by_what_the_data_says(
    built_site: Path, playbook: Playbook
) -> None:
    """filter.js compares these attributes with the values of the lists."""
    page = built_page(built_site, "reference/questions/")
    rows = page.select("article li[data-role]")
    shown = [
        (
            only(row, ".pb-row__title a")["href"],
            words_of(only(row, ".pb-row__title a")),
            *(row[f"data-{axis}"] for axis in ("role", "stage", "priority", "kinds", "phrases")),
        )
        for row in rows
    ]
    vocabulary = playbook.vocabulary
    assert shown == [
        (
            f"../../q/{question.id}/",
            question.title,
            " ".join((question.role, *question.job_titles)),
            *(question.stage, question.priority, " ".join(question.applies_to)),
            " ".join(question.search_phrases),
        )
        for role in vocabulary.roles
        for stage in vocabulary.stages
        for question in playbook.live
        if (question.role, question.stage) == (role.id, stage.id)
    ]
    for axis, entries in {
        "role": [
            entry
            for role in vocabulary.roles
            for entry in (role, *(t for t in vocabulary.job_titles if t.role == role.id))
        ],
        "stage": vocabulary.stages,
        "priority": vocabulary.priorities,
        "kinds": vocabulary.kinds,
    }.items():
        options = page.select(f"select[name={axis}] option")[1:]
        assert [(option["value"], words_of(option)) for option in options] == [
            (entry.id, entry.label) for entry in entries
        ]


def test_each_agenda_leads_to_the_questions_it_asks(built_site: Path, playbook: Playbook) -> None:
    page = built_page(built_site, "kickoff/run-the-meeting/")
    for agenda in playbook.agendas:
        plan = only(page, f"[id='{agenda.id}']").find_next("ol", class_="pb-agenda")
        assert plan, agenda.id
        expected = [
            (f"../../q/{line.question.id}/", line.question.title)
            if line.question
            else (None, f"{line.step.title}.")
            for line in schedule(playbook, agenda)
        ]
        shown = [
            (link.get("href"), words_of(link))
            for link in plan.select(".pb-agenda__what > :is(a, strong):first-child")
        ]
        assert shown == expected, agenda.id
