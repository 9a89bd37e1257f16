"""From the tables to the two pages of every document: its text with all marks, and its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import load_indicators
from govlaw.pages import evaluation, sheets, sources
from govlaw.pages.frames import Shelf
from govlaw.pages.markup import joined, link, table
from govlaw.pages.summaries import borrowed_shares
from govlaw.pages.words import Said
from govlaw.stats.compliance import contents, timeliness
from govlaw.stats.promises import problem_table
from govlaw.stats.rules import load_rules

_PARTS = ("marks", "sections", "sentences", "quantities", "observations", "verdicts", "agenda")
_ON_SHEET = (
    "sentences", "quantities", "observations", "verdicts", "agenda", "contents", "problems",
)  # fmt: skip
_STRETCHES = ("marks", "sections", "sentences", "quantities", "observations")
#: Rows of the list of documents; every document has its pages all the same.
LIST_CAP = 3_000


def write_dossiers(
    tables: Any,
    labels: Mapping[str, str],
    cells: Mapping[str, list[tuple[str, Said]]],
    shelf: Shelf,
) -> None:
    """Write ``sources/<doc_id>.html`` and ``sheets/<doc_id>.html`` and the list of them.

    ``cells`` says where each observation is shown, so that the text can lead back to it.
    """
    indicators = load_indicators()
    names = {i: Said(one.name_zh, one.name_en) for i, one in indicators.items()}
    checks = {i: Said(one.name_zh, one.name_en) for i, one in load_rules().checks.items()}
    required = contents(tables.documents, tables.sections, tables.sentences)
    grouped = {name: _by_document(getattr(tables, name)) for name in _PARTS}
    grouped |= {
        "contents": _by_document(required),
        "timeliness": _by_document(timeliness(tables.documents)),
        "problems": _by_document(problem_table(tables.agenda)),
    }
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    shares: Any = borrowed_shares(tables.overlaps, tables.documents).to_dict("index")
    for document in tables.documents.to_dict("records"):
        doc_id = document["doc_id"]
        own = {name: rows.get(doc_id, []) for name, rows in grouped.items()}
        source = sources.Source(
            document, texts[doc_id], **{name: _stretches(own[name]) for name in _STRETCHES},
            verdicts=own["verdicts"], names=names, checks=checks, cells=cells,
        )  # fmt: skip
        title, body, toc = sources.body(source, shelf.lang)
        shelf.put(f"sources/{doc_id}.html", title, body, toc=toc, kind="source")
        sheet = sheets.Sheet(
            document, **{name: own[name] for name in _ON_SHEET}, timeliness=own["timeliness"][0],
            borrowed=shares[doc_id], indicators=indicators, checks=checks, lang=shelf.lang,
        )  # fmt: skip
        title, body = evaluation.body(sheet)
        shelf.put(f"sheets/{doc_id}.html", title, body, kind="sheets")
    _write_list(tables.documents, labels, shelf)


def _by_document(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of each document as plain Python: thousands of small frames would be slow."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows: Any = frame.astype(object).to_dict("records")
    for row in rows:
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _stretches(rows: list[dict[str, Any]]) -> list[sources.Stretch]:
    made = (sources.Stretch(int(row["start"]), int(row["end"]), row) for row in rows)
    return sorted(made, key=lambda stretch: stretch[:2])


def _write_list(documents: pd.DataFrame, labels: Mapping[str, str], shelf: Shelf) -> None:
    shown = documents[["doc_id", "title", "doc_type", "year", "n_chars", "path"]].copy()
    shown.insert(1, "place", [labels[d].partition("\n")[0] for d in shown["doc_id"]])
    shown.insert(2, "sheet", shown["doc_id"])
    title = Said("原文", "Sources")
    made = table(
        shown, lang=shelf.lang, name="sources", cap=LIST_CAP, weight=None,
        cells={"doc_id": lambda d: link(f"{d}.html", d),
               "sheet": lambda d: sheets.sheet_link(d, shelf.lang, up="../")},
    )  # fmt: skip
    body = joined((Markup("<h1>{}</h1>").format(title.html(shelf.lang)), made))
    shelf.put("sources/index.html", title, body)
