"""A page is light: what its first view fetches, compressed, and in how many requests.

How long a page is, its text decides, and a question more is no fault: `make bench` measures that.
"""

from __future__ import annotations

import gzip

from playwright.sync_api import Page, Response

from tests.browser.reader import IDLE, PHONE, OpenReader

# Requests, and bytes of all that is not the text of the page itself.
MOST = (12, 24 * 1024)
MOST_OF_THE_WORKSHEET = (14, 48 * 1024)
# Everything, its text too, of the longest: it is opened from a chat, on the way.
MOST_OF_A_QUESTION = 15 * 1024
MOST_STYLES = 8 * 1024
LATER = """() => {
  const later = document.querySelector("[data-later]")?.dataset.later ?? "{}";
  return Object.keys(JSON.parse(later)).map((name) => `/assets/${name}`);
}"""


def hear(page: Page) -> list[Response]:
    """What the page fetches from now on."""
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))
    return heard


def test_the_first_view_of_every_page(open_reader: OpenReader, heaviest_pages: list[str]) -> None:
    for address in heaviest_pages:
        page = open_reader(width=PHONE)  # A new reader, who has nothing in the cache.
        heard = hear(page)
        page.goto(address)
        page.evaluate(IDLE)
        # On a busy machine, what the worksheet fetches two seconds later may be here already.
        later = page.evaluate(LATER)
        heard = [each for each in heard if not each.url.endswith(tuple(later))]
        sizes = {each.url: len(gzip.compress(each.body(), 9)) for each in heard}
        page.close()
        requests, weight = MOST_OF_THE_WORKSHEET if later else MOST
        listed = "\n".join(f"{size:7} {name}" for name, size in sizes.items())
        assert len(heard) <= requests, f"{address}: {len(heard)} requests\n{listed}"
        beside = sum(size for name, size in sizes.items() if not name.endswith("/"))
        assert beside <= weight, f"{address}: {beside} beside its text\n{listed}"
        styles = sum(size for name, size in sizes.items() if name.endswith(".css"))
        assert 0 < styles <= MOST_STYLES, f"{address}: {styles} of styles\n{listed}"
        total = sum(sizes.values())
        assert not address.startswith("q/") or total <= MOST_OF_A_QUESTION, f"{total}\n{listed}"
        assert not any("search/index" in name for name in sizes), f"{address}\n{listed}"
        assert all(each.ok for each in heard), listed
        assert len(heard) >= 4, f"{address}: the cache was used\n{listed}"
