"""Which YAML is read and how; what a file may not hold, and how that is said."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.load import yaml_file
from macros.load.entries import FILES
from macros.load.yaml_file import read_yaml
from macros.model.question import Playbook
from macros.playbook import read_playbook
from tests.data.helpers import (
    BROKEN,
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

FAULTS = changes("yaml.txt")

# As typed without quotes, and as read.
PLAIN = {
    "010": "010",
    "yes": "yes",
    "no": "no",
    "on": "on",
    "off": "off",
    "1:30": "1:30",
    "1_000": "1_000",
    "0x10": "0x10",
    "1e3": "1e3",
    ".5": ".5",
    "True": "True",
    "Null": "Null",
    "2026-11-23": "2026-11-23",
    "=": "=",
    "12345678901234567890": "12345678901234567890",
    "12": 12,
    "-3": -3,
    "0": 0,
    "0.5": 0.5,
    "-1.25": -1.25,
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
    "'12'": "12",
    '"true"': "true",
    "! 12": "12",
}


def read(folder: Path, content: str | bytes) -> tuple[object, list[str]]:
    """Read one file that holds `content`: its data and its faults."""
    path = folder / "file.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    document, problems = read_yaml(path, "file.yml")
    return document.data, [str(problem) for problem in problems]


def kitchen_with(old: bytes, new: bytes) -> bytes:
    """Return the kitchen's file with some bytes replaced."""
    return (TINY / KITCHEN).read_bytes().replace(old, new)


@pytest.mark.parametrize("change", FAULTS.values(), ids=FAULTS)
def test_what_a_file_may_not_hold_is_named_with_its_place(change: Change, tmp_path: Path) -> None:
    assert faults(with_change(tmp_path, change)) == list(change.says)


@pytest.mark.parametrize(("typed", "read_as"), PLAIN.items(), ids=PLAIN)
def test_a_bare_word_is_what_it_looks_like(typed: str, read_as: object, tmp_path: Path) -> None:
    data, said = read(tmp_path, f"- {typed}\n")
    assert (data, said) == ([read_as], [])
    assert isinstance(data, list)
    assert type(data[0]) is type(read_as)


def test_line_ends_and_runs_of_spaces_are_not_content(tmp_path: Path) -> None:
    written = (
        "- >-\n  one\n  two\n\n  three\n- |\n  four\n  five\n- 'six\n  seven'\n- eight  nine\n"
    )
    said = ["one two three", "four five", "six seven", "eight nine"]
    assert read(tmp_path, written) == (said, [])


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\r", "\x1b", "\x7f", "\x80", "\x85", "\u2028", "\ufeff", "\uffff"],
)
def test_a_character_that_cannot_be_seen_is_named(character: str, tmp_path: Path) -> None:
    raw = kitchen_with(b"title: Soup heat", f"title: Soup{character}heat".encode())
    number = f"U+{ord(character):04X}"
    assert faults(with_file(tmp_path, KITCHEN, raw)) == [
        f"{KITCHEN}:4:14: (file): control character {number}; expected text that can be seen"
    ]


INVISIBLE = {
    "\u00ad": "U+00AD, SOFT HYPHEN",
    "\u200b": "U+200B, ZERO WIDTH SPACE",
    "\u200d": "U+200D, ZERO WIDTH JOINER",
    "\u200f": "U+200F, RIGHT-TO-LEFT MARK",
    "\u202e": "U+202E, RIGHT-TO-LEFT OVERRIDE",
    "\u2060": "U+2060, WORD JOINER",
    "\u2067": "U+2067, RIGHT-TO-LEFT ISOLATE",
    "\u3164": "U+3164, HANGUL FILLER",
    "\ufe0f": "U+FE0F, VARIATION SELECTOR-16",
    "\U000e0041": "U+E0041, TAG LATIN CAPITAL LETTER A",
}


@pytest.mark.parametrize(("sign", "name"), INVISIBLE.items(), ids=INVISIBLE.values())
@pytest.mark.parametrize(
    ("typed", "place"),
    [(b"id: soup-@heat", "3:12"), (b"ti@tle: Soup heat", "4:5"), (b"title: Soup @heat", "4:15")],
    ids=["id", "field", "text"],
)
def test_an_invisible_sign_is_the_only_fault_it_makes(
    typed: bytes, place: str, sign: str, name: str, tmp_path: Path
) -> None:
    raw = kitchen_with(typed.replace(b"@", b""), typed.replace(b"@", sign.encode()))
    assert faults(with_file(tmp_path, KITCHEN, raw)) == [
        f"{KITCHEN}:{place}: (file): invisible sign {name}; expected text that can be seen"
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("  title: Soup", "@@title: Soup", 1),
        ("  title: Soup", " @title: Soup", 2),
        ("  title: Soup", "  title:@Soup", 9),
    ],
)
@pytest.mark.parametrize(
    ("space", "name"), {"\u00a0": "NO-BREAK SPACE", "\u3000": "IDEOGRAPHIC SPACE"}.items()
)
def test_a_space_that_yaml_takes_for_a_letter_is_the_only_fault_it_makes(
    old: str, new: str, column: int, space: str, name: str, tmp_path: Path
) -> None:
    raw = kitchen_with(old.encode(), new.replace("@", space).encode())
    assert faults(with_file(tmp_path, KITCHEN, raw)) == [
        f"{KITCHEN}:4:{column}: (file): U+{ord(space):04X}, {name}, stands for a space; "
        "expected a space"
    ]


