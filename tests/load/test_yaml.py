"""Which YAML is read and how; what a file may not hold, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from macros.load import yaml_file
from macros.load.entries import FILES
from macros.load.yaml_file import KeyPath, read_yaml
from macros.model.question import Playbook
from macros.playbook import read_playbook
from tests.made_up import given, st
from tests.tiny import (
    BROKEN,
    MENU,
    SOUP,
    TINY,
    Change,
    changes,
    copy_of_tiny,
    faults,
    faults_after,
    faults_with,
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
}


def read(folder: Path, content: str | bytes) -> tuple[object, list[str]]:
    """Read one file that holds `content`: its data and its faults."""
    path = folder / "file.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    document, problems = read_yaml(path, "file.yml")
    return document.data, [str(problem) for problem in problems]


def soup_with(old: bytes, new: bytes) -> bytes:
    """Return the soup's file with some bytes replaced."""
    return (TINY / SOUP).read_bytes().replace(old, new)


@pytest.mark.parametrize("change", FAULTS.values(), ids=FAULTS)
def test_what_a_file_may_not_hold_is_named_with_its_place(change: Change, tiny_copy: Path) -> None:
    assert faults_after(tiny_copy, change) == list(change.says)


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
def test_a_character_that_cannot_be_seen_is_named(character: str, tiny_copy: Path) -> None:
    raw = soup_with(b"title: Soup heat", f"title: Soup{character}heat".encode())
    number = f"U+{ord(character):04X}"
    assert faults_with(tiny_copy, SOUP, raw) == [
        f"{SOUP}:1:12: (file): control character {number}; expected text that can be seen"
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
    [
        (b"needs: [guest-@count]", "13:15"),
        (b"ti@tle: Soup heat", "1:3"),
        (b"title: Soup @heat", "1:13"),
    ],
    ids=["id", "field", "text"],
)
def test_an_invisible_sign_is_the_only_fault_it_makes(
    typed: bytes, place: str, sign: str, name: str, tiny_copy: Path
) -> None:
    raw = soup_with(typed.replace(b"@", b""), typed.replace(b"@", sign.encode()))
    assert faults_with(tiny_copy, SOUP, raw) == [
        f"{SOUP}:{place}: (file): invisible sign {name}; expected text that can be seen"
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("    reason: It", "@@@@reason: It", 1),
        ("    reason: It", "   @reason: It", 4),
        ("    reason: It", "    reason:@It", 12),
    ],
)
@pytest.mark.parametrize(
    ("space", "name"), {"\u00a0": "NO-BREAK SPACE", "\u3000": "IDEOGRAPHIC SPACE"}.items()
)
def test_a_space_that_yaml_takes_for_a_letter_is_the_only_fault_it_makes(
    old: str, new: str, column: int, space: str, name: str, tiny_copy: Path
) -> None:
    raw = soup_with(old.encode(), new.replace("@", space).encode())
    assert faults_with(tiny_copy, SOUP, raw) == [
        f"{SOUP}:17:{column}: (file): U+{ord(space):04X}, {name}, stands for a space; "
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
    escape: str, number: str, tiny_copy: Path
) -> None:
    raw = soup_with(b"title: Soup heat", f'title: "Soup {escape} heat"'.encode())
    assert faults_with(tiny_copy, SOUP, raw) == [
        f"{SOUP}:1:8: (file): control character U+{number}; expected text that can be seen"
    ]


def test_a_byte_that_is_not_utf_8_is_named_and_the_rest_is_read(tiny_copy: Path) -> None:
    raw = soup_with(b"title: Soup heat", b"title: S\xf6\xfcp\nstagee: x")
    said = faults_with(tiny_copy, SOUP, raw)
    assert [message.split("; expected title")[0] for message in said] == [
        f"{SOUP}:1:9: (file): byte 0xf6 is not UTF-8; expected a file saved as UTF-8",
        f"{SOUP}:2:1: soup-heat: unknown field 'stagee'",
    ]


