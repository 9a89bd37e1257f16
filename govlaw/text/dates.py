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
from govlaw.text.lines import Line
from govlaw.text.marks import BODY_NAME, DATE, SIGNED_LINE, signed_lines
from govlaw.text.titles import STAMPED, is_prose, is_title

_YMD = re.compile(r"(20\d\d)\s?[-/.年—–_]\s?(\d{1,2})\s?[-/.月—–_]\s?(\d{1,2})(?:\s?日)?")
_WRITTEN = re.compile(DATE)  # 二〇二〇年一月二十日
_COMPACT_DAY = re.compile(r"20[0-4]\d[01]\d[0-3]\d(?!\d)")
_SHORT_YEAR = re.compile(r"[12]\d([-/.年])\d{1,2}[-/.月]\d{1,2}(?!\d)日?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = " [【(|·"
_PUBLISHED_BY = re.compile(
    r"[\[【(]?(?:信息|文章|稿件)?(?:来源|原文|首发|作者|编辑|发布|供稿|责编|责任编辑|文章)"
)
_COUNTED = re.compile(r"来源|作者|点击|浏览|阅读")
# Dates of something else: 打印时间, 成文日期, 今天是
_OTHER_DATE = re.compile(
    r"打印|成文|生成|印发|签发|制发|发文|今天|现在|当前|有效|失效|废止|实施|施行|生效|截止|截至|更新|年度|关于"
)
# ——2019年1月10日在…会议上, (2018年2月27日), (2020年1月8日县人大常委会通过): when it was spoken
_SPOKEN = re.compile(r"\s{0,3}在|.{0,40}(?:会议?上|讲话|通过|审议|批准|修订)")
_NOTE = re.compile(r"\([^():]*\)")
_CLOCK = re.compile(r"\s{0,3}(?!00:00)\d{1,2}:\d{2}")
_COMPACT = re.compile(r"20\d{6}(?:\d{6})?")
_ADDRESSED = re.compile(
    r"/t(20\d\d)(\d\d)(\d\d)_|/(?:art/|[a-z]{0,8}/)?(20\d\d)[-/](\d{1,2})[-/](\d{1,2})/"
    r"|/(20\d\d)[-/]?(\d\d)/?(\d\d)/"
)
_SAVED_AS = re.compile(r"(?:.{0,60}_)?t(20\d\d)(\d\d)(\d\d)_\d{4,}")
HAN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")


def read_published(
    lines: Sequence[Line], labelled: frozenset[int], *, is_head: bool = False
) -> Find[date] | None:
    """The date of a publication line (发布时间: …), or one without a label above the text.

    In the ``head`` of a page, outside its text, nothing is signed: 县政府办公室 2018年3月31日
    """
    prose = next((n for n, line in enumerate(lines) if is_prose(line)), len(lines))
    for number in _asked(lines, labelled, prose):
        line = lines[number]
        if found := _dated(read_header([line], labelled).get("published"), STATED):
            return found
        if number < prose and (stamp := _stamp(line, is_head=is_head)):
            above = lines[number - 1].folded if number else ""
            # 成文日期: / 清溪区教育局
            if not (is_label(above) or (not is_head and BODY_NAME.fullmatch(above))):
                return _dated(stamp, PLACED)
        pair = lines[number : number + 2]
        if found := _dated(read_header(pair, labelled).get("published"), STATED):
            return found
    return _dated(read_header(lines, labelled).get("updated"), INFERRED)


def _asked(lines: Sequence[Line], labelled: frozenset[int], prose: int) -> list[int]:
    """Which lines to ask for a date: those above the text, with a label or above one."""
    told = [n for n, line in enumerate(lines) if line.span.start in labelled] if labelled else []
    return sorted({*range(prose), *told, *(n - 1 for n in told if n)})


def _stamp(line: Line, *, is_head: bool) -> Line | None:
    """The part of a line that begins with a date of publication, where no word says which date.

    【2022-02-28】【来源:市政府办公室】, 来源:县司法局 2020-01-20 16:56; no clock, no signature, no
    entry in a list of other pages.
    """
    found = _YMD.search(line.folded[:160]) or _WRITTEN.search(line.folded[:160])
    is_clock = "星期" in line.folded and not _COUNTED.search(line.folded)
    is_signed = not is_head and SIGNED_LINE.fullmatch(line.folded)
    if not found or is_clock or is_signed:
        return None
    before = line.folded[: found.start()]
    # …工作报告 2018-02-09 15:12:40 来源:区法制办; a list of other pages has a date alone
    if is_title(before.strip()) and _COUNTED.search(line.folded, found.end()):
        before = ""
    named = len(_HAN.findall(before))
    if _NOTE.fullmatch(line.folded) or _SPOKEN.match(line.folded, found.end()):
        return None
    if _OTHER_DATE.search(before) or named > _allowed(line.folded, before):
        return None
    is_printed = STAMPED.match(found[0] + line.folded[found.end() :]) or _WRITTEN.match(found[0])
    if not before.strip(_BRACKETS) and not is_printed:
        return None
    return Line(Span(line.span.start + found.start(), line.span.end), line.folded[found.start() :])


def _allowed(line: str, before: str) -> int:
    """How many characters may stand before a date: 公主岭市司法局 2021年01月25日 浏览 501 次."""
    is_body = BODY_NAME.fullmatch(before.strip(_BRACKETS)) is not None
    return 24 if len(line) < 90 and (is_body or _PUBLISHED_BY.match(before)) else 3


def read_signed(lines: Sequence[Line], labelled: frozenset[int]) -> Find[date] | None:
    """The date of the signature: the last line that is only a date, else a labelled one."""
    signed = signed_lines(lines)
    if not signed:
        return labelled_signed(lines, labelled)
    number, found = signed.popitem()
    day = to_date(_arabic(found["date"]) if "年" in found["date"] else found["date"])
    start = lines[number].span.start
    span = Span(start + found.start("date"), start + found.end("date"))
    return Find(day, "signature", SIGNED, span) if day else None


def labelled_signed(lines: Sequence[Line], labelled: frozenset[int]) -> Find[date] | None:
    """The date that a label such as 成文日期 gives."""
    return _dated(read_header(lines, labelled).get("signed"), STATED)


def tagged_date(facts: Mapping[str, str]) -> Find[date] | None:
    """The date of publication that the head of a page gives."""
    written = facts.get("published", "")
    if _COMPACT.fullmatch(written):
        written = f"{written[:4]}-{written[4:6]}-{written[6:8]}"
    day = to_date(written)
    return Find(day, "meta", TAGGED, quote=tag_of(facts, "published")) if day else None


def issued_date(lines: Sequence[Line], labelled: frozenset[int]) -> Find[date] | None:
    """发文日期:2020-02-20 14:02:11: a time of day is written by the system that published."""
    value = read_header(lines, labelled).get("signed")
    found = _dated(value, INFERRED)
    if value is None or found is None or found.span is None:
        return None
    return found if _CLOCK.match(value.folded, found.span.end - value.span.start) else None


def addressed_date(facts: Mapping[str, str]) -> Find[date] | None:
    """The day in the address of a page, which its system wrote there when the page was made.

    >>> addressed_date({"url": "http://www.a.gov.cn/art/2020/3/4/art_1_2.html"}).value
    datetime.date(2020, 3, 4)
    """
    for name, source in (("url", "meta"), ("file", "file")):
        written = facts.get(name, "")
        found = _ADDRESSED.search(written) if name == "url" else _SAVED_AS.match(written)
        day = to_date("-".join(part for part in found.groups() if part)) if found else None
        if day:
            return Find(day, source, INFERRED, quote=tag_of(facts, name))
    return None


def _dated(line: Line | None, confidence: float) -> Find[date] | None:
    found = (_YMD.match(line.folded) or _WRITTEN.match(line.folded)) if line else None
    if line and not found and confidence == STATED:
        # 日期:20-03-09, 公开日期:20200309
        found = _SHORT_YEAR.match(line.folded) or _COMPACT_DAY.match(line.folded)
    day = (
        to_date(_arabic(_long(found[0])) if "年" in found[0] else _long(found[0]))
        if found
        else None
    )
    if line is None or found is None or day is None:
        return None
    span = Span(line.span.start, line.span.start + found.end())
    return Find(day, "header", confidence, span)


def _long(written: str) -> str:
    if _COMPACT_DAY.fullmatch(written):
        return f"{written[:4]}-{written[4:6]}-{written[6:]}"
    return f"20{written}" if _SHORT_YEAR.fullmatch(written) else written


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
