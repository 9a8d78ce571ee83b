"""What the files and fields of the data folder may hold, and what is said where they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.load import FILES, data_files
from macros.model import Playbook
from tests.data.helpers import (
    HALL,
    KITCHEN,
    TINY,
    Change,
    changes,
    copy_of_tiny,
    faults,
    with_change,
    with_file,
)

FAULTS = changes("fields.txt")
SOUND = changes("sound.txt")


@pytest.mark.parametrize("change", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_field_is_named_with_its_place(change: Change, tmp_path: Path) -> None:
    assert faults(with_change(tmp_path, change)) == list(change.says)


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_what_is_allowed_is_no_fault(change: Change, tmp_path: Path) -> None:
    assert faults(with_change(tmp_path, change)) == []


def test_the_tiny_playbook_is_sound() -> None:
    assert faults(TINY) == []


def test_every_fault_of_an_entry_is_named_at_once(tmp_path: Path) -> None:
    change = Change("  title: Soup heat\n", "  titel: Soup heat\n  stagee: x\n")
    said = faults(with_change(tmp_path, change))
    assert [message.split(";")[0] for message in said] == [
        f"{KITCHEN}:3:3: soup-heat: field 'title' is missing",
        f"{KITCHEN}:4:3: soup-heat: unknown field 'titel'",
        f"{KITCHEN}:5:3: soup-heat: unknown field 'stagee'",
    ]


def test_a_fault_hides_none_of_the_rules_that_look_across_entries(tmp_path: Path) -> None:
    change = Change("  show_me: The list of temperatures.\n", "  sho_me: a\n", file=KITCHEN)
    other = Change("  needs: [guest-count]\n", "  needs: [guest-cuont]\n", file=KITCHEN)
    said = faults(with_change(tmp_path, change, other))
    assert [message.split(";")[0] for message in said] == [
        f"{KITCHEN}:3:3: soup-heat: field 'show_me' is missing",
        f"{KITCHEN}:11:3: soup-heat: unknown field 'sho_me'",
        f"{KITCHEN}:16:11: soup-heat: needs 'guest-cuont' is unknown",
    ]


def test_a_long_wrong_value_is_shortened(tmp_path: Path) -> None:
    stage = "  stage: {}\n  priority: must\n"
    change = Change(stage.format("serve"), stage.format("Serve " * 30))
    assert faults(with_change(tmp_path, change)) == [
        f"{KITCHEN}:14:10: soup-heat: 'stage' is '{'Serve ' * 6}S...'; "
        "expected a name in small letters and digits, joined by hyphens"
    ]


@pytest.mark.parametrize("file", ["vocabulary.yml", *FILES.values()])
def test_a_missing_file_is_the_only_fault_it_makes(file: str, tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    (data / file).unlink()
    said = f"{file}:1:1: (file): the file is missing; expected it in the data folder"
    assert faults(data) == [said]


@pytest.mark.parametrize("file", [*FILES.values(), HALL])
def test_a_file_that_is_no_list_is_the_only_fault_it_makes(file: str, tmp_path: Path) -> None:
    said = f"{file}:1:1: (file): is not a list; expected entries that start with '- '"
    assert faults(with_file(tmp_path, file, "id: soup\n")) == [said]


@pytest.mark.parametrize("file", [*FILES.values(), HALL])
def test_a_file_without_a_sound_entry_is_the_only_fault_it_makes(file: str, tmp_path: Path) -> None:
    said = f"{file}:1:3: entry 1: has no fields; expected fields such as 'id: a-name'"
    assert faults(with_file(tmp_path, file, "- soup\n")) == [said]


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "- roles\n", "roles\n"])
def test_a_vocabulary_without_lists_is_the_only_fault_it_makes(
    content: str, tmp_path: Path
) -> None:
    assert faults(with_file(tmp_path, "vocabulary.yml", content)) == [
        "vocabulary.yml:1:1: (file): is not a set of lists; "
        "expected the fields roles, hats, stages, priorities, kinds"
    ]


def test_a_vocabulary_that_breaks_off_is_the_only_fault_it_makes(tmp_path: Path) -> None:
    change = Change("stages:\n", "stages: [\n", file="vocabulary.yml")
    [said] = faults(with_change(tmp_path, change))
    assert said.startswith("vocabulary.yml:34:3: (file): not YAML: ")


def test_an_empty_file_is_an_empty_list(tmp_path: Path) -> None:
    assert faults(with_file(tmp_path, "pitfalls.yml", "")) == [
        f"{KITCHEN}:21:14: soup-heat: pitfalls 'cold-soup' is unknown; "
        "expected nothing: the list is empty"
    ]


def test_an_empty_file_of_questions_is_no_fault(tmp_path: Path) -> None:
    assert faults(with_file(tmp_path, "questions/cellar.yml", "# none yet\n")) == []


def test_a_file_of_questions_with_another_ending_is_not_passed_over(tmp_path: Path) -> None:
    data = with_file(tmp_path, "questions/cellar.yaml", "")
    said = "questions/cellar.yaml:1:1: (file): the file is not read; expected the name cellar.yml"
    assert faults(data) == [said]
    assert data / "questions/cellar.yaml" in data_files(data)


@pytest.mark.parametrize(
    ("name", "guess"), [("kichten", "; did you mean 'kitchen'?"), ("cellar", "")]
)
def test_a_file_of_an_unknown_role_is_named(name: str, guess: str, tmp_path: Path) -> None:
    data = copy_of_tiny(tmp_path)
    (data / KITCHEN).rename(data / f"questions/{name}.yml")
    assert faults(data) == [
        f"questions/{name}.yml:3:1: (file): the file's name '{name}' is not a role; "
        f"expected one of kitchen, hall{guess}"
    ]


def test_what_is_read_is_what_was_written(tiny: Playbook) -> None:
    soup, odd, guests, menu = tiny.questions
    assert soup.good_answer == (
        "Seventy degrees at the pass, sixty at the table; the host measures two dishes a night."
    )
    assert soup.needs == ("guest-count",)
    assert soup.was == ("soup-warmth",)
    assert soup.from_post
    assert odd.title == "={{x}} <b>|*_ {:#x} #"
    assert odd.applies_to == ("any",)
    assert guests.since == date(2026, 11, 23)
    assert not menu.live


def test_questions_stand_in_the_order_of_the_roles_then_of_the_files(tiny: Playbook) -> None:
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
    assert tiny.places["menu-colour"] == (HALL, 17, 3)
