"""From a marked text to its sentences, each inside one section and one paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govlaw.document import Mark, Section, Sentence, Span
from govlaw.text.folding import fold
from govlaw.text.marks import Line, marks_over

# Bounded, so that a page without a full stop stays linear and no sentence is endless.
_SENTENCE = re.compile(r"[^。！？!?]{1,2000}[。！？!?]{0,3}[”’」』》)）\]]{0,3}")
_PLAN_OPENING = re.compile(r"(?:下一步|下步|下一阶段|今后|明年|新的一年|接下来)[,，:：]?")
# Captions hold numbers too (237名企业代表, 000), so they are read, in the role of noise.
_READ_MARKS = {"caption"}
_MAY_TURN = {"problems", "body", "achievements"}


def read_sentences(
    text: str,
    doc_id: str,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    sections: Sequence[Section],
    *,
    title: Span | None,
    year: int | None,
) -> tuple[Sentence, ...]:
    """The sentences of the body in order, numbered from 1; title and captions in role noise."""
    found: list[Sentence] = []
    planned: int | None = None  # the chapter whose paragraphs have turned to what comes next
    chapters = _chapters(sections)
    printed = fold(title.of(text)) if title else ""
    starts = [section.span.start for section in sections]
    for paragraph, line in enumerate(lines, start=1):
        is_noise = _is_noise(line, marks, title, printed)
        for span in _spans(text, line, marks, starts):
            at = bisect_right(starts, span.start) - 1
            section = sections[at]
            if _opens_plan(line, section, year):
                planned = chapters[at]
            role = _role(section, is_planned=planned == chapters[at])
            role = "noise" if is_noise else role
            number = len(found) + 1
            found.append(
                Sentence(doc_id, number, section.number, paragraph, role, span, span.of(text))
            )
    return tuple(found)


def _is_noise(line: Line, marks: Sequence[Mark], title: Span | None, title_text: str) -> bool:
    if title and (title.overlaps(line.span) or title_text == line.folded):
        return True
    return any(mark.kind in _READ_MARKS for mark in marks_over(marks, line.span))


def _spans(text: str, line: Line, marks: Sequence[Mark], starts: Sequence[int]) -> Iterator[Span]:
    for stretch in _unmarked(line.span, marks):
        cuts = starts[bisect_right(starts, stretch.start) : bisect_left(starts, stretch.end)]
        for start, end in pairwise([stretch.start, *cuts, stretch.end]):
            for found in _SENTENCE.finditer(text, start, end):
                span = _trim(text, Span(*found.span()))
                if span.start < span.end:
                    yield span


def _unmarked(span: Span, marks: Sequence[Mark]) -> Iterator[Span]:
    """The parts of a line that no mark takes away; a phone number inside a sentence stays."""
    start = span.start
    for mark in marks_over(marks, span):
        inside = mark.kind == "contact" and span.start < mark.span.start < mark.span.end < span.end
        if mark.kind in _READ_MARKS or inside:
            continue
        if start < mark.span.start:
            yield Span(start, mark.span.start)
        start = max(start, mark.span.end)
    if start < span.end:
        yield Span(start, span.end)


def _trim(text: str, span: Span) -> Span:
    kept = span.of(text)
    left = len(kept) - len(kept.lstrip())
    return Span(span.start + left, span.start + len(kept.rstrip()))


def _chapters(sections: Sequence[Section]) -> list[int]:
    """For each section the number of the level-1 section it stands in."""
    chapters, chapter = [], 0
    for section in sections:
        chapter = section.number if section.level <= 1 else chapter
        chapters.append(chapter)
    return chapters


def _opens_plan(line: Line, section: Section, year: int | None) -> bool:
    """Whether a paragraph turns to what comes next.

    2018年,平房区将继续重视 — the last paragraph of a text on 2017 (000).
    """
    opening = line.folded[:40]
    if section.role not in {"problems", "body", "achievements"}:
        return False
    if _PLAN_OPENING.match(opening):
        return True
    return bool(year and re.match(rf"{year + 1}年[^至到-]{{0,20}}?将", opening))


def _role(section: Section, *, is_planned: bool) -> str:
    return "plan" if is_planned and section.role in _MAY_TURN else section.role