def test_a_space_that_keeps_a_number_with_its_unit_is_text(tmp_path: Path) -> None:
    assert read(tmp_path, "- id: a\n  why: Ten\u00a0% of 5\u202fkg.\n") == (
        [{"id": "a", "why": "Ten % of 5 kg."}],
        [],
    )


@pytest.mark.parametrize(
    ("escape", "number"), [(r"\0", "0000"), (r"\e", "001B"), (r"\x7f", "007F"), (r"\N", "0085")]
)
def test_a_control_character_spelt_as_an_escape_is_named(
    escape: str, number: str, tmp_path: Path
) -> None:
    raw = kitchen_with(b"title: Soup heat", f'title: "Soup {escape} heat"'.encode())
    assert faults(with_file(tmp_path, KITCHEN, raw)) == [
        f"{KITCHEN}:4:10: soup-heat: control character U+{number}; expected text that can be seen"
    ]


def test_a_byte_that_is_not_utf_8_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    raw = kitchen_with(b"title: Soup heat", b"title: S\xf6\xfcp\n  stagee: x")
    said = faults(with_file(tmp_path, KITCHEN, raw))
    assert [message.split("; expected id")[0] for message in said] == [
        f"{KITCHEN}:4:11: (file): byte 0xf6 is not UTF-8; expected a file saved as UTF-8",
        f"{KITCHEN}:5:3: soup-heat: unknown field 'stagee'",
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_files_of_every_editor_read_alike(
    mark: bytes, end: bytes, tmp_path: Path, tiny: Playbook
) -> None:
    data = copy_of_tiny(tmp_path)
    for path in data.rglob("*.yml"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    assert read_playbook(data, data) == tiny


def test_places_count_characters_not_bytes(tmp_path: Path) -> None:
    raw = kitchen_with(b"[how hot, is it warm,", "[hot 😀 é, 7,".encode())
    [said] = faults(with_file(tmp_path, KITCHEN, raw))
    assert said.startswith(f"{KITCHEN}:12:29: soup-heat: 'search_phrases[2]' is the number 7")


def test_an_alias_bomb_is_not_set_off(tmp_path: Path) -> None:
    lines = ["- &a0 [x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    data, said = read(tmp_path, "\n".join(lines))
    assert data == [["x"], *[[None] * 9] * 29]
    assert len(said) == 30 + 29 * 9
    assert all(message.endswith("is not allowed; expected the text itself") for message in said)


def test_a_bomb_of_brackets_is_not_set_off(tmp_path: Path) -> None:
    _, said = read(tmp_path, "[" * 2_000)
    assert said == ["file.yml:1:13: (file): nested too deeply; expected at most 12 levels"]


def test_twelve_levels_are_not_too_deep(tmp_path: Path) -> None:
    _, said = read(tmp_path, "[" * 12 + "]" * 12)
    assert said == []


def test_nobody_hears_that_an_entry_below_a_break_is_unknown(tmp_path: Path) -> None:
    change = Change("# Questions for the hall.\n", "- id: two-words: b\n", file=HALL)
    [said] = faults(with_change(tmp_path, change))
    assert said.startswith(f"{HALL}:1:16: (file): not YAML: ")


@pytest.mark.parametrize("file", ["vocabulary.yml", *FILES.values(), HALL])
@pytest.mark.parametrize("slip", ["- id: two: words\n", "<<<<<<< HEAD\n"])
def test_a_file_that_breaks_off_is_the_only_fault_it_makes(
    file: str, slip: str, tmp_path: Path
) -> None:
    data = copy_of_tiny(tmp_path)
    (data / file).write_text(slip + (data / file).read_text("utf-8"), "utf-8")
    [said] = faults(data)
    assert said.startswith(f"{file}:1:")


def test_both_of_two_files_with_a_break_are_named(tmp_path: Path) -> None:
    first = Change("- id: guest-count\n", "- id: guest-count: x\n", file=HALL)
    second = Change("- id: soup-heat\n", "- id: @soup-heat\n")
    said = faults(with_change(tmp_path, first, second))
    assert [message.split(": not YAML")[0] for message in said] == [
        f"{HALL}:3:18: (file)",
        f"{KITCHEN}:3:7: (file)",
    ]


def test_the_slower_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines without libyaml have only the slower one."""
    paths = [*TINY.rglob("*.yml"), *BROKEN.rglob("*.yml")]
    read_fast = [read_yaml(path, path.name) for path in paths]
    monkeypatch.setattr(yaml_file, "_Loader", yaml.SafeLoader)
    for path, (fast, said) in zip(paths, read_fast, strict=True):
        slow, slowly_said = read_yaml(path, path.name)
        assert slow.data == fast.data, path
        assert slowly_said == said, path
        places = [[document.place(route) for route in fast.values] for document in (slow, fast)]
        assert places[0] == places[1], path


@given(st.integers(0, 900), st.integers(0, 40), st.text(max_size=8) | st.binary(max_size=4))
def test_whatever_is_typed_ends_in_messages(at: int, cut: int, typed: str | bytes) -> None:
    raw = (TINY / KITCHEN).read_bytes()
    new = typed.encode(errors="surrogatepass") if isinstance(typed, str) else typed
    with TemporaryDirectory() as folder:
        data = with_file(Path(folder), KITCHEN, raw[:at] + new + raw[at + cut :])
        for message in faults(data):
            assert re.fullmatch(r"[\w/.]+:\d+:\d+: .+", message)
            assert message.encode()
