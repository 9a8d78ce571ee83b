"""Readers of the worksheet, whose form asks a few questions unless all of them are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.worksheet.desk import ADDRESS, few
from tests.conftest import serve

SECTION = re.compile(
    r'<fieldset class="ws-question\b[^>]*\bdata-question="([^"]+)"'
    r'.*?</fieldset>\s*(?=<fieldset class="ws-question|</div>)',
    re.DOTALL,
)


@pytest.fixture(scope="session")
def short_site(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, whose worksheet asks only a few questions.

    What a test asks of the form is the same for eight questions and for all of them; the browser
    takes three times as long for all.
    """
    folder = tmp_path_factory.mktemp("short") / "site"
    page = Path(ADDRESS) / "index.html"
    for file in built_site.rglob("*"):
        copy = folder / file.relative_to(built_site)
        if file.is_file() and copy != folder / page:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.symlink_to(file)
    (folder / page).parent.mkdir()
    (folder / page).write_text(
        shortened((built_site / page).read_text(encoding="utf-8")), encoding="utf-8"
    )
    return folder


def shortened(form: str) -> str:
    """Cut the questions out of the page of the worksheet that the tests do not need."""
    wanted = {item.id for item in few()}
    assert wanted <= {found[1] for found in SECTION.finditer(form)}
    return SECTION.sub(lambda found: found[0] if found[1] in wanted else "", form)


@pytest.fixture(scope="session")
def short_server(short_site: Path) -> Iterator[str]:
    with serve(short_site) as address:
        yield address


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site with the short form, unless the test is about the whole one."""
    whole = request.node.get_closest_marker("whole_form")
    address: str = request.getfixturevalue("server" if whole else "short_server")
    return address
