"""`python -m macros`: what each command prints, writes and returns."""

from __future__ import annotations

import io
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from macros.__main__ import PIPE_CLOSED, main, run_in_terminal
from macros.export.downloads import SCHEMAS, data_schema, files
from macros.export.search_index import search_index
from macros.export.site import Site
from macros.load.experiment_results import experiment_files
from macros.model.question import Playbook
from macros.problems import Problem, SourceLocation, annotation
from tests.tiny import (
    BROKEN,
    MENU,
    ROOT,
    SOUP,
    TINY,
    Change,
    copy_of_tiny,
    with_change,
    with_file,
    written_out,
)


def written(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its address."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_many_faults_in_one_file_are_all_named_on_a_line_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--data", str(BROKEN), "check"]) == 1
    expected = written_out((BROKEN / "messages.txt").read_text("utf-8"))
    printed = capsys.readouterr()
    assert (printed.out.splitlines(), printed.err) == (expected.splitlines(), "")


def test_text_that_looks_like_a_program_is_no_fault() -> None:
    """The file of many faults holds such text, and no message is about it."""
    hostile = [
        f"{path.parent.name}/{path.name}:{number}:"
        for path in sorted((BROKEN / "questions").glob("*/*.yml"))
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), 1)
        if "{{ x }} {% y %}" in line and "<script>" in line and "| * {: #x }" in line
    ]
    messages = (BROKEN / "messages.txt").read_text("utf-8")
    assert hostile == ["kitchen/bread-count.yml:4:", "kitchen/soup-heat.yml:6:"]
    assert not any(place in messages for place in hostile)


def test_sound_data_is_counted_and_nothing_else_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--data", str(TINY), "check"]) == 0
    assert capsys.readouterr() == ("4 questions, 2 sources: no problem found\n", "")


def test_the_data_of_the_playbook_itself_is_checked_unless_another_folder_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["check"])
    printed = capsys.readouterr().out
    assert status == 0, printed
    assert printed.endswith(" sources: no problem found\n")
    assert not printed.startswith("4 questions")


def test_one_fault_is_one_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(with_file(tmp_path, MENU, "soup\n")), "check"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "1 problem. What each field holds: CONTRIBUTING.md"
    )


@pytest.mark.parametrize("name", ["none", "file", "circle"])
def test_what_is_no_folder_is_named_once(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(SystemExit) as ended:
        main(["--data", str(tmp_path / name), "check"])
    assert ended.value.code == 2
    said = f"error: {tmp_path / name}: is not a folder; expected the one with the data\n"
    assert capsys.readouterr().err.endswith(said)


def test_the_export_writes_every_generated_file_and_no_other(
    tmp_path: Path, tiny: Playbook, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [str(tmp_path / "new" / "site"), "--site-name", "The inn"]
    assert main(["--data", str(TINY), "export", *options]) == 0
    made = files(tiny, Site(name="The inn")) | experiment_files()
    made |= {"search/index.json": search_index(tiny, {})}
    expected = {address: text.encode() for address, text in made.items()}
    assert written(tmp_path / "new" / "site") == expected
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["export", "out"], ["schema"]], ids=["export", "schema"])
def test_faulty_data_is_not_written_out(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = with_file(tmp_path, MENU, "soup\n")
    monkeypatch.chdir(tmp_path)
    before = written(tmp_path)
    assert main(["--data", str(data), *command]) == 1
    assert written(tmp_path) == before


def test_the_schemas_are_written_into_the_data_folder(tmp_path: Path, tiny: Playbook) -> None:
    data = copy_of_tiny(tmp_path)
    assert main(["--data", str(data), "schema"]) == 0
    assert written(data / "schema") == {
        f"{name}.schema.json": data_schema(name, tiny.vocabulary).encode() for name in SCHEMAS
    }


@pytest.mark.parametrize("arguments", [[], ["export"], ["chek"]])
def test_a_command_that_is_none_prints_what_there_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m macros" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_letter_that_the_terminal_lacks_is_spelt_out(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = "stage: {}\npriority: must\n"
    data = with_change(tmp_path, Change(stage.format("serve"), stage.format("frame→data")))
    printed = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, encoding=encoding))
    assert run_in_terminal(["--data", str(data), "check"]) == 1
    assert b"'stage' is 'frame\\u2192data'" in printed.getvalue()


