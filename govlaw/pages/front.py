"""From everything an edition holds to its front page."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.pages import readings
from govlaw.pages.downloads import download_rows
from govlaw.pages.findings import Finding
from govlaw.pages.frames import STUDY, heading
from govlaw.pages.markup import frame_of, joined, link, pairs, table, tiles
from govlaw.pages.notebooks import Run
from govlaw.pages.sheets import sheet_link
from govlaw.pages.words import Said, value_label

_QUESTION = Said(
    "县区怎样报告法治政府建设：写了什么，用了哪些数字，数字之间是否相符，该写的是否写了？"
    "每个数字都可以点回它所在的句子。",
    "How do counties and districts report on law-based government: what do they say, which "
    "numbers do they give, do these agree, and is what must be said there? Every number leads "
    "back to its sentence.",
)
#: Bytes of rows of each of the three long tables of the front page.
PART = 20_000
_PACKAGES = ("govlaw", "pandas", "matplotlib", "jieba", "scikit-learn", "papermill", "nbconvert")

Toc = list[tuple[str, str, int]]


def body(
    tables: Any,
    runs: Sequence[tuple[Run, Said, Said]],
    found: Sequence[Finding],
    *,
    edition: str,
    lang: str,
    parameters: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, str],
) -> tuple[Markup, Toc]:
    """The front page and its contents; ``runs`` holds each run with its title and its lede."""
    sections = (
        ("findings", Said("主要发现", "Findings"), _findings(found, lang)),
        ("pages", Said("分析", "Analyses"), _pages(runs, lang)),
        ("corpus", Said("语料", "Corpus"), _corpus(tables, places, lang)),
        ("ledger", Said("入库台账", "Ledger"), _ledger(tables, lang)),
        ("downloads", Said("下载", "Downloads"), _downloads(tables, lang)),
        (
            "versions",
            Said("参数与版本", "Parameters and versions"),
            _versions(parameters, edition, lang),
        ),
    )
    parts: list[Any] = [
        Markup("<h1>{}</h1>").format(STUDY.html(lang)),
        Markup('<p class="lede">{}</p>').format(_QUESTION.html(lang)),
        _figures(tables, lang),
    ]
    for id, said, made in sections:
        parts += [heading(said, id=id, lang=lang), made]
    return joined(parts), [(f"#{id}", said.first(lang), 2) for id, said, _ in sections]


def _figures(tables: Any, lang: str) -> Markup:
    documents = tables.documents
    return tiles(
        [
            (Said("份文件", "documents"), f"{len(documents):,}"),
            (Said("个地区", "places"), f"{documents['ref_area'].dropna().nunique():,}"),
            (Said("句", "sentences"), f"{int(documents['n_sentences'].sum()):,}"),
            (Said("个数量", "quantities"), f"{len(tables.quantities):,}"),
            (Said("条指标观测", "observations"), f"{len(tables.observations):,}"),
        ],
        lang,
    )


def _findings(found: Sequence[Finding], lang: str) -> Markup:
    if not found:
        return Markup("<p>·</p>")
    return Markup('<ol class="findings">{}</ol>').format(joined(f.html(lang) for f in found))


def _pages(runs: Sequence[tuple[Run, Said, Said]], lang: str) -> Markup:
    return Markup('<ul class="cards">{}</ul>').format(joined(_card(*run, lang) for run in runs))


def _card(run: Run, title: Said, lede: Said, lang: str) -> Markup:
    if run.failure:
        words = Said(
            f"未完成：第 {run.failure.cell} 单元格，{run.failure.message}",
            f"failed in cell {run.failure.cell}: {run.failure.message}",
        )
        state = Markup('<p class="state bad">{}</p>').format(words.first(lang))
    else:
        state = Markup('<p class="state">{}</p>').format(Said("完成", "complete").first(lang))
    return Markup("<li>{}{}<p>{}</p></li>").format(
        link(f"{run.name}.html", title.html(lang)), state, lede.first(lang)
    )


def _corpus(tables: Any, places: Mapping[str, str], lang: str) -> Markup:
    documents = tables.documents
    columns = ["doc_id", "county", "city", "year", "doc_type", "title", "date_published"]
    shown = documents[columns].copy()
    shown.insert(1, "sheet", shown["doc_id"])
    parts = [
        Markup('<p class="reading">{}</p>').format(
            readings.corpus(documents, tables.ledger).html(lang)
        ),
        _years(documents, places, lang),
        table(
            shown, lang=lang, name="documents", title=Said("文件", "Documents"),
            download="documents", weight=PART,
            cells={"doc_id": lambda d: link(f"sources/{d}.html", d),
                   "sheet": lambda d: sheet_link(str(d), lang)},
        ),
    ]  # fmt: skip
    return joined(parts)


def _years(documents: pd.DataFrame, places: Mapping[str, str], lang: str) -> Markup:
    known = documents.dropna(subset=["year"])
    if known.empty:
        return Markup("")
    years = list(range(int(known["year"].min()), int(known["year"].max()) + 1))
    rows = []
    for area, group in known.groupby("ref_area", dropna=False):
        last = group.iloc[-1]
        parts = [last[c] for c in ("province", "city", "county") if not pd.isna(last[c])]
        name = "".join(dict.fromkeys(parts)) or "·"
        place = link(f"places/{area}.html", name) if str(area) in places else name
        rows.append({"place": place, **{str(y): _there(group, y, lang) for y in years}})
    frame = frame_of(rows)
    title = Said("地区与年度", "Places and years")
    return table(frame, lang=lang, name="years", title=title, weight=PART)


def _there(group: pd.DataFrame, year: int, lang: str) -> Any:
    here = group[group["year"] == year]
    if here.empty:
        return None
    return joined(
        (
            link(f"sources/{row.doc_id}.html", value_label("doc_type", row.doc_type).first(lang))
            for row in here.itertuples(index=False)
        ),
        " ",
    )


def _ledger(tables: Any, lang: str) -> Markup:
    ledger = tables.ledger
    counts = ledger["status"].value_counts()
    words = " + ".join(f"{n} {value_label('status', s).first(lang)}" for s, n in counts.items())
    shown = ledger[["path", "status", "reason", "message", "hint", "doc_id"]].dropna(
        axis=1, how="all"
    )
    order = shown["status"].map({"rejected": 0, "duplicate": 1, "skipped": 2}).fillna(3)
    shown = shown.loc[order.sort_values(kind="stable").index]
    note = Said(f"{len(ledger)} 个文件 = {words}。", f"{len(ledger)} files = {words}.")
    return joined(
        (
            Markup("<p>{}</p>").format(note.first(lang)),
            table(
                shown,
                lang=lang,
                name="ledger-table",
                download="ledger",
                weight=PART,
                labels={"path": Said("文件名", "file name")},
            ),
        )
    )


def _downloads(tables: Any, lang: str) -> Markup:
    note = Said(
        "CSV 带 BOM，可直接用 Excel 打开；各列含义见编码本。texts 表为原文，含页面上的联系方式。",
        "CSV carries a BOM for Excel; the codebook explains the columns. The table texts holds the "
        "raw text with the contacts printed on the page.",
    )
    made = table(download_rows(tables), lang=lang, name="downloads-table", controls=False)
    return joined((Markup('<p class="small">{}</p>').format(note.html(lang)), made))


def _versions(parameters: Mapping[str, Mapping[str, Any]], edition: str, lang: str) -> Markup:
    rows = pd.DataFrame(
        {"notebook": name, "parameter": key, "value": repr(value)}
        for name, values in parameters.items()
        for key, value in values.items()
        if key != "tables_dir"
    )
    packages = [(name, version(name)) for name in _PACKAGES]
    made = pairs(
        [
            (Said("版本", "edition").first(lang), edition),
            ("Python", platform.python_version()),
            *packages,
        ]
    )
    if rows.empty:
        return made
    return joined((table(rows, lang=lang, name="parameters", controls=False), made))
