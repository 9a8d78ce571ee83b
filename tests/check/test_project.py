"""Rules that look beyond the data: a fault in a page, or in the list of what was published."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from macros import __main__ as command
from macros.check.page_rules import PRINTED_LISTS
from macros.contribute import Contribution
from macros.export.downloads import data_schema
from macros.load.entries import FILES
from macros.load.project_files import GENERATED_PAGES, Page
from macros.playbook import read_playbook, read_project
from macros.problems import DataError
from macros.render.made_pages import made_pages
from macros.render.pages import MACROS
from tests.tiny import TINY

STEP = "**Next:** [the menu](menu.md).\n{: .pb-next }\n"
LISTED = (
    "kitchen/soup-heat",
    "soup-warmth",
    "kitchen/odd-signs",
    "hall/guest-count",
    "hall/menu-colour",
    "menu-color",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of the tiny playbook with two pages, in which all is well."""
    shutil.copytree(TINY, tmp_path / "docs/data")
    write(tmp_path, "index.md", f"# Soup\n\nHot.\n\n{STEP}")
    write(tmp_path, "why/menu.md", f"# Menu\n\nLong.\n\n{STEP}")
    listed = ["# Lines are only ever added.", "page ./", "page why/menu/"]
    listed += [f"question {name}" for name in LISTED]
    (tmp_path / "docs/data/published.txt").write_text("\n".join(listed) + "\n", "utf-8")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def faults(root: Path) -> list[str]:
    try:
        read_project(root)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def record(root: Path) -> list[str]:
    return Contribution(root / "docs/data", root, date(2026, 12, 1)).record()


def test_a_project_in_which_all_is_well_has_no_fault(root: Path) -> None:
    assert faults(root) == []


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{% set title = "A yummy soup" %}', "1:19: (template): says 'yummy'"),
        ('<p aria-label="So yummy">{{ yummy }} {# yummy #}</p>', "1:19: (template): says 'yummy'"),
        ('<p class="yummy">Hot soup!</p>', "1:22: (template): has an exclamation mark: 'soup!'"),
        ("<!doctype html>{{ yummy if x != y }}", ""),
    ],
)
def test_the_words_of_a_template_are_checked_and_its_code_is_not(
    root: Path, template: str, said: str
) -> None:
    file = root / "macros/render/templates/soup.html.jinja"
    file.parent.mkdir(parents=True)
    file.write_text(template, "utf-8")
    told = [fault.split(":", 1)[1].split(";")[0] for fault in faults(root)]
    assert told == ([said] if said else [])


NEXT = (
    "expected a paragraph such as '**Next:** go to [your role](../roles/index.md).' "
    "over '{: .pb-next }'"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"# Soup\n\nIt is\nyummy; `yummy`, [yummy soup](yummy.md).\n\n{STEP}",
            [
                "4:1: (page): says 'yummy'; expected say it as a guest would",
                "4:18: (page): says 'yummy'; expected say it as a guest would",
            ],
        ),
        (
            f'# Soup\n\n{{{{ download("yummy.md", "A yummy list") }}}}\n\n{STEP}',
            ["3:28: (page): says 'yummy'; expected say it as a guest would"],
        ),
        (
            f"# Soup\n\nHot!\n\n{STEP}",
            ["3:1: (page): has an exclamation mark: 'Hot!'; expected a full stop"],
        ),
        (
            f"# Soup\n\n!!! note\n    Hot!\n\n{STEP}",
            ["4:5: (page): has an exclamation mark: 'Hot!'; expected a full stop"],
        ),
        (f"# Soup\n\n![a pot](pot.png)\n\n{STEP}", []),
        (
            "# Soup\n\nHot.\n",
            [f"3:5: (page): does not end with a link to a next step; {NEXT}"],
        ),
        (
            f"# Soup\n\n{STEP}\nMore.\n",
            [f"6:6: (page): does not end with a link to a next step; {NEXT}"],
        ),
        (
            "# Soup\n\n**Next:** the menu.\n{: .pb-next }\n",
            [f"4:14: (page): does not end with a link to a next step; {NEXT}"],
        ),
        (
            f"# Soup\n\n{STEP}\nHot.\n\n{STEP}",
            ["4:1: (page): has more than one next step; expected one, at the end of the page"],
        ),
        (
            f'# Soup\n\n{{{{ question("menu-colour") }}}}\n\n{STEP}',
            [
                "3:14: (page): prints question 'menu-colour', which is retired; "
                "expected a live question"
            ],
        ),
        (f'# Soup\n\nSee {{{{ question_link("menu-colour") }}}}.\n\n{STEP}', []),
        (
            f'# Soup\n\n{{{{ question_link("soup-warmth") }}}} {{{{ term("dishes") }}}}\n\n{STEP}',
            [
                "3:19: (page): question_link 'soup-warmth' is unknown; expected one of "
                "guest-count, menu-colour, odd-signs, soup-heat; did you mean 'soup-heat'?",
                "3:45: (page): term 'dishes' is unknown; expected one of dish, pos; "
                "did you mean 'dish'?",
            ],
        ),
        (
            f"# Soup\n\n{{{{ worked_example() }}}}\n\n{STEP}",
            [
                "3:4: (page): prints worked_example(), and example.yml has no entry; "
                "expected entries in example.yml, or a page without it"
            ],
        ),
        (f"# Soup\n\n{{{{ claims() }}}}\n\n{STEP}", []),
    ],
)
def test_a_fault_in_a_page_is_named_with_its_place(text: str, said: list[str], root: Path) -> None:
    write(root, "index.md", text)
    assert faults(root) == [f"docs/index.md:{each}" for each in said]


