"""What is published beside the pages, as text. `files` says at which address each one goes.

Nothing here writes a file: see __main__.py and hooks.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Annotated, Any

from pydantic import Strict, TypeAdapter

from macros.export.cards import path_of
from macros.export.feed import feed
from macros.export.json_files import JsonFiles
from macros.export.json_schemas import DIALECT, JSON_FORMATS, json_schema
from macros.export.site import UNKNOWN_SITE, Site
from macros.export.worksheet_sample import worksheet_sample
from macros.load.entries import LISTS
from macros.model.question import Playbook, Question, QuestionText, Role, Vocabulary
from macros.render.escaping import environment, escape_dollars

BYTE_ORDER_MARK = "\ufeff"
# Blanks, invisible characters and quotes, which spreadsheets skip before a formula.
_PASSED_OVER = (
    r" \x00-\x08\v\f\x0e-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ufeff'\""
)
_CELL_START = re.compile(
    rf"\A(?='*[\t\r\n])|(?:\A|(?<=[;\t\r\n]))(?=[{_PASSED_OVER}]*[=+\-@＝＋－＠])"
)


# What an editor is told about each file, by the file's name; that of the lists follows their table.
SCHEMAS: dict[str, tuple[Any, str]] = {
    "questions": (QuestionText, ""),
    "vocabulary": (Vocabulary, ""),
    **{
        each.file.removesuffix(".yml"): (
            Annotated[tuple[each.model, ...], Strict(False)],  # type: ignore[name-defined]
            f"`{each.file}`: a list of {each.about}.",
        )
        for each in LISTS
        if each.about
    },
}

CSV_COLUMNS = (
    "id",
    "role",
    "title",
    "ask",
    "why",
    "good_answer",
    "warning_sign",
    "evidence",
    "stage",
    "priority",
    "job_titles",
    "applies_to",
    "needs",
    "search_phrases",
    "sources",
    "status",
    "since",
)


def files(playbook: Playbook, site: Site = UNKNOWN_SITE) -> dict[str, str]:
    """Return the text of every generated file, by its path from the site's root.

    Args:
        playbook: The playbook.
        site: The site, as far as it is known.
    """
    made = {f"downloads/{name}": make() for name, make in downloads(playbook, site).items()}
    made |= JsonFiles(playbook, site).question_files()
    for question in playbook.questions:
        for name in question.previous_ids:
            made[f"q/{name}/index.html"] = forwarding_page(question, site)
    made["assets/question-titles.json"] = titles_json(playbook)
    return made


def downloads(playbook: Playbook, site: Site = UNKNOWN_SITE) -> dict[str, Callable[[], str]]:
    """Return a function that makes each download, by file name."""
    json_files = JsonFiles(playbook, site)
    made: dict[str, Callable[[], str]] = {
        "questions.json": json_files.questions_json,
        "questions.csv": partial(questions_csv, playbook, site.root),
        "changes.json": json_files.changes_json,
        "changes.atom": partial(feed, json_files),
        "kickoff.md": partial(kickoff, playbook),
        "worksheet-sample.json": partial(worksheet_sample, playbook),
    }
    for name in JSON_FORMATS:
        made[f"schema/{name}.schema.json"] = partial(json_schema, name, playbook)
    for role in playbook.vocabulary.roles:
        made[f"kickoff-{role.id}.md"] = partial(kickoff, playbook, role)
    for name in SCHEMAS:
        made[f"schema/{name}.schema.json"] = partial(data_schema, name, playbook.vocabulary)
    return made


def questions_csv(playbook: Playbook, root: str = "") -> str:
    """Return the live questions as a table for spreadsheets, each with the address of its page.

    It starts with a byte order mark, so that Excel reads it as UTF-8. Lines end as in RFC 4180,
    and every cell is quoted. An apostrophe precedes whatever a spreadsheet would run as a formula.
    Lists are joined with ` | `.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow((*CSV_COLUMNS, "url"))
    for question in playbook.live:
        cells = [_cell(getattr(question, column)) for column in CSV_COLUMNS]
        writer.writerow((*cells, f"{root}q/{question.id}/"))
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: Any) -> str:
    """Return a value as text that no program runs as a formula.

    A program that separates cells at semicolons or tabs does not see our quotes from the second
    cell on, so for it a cell also starts after each of those signs and after a line break. To get
    the value back, remove the first of the apostrophes before anything that would run.
    """
    text = " | ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    return _CELL_START.sub("'", text)


def kickoff(playbook: Playbook, role: Role | None = None) -> str:
    """Return the questions of one role, or of all, as Markdown with room for answers."""
    roles = [role] if role else list(playbook.vocabulary.roles)
    template = environment().get_template("exports/kickoff.md.jinja")
    groups = [(each, _by_priority(playbook, each)) for each in roles]
    total = sum(len(asked) for _, asked in groups)
    return escape_dollars(template.render(groups=groups, total=total)) + "\n"


def _by_priority(playbook: Playbook, role: Role) -> Sequence[Question]:
    order = [priority.id for priority in playbook.vocabulary.priorities]
    asked = [question for question in playbook.live if question.role == role.id]
    return sorted(asked, key=lambda question: order.index(question.priority))


def titles_json(playbook: Playbook) -> str:
    """Return every id that a question has or had, with its title; the 404 page reads them."""
    titles = {
        name: question.title
        for question in playbook.questions
        for name in (question.id, *question.previous_ids)
    }
    return json.dumps(titles, ensure_ascii=False) + "\n"


def forwarding_page(question: Question, site: Site = UNKNOWN_SITE) -> str:
    """Return the page at an earlier id of a question, which leads on to the question's own page.

    The title, text and picture are for programs that show a preview of a link.
    """
    template = environment().get_template("questions/forwarding_page.html.jinja")
    card = path_of(f"q/{question.id}/")
    return template.render(question=question, site=site, card=card) + "\n"


@cache
def data_schema(name: str, vocabulary: Vocabulary) -> str:
    """Return the JSON Schema of a data file, for editors.

    Args:
        name: A key of SCHEMAS.
        vocabulary: The lists whose ids editors offer as choices.

    Raises:
        KeyError: The name is unknown.
    """
    kind, about = SCHEMAS[name]
    schema = TypeAdapter(kind).json_schema()
    _offer_choices(schema, vocabulary)
    described = {"description": about} if about else {}
    title = {"$schema": DIALECT, "title": f"{name} of the playbook"}
    return json.dumps({**schema, **described, **title}, indent=2, ensure_ascii=False) + "\n"


def _offer_choices(schema: dict[str, Any], vocabulary: Vocabulary) -> None:
    """Replace the `list` mark of each field by the ids of that list of the vocabulary."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        for field in definition.get("properties", {}).values():
            name = field.pop("list", None)
            if name:
                target = field["items"] if field.get("type") == "array" else field
                target["enum"] = [entry.id for entry in getattr(vocabulary, name)]
