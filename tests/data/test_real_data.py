"""The playbook's own data and prose keep the rules of style that a program can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.model import Playbook, Question, Role
from macros.read import read_playbook
from macros.reference import Pitfall, Source
from tests.data.helpers import ROOT

BOOK: Playbook = read_playbook(ROOT)
PAGES = sorted((ROOT / "docs").rglob("*.md"))
MODULES = sorted((ROOT / "macros").rglob("*.py"))

# The questions that the blog post behind the playbook asks.
FROM_POST = (
    "business-goal",
    "customer-need",
    "success-measure",
    "data-sources",
    "time-people-budget",
    "hard-constraints",
    "training-data-store",
    "pipeline-fit",
    "live-data-path",
    "model-storage",
    "model-deployment",
    "performance-monitoring",
    "retraining-trigger",
    "model-or-not",
    "data-exploration",
    "candidate-models",
    "limits-explained",
    "support-needed",
)
# Sources that nothing cites, because another source, which is cited, sends its readers there.
COMPANIONS = {"wong-epic-v2-multicentre": ("wong-2021-epic-sepsis", "multicentre study")}

BANNED = re.compile(
    r"\b(leverag(e|es|ed|ing)|utili[sz](e|es|ed|ing|ation)|robust(ly|ness)?|seamless(ly)?"
    r"|streamlin(e|es|ed|ing)|facilitat(e|es|ed|ing|ion)|deliver(s|ed|ing|y|ies|able|ables)?|keys?"
    r"|impact(s|ed|ing)|journeys?|unlock(s|ed|ing)?|empower(s|ed|ing|ment)?|holistic(ally)?"
    r"|synerg(y|ies)|cutting-edge|game-changer|best-in-class|please"
    r"|it is important to note|in today’s world)\b",
    re.IGNORECASE,
)
# Where a banned word is the right one.
RIGHT = re.compile(
    r"key performance indicator|parcels? [^.]*deliver\w*|deliver\w* [^.]*parcels?", re.IGNORECASE
)
AMERICAN = re.compile(
    r"\b(colors?|behaviors?|centers?|favor(s|ed|ite)?|labor|honors?|gray|catalogs?"
    r"|modeling|modeled|labeled|labeling|canceled|canceling|traveled|fulfill|defense|licenses?"
    r"|analyz(e|es|ed|ing)|(organ|real|recogn|summar|optim|minim|maxim|prior|standard|categor"
    r"|anonym|general|visual|final|custom|emphas|critic|apolog)iz(e|es|ed|ing|ations?))\b",
    re.IGNORECASE,
)
# How a question starts that can be answered yes or no.
CLOSED = re.compile(
    r"(am|are|can|could|did|do|does|had|has|have|is|may"
    r"|might|must|shall|should|was|were|will|would)\b",
    re.IGNORECASE,
)


def prose(page: Path) -> str:
    """Return the words of a page: no code, macros, addresses, tags or attributes."""
    text = page.read_text("utf-8")
    for unsaid in (r"```.*?```", r"`[^`]*`", r"<!--.*?-->", r"\{:.*?\}"):
        text = re.sub(unsaid, " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", _said_by_macro, text)
    return re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text)


def _said_by_macro(call: re.Match[str]) -> str:
    """Those arguments of a macro that are words and no names."""
    return " ".join(re.findall(r'"([^"]* [^"]*)"', call[0]))


def texts() -> Iterator[tuple[str, str]]:
    """Yield everything that is written in our own words, with the name of where it stands."""
    for question in BOOK.questions:
        written = (getattr(question, name) for name in type(question).model_fields)
        flat = (each if isinstance(each, tuple) else (each,) for each in written)
        said = [each for group in flat for each in group if isinstance(each, str)]
        said += [coverage.reason for coverage in question.maps_to]
        yield f"question {question.id}", "\n".join(said)
    for term in BOOK.terms:
        yield f"term {term.id}", "\n".join([term.term, *term.also, *term.forms, term.definition])
    for name in type(BOOK.vocabulary).model_fields:
        for entry in getattr(BOOK.vocabulary, name):
            yield f"{name} {entry.id}", "\n".join(str(value) for value in dict(entry).values())
    for pitfall in BOOK.pitfalls:
        yield f"pitfall {pitfall.id}", "\n".join(map(str, dict(pitfall).values()))
    for page in PAGES:
        yield f"page {page.relative_to(ROOT / 'docs').as_posix()}", prose(page)


TEXTS = dict(texts())
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
each_question = pytest.mark.parametrize("question", BOOK.questions, ids=lambda each: each.id)
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda each: each.name)


# Style


@each_text
def test_no_word_that_writers_lean_on(text: str) -> None:
    assert [found[0] for found in BANNED.finditer(RIGHT.sub(" ", text))] == []


@each_text
def test_no_exclamation_mark(text: str) -> None:
    assert re.findall(r"[^\s\[]*!(?![\[=])", text) == []


@each_text
def test_british_spelling(text: str) -> None:
    assert [found[0] for found in AMERICAN.finditer(text)] == []


@each_question
def test_a_question_is_asked_as_one(question: Question) -> None:
    assert question.ask.endswith("?")


@each_question
def test_a_question_cannot_be_answered_yes_or_no(question: Question) -> None:
    assert not CLOSED.match(question.ask)


@each_question
def test_a_question_without_a_source_claims_no_figures(question: Question) -> None:
    assert question.sources or not re.search(r"\d", f"{question.ask} {question.why}")


@each_question
def test_a_question_can_be_put_to_somebody(question: Question) -> None:
    assert question.hats


# Completeness


@pytest.mark.parametrize("id", FROM_POST)
def test_every_question_of_the_post_is_there(id: str) -> None:
    assert id in {question.id for question in BOOK.questions if question.from_post}


def test_no_other_question_is_said_to_be_from_the_post() -> None:
    assert {question.id for question in BOOK.questions if question.from_post} == set(FROM_POST)


def cited() -> set[str]:
    """The ids of the sources that a question, a term or a page cites."""
    found = {id for question in BOOK.questions for id in question.sources}
    for entries in (BOOK.terms, BOOK.claims, BOOK.failures):
        found |= {id for entry in entries for id in entry.sources}
    for page in PAGES:
        found |= set(re.findall(r"cite\(\s*[\"']([\w-]+)[\"']", page.read_text("utf-8")))
    return found


@pytest.mark.parametrize("source", BOOK.sources, ids=lambda each: each.id)
def test_a_source_is_cited_or_is_the_companion_of_one_that_is(source: Source) -> None:
    if source.id in COMPANIONS:
        main, words = COMPANIONS[source.id]
        sends = next(each for each in BOOK.sources if each.id == main)
        assert main in cited()
        assert words in source.cite_as
        assert words in f"{sends.claim} {sends.caution}"
    else:
        assert source.id in cited()


@pytest.mark.parametrize("pitfall", BOOK.pitfalls, ids=lambda each: each.id)
def test_a_pitfall_is_prevented_by_a_question(pitfall: Pitfall) -> None:
    assert any(pitfall.id in question.pitfalls for question in BOOK.live)


@pytest.mark.parametrize("role", BOOK.vocabulary.roles, ids=lambda each: each.id)
def test_a_role_has_questions_to_ask_first(role: Role) -> None:
    assert any(each.role == role.id and each.priority == "must" for each in BOOK.live)


# The program


def imported(module: Path) -> set[str]:
    """Return the packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def docstrings(tree: ast.Module) -> set[int]:
    """Return the nodes that document something, and every text that stands by itself."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


@each_module
def test_only_the_hooks_know_the_site_generator(module: Path) -> None:
    generators = {name for name in imported(module) if re.match("mkdocs|material|zensical", name)}
    assert generators == ({"mkdocs"} if module.name == "hooks.py" else set())


def test_the_program_runs_without_the_site_generator() -> None:
    parts = [module.relative_to(ROOT).with_suffix("").parts for module in MODULES]
    names = ", ".join(".".join(names) for names in parts if names[-1] != "hooks")
    code = f"import sys, {names}; print([m for m in sys.modules if 'mkdocs' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@each_module
def test_no_markup_stands_in_python(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    said = [str(node.value) for node in texts if id(node) not in docstrings(tree)]
    markup = re.compile(r"</?[a-zA-Z][\w-]*[\s/>]|<!--|<!doctype|\b(class|href|src|style)=", re.I)
    assert [text for text in said if markup.search(text)] == []