def test_what_prints_a_list_is_a_macro_and_what_it_prints_is_a_list() -> None:
    assert set(PRINTED_LISTS) <= set(MACROS)
    assert set(PRINTED_LISTS.values()) <= set(FILES)


def test_a_stage_that_no_page_prints_is_named_where_another_is_printed(root: Path) -> None:
    text = f'# Soup\n\n{{{{ stage_questions("plan") }}}}\n\n{STEP}'
    write(root, "index.md", text)
    [said] = faults(root)
    assert said.startswith("docs/data/vocabulary.yml:")
    assert said.endswith(
        'serve: is on no page; expected {{ stage_questions("serve") }} on one, '
        "under a heading with '{: #serve }'"
    )
    write(
        root, "index.md", text.replace('("plan") }}', '("plan") }} {{ stage_questions("serve") }}')
    )
    assert faults(root) == []


def test_a_schema_that_offers_editors_other_ids_is_named_with_what_to_run(root: Path) -> None:
    schema = root / "docs/data/schema/questions.schema.json"
    schema.parent.mkdir()
    text = data_schema("questions", read_project(root).vocabulary)
    schema.write_text(text.replace('"host"', '"chef"').replace('"feast"', '"ball"'), "utf-8")
    assert faults(root) == [
        "docs/data/schema/questions.schema.json:1:1: (file): does not offer the job_titles and "
        "kinds of vocabulary.yml; expected them as they are now: run `make schema`"
    ]
    schema.write_text(text, "utf-8")
    assert faults(root) == []


def test_a_source_that_nothing_cites_is_named(root: Path) -> None:
    kitchen = root / "docs/data/questions/kitchen/soup-heat.yml"
    edit(kitchen, "[cook-2020, undated-list]", "[cook-2020]")
    assert faults(root) == [
        "docs/data/sources.yml:12:7: undated-list: is cited by nothing; expected it in the "
        "'sources' of an entry, or cite(\"undated-list\") on a page"
    ]
    write(root, "index.md", f'# Soup\n\nHot {{{{ cite("undated-list") }}}}.\n\n{STEP}')
    assert faults(root) == []


def law_days(checked: date, look_again: date) -> str:
    return f"  checked: {checked}\n  look_again: {look_again}\n"


