"""`python -m macros check | new | record | pages | export | cards | schema`: all but a build."""

from __future__ import annotations

import signal

# First of all, Ctrl-C ends the program at once and in silence. As an exception it would come out of
# whatever is being imported, with a traceback. Who ignores it (nohup) goes on ignoring it.
if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import gc
import os
import sys
from types import ModuleType

if __name__ == "__main__":
    # A run ends within a second or two, so that looking for garbage costs more than it saves.
    gc.disable()
    # Nothing here uses a plugin of pydantic. What looks for some imports twenty modules, even
    # where PYDANTIC_DISABLE_PLUGINS is set, so that an empty one takes its place.
    sys.modules["pydantic.plugin._loader"] = no_plugins = ModuleType("no_plugins")
    vars(no_plugins)["get_plugins"] = tuple

import argparse
import contextlib
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from macros.lookup import MacroError
from macros.model.question import Playbook
from macros.playbook import read_playbook, read_project
from macros.problems import DataError, Problem, annotation, reason

if TYPE_CHECKING:
    from macros.export.cards import Card

ROOT = Path(__file__).resolve().parent.parent
STYLES = "docs/assets/playbook.css"
ASSETS = "assets"
DRAWN = ".cache/cards"
# What a shell reports for a program that the signal ended: 128 and the signal's number.
PIPE_CLOSED = 141


def run_in_terminal(arguments: list[str] | None = None) -> int:
    """Run one command so that whatever goes wrong outside the data is a sentence, not a traceback.

    Args:
        arguments: The command line; that of this program where it is left out.

    Returns:
        The exit status: 1 where data or files are at fault, else what a shell would report.
    """
    for stream in (sys.stdout, sys.stderr):
        # A message that holds a letter the terminal lacks is still worth reading.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            return main(arguments)
        finally:
            if sys.stdout:  # Python has none where the shell closed it.
                sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except (OSError, MacroError) as error:
        _drop_output()
        said = reason(error) if isinstance(error, OSError) else str(error)
        with contextlib.suppress(OSError):
            print(f"python -m macros: {said}", file=sys.stderr)
        return 1


def _drop_output() -> None:
    """Keep Python from writing what is left in its buffer, and from complaining that it cannot."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line; that of this program where it is left out.

    Returns:
        The exit status, 1 where data is at fault.

    Raises:
        OSError: A file or the output cannot be written.
        MacroError: The results of an experiment cannot be read.
    """
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    parser.add_argument("--data", type=Path, help="the data folder (docs/data)")
    # With `prog`, argparse need not look how wide the terminal is.
    commands = parser.add_subparsers(dest="command", required=True, prog=parser.prog)
    commands.add_parser("check", help="check the data files and name every fault")
    pages = commands.add_parser("pages", help="write the questions' pages for another generator")
    pages.add_argument("directory", type=Path)
    export = commands.add_parser("export", help="write what is published beside the pages")
    export.add_argument("directory", type=Path)
    export.add_argument(
        "--site-url",
        default=os.environ.get("SITE_URL", ""),
        help="the address of the site (SITE_URL), for the addresses in the files",
    )
    export.add_argument("--site-name", help="by default that of mkdocs.yml")
    export.add_argument(
        "--has-cards", action="store_true", help="whether `cards` is run for this site too"
    )
    export.add_argument(
        "--readable", action="store_true", help="leave comments and blanks in styles"
    )
    drawn = commands.add_parser("cards", help="draw the picture of each page for link previews")
    drawn.add_argument("directory", type=Path)
    drawn.add_argument("--site-name", help="by default that of mkdocs.yml")
    commands.add_parser("schema", help="rewrite the editor's schemas in the data folder")
    commands.add_parser("record", help="add to published.txt what it lacks")
    new = commands.add_parser("new", help="write a question, term, source or page to fill in")
    kinds = new.add_subparsers(dest="kind", required=True, prog=new.prog)
    question = kinds.add_parser(
        "question", help="for example: new question engineering alarm-value"
    )
    question.add_argument("role")
    question.add_argument("name", metavar="id")
    for kind, name in (("term", "id"), ("source", "id"), ("page", "path")):
        kinds.add_parser(kind).add_argument("name", metavar=name)
    options = parser.parse_args(arguments)
    # Path.resolve raises where links lead round in a circle.
    data = Path(os.path.realpath(options.data or ROOT / "docs" / "data"))
    if not data.is_dir():
        parser.error(f"{options.data or data}: is not a folder; expected the one with the data")
    root = ROOT if data.is_relative_to(ROOT) else data
    try:
        if options.command in ("new", "record"):
            return _contribute(options, data, root)
        if options.command == "check" and data == ROOT / "docs" / "data":
            playbook = read_project(ROOT)
        else:
            playbook = read_playbook(root, data)
    except DataError as error:
        _print_problems(error.problems)
        return 1
    if options.command == "check":
        counts = f"{len(playbook.questions)} questions, {len(playbook.sources)} sources"
        print(f"{counts}: no problem found")
    elif options.command == "pages":
        _write_pages(playbook, options.directory)
    elif options.command == "export":
        _export(playbook, options)
    elif options.command == "cards":
        draw_cards(planned_cards(playbook, options.site_name or _site_name()), options.directory)
    else:
        _write_schemas(playbook, data / "schema")
    return 0


