"""From frames and words to HTML in which nothing a document says can act.

Everything is built with ``markupsafe``: what is not ``Markup`` is escaped on its way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from numbers import Real
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from govlaw.pages.columns import column_label
from govlaw.pages.words import VALUES, Said, value_label

#: Rows a page shows of one table; the whole table is a download away.
ROW_CAP = 200
#: Bytes of rows a page shows of one table: two such tables and the frame stay under 100,000.
WEIGHT_CAP = 32_000

_MISSING = Markup('<td class="none"><span title="无 none">·</span></td>')
_LONG = Markup(' class="t"')
#: Codes and ids are never broken over two lines.
_WHOLE = Markup(' class="d"')
_IDS = ("sentence_id", "sheet", "year")
_PLACES = ("place", "county", "city")
_ENDINGS = ("csv", "xlsx", "parquet")
_YEARS = ("year", "since")
Cell = Callable[[Any], Any]


def anchor(name: str) -> str:
    """An id that is safe in an attribute: what is not a letter, figure, - or _ becomes ``-``.

    >>> anchor('cell-"x" 东辽')
    'cell--x--东辽'
    """
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name)


def source_address(sentence_id: str, *, up: str = "") -> str:
    """Where a sentence stands in the site.

    >>> source_address("004:s0042")
    'sources/004.html#s0042'
    """
    doc_id, _, number = sentence_id.rpartition(":")
    return f"{up}sources/{quote(doc_id)}.html#{quote(number)}"


def link(address: str, words: Any, **attributes: str) -> Markup:
    """A link; ``class_`` is written ``class`` and ``data_obs`` is written ``data-obs``."""
    more = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value
    )
    return Markup('<a href="{}"{}>{}</a>').format(address, more, words)


def shown_number(value: float) -> str:
    """A number as a reader expects it: no needless decimals, thousands kept apart.

    >>> shown_number(12000.0), shown_number(50.74), shown_number(0.12345)
    ('12,000', '50.74', '0.123')
    """
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.3f}".rstrip("0") if abs(value) < 1 else f"{value:,.2f}".rstrip("0")


def cell(column: str, value: Any, lang: str) -> Markup:
    """One cell: numbers to the right, codes in words, a missing value as a visible dot."""
    if isinstance(value, Markup):
        look = _WHOLE if column in _IDS else ""
        return Markup("<td{}>{}</td>").format(look, value)
    if value is None or (not isinstance(value, (list, tuple)) and pd.isna(value)):
        return _MISSING
    if isinstance(value, (bool, np.bool_)):
        known = column if column in VALUES else "is_truncated"
        return Markup("<td>{}</td>").format(value_label(known, bool(value)).first(lang))
    if isinstance(value, Real):
        if column in _YEARS:
            return Markup('<td class="d">{}</td>').format(int(float(value)))
        return Markup('<td class="n">{}</td>').format(shown_number(float(value)))
    if isinstance(value, date):
        return Markup('<td class="d">{}</td>').format(value.isoformat()[:10])
    words = value_label(column, value).first(lang)
    is_short = len(words) <= (16 if words.isascii() else 8)
    whole = is_short and (column in VALUES or column in _PLACES)
    look = _WHOLE if whole else _LONG if len(words) > 14 else ""
    return Markup("<td{}>{}</td>").format(look, words)


def table(
    frame: pd.DataFrame,
    *,
    lang: str = "zh",
    name: str,
    title: Said | None = None,
    cells: Mapping[str, Cell] | None = None,
    labels: Mapping[str, Said] | None = None,
    download: str | None = None,
    cap: int = ROW_CAP,
    controls: bool | None = None,
    weight: int | None = WEIGHT_CAP,
    up: str = "",
) -> Markup:
    """A table that sorts and filters, says how many rows it shows, and reads without a script.

    ``cells`` turns the row's value into what stands in the cell (a ``Markup`` is kept as it is).
    Rows are left out beyond ``cap`` and beyond ``weight``, the bytes a page can carry of it; ``up``
    leads to the front page's folder.
    """
    labels, cells = labels or {}, cells or {}
    made = (_row(frame.columns, row, cells, lang) for row in _records(frame))
    shown = list(_carried(islice(made, cap), weight))
    rows = Markup("\n").join(shown)
    wanted = controls if controls is not None else len(shown) > 8
    return Markup(
        '<figure class="table" id="{id}">{caption}{tools}'
        '<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
        '<table class="data"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'
        "</div>"
        "{tail}</figure>"
    ).format(
        id=anchor(name), caption=_caption(title, lang),
        label=(title or Said(name, name)).first(lang),
        tools=_tools(lang) if wanted else "", head=_head(frame, labels, lang), rows=rows,
        tail=_tail(len(shown), len(frame), download, lang, up),
    )  # fmt: skip


def _carried(rows: Iterable[Markup], weight: int | None) -> Iterator[Markup]:
    """As many rows as a page can carry, and never none."""
    held = 0
    for row in rows:
        own = len(row.encode())
        if weight is not None and held and held + own > weight:
            return
        held += own
        yield row


def frame_of(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame whose cells may hold markup: pandas' own strings would forget that they do."""
    return pd.DataFrame(list(rows), dtype=object)


