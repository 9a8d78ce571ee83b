"""Those rules of the style guide that a program can check. The docstring is the rule."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations

from macros.load.entries import LoadedData
from macros.model.base import Model
from macros.model.question import Question
from macros.model.word_list import Wording, any_word
from macros.problems import Problem

# The first word of a question that can be answered yes or no.
CLOSED = frozenset(
    """am are can could did do does had has have is may might must shall should was were will
    would""".split()  # noqa: SIM905
)
OPEN = "an opening such as what, which, who, how or when"
# What a question's page shows before anything else. browser/test_narrow.py looks whether it fits.
READ_AT_ONCE = ("ask", "why", "good_answer", "warning_sign", "evidence")
MOST_LETTERS = 1_130
MEDIAN_SENTENCE = 20
LONGEST_SENTENCE = 40
SIMILAR = 0.8
# Known to anyone who opens a web page, or names rather than abbreviations.
COMMON_ABBREVIATIONS = frozenset(
    {
        *("AA", "BY", "CC", "CI", "DOI", "EU", "IT", "MIT", "NIST", "OK"),
        *("PDF", "RFC", "UK", "US", "UTF"),
    }
)
_SENTENCE_END = re.compile(r"(?<=[.?!])[”’)]?\s+")
# As `\b[A-Z]{2,6}\b`, found faster: the search passes over all letters but capitals.
_ABBREVIATION = re.compile(r"[A-Z](?<!\w.)[A-Z]{1,5}\b")
# An exclamation mark with the word before it, but not in `![` (an image) or `!=`.
_EXCLAMATION = re.compile(r"[^\s\[]*!(?![\[=])")
_FIGURE = re.compile(r"\d[\d.,:]*%?")
# Alphabets of which a letter may look like one of another; and where those but Latin are.
_MAY_BE_MIXED = re.compile("[\u0370-\u058f\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\ua640-\ua69f]")
_LOOK_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN"))
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[\w’'-]+")
# Placeholders that people leave, and what the template of a question says about its fields.
_UNWRITTEN = re.compile(r"[\W_]*|\W*(?:todo|fixme|tb[acd]|xxx)\W*|lorem ipsum.*", re.I | re.S)
_MARKERS = ("TODO", "FIXME", "TBA", "TBC", "TBD", "XXX")
_ABOUT_LENGTH = re.compile(r"(?:at most \w+|(?:one|two|three) to \w+) (?:words|phrases)\b", re.I)
_ODD = re.compile(rf"(?:{_UNWRITTEN.pattern})\Z|{_ABOUT_LENGTH.pattern}", re.I | re.S)


def texts_are_written(loaded: LoadedData) -> Iterator[Problem]:
    """A text says something: it is no `...`, no `TODO`, and not the template's own comment."""
    for entry in loaded.entries():
        joined = "\n".join(entry.words)
        odd = any(marker in joined for marker in _MARKERS) or any(map(_ODD.match, entry.words))
        as_described = list(_fields_as_described(entry.value))
        if not odd and not as_described:
            continue  # Nearly all entries, decided without the tests below.
        for path, text in entry.texts:
            described = len(path) == 1 and str(path[0]) in as_described
            expected = "the text itself"
            if _UNWRITTEN.fullmatch(text):
                message = f"is still '{text}'" if text else ""
            elif marker := _marker(text):
                message, expected = f"holds '{marker}'", "the text without it, finished"
            elif described or _ABOUT_LENGTH.match(text):
                message = "repeats what the template says about it"
            else:
                continue
            if message:
                location = entry.location(*path)
                yield Problem(location, entry.item, f"'{path[0]}' {message}", expected)


def _marker(text: str) -> str:
    """Return the first word of a text that says that it is unfinished."""
    return next((word for word in _ABBREVIATION.findall(text) if word in _MARKERS), "")


