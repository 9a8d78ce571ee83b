"""Blocks of HTML are kept from Markdown, and the page is the one that Markdown would make."""

from __future__ import annotations

from functools import cache

import markdown  # type: ignore[import-untyped]

from macros.render.html_blocks import HtmlBlocks
from tests.made_up import example, given, st
from tests.markdown_page import site_markdown

PIECES = [
    *["text", "# Title", "- item", "> said", "*", "`", "    ", " ", "\n", "a < b", "&amp;"],
    *["<div>", "</div>", "<DIV>", "<div ", "<p>", "</p>", "<p>x</p>", "<hr>", "<br>", "<b>"],
    *['<section markdown="1">', "</section>", "<pre>", "</pre>", "<!--", "-->", "<!x>", "</b>"],
    *["<script>", "</script>", "<script></script>", "`<div>`", '<a name="n">', "</a>", "'"],
    *["<p id='i'>", '<div title="</div>">', '<span title="', "<i>\n\n", "```", "[^1]", '"', ">"],
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(["\n", "\n\n"])).map("".join)


@cache
def keeping() -> tuple[markdown.Markdown, set[str]]:
    """Return the site's Markdown, and what it notes of the blocks that are kept from it."""
    made, ids = site_markdown.__wrapped__(), set[str]()
    made.registerExtensions([HtmlBlocks(ids)], {})
    return made, ids


@example("<p>Kept</p>\n<p>too</p>\n\nText\n\n<div>\n\n<p>In it</p>\n</div>")
@example('<section markdown="1">\n*read*\n</section>\n<p>x</p>\n\n<p>y</p>')
@example('<pre>\n\n<section markdown="1"></div>\n\n</pre>\n<p>x</p>\n\ny')
@example("<div><!--\n</div>\n\n*x*\n-->\n</div>")
@example("<div><!-- </div> --></div>\n\n<!--\n\n<p>No block</p>\n\n-->")
@example('<div title="</div>">\n\n*No Markdown*\n\n</div>')
@example("<div><script>'\n</div>\n\n*no*'</script>\n</div>")
@example("text\n<div>\n\n<p>x</p>\n\n*no*</div>")
@example("<p>x</p> and <p>\n\n<p>y</p>\n\n*no*</p>")
@example('A <b title="\n\n<p>x</p>\n\n">')
@given(TEXTS)
def test_whatever_html_is_on_a_page_it_is_that_of_markdown(text: str) -> None:
    assert keeping()[0].reset().convert(text) == site_markdown().reset().convert(text)
