"""On the built pages: words that need explaining are explained where they are first used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.check.style import COMMON_ABBREVIATIONS
from macros.derive.glossary_matcher import TermFinder
from macros.model.question import Playbook
from macros.model.word_list import Wording
from tests.prose import prose
from tests.readability import reading
from tests.tiny import real_playbook

LISTS = re.compile(r"q(/.*)?|reference/glossary|reference/sources(/.*)?")


def unexplained(text: str, finder: TermFinder) -> list[str]:
    """Return the terms whose first use in `text` comes without an explanation at or before it."""
    explained = {match.group(1): match.start() for match in re.finditer("\x00(.+?)\x00", text)}
    plain = re.sub("\x00.+?\x00", lambda match: "·" * len(match.group()), text)
    first: dict[str, int] = {}
    for match, term in finder.found_in(plain):
        first.setdefault(term.id, match.start())
    return [name for name, place in first.items() if explained.get(name, len(text)) > place]


def articles(site: Path) -> dict[str, str]:
    """Return the text of each page by its address, but for those that the data makes and lists."""
    found = {}
    for page in sorted(site.rglob("index.html")):
        address = page.parent.relative_to(site).as_posix()
        if not LISTS.fullmatch(address):
            found[address] = prose(page)
    return found


def used_before_explained(pages: dict[str, str], playbook: Playbook) -> list[str]:
    finder = TermFinder(playbook.terms)
    return [
        f"{address}: where it first says '{name}', write {{{{ term(\"{name}\") }}}}, or "
        f'{{{{ term("{name}", "the form in the sentence") }}}}'
        for address, text in pages.items()
        for name in unexplained(text, finder)
    ]


def explained_nowhere(pages: dict[str, str], playbook: Playbook) -> list[str]:
    known = COMMON_ABBREVIATIONS | {
        word for term in playbook.terms for form in (term.term, *term.also) for word in form.split()
    }
    return [
        f"{address}: {name} is explained nowhere: write it out, or add a term to glossary.yml"
        for address, text in pages.items()
        for name in sorted(set(re.findall(r"\b[A-Z]{2,6}\b", text)) - known)
    ]


@pytest.mark.content
def test_words_are_explained_where_a_page_first_uses_them(
    built_site: Path, playbook: Playbook
) -> None:
    pages = articles(built_site)
    faults = [*used_before_explained(pages, playbook), *explained_nowhere(pages, playbook)]
    assert not faults, "\n".join(faults)


def test_words_are_explained_whatever_a_contributor_does(
    deployed_site: Path, deployed_playbook: Playbook
) -> None:
    pages = articles(deployed_site)
    assert used_before_explained(pages, deployed_playbook) == []
    assert explained_nowhere(pages, deployed_playbook) == []


def test_a_term_used_before_its_explanation_would_be_noticed() -> None:
    finder = TermFinder(real_playbook().terms)
    assert unexplained("Mind the drift. \x00drift\x00 again", finder) == ["drift"]
    assert unexplained("Mind the \x00drift\x00 and the drift", finder) == []


def test_a_page_is_measured_sentence_by_sentence() -> None:
    found = reading("One two three four. Five six seventy?\n\nEight nine \x00drift\x00 ten.")
    assert (found.words, found.median_sentence, found.longest_sentence) == (10, 3, 4)
    assert found.long_words == pytest.approx(0.1)
    assert found.lix == pytest.approx(10 / 3 + 10)


@pytest.mark.content
def test_every_word_of_our_lists_is_found_and_every_exception_spares_one() -> None:
    for wording in real_playbook().wordings:
        bare = Wording.model_validate({**wording.model_dump(), "exceptions": ()})
        for pair in wording.words:
            word = pair.partition(" → ")[0]
            assert bare.found_in(word.replace("*", "")), f"{wording.id}: {word}"
        for phrase in wording.exceptions:
            assert bare.found_in(phrase), f"{wording.id}: {phrase}: nothing in it is to be spared"
            assert not wording.found_in(phrase), f"{wording.id}: {phrase}"
