"""From the lines of a page to the dates of its report: signed and published.

Four clocks run on a page: the site's (今天是:…), the publication's, the signature's and the
database's. Only labels, the place above the text and the signature are believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from govlaw.document import Span
from govlaw.text.finds import INFERRED, PLACED, SIGNED, STATED, TAGGED, Find, tag_of
from govlaw.text.folding import fold
from govlaw.text.header import is_label, read_header
from govlaw.text.marks import SIGNED_LINE, Line
from govlaw.text.titles import STAMPED, is_prose

_YMD = re.compile(r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\s?日)?")
HAN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")


def read_published(lines: Sequence[Line]) -> Find[date] | None:
    """The date of a publication line (发布时间: …), or one alone above the text."""
    prose_seen = False
    for number, line in enumerate(lines):
        prose_seen = prose_seen or is_prose(line)
        is_stamp = not prose_seen and STAMPED.match(line.folded)
        above = lines[number - 1].folded if number else ""
        is_clock = "星期" in line.folded or is_label(above)
        if is_stamp and not is_clock and not SIGNED_LINE.fullmatch(line.folded):
            return _dated(line, PLACED)
        if found := _dated(read_header(lines[number : number + 2]).get("published"), STATED):
            return found
    return _dated(read_header(lines).get("updated"), INFERRED)


def read_signed(lines: Sequence[Line], *, labelled: bool = False) -> Find[date] | None:
    """The date of the signature: the last line that is only a date, else a labelled one."""
    for line in () if labelled else reversed(lines):
        found = SIGNED_LINE.fullmatch(line.folded) if len(line.folded) <= 60 else None
        if found:
            day = to_date(_arabic(found["date"]))
            start = line.span.start
            span = Span(start + found.start("date"), start + found.end("date"))
            return Find(day, "signature", SIGNED, span) if day else None
    return _dated(read_header(lines).get("signed"), STATED)


def tagged_date(facts: Mapping[str, str]) -> Find[date] | None:
    """The date of publication that the head of a page gives."""
    day = to_date(facts.get("published", ""))
    return Find(day, "meta", TAGGED, quote=tag_of(facts, "published")) if day else None


def _dated(line: Line | None, confidence: float) -> Find[date] | None:
    found = _YMD.match(line.folded) if line else None
    day = to_date(found[0]) if found else None
    if line is None or found is None or day is None:
        return None
    span = Span(line.span.start, line.span.start + found.end())
    return Find(day, "header", confidence, span)


def _arabic(line: str) -> str:
    """二〇二〇年二月二十八日 as 2020年2月28日."""
    year, _, rest = line.partition("年")
    month, _, day = rest.rstrip("日").partition("月")
    return f"{year.translate(HAN_DIGITS)}年{_small(month)}月{_small(day)}日"


def _small(numeral: str) -> int:
    numeral = numeral.strip()
    if numeral.isdecimal():
        return int(numeral)
    tens, has_ten, ones = numeral.rpartition("十")
    ten = int(tens.translate(HAN_DIGITS) or 1) if has_ten else 0
    return 10 * ten + int(ones.translate(HAN_DIGITS) or 0)


def to_date(written: str) -> date | None:
    """A date in digits; None for 2021-02-30 and what is no date.

    >>> to_date("2020年3月4日"), to_date("2021-02-30")
    (datetime.date(2020, 3, 4), None)
    """
    found = _YMD.match(fold(written).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