def _head(frame: pd.DataFrame, labels: Mapping[str, Said], lang: str) -> Markup:
    made = []
    for column in frame.columns:
        is_number = _is_number(frame[column]) and column not in _YEARS
        look = Markup(' class="n"') if is_number else ""
        label = (labels.get(column) or column_label(column)).html(lang)
        made.append(Markup('<th scope="col"{}>{}</th>').format(look, label))
    return Markup("").join(made)


def _is_number(values: pd.Series) -> bool:
    return is_numeric_dtype(values) and not is_bool_dtype(values)


def named_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows with their columns as attributes."""
    return iter(frame.itertuples(index=False))


def _records(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    return frame.itertuples(index=False, name=None)


def _row(
    columns: Iterable[str], row: tuple[Any, ...], cells: Mapping[str, Cell], lang: str
) -> Markup:
    made = (
        cell(column, cells[column](value) if column in cells else value, lang)
        for column, value in zip(columns, row, strict=True)
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(made))


def _caption(title: Said | None, lang: str) -> Markup:
    if title is None:
        return Markup("")
    return Markup("<figcaption>{}</figcaption>").format(title.html(lang))


def _tools(lang: str) -> Markup:
    words = Said("筛选本表", "filter this table").first(lang)
    return Markup(
        '<p class="tools" hidden><input type="search" placeholder="{0}" aria-label="{0}"></p>'
    ).format(words)


def _tail(n_shown: int, n_all: int, download: str | None, lang: str, up: str = "") -> Markup:
    words = Said(f"显示 {{}} / 共 {n_all:,} 行", f"{{}} of {n_all:,} rows").first(lang)
    count = Markup('<span class="count" data-words="{}">{}</span>')
    parts = [count.format(words, words.replace("{}", f"{n_shown:,}"))]
    if download:
        parts.append(whole_table(download, Said("完整数据", "whole table"), lang, up))
    return Markup('<p class="tail">{}</p>').format(Markup("").join(parts))


def whole_table(name: str, said: Said, lang: str, up: str = "") -> Markup:
    """Links to every file of a table, for what a page leaves out."""
    links = Markup(" ").join(
        link(f"{up}tables/{name}.{ending}", ending.upper()) for ending in _ENDINGS
    )
    return Markup('<span class="whole">{} {}</span>').format(said.first(lang), links)


def paragraph(said: Said, lang: str, *, kind: str = "reading") -> Markup:
    """A sentence of reading, computed from the tables."""
    return Markup('<p class="{}">{}</p>').format(kind, said.html(lang))


def kwic_table(rows: pd.DataFrame, *, lang: str, name: str, cap: int = ROW_CAP) -> Markup:
    """A concordance: the keyword in the middle, what stands before it flush right.

    ``rows`` has the columns doc_id, sentence_id, pre, keyword, post.
    """
    shown = rows.head(cap)
    lines = Markup("\n").join(
        Markup(
            '<tr><td>{}</td><td class="pre">{}</td><td class="key">{}</td><td>{}</td></tr>'
        ).format(
            link(source_address(str(row.sentence_id)), row.doc_id), row.pre, row.keyword, row.post
        )
        for row in named_rows(shown)
    )
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(column_label(c).html(lang))
        for c in ("doc_id", "pre", "keyword", "post")
    )
    label = Said("上下文", "keyword in context").first(lang)
    return Markup(
        '<figure class="table kwic" id="{}"><div class="scroll" tabindex="0" role="region" '
        'aria-label="{}"><table class="data"><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody>'
        "</table></div>{}</figure>"
    ).format(anchor(name), label, heads, lines, _tail(len(shown), len(rows), None, lang))


def pairs(items: Iterable[tuple[Any, Any]]) -> Markup:
    """Names and values one under the other."""
    rows = (Markup("<dt>{}</dt><dd>{}</dd>").format(k, v) for k, v in items)
    return Markup("<dl>{}</dl>").format(Markup("").join(rows))


def tiles(items: Sequence[tuple[Said, Any]], lang: str) -> Markup:
    """A row of figures with what they count."""
    made = (
        Markup("<div><b>{}</b>{}</div>").format(value, label.html(lang)) for label, value in items
    )
    return Markup('<div class="tiles">{}</div>').format(Markup("").join(made))


def joined(parts: Iterable[Any], mark: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup."""
    return escape(mark).join(escape(part) for part in parts)
