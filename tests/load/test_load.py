"""What the files and fields of the data folder may hold, and what is said where they do not."""

from __future__ import annotations

import errno
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from macros.load.entries import FILES, data_files
from macros.model.question import Playbook
from tests.tiny import (
    MENU,
    SOUP,
    TINY,
    Change,
    changes,
    copy_of_tiny,
    faults,
    faults_after,
    faults_with,
    with_file,
)

FAULTS = changes("fields.txt")
SOUND = changes("sound.txt")


@pytest.mark.parametrize("change", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_field_is_named_with_its_place(change: Change, tiny_copy: Path) -> None:
    assert faults_after(tiny_copy, change) == list(change.says)


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_what_is_allowed_is_no_fault(change: Change, tiny_copy: Path) -> None:
    assert faults_after(tiny_copy, change) == []


def test_the_tiny_playbook_is_sound() -> None:
    assert faults(TINY) == []


def test_every_fault_of_an_entry_is_named_at_once(tiny_copy: Path) -> None:
    change = Change("title: Soup heat\n", "titel: Soup heat\nstagee: x\n")
    said = faults_after(tiny_copy, change)
    assert [message.split(";")[0] for message in said] == [
        f"{SOUP}:1:1: soup-heat: field 'title' is missing",
        f"{SOUP}:1:1: soup-heat: unknown field 'titel'",
        f"{SOUP}:2:1: soup-heat: unknown field 'stagee'",
    ]


def test_a_fault_hides_none_of_the_rules_that_look_across_entries(tiny_copy: Path) -> None:
    change = Change("evidence: The list of temperatures.\n", "evidense: a\n", file=SOUP)
    other = Change("needs: [guest-count]\n", "needs: [guest-cuont]\n", file=SOUP)
    said = faults_after(tiny_copy, change, other)
    assert [message.split(";")[0] for message in said] == [
        f"{SOUP}:1:1: soup-heat: field 'evidence' is missing",
        f"{SOUP}:8:1: soup-heat: unknown field 'evidense'",
        f"{SOUP}:13:9: soup-heat: needs 'guest-cuont' is unknown",
    ]


def test_a_long_wrong_value_is_shortened(tiny_copy: Path) -> None:
    stage = "stage: {}\npriority: must\n"
    change = Change(stage.format("serve"), stage.format("Serve " * 30))
    assert faults_after(tiny_copy, change) == [
        f"{SOUP}:11:8: soup-heat: 'stage' is '{'Serve ' * 6}S...'; "
        "expected a name in small letters and digits, joined by hyphens"
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0", "the number 0"),
        ("1764201600", "the number 1764201600"),
        ("2026.5", "the number 2026.5"),
        ("'1764201600'", "'1764201600'"),
        ("2026-11-23T00:00", "'2026-11-23T00:00'"),
        ("2026-11-23 00:00:00Z", "'2026-11-23 00:00:00Z'"),
        ("2026-11-23T00:00:00+00:00", "'2026-11-23T00:00:00+00:00'"),
        ("20261123", "the number 20261123"),
        ("٢٠٢٦-١١-٢٣", "'٢٠٢٦-١١-٢٣'"),
    ],
)
def test_only_a_day_is_a_day(typed: str, shown: str, tiny_copy: Path) -> None:
    change = Change("since: 2026-11-20\n", f"since: {typed}\n", file=MENU)
    assert faults_after(tiny_copy, change) == [
        f"{MENU}:13:8: menu-colour: 'since' is {shown}; expected a day such as 2026-11-23"
    ]


