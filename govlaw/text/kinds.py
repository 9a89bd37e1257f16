"""From a title, a body and an outline to the kind of document, and whether it breaks off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from govlaw import paths
from govlaw.document import Mark, Section, Sentence, Span
from govlaw.knowledge import read_csv
from govlaw.text.finds import INFERRED, PLACED, UNTOLD, Find
from govlaw.text.folding import fold
from govlaw.text.heading import Heading
from govlaw.text.lines import Line
from govlaw.text.outline import Outline
from govlaw.text.titles import SUBJECT

REPORTS = frozenset({"annual_report", "department_report", "special_report"})
# How a report comes to its end: a formula, or talk of shortcomings and of what comes next.
_CLOSING = re.compile(
    r"特此(?:报告|通知|公告|汇报)|(?:专此|此)报告|下一步|下步|今后|明年|新的一年"
    r"|存在.{0,10}(?:不足|问题)|将(?:继续|进一步|持续)"
)
_OPENING, _ENDING = 600, 800


@cache
def _type_cues() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = read_csv(paths.data("words", "doc_types.csv"))
    return tuple((row["where"], re.compile(row["pattern"]), row["doc_type"]) for row in rows)


def read_doc_type(
    heading: Heading | None,
    body: Sequence[Line],
    outline: Outline,
    marks: Sequence[Mark],
    year: int | None = None,
) -> Find[str]:
    """The kind of document with the words that decided: the title's, else the body's.

    >>> read_doc_type(None, [], Outline((), ()), []).value
    'other'
    """
    said = "\n".join(line.folded for line in body)
    places = {"title": fold(heading.words if heading else ""), "opening": said[:_OPENING]}
    for where, pattern, doc_type in _type_cues():
        if found := pattern.search(places.get(where, said)):
            start, end = found.span("cue" if "cue" in pattern.groupindex else 0)
            if where == "title" and heading:
                return heading.part(doc_type, start, end)
            confidence = PLACED if where == "opening" else INFERRED
            return Find(doc_type, "text", confidence, _place(body, start, end))
    return _by_outline(said, outline.sections(is_report=True, year=year), marks)


def _place(body: Sequence[Line], start: int, end: int) -> Span | None:
    """Where a stretch of the joined lines stands in the text."""
    begins = list(accumulate((len(line.folded) + 1 for line in body), initial=0))
    line = bisect_right(begins, start) - 1
    if start >= end or line >= len(body):
        return None
    shift = body[line].span.start - begins[line]
    return Span(start + shift, min(end + shift, body[line].span.end))


def _by_outline(said: str, sections: Sequence[Section], marks: Sequence[Mark]) -> Find[str]:
    """A report by its endings, a feature by its pictures and headings; other tells nothing."""
    endings = [s for s in sections if s.level == 1 and s.role in ("problems", "plan")]
    is_numbered = any(section.marker for section in sections)
    if is_numbered and endings:
        return Find("annual_report", "text", INFERRED, _printed(endings[0]))
    if not is_numbered and _is_feature(said, sections, marks):
        shown = [mark.span for mark in marks if mark.kind == "caption"]
        shown += [_printed(section) for section in sections if section.level]
        return Find("news_feature", "text", INFERRED, shown[0])
    return Find("other", "text", UNTOLD)


def _printed(section: Section) -> Span:
    start = section.span.start
    return Span(start, min(section.span.end, start + len(section.marker + section.heading)))


def _is_feature(body: str, sections: Sequence[Section], marks: Sequence[Mark]) -> bool:
    """Photographs or slogans as headings, and a place spoken of from outside (000)."""
    from_outside = not re.search(r"我(?:区|县|市|旗|局)", body)
    pictured = any(mark.kind == "caption" for mark in marks)
    return from_outside and bool(SUBJECT.search(body)) and (pictured or len(sections) > 2)


def find_break(
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    marks: Sequence[Mark],
    doc_type: str,
) -> Find[bool]:
    """Whether the text breaks off: in mid-sentence, or a report that ends without any ending."""
    body = [sentence for sentence in sentences if sentence.role != "noise"]
    if not body:
        return Find(False, "text", UNTOLD)
    last = Span(max(body[-1].span.start, body[-1].span.end - 20), body[-1].span.end)
    if body[-1].text[-1] not in "。！？!?；;：:”）)》…":
        return Find(True, "text", PLACED, last)
    ends = {section.role for section in sections} & {"problems", "plan", "closing"}
    is_ended = bool(ends) or any(mark.kind == "signature" for mark in marks)
    is_open = doc_type in REPORTS and not (is_ended or _CLOSING.search(_end_of(body)))
    return Find(is_open, "text", PLACED if is_ended else INFERRED, last)


def _end_of(body: Sequence[Sentence]) -> str:
    """The last words of a body."""
    said = ""
    for sentence in reversed(body):
        said = sentence.text + said
        if len(said) >= _ENDING:
            break
    return said[-_ENDING:]
