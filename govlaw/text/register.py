"""From a text to what it says of itself: title, number, issuer, kind, year and dates.

Nothing is guessed: a field the text does not state stays empty, and every other keeps its source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from govlaw.document import Mark, Register, Span
from govlaw.text.damage import find_damage
from govlaw.text.dates import (
    addressed_date,
    issued_date,
    labelled_signed,
    read_published,
    read_signed,
    tagged_date,
)
from govlaw.text.finds import SIGNED, STATED, TAGGED, Find, tag_of
from govlaw.text.gazetteer import load_areas
from govlaw.text.header import find_labelled, read_header
from govlaw.text.heading import read_heading
from govlaw.text.issuers import read_issuer
from govlaw.text.kinds import REPORTS, read_doc_type
from govlaw.text.lines import Line
from govlaw.text.outline import Outline
from govlaw.text.readers import Reading
from govlaw.text.years import dated_year, filed_year, read_year

_DOC_NO = re.compile(
    r"[-\s·*()|\[\]【】]*"
    r"(?P<no>[\u4e00-\u9fff]{1,14}\s?[〔﹝\[【(]?\s?20\d\d\s?[〕﹞\]】)]?\s?第?\s?\d{1,4}\s?号)[-\s()|\]】]*"
)
_SIGNER = re.compile(r"签发人.{0,20}$")
_URL = re.compile(r"(?:网址|原文链接|来源网址|链接)\s*[:：]\s*(https?://[^\s，。、]{4,300})")


def read_register(
    reading: Reading,
    lines: tuple[Line, ...],
    inside: tuple[Line, ...],
    title: Span | None,
    marks: tuple[Mark, ...],
    outline: Outline,
    folded: str,
) -> Register:
    """The register; labels such as 发布日期 are read on the whole page, the rest in the article."""
    text, facts = reading.text, reading.facts
    body = tuple(_body_lines(inside, marks))
    labelled = find_labelled(folded, lines)
    signed = read_signed(inside, labelled) or labelled_signed(lines, labelled)
    below = _below(lines, inside, title)
    near = read_published(below, labelled, is_head=True) if below else None
    near = near or read_published(_near(lines, inside, title), labelled)
    tagged = tagged_date(facts)
    # 区司法局 2018年1月15日 above the title: nothing is signed there
    printed = near or read_published(lines, labelled)
    printed = printed or read_published(_above(lines, title), labelled, is_head=True)
    published = near or tagged or printed or issued_date(lines, labelled) or addressed_date(facts)
    heading = read_heading(text, title, facts)
    year = read_year(heading, body, signed=_of(signed), published=_of(published))
    year = year or filed_year(facts)
    doc_type = read_doc_type(heading, body, outline, marks, _of(year))
    year = year or (
        dated_year(signed or published, doc_type.value) if doc_type.value in REPORTS else None
    )
    found: dict[str, Find[Any] | None] = {
        "title": heading.find if heading else None,
        "doc_no": read_doc_no(text, lines, labelled),
        **read_issuer(folded, facts, title, marks, _of(year)),
        "doc_type": doc_type,
        "year": year,
        "date_signed": signed,
        "date_published": published,
        "url": read_url(text, facts),
    }
    damage = find_damage(text)
    notes = (*reading.notes, *damage.notes, *_only_attached(body), *_conflict(printed, tagged))
    return _registered(text, found, Register(script=damage.script, notes=notes))


def _of(found: Find[Any] | None) -> Any:
    return found.value if found else None


def _registered(text: str, finds: Mapping[str, Find[Any] | None], blank: Register) -> Register:
    """A register of what was found, each field with its source and the place it names."""
    found = {field: find for field, find in finds.items() if find is not None}
    values = {field: find.value for field, find in found.items()}
    sources = tuple(find.told(field, text) for field, find in found.items())
    if ref_area := values.get("ref_area"):
        values |= load_areas().lineage(ref_area, values.get("year"))._asdict()
    return replace(blank, **values, sources=sources)


def with_find(read: Register, field: str, find: Find[Any], text: str) -> Register:
    """The register with one more field and its source."""
    changes: dict[str, Any] = {field: find.value}
    return replace(read, **changes, sources=(*read.sources, find.told(field, text)))


def _below(
    lines: tuple[Line, ...], inside: tuple[Line, ...], title: Span | None
) -> tuple[Line, ...]:
    """The lines between a title above the text and the text itself.

    A date there is the page's, whatever the table further up says.
    """
    if title is None or not inside or title.start >= inside[0].span.start:
        return ()
    between = Span(title.end, inside[0].span.start)
    return tuple(line for line in lines if between.overlaps(line.span))


def _above(lines: tuple[Line, ...], title: Span | None) -> tuple[Line, ...]:
    """The lines just above the title."""
    at = bisect_left(lines, title.start, key=lambda line: line.span.start) if title else 0
    return lines[max(0, at - 4) : at]


def _near(
    lines: tuple[Line, ...], inside: tuple[Line, ...], title: Span | None
) -> tuple[Line, ...]:
    """The article with the lines just above it, where many a page prints its date."""
    first = inside[0].span.start if inside else 0
    if title and title.start < first:
        first = title.start
    above = bisect_left(lines, first, key=lambda line: line.span.start)
    return (*lines[max(0, above - 4) : above], *lines[above:])


def _conflict(printed: Find[date] | None, tagged: Find[date] | None) -> tuple[str, ...]:
    """Two dates of publication, the page's and its head's: the reader should look."""
    if printed is None or tagged is None or printed.value == tagged.value:
        return ()
    return (f"date_conflict: 页面印有 {printed.value}, {tagged.quote}",)


def _only_attached(body: Sequence[Line]) -> tuple[str, ...]:
    """A text that only says 详见附件 has its report elsewhere."""
    said = "".join(line.folded for line in body)
    if len(said) < 120 and ("附件" in said or not said):
        return ("body_in_attachment: 正文只有标题或“详见附件”,请下载附件",)
    return ()


def _body_lines(lines: tuple[Line, ...], marks: tuple[Mark, ...]) -> Iterator[Line]:
    """The body's lines; of a line that a clock or settings are glued to, what follows."""
    starts = {mark.span.start: mark for mark in marks}
    for line in lines:
        mark = starts.get(line.span.start)
        if mark is None:
            yield line
        elif mark.span.end < line.span.end:
            cut = mark.span.end - line.span.start
            yield Line(Span(mark.span.end, line.span.end), line.folded[cut:])