# What these import takes longer than a check, which is run most and needs none of it.


def _contribute(options: argparse.Namespace, data: Path, root: Path) -> int:
    from macros.contribute import Contribution, RefusedError

    made = Contribution(data, root, date.today())
    try:
        if options.command == "record":
            lines = made.record()
            print("\n".join(f"added: {line}" for line in lines) or "nothing is missing")
            return 0
        names = (options.role, options.name) if options.kind == "question" else (options.name,)
        for path in getattr(made, options.kind)(*names):
            print(path.relative_to(root) if path.is_relative_to(root) else path)
    except RefusedError as error:
        print(f"python -m macros new {options.kind}: {error}", file=sys.stderr)
        return 1
    if options.kind == "page":
        print(f"next: add {options.name.removesuffix('.md')}.md to 'nav' in mkdocs.yml")
    print("then fill it in, and run `make check`, which says what is left to write")
    return 0


def _write_pages(playbook: Playbook, directory: Path) -> None:
    from macros.render.made_pages import made_pages

    address, branch = os.environ.get("REPO_URL") or "", os.environ.get("REPO_BRANCH") or "main"
    _write(directory, made_pages(playbook, address, f"edit/{branch}/docs/"))


def _export(playbook: Playbook, options: argparse.Namespace) -> None:
    from macros.export.downloads import files
    from macros.export.light_styles import lightened
    from macros.export.search_index import search_index
    from macros.export.site import Site
    from macros.load.experiment_results import experiment_files

    directory = options.directory
    site = Site(options.site_url, options.site_name or _site_name(), options.has_cards)
    _write(directory, files(playbook, site) | experiment_files())
    if not options.readable:
        _write(directory / ASSETS, lightened(directory / ASSETS))
    pages = {
        path.parent.relative_to(directory).as_posix(): path.read_text("utf-8")
        for path in directory.rglob("index.html")
    }
    pages = {"" if name == "." else f"{name}/": html for name, html in pages.items()}
    _write(directory, {"search/index.json": search_index(playbook, pages)})


def _site_name() -> str:
    from macros.load.settings import SETTINGS, read_settings

    return str(read_settings(ROOT / SETTINGS).value("site_name") or "")


def planned_cards(playbook: Playbook, site_name: str) -> Mapping[str, Card]:
    """Return what the picture of each page says, by the page's address from the site's root."""
    from macros.export.cards import cards, light_colours
    from macros.load.project_files import read_project_files

    colours = light_colours((ROOT / STYLES).read_text("utf-8"))
    return cards(playbook, read_project_files(ROOT).pages, site_name, colours)


def draw_cards(planned: Mapping[str, Card], directory: Path) -> None:
    """Write the pictures of pages. Those that were drawn before are taken from the cache.

    Args:
        planned: What each says, by the page's address.
        directory: The site's root.

    Raises:
        OSError: A picture cannot be written.
        ImportError: Pillow is not installed.
    """
    from macros.export.card_pictures import picture
    from macros.export.cards import path_of

    for address, card in planned.items():
        path = directory / path_of(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(card, ROOT / DRAWN))


def _write_schemas(playbook: Playbook, directory: Path) -> None:
    from macros.export.downloads import SCHEMAS, data_schema

    made = {f"{name}.schema.json": data_schema(name, playbook.vocabulary) for name in SCHEMAS}
    _write(directory, made)


def _print_problems(problems: Iterable[Problem]) -> None:
    """Print a line for each problem; under GitHub Actions, annotate the lines they are in too."""
    lines = [str(problem) for problem in problems]
    noun = "problem" if len(lines) == 1 else "problems"
    lines.append(f"{len(lines)} {noun}. What each field holds: CONTRIBUTING.md")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        import secrets

        # The lines quote data. Between these two, the runner takes nothing for a command.
        token = secrets.token_hex()
        lines = [f"::stop-commands::{token}", *lines, f"::{token}::"]
        lines += [annotation(problem) for problem in problems]
    print("\n".join(lines))


def _write(directory: Path, texts: dict[str, str]) -> None:
    for address, text in texts.items():
        path = directory / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


if __name__ == "__main__":
    status = run_in_terminal()
    # Python would take apart all that was read, piece by piece, and nothing is left to be written.
    os._exit(status)
