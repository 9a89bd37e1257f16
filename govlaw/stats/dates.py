"""From the dates of a document and of its sentences to whether they stand in order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from govlaw.stats.figures import Line
from govlaw.stats.findings import Finding
from govlaw.stats.rows import each_row

_YEAR = r"(?P<y>20\d{2})年"
_DAY = rf"{_YEAR}(?:(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})日)?)?"
_ANNOUNCED = re.compile(rf"(?:将于|拟于|计划于|预计于|拟在|将在|计划在){_DAY}")
_UNTIL = re.compile(rf"截至(?:目前)?{_DAY}")
# 要求…将于2019年12月底前完成 repeats what somebody else once announced.
_QUOTED = re.compile(r"要求|通知|规定|根据|按照|《|时任|据")
_TITLE_YEAR = re.compile(r"(?<![-—–―至到〔\[(（\d])(20\d{2})年")
_RANGE = re.compile(r"20\d{2}\s*(?:年)?\s*[-—–―~～至到]\s*20\d{2}")


def day(value: Any) -> date | None:
    """A cell as a date; an empty cell is None."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value.date() if isinstance(value, pd.Timestamp) else value


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def check_signed(documents: pd.DataFrame) -> Iterator[Finding]:
    """The year reported on ends before the report is signed, which is before it is published."""
    for row in each_row(documents):
        signed, published, year = day(row.date_signed), day(row.date_published), _whole(row.year)
        if signed is None or (published is None and year is None):
            continue
        plan = row.doc_type in ("plan", "scheme")
        late = published is not None and published < signed
        early = year is not None and not plan and signed.year < year
        fields: dict[str, object] = {
            "year": year,
            "signed": signed,
            "published": published or "未知",
        }
        yield Finding(row.doc_id, "fail" if late or early else "ok", (), fields)


def check_years(documents: pd.DataFrame) -> Iterator[Finding]:
    """Title year against the year reported on; a page dated years later is a doubt, no fault."""
    for row in each_row(documents):
        year, published = _whole(row.year), day(row.date_published)
        if year is None:
            continue
        title = "" if row.title is None or pd.isna(row.title) else _RANGE.sub("", str(row.title))
        named = [int(found) for found in _TITLE_YEAR.findall(title)]
        latest = published or day(row.date_signed)
        gap = latest.year - year if latest else 0
        fields: dict[str, object] = {
            "year": year,
            "title_year": named[0] if named else "",
            "gap": gap,
        }
        fields["published"] = latest or "未知"
        if named and year not in named:
            yield Finding(row.doc_id, "fail", (), fields)
        elif latest and gap > 1:
            yield Finding(row.doc_id, "not_testable", (), fields)
        elif named or latest:
            yield Finding(row.doc_id, "ok", (), fields, "info")


def check_announced(lines: Sequence[Line], documents: pd.DataFrame) -> Iterator[Finding]:
    """将于2020年2月…: a date announced must still lie ahead when the report goes out."""
    known = {row.doc_id: row for row in each_row(documents)}
    for line in lines:
        row = known.get(line.doc_id)
        if row is None:
            continue
        for found in _ANNOUNCED.finditer(line.text):
            if not _QUOTED.search(line.text[: found.start()][-30:]):
                yield _announced(line, found, day(row.date_signed), day(row.date_published))
        for found in _UNTIL.finditer(line.text):
            finding = _until(line, found, row)
            if finding:
                yield finding


def _announced(
    line: Line, found: re.Match[str], signed: date | None, published: date | None
) -> Finding:
    last = _period(found)[1]
    fields: dict[str, object] = {
        "claim": _claim(line, found),
        "signed": signed or "未知",
        "published": published or "未知",
    }
    out = published or signed
    if out is None:
        return Finding(line.doc_id, "not_testable", (line.sentence_id,), fields)
    over = last < (signed or out) or _lapsed(found, signed, out)
    return Finding(line.doc_id, "fail" if over else "ok", (line.sentence_id,), fields)


def _lapsed(found: re.Match[str], signed: date | None, out: date) -> bool:
    """Signed in the month announced, published when it was over (004: 将于2020年2月).

    A page posted long after, by a move of the site for example, says nothing.
    """
    first, last = _period(found)
    if signed is None or not found["m"] or (out - signed).days > 60:
        return False
    return first <= signed and last < out


def _until(line: Line, found: re.Match[str], row: Any) -> Finding | None:
    """截至2019年底已累计收缴…: a period that ends after the signature cannot have been counted."""
    signed = day(row.date_signed)
    after = line.text[found.end() : found.end() + 8]
    if signed is None or line.role == "plan" or re.match(r"[^,，]{0,3}前", after):
        return None
    first, _ = _period(found)
    if first <= signed or row.doc_type in ("plan", "scheme"):
        return None
    published = day(row.date_published)
    fields: dict[str, object] = {
        "claim": _claim(line, found),
        "signed": signed,
        "published": published or "未知",
    }
    return Finding(line.doc_id, "fail", (line.sentence_id,), fields)


def _claim(line: Line, found: re.Match[str]) -> str:
    return line.text[found.start() : found.end() + 24].rstrip("。")


def _period(found: re.Match[str]) -> tuple[date, date]:
    """The first and last day a date can mean: 2020年2月 is all of February."""
    year = int(found["y"])
    month = min(max(int(found["m"]), 1), 12) if found["m"] else None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    if not found["d"]:
        return date(year, month, 1), date(year, month, length)
    chosen = date(year, month, min(max(int(found["d"]), 1), length))
    return chosen, chosen
