"""From a text to the stretches that are not what the report says: marked, never deleted.

Page furniture, captions, a clock glued to the first sentence, signature, attachments, contacts.
The body is the text without them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from govlaw.document import Mark, Span
from govlaw.text.furniture import is_furniture, word_junk
from govlaw.text.lines import Line

_HAN = "[一二三四五六七八九十]{1,3}"
DATE = (
    rf"(?:\d{{4}}|[一二三四五六七八九〇○零Oo]{{4}})\s?年\s?"
    rf"(?:\d{{1,2}}|{_HAN})\s?月\s?(?:\d{{1,2}}|{_HAN})\s?日"
)
# 发表时间 : 2019-05-07 16:56:142017年,在市委 — the clock runs into the report's first year (003)
_GLUED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}\s{0,3}:\s{0,3})?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"\s{0,3}\d{1,2}:\d{2}(?::\d{2})?+(?=[^\s\d:\]】)|]|20\d\d年)"
)
# What the mark of a long paragraph opens with: an attachment, a clock, settings of Word.
_OPENS_MARK = re.compile(
    r"附|相关附件|Normal|/\*|table\.Mso|@font|(?:[\u4e00-\u9fff]{2,6}\s{0,3}:\s{0,3})?20\d\d[-/.]"
)
_LONG = 160
BODY_NAME = re.compile(
    r"[\u4e00-\u9fff()]{2,30}(?:政府|委员会|办公室|局|委|厅|处|办|中心|大队|公室)"
)
_DAY = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?")
# ——2019年1月10日在…会议上, (2020年1月8日…审议通过): where the text was spoken, below its title
_NOTE = re.compile(rf"(?:-{{1,4}}|\()\s?{DATE}.{{0,60}}?(?:上|通过|批准|修订)?\)?")
_BELOW_TITLE, _FEW = 3, 12
SHORT_DATE = re.compile(r"(?P<date>20\d\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2})")
# 清溪县人民政府 2021年1月10日, on one line or two, with 印发 behind a date of issue
SIGNED_LINE = re.compile(
    rf"[(]?(?:[\u4e00-\u9fff()、 ]{{2,40}}(?:政府|委员会|办公室|局|委|厅|处|办|中心|大队)\s*)?"
    rf"(?P<date>{DATE})\s*(?:印发|发布|签发)?[)]?"
)
# 0431-5123456, 13904310000, 5123456: what a number may be, its first digit tells
_PHONE = re.compile(
    r"[0-9](?:(?<=0)(?<![\d.].)\d{2,3}-[2-9]\d{6,7}(?![\d.])|(?<=1)(?<!\d.)[3-9]\d{9}(?!\d)"
    r"|(?<=[2-9])(?<![\d.].)\d{6,7}(?![\d.]))"
)
_SEVEN_DIGITS = re.compile(r"[1-9]\d{6}")  # every telephone number has them, few texts have
_PHONE_CUE = re.compile(r"电话|联系|热线|传真|手机|咨询")
_CONTACT = re.compile(r"[(]?\s*(?:联系人|联系电话|联系方式|咨询电话|传真|签发人|经办人)\s*:")
_ATTACHMENT = re.compile(r"附\s?件\s?\d{0,2}\s?[:.、]|相关附件|附件下载")
# What a photograph shows: somebody doing something somewhere.
_CAPTION = re.compile(
    rf"^(?:图为|图\d?:|{DATE})|(?:供图|摄影|[ (（]摄[)）]?)$"
    r"|(?:书记|区长|县长|市长|局长|主任|镇长).{1,12}(?:体验|视察|调研|检查|出席|参加|发出|颁发|讲话|慰问|走访)"
)


_PICTURE = re.compile(r"(?:资料|新华社|记者|通讯员).{0,12}(?:图|图片|照片|摄)[。)]?$")


def mark_text(
    folded: str, lines: Sequence[Line], title: Span | None, furniture: Sequence[Span] = ()
) -> tuple[Mark, ...]:
    """Everything in the text that is not body, in order and without overlap.

    ``furniture`` is what the reader of the file found to be outside the article; ``lines`` are the
    lines inside it.
    """
    outside = [Mark("furniture", part) for span in furniture for part in _around(span, title)]
    marks = [*outside, *_mark_lines(lines, title), *_mark_contacts(folded)]
    marks.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.span.start >= kept[-1].span.end:
            kept.append(mark)
    return tuple(kept)


def _around(span: Span, title: Span | None) -> Iterator[Span]:
    """A stretch without the title that may stand in it."""
    cut = title if title and span.overlaps(title) else Span(span.end, span.end)
    parts = (Span(span.start, cut.start), Span(cut.end, span.end))
    yield from (part for part in parts if part.start < part.end)


def marks_over(marks: Sequence[Mark], span: Span) -> Iterator[Mark]:
    """The marks that overlap a span; marks come in order and do not overlap each other."""
    first = bisect_right(marks, span.start, key=lambda mark: mark.span.end)
    while first < len(marks) and marks[first].span.start < span.end:
        yield marks[first]
        first += 1


def marks_on(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[Sequence[Mark]]:
    """For each line in order the marks that overlap it."""
    at = 0
    for line in lines:
        while at < len(marks) and marks[at].span.end <= line.span.start:
            at += 1
        end = at
        while end < len(marks) and marks[end].span.start < line.span.end:
            end += 1
        yield marks[at:end]


def _mark_lines(lines: Sequence[Line], title: Span | None) -> Iterator[Mark]:
    signature = _signature(lines)
    head = _end_of_head(lines, title)
    stamps = set(_stamps(lines, title))
    for number, line in enumerate(lines):
        is_long = len(line.folded) > _LONG and number >= head
        if is_long and not _OPENS_MARK.match(line.folded):
            continue
        if number in signature:
            yield Mark("signature", line.span)
        elif number in stamps:
            yield Mark("furniture", line.span)
        elif kind := _kind(line, number < head, title):
            yield Mark(kind, line.span)
        elif junk := word_junk(line.folded):
            yield Mark("furniture", Span(line.span.start, line.span.start + junk))
        elif glued := _GLUED.match(line.folded):
            yield Mark("glued_time", Span(line.span.start, line.span.start + glued.end()))
        elif _is_caption(lines, number, title):
            yield Mark("caption", line.span)


def _kind(line: Line, is_head: bool, title: Span | None) -> str | None:
    if _CONTACT.match(line.folded) and len(line.folded) < 80:
        return "contact"
    if title and title.overlaps(line.span):
        return None
    if _ATTACHMENT.match(line.folded):
        return "attachment"
    return "furniture" if is_head or is_furniture(line.folded) else None


def _end_of_head(lines: Sequence[Line], title: Span | None) -> int:
    """Where menus end: lines before the title are furniture unless one is a sentence (a notice)."""
    if title is None:
        return 0
    before = list(takewhile(lambda line: line.span.end <= title.start, lines))
    return 0 if any(line.is_sentence for line in before) else len(before)


def _stamps(lines: Sequence[Line], title: Span | None) -> Iterator[int]:
    """Lines just below the title that hold a date and little else: 本站 2018年03月04日"""
    if title is None:
        return
    first = next((n for n, line in enumerate(lines) if line.span.start >= title.end), len(lines))
    for number, line in enumerate(lines[first : first + _BELOW_TITLE], first):
        if line.is_sentence and len(line.folded) > 40:
            return
        if _NOTE.fullmatch(line.folded):
            yield number
            continue
        bare, dates = _DAY.subn("", line.folded)
        if dates and len(re.findall(r"[\u4e00-\u9fff]", bare)) <= _FEW and len(line.folded) < 60:
            yield number


def _signature(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that sign: a date alone on its line, and the body's name above it."""
    signed = set(signed_lines(lines))
    for number in tuple(signed):
        above = lines[number - 1].folded if number else ""
        if len(above) <= 32 and BODY_NAME.fullmatch(above.replace(" ", "")):
            signed.add(number - 1)
    return signed


