"""A reader's window in Firefox, as far as the tests need one."""

from __future__ import annotations

import base64
import gc
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from playwright.sync_api import Page

if TYPE_CHECKING:
    from marionette_driver.marionette import Marionette, WebElement

# In seconds. A busy machine is no fault of a page.
PATIENCE = 45

_RUN = """
  const [arg, done] = arguments;
  const run = async () => {
    const script = (SCRIPT);
    return typeof script === "function" ? script(arg) : script;
  };
  run().then(
    (value) => done({ value }),
    (error) => done({ error: `${error}\\n${error?.stack ?? ""}` }),
  );
"""
# What a reader calls a thing: its label, its words, and, for what repeats, the group it is in.
_FIND = """({ name, group, of }) => {
  const words = (element) => element.innerText.replace(/\\s+/g, " ").trim();
  const root = group ? document.querySelector(group) : document;
  const named = [...root.querySelectorAll(of)].filter((each) =>
    [words(each), each.value, ...[...(each.labels ?? [])].map(words)].includes(name));
  return named.find((each) => each.checkVisibility()) ?? null;
}"""


def _free_port() -> int:
    with socket.socket() as knocking:
        knocking.bind(("127.0.0.1", 0))
        return int(knocking.getsockname()[1])


class Firefox:
    """Finds what a reader would name, and waits for what a reader would wait for."""

    # As WebDriver names them.
    ENTER = "\ue007"
    TAB = "\ue004"

    def __init__(self, driver: Marionette, site: str, downloads: Path) -> None:
        self._driver = driver
        self._site = site
        self._downloads = downloads

    @classmethod
    @contextmanager
    def started(cls, program: Path, site: str) -> Iterator[Firefox]:
        """Start `program` with an empty profile; `site` is the address that others start from."""
        # All processes that run tests import this file, and one of them starts Firefox.
        from marionette_driver.marionette import Marionette

        with TemporaryDirectory() as folder:
            with warnings.catch_warnings():
                # The driver leaves the sockets open with which it knocked at the door.
                warnings.simplefilter("ignore", ResourceWarning)
                driver = Marionette(
                    bin=str(program),
                    # Another Firefox may be driven at the same time, or be left from a stopped run.
                    port=_free_port(),
                    headless=True,
                    gecko_log=f"{folder}/gecko.log",
                    prefs={
                        "browser.download.folderList": 2,
                        "browser.download.dir": folder,
                        # Nobody watches: a third of the work is drawing and spare processes.
                        "layout.frame_rate": 10,
                        "dom.ipc.processPrelaunch.enabled": False,
                        # Its own first page, which nobody asks for, has a process to itself.
                        "browser.startup.page": 0,
                        "browser.newtabpage.enabled": False,
                        # One process for all pages, which are all of one site.
                        "fission.autostart": False,
                        "dom.ipc.processCount": 1,
                    },
                )
                gc.collect()
            try:
                driver.start_session()
                driver.timeout.script = PATIENCE
                driver.set_window_rect(width=1280, height=900)
                yield cls(driver, site, Path(folder))
            finally:
                driver.quit(in_app=False)
                driver.cleanup()
                # Else it would clean up once more as Python ends, too late to import anything.
                driver.instance = None
                del driver
                gc.collect()

    @property
    def url(self) -> str:
        return str(self._driver.get_url())

    def goto(self, address: str) -> None:
        """Open an address of the site, or any whole one."""
        self._driver.navigate(urljoin(self._site, address))

    def reload(self) -> None:
        self._driver.refresh()

    def evaluate(self, script: str, arg: Any = None) -> Any:
        """Return the value in the page of an expression or of a function of `arg`.

        None where the page was left while the script ran.
        """
        out = self._driver.execute_async_script(
            _RUN.replace("SCRIPT", script), script_args=(arg,), sandbox=None
        )
        if out is None:
            return None
        if "error" in out:
            raise AssertionError(out["error"])
        return out.get("value")

    def wait_for(self, script: str, arg: Any = None) -> Any:
        """Wait until a script is worth something, and return it."""
        end = monotonic() + PATIENCE
        while not (found := self.evaluate(script, arg)):
            if monotonic() > end:
                raise AssertionError(f"waited {PATIENCE} s in vain for {script} of {arg!r}")
            sleep(0.05)
        return found

    def element(self, name: str, *, of: str, group: str = "") -> WebElement:
        """The visible element with this label or these words, among those that match `of`."""
        return self.wait_for(_FIND, {"name": name, "group": group, "of": of})

    def field(self, label: str, group: str = "") -> WebElement:
        return self.element(label, of="input, textarea, select", group=group)

    def click(self, name: str, group: str = "") -> None:
        """Press the button, link or box of this name."""
        self.element(name, of="button, a, [type=radio], [type=checkbox]", group=group).click()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            self._driver.actions.sequence("key", "keyboard").send_keys(key).perform()

    def text(self, selector: str) -> str:
        return str(
            self.evaluate("selector => document.querySelector(selector).innerText", selector)
        )

    def wait_for_text(self, selector: str, words: str) -> None:
        self.wait_for(
            "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
            [selector, words],
        )

    def download(self, button: str, group: str = "") -> Path:
        """Press a button that saves a file; returns the file once it is whole."""
        before = set(self._downloads.iterdir())
        self.click(button, group)
        end = monotonic() + PATIENCE
        while monotonic() < end:
            new = {path for path in self._downloads.iterdir() if path not in before}
            done = [path for path in new if path.suffix != ".part" and path.stat().st_size]
            if done and len(done) == len(new):
                return done[0]
            sleep(0.05)
        raise AssertionError(f"“{button}” saved no file")

    def choose_file(self, label: str, path: Path) -> None:
        self.field(label).send_keys(str(path))

    def new_window(self) -> str:
        """Open another window of the same reader; returns the name of the one that was there."""
        here = str(self._driver.current_window_handle)
        self._driver.switch_to_window(self._driver.open(type="tab")["handle"])
        return here

    def switch(self, window: str) -> str:
        """Go to another window; returns the name of the one that was left."""
        here = str(self._driver.current_window_handle)
        self._driver.switch_to_window(window)
        return here

    def forget(self) -> None:
        """Become a new reader: one empty window, and nothing stored."""
        first, *others = self._driver.window_handles
        for window in others:
            self._driver.switch_to_window(window)
            self._driver.close()
        if others:
            self._driver.switch_to_window(first)
        # A page without the worksheet's script, which would store what is typed as it is left.
        self.goto("contribute/about/")
        self.evaluate("localStorage.clear()")

    def printed(self) -> bytes:
        """The page on paper, as a PDF file."""
        made = self._driver._send_message("WebDriver:Print", {}, key="value")
        return base64.b64decode(made)


# A page in either browser.
Window = Page | Firefox