def words_are_of_one_script(loaded: LoadedData) -> Iterator[Problem]:
    """A word has the letters of one alphabet: a Cyrillic “а” in it is seen by no reader."""
    for entry in loaded.entries():
        for path, text in entry.texts if _MAY_BE_MIXED.search("".join(entry.words)) else ():
            for word in _LETTERS.findall(text):
                scripts = {name for letter in word if (name := _script(letter))}
                if len(scripts) > 1:
                    mixed = " and ".join(sorted(scripts))
                    message = f"'{path[0]}' has the word '{word}' in {mixed} letters"
                    expected = "the letters of one alphabet, typed anew"
                    yield Problem(entry.location(*path), entry.item, message, expected)


def _script(letter: str) -> str:
    """Return the alphabet of a letter, if it is one of those whose letters look alike."""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first.capitalize() if first in _LOOK_ALIKE else ""


def _fields_as_described(value: Model) -> Iterator[str]:
    """Yield the fields whose text is what the template says about them."""
    for name, described in _words_described(type(value)).items():
        text = getattr(value, name)
        # Nearly always decided without the slow comparison.
        starts = isinstance(text, str) and text.lower().lstrip("\"'(“`").startswith(described[0])
        if starts and _WORD.findall(text.lower()) == described:
            yield name


@cache
def _words_described(model: type[Model]) -> dict[str, list[str]]:
    found = {
        name: _WORD.findall((field.description or "").lower())
        for name, field in model.model_fields.items()
    }
    return {name: words for name, words in found.items() if words and name != "id"}


def questions_are_open(loaded: LoadedData) -> Iterator[Problem]:
    """A question cannot be answered yes or no."""
    for entry in loaded.questions:
        first = _WORD.match(entry.value.ask)
        if first and first[0].lower() in CLOSED:
            message = f"'ask' starts with '{first[0]}', which invites yes or no"
            yield Problem(entry.location("ask"), entry.item, message, OPEN)


def questions_are_asked(loaded: LoadedData) -> Iterator[Problem]:
    """A question ends with a question mark."""
    for entry in loaded.questions:
        ask = entry.value.ask.rstrip("”’\"')")
        if not _UNWRITTEN.fullmatch(ask) and not ask.endswith("?"):
            message = f"'ask' ends with '{ask.split()[-1]}'"
            yield Problem(entry.location("ask"), entry.item, message, "a question mark at its end")


def questions_fit_a_phone(loaded: LoadedData) -> Iterator[Problem]:
    """A question is read on a screen and a half of a phone, from its title to what to be shown."""
    for entry in loaded.questions:
        texts = {field: getattr(entry.value, field) for field in READ_AT_ONCE}
        letters = sum(map(len, texts.values()))
        if letters > MOST_LETTERS:
            longest = max(texts, key=lambda field: len(texts[field]))
            message = f"has {letters:,} letters in {', '.join(READ_AT_ONCE)} together"
            expected = f"at most {MOST_LETTERS:,}: '{longest}' is the longest of them"
            yield Problem(entry.location(longest), entry.item, message, expected)


def figures_have_a_source(loaded: LoadedData) -> Iterator[Problem]:
    """A figure in `ask` or `why` is somebody's finding, so the question names a source."""
    for entry in loaded.questions:
        if entry.value.sources or "sources" in entry.invalid_fields:
            continue
        for field in ("ask", "why"):
            if found := _FIGURE.search(getattr(entry.value, field)):
                message = f"'{field}' says '{found[0]}' and no source is named"
                expected = "an id of sources.yml in 'sources', or advice without a figure"
                yield Problem(entry.location(field), entry.item, message, expected)


def no_exclamation_marks(loaded: LoadedData) -> Iterator[Problem]:
    """What we write has no exclamation mark."""
    for entry in loaded.entries(ours=True):
        for path, text in entry.our_texts if "!" in entry.our_words else ():
            for found in exclamations(text):
                message = f"'{path[0]}' has an exclamation mark: '{found[0]}'"
                yield Problem(entry.location(*path), entry.item, message, "a full stop")


def exclamations(text: str) -> Iterator[re.Match[str]]:
    """Yield each exclamation mark of a text, with the word before it."""
    return _EXCLAMATION.finditer(text) if "!" in text else iter(())


