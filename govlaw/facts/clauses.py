"""From a sentence and its quantities to a skeleton: what its reader hears, clause by clause.

A skeleton is the sentence as its reader hears it: one mark for each number, one border between
clauses, no quotation marks, no spaces, titles shortened to 《》. Places lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from govlaw.facts.grammar import BORDER, MARK
from govlaw.facts.quantities import Quantity
from govlaw.text.folding import fold

_GAP = "\ue002"  # stands where a character of a number was, until it is left out
_BORDERS, _TITLE, _CLOSE = ",，;:。!?…\n\t", "《", ")]】〕"
_OPEN = "([【〔"
_SILENT = " \u3000\u200b“”‘’\"'「」『』*#\r" + _CLOSE + _GAP
_UNHEARD = re.compile(f"[{re.escape(_SILENT)}]+")
_CUT = re.compile(f"[{re.escape(_TITLE + _OPEN)}]")
_SIGN = re.compile(f"[{re.escape(_SILENT)}]+|[{re.escape(_BORDERS + _TITLE + _OPEN)}]")
# 村(社区) is one word, (其中乡镇13个) and (含上年结转的) are clauses of their own.
_ASIDE = re.compile(r"其中|含|包括|包含|如|即|详见|不含|以下简称")
_LONG_ASIDE = 8
_FAR_CLOSE = 200  # characters; a bracket that closes further off is a slip of the pen


class Stretch(NamedTuple):
    """A half-open stretch of a skeleton."""

    start: int
    end: int


class Skeleton:
    """A sentence with its numbers as marks.

    ``quantities`` holds the number at each mark, in order; ``pieces`` tells for some places of the
    skeleton where they stand in the sentence, and what follows one of them follows it there, too.
    """

    __slots__ = ("clauses", "marks", "pieces", "quantities", "text")

    def __init__(
        self, text: str, pieces: list[tuple[int, int]], by_start: dict[int, Quantity]
    ) -> None:
        self.text, self.pieces = text, pieces
        self.quantities: dict[int, Quantity] = {}
        at = text.find(MARK) if by_start else -1
        while at >= 0:
            quantity = by_start.get(self._place(at))
            if quantity is not None:
                self.quantities[at] = quantity
            at = text.find(MARK, at + 1)
        self.marks = list(self.quantities)
        self.clauses: list[Stretch] = []
        start = 0
        for part in text.split(BORDER):
            if part:
                self.clauses.append(Stretch(start, start + len(part)))
            start += len(part) + 1

    def clause_of(self, at: int) -> int:
        """The number of the clause that holds a place; a border belongs to the clause before it."""
        return max(0, bisect_left(self.clauses, (at + 1,)) - 1)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the sentence that a stretch of the skeleton stands for."""
        cuts = [here for here, _ in self.pieces if start < here < end]
        firsts = [self._place(at) for at in (start, *cuts)]
        lasts = [self._end(at - 1) for at in (*cuts, end)]
        return min(firsts), max(lasts)

    def _place(self, at: int) -> int:
        here, there = self.pieces[bisect_left(self.pieces, (at + 1,)) - 1]
        return there + at - here

    def _end(self, at: int) -> int:
        quantity = self.quantities.get(at)
        return quantity.end if quantity else self._place(at) + 1


class _Writer:
    """Writes a skeleton from sign to sign."""

    def __init__(self, said: str) -> None:
        self.said, self.size = said, 0
        self.chars: list[str] = []
        self.pieces: list[tuple[int, int]] = []

    def put(self, start: int, end: int) -> None:
        self.pieces.append((self.size, start))
        self.chars.append(self.said[start:end])
        self.size += end - start

    def border(self, at: int) -> None:
        if self.chars and self.chars[-1] != BORDER:
            self.pieces.append((self.size, at))
            self.chars.append(BORDER)
            self.size += 1

    def write(self, start: int, end: int) -> None:
        """Write a stretch; asides wait until the clause they interrupt is over."""
        asides: list[tuple[int, int]] = []
        at = start
        while sign := _SIGN.search(self.said, at, end):
            stop = sign.start()
            if at < stop:
                self.put(at, stop)
            at = self.step(stop, sign.end(), end, asides)
        if at < end:
            self.put(at, end)
        self.flush(asides, end)

    def step(self, at: int, after: int, end: int, asides: list[tuple[int, int]]) -> int:
        """Write what a sign stands for; where to go on."""
        char = self.said[at]
        if char in _BORDERS:
            self.flush(asides, at)
            self.border(at)
        elif char == _TITLE:
            return self.title(at, end)
        elif char in _OPEN:
            return self.bracket(at, end, asides)
        return after

    def title(self, at: int, end: int) -> int:
        closing = self.said.find("》", at, end)
        if closing < 0:
            return at + 1
        self.put(at, at + 1)
        self.put(closing, closing + 1)
        return closing + 1

    def bracket(self, at: int, end: int, asides: list[tuple[int, int]]) -> int:
        sign = _CLOSE[_OPEN.index(self.said[at])]
        closing = self.said.find(sign, at, min(end, at + _FAR_CLOSE))
        if closing < 0:
            return at + 1
        inside = self.said[at + 1 : closing]
        if MARK in inside or len(inside) > _LONG_ASIDE or _ASIDE.match(inside):
            asides.append((at + 1, closing))
            return closing + 1
        return at + 1

    def flush(self, asides: list[tuple[int, int]], at: int) -> None:
        for start, end in asides:
            self.border(start - 1)
            self.write(start, end)
        if asides:
            self.border(at - 1)
        asides.clear()


def skeleton(sentence: str, quantities: Sequence[Quantity]) -> Skeleton:
    """The sentence with its numbers as marks and its clauses found.

    >>> from govlaw.facts.quantities import quantities
    >>> bare = skeleton(text := "办理“多证合一”企业238户。", quantities(text))
    >>> bare.text.replace(MARK, "N").replace(BORDER, "|")
    '办理多证合一企业N|'
    """
    said = _with_marks(fold(sentence), quantities)
    writer = _Writer(said)
    writer.write(0, len(said))
    by_start = {quantity.start: quantity for quantity in quantities}
    return Skeleton("".join(writer.chars), writer.pieces, by_start)


def _with_marks(folded: str, quantities: Sequence[Quantity]) -> str:
    """The sentence with a mark for each number, as long as it was."""
    pieces: list[str] = []
    at = 0
    for quantity in quantities:
        if quantity.start >= at:
            pieces += (
                folded[at : quantity.start],
                MARK,
                _GAP * (quantity.end - quantity.start - 1),
            )
            at = quantity.end
    return "".join([*pieces, folded[at:]])


def may_be_heard(sentence: str) -> str | None:
    """A sentence with every word its skeleton can hold, for a first look; None if that is unknown.

    Where a bracket or title is taken out, what stands before and after it may join to a word.
    """
    folded = fold(sentence)
    return None if _CUT.search(folded) else _UNHEARD.sub("", folded)
