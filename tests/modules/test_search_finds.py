"""Search: what people type brings what they mean, among the first three results."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from macros.model.question import Playbook
from tests.conftest import ROOT
from tests.modules.node import Node

MOST_BYTES = 130 * 1024

# What ranks here is the very module that the page loads, over the index that it reads.
FIND = """async ({ path, typed }) => {
  globalThis.searches ??= new Map();
  if (!searches.has(path)) {
    const { readFileSync } = await import("node:fs");
    const { makeSearch } = await import(new URL("assets/search/search-index.js", location.href));
    searches.set(path, await makeSearch(JSON.parse(readFileSync(path, "utf8"))));
  }
  return typed.map((words) => searches.get(path)(words).results);
}"""


# Of a share of the queries, so many at least are answered among the first three results. The second
# and third of those kept apart were written when the search was done: they show what it makes of
# new words.
SHARES = {"open": 0.95, "first": 0.95, "second": 0.85, "third": 0.9}


class Query(NamedTuple):
    person: str
    typed: str
    found_by: list[str]
    share: str


def queries() -> list[Query]:
    text = (ROOT / "tests/fixtures/queries.yml").read_text(encoding="utf-8")
    return [
        Query(person, entry["typed"], entry["found by"], entry.get("apart", "open"))
        for person, entries in yaml.safe_load(text).items()
        for entry in entries
    ]


@pytest.fixture(scope="module")
def home(playbook: Playbook) -> dict[str, str]:
    """Where each question is found under every name it had, or the one asked instead of it."""
    found = {question.id: f"q/{question.id}/" for question in playbook.live}
    for question in playbook.questions:
        now = question.id if question.live else question.instead
        if now:
            found |= dict.fromkeys((question.id, *question.previous_ids), found[now])
    return found


class Found(NamedTuple):
    """A result, as search-index.js hands it to the page."""

    address: str
    text: str
    asked: str


Find = Callable[[list[str]], list[list[Found]]]


@pytest.fixture(scope="module")
def find(node: Node, built_site: Path) -> Find:
    """What the field asks, asked for many queries at once."""
    path = str(built_site / "search/index.json")

    def ask(typed: list[str]) -> list[list[Found]]:
        return [
            [Found(each["address"], each["text"], each["asked"]) for each in results]
            for results in node.evaluate(FIND, {"path": path, "typed": typed})
        ]

    return ask


def addresses(results: list[Found]) -> list[str]:
    return [result.address for result in results]


def answers(wanted: str, address: str) -> bool:
    """Whether a result is what was wanted: a page includes its parts."""
    return address == wanted or (wanted.endswith("/") and address.startswith(f"{wanted}#"))


def hit(wanted: list[str], addresses: list[str]) -> bool:
    return any(answers(one, address) for one in wanted for address in addresses[:3])


def test_the_queries_are_by_twelve_people_and_want_what_there_is(
    home: dict[str, str], built_site: Path
) -> None:
    asked = queries()
    people = Counter(query.person for query in asked)
    assert len(people) == 12
    assert min(people.values()) >= 12
    assert len({query.typed.casefold() for query in asked}) == len(asked)
    for query in asked:
        assert query.found_by, query
        for wanted in query.found_by:
            path, _, fragment = home.get(wanted, wanted).partition("#")
            file = built_site / path / "index.html"
            assert file.is_file(), f"{wanted} is neither a page nor a live question; name another"
            assert not fragment or f'id="{fragment}"' in file.read_text("utf-8"), query


@pytest.mark.parametrize("share", SHARES)
def test_what_twelve_people_type_brings_what_they_mean(
    find: Find, home: dict[str, str], share: str
) -> None:
    """19 in 20 in the first three, none empty."""
    asked = [query for query in queries() if query.share == share]
    all_found = [addresses(results) for results in find([query.typed for query in asked])]
    missed = [
        f"{query.person}: {query.typed}: {found[:3]}"
        for query, found in zip(asked, all_found, strict=True)
        if not hit([home.get(wanted, wanted) for wanted in query.found_by], found)
    ]
    # What was kept apart stays unread, so that nobody improves the search by it.
    told = "\n".join(missed) if share == "open" else f"{len(missed)} of {len(asked)} missed"
    # Numbers alone: of lists pytest would show what is in them.
    number, most, empty = len(missed), len(asked) * (1 - SHARES[share]), all_found.count([])
    assert empty == 0
    assert number <= most, told


def test_questions_are_found_by_what_else_they_are_called(
    find: Find, playbook: Playbook, home: dict[str, str]
) -> None:
    """Of the phrases of `search_phrases`, 47 in 50 bring their question; each brings something."""
    phrases = [(question, words) for question in playbook.live for words in question.search_phrases]
    all_found = [addresses(results) for results in find([words for _, words in phrases])]
    missed = [
        f"{question.id}: {words}: {found[:3]}"
        for (question, words), found in zip(phrases, all_found, strict=True)
        if home[question.id] not in found[:3]
    ]
    assert all(all_found)
    assert len(missed) * 50 <= len(phrases) * 3, "\n".join(missed)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        # Nothing but short or common words.
        ("who is it for", "customer-need"),
        ("what if it's wrong", "cost-of-errors"),
        ("is it worth it", "cost-and-return"),
        # Bare abbreviations.
        ("RAG", "retrieval-sources"),
        ("A/B", "live-experiment"),
        ("MVP", "first-version"),
        # One where we say many, many where we say one.
        ("KPIs", "success-measure"),
        ("guardrail", "output-handling"),
        # A letter too few, too many, wrong, or two exchanged, in a word of the table too.
        ("drift detectoin", "performance-monitoring"),
        ("discriminaton", "fair-to-whom"),
        ("callibration", "how-sure"),
        ("jailbreek", "prompt-injection"),
        ("leakgae", "leakage-check"),
        ("ombudsmn", "appeal-route"),
        # Half typed, and a word with an ending that is nowhere.
        ("retrain", "retraining-trigger"),
        ("explainab", "reasons-per-answer"),
        ("hallucinated", "fluent-but-wrong"),
        # Two words where we write one, and one where we write two.
        ("roll-back", "model-deployment"),
        ("rollback", "model-deployment"),
        ("golive", "model-deployment"),
        # A name that means something other than its words: nothing to do with monitoring a model.
        ("employee monitoring", "people-in-data"),
    ],
)
def test_short_bare_plural_and_misspelt_words_are_understood(
    find: Find, home: dict[str, str], typed: str, question: str
) -> None:
    [found] = find([typed])
    assert hit([home[question]], addresses(found))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("false alarm", "false alarms"),
        ("labelling", "labeling"),
        ("randomised trial", "randomized trial"),
        ("behaviour", "behavior"),
        ("what are we optimising for", "What are we optimizing for?"),
        ("go-live", "go live"),
        ("don’t know", "dont know"),
        ("drift", "drïft"),
        ("how do we know it worked", "how do you know that worked"),
    ],
)
def test_the_same_words_written_otherwise_bring_the_same(find: Find, typed: str, same: str) -> None:
    found, expected = find([typed, same])
    assert found
    assert addresses(found) == addresses(expected)


def test_terms_and_pages_are_found_by_their_names(find: Find, built_site: Path) -> None:
    """Among the first three, where no more than one has the name."""
    entries = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))["entries"]
    named = {entry["title"]: entry for entry in entries}
    counted = Counter(entry["title"] for entry in entries)
    wanted = {
        title: entry["at"]
        for title, entry in named.items()
        if counted[title] == 1 and (entry.get("kind") == "term" or "#" not in entry["at"])
    }
    assert wanted
    found = dict(zip(wanted, find(list(wanted)), strict=True))
    assert [title for title in wanted if wanted[title] not in addresses(found[title])[:3]] == []


def test_what_everyday_words_mean_is_the_name_of_a_result(
    playbook: Playbook, built_site: Path
) -> None:
    """A meaning that is no name any more would lead nowhere."""
    entries = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))["entries"]

    def words(text: str) -> str:
        found = re.findall(r"[^\W_]+", re.sub("['\u2019]", "", text.lower()))
        return f" {' '.join(found)} "

    names = [words(name) for entry in entries for name in (entry["title"], *entry.get("asked", []))]
    means = {meaning for each in playbook.search_words for meaning in each.means}
    assert [one for one in means if not any(words(one) in name for name in names)] == []


def test_words_that_programs_keep_for_themselves_are_words(find: Find) -> None:
    """Once "constructor" was looked up in an object, which has one."""
    assert all(find(["constructor", "toString valueOf", "__proto__"]))
    assert find(["", "?", "xyzzyx"]) == [[], [], []]


def test_a_page_is_shown_with_the_words_that_were_looked_for(find: Find, built_site: Path) -> None:
    """Further down than its text goes, too: here the longest word that only one part has."""
    index = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))
    said = {entry["at"]: " ".join(map(str, entry.values())).lower() for entry in index["entries"]}
    words = {at: set(re.findall(r"\b[a-z]{6,}\b", text)) for at, text in said.items()}
    counted = Counter(word for found in words.values() for word in found)
    late = {
        word: entry["at"]
        for entry in index["entries"]
        if "ask" not in entry
        for word in entry.get("words", "").split()
        if counted[word] == 1
    }
    word = max(late, key=lambda each: (len(each), each))
    [results] = find([word])
    result = next(result for result in results if result.address == late[word])
    assert word in result.asked.split(", ")
    assert len(result.text) < 200


def test_the_index_stays_light(built_site: Path) -> None:
    index = (built_site / "search/index.json").read_bytes()
    assert len(gzip.compress(index, 9)) <= MOST_BYTES
