"""`python -m macros check | export DIR | schema`: the same code as the site build, without it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from macros.experiments import experiment_files
from macros.export import SCHEMAS, data_schema, files
from macros.problem import DataError
from macros.read import read_playbook, read_project

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command. In: the command line. Out: the exit status, 1 where data is at fault."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    parser.add_argument("--data", type=Path, help="the data folder (docs/data)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check the data files and name every fault")
    export = commands.add_parser("export", help="write the downloads, short links and experiments")
    export.add_argument("directory", type=Path)
    commands.add_parser("schema", help="rewrite the editor's schemas in the data folder")
    options = parser.parse_args(arguments)
    data = (options.data or ROOT / "docs" / "data").resolve()
    try:
        if options.command == "check" and data == ROOT / "docs" / "data":
            playbook = read_project(ROOT)
        else:
            playbook = read_playbook(ROOT if data.is_relative_to(ROOT) else data, data)
    except DataError as error:
        print(error)
        count = len(error.problems)
        noun = "problem" if count == 1 else "problems"
        print(f"{count} {noun}. What each field holds: CONTRIBUTING.md")
        return 1
    if options.command == "check":
        counts = f"{len(playbook.questions)} questions, {len(playbook.sources)} sources"
        print(f"{counts}: no problem found")
    elif options.command == "export":
        _write(options.directory, files(playbook) | experiment_files())
    else:
        made = {f"{name}.schema.json": data_schema(name, playbook.vocabulary) for name in SCHEMAS}
        _write(data / "schema", made)
    return 0


def _write(directory: Path, texts: dict[str, str]) -> None:
    for address, text in texts.items():
        path = directory / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


if __name__ == "__main__":
    sys.exit(main())