@pytest.mark.parametrize("days", [30, 31])
def test_law_that_a_page_prints_is_to_be_looked_at_again_within_30_days(
    root: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    law, compared, again = root / "docs/data/law.yml", date(2030, 1, 1), date(2030, 6, 1)
    today = again + timedelta(days=days)
    monkeypatch.setattr("macros.check.days.today", lambda: today)
    edit(law, law_days(date(2026, 11, 20), date(9926, 11, 24)), law_days(compared, again))
    assert faults(root) == []
    write(root, "index.md", f'# Soup\n\n{{{{ law("table") }}}}\n\n{STEP}')
    late = (
        f"docs/data/law.yml:20:15: warm-plates: 'look_again' was {again}, {days} days ago; "
        f"expected somebody to compare it with its sources, then 'checked: {today}' and a later "
        "'look_again'; or no page that prints law()"
    )
    assert faults(root) == ([late] if days > 30 else [])
    assert read_playbook(root).duties, "a build goes on"
    edit(law, law_days(compared, again), law_days(today, today + timedelta(days=1)))
    assert faults(root) == []


def test_the_companion_of_a_source_that_is_cited_need_not_be(root: Path) -> None:
    kitchen = root / "docs/data/questions/kitchen/soup-heat.yml"
    edit(kitchen, "[cook-2020, undated-list]", "[cook-2020]")
    sources = root / "docs/data/sources.yml"
    edit(sources, "  basis: unconfirmed\n", "  basis: unconfirmed\n  companion_of: cook-2020\n")
    assert faults(root) == []


def test_what_is_not_listed_is_named_with_what_to_run(root: Path) -> None:
    soup = root / "docs/data/questions/kitchen/soup-heat.yml"
    edit(soup, "previous_ids: [soup-warmth]\n", "previous_ids: [soup-warmth, soup-steam]\n")
    renamed = "  - {day: 2026-11-25, kind: renamed}\n"
    soup.write_text(soup.read_text("utf-8") + renamed, "utf-8")
    odd = soup.with_name("odd-signs.yml")
    edit(
        odd,
        "since: 2026-11-23\n",
        f"since: 2026-11-23\nprevious_ids: [odd-signs]\nchanges:\n{renamed}",
    )
    odd.rename(odd.with_name("even-signs.yml"))
    write(root, "why/index.md", f"# Why\n\nHot.\n\n{STEP}")
    assert faults(root) == [
        "docs/data/published.txt:10:1: (file): 3 lines are missing; expected "
        "question kitchen/even-signs, question kitchen/soup-steam, page why/: "
        "run `make record`, which adds what is missing"
    ]
    assert record(root) == [
        "question kitchen/even-signs",
        "question kitchen/soup-steam",
        "page why/",
    ]
    assert faults(root) == []
    assert record(root) == []


def test_a_question_that_moved_is_listed_where_it_stands_now(root: Path) -> None:
    odd = root / "docs/data/questions/kitchen/odd-signs.yml"
    edit(odd, "job_titles: [cook]", "job_titles: [waiter]")
    odd.rename(root / "docs/data/questions/hall/odd-signs.yml")
    assert record(root) == ["question hall/odd-signs"]
    moved = root / "docs/data/questions/hall/odd-signs.yml"
    assert faults(root) == [
        "docs/data/questions/hall/odd-signs.yml:1:1: odd-signs: was moved without a day; "
        "expected '{day: ..., kind: moved}' in 'changes', with the day"
    ]
    day = "changes: [{day: 2026-11-24, kind: moved}]\n"
    moved.write_text(moved.read_text("utf-8") + day, "utf-8")
    assert faults(root) == []


def test_what_was_published_and_is_gone_is_named_with_its_line(root: Path) -> None:
    (root / "docs/data/questions/kitchen/odd-signs.yml").unlink()
    (root / "docs/why/menu.md").unlink()
    assert faults(root) == [
        "docs/data/published.txt:3:1: (file): page 'why/menu/' was published and is gone; "
        "expected a page at its address",
        "docs/data/published.txt:6:1: (file): question 'odd-signs' was published and is gone; "
        "expected its file, or 'odd-signs' in 'previous_ids' of the one that took its place",
    ]


def test_the_pages_of_sources_are_listed_and_stay(root: Path) -> None:
    write(root, "reference/sources.md", f"# Sources\n\nRead.\n\n{STEP}")
    pages = [f"page reference/sources/{part}" for part in ("", "c/", "u/")]
    assert record(root) == pages
    sources = root / "docs/data/sources.yml"
    sources.write_text(sources.read_text("utf-8").partition("- id: undated-list\n")[0], "utf-8")
    assert not any("is gone" in said for said in faults(root))


def test_nothing_is_recorded_while_a_file_has_no_place_of_its_own(root: Path) -> None:
    before = (root / "docs/data/published.txt").read_text("utf-8")
    (root / "docs/data/questions/hall").rename(root / "docs/data/questions/hell")
    with pytest.raises(DataError):
        record(root)
    assert (root / "docs/data/published.txt").read_text("utf-8") == before


def test_what_a_searched_word_means_is_said_in_the_playbook(root: Path) -> None:
    words = root / "docs/data/search-words.yml"
    words.write_text("- typed: [broth]\n  means: [long menus]\n", "utf-8")
    assert faults(root) == []
    words.write_text("- typed: [broth]\n  means: [soup, hot bouillon]\n", "utf-8")
    assert faults(root) == [
        "docs/data/search-words.yml:2:17: entry 1: means 'hot bouillon', and no question, term or "
        "page says 'bouillon'; expected words of the playbook"
    ]


def test_a_project_without_a_list_needs_none(root: Path) -> None:
    (root / "docs/data/published.txt").unlink()
    assert faults(root) == []


def test_faults_of_data_and_pages_are_named_at_once(root: Path) -> None:
    edit(
        root / "docs/data/questions/kitchen/soup-heat.yml", "needs: [guest-count]", "needs: [guest]"
    )
    write(root, "index.md", f"# Soup\n\nYummy.\n\n{STEP}")
    assert [fault.split(": ")[1] for fault in faults(root)] == ["soup-heat", "(page)"]


def test_the_command_checks_the_pages_with_the_data_of_its_own_project(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", root)
    write(root, "index.md", f"# Soup\n\nYummy.\n\n{STEP}")
    assert command.main(["check"]) == 1
    assert capsys.readouterr().out.startswith("docs/index.md:3:1: (page): says 'Yummy'; ")
    assert command.main(["--data", str(TINY), "check"]) == 0


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("docs/index.md", "./"),
        ("docs/why/index.md", "why/"),
        ("docs/why/support.md", "why/support/"),
        ("docs/my-index.md", "my-index/"),
    ],
)
def test_a_page_knows_its_address(file: str, address: str) -> None:
    assert Page(file, "").address == address


def test_what_the_pages_command_writes_is_not_taken_for_pages_of_ours() -> None:
    for path in made_pages(read_playbook(TINY.parent, TINY), "", ""):
        assert GENERATED_PAGES.fullmatch(f"docs/{path}"), path