def test_a_file_in_another_encoding_is_one_fault(tmp_path: Path) -> None:
    text = (TINY / SOUP).read_text("utf-8")
    raw = re.sub("soup", "süp", text, flags=re.IGNORECASE).encode("cp1252")
    _, said = read(tmp_path, raw)
    assert said == ["file.yml:1:9: (file): byte 0xfc is not UTF-8; expected a file saved as UTF-8"]
    _, said = read(tmp_path, text.encode("utf-16"))
    assert said == [
        "file.yml:1:1: (file): the file is saved as UTF-16; expected a file saved as UTF-8"
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


def test_places_count_characters_not_bytes(tiny_copy: Path) -> None:
    raw = soup_with(b"[how hot, is it warm,", "[hot 😀 é, 7,".encode())
    [said] = faults_with(tiny_copy, SOUP, raw)
    assert said.startswith(f"{SOUP}:9:27: soup-heat: 'search_phrases[2]' is the number 7")


ALIASES = [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
BOMBS = {
    "aliases": ("\n".join(["- &a0 [x]", *ALIASES]), "1:3: (file): anchor '&a0' is not allowed"),
    "circle": ("- &a [*a]\n", "1:3: (file): anchor '&a' is not allowed"),
    "brackets": ("[" * 2_000, "1:12: (file): nested too deeply"),
    "braces": ("{" * 2_000, "1:12: (file): nested too deeply"),
    "dashes": ("- " * 2_000, "1:23: (file): nested too deeply"),
    "question marks": ("? " * 2_000, "1:23: (file): nested too deeply"),
    "steps": ("".join(f"{' ' * n}a:\n" for n in range(500)), "12:12: (file): nested too deeply"),
}


@pytest.mark.parametrize(("text", "place"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_not_set_off(text: str, place: str, tmp_path: Path) -> None:
    data, [said] = read(tmp_path, text)
    assert data is None
    assert said.startswith(f"file.yml:{place}")


def test_twelve_levels_are_not_too_deep(tmp_path: Path) -> None:
    _, said = read(tmp_path, "[" * 12 + "]" * 12)
    assert said == []


def test_nobody_hears_that_an_entry_below_a_break_is_unknown(tiny_copy: Path) -> None:
    change = Change(
        "- id: cook-2020\n", "- id: cook-2019: b\n- id: cook-2020\n", file="sources.yml"
    )
    [said] = faults_after(tiny_copy, change)
    assert said.startswith("sources.yml:1:16: (file): not YAML: ")


BREAKS = {
    "colon": b"- id: two: words\n",
    "merge": b"<<<<<<< HEAD\n",
    "open quote": b"- id: 'word\n",
    "open double quote": b'- id: "word\n',
    "closed quote": b"- id: 'a' word\n",
    "open list": b"- id: [a, b\n",
    "open braces": b"- id: {a: b\n",
    "closed list": b"- id: ]\n",
    "at-sign": b"- id: @a\n",
    "percent sign": b"- id: %a\n",
    "directive": b"%YAML\n---\n",
    "escape": b'- id: "\\q"\n',
    "anchor": b"- id: &a b\n",
    "alias": b"- id: *a\n",
    "tag": b"- id: !a b\n",
    "key of lists": b"- [a]: b\n",
    "template": b"- id: {{ a }}\n",
    "indentation": b"- id: a\n title: b\n",
    "fields, then a list": b"id: a\n- id: b\n",
    "second document": b"- id: a\n---\n",
    "end of the document": b"- id: a\n...\n",
    "nesting": b"- id: [[[[[[[[[[[[[a]]]]]]]]]]]]]\n",
    "tab": b"- id: [a\n\t]: x\n",
    "UTF-16": b"\xff\xfe-\x00 \x00i\x00d\x00\n\x00",
    "picture": b"\x89PNG\r\n",
}


@pytest.mark.parametrize("slip", BREAKS.values(), ids=BREAKS)
def test_a_file_that_breaks_off_is_the_only_fault_it_makes(slip: bytes, tiny_copy: Path) -> None:
    for file in ("vocabulary.yml", *FILES.values(), MENU, SOUP):
        rest = b"" if slip.startswith((b"\xff", b"\x89")) else (TINY / file).read_bytes()
        said = faults_with(tiny_copy, file, slip + rest)
        assert len(said) == 1, said
        assert re.match(rf"{file}:\d+:\d+: \(file\): ", said[0])


@pytest.mark.parametrize("file", ["vocabulary.yml", "glossary.yml", SOUP])
def test_a_file_that_breaks_off_in_its_last_line_is_the_only_fault_it_makes(
    file: str, tmp_path: Path
) -> None:
    data = copy_of_tiny(tmp_path)
    with (data / file).open("a", encoding="utf-8") as end:
        end.write("  title: two: words\n")
    [said] = faults(data)
    assert said.startswith(f"{file}:")


def test_both_of_two_files_with_a_break_are_named(tiny_copy: Path) -> None:
    first = Change("title: Menu colour\n", "title: Menu: x\n", file=MENU)
    second = Change("title: Soup heat\n", "title: @Soup heat\n")
    said = faults_after(tiny_copy, first, second)
    assert [message.split(": not YAML")[0] for message in said] == [
        f"{MENU}:1:12: (file)",
        f"{SOUP}:1:8: (file)",
    ]


def test_the_slower_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines without libyaml have only the slower one."""
    paths = [*TINY.rglob("*.yml"), *BROKEN.rglob("*.yml")]
    read_fast = [read_yaml(path, path.name) for path in paths]
    monkeypatch.setattr(yaml_file, "_PARSER", yaml.SafeLoader)
    for path, (fast, said) in zip(paths, read_fast, strict=True):
        slow, slowly_said = read_yaml(path, path.name)
        assert slow is not fast, "read by one parser, and remembered"
        assert slow.data == fast.data, path
        assert slowly_said == said, path
        paths_of_values = list(key_paths(fast.data))
        assert [slow.location(each) for each in paths_of_values] == [
            fast.location(each) for each in paths_of_values
        ], path


def key_paths(data: object, above: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path to every value that a document holds."""
    yield above
    inner = data.items() if isinstance(data, dict) else ()
    for step, value in enumerate(data) if isinstance(data, list) else inner:
        yield from key_paths(value, (*above, step))


@given(st.integers(0, 900), st.integers(0, 40), st.text(max_size=8) | st.binary(max_size=4))
def test_whatever_is_typed_ends_in_messages(
    tiny_copy: Path, at: int, cut: int, typed: str | bytes
) -> None:
    raw = (TINY / SOUP).read_bytes()
    new = typed.encode(errors="surrogatepass") if isinstance(typed, str) else typed
    for message in faults_with(tiny_copy, SOUP, raw[:at] + new + raw[at + cut :]):
        assert re.fullmatch(r"[\w/.-]+:\d+:\d+: .+", message)
        assert message.encode()
