"""From the words that patterns need to those a text holds, found in one pass over many texts.

Whoever asks for words asks for *sets*: one of each set must stand in the text. Each set has a bit,
so that whether a text can fit is one comparison of numbers, however many words there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from functools import cached_property, reduce
from operator import or_

from ahocorasick_rs import AhoCorasick

_BETWEEN = "\ue003"  # stands between two texts that are read together

Columns = tuple[tuple[int, ...], ...]  # the numbers of words, their starts, their ends


class Held:
    """The words found in a stretch of text, by number, and the sets it has one of."""

    __slots__ = ("_bits", "_needles", "words")

    def __init__(self, needles: Needles, words: Sequence[int]) -> None:
        self._needles, self.words, self._bits = needles, words, -1

    @property
    def bits(self) -> int:
        """The bits of the sets."""
        if self._bits < 0:
            self._bits = self._needles.bits_of(self.words)
        return self._bits


class Passage(Held):
    """A text with the words found in it, in the order of their ends.

    ``found`` holds the words, starts and ends of all texts that were read together; those of this
    one begin at ``first``, its own characters at ``offset``.
    """

    __slots__ = ("_first", "_found", "_last", "_offset", "text")

    def __init__(
        self, needles: Needles, text: str, found: Columns, first: int, last: int, offset: int
    ) -> None:
        self._needles, self.words, self._bits = needles, found[0][first:last], -1
        self.text, self._found, self._offset = text, found, offset
        self._first, self._last = first, last

    def held(self, start: int, end: int) -> Held:
        """What a stretch of the text holds."""
        start, end = start + self._offset, end + self._offset
        words, starts, ends = self._found
        first = bisect_left(ends, start, self._first, self._last)
        last = bisect_right(ends, end, first, self._last)
        inside = zip(words[first:last], starts[first:last], strict=True)
        return Held(self._needles, [word for word, at in inside if at >= start])


class Needles:
    """Sets of words to look for; all must be known before the first text comes.

    ``samples`` are texts that tell how often each word is met.

    >>> needles = Needles()
    >>> accepted, closed = needles.bits([{"受理", "收到"}]), needles.bits([{"办结", "审结"}])
    >>> held = needles.of("全年受理5起")
    >>> held.bits & accepted == accepted, held.bits & closed == closed
    (True, False)
    """

    def __init__(self, samples: Iterable[str] = ()) -> None:
        self._bits: dict[Set[str], int] = {}
        self._samples = samples

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
        columns = tuple(zip(*found, strict=True)) or ((), (), ())
        ends, passages, offset, first = columns[2], [], 0, 0
        for text in texts:
            last = bisect_right(ends, offset + len(text), first)
            passages.append(Passage(self, text, columns, first, last, offset))
            offset, first = offset + len(text) + len(_BETWEEN), last
        return passages

    def bits_of(self, words: Iterable[int]) -> int:
        """The bits of the sets that words belong to."""
        return reduce(or_, map(self._bits_of.__getitem__, words), 0)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        words = sorted(frozenset().union(*self._bits))
        return {word: number for number, word in enumerate(words)}

    def rarest(self, sets: Iterable[Set[str]]) -> list[int]:
        """The words of the set that is met least, by number; none where there is no set."""
        numbers = ([self.numbers[word] for word in words] for words in sets)
        return min(numbers, key=lambda words: sum(self._counts[word] for word in words), default=[])

    @cached_property
    def _counts(self) -> Counter[int]:
        return Counter(word for passage in self.read([*self._samples]) for word in passage.words)

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
