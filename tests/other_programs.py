"""What others make of what leaves a page: programs for Markdown, and spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import cmarkgfm  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from tests.made_up import st
from tests.markdown_page import plain_markdown

Reader = Callable[[str], str]

# Where two dollars, or a backslash before these, start a formula: MathJax as Jupyter sets it up.
_FORMULA = re.compile(r"\$[^$]*\$|\\[\\$()\[\]]|\\(?:begin|end|ref|eqref)\s*\{")
# An address means the same with a letter, a digit or "_" encoded.
_ENCODED_LETTER = re.compile(r"%(?:3\d|[46][1-9a-f]|[57][0-9a]|5f)", re.IGNORECASE)
_UNSAFE_IN_ADDRESS = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&()*+,;=%]|%(?![0-9A-Fa-f]{2})")


def github(text: str) -> str:
    """Return text as GitHub's program for Markdown makes it HTML; what is HTML in it stays."""
    made = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    return str(made)


def markdown_it(text: str) -> str:
    """Return text as markdown-it makes it HTML, with links where it finds an address."""
    return str(MarkdownIt("gfm-like").render(text))


def jupyter(text: str) -> str:
    """Return text as nbconvert makes it HTML; what it takes for a formula stays as it was."""
    # It imports half of Jupyter, and most processes that run tests need none of it.
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    return str(markdown2html_mistune(text))


READERS: dict[str, Reader] = {
    "GitHub": github,
    "markdown-it": markdown_it,
    "Jupyter": jupyter,
    "Python-Markdown": plain_markdown,
}


