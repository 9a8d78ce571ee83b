"""A page is light: what its first view fetches, compressed, and in how many requests.

How long a page is, its text decides, and a question more is no fault: `make bench` measures that.
"""

from __future__ import annotations

import functools
import gzip
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.browser.reader import IDLE

# Requests, and bytes of all that is not the text of the page itself.
MOST = (8, 24 * 1024)
MOST_OF_THE_WORKSHEET = (14, 48 * 1024)
# Everything, its text too, of the longest: it is opened from a chat, on the way.
MOST_OF_A_QUESTION = 15 * 1024
MOST_STYLES = 8 * 1024
LATER = """() => {
  const later = document.querySelector("[data-later]")?.dataset.later ?? "{}";
  return Object.keys(JSON.parse(later)).map((name) => `/assets/${name}`);
}"""


@functools.cache
def weight(file: Path) -> int:
    """What a file weighs on its way."""
    return len(gzip.compress(file.read_bytes(), 9))


def test_the_first_view_of_every_page(
    phone: Page, site: str, built_site: Path, heaviest_pages: list[str]
) -> None:
    # As a new reader, who has nothing in the cache.
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    phone.on("response", hear)
    for address in heaviest_pages:
        heard.clear()
        phone.goto(address)
        phone.evaluate(IDLE)
        # On a busy machine, what the worksheet fetches two seconds later may be here already.
        later = phone.evaluate(LATER)
        first = [each for each in heard if not each.url.endswith(tuple(later))]
        assert all(each.ok for each in first), [each.url for each in first]
        names = [each.url.removeprefix(site) for each in first]
        files = [built_site / name / ("index.html" if name == address else "") for name in names]
        sizes = dict(zip(names, map(weight, files), strict=True))
        requests, most = MOST_OF_THE_WORKSHEET if later else MOST
        listed = "\n".join(f"{size:7} {name}" for name, size in sizes.items())
        assert len(first) <= requests, f"{address}: {len(first)} requests\n{listed}"
        beside = sum(size for name, size in sizes.items() if name != address)
        assert beside <= most, f"{address}: {beside} beside its text\n{listed}"
        styles = sum(size for name, size in sizes.items() if name.endswith(".css"))
        assert 0 < styles <= MOST_STYLES, f"{address}: {styles} of styles\n{listed}"
        total = sum(sizes.values())
        assert not address.startswith("q/") or total <= MOST_OF_A_QUESTION, f"{total}\n{listed}"
        assert not any("search/index" in name for name in sizes), f"{address}\n{listed}"
        assert len(first) >= 4, f"{address}: the cache was used\n{listed}"
    phone.remove_listener("response", hear)
    line.detach()
