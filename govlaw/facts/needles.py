"""From the words that patterns need to those a text holds, found in one pass.

Whoever asks for words asks for *sets*: one of each set must stand in the text. Each set has a bit,
so that whether a text can fit is one comparison of numbers, however many words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick


class Held(NamedTuple):
    """What a text holds: the words, and the sets of which it holds one."""

    words: Set[str]
    bits: int


NOTHING = Held(frozenset(), 0)


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

    def of(self, text: str) -> Held:
        """What a text holds."""
        words = set(self._automaton.find_matches_as_strings(text, overlapping=True))
        bits = 0
        for word in words:
            bits |= self._sets_with[word]
        return Held(words, bits)

    @cached_property
    def _sets_with(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for words, bit in self._bits.items():
            for word in words:
                found[word] = found.get(word, 0) | bit
        return found

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(sorted(self._sets_with))


def rarity(words: Set[str]) -> tuple[int, int]:
    """How seldom one of these is met: long words less often than short ones, few than many."""
    return min(map(len, words)), -len(words)
