"""Each question is where the data says, under its own name, and everything that links it says so.

Whether the browser then arrives at the heading is asked of a few in browser/test_deep_links.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bs4 import Tag

from macros.derive.schedule import schedule
from macros.model.question import Playbook, Question, Role
from tests.built_page import built_page, forwarded_to, only, words_of


def home(question: Question) -> str:
    return f"roles/{question.role}/#{question.id}"


def sections(site: Path, playbook: Playbook) -> Iterator[tuple[Question, Tag]]:
    """Each live question with the section of its role's page that its address leads to."""
    for role in playbook.vocabulary.roles:
        headings = built_page(site, f"roles/{role.id}/").select("section h3[id]")
        found = {heading["id"]: heading.find_parent("section") for heading in headings}
        for question in playbook.live:
            if question.role == role.id:
                section = found.get(question.id)
                assert section, f"{home(question)} leads to no section with a heading"
                yield question, section


def fact(section: Tag, name: str) -> Tag | None:
    """The line of a question's facts that has this name."""
    lines = [line for line in section.select("dl > div") if words_of(only(line, "dt")) == name]
    assert len(lines) <= 1, f"{name} appears {len(lines)} times"
    return lines[0] if lines else None


def test_the_roles_pages_hold_each_live_question_once_and_nothing_else(
    built_site: Path, playbook: Playbook
) -> None:
    found = Counter(
        f"roles/{role.id}/#{heading['id']}"
        for role in playbook.vocabulary.roles
        for heading in built_page(built_site, f"roles/{role.id}/").select("section h3[id]")
    )
    assert found == Counter(map(home, playbook.live))


def test_a_question_is_headed_by_its_title_and_asks_what_the_data_asks(
    built_site: Path, playbook: Playbook
) -> None:
    labels = {entry.id: entry.label for entry in playbook.vocabulary.priorities}
    for question, section in sections(built_site, playbook):
        heading = only(section, "h3")
        only(heading, f"a.headerlink[href='#{question.id}']")
        assert words_of(heading) == question.title
        assert words_of(only(section, ".pb-question__ask")) == question.ask
        assert words_of(section.select(".pb-tag")[0]) == labels[question.priority], question.id


def test_must_ask_questions_come_first(built_site: Path, playbook: Playbook) -> None:
    musts = {question.id for question in playbook.must_ask}
    for role in playbook.vocabulary.roles:
        headings = built_page(built_site, f"roles/{role.id}/").select("section h3[id]")
        is_must = [heading["id"] in musts for heading in headings]
        assert is_must == sorted(is_must, reverse=True), role.id


def test_the_links_below_a_question_say_which_question_they_are_for(
    built_site: Path, playbook: Playbook
) -> None:
    """A screen reader lists links without what is around them."""
    for question, section in sections(built_site, playbook):
        copied = only(section, f"a[data-copy-link][href$='/q/{question.id}/']")
        assert words_of(copied) == f"Permanent link to “{question.title}”"
        improve = only(section, ".pb-question__links a:not([data-copy-link])")
        assert words_of(improve) == f"Improve this question: {question.title}"


def test_no_link_or_button_is_taken_out_of_the_order_of_the_tab_key(built_site: Path) -> None:
    """That Tab then comes to them is seen in browser/test_permalinks.py."""
    moved = re.compile(r"<(?:a|button|input|select|textarea)\b[^>]*\stabindex|<[^>]*\sinert[\s>]")
    found = [path for path in built_site.rglob("*.html") if moved.search(path.read_text("utf-8"))]
    assert found == []


def test_each_question_is_in_its_pages_contents(built_site: Path, playbook: Playbook) -> None:
    for role in playbook.vocabulary.roles:
        page = built_page(built_site, f"roles/{role.id}/")
        contents = only(page, "aside nav[aria-label='On this page']")
        listed = Counter((link["href"], words_of(link)) for link in contents.select("a"))
        for question in playbook.live:
            if question.role == role.id:
                assert listed[f"#{question.id}", question.title] == 1, question.id


def test_each_question_is_in_the_search_index_once(built_site: Path, playbook: Playbook) -> None:
    index = json.loads((built_site / "search/search_index.json").read_text(encoding="utf-8"))
    found = Counter(entry["location"] for entry in index["docs"])
    assert {home(question): found[home(question)] for question in playbook.live} == {
        home(question): 1 for question in playbook.live
    }


def test_every_name_that_a_question_ever_had_leads_to_that_question(
    built_site: Path, playbook: Playbook
) -> None:
    """By itself, and with a link where a browser does not go on by itself."""
    for question in playbook.live:
        for name in (question.id, *question.previous_ids):
            page = built_page(built_site, f"q/{name}/")
            assert forwarded_to(page) == home(question), name
            assert only(page, "main a")["href"] == f"../../{home(question)}", name


def test_needs_first_names_and_links_each_question_that_is_still_asked(
    built_site: Path, playbook: Playbook
) -> None:
    known = {question.id: question for question in playbook.live}
    edges = 0
    for question, section in sections(built_site, playbook):
        needed = [known[name] for name in question.needs if name in known]
        line = fact(section, "Needs first")
        links = line.select("a") if line else []
        shown = [(words_of(link), str(link["href"]).removeprefix("../../")) for link in links]
        assert shown == [(each.title, home(each)) for each in needed], question.id
        edges += len(needed)
    assert edges, "no question needs another"


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
            *(question.role, question.stage, question.priority, " ".join(question.applies_to)),
            " ".join(question.search_phrases),
        )
        for role in vocabulary.roles
        for stage in vocabulary.stages
        for question in playbook.live
        if (question.role, question.stage) == (role.id, stage.id)
    ]
    for axis, entries in {
        "role": vocabulary.roles,
        "stage": vocabulary.stages,
        "priority": vocabulary.priorities,
        "kinds": vocabulary.kinds,
    }.items():
        options = page.select(f"select[name={axis}] option")[1:]
        assert [(option["value"], words_of(option)) for option in options] == [
            (entry.id, entry.short if isinstance(entry, Role) else entry.label) for entry in entries
        ]


def test_each_agenda_leads_to_the_questions_it_asks(built_site: Path, playbook: Playbook) -> None:
    page = built_page(built_site, "kickoff/run-the-meeting/")
    for agenda in playbook.agendas:
        plan = only(page, f"[id='{agenda.id}']").find_next("ol", class_="pb-agenda")
        assert plan, agenda.id
        expected = [
            (f"../../{home(line.question)}", line.question.title)
            if line.question
            else (None, f"{line.step.title}.")
            for line in schedule(playbook, agenda)
        ]
        shown = [
            (link.get("href"), words_of(link))
            for link in plan.select(".pb-agenda__what > :is(a, strong):first-child")
        ]
        assert shown == expected, agenda.id
