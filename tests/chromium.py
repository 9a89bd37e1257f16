"""The Chromium of the system, driven by Playwright: what a page asked for and complained of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

LOOKS = ("light", "dark", "print")
#: All rules but contrast, for the whole page; neither a colour scheme nor paper changes them.
_RULES = "axe.run({rules: {'color-contrast': {enabled: false}}, resultTypes: ['violations']})"
#: axe needs milliseconds for the contrast of one element, so it judges the first rows of each
#: table, list and text, with the others taken away; ``_FAINT`` has judged every word before.
_CONTRAST = "axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})"
_FURTHER = (
    "tbody tr:nth-child(n+5), li:nth-child(n+5), article p:nth-of-type(n+8), "
    ".entry:nth-of-type(n+3), figure.table:nth-of-type(n+6), dl:nth-of-type(n+3), svg > *"
)
_PRUNE = "further => document.querySelectorAll(further).forEach(e => e.remove())"
_SCRIPT = Axe().axe_script
_SERIOUS = """.then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)}`))"""
#: Every element with words of its own whose contrast is under 4.5 (3 for large letters), by WCAG.
_FAINT = """() => {
  const seen = new Map(), found = [];
  const look = e => seen.get(e) || (seen.set(e, getComputedStyle(e)), seen.get(e));
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const colour = parts(look(e).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest('script, svg, .contact') || !e.checkVisibility()) continue;
    const style = look(e), size = parseFloat(style.fontSize);
    const [a, b] = [light(parts(style.color)), light(behind(e))].sort((x, y) => y - x);
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if ((a + .05) / (b + .05) < needed) found.push(`${e.tagName}.${e.className} ${e.textContent}`);
  }
  return found.map(words => 'faint: ' + words.slice(0, 80));
}"""


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


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Skipped where there is no browser, unless the run asks for these tests alone."""
    if find_chromium() is None:
        what = "no Chromium on this machine: apt-get install chromium"
        (pytest.fail if request.config.getoption("-m") == "browser" else pytest.skip)(what)
    with chromium() as opened:
        yield opened


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

    def violations(self) -> list[str]:
        """Serious violations of accessibility rules: light, dark and on paper."""
        self.page.evaluate(_SCRIPT)
        found = [f"light {what}" for what in self.page.evaluate(_RULES + _SERIOUS)]
        for look in self._looks():
            found += [f"{look} {what}" for what in self.page.evaluate(_FAINT)]
        self.page.evaluate(_PRUNE, _FURTHER)
        for look in self._looks():
            found += [f"{look} {what}" for what in self.page.evaluate(_CONTRAST + _SERIOUS)]
        return found

    def _looks(self) -> Iterator[str]:
        for look in LOOKS:
            self.page.emulate_media(
                media="print" if look == "print" else "screen",
                color_scheme="dark" if look == "dark" else "light",
            )
            yield look
        self.page.emulate_media(media="screen", color_scheme="light")

    def close(self) -> None:
        self.context.close()
