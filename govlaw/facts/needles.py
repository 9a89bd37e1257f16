"""From the words that patterns need to those a text holds, found in one pass over many texts.

Whoever asks for words asks for *sets*: one of each set must stand in the text. Each set has a bit,
so that whether a text can fit is one comparison of numbers, however many words there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence, Set
from functools import cached_property
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

_BETWEEN = "\ue003"  # stands between two texts that are read together
_END = itemgetter(2)

Found = tuple[int, int, int]  # the number of a word, where it starts and ends


class Held:
    """The words found in a stretch of text, by number, and the sets it has one of."""

    __slots__ = ("_bits", "_needles", "words")

    def __init__(self, needles: Needles, words: list[int]) -> None:
        self._needles, self.words = needles, words
        self._bits = -1

    @property
    def bits(self) -> int:
        """The bits of the sets."""
        if self._bits < 0:
            self._bits = self._needles.bits_of(self.words)
        return self._bits


class Passage(Held):
    """A text with the words found in it."""

    __slots__ = ("_found", "_offset", "text")

    def __init__(self, needles: Needles, text: str, found: list[Found], offset: int) -> None:
        super().__init__(needles, [word for word, _, _ in found])
        self.text, self._found, self._offset = text, found, offset

    def held(self, start: int, end: int) -> Held:
        """What a stretch of the text holds."""
        start, end = start + self._offset, end + self._offset
        first = bisect_left(self._found, start, key=_END)
        found = self._found[first : bisect_right(self._found, end, first, key=_END)]
        return Held(self._needles, [word for word, at, _ in found if at >= start])


class Needles:
    """Sets of words to look for; all must be known before the first text comes.

    >>> needles = Needles()
    >>> accepted, closed = needles.bits([{"受理", "收到"}]), needles.bits([{"办结", "审结"}])
    >>> held = needles.of("全年受理5起")
    >>> held.bits & accepted == accepted, held.bits & closed == closed
    (True, False)
    """

    def __init__(self) -> None:
        self._bits: dict[Set[str], int] = {}

    def bits(self, sets: Iterable[Set[str]]) -> int:
        """The bits of these sets."""
        found = 0
        for words in sets:
            found |= self._bits.setdefault(frozenset(words), 1 << len(self._bits))
        return found

    def of(self, text: str) -> Passage:
        """A text with the words it holds."""
        return self.read([text])[0]

    def read(self, texts: Sequence[str]) -> list[Passage]:
        """Many texts with the words they hold, in one pass: to begin one takes the longest."""
        joined = _BETWEEN.join(texts)
        found = self._automaton.find_matches_as_indexes(joined, overlapping=True)
        passages, start, first = [], 0, 0
        for text in texts:
            end = start + len(text)
            last = bisect_right(found, end, first, key=_END)
            passages.append(Passage(self, text, found[first:last], start))
            start, first = end + len(_BETWEEN), last
        return passages

    def bits_of(self, words: Iterable[int]) -> int:
        """The bits of the sets that words belong to."""
        bits, bits_of = 0, self._bits_of
        for word in words:
            bits |= bits_of[word]
        return bits

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        words = sorted(frozenset().union(*self._bits))
        return {word: number for number, word in enumerate(words)}

    @cached_property
    def _bits_of(self) -> list[int]:
        """By the number of a word the sets it belongs to."""
        found = [0] * len(self.numbers)
        for words, bit in self._bits.items():
            for word in words:
                found[self.numbers[word]] |= bit
        return found

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self.numbers))


def rarity(words: Set[str]) -> tuple[int, int]:
    """How seldom one of these is met: long words less often than short ones, few than many."""
    return min(map(len, words)), -len(words)


def telling(sets: Sequence[Set[str]]) -> Sequence[Set[str]]:
    """The sets worth looking for: 率 or 个 stand everywhere and rule nothing out."""
    return [words for words in sets if min(map(len, words)) > 1] or sets
