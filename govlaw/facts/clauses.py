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
_END = "\ue003"  # stands between two sentences
_BORDERS, _TITLE, _CLOSE = ",，;:。!?…\n\t", "《", ")]】〕"
_OPEN = "([【〔"
_NO_CLAUSE = BORDER * 2
_SILENT = " \u3000\u200b“”‘’\"'「」『』*#\r" + _CLOSE + _GAP
_UNHEARD = re.compile(f"[{re.escape(_SILENT)}]+")
_MARKS = re.compile(MARK)
_CLAUSE = re.compile(f"[^{BORDER}]+")
_TITLED = re.compile(f"《([^》{_END}]*+)(》?)")
_BRACKET = re.compile(f"[{re.escape(_OPEN)}]")
# What is not heard where nothing is moved: of several borders in a row the first one is.
_LEFT_OUT = re.compile(
    rf"(?:\A|(?<=[{re.escape(_BORDERS)}]))[{re.escape(_BORDERS + _SILENT)}]+|{_UNHEARD.pattern}"
)
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
    """A sentence with its numbers as marks; what few ask for is made when first asked for."""

    __slots__ = ("_clauses", "_found", "_is_moved", "_pieces", "_quantities", "_said", "text")

    def __init__(
        self,
        said: str,
        text: str,
        found: Sequence[Quantity],
        pieces: list[tuple[int, int]] | None = None,
    ) -> None:
        self._said, self.text, self._found, self._pieces = said, text, found, pieces
        self._is_moved = pieces is not None
        self._quantities: dict[int, Quantity] | None = None
        self._clauses: list[Stretch] | None = None

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """For some places where they stand in the sentence; what follows one follows it there."""
        if self._pieces is None:
            is_short = _TITLE in self._said
            self._pieces = _written(self._said).pieces if is_short else _left(self._said)
        return self._pieces

    @property
    def quantities(self) -> dict[int, Quantity]:
        """The number at each mark, in order."""
        if self._quantities is None:
            self._quantities = self._marked() if self._found else {}
        return self._quantities

    def _marked(self) -> dict[int, Quantity]:
        marks = [match.start() for match in _MARKS.finditer(self.text)]
        if not self._is_moved and len(marks) == len(self._found):
            return dict(zip(marks, self._found, strict=True))  # none was left out
        by_start = {quantity.start: quantity for quantity in self._found}
        places = ((at, self._place(at)) for at in marks)
        return {at: by_start[place] for at, place in places if place in by_start}

    @property
    def marks(self) -> list[int]:
        """Where the numbers stand."""
        return list(self.quantities)

    @property
    def clauses(self) -> list[Stretch]:
        """The clauses, in order."""
        if self._clauses is None:
            self._clauses = [Stretch(*one.span()) for one in _CLAUSE.finditer(self.text)]
        return self._clauses

    def clause_of(self, at: int) -> int:
        """The number of the clause that holds a place; a border belongs to the clause before it."""
        return max(0, bisect_left(self.clauses, (at + 1,)) - 1)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the sentence that a stretch of the skeleton stands for."""
        if not self._is_moved:
            return self._place(start), self._end(end - 1)
        first = bisect_left(self.pieces, (start + 1,))
        cuts = [here for here, _ in self.pieces[first : bisect_left(self.pieces, (end,), first)]]
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
        for sign in _SIGN.finditer(self.said, start, end):
            stop, after = sign.span()
            if stop < at:
                continue  # inside a title or an aside
            if at < stop:
                self.put(at, stop)
            char = self.said[stop]
            if char in _BORDERS:
                if asides:
                    self.flush(asides, stop)
                self.border(stop)
            elif char == _TITLE:
                after = self.title(stop, end)
            elif char in _OPEN:
                after = self.bracket(stop, end, asides)
            at = after
        if at < end:
            self.put(at, end)
        self.flush(asides, end)

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
    return skeletons([sentence], [quantities])[0]


def skeletons(sentences: Sequence[str], quantities: Sequence[Sequence[Quantity]]) -> list[Skeleton]:
    """The skeletons of many sentences.

    Where nothing is to be moved, what nobody hears is taken out of all of them at once.
    """
    if not sentences:
        return []
    said = folded(sentences)
    for number, found in enumerate(quantities):
        if found:
            said[number] = _with_marks(said[number], found)
    heard = _in_order(_END.join(said)).split(_END)
    bare = []
    for one, text, found in zip(said, heard, quantities, strict=True):
        if _BRACKET.search(one):
            writer = _written(one)
            bare.append(Skeleton(one, "".join(writer.chars), found, writer.pieces))
        else:
            bare.append(Skeleton(one, text.removeprefix(BORDER), found))
    return bare


def folded(texts: Sequence[str]) -> list[str]:
    """Each text folded, all of them at once."""
    return fold(_END.join([text.replace(_END, " ") for text in texts])).split(_END)


def _in_order(said: str) -> str:
    """What is heard where nothing is moved."""
    if _TITLE in said:
        said = _TITLED.sub(_untitled, said)
    heard = _UNHEARD.sub("", said)
    for sign in _BORDERS:
        heard = heard.replace(sign, BORDER)
    while _NO_CLAUSE in heard:
        heard = heard.replace(_NO_CLAUSE, BORDER)  # halves every run
    return heard


def _untitled(title: re.Match[str]) -> str:
    return "《》" if title[2] else title[1].replace(_TITLE, "")


def _written(said: str) -> _Writer:
    writer = _Writer(said)
    writer.write(0, len(said))
    return writer


def _left(said: str) -> list[tuple[int, int]]:
    """The pieces where nothing is moved and no title shortened."""
    pieces, size, at = [(0, 0)], 0, 0
    for one in _LEFT_OUT.finditer(said):
        start, end = one.span()
        size += start - at
        at = end
        pieces.append((size, at))
    return pieces


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
