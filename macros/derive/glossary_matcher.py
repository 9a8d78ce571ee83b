"""Find the glossary's terms in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.model.reference import Term


class TermFinder:
    """Finds every form of every term as a whole word. The longest form wins."""

    def __init__(self, terms: Iterable[Term]) -> None:
        forms = {form: term for term in terms for form in (term.term, *term.also, *term.forms)}
        # By their first letters, of which a word rules out all but one at once.
        by_letter: dict[str, list[str]] = {}
        for form in sorted(forms, key=len, reverse=True):
            by_letter.setdefault(form[0].casefold(), []).append(_pattern(form))
        alike = (
            f"(?=(?i:{re.escape(letter)}))(?:{'|'.join(patterns)})"
            for letter, patterns in by_letter.items()
        )
        either = "|".join(alike) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")
        self._terms = {form.casefold(): term for form, term in forms.items()}

    def found_in(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Yield each match of a term in `text`, with the term."""
        for match in self._pattern.finditer(text):
            yield match, self._terms[match.group().casefold()]


def _pattern(form: str) -> str:
    """Return the pattern of a form: an abbreviation as it is written, other words in any case."""
    if any(letter.isupper() for letter in form[1:]) or form.isupper():
        return re.escape(form)
    return f"(?i:{re.escape(form)})"
