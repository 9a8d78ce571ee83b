"""`make words`: how hard each page is to read. Figures, never a verdict; the rules are checks.

What is folded, or in a form, is not counted: nobody has to read it.
"""

from __future__ import annotations

import re
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

from macros.check.style import MEDIAN_SENTENCE
from tests.conftest import build
from tests.prose import prose

LONG_WORD = 7  # Letters; the measure was made for words of more than six.


class Reading(NamedTuple):
    """What a text asks of its reader."""

    words: int
    median_sentence: float
    longest_sentence: int
    long_words: float
    lix: float


def main() -> None:
    """Build the site and print a line a page. In: nothing. Out: nothing."""
    print(f"{'page':38} {'words':>6} {'median':>7} {'longest':>8} {'long words':>11} {'LIX':>5}")
    with tempfile.TemporaryDirectory() as folder:
        site = build(Path(folder) / "site")
        for page in sorted(site.rglob("index.html")):
            address = page.parent.relative_to(site).as_posix()
            if address.split("/")[0] != "q":
                found = reading(prose(page, unfolded=True))
                print(
                    f"{address:38} {found.words:6} {found.median_sentence:7.1f} "
                    f"{found.longest_sentence:8} {found.long_words:10.0%} {found.lix:6.0f}"
                )
    print(f"Median sentence: {MEDIAN_SENTENCE} words or fewer. LIX: 30 is easy, 40 a newspaper,")
    print("50 and more is hard (Björnsson 1968: words a sentence plus per cent of long words).")


def reading(text: str) -> Reading:
    """Return the figures of a text. In: running text with ends of blocks as line ends."""
    plain = re.sub("\x00.+?\x00", " ", text)
    sentences = [
        words
        for part in re.split(r"(?<=[.?!:])[”’\")]*\s|\n\s*\n|\n", plain)
        if len(words := re.findall(r"[^\W\d_][\w’'-]*", part)) > 2
    ]
    lengths = [len(words) for words in sentences] or [0]
    words = [word for sentence in sentences for word in sentence]
    long_words = sum(len(word) >= LONG_WORD for word in words) / max(len(words), 1)
    return Reading(
        words=len(words),
        median_sentence=statistics.median(lengths),
        longest_sentence=max(lengths),
        long_words=long_words,
        lix=sum(lengths) / len(lengths) + 100 * long_words,
    )


if __name__ == "__main__":
    main()
