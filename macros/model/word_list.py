"""Words that the playbook does not use, and what to write instead; words that readers search by."""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Annotated

from pydantic import Field, Strict, StringConstraints

from macros.model.base import Id, Ids, Model, SomePhrases, Words

_PAIR = r"^[^\s→*][^→*]*\*?( → [^\s→][^→]*)?$"
Pair = Annotated[str, StringConstraints(pattern=_PAIR)]


class Wording(Model):
    """A list of words to avoid, each alone or with what to write instead."""

    id: Id = Field(description="name of the list")
    advice: Annotated[str, Words(25)] = Field(description="what to do where one of them stands")
    roles: Ids = Field(
        default=(), description="only in questions of these roles; none means everywhere"
    )
    words: Annotated[tuple[Pair, ...], Strict(False), Field(min_length=1)] = Field(
        description="`word`, or `word → what to write`; a star at its end stands for any ending"
    )
    exceptions: Annotated[tuple[Annotated[str, Words(8)], ...], Strict(False)] = Field(
        default=(), description="phrases in which the word is the right one"
    )

    def found_in(self, text: str) -> list[tuple[int, str, str]]:
        """Return each word of the list that `text` holds.

        Args:
            text: What somebody wrote.

        Returns:
            For each word, where it starts, the word, and what to write instead, if that is known.
        """
        spared = self._spared.sub(lambda phrase: " " * len(phrase[0]), text)
        found = self._pattern.finditer(spared)
        return [(match.start(), match[0], self._instead(match[0])) for match in found]

    @cached_property
    def _pairs(self) -> dict[str, str]:
        return {
            word: instead for word, _, instead in (pair.partition(" → ") for pair in self.words)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_any_of(self._pairs), re.IGNORECASE)

    @cached_property
    def _spared(self) -> re.Pattern[str]:
        either = "|".join(r"\s+".join(map(re.escape, each.split())) for each in self.exceptions)
        return re.compile(either or r"(?!)", re.IGNORECASE)

    def _instead(self, found: str) -> str:
        lower = found.lower()
        for word, instead in self._pairs.items():
            stem = word.removesuffix("*").lower()
            if lower == word.lower() or (word.endswith("*") and lower.startswith(stem)):
                ending = found[len(stem) :] if instead.endswith("*") else ""
                return instead.removesuffix("*") + ending
        return ""


class SearchWord(Model):
    """What people type into the search, and the words that the playbook has for it."""

    typed: SomePhrases = Field(description="words or phrases as people type them")
    means: SomePhrases = Field(description="names that the playbook has for it, which are found")


@cache
def any_word(lists: tuple[Wording, ...]) -> re.Pattern[str]:
    """Return a pattern for text in small letters that finds a word of any of the lists.

    Nearly all texts hold none, and this tells so many times faster than a search list by list. Of
    phrases in which a word is the right one it knows nothing.
    """
    words = [word.lower() for each in lists for word in each._pairs]
    # The start of a word is found faster than a place where no letter stands before.
    start = r"\b" if all(re.match(r"\w", word) for word in words) else ""
    return re.compile(start + _any_of(words) if words else r"(?!)")


def _any_of(words: Iterable[str]) -> str:
    """Return an expression for any of the words. To be found faster, they share first letters."""
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[0], []).append(_any_ending(word[1:]))
    either = "|".join(rf"{re.escape(one)}(?:{'|'.join(each)})" for one, each in endings.items())
    return rf"(?<![\w-])(?:{either})(?![\w-])"


def _any_ending(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