class Shown(HTMLParser):
    """What HTML shows.

    `text` is all of it; `quotes` the text of each quotation, line by line; `tags` the names of all
    elements; `links` the text and the target of each link; `formulas` what MathJax would set as a
    formula.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.formulas: list[str] = []
        self._quoted = 0
        self._target: str | None = None
        self._linked = ""
        self._run = ""
        self.feed(page)
        self.close()
        self._end_run()

    def _end_run(self) -> None:
        """MathJax reads text up to the next element; only a line break is part of it."""
        self.formulas += _FORMULA.findall(self._run)
        self._run = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self._run += "\n"
        else:
            self._end_run()
        if tag == "a":
            self._target = dict(attrs).get("href") or ""
            self._linked = ""
        elif tag == "blockquote":
            self._quoted += 1
            self.quotes.append("")
        elif self._quoted and tag in ("br", "p"):
            self.quotes[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._end_run()
        self._quoted -= tag == "blockquote"
        # Jupyter gives each heading a link to itself.
        if tag == "a" and self._target is not None and not self._target.startswith("#"):
            self.links.append((self._linked, self._target))
            self._target = None

    def handle_data(self, data: str) -> None:
        self.text += data
        self._run += data
        self._linked += data
        if self._quoted:
            self.quotes[-1] += data.replace("\n", " ")


def target(address: str) -> str:
    """Return an address as a browser sends it: the host in ASCII, only odd signs encoded."""
    parts = re.fullmatch(r"(\w+://)?([^/?#]*)(.*)", address, re.DOTALL)
    assert parts, address
    scheme, host, path = parts[1] or "", unquote(parts[2]), parts[3]
    if scheme and not host.isascii():
        host = host.encode("idna").decode("ascii")
    encoded = _UNSAFE_IN_ADDRESS.sub(lambda sign: quote(sign[0], safe=""), host + path)
    return scheme + _ENCODED_LETTER.sub(lambda sign: unquote(sign[0]), encoded)


# ---- Text that means something to a program ----

AS_TYPED = [
    "# x",
    "| a |\n|---|\n| b |",
    "<b>bold</b>",
    "```\ncode\n```",
    "- a\n- b",
    "1. a\n2) b",
    "    indented\n\n\tand more",
    "a\n===\nb\n---",
    "> quoted",
    "[a](b) ![c](d) <http://e.f>",
    "*a* _b_ `c` ~~d~~ &amp; \\*",
    "* * *",
    "+ plus\n- minus\n-- two",
    "We lose $40k a month; the checks cost $12k.",
    "$5\nand $6",
    "$$x$$ and \\$y\\$",
    "C:\\new\\table, \\\\server\\share\\",
    "\\(x\\), \\[y\\], \\begin{z} \\end{z} \\ref{a} \\textbf {b}",
    "www.~www.a.b{{ x }} and !www.a.b",
    "a@b.co---]",
    "\\http://a.b/{ and http://a.b/]\\",
]

# What a person would take for an address, with every sign that one may hold.
_HOSTS = st.sampled_from(["example.com", "a_b.example.com", "münchen.example", "x.example:8080"])
_SIGNS = st.sampled_from(
    [
        *"abAB019_-~*|'!;.$&=?#+,:@/\\`^{}[]\"()",
        *[
            "%5F",
            "%20",
            "ü",
            "字",
            "&y=2",
            "&copy=1",
            "&section=2",
            "&amp;",
            "&lt",
            "__",
            "**",
            "~~",
        ],
        *["$x$", "\\(", "xn--", "(a)", "[b]"],
    ]
)
_ENDS = st.sampled_from([*"ab1_/~ü"])


def _is_balanced(text: str) -> bool:
    return all(
        text.count(open) == text.count(close) for open, close in zip("([{", ")]}", strict=True)
    )


def addresses() -> st.SearchStrategy[str]:
    """Addresses of the web and of people; each ends where a sentence could not."""
    path = st.builds(
        lambda signs, end: "".join(signs) + end, st.lists(_SIGNS, max_size=8), _ENDS
    ).filter(_is_balanced)
    start = st.builds(
        lambda scheme, host, mark: f"{scheme}{host}{mark}",
        st.sampled_from(["https://", "http://", "ftp://"]),
        _HOSTS,
        st.sampled_from(["/", "/x/", "?q=", "#"]),
    )
    other = st.sampled_from(["www.example.com/", "mailto:ada_b@example.com?subject="])
    people = ["ada_b@example.com", "a.b+c@example.org", "o'brien@a-b.example", "jürgen@example.com"]
    return st.builds(str.__add__, start | other, path) | st.sampled_from(people)


def sentences() -> st.SearchStrategy[tuple[str, list[str]]]:
    """A sentence with one or two addresses in it, and those."""
    one = ["{}", "See {}.", "({})", "“{}”, and", "*{}*", "$5, {}, $6", "- {}", "a_b {} c_d", "!{}"]
    single = st.builds(
        lambda frame, found: (frame.replace("{}", found), [found]),
        st.sampled_from(one),
        addresses(),
    )
    double = st.builds(
        lambda first, then: (f"{first}; {then}!", [first, then]), addresses(), addresses()
    )
    return single | double


def led_to(typed: str) -> str:
    """Return where what was typed leads."""
    if re.match(r"(?:https?|ftp)://|mailto:", typed):
        return typed
    return f"http://{typed}" if typed.startswith("www.") else f"mailto:{typed}"


# ---- Tables ----

FORMULAS = [
    *["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\tx", "'=1", "''+1", "'tis", "'\t"],
    *["＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2003 @x", "\x00=1"],
    *[
        "see sheet;=1+1",
        "a\t=1",
        "a\n- b",
        "a\r\n=1",
        'a;"=1+1"',
        '"=1',
        "a; '=1",
        ";;=1",
        '\n"";=1',
    ],
]
_SEPARATORS = (",", ";", "\t")

# What is passed over before a formula; a tab and a line break too, but they may start a cell.
_BLANK = r" \x00-\x08\v\f\x0e-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
_BLANK += r"\u3000\ufeff\""
_RUNS = "[=+\\-@＝＋－＠]"


def running(table: str) -> list[tuple[str, str]]:
    """Return each cell that a spreadsheet could run, after the sign that it separates by.

    Some pass over blanks and quotes before a formula. Where our own sign separates, no cell may
    even start with a tab or a line break.
    """
    found = []
    for separator in _SEPARATORS:
        text = io.StringIO(table.removeprefix("\ufeff"), newline="")
        cells = [cell for row in csv.reader(text, delimiter=separator) for cell in row]
        start = rf"[\t\r\n{_BLANK}]*{_RUNS}" + (r"|[\t\r\n]" if separator == "," else "")
        found += [(separator, cell) for cell in cells if re.match(start, cell)]
    return found


def unguarded(cell: str) -> str:
    """Return a cell as it was typed, by the rule that the page states."""
    at_start = r"\A'(?='*[\t\r\n])"
    return re.sub(rf"{at_start}|(?:\A|(?<=[;\t\r\n]))'(?=[{_BLANK}']*{_RUNS})", "", cell)
