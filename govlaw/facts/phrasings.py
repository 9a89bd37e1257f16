"""From the definitions to their phrasings taken apart, looked up by the words they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govlaw.errors import DefinitionError
from govlaw.facts.grammar import (
    Groups,
    Phrasing,
    PhrasingError,
    Term,
    read_phrasing,
    shared_groups,
)
from govlaw.facts.needles import Held, Needles, rarity
from govlaw.facts.quantities import Quantity
from govlaw.facts.topics import family_of, topic_needles
from govlaw.indicator import Indicator, Word
from govlaw.knowledge import did_you_mean

Status = Literal["stated", "stated_in_words", "no_number"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator with its phrasings taken apart."""

    indicator: Indicator
    phrasings: tuple[Phrasing, ...]
    never: tuple[Term, ...]
    words: tuple[tuple[Phrasing, Word], ...]
    mentions: tuple[Phrasing, ...]
    units: frozenset[str]
    kinds: frozenset[str]

    def fits(self, quantity: Quantity) -> bool:
        """Whether unit and kind of a quantity can carry a value."""
        return quantity.unit in self.units and quantity.kind in self.kinds


def read_indicator(indicator: Indicator) -> Reading:
    """All phrasings of a definition taken apart; a broken one says file and line."""
    groups: Groups = {**shared_groups(), **indicator.groups}

    def taken(source: str, *keys: str | int) -> Phrasing:
        try:
            phrasing = read_phrasing(source, groups)
        except PhrasingError as error:
            where = indicator.where(*keys)
            raise DefinitionError(where, f"phrasing {source!r}: {error}", "correct it") from None
        _check_topics(phrasing, indicator, keys)
        return phrasing

    return Reading(
        indicator,
        tuple(taken(s, "phrasings", i) for i, s in enumerate(indicator.phrasings)),
        tuple(t for i, s in enumerate(indicator.never) for t in taken(s, "never", i).terms),
        tuple((taken(s, "words", s), value) for s, value in indicator.words.items()),
        tuple(taken(s, "mentions", i) for i, s in enumerate(indicator.mentions)),
        indicator.accepted_units,
        frozenset(indicator.accepted_kinds),
    )


def _check_topics(phrasing: Phrasing, indicator: Indicator, keys: Sequence[str | int]) -> None:
    for topic in (name for topics in phrasing.topics for name in topics):
        if topic.removeprefix("!") not in family_of():
            hint = did_you_mean(topic.removeprefix("!"), family_of())
            raise DefinitionError(indicator.where(*keys), f"no topic [{topic}]", hint)


class Entry(NamedTuple):
    """A phrasing with the indicator it speaks for; in words it may tell a value, or a deed.

    ``needles`` are the bits of what a sentence must hold that it fits, ``around`` the bits of what
    must be said there or before.
    """

    reading: Reading
    phrasing: Phrasing
    needles: int
    around: int
    status: Status = "stated"
    value: Word = None


class Index:
    """Phrasings by a word they need: few are worth a closer look."""

    def __init__(self, needles: Needles, around: Needles) -> None:
        self._needles, self._around = needles, around
        self.entries: list[Entry] = []
        self._by_needle: dict[str, list[int]] = {}
        self._always: list[int] = []

    def add(
        self, reading: Reading, phrasing: Phrasing, status: Status = "stated", value: Word = None
    ) -> None:
        """Take up a phrasing."""
        sets = [needles for term in phrasing.wanted for needles in term.needles]
        bits = self._needles.bits(sets)
        around = self._around.bits(_said_around(phrasing))
        for needle in max(sets, key=rarity, default=()):
            self._by_needle.setdefault(needle, []).append(len(self.entries))
        if not sets:
            self._always.append(len(self.entries))
        self.entries.append(Entry(reading, phrasing, bits, around, status, value))

    def standing(self, held: Held) -> list[Entry]:
        """The phrasings all words of which may stand in a text, in order."""
        numbers = set(self._always)
        for needle in self._by_needle.keys() & held.words:
            numbers.update(self._by_needle[needle])
        likely = [self.entries[number] for number in sorted(numbers)]
        return [entry for entry in likely if entry.needles & held.bits == entry.needles]


def _said_around(phrasing: Phrasing) -> Iterator[frozenset[str]]:
    """What must be said in or before a sentence: a word of each topic, and what ~ asks for."""
    for term in phrasing.earlier:
        yield from term.needles
    for topics in phrasing.topics:
        if not any(topic.startswith("!") for topic in topics):
            yield frozenset().union(*(topic_needles()[topic] for topic in topics))


class Library:
    """The indicators that may claim a number, ready to match."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = dict(indicators)
        self.readings = {name: read_indicator(one) for name, one in indicators.items()}
        self.needles, self.around, self._told_needles = Needles(), Needles(), Needles()
        self.phrasings = Index(self.needles, self.around)
        self.told = Index(self._told_needles, self.around)
        for reading in self.readings.values():
            for phrasing in reading.phrasings:
                self.phrasings.add(reading, phrasing)
            for phrasing, value in reading.words:
                self.told.add(reading, phrasing, "stated_in_words", value)
        for reading in self.readings.values():
            for phrasing in reading.mentions:
                self.told.add(reading, phrasing, "no_number")
        self.never = {
            name: [(self.needles.bits(term.needles), term) for term in reading.never]
            for name, reading in self.readings.items()
        }

    def may_tell(self, heard: str) -> list[Entry]:
        """The phrasings without a number that may stand in a text."""
        return self.told.standing(self._told_needles.of(heard))
