"""`python -m macros new`: what it writes, what it refuses, and that it overwrites nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from macros.contribute import Contribution, RefusedError
from macros.playbook import read_playbook
from macros.problems import DataError
from tests.tiny import copy_of_tiny, faults

TODAY = date(2026, 11, 24)
LISTED = "question kitchen/soup-heat\nquestion kitchen/salt-cellar\npage why/\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the tiny playbook that keeps a list of what was published."""
    data = copy_of_tiny(tmp_path)
    (data / "published.txt").write_text(LISTED, "utf-8")
    return data


def contribution(data: Path) -> Contribution:
    return Contribution(data, data.parent, TODAY)


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_question_lacks_only_its_texts(data: Path) -> None:
    written = contribution(data).question("hall", "lost-coats")
    assert written == [data / "questions/hall/lost-coats.yml", data / "published.txt"]
    assert (data / "published.txt").read_text("utf-8") == f"{LISTED}question hall/lost-coats\n"
    said = faults(data)
    assert said
    assert all(re.search(r"lost-coats: '\w+' is still '\.\.\.'", each) for each in said), said
    path = written[0]
    text = re.sub(
        r"  - \.\.\.\n" * 3, "  - where is my coat\n  - my hat\n  - lost\n", path.read_text("utf-8")
    )
    text = text.replace("  ...\n", "  Which coat, which peg, which guest?\n")
    path.write_text(text, "utf-8")
    assert faults(data) == []
    [made] = [each for each in read_playbook(data, data).questions if each.id == "lost-coats"]
    assert (made.role, made.title, made.since) == ("hall", "Lost coats", TODAY)


def test_a_new_term_and_a_new_source_lack_only_their_texts(data: Path) -> None:
    assert contribution(data).term("bain-marie") == [data / "glossary.yml"]
    assert contribution(data).source("cook-2021") == [data / "sources.yml"]
    said = faults(data)
    assert said
    assert all(
        re.search(r"(bain-marie|cook-2021): '\w+' is (still )?'\.\.\.'", each) for each in said
    ), said


def test_a_new_page_ends_with_a_next_step_that_leads_somewhere(data: Path) -> None:
    page, listed = contribution(data).page("why/our-way")
    assert listed == data / "published.txt"
    assert listed.read_text("utf-8") == f"{LISTED}page why/our-way/\n"
    assert page == data.parent / "why/our-way.md"
    text = page.read_text("utf-8")
    assert text.startswith("---\ntitle: Our way\n")
    assert text.endswith("](../roles/index.md).\n{: .pb-next }\n")


REFUSED = {
    ("question", "kichten", "lost-coats"): "role 'kichten' is unknown; expected one of kitchen, "
    "hall; did you mean 'kitchen'?",
    ("question", "hall", "coats"): "'coats' is no id; expected two to four words in small letters, "
    "such as 'backups-and-restore'",
    ("question", "hall", "Lost Coats"): "'Lost Coats' is no id; expected two to four words in "
    "small letters, such as 'backups-and-restore'; did you mean 'lost-coats'?",
    ("question", "hall", "../lost-coats"): "'../lost-coats' is no id; ",
    ("question", "hall", "soup-heat"): "'soup-heat' is taken: data/questions/kitchen/soup-heat.yml;"
    " expected an id of its own",
    ("question", "hall", "soup-warmth"): "'soup-warmth' is taken: ",
    ("question", "kitchen", "salt-cellar"): "'salt-cellar' was published before "
    "(data/published.txt:2) and is never given to another question; expected an id of its own",
    ("term", "dish"): "'dish' is in glossary.yml already; expected an id of its own",
    ("source", "cook-2020"): "'cook-2020' is in sources.yml already; expected an id of its own",
    ("page", "why"): "'why/' is or was a page; expected an address of its own",
    ("page", "../out"): "'..' is no id; expected a path such as 'why/our-way'",
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.items(), ids=map(" ".join, REFUSED))
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    asked: tuple[str, ...], said: str, data: Path
) -> None:
    before = everything(data.parent)
    kind, *names = asked
    with pytest.raises(RefusedError, match=re.escape(said)):
        getattr(contribution(data), kind)(*names)
    assert everything(data.parent) == before


def test_a_file_that_nothing_reads_yet_is_not_overwritten(data: Path) -> None:
    there = data / "questions/hall/lost-coats.yml"
    made = contribution(data)
    there.write_text("mine", "utf-8")
    with pytest.raises(RefusedError, match="is there already"):
        made.question("hall", "lost-coats")
    assert there.read_text("utf-8") == "mine"


def test_a_question_can_be_begun_while_another_is_half_written(data: Path) -> None:
    contribution(data).question("hall", "lost-coats")
    contribution(data).question("hall", "lost-hats")
    assert (data / "questions/hall/lost-hats.yml").exists()


def test_without_roles_to_choose_from_the_fault_is_told(data: Path) -> None:
    (data / "vocabulary.yml").unlink()
    with pytest.raises(DataError, match=r"vocabulary\.yml:1:1"):
        contribution(data)