def test_a_reader_who_has_seen_enough_hears_nothing_more() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "macros", "--data", str(BROKEN), "check"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == PIPE_CLOSED


def test_an_output_that_is_full_is_one_sentence() -> None:
    done = shell(f"macros --data {TINY} check >/dev/full")
    said = "python -m macros: the output: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_closed_output_does_not_change_the_verdict() -> None:
    assert shell(f"macros --data {TINY} check >&- 2>&-").returncode == 0


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `macros` is the command, as a contributor does."""
    line = command.replace("macros", f"{shlex.quote(sys.executable)} -m macros", 1)
    return subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("file", "file/downloads: Not a directory"),
        ("taken", "taken/downloads/questions.json: Is a directory"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_sentence(
    folder: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "taken/downloads/questions.json").mkdir(parents=True)
    monkeypatch.setattr("macros.__main__._drop_output", lambda: None)
    assert run_in_terminal(["--data", str(TINY), "export", str(tmp_path / folder)]) == 1
    assert capsys.readouterr() == ("", f"python -m macros: {tmp_path}/{said}\n")


@pytest.fixture
def heeding_interrupts() -> Iterator[None]:
    """Where the tests run in the background, what they start would ignore an interrupt too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("module", ["argparse", "yaml", "pydantic"])
@pytest.mark.usefixtures("heeding_interrupts")
def test_a_command_that_is_interrupted_says_nothing(module: str, tmp_path: Path) -> None:
    """At the start, the middle and the end of what it loads, which takes most of its time."""
    stop = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n"
    (tmp_path / f"{module}.py").write_text(stop, "utf-8")
    done = shell("macros check; echo $?", PYTHONPATH=str(tmp_path))
    assert (done.stdout, done.stderr) == ("130\n", "")


def test_on_github_each_problem_is_an_annotation_of_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = with_change(tmp_path, Change("title: Soup heat\n", "title: 7\n"))
    assert main(["--data", str(data), "check"]) == 1
    plain = capsys.readouterr().out.splitlines()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["--data", str(data), "check"]) == 1
    first, *between, last, annotated = capsys.readouterr().out.splitlines()
    assert between == plain
    token = first.removeprefix("::stop-commands::")
    assert len(token) >= 32
    assert last == f"::{token}::"
    assert annotated == (
        f"::error file={SOUP},line=1,col=8,title=soup-heat::'title' is the number 7; "
        "expected text; numbers, true and false need quotes to be text"
    )


def test_no_text_ends_an_annotation_or_starts_another() -> None:
    hostile = "a,b:c=%0A\r\n::error file=x::y"
    said = annotation(Problem(SourceLocation(hostile, 1, 2), hostile, hostile, hostile, hostile))
    assert len(said.splitlines()) == 1
    command, properties, message = said[2:].replace(" ", "::", 1).split("::", 2)
    assert command == "error"
    parts = [each.partition("=") for each in properties.split(",")]
    assert [name for name, _, _ in parts] == ["file", "line", "col", "title"]
    assert [unquote(value) for _, _, value in parts] == [hostile, "1", "2", hostile]
    assert unquote(message) == f"{hostile}; expected {hostile}; did you mean '{hostile}'?"


def test_a_name_cannot_speak_to_the_runner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy_of_tiny(tmp_path) / "::error::hacked.yml").touch()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["--data", str(tmp_path / "data"), "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    heard = lines[lines.index(lines[0].replace("::stop-commands", "") + "::") + 1 :]
    assert [each.partition(",")[0] for each in heard] == [
        "::error file=%3A%3Aerror%3A%3Ahacked.yml"
    ]
