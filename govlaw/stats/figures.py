"""From rows of sentences and quantities to lines: a sentence, its figures, and what each counts."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govlaw.stats.rows import each_row

#: What stands between two members of a list.
SEPARATOR = re.compile(r"[,，、;；:：。()（）\n]")
_JOINT = r"(?:以及|和|及|与|或)"
_JOINT_AHEAD, _JOINT_BEHIND = re.compile(rf"\s*{_JOINT}"), re.compile(rf"{_JOINT}\s*$")
_FILLER = re.compile(r"其中|共计|共有|分别|总计|合计|已|均|共|有|为|的|是|了|达|约|\s")
_DECIMALS = re.compile(r"[.．点]([0-9０-９零〇一二三四五六七八九]{1,8})")
_SCALE = re.compile(r"(万亿|亿|万)(?![0-9０-９一二三四五六七八九])")
_SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4}
_OPEN, _CLOSE = "(（", ")）"
_BRACKET = re.compile(f"[{_OPEN}{_CLOSE}]")
#: 约100件 may be anything from 90 to 110.
_ABOUT = 0.1
#: Longer sentences are tables that lost their lines; nothing in them says what belongs together.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as arithmetic needs it: an interval, the step it was rounded to, its words."""

    id: str
    text: str
    value: float
    low: float
    high: float
    step: float
    unit: str
    kind: str
    bound: str
    modality: str
    start: int
    end: int

    @property
    def is_exact(self) -> bool:
        """Whether the report writes the number without 余, 约, 以上 or a range."""
        return self.bound == "exact"

    @property
    def is_plain(self) -> bool:
        """Whether it counts or costs something this year: no change, rank or value of last year."""
        return self.kind in ("count", "money") and self.modality != "past_year"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its figures in text order; offsets count within the sentence."""

    doc_id: str
    sentence_id: str
    section: int
    paragraph: int
    role: str
    text: str
    figures: tuple[Figure, ...]

    def between(self, number: int) -> tuple[str, str]:
        """The words before and after a figure, up to its neighbours."""
        figure = self.figures[number]
        start = self.figures[number - 1].end if number else 0
        last = number + 1 == len(self.figures)
        end = len(self.text) if last else self.figures[number + 1].start
        return self.text[start : figure.start], self.text[figure.end : max(end, figure.end)]

    def label(self, number: int) -> str:
        """The words that say what a figure counts, without the figure.

        >>> figures = (figure_of("1件", "件", 2), figure_of("1件", "件", 12))
        >>> Line("004", "", 0, 0, "body", "维持1件,决定不予受理的1件。", figures).label(1)
        '决定不予受理的'
        """
        left, right = self._sides(number)
        return left + right

    def phrase(self, number: int) -> str:
        """A figure in its words, short enough to quote."""
        left, right = self._sides(number)
        return left[-24:].lstrip() + self.figures[number].text + right[:16].rstrip("。 ")

    def _sides(self, number: int) -> tuple[str, str]:
        before, after = self.between(number)
        left = SEPARATOR.split(before)[-1]
        left = _JOINT_AHEAD.sub("", left, count=1) if number and left == before else left
        pieces = SEPARATOR.split(after, maxsplit=1)
        right = pieces[0]
        if len(pieces) == 1 and number + 1 < len(self.figures):
            if _JOINT_BEHIND.search(right):
                right = _JOINT_BEHIND.sub("", right)
            elif _JOINT_AHEAD.match(right) or is_said(left):
                right = ""  # 维持3件撤销2件: the words belong to the figure that follows
        return left, right


def is_said(words: str) -> bool:
    """Whether words say anything besides 共, 有, 其中 and their like."""
    return bool(_FILLER.sub("", words))


def brackets(text: str) -> tuple[list[int], list[int]]:
    """For each character how deep in brackets it stands, and where the innermost one closes."""
    size, places = len(text), [found.start() for found in _BRACKET.finditer(text)]
    depths: list[int] = []
    level = 0
    for at in places:
        depths += [level] * (at - len(depths))
        level += text[at] in _OPEN
        depths.append(level)
        level -= text[at] in _CLOSE and level > 0
    depths += [level] * (size - len(depths))
    closing: list[int] = []  # from the end
    opened = [size]
    for at in reversed(places):
        closing += [opened[-1]] * (size - 1 - at - len(closing))
        if text[at] in _CLOSE:
            opened.append(at)
        closing.append(opened[-1])
        if text[at] in _OPEN and len(opened) > 1:
            opened.pop()
    closing += [opened[-1]] * (size - len(closing))
    return [*depths, 0], closing[::-1]


def clause_start(text: str, at: int) -> int:
    """Where the stretch between semicolons or full stops that holds a place begins.

    >>> clause_start("受理93件;审结88件,上升3%", 14)
    6
    """
    return max(text.rfind(sign, 0, at) for sign in ";；。") + 1


def figure_of(text: str, unit: str, start: int, value: float = 1.0) -> Figure:
    """A plain exact figure, for examples."""
    end = start + len(text)
    return Figure("", text, value, value, value, 0.0, unit, "count", "exact", "done", start, end)


def step_of(text: str, unit: str) -> float:
    """The unit of the last digit written; 0 for a whole number in full.

    >>> [step_of("50.74万剂次", "剂次"), step_of("590件", "件"), step_of("98.0%", "%")]
    [100.0, 0.0, 0.1]
    """
    decimals, scale = _DECIMALS.search(text), _SCALE.search(text)
    if not decimals and not scale and unit not in ("%", "百分点"):
        return 0.0
    ends = round((_SCALES[scale[1]] if scale else 1.0), 0)
    return float(ends / 10 ** (len(decimals[1]) if decimals else 0))


def interval(value: float, high: float | None, bound: str) -> tuple[float, float]:
    """What a number can mean: 余 and 以上 are open above, 约 is a tenth either way.

    >>> interval(2500.0, None, "over")
    (2500.0, inf)
    """
    if bound == "range" and high is not None:
        return value, high
    return {
        "over": (value, math.inf),
        "under": (-math.inf, value),
        "about": (value * (1 - _ABOUT), value * (1 + _ABOUT)),
        "range": (value * (1 - _ABOUT), value * (1 + _ABOUT)),
    }.get(bound, (value, value))


def read_lines(sentences: pd.DataFrame, quantities: pd.DataFrame) -> list[Line]:
    """The sentences with their figures, in text order, without page furniture and bare tables."""
    found: dict[str, list[Figure]] = defaultdict(list)
    starts = dict(zip(sentences["sentence_id"], sentences["start"], strict=True))
    for row in each_row(quantities):
        if row.sentence_id in starts and not pd.isna(row.value):
            found[row.sentence_id].append(_figure(row, int(starts[row.sentence_id])))
    return list(_lines(sentences, found))


def _lines(sentences: pd.DataFrame, found: dict[str, list[Figure]]) -> Iterator[Line]:
    for row in each_row(sentences):
        if row.role == "noise" or len(row.text) > _LONGEST:
            continue
        figures = sorted(found.get(row.sentence_id, ()), key=lambda figure: figure.start)
        yield Line(
            row.doc_id, row.sentence_id, int(row.section), int(row.paragraph), row.role,
            row.text, tuple(figures),
        )  # fmt: skip


def _figure(row: Any, offset: int) -> Figure:
    value, unit, text = float(row.value), str(row.unit), str(row.text)
    top = row.value_high
    bound = str(row.bound)
    low, high = interval(value, None if pd.isna(top) else float(top), bound)
    return Figure(
        id=str(row.quantity_id),
        text=text, value=value, low=low, high=high, step=step_of(text, unit), unit=unit,
        kind=str(row.kind), bound=bound, modality=str(row.modality),
        start=int(row.start) - offset, end=int(row.end) - offset,
    )  # fmt: skip