def read_doc_no(text: str, lines: Sequence[Line], labelled: frozenset[int]) -> Find[str] | None:
    """The document's own number: alone on its line or labelled, never one that a sentence cites.

    >>> from govlaw.text.lines import read_lines
    >>> page = "- 文号:元政办字〔2018〕101号\\n根据中发〔2015〕36号文件精神。"
    >>> lines = read_lines(page)
    >>> read_doc_no(page, lines, find_labelled(page, lines)).value
    '元政办字〔2018〕101号'
    """
    told = read_header(lines, labelled).get("doc_no")
    if told and (found := _DOC_NO.match(told.folded)):
        return _number(text, told, found, STATED)
    for line in lines:
        if "号" in line.folded and "20" in line.folded:
            bare = _SIGNER.sub("", line.folded).rstrip()
            if found := _DOC_NO.fullmatch(bare):
                return _number(text, line, found, SIGNED)
    return None


def _number(text: str, line: Line, found: re.Match[str], confidence: float) -> Find[str]:
    """A number as the page prints it, full-width digits and all."""
    start, end = (line.span.start + at for at in found.span("no"))
    printed = re.sub(r"\s", "", text[start:end])
    return Find(printed, "header", confidence, Span(start, end))


def read_url(text: str, facts: Mapping[str, str]) -> Find[str] | None:
    """The address a page gives of itself."""
    if "http" in text and (found := _URL.search(text)):
        return Find(found[1], "header", STATED, Span(*found.span(1)))
    url = facts.get("url")
    return Find(url, "meta", TAGGED, quote=tag_of(facts, "url")) if url else None
