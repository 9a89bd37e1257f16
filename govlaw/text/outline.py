"""From a text to its outline: 一、/(一)/1./一是 with the role each section plays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.document import Mark, Section, Span
from govlaw.knowledge import read_csv
from govlaw.text.lines import Line
from govlaw.text.marks import marks_over

_HAN = "[一二三四五六七八九十百]{1,4}"
_MARKERS = (
    (1, re.compile(rf"(?:第{_HAN}(?:部分|章)[、:\s]?|{_HAN}、)\s?")),
    (2, re.compile(rf"[(]\s?{_HAN}\s?[)]、?\s?")),
    (3, re.compile(r"\d{1,2}(?:\.(?!\d)|、|\)(?!\d))\s?")),
    (4, re.compile(r"[(]\d{1,2}[)]\s?|[①②③④⑤⑥⑦⑧⑨⑩]\s?")),
)
_MARKED = frozenset("第(①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十百")  # what a marker opens with, or a digit
_INLINE_LEVEL = 5
# 主要表现:一是…。二是… — the items of a running paragraph; 统一是 is none, as 统 parts nothing.
_ITEM = re.compile(
    r"[一二三四五六七八九十其]"
    r"(?:(?<!其)[一二三四五六七八九十]?是(?=[^否\n])|(?<=其)[一二三四五]是?[,，])"
)
_PARTS = re.compile(r"[。;；:：,，)\s]")
_HEADING_END = re.compile(r"[。;；!！?？]")
_ITEM_END = re.compile(r"[。;；,，:：]")
_MAX_HEADING = 60
_UNNUMBERED = re.compile(r"[^。;；!！?？:：]{4,30}")


class _Opening(NamedTuple):
    level: int
    marker: str
    heading: str
    start: int


class Outline(NamedTuple):
    """Where the sections of a text open and end; what they are about depends on its kind."""

    openings: Sequence[_Opening]
    ends: Sequence[int]

    def sections(self, *, is_report: bool, year: int | None = None) -> tuple[Section, ...]:
        """The sections in order; number 0 is the opening before the first heading."""
        roles = _roles(self.openings, is_report=is_report, year=year)
        return tuple(
            Section(number, o.level, o.marker, o.heading, role, Span(o.start, end))
            for number, (o, end, role) in enumerate(
                zip(self.openings, self.ends, roles, strict=True)
            )
        )


def read_outline(
    folded: str, lines: Sequence[Line], marks: Sequence[Mark], title: Span | None
) -> Outline:
    """The outline of a text, folded.

    A section reaches to the next heading of its level or above, so sections nest.
    """
    openings = [_Opening(0, "", "", 0), *_openings(folded, lines, marks, title)]
    return Outline(openings, _ends(openings, len(folded)))


def _openings(
    folded: str, lines: Sequence[Line], marks: Sequence[Mark], title: Span | None
) -> Iterator[_Opening]:
    opened = [_numbered(line) for line in lines]
    is_numbered = any(opening and opening.level == 1 for opening in opened)
    unnumbered = set() if is_numbered else _unnumbered(lines, marks, title)
    items = _items(folded, lines)
    for number, (line, numbered) in enumerate(zip(lines, opened, strict=True)):
        if title and title.overlaps(line.span):
            continue
        if numbered:
            yield numbered
        elif number in unnumbered:
            yield _Opening(1, "", line.folded, line.span.start)
        body = numbered.start + len(numbered.marker) - line.span.start if numbered else 0
        for item in items.get(number, ()):
            if item.start() >= line.span.start + body:
                heading = _heading(line.folded, item.end() - line.span.start, _ITEM_END)
                yield _Opening(_INLINE_LEVEL, item[0], heading, item.start())


def _numbered(line: Line) -> _Opening | None:
    if line.folded[0] not in _MARKED and not line.folded[0].isdecimal():
        return None
    for level, pattern in _MARKERS:
        if found := pattern.match(line.folded):
            heading = _heading(line.folded, found.end(), _HEADING_END)
            return _Opening(level, found.group().strip(), heading, line.span.start)
    return None


def _items(folded: str, lines: Sequence[Line]) -> dict[int, list[re.Match[str]]]:
    """The items of running paragraphs, by the number of the line they stand in."""
    starts = [line.span.start for line in lines]
    items: dict[int, list[re.Match[str]]] = {}
    for found in _ITEM.finditer(folded):
        number = bisect_right(starts, found.start()) - 1
        end = lines[number].span.end if number >= 0 else 0
        if found.end() > end or (found.end() == end and found[0].endswith("是")):
            continue
        is_first = found.start() == starts[number]
        if is_first or _PARTS.match(folded, found.start() - 1):
            items.setdefault(number, []).append(found)
    return items


def _heading(line: str, start: int, stop: re.Pattern[str]) -> str:
    """The words of a line up to what ends a heading; of a paragraph without it the first few."""
    end = start + _MAX_HEADING
    found = stop.search(line, start, end)
    return line[start : found.start() if found else end].strip()


def _unnumbered(lines: Sequence[Line], marks: Sequence[Mark], title: Span | None) -> set[int]:
    """Short lines without a full stop that stand before a paragraph, in texts without 一、."""
    return {
        number
        for number, line in enumerate(lines[:-1])
        if not line.is_sentence
        and _UNNUMBERED.fullmatch(line.folded)
        and len(lines[number + 1].folded) > len(line.folded)
        and not any(marks_over(marks, line.span))
        and not (title and title.overlaps(line.span))
    }


def _ends(openings: Sequence[_Opening], end: int) -> list[int]:
    ends = [end] * len(openings)
    open_sections: list[int] = []
    for number, opening in enumerate(openings):
        while open_sections and openings[open_sections[-1]].level >= opening.level:
            ends[open_sections.pop()] = opening.start
        if number and openings[0].level == 0 and ends[0] == end:
            ends[0] = opening.start
        if number:
            open_sections.append(number)
    return ends


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_csv(paths.data("words", "section_roles.csv"))
    return tuple((re.compile(row["pattern"]), row["role"]) for row in rows)


def role_of(heading: str, year: int | None = None) -> str | None:
    """The role a heading names, or None.

    >>> role_of("三、下一步工作打算"), role_of("工作中存在的问题"), role_of("加强市场监管")
    ('plan', 'problems', None)
    """
    if year and heading.startswith(f"{year + 1}年"):
        return "plan"
    return next((role for pattern, role in _cues() if pattern.search(heading)), None)


def _roles(openings: Sequence[_Opening], *, is_report: bool, year: int | None) -> Iterator[str]:
    """Each section's role: what its heading says, else its parent's, else achievements early on."""
    path: list[tuple[int, str]] = []
    ending = False
    for opening in openings:
        while path and path[-1][0] >= opening.level:
            path.pop()
        inherited = path[-1][1] if path else None
        named = role_of(opening.heading, year) if 0 < opening.level <= 2 else None
        if named == "achievements" and (ending or not is_report):
            named = None  # 主要措施 under 下一步打算 is no result
        if inherited == "plan" and named in {"problems", "causes"}:
            named = None  # (二)补齐示范创建短板 under 下一步打算 is intended
        if opening.level == 1:
            ending = ending or named in {"problems", "causes", "plan", "first_responsible"}
        early = "achievements" if is_report and opening.level and not ending else "body"
        role = named or inherited or early
        if opening.level:
            path.append((opening.level, role))
        yield role
