"""The report in a real browser: it calls nobody, complains of nothing and does what it says."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from govlaw import paths
from tests.chromium import Browser, find_chromium
from tests.site_fixtures import pages, site

__all__ = ["site"]
AXE = "axe-core@4.14.1"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Skipped where there is no browser, unless the run asks for these tests alone."""
    if find_chromium() is None:
        what = "no Chromium on this machine: apt-get install chromium"
        (pytest.fail if request.config.getoption("-m") == "browser" else pytest.skip)(what)
    with Browser() as opened:
        yield opened


def test_pages_ask_for_nothing_and_complain_of_nothing(site: Path, browser: Browser) -> None:
    for name, _ in pages(site):
        address = (site / name).as_uri()
        browser.open(address)
        browser.run("1")
        foreign = [r for r in browser.requests if r != address and not r.startswith("data:")]
        assert foreign == [], name
        assert browser.problems == [], name


def test_a_click_on_a_heading_sorts(site: Path, browser: Browser) -> None:
    browser.open((site / "03_trends.html").as_uri())
    column = (
        "[...document.querySelectorAll('#trend-table tbody tr')].map(r => r.cells[1].textContent)"
    )
    browser.run("document.querySelectorAll('#trend-table th button')[1].click()")
    rising = [float(cell) for cell in browser.run(column)]
    assert rising == sorted(rising)
    browser.run("document.querySelectorAll('#trend-table th button')[1].click()")
    assert [float(cell) for cell in browser.run(column)] == sorted(rising, reverse=True)
    names = (
        "[...document.querySelectorAll('#trend-table tbody tr')].map(r => r.cells[0].textContent)"
    )
    browser.run("document.querySelectorAll('#trend-table th button')[0].click()")
    assert browser.run(
        f"JSON.stringify({names}) === "
        f"JSON.stringify([...{names}].sort(new Intl.Collator('zh', {{numeric: true}}).compare))"
    )


def test_empty_cells_stay_last(site: Path, browser: Browser) -> None:
    browser.open((site / "01_corpus.html").as_uri())
    index = browser.run(
        "[...document.querySelectorAll('#documents th')]"
        ".findIndex(h => h.textContent.includes('文号'))"
    )
    for _ in range(2):
        browser.run(f"document.querySelectorAll('#documents th button')[{index}].click()")
        cells = browser.run(
            "[...document.querySelectorAll('#documents tbody tr')]"
            f".map(r => r.cells[{index}].textContent.trim())"
        )
        filled = [cell for cell in cells if cell != "·"]
        assert cells[: len(filled)] == filled


def test_the_filter_counts_what_it_shows(site: Path, browser: Browser) -> None:
    browser.open((site / "03_trends.html").as_uri())
    browser.run(
        "const i = document.querySelector('#trend-table .tools input');"
        "i.value = '行政'; i.dispatchEvent(new Event('input'))"
    )
    shown = browser.run("document.querySelectorAll('#trend-table tbody tr:not([hidden])').length")
    every = browser.run("document.querySelectorAll('#trend-table tbody tr').length")
    assert 0 < shown < every
    words = browser.run("document.querySelector('#trend-table .count').textContent")
    assert words == f"显示 {shown} / 共 {every} 行"


@pytest.mark.parametrize("word", ["复议", "行政复议", "法治 宣传"])
def test_the_search_finds_words_of_two_characters(word: str, site: Path, browser: Browser) -> None:
    browser.open((site / "search.html").as_uri())
    browser.run(
        f"const q = document.getElementById('query'); q.value = '{word}';"
        "q.dispatchEvent(new Event('input'))"
    )
    hits = browser.run("[...document.querySelectorAll('#hits li')].map(h => h.textContent)")
    assert hits
    assert all(part in hit for hit in hits for part in word.split())
    address = browser.run("document.querySelector('#hits a').getAttribute('href')")
    target, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in (site / target).read_text(encoding="utf-8")


def test_contacts_appear_only_when_asked_for(site: Path, browser: Browser) -> None:
    browser.open((site / "sources" / "004.html").as_uri())
    colour = "getComputedStyle(document.querySelector('article .contact')).color"
    assert browser.run(colour) == "rgba(0, 0, 0, 0)"
    browser.run("document.getElementById('contacts').click()")
    assert browser.run(colour) != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_schemes(scheme: str, site: Path, browser: Browser) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.call("Emulation.setEmulatedMedia", features=features)
    browser.open((site / "index.html").as_uri())
    ratios = browser.run(_CONTRAST)
    assert min(ratios.values()) >= 4.5, ratios


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(width: int, site: Path, browser: Browser) -> None:
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                 mobile=False)  # fmt: skip
    for name, _ in pages(site):
        browser.open((site / name).as_uri())
        assert browser.run("document.documentElement.scrollWidth") <= width, name


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility rules of axe-core (MPL-2.0), fetched by npm and used in tests only."""
    folder = paths.home() / "build" / "npm"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("axe-core is not there and npm cannot fetch it")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", AXE]
        if subprocess.run(command, capture_output=True, timeout=120).returncode:
            pytest.skip(f"npm could not fetch {AXE}")
    return script.read_text(encoding="utf-8")


KINDS = (
    "index.html", "01_corpus.html", "02_topics.html", "03_trends.html", "04_indicators.html",
    "05_compliance.html", "06_quality.html", "sources/index.html", "sources/004.html",
    "sheets/004.html", "search.html", "codebook.html",
)  # fmt: skip


@pytest.mark.parametrize("look", ["light", "dark", "print"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_serious(
    name: str, look: str, site: Path, browser: Browser, axe: str
) -> None:
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if look == "dark" else "light"}]
    browser.call("Emulation.setEmulatedMedia", media="print" if look == "print" else "screen",
                 features=scheme)  # fmt: skip
    browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip
    browser.open((site / name).as_uri())
    browser.run(f"{axe};1")
    found = browser.run(_AXE, wait=True)
    browser.call("Emulation.setEmulatedMedia", media="screen", features=[])
    assert found == []


_AXE = """axe.run(document, {resultTypes: ['violations']}).then(r => r.violations
  .filter(v => v.impact === 'serious' || v.impact === 'critical')
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)}`))"""

_CONTRAST = """(() => {
  const lum = c => {
    const [r, g, b] = c.match(/[\\d.]+/g).map(Number)
      .map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(c)) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = {};
  for (const q of ['p', '.second', 'a', 'h1', '.small', '.caution', '.toc a', '.top nav a',
                   'td', '.none', '.tail', '.state', 'summary', '.evidence']) {
    const e = document.querySelector('main ' + q) || document.querySelector(q);
    if (!e) continue;
    const [a, b] = [lum(getComputedStyle(e).color), lum(behind(e))].sort((x, y) => y - x);
    found[q] = (a + .05) / (b + .05);
  }
  return found;
})()"""