def signed_lines(lines: Sequence[Line]) -> dict[int, re.Match[str]]:
    """The lines that sign, by number, with their date: alone, behind a body's name or below one."""
    short = (number for number, line in enumerate(lines) if len(line.folded) <= 60)
    return {number: found for number in short if (found := _signed(lines, number))}


def _signed(lines: Sequence[Line], number: int) -> re.Match[str] | None:
    line = lines[number].folded
    if "月" in line and "日" in line and (found := SIGNED_LINE.fullmatch(line)):
        return found
    found = SHORT_DATE.fullmatch(line)  # 铁西区教育局 / 2019.12.10
    return found if found and number and BODY_NAME.fullmatch(lines[number - 1].folded) else None


def _is_caption(lines: Sequence[Line], number: int, title: Span | None) -> bool:
    line = lines[number]
    if len(line.folded) <= 60 and (
        line.folded.startswith("图为") or _PICTURE.search(line.folded) is not None
    ):
        return True
    # A date opens many a sentence; only a line that never ends as one is a caption.
    if line.is_sentence or not 12 <= len(line.folded) <= 90:
        return False
    if number == 0 or not lines[number - 1].is_sentence or (title and title.overlaps(line.span)):
        return False
    return _CAPTION.search(line.folded) is not None


def _mark_contacts(folded: str) -> Iterator[Mark]:
    if not _SEVEN_DIGITS.search(folded):
        return
    for found in _PHONE.finditer(folded):
        if _PHONE_CUE.search(folded, max(0, found.start() - 40), found.start()):
            yield Mark("contact", Span(*found.span()))
