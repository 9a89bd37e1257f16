"""The Chromium of the system, driven by Playwright: what a page asked for and complained of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

#: What a colour scheme or the paper can change is contrast; the other rules need one look only.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
#: Further rows and entries of one kind wear the colours of the first twelve.
_FURTHER_ROWS = [["tbody tr:nth-child(n+13)"], ["li:nth-child(n+13)"], [".entry:nth-of-type(n+3)"]]
_SCRIPT = Axe().axe_script
_AXE = """([context, options]) => axe.run(context, {resultTypes: ['violations'], ...options})
  .then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)}`))"""


def find_chromium() -> str | None:
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Tab:
    """One tab; ``requests`` and ``problems`` hold what the page opened last did."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.problems: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: Path, anchor: str = "") -> None:
        self.page.goto("about:blank")
        self.requests.clear()
        self.problems.clear()
        self.page.goto(path.as_uri() + (f"#{anchor}" if anchor else ""))

    def foreign(self, path: Path) -> list[str]:
        """What was asked for besides the page itself and what it carries."""
        return [r for r in self.requests if r != path.as_uri() and not r.startswith("data:")]

    def violations(self, look: str) -> list[str]:
        """Serious violations of accessibility rules as the page looks light, dark or on paper."""
        self.page.emulate_media(
            media="print" if look == "print" else "screen",
            color_scheme="dark" if look == "dark" else "light",
        )
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_SCRIPT)
        context: dict[str, Any] = {"include": [["html"]]}
        if look == "light":
            return list(self.page.evaluate(_AXE, [context, {}]))
        context["exclude"] = _FURTHER_ROWS
        return list(self.page.evaluate(_AXE, [context, {"runOnly": COLOURS}]))

    def close(self) -> None:
        self.context.close()