@pytest.mark.parametrize("file", ["vocabulary.yml", *FILES.values()])
def test_a_missing_file_is_the_only_fault_it_makes(file: str, tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    (data / file).unlink()
    said = f"{file}:1:1: (file): the file is missing; expected it in the data folder"
    assert faults(data) == [said]


@pytest.mark.parametrize("file", FILES.values())
def test_a_file_that_is_no_list_is_the_only_fault_it_makes(file: str, tiny_copy: Path) -> None:
    said = f"{file}:1:1: (file): is not a list; expected entries that start with '- '"
    assert faults_with(tiny_copy, file, "id: soup\n") == [said]


@pytest.mark.parametrize("file", FILES.values())
def test_a_file_without_a_sound_entry_is_the_only_fault_it_makes(
    file: str, tiny_copy: Path
) -> None:
    said = f"{file}:1:3: entry 1: has no fields; expected fields such as 'id: a-name'"
    assert faults_with(tiny_copy, file, "- soup\n") == [said]


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "- roles\n", "roles\n"])
def test_a_vocabulary_without_lists_is_the_only_fault_it_makes(
    content: str, tiny_copy: Path
) -> None:
    assert faults_with(tiny_copy, "vocabulary.yml", content) == [
        "vocabulary.yml:1:1: (file): is not a set of lists; "
        "expected the fields roles, job_titles, stages, priorities, kinds"
    ]


def test_a_vocabulary_that_breaks_off_is_the_only_fault_it_makes(tiny_copy: Path) -> None:
    change = Change("stages:\n", "stages: [\n", file="vocabulary.yml")
    [said] = faults_after(tiny_copy, change)
    assert said.startswith("vocabulary.yml:34:3: (file): not YAML: ")


def test_an_empty_list_may_leave_an_id_unknown(tiny_copy: Path) -> None:
    assert faults_with(tiny_copy, "pitfalls.yml", "[]\n") == [
        f"{SOUP}:18:12: soup-heat: pitfalls 'cold-soup' is unknown; "
        "expected nothing: the list is empty"
    ]


@pytest.mark.parametrize(
    ("file", "expected"),
    {
        "pitfalls.yml": "entries that start with '- ', or [] for none",
        MENU: "the fields of a question, such as 'title: A topic'",
    }.items(),
)
@pytest.mark.parametrize("content", ["", "# none yet\n", "---\n", "null\n"])
def test_an_empty_file_is_the_only_fault_it_makes(
    file: str, expected: str, content: str, tiny_copy: Path
) -> None:
    [said] = faults_with(tiny_copy, file, content)
    assert said.partition(": ")[2] == f"(file): the file is empty; expected {expected}"


@pytest.mark.parametrize(
    ("content", "said"),
    {
        "soup\n": "has no fields; expected the fields of a question, such as 'title: A topic'",
        "- title: Soup\n": "holds a list; expected the fields of one question, "
        "without '- ' before them",
    }.items(),
)
def test_a_file_that_is_no_question_is_the_only_fault_it_makes(
    content: str, said: str, tiny_copy: Path
) -> None:
    """Nobody hears that the soup, which others need, is unknown."""
    assert faults_with(tiny_copy, SOUP, content) == [f"{SOUP}:1:1: (file): {said}"]


