"""The search index: questions, terms and sources from the model, the rest from the built pages.

It is the same whichever generator built the pages. docs/assets/search/search-index.js reads it.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Any

from macros.derive.bibliography import LIST, known_by, page_of_source
from macros.model.base import collapse_whitespace
from macros.model.question import Playbook

Entry = dict[str, Any]
"""A result of the search: `at`, where it leads, its `title`, and the `page` that it is a part of. A
question has `role` and `ask` too, a term or a source its `kind`. `asked` is what else it is called.
A result shows `text`; by `words` it is found, and of them it shows those that were looked for.
"""

_GLOSSARY = "reference/glossary/"
# Pages of questions. Each is an entry already, made from the model.
_QUESTIONS = "q/"
_HEADINGS = {"h1", "h2", "h3"}
# These do not end a word.
_INLINE = {
    *("a", "abbr", "b", "button", "cite", "code", "em", "i", "kbd", "mark", "q", "small", "span"),
    *("strong", "sub", "sup"),
}
# Numbers and short words tell no entry from another.
_WORD = re.compile(r"[^\W\d_][\w'’]{4,}")
# Of the text of a part of a page, so many letters are kept: what a result shows.
_SHOWN = 100
# Of what it says later, words of no more letters are left out: they tell least, and there are many.
_SHORT = 5
_NOT_READ = {"form", "script", "style", "svg", "template"}
# Not Material's name for it, which Zensical takes out of pages.
_EXCLUDED = re.compile(r"\sdata-not-searched(?=[\s=]|$)")
_ID = re.compile(r"""\sid=["']?([^"'\s]+)""")
# A tag, with what it has and whether it closes itself; or a script or comment, which holds none.
_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)>|<!-{2}.*?-{2}>|<!.*?>"
    r"""|<(/?)([a-z][^\s/>]*)((?:[^>"'/]++|"[^"]*"|'[^']*'|/(?!>))*+)(/?)>""",
    re.DOTALL | re.IGNORECASE,
)


