"""From a marked text to its sentences, each inside one section and one paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govlaw.document import Mark, Section, Sentence, Span
from govlaw.text.folding import fold
from govlaw.text.lines import Line
from govlaw.text.marks import marks_on

# Bounded, so that a page without a full stop stays linear and no sentence is endless.
_SENTENCE = re.compile(r"[^。！？!?]{1,2000}[。！？!?]{0,3}[”’」』》)）\]]{0,3}")
# 针对以上问题,下一步将…: what it answers to may stand first
_ANSWER = re.compile(r"(?:针对|围绕).{1,14}[,，]|(?:对此|为此)[,，]")
_PLAN_OPENING = re.compile(
    r"(?:下一步|下步|下一阶段|今后|明年|新的一年|接下来)[,，:：]?"
    r"|针对(?:以上|上述|这些|存在的?)[^,，]{0,8}[,，].{0,12}将"
)
# Captions hold numbers too (237名企业代表, 000), so they are read, in the role of noise.
_READ_MARKS = {"caption"}
# 2020年将重点抓好3项工作; 2020年至2022年 is a period
_NEXT_YEAR = re.compile(r"[^至到-]{0,20}?(?:将|拟|重点(?:抓好|做好|工作))")
_OPENS = frozenset("针围对为下今明新接")  # what the patterns above open with
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
    turned: _Turn | None = None
    chapters, starts = _chapters(sections), [section.span.start for section in sections]
    printed = fold(title.of(text)) if title else ""
    opens = _OPENS | {str(year + 1)[0]} if year else _OPENS
    for paragraph, (line, over) in enumerate(zip(lines, marks_on(lines, marks), strict=True), 1):
        is_noise = _is_noise(line, over, title, printed)
        for at, (begin, end) in _stretches(line.span, over, starts):
            section, chapter = sections[at], chapters[at]
            turns = section.role in _MAY_TURN
            is_planned = turns and turned is not None and turned.reaches(chapter, paragraph)
            for said, start in _sentences_of(text, begin, end):
                inside = start - line.span.start
                if turns and line.folded[inside] in opens:
                    folded = line.folded[inside : inside + len(said)]
                    if _opens_plan(folded, year):
                        stays = section.role == "problems" or not inside or folded.endswith(":")
                        turned = _Turn(chapter, None if stays else paragraph)
                        is_planned = True
                role = "noise" if is_noise else "plan" if is_planned else section.role
                span, number = Span(start, start + len(said)), len(found) + 1
                found.append(Sentence(doc_id, number, section.number, paragraph, role, span, said))
    return tuple(found)


def _is_noise(line: Line, over: Sequence[Mark], title: Span | None, title_text: str) -> bool:
    if title and (title.overlaps(line.span) or title_text == line.folded):
        return True
    return any(mark.kind in _READ_MARKS for mark in over)


def _stretches(
    line: Span, over: Sequence[Mark], starts: Sequence[int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """The parts of a line that hold sentences, each with the section it stands in.

    A section that opens within the line, as 一是 does, ends the sentence before it.
    """
    for stretch in _unmarked(line, over) if over else (line,):
        section = bisect_right(starts, stretch.start)
        cuts = starts[section : bisect_left(starts, stretch.end)]
        yield from enumerate(pairwise((stretch.start, *cuts, stretch.end)), section - 1)


def _sentences_of(text: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    """The sentences of a stretch without the blanks around them, and where each starts."""
    for found in _SENTENCE.finditer(text, begin, end):
        said = found[0]
        kept = said.strip()
        if kept is said:
            yield said, found.start()
        elif kept:
            yield kept, found.end() - len(said.lstrip())


def _unmarked(span: Span, over: Sequence[Mark]) -> Iterator[Span]:
    """The parts of a line that no mark takes away; a phone number inside a sentence stays."""
    start = span.start
    for mark in over:
        inside = mark.kind == "contact" and span.start < mark.span.start < mark.span.end < span.end
        if mark.kind in _READ_MARKS or inside:
            continue
        if start < mark.span.start:
            yield Span(start, mark.span.start)
        start = max(start, mark.span.end)
    if start < span.end:
        yield Span(start, span.end)


def _chapters(sections: Sequence[Section]) -> list[int]:
    """For each section the number of the level-1 section it stands in."""
    chapters, chapter = [], 0
    for section in sections:
        chapter = section.number if section.level <= 1 else chapter
        chapters.append(chapter)
    return chapters


class _Turn(NamedTuple):
    """Where a text turned to what comes next: for its chapter, or for one paragraph of results.

    Where 下一步,我县将继续努力。 stands in the midst of results, only its paragraph has turned.
    """

    chapter: int
    paragraph: int | None

    def reaches(self, chapter: int, paragraph: int) -> bool:
        """Whether what was turned includes this paragraph."""
        return chapter == self.chapter and self.paragraph in (None, paragraph)


def _opens_plan(sentence: str, year: int | None) -> bool:
    """Whether a sentence turns to what comes next.

    2018年,平房区将继续重视 — the last paragraph of a text on 2017 (000).
    """
    answer = _ANSWER.match(sentence)
    start = answer.end() if answer else 0
    if _PLAN_OPENING.match(sentence) or (answer and _PLAN_OPENING.match(sentence, start)):
        return True
    if not (year and sentence.startswith(f"{year + 1}年", start)):
        return False
    return bool(_NEXT_YEAR.match(sentence, start + 5))
