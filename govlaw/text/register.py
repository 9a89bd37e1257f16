"""From a text to what it says of itself: title, number, kind, year and dates.

Nothing is guessed: a field the text does not state stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from govlaw import paths
from govlaw.document import Mark, Section
from govlaw.knowledge import read_csv
from govlaw.text.folding import fold
from govlaw.text.header import is_label, read_header
from govlaw.text.marks import SIGNED_LINE, Line
from govlaw.text.titles import STAMPED, SUBJECT, is_prose

_DOC_NO = re.compile(
    r"[-\s·*()|\[\]【】]*"
    r"(?P<no>[\u4e00-\u9fff]{1,14}\s?[〔﹝\[【(]?\s?20\d\d\s?[〕﹞\]】)]?\s?第?\s?\d{1,4}\s?号)[-\s()|\]】]*"
)
_SIGNER = re.compile(r"签发人.{0,20}$")
_YMD = re.compile(r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_URL = re.compile(r"(?:网址|原文链接|来源网址|链接)\s*[:：]\s*(https?://[^\s，。、]{4,300})")
_HAN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
# How a report comes to its end: a formula, or talk of shortcomings and of what comes next.
_CLOSING = re.compile(
    r"特此(?:报告|通知|公告|汇报)|(?:专此|此)报告|下一步|下步|今后|明年|新的一年"
    r"|存在.{0,10}(?:不足|问题)|将(?:继续|进一步|持续)"
)
_REPORTS = {"annual_report", "department_report", "special_report"}


def read_doc_no(text: str, lines: Sequence[Line]) -> str | None:
    """The document's own number: alone on its line or labelled, never one that a sentence cites.

    >>> from govlaw.text.marks import read_lines
    >>> page = "- 文号:元政办字〔2018〕101号\\n根据中发〔2015〕36号文件精神。"
    >>> read_doc_no(page, read_lines(page))
    '元政办字〔2018〕101号'
    """
    labelled = _DOC_NO.match(read_header(lines).get("doc_no", ""))
    if labelled:
        return _printed(text, labelled["no"])
    for line in lines:
        bare = _SIGNER.sub("", line.folded).rstrip()
        found = _DOC_NO.fullmatch(bare)
        if found:
            start = line.span.start
            printed = text[start + found.start("no") : start + found.end("no")]
            return re.sub(r"\s", "", printed)
    return None


def _printed(text: str, folded: str) -> str:
    """A number as the page prints it, full-width digits and all."""
    at = fold(text).find(folded)
    return re.sub(r"\s", "", text[at : at + len(folded)] if at >= 0 else folded)


def read_published(lines: Sequence[Line]) -> date | None:
    """The date of a publication line (发布时间: …), or one alone above the text."""
    prose_seen = False
    for number, line in enumerate(lines):
        prose_seen = prose_seen or is_prose(line)
        is_stamp = not prose_seen and STAMPED.match(line.folded)
        above = lines[number - 1].folded if number else ""
        is_clock = "星期" in line.folded or is_label(above)
        if is_stamp and not is_clock and not SIGNED_LINE.fullmatch(line.folded):
            return to_date(line.folded)
        if found := to_date(read_header(lines[number : number + 2]).get("published", "")):
            return found
    return to_date(read_header(lines).get("updated", ""))


def read_signed(lines: Sequence[Line], *, labelled: bool = False) -> date | None:
    """The date of the signature: the last line that is only a date, else a labelled one."""
    for line in () if labelled else reversed(lines):
        found = SIGNED_LINE.fullmatch(line.folded) if len(line.folded) <= 60 else None
        if found:
            return to_date(_arabic(found["date"]))
    return to_date(read_header(lines).get("signed", ""))


def _arabic(line: str) -> str:
    """二〇二〇年二月二十八日 as 2020年2月28日."""
    year, _, rest = line.partition("年")
    month, _, day = rest.rstrip("日").partition("月")
    return f"{year.translate(_HAN_DIGITS)}年{_small(month)}月{_small(day)}日"


def _small(numeral: str) -> int:
    numeral = numeral.strip()
    if numeral.isdecimal():
        return int(numeral)
    tens, has_ten, ones = numeral.rpartition("十")
    ten = int(tens.translate(_HAN_DIGITS) or 1) if has_ten else 0
    return 10 * ten + int(ones.translate(_HAN_DIGITS) or 0)


def to_date(written: str) -> date | None:
    """A date in digits; None for 2021-02-30 and what is no date."""
    found = _YMD.match(fold(written).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_url(text: str) -> str | None:
    """The address a page gives of itself."""
    found = _URL.search(text)
    return found[1] if found else None


def read_year(
    title: str | None, body: Sequence[str], signed: date | None, published: date | None = None
) -> int | None:
    """The year reported on: the title's, else the one most sentences open with.

    The year of signature or publication is only a limit, unless all the text says is 今年.

    >>> read_year("东辽县人民政府关于2019年度东辽县法治政府建设情况的报告", [], date(2020, 2, 28))
    2019
    """
    titled = _title_years(fold(title or ""))
    if titled:
        return titled[0]
    votes: Counter[int] = Counter()
    for number, sentence in enumerate(body):
        for year, weight in _year_votes(sentence):
            votes[year] += weight + (3 if number < 3 else 0)
    if signed:
        votes = Counter({year: n for year, n in votes.items() if year <= signed.year})
    if votes:
        return max(votes, key=lambda year: (votes[year], year))
    speaks_of_now = any("今年以来" in line for line in body)
    return published.year if speaks_of_now and published else None


_TITLE_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s?年(?!\s?[-至到—])"
)


def _title_years(title: str) -> list[int]:
    """Years in a title, ranges such as 2021—2025年 left out; the year of a plan comes last."""
    bare = re.sub(r"20\d\d年?\s?[-至到—–~]\s?20\d\d\s?年", "", title)
    return [int(found["year"].translate(_HAN_DIGITS)) for found in _TITLE_YEAR.finditer(bare)]


_VOTES = (
    (4, re.compile(r"^(20\d\d)年(?:度)?(?:以来)?[,，](?!.{0,30}将)")),
    (2, re.compile(r"^(?:[一二三四五六]是|现将|截至)?.{0,8}?(?<![\d至到-])(20\d\d)年度?")),
    (1, re.compile(r"[。;；,，](?<!到)(20\d\d)年(?:度)?(?:以来)?(?=[,，]|共|全|我|该|本)")),
)


_RANGE_END = re.compile(r"年?[-至到]")
# 2021年,祥云县将启动: the year to come, wherever in the paragraph it stands
_INTENDED = re.compile(r"将(?!.{0,24}(?:纳入|作为|列入|分解))|力争|打算|计划(?!生育|外)")


def _year_votes(sentence: str) -> Iterator[tuple[int, int]]:
    for weight, pattern in _VOTES:
        for found in pattern.finditer(sentence):
            before = sentence[max(0, found.start(1) - 1) : found.start(1)]
            after = sentence[found.end(1) : found.end(1) + 24]
            is_limit = before in {"到", "至", "(", "自", "较", "比"} or _RANGE_END.match(after)
            if not is_limit and not _INTENDED.search(after):
                yield int(found[1]), weight


@cache
def _type_cues() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = read_csv(paths.data("words", "doc_types.csv"))
    return tuple((row["where"], re.compile(row["pattern"]), row["doc_type"]) for row in rows)


def read_doc_type(
    title: str | None, body: str, sections: Sequence[Section], marks: Sequence[Mark]
) -> str:
    """The kind of document: what the title says, else what the body does."""
    for where, pattern, doc_type in _type_cues():
        place = {"title": fold(title or ""), "opening": body[:600], "body": body}[where]
        if pattern.search(place):
            return doc_type
    if any(section.marker for section in sections):
        endings = {section.role for section in sections if section.level == 1}
        return "annual_report" if {"problems", "plan"} & endings else "other"
    return "news_feature" if _is_feature(body, sections, marks) else "other"


def _is_feature(body: str, sections: Sequence[Section], marks: Sequence[Mark]) -> bool:
    """Photographs or slogans as headings, and a place spoken of from outside (000)."""
    from_outside = not re.search(r"我(?:区|县|市|旗|局)", body)
    pictured = any(mark.kind == "caption" for mark in marks)
    return from_outside and bool(SUBJECT.search(body)) and (pictured or len(sections) > 2)


def is_truncated(
    body: str, sections: Sequence[Section], marks: Sequence[Mark], doc_type: str
) -> bool:
    """Whether the text breaks off: in mid-sentence, or a report that ends without any ending."""
    if not body.rstrip():
        return False
    if body.rstrip()[-1] not in "。！？!?；;：:”）)》…":
        return True
    ends = {section.role for section in sections} & {"problems", "plan", "closing"}
    signed = any(mark.kind == "signature" for mark in marks)
    return doc_type in _REPORTS and not (ends or signed or _CLOSING.search(body[-800:]))