@pytest.mark.parametrize("name", ["soup", "a-b-c-d-e"])
def test_a_file_whose_name_is_no_id_is_the_only_fault_it_makes(name: str, tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    (data / "questions/kitchen/odd-signs.yml").rename(data / f"questions/kitchen/{name}.yml")
    assert faults(data) == [
        f"questions/kitchen/{name}.yml:1:1: (file): the name '{name}' is no id; expected two to "
        "four words in small letters joined by hyphens, such as soup-heat.yml"
    ]


def test_what_waits_for_a_file_of_another_name_is_not_said_to_be_unknown(tmp_path: Path) -> None:
    """Its name is the one fault; that others cannot find it follows from that."""
    data = copy_of_tiny(tmp_path)
    guests = data / "questions/hall/guest-count.yml"
    guests.rename(guests.with_name("Guest_count.yaml"))
    assert faults(data) == [
        "questions/hall/Guest_count.yaml:1:1: (file): the file is not read; "
        "expected the question in questions/hall/guest-count.yml"
    ]


def test_a_file_of_the_old_form_is_the_only_fault_it_makes(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    hall = data / "questions/hall"
    entries = [
        f"- id: {path.stem}\n" + re.sub("^", "  ", path.read_text("utf-8"), flags=re.MULTILINE)
        for path in hall.iterdir()
    ]
    shutil.rmtree(hall)
    hall.with_suffix(".yml").write_text("\n".join(entries), "utf-8")
    assert faults(data) == [f"questions/hall.yml:1:1: (file): the file is not read; {OF_ITS_OWN}"]


OF_ITS_OWN = "expected each question in a file of its own: questions/ROLE/ID.yml"
LEFT_BY_EDITORS = (
    ".#kitchen.yml",
    "#kitchen.yml#",
    "kitchen.yml~",
    ".kitchen.yml.swp",
    "4913",
    "kitchen.yml.orig",
    "kitchen.yml.bak",
    "kitchen.yml___jb_tmp___",
    ".DS_Store",
    "._kitchen.yml",
    "Thumbs.db",
    "desktop.ini",
)


def test_what_editors_and_systems_leave_is_no_fault(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    for name in LEFT_BY_EDITORS:
        (data / name).write_bytes(b"\xff- not: YAML:")
        for folder in ("questions", "questions/kitchen"):
            (data / folder / name).symlink_to("somebody@host.4711:1764262800")
    assert faults(data) == []
    assert not [path for path in data_files(data) if path.name in LEFT_BY_EDITORS]


IN_THE_SOUP = f"expected the question in {SOUP}"
ONE_LIST = f"expected its entries in one of vocabulary.yml, {', '.join(FILES.values())}"
MISPLACED = {
    "questions/kitchen/hot/soup-heat.yml": IN_THE_SOUP,
    "questions/hot/kitchen/soup-heat.yml": IN_THE_SOUP,
    "questions/kitchen/Soup-Heat.yml": IN_THE_SOUP,
    "questions/kitchen/soup_heat.yml": IN_THE_SOUP,
    "questions/kitchen/soup-heat.YML": IN_THE_SOUP,
    "questions/kitchen/soup-heat.yaml": IN_THE_SOUP,
    "questions/kitchen/soup-heat (copy).yml": IN_THE_SOUP,
    "questions/kitchen/soup-heat.yml.txt": IN_THE_SOUP,
    "questions/kitchen/soup\nheat.yml": IN_THE_SOUP,
    "questions/cellar/Soup-Heat.yml": OF_ITS_OWN,
    "questions/soup-heat.yml": OF_ITS_OWN,
    "questions/kitchen.yml": OF_ITS_OWN,
    "kitchen.yml": OF_ITS_OWN,
    "Glossary.yml": "expected its entries in glossary.yml",
    "old/glossary.yml": "expected its entries in glossary.yml",
    "notes.yml": ONE_LIST,
    "glosary.yml": f"{ONE_LIST}; did you mean 'glossary.yml'?",
}


@pytest.mark.parametrize(("file", "expected"), MISPLACED.items(), ids=MISPLACED)
def test_a_file_that_is_not_read_says_where_it_belongs(
    file: str, expected: str, tmp_path: Path
) -> None:
    data = copy_of_tiny(tmp_path)
    (data / file).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(data / SOUP, data / file)
    shown = file.replace("\n", "\\n")
    said = f"{shown}:1:1: (file): the file is not read; {expected}"
    assert faults(data) == [said]
    assert data / file in data_files(data)


def test_notes_beside_the_data_are_nobody_s_concern(tmp_path: Path) -> None:
    data = with_file(tmp_path, "README.md", "# Data\n")
    (data / "schema").mkdir()
    (data / "schema/kitchen.schema.json").touch()
    assert faults(data) == []


NO_FILES = {
    "folder": "is not a file; expected a file with entries",
    "pipe": "is not a file; expected a file with entries",
    "dangling link": "is a link that leads to no file; expected the file itself",
    "circle of links": "is a link that leads to no file; expected the file itself",
}


@pytest.mark.parametrize("file", ["vocabulary.yml", "sources.yml", MENU])
@pytest.mark.parametrize(("kind", "said"), NO_FILES.items(), ids=NO_FILES)
def test_what_is_no_file_is_the_only_fault_it_makes(
    file: str, kind: str, said: str, tmp_path: Path
) -> None:
    path = copy_of_tiny(tmp_path) / file
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.name if kind == "circle of links" else "nowhere")
    assert faults(tmp_path / "data") == [f"{file}:1:1: (file): {said}"]


UNREADABLE = {
    PermissionError(errno.EACCES, "Permission denied"): "cannot be read: Permission denied; "
    "expected a file that you may read",
    OSError(errno.EIO, "Input/output error"): "cannot be read: Input/output error; "
    "expected a file that you may read",
    FileNotFoundError(errno.ENOENT, "No such file"): "the file is missing; "
    "expected it in the data folder",
}


@pytest.mark.parametrize("file", ["vocabulary.yml", "sources.yml", MENU])
@pytest.mark.parametrize(
    ("error", "said"), UNREADABLE.items(), ids=lambda each: type(each).__name__
)
def test_a_file_that_cannot_be_read_is_the_only_fault_it_makes(
    file: str, error: OSError, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so that the refusal is played."""
    data = copy_of_tiny(tmp_path)
    read_bytes = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path == data / file:
            raise error
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert faults(data) == [f"{file}:1:1: (file): {said}"]


def test_a_folder_that_cannot_be_listed_is_the_only_fault_it_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = copy_of_tiny(tmp_path)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == data / "questions":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert faults(data) == [
        "questions:1:1: (folder): the folder cannot be read: Permission denied; "
        "expected a folder that you may read"
    ]


def test_a_missing_folder_of_questions_is_the_only_fault_it_makes(tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    shutil.rmtree(data / "questions")
    assert faults(data) == [
        "questions:1:1: (folder): the folder is missing; "
        "expected it, with a folder for each role and in that a file for each question"
    ]


@pytest.mark.parametrize(
    ("name", "guess"), [("kichten", "; did you mean 'kitchen'?"), ("cellar", "")]
)
def test_a_folder_of_an_unknown_role_is_the_only_fault_it_makes(
    name: str, guess: str, tmp_path: Path
) -> None:
    data = copy_of_tiny(tmp_path)
    (data / "questions/kitchen").rename(data / f"questions/{name}")
    assert faults(data) == [
        f"questions/{name}:1:1: (folder): the folder's name '{name}' is not a role; "
        f"expected one of kitchen, hall{guess}"
    ]


def test_what_is_read_is_what_was_written(tiny: Playbook) -> None:
    soup, odd, guests, menu = tiny.questions
    assert soup.good_answer == (
        "Seventy degrees at the pass, sixty at the table; the host measures two dishes a night."
    )
    assert soup.needs == ("guest-count",)
    assert soup.previous_ids == ("soup-warmth",)
    assert soup.in_original_post
    assert odd.title == "={{x}} <b>|*_ {:#x} #"
    assert odd.applies_to == ("any",)
    assert guests.since == date(2026, 11, 23)
    assert not menu.live


def test_questions_stand_in_the_order_of_the_roles(tiny: Playbook) -> None:
    assert [(question.role, question.id) for question in tiny.questions] == [
        ("kitchen", "soup-heat"),
        ("kitchen", "odd-signs"),
        ("hall", "guest-count"),
        ("hall", "menu-colour"),
    ]
    assert [question.id for question in tiny.live] == ["soup-heat", "odd-signs", "guest-count"]


def test_terms_stand_in_the_order_of_the_alphabet(tmp_path: Path, tiny: Playbook) -> None:
    assert [term.id for term in tiny.terms] == ["dish", "pos"]


def test_who_waits_for_an_answer_is_derived(tiny: Playbook) -> None:
    assert tiny.needed_by == {
        "soup-heat": (),
        "odd-signs": (),
        "guest-count": ("soup-heat",),
        "menu-colour": (),
    }


def test_each_question_knows_where_it_stands(tiny: Playbook) -> None:
    assert tiny.locations["menu-colour"] == (MENU, 1, 1)
