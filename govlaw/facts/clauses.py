"""From a sentence and its quantities to a skeleton: what its reader hears, clause by clause.

A skeleton is the sentence as its reader hears it: one mark for each number, one border between
clauses, no quotation marks, no spaces, titles shortened to 《》. Places lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from govlaw.facts.grammar import BORDER, MARK
from govlaw.facts.quantities import Quantity
from govlaw.text.folding import fold

_BORDERS = frozenset(",，;:。!?…\n\t")
_SILENT = frozenset(" \u3000\u200b“”‘’\"'「」『』*#\r")
_OPEN, _CLOSE = "([【〔（", ")]】〕）"
# 村(社区) is one word, (其中乡镇13个) and (含上年结转的) are clauses of their own.
_ASIDE = re.compile(r"^(?:其中|含|包括|包含|如|即|详见|不含|以下简称)")
_LONG_ASIDE = 8


class Stretch(NamedTuple):
    """A half-open stretch of a skeleton."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether the stretch holds all of another one."""
        return self.start <= start and end <= self.end


@dataclass(slots=True)
class Skeleton:
    """A sentence with its numbers as marks; ``starts`` and ``ends`` lead back to the sentence."""

    text: str
    starts: list[int]
    ends: list[int]
    quantities: dict[int, Quantity]
    clauses: list[Stretch] = field(default_factory=list)

    @property
    def marks(self) -> list[int]:
        """The places of the numbers, in order."""
        return list(self.quantities)

    def clause_of(self, at: int) -> int:
        """The number of the clause that holds a place; a border belongs to the clause before it."""
        return max(0, bisect_right(self.clauses, at, key=lambda clause: clause.start) - 1)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the sentence that a stretch of the skeleton stands for."""
        return min(self.starts[start:end]), max(self.ends[start:end])


class _Writer:
    """Writes a skeleton character by character."""

    def __init__(self, sentence: str, quantities: Sequence[Quantity]) -> None:
        self.sentence, self.folded = sentence, fold(sentence)
        self.by_start = {quantity.start: quantity for quantity in quantities}
        self.number_starts = sorted(self.by_start)
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.found: dict[int, Quantity] = {}

    def put(self, char: str, start: int, end: int) -> None:
        if char == BORDER and (not self.chars or self.chars[-1] == BORDER):
            return
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def write(self, start: int, end: int) -> None:
        """Write a stretch; asides wait until the clause they interrupt is over."""
        asides: list[tuple[int, int]] = []
        at = start
        while at < end:
            at = self.step(at, end, asides)
        self.flush(asides, end)

    def step(self, at: int, end: int, asides: list[tuple[int, int]]) -> int:
        char = self.folded[at]
        quantity = self.by_start.get(at)
        if quantity is not None and quantity.end <= end:
            self.found[len(self.chars)] = quantity
            self.put(MARK, at, quantity.end)
            return quantity.end
        if char in _BORDERS:
            self.flush(asides, at)
            self.put(BORDER, at, at + 1)
        elif char == "《":
            return self.title(at, end)
        elif char in _OPEN:
            return self.bracket(at, end, asides)
        elif char not in _SILENT and char not in _CLOSE:
            self.put(char, at, at + 1)
        return at + 1

    def title(self, at: int, end: int) -> int:
        closing = self.folded.find("》", at, end)
        if closing < 0:
            return at + 1
        self.put("《", at, at + 1)
        self.put("》", closing, closing + 1)
        return closing + 1

    def bracket(self, at: int, end: int, asides: list[tuple[int, int]]) -> int:
        closing = self.folded.find(_CLOSE[_OPEN.index(self.folded[at])], at, min(end, at + 200))
        if closing < 0:
            return at + 1
        inside = self.folded[at + 1 : closing]
        first = bisect_left(self.number_starts, at)
        counted = first < len(self.number_starts) and self.number_starts[first] < closing
        if counted or len(inside) > _LONG_ASIDE or _ASIDE.match(inside):
            asides.append((at + 1, closing))
            return closing + 1
        return at + 1

    def flush(self, asides: list[tuple[int, int]], at: int) -> None:
        for start, end in asides:
            self.put(BORDER, start - 1, start)
            self.write(start, end)
        if asides:
            self.put(BORDER, at - 1, at)
        asides.clear()


def skeleton(sentence: str, quantities: Sequence[Quantity]) -> Skeleton:
    """The sentence with its numbers as marks and its clauses found.

    >>> from govlaw.facts.quantities import quantities
    >>> bare = skeleton(text := "办理“多证合一”企业238户。", quantities(text))
    >>> bare.text.replace(MARK, "N").replace(BORDER, "|")
    '办理多证合一企业N|'
    """
    writer = _Writer(sentence, quantities)
    writer.write(0, len(sentence))
    made = Skeleton("".join(writer.chars), writer.starts, writer.ends, writer.found)
    start = 0
    for part in made.text.split(BORDER):
        if part:
            made.clauses.append(Stretch(start, start + len(part)))
        start += len(part) + 1
    return made
