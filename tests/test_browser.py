"""The reports in a real browser: they call nobody, complain of nothing and do what they say.

Every page of the report on the seeds and of the report on the invented panel is opened; so is
every page made of documents that try to act.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import Tab, browser
from tests.site_fixtures import PAYLOADS, hostile_site, pages, panel_site, site

__all__ = ["browser", "hostile_site", "panel_site", "site"]
pytestmark = pytest.mark.browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    opened = Tab(browser)
    yield opened
    opened.close()


@pytest.fixture(params=["seeds", "panel"])
def report(request: pytest.FixtureRequest) -> Path:
    """The folder of each report, one after the other."""
    name = "site" if request.param == "seeds" else "panel_site"
    folder: Path = request.getfixturevalue(name)
    return folder


def test_pages_ask_for_nothing_complain_of_nothing_and_fit(report: Path, tab: Tab) -> None:
    wrong = []
    for name, _ in pages(report):
        tab.open(report / name)
        wrong += [f"{name} asks for {address}" for address in tab.foreign(report / name)]
        wrong += [f"{name} says {words}" for words in tab.problems]
        for width in (1280, 390):
            tab.page.set_viewport_size({"width": width, "height": 900})
            if tab.page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{name} is wider than {width}")
    assert wrong == []


def test_no_serious_violation_in_light_dark_and_print(report: Path, site: Path, tab: Tab) -> None:
    # The codebook is the same in every report: what is equal to the byte is looked at once.
    seen = set() if report == site else {_digest(html) for _, html in pages(site)}
    wrong = []
    for name, html in pages(report):
        if _digest(html) in seen:
            continue
        tab.open(report / name)
        wrong += [f"{name} {what}" for what in tab.violations()]
    assert wrong == []


def _digest(html: str) -> str:
    return sha256(html.encode()).hexdigest()


def test_every_table_sorts_by_every_column(report: Path, tab: Tab) -> None:
    n_columns = 0
    for name, html in pages(report):
        if "<table" not in html:
            continue
        tab.open(report / name)
        told = tab.page.evaluate(_SORTS)
        n_columns += told["columns"]
        assert told["wrong"] == [], name
    assert n_columns > 150


#: Clicks every heading twice and compares the rows with an order of its own: what is empty stays
#: last, numbers by size, words in Chinese order.
_SORTS = """() => {
  const chinese = new Intl.Collator('zh', {numeric: true}), wrong = [];
  let columns = 0;
  const text = (row, at) => row.cells[at] ? row.cells[at].textContent.trim() : '';
  const number = words =>
    /^[-+]?[\\d,.]+%?$/.test(words) ? Number(words.replace(/[,%]/g, '')) : null;
  for (const table of document.querySelectorAll('figure.table table')) {
    const body = table.tBodies[0], before = [...body.rows].map(r => r.textContent).sort().join();
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = head.querySelector('button');
      if (!button) { wrong.push('no button ' + head.textContent); return; }
      columns += 1;
      for (const down of [1, -1]) {
        button.click();
        const cells = [...body.rows].map(row => text(row, at));
        const filled = cells.filter(words => words && words !== '·');
        const name = head.textContent;
        if (cells.slice(0, filled.length).join() !== filled.join()) wrong.push('empty ' + name);
        for (let i = 1; i < filled.length; i++) {
          const [one, two] = [filled[i - 1], filled[i]], [a, b] = [number(one), number(two)];
          if ((a === null) !== (b === null)) continue;
          const sign = a === null ? chinese.compare(one, two) : a - b;
          if (down * sign > 0) wrong.push(`${name}: ${one} ${two}`);
        }
        const said = head.getAttribute('aria-sort');
        if (said !== (down > 0 ? 'ascending' : 'descending')) wrong.push('aria ' + said);
      }
    });
    if ([...body.rows].map(r => r.textContent).sort().join() !== before) wrong.push('rows lost');
  }
  return {columns, wrong: wrong.slice(0, 5)};
}"""


def test_every_filter_shows_what_it_says(report: Path, tab: Tab) -> None:
    n_filters = 0
    for name, html in pages(report):
        if 'class="tools"' not in html:
            continue
        tab.open(report / name)
        told = tab.page.evaluate(_FILTERS)
        n_filters += told["filters"]
        assert told["wrong"] == [], name
    assert n_filters >= 10


#: Types two signs of the last row into every filter and looks at what is left and at the count.
_FILTERS = """() => {
  const wrong = [];
  let filters = 0;
  const seen = row => row.getClientRects().length > 0;
  for (const figure of document.querySelectorAll('figure.table')) {
    const box = figure.querySelector('.tools input');
    if (!box) continue;
    const hidden = figure.closest('details');
    if (hidden) hidden.open = true;
    filters += 1;
    const rows = [...figure.querySelectorAll('tbody tr')], count = figure.querySelector('.count');
    const all = count && count.textContent.split('/')[1];
    const want = rows.at(-1).textContent.replace(/[\\s·]/g, '').slice(0, 2);
    box.value = want;
    box.dispatchEvent(new Event('input'));
    const left = rows.filter(seen);
    const n = rows.filter(row => row.textContent.includes(want)).length;
    if (!n || left.length !== n) wrong.push(want);
    const said = `显示 ${n.toLocaleString('en')} /${all}`;
    if (count && count.textContent !== said) wrong.push(count.textContent);
    box.value = '无此词';
    box.dispatchEvent(new Event('input'));
    if (rows.some(seen)) wrong.push('nothing has these words');
    box.value = '';
    box.dispatchEvent(new Event('input'));
    if (!rows.every(seen)) wrong.push('rows stay away');
  }
  return {filters, wrong};
}"""


@pytest.mark.parametrize("word", ["复议", "行政复议", "法治 宣传"])
def test_the_search_finds_words_of_two_characters(word: str, report: Path, tab: Tab) -> None:
    tab.open(report / "search.html")
    tab.page.fill("#query", word)
    hits = tab.page.locator("#hits li").all_text_contents()
    assert hits
    assert all(part in hit for hit in hits for part in word.split())
    assert tab.page.text_content("#told") == f"显示 {len(hits)} / 共 {len(hits)} 句"
    tab.page.click("#hits li:last-child a")
    landed = tab.page.text_content(":target")
    assert all(part in landed for part in word.split())
    tab.open(report / "search.html", "复议")
    assert tab.page.locator("#hits li").count() >= 1


def test_every_number_lands_on_its_sentence_and_back(report: Path, tab: Tab) -> None:
    numbers = _numbers(report, tab)
    assert len(numbers) > 100
    by_source: dict[str, list[list[str]]] = {}
    for obs_id, (_, address, words) in numbers.items():
        source, _, sentence = address.partition("#")
        by_source.setdefault(source, []).append([obs_id, sentence, words])
    backs: dict[str, list[list[str]]] = {}
    for source, asked in by_source.items():
        tab.open(report / source)
        for obs_id, is_there, back in tab.page.evaluate(_LANDS, asked):
            assert is_there, obs_id
            page, _, cell = back.removeprefix("../").partition("#")
            backs.setdefault(page, []).append([obs_id, cell])
    for page, asked in backs.items():
        tab.open(report / page)
        assert tab.page.evaluate(_RETURNS, asked) == [], page


def _numbers(report: Path, tab: Tab) -> dict[str, tuple[str, str, str]]:
    """Every number in the tables of the notebooks: the page it is on, its link, its words."""
    found: dict[str, tuple[str, str, str]] = {}
    for name, html in pages(report):
        if "data-obs" in html and "/" not in name:
            tab.open(report / name)
            links = "all => all.map(a => [a.dataset.obs, a.getAttribute('href'), a.textContent])"
            for obs_id, address, words in tab.page.eval_on_selector_all("a[data-obs]", links):
                found[obs_id] = (name, address, words)
    return found


_LANDS = """asked => asked.map(([obs, sentence, words]) => {
  location.hash = sentence;
  const target = document.querySelector(':target');
  const mark = target && target.querySelector(`a.says[data-obs="${CSS.escape(obs)}"]`)
    || target && target.parentNode.querySelector(`a.says[data-obs="${CSS.escape(obs)}"]`);
  const box = target && target.getBoundingClientRect();
  return [obs, Boolean(mark) && box.bottom > 0 && box.top < innerHeight,
          mark ? mark.getAttribute('href') : ''];
})"""
_RETURNS = """asked => asked.filter(([obs, cell]) => {
  location.hash = cell;
  const target = document.querySelector(':target');
  const box = target && target.getBoundingClientRect();
  return !(target && target.querySelector(`a[data-obs="${CSS.escape(obs)}"]`)
           && box.bottom > 0 && box.top < innerHeight);
})"""


def test_a_click_goes_there_and_back(report: Path, tab: Tab) -> None:
    page = next(name for name, html in pages(report) if "04_ind" in name and "data-obs" in html)
    tab.open(report / page)
    number = tab.page.locator("a[data-obs]").first
    obs_id, words = number.get_attribute("data-obs"), number.text_content()
    number.click()
    tab.page.wait_for_url("**/sources/**")
    mark = tab.page.locator(f'a.says[data-obs="{obs_id}"]')
    assert mark.is_visible()
    mark.click()
    tab.page.locator(":target a").filter(has_text=words).first.wait_for(timeout=10_000)


def test_contacts_appear_only_when_asked_for(site: Path, tab: Tab) -> None:
    tab.open(site / "sources" / "004.html")
    contact = tab.page.locator("article .contact").first
    colour = "e => getComputedStyle(e).color"
    assert contact.evaluate(colour) == "rgba(0, 0, 0, 0)"
    tab.page.emulate_media(media="print")
    assert contact.evaluate(colour) == "rgba(0, 0, 0, 0)"
    tab.page.emulate_media(media="screen")
    tab.page.check("#contacts")
    assert contact.evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_without_a_script_everything_can_be_read(report: Path, browser: Browser) -> None:
    tab = Tab(browser, java_script_enabled=False)
    for name in ("index.html", "04_indicators.html", "search.html", "codebook.html"):
        tab.open(report / name)
        assert tab.page.locator(".tools:visible, #ask:visible").count() == 0
        rows = tab.page.locator("figure.table tbody tr")
        assert name == "search.html" or rows.count() > 3
        assert tab.page.locator("noscript p").is_visible() == (name == "search.html")
    tab.close()


def test_the_front_page_is_there_at_once(report: Path, tab: Tab) -> None:
    tab.open(report / "index.html")
    timing = tab.page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    assert timing < 1000


def test_a_sheet_of_paper_holds_the_sheet(report: Path, tab: Tab) -> None:
    """Printed to PDF, an evaluator's sheet is one page, two where a report says very much."""
    for name, _ in pages(report):
        if name.startswith("sheets/"):
            tab.open(report / name)
            printed = tab.page.pdf(format="A4", prefer_css_page_size=True)
            assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 2, name


def test_documents_that_try_to_act_do_not(hostile_site: Path, tab: Tab) -> None:
    n_pages = 0
    for name, _ in pages(hostile_site):
        tab.open(hostile_site / name)
        tab.page.evaluate(_TOUCH)
        assert tab.problems == [], name
        assert tab.foreign(hostile_site / name) == [], name
        n_pages += 1
    assert n_pages > 2 * len(PAYLOADS)
    tab.open(hostile_site / "search.html")
    for payload in PAYLOADS:
        tab.page.fill("#query", payload)
        tab.page.evaluate(_TOUCH)
    assert tab.problems == []


#: What a reader's hand may touch off: sorting, filtering, opening, pointing, focusing.
_TOUCH = """() => {
  document.querySelectorAll('th button').forEach(button => button.click());
  document.querySelectorAll('details').forEach(one => { one.open = true; });
  document.querySelectorAll('.tools input').forEach(box => {
    box.value = '<'; box.dispatchEvent(new Event('input'));
    box.value = ''; box.dispatchEvent(new Event('input'));
  });
  document.querySelectorAll('main *').forEach(one => {
    for (const kind of ['mouseover', 'focus', 'toggle', 'load', 'error', 'start'])
      one.dispatchEvent(new Event(kind));
  });
}"""