def search_index(playbook: Playbook, pages: Mapping[str, str]) -> str:
    """Return the search index as JSON.

    Args:
        playbook: Its live questions, terms and sources are results; its search words come along.
        pages: The HTML of each page by its address from the site's root, such as `why/`.
    """
    read = {
        address: _sections(address, html)
        for address, html in sorted(pages.items())
        if not address.startswith(_QUESTIONS)
    }
    titles = {address: sections[0]["title"] for address, sections in read.items() if sections}
    entries = {entry["at"]: entry for entry in _from_model(playbook, titles)}
    asked = {name for each in playbook.questions for name in (each.id, *each.previous_ids)}
    # A question that stands whole on another page is found at its own, as a term and a source are.
    parts = [
        section
        for section in itertools.chain(*read.values())
        if section["at"] not in entries and section["at"].partition("#")[2] not in asked
    ]
    for section in _shortened(parts):
        entries.setdefault(section["at"], section)
    index = {
        "roles": {role.id: role.label for role in playbook.vocabulary.roles},
        "meanings": [[_lines(each.typed), _lines(each.means)] for each in playbook.search_words],
        "entries": list(entries.values()),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


def _from_model(playbook: Playbook, titles: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the results that are in the data. Terms and sources lead to pages with these titles."""
    # Not the items of checklists: so many are mapped that their words lead to the wrong question.
    said = {
        question.id: _bag(
            *(question.why, question.good_answer, question.warning_sign, question.evidence)
        )
        for question in playbook.live
    }
    telling = _telling(said)
    for question in playbook.live:
        named = _bag(question.title, question.ask, *question.search_phrases)
        yield {
            "at": f"{_QUESTIONS}{question.id}/",
            "title": question.title,
            "role": question.role,
            "ask": question.ask,
            "asked": list(question.search_phrases),
            "words": " ".join(sorted(telling[question.id] - named)),
        }
    if page := titles.get(_GLOSSARY):
        for term in playbook.terms:
            yield {
                "at": f"{_GLOSSARY}#{term.id}",
                "title": term.term[0].upper() + term.term[1:],
                "page": page,
                "kind": "term",
                "asked": list(term.also),
                "text": collapse_whitespace(term.definition),
            }
    if page := titles.get(LIST):
        for source in playbook.sources:
            yield {
                "at": f"{page_of_source(source.id)}#{source.id}",
                "title": source.title,
                "page": page,
                "kind": "source",
                "words": collapse_whitespace(known_by(source)),
            }


def _shortened(sections: list[Entry]) -> Iterator[Entry]:
    """Yield each with the beginning of its text, and what it says later as words: half as long."""
    telling = _telling({section["at"]: _bag(section["text"]) for section in sections})
    for section in sections:
        text = section["text"]
        if len(text) <= _SHOWN:
            yield section
            continue
        begun = text[:_SHOWN].rpartition(" ")[0] or text[:_SHOWN]
        later = telling[section["at"]] - _bag(section["title"], begun)
        later = {word for word in later if len(word) > _SHORT}
        yield {**section, "text": f"{begun} …", "words": " ".join(sorted(later))}


def _telling(said: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return the words of each, but for those that many say: they tell none from another."""
    counted = Counter(word for words in said.values() for word in words)
    most = max(3, len(said) / 25)
    return {at: {word for word in words if counted[word] <= most} for at, words in said.items()}


def _lines(phrases: Iterable[str]) -> str:
    """Return one text, in an order that compresses well: these are two fifths of the index."""
    return "\n".join(sorted(map(collapse_whitespace, phrases), key=str.lower))


def _bag(*texts: str) -> set[str]:
    """Return each word once: what no result shows need not be a text, and weighs a third less."""
    return set(_WORD.findall(" ".join(texts).lower()))


@lru_cache(maxsize=256)
def _sections(address: str, html: str) -> tuple[Entry, ...]:
    """Return the parts of a page that begin with a heading and hold something, its start first."""
    reader = _Reader(address)
    reader.read(html)
    return tuple(_held(reader.sections))


def _held(sections: list[Entry]) -> Iterator[Entry]:
    for section in sections:
        title, text = (collapse_whitespace("".join(section[part])) for part in ("title", "text"))
        if section is sections[0]:
            page = title
            if title:
                yield {"at": section["at"], "title": title, "text": text}
        elif text and section["at"]:
            yield {"at": section["at"], "title": title, "page": page, "text": text}


class _Reader:
    """Collects what a page's article says, by heading.

    Pages are valid HTML, so their tags can be told without a parser, which would take many times
    as long.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.sections: list[Entry] = [{"at": address, "title": [], "text": []}]
        self.article = 0
        self.skipped = ("", 0)
        """The element that is being skipped, and how many of its name are open."""
        self.heading = ""

    def read(self, html: str) -> None:
        """Read a page."""
        end = 0
        for found in _TAG.finditer(html):
            if self.article and not self.skipped[1]:
                self._say(unescape(html[end : found.start()]))
            end = found.end()
            closing, tag, attributes, alone = found.groups()
            if not tag:  # a comment, or the like
                continue
            if not closing:
                self._open(tag.lower(), attributes)
            if closing or alone:
                self._close(tag.lower())

    def _open(self, tag: str, attributes: str) -> None:
        name, depth = self.skipped
        if depth:
            self.skipped = (name, depth + (tag == name))
            return
        if tag in _NOT_READ or _EXCLUDED.search(attributes):
            self.skipped = (tag, 1)
            if tag in _HEADINGS:  # What is below it is not read either.
                self.sections.append({"at": "", "title": [], "text": []})
            return
        self.article += tag == "article"
        if self.article and tag in _HEADINGS:
            self.heading = tag
            if tag != "h1" and (id := _ID.search(attributes)):
                at = f"{self.address}#{unescape(id[1])}"
                self.sections.append({"at": at, "title": [], "text": []})
        self._end_word(tag)

    def _close(self, tag: str) -> None:
        name, depth = self.skipped
        if depth:
            self.skipped = (name, depth - (tag == name))
            return
        self.article -= tag == "article"
        if tag == self.heading:
            self.heading = ""
        self._end_word(tag)

    def _say(self, text: str) -> None:
        self.sections[-1]["title" if self.heading else "text"].append(text)

    def _end_word(self, tag: str) -> None:
        if self.article and tag not in _INLINE:
            self._say(" ")