def questions_differ(loaded: LoadedData) -> Iterator[Problem]:
    """No two questions ask nearly the same: they share less than 80 % of their words.

    Two sets that share so much have two of their rarest words in common, so only questions that do
    are compared: a pair of rare words is met so seldom that thousands take little longer than as
    many hundreds. A question of one word has no pair and is told by that word.
    """
    # A question that is still to be written has no words.
    asked = [e for e in loaded.questions if e.value.live and _WORD.search(e.value.ask)]
    words = [frozenset(_WORD.findall(entry.value.ask.lower())) for entry in asked]
    known = Counter(chain.from_iterable(words))
    met: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        rarest = sorted(own, key=lambda word: (known[word], word))
        rarest = rarest[: len(own) - int(SIMILAR * len(own)) + 2]
        pairs = list(combinations(rarest, min(2, len(own))))
        others = dict.fromkeys(other for pair in pairs for other in met[pair])
        for other in others:
            share = len(own & words[other]) / len(own | words[other])
            if share >= SIMILAR:
                message = f"'ask' is {share:.0%} the same as that of '{asked[other].item}'"
                location = asked[number].location("ask")
                yield Problem(location, asked[number].item, message, "one question for one topic")
                break
        else:
            for pair in pairs:
                met[pair].append(number)


def sentences_are_short(loaded: LoadedData) -> Iterator[Problem]:
    """Half the sentences of a question have 20 words or fewer, and none has more than 40."""
    for entry in loaded.questions:
        lengths = []
        for field in ("why", "good_answer", "warning_sign"):
            for sentence in _SENTENCE_END.split(getattr(entry.value, field)):
                lengths.append(len(sentence.split()))
                if lengths[-1] > LONGEST_SENTENCE:
                    message = f"'{field}' has a sentence of {lengths[-1]} words"
                    expected = f"at most {LONGEST_SENTENCE}"
                    yield Problem(entry.location(field), entry.item, message, expected)
        if lengths and statistics.median(lengths) > MEDIAN_SENTENCE:
            message = f"half its sentences have more than {MEDIAN_SENTENCE} words"
            yield Problem(entry.location("why"), entry.item, message, "shorter sentences")


def words_are_plain(loaded: LoadedData) -> Iterator[Problem]:
    """What we write holds no word of wording.yml."""
    wordings = [entry.value for entry in loaded.wordings]
    of_role: dict[str, tuple[list[Wording], re.Pattern[str]]] = {}
    for entry in loaded.entries(ours=True):
        role = entry.value.role if isinstance(entry.value, Question) else ""
        if role not in of_role:
            lists = [each for each in wordings if not each.roles or role in each.roles]
            of_role[role] = lists, any_word(tuple(lists))
        lists, some = of_role[role]
        if not some.search(entry.our_words.lower()):
            continue
        for path, text in entry.our_texts:
            for wording in lists if some.search(text.lower()) else ():
                for _, word, instead in wording.found_in(text):
                    message = f"'{path[0]}' says '{word}'"
                    expected = f"'{instead}'" if instead else wording.advice
                    yield Problem(entry.location(*path), entry.item, message, expected)


def abbreviations_are_explained(loaded: LoadedData) -> Iterator[Problem]:
    """An abbreviation in capitals is in the glossary."""
    if "terms" in loaded.absent:
        return
    known = set(COMMON_ABBREVIATIONS)
    for term in loaded.terms:
        forms = (term.value.term, *term.value.also, *term.value.forms)
        known.update(word for form in forms for word in form.split())
    known.update(_MARKERS)  # Another rule names them.
    for entry in loaded.entries(ours=True):
        if known.issuperset(_ABBREVIATION.findall(entry.our_words)):
            continue
        for path, text in entry.our_texts:
            for word in dict.fromkeys(_ABBREVIATION.findall(text)):
                if word not in known:
                    message = f"'{path[0]}' has the abbreviation '{word}'"
                    expected = f"plain words, or a term of glossary.yml with '{word}' in its 'also'"
                    yield Problem(entry.location(*path), entry.item, message, expected)
