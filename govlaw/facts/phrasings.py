"""From the definitions to their phrasings taken apart, looked up by the words they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import count
from operator import attrgetter, or_
from typing import Literal

from govlaw.errors import DefinitionError
from govlaw.facts.grammar import (
    Groups,
    Phrasing,
    PhrasingError,
    Term,
    read_phrasing,
    shared_groups,
)
from govlaw.facts.needles import Held, Needles, telling
from govlaw.facts.quantities import Quantity
from govlaw.facts.topics import family_of, topic_needles
from govlaw.facts.trail import Speaker
from govlaw.indicator import Indicator, Word
from govlaw.knowledge import did_you_mean
from govlaw.text.folding import fold

Status = Literal["stated", "stated_in_words", "no_number"]
_TOPIC_WEIGHT, _EARLIER_WEIGHT = 3.0, 2.0
_MANY_UNITS = 500  # units and kinds for which it is kept which phrasings fit


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


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A phrasing with the indicator it speaks for; in words it may tell a value, or a deed.

    ``needles`` are the bits of what a sentence must hold that it fits, ``around`` the bits of what
    must be said there or before; ``order`` is that of the definitions. ``bonus`` is what a claim
    gains by what is said around it.
    """

    reading: Reading
    phrasing: Phrasing
    needles: int
    around: int
    order: int
    bonus: float
    status: Status = "stated"
    value: Word = None


def supported(entries: list[Entry], speaker: Speaker) -> list[Entry]:
    """The phrasings for which enough may be said around, in order."""
    if any(entry.around for entry in entries):
        around = speaker.around
        entries = [entry for entry in entries if entry.around & around == entry.around]
    return sorted(entries, key=_ORDER) if len(entries) > 1 else entries


ByWord = dict[int, list[Entry]]
_ORDER = attrgetter("order")
_NO_WORD = -1  # the number under which phrasings stand that need no word


class Index:
    """Phrasings by a word they need: few are worth a closer look."""

    def __init__(self, needles: Needles, around: Needles, order: Iterator[int]) -> None:
        self.needles, self._around, self._order = needles, around, order
        self.entries: list[Entry] = []
        self._sets: dict[Entry, Sequence[Set[str]]] = {}
        self._fitting: dict[tuple[str, str], ByWord] = {}

    def add(
        self, reading: Reading, phrasing: Phrasing, status: Status = "stated", value: Word = None
    ) -> None:
        """Take up a phrasing."""
        sets: Sequence[Set[str]] = [one for term in phrasing.wanted for one in term.needles]
        if status == "stated":
            sets = telling(sets)
        bits = self.needles.bits(sets)
        around = self._around.bits(_said_around(phrasing))
        order, bonus = next(self._order), _bonus(phrasing)
        entry = Entry(reading, phrasing, bits, around, order, bonus, status, value)
        self._sets[entry] = sets
        self.entries.append(entry)

    def standing(self, held: Held, quantity: Quantity | None = None) -> list[Entry]:
        """The phrasings all words of which may stand in a text.

        With a quantity only those that may claim it.
        """
        by_word = self._fitting_to(quantity) if quantity else self.by_word
        words = by_word.keys() & (*held.words, _NO_WORD)
        if not words:
            return []
        found = {entry for word in words for entry in by_word[word]}
        missing = ~held.bits
        return [entry for entry in found if not entry.needles & missing]

    @cached_property
    def by_word(self) -> ByWord:
        """By the number of a word the phrasings that are looked for where it stands."""
        return self._by_word(self.entries)

    def _by_word(self, entries: Iterable[Entry]) -> ByWord:
        found: ByWord = {}
        for entry in entries:
            for word in self.needles.rarest(self._sets[entry]) or [_NO_WORD]:
                found.setdefault(word, []).append(entry)
        return found

    def _fitting_to(self, quantity: Quantity) -> ByWord:
        """The phrasings that may claim a quantity of this unit and kind."""
        key = quantity.unit, quantity.kind
        if key not in self._fitting:
            if len(self._fitting) >= _MANY_UNITS:
                self._fitting.clear()
            fitting = [entry for entry in self.entries if entry.reading.fits(quantity)]
            self._fitting[key] = self._by_word(fitting)
        return self._fitting[key]


def _bonus(phrasing: Phrasing) -> float:
    # A topic that must be absent narrows a phrasing; it says nothing for it.
    named = sum(not topics[0].startswith("!") for topics in phrasing.topics)
    return _EARLIER_WEIGHT * len(phrasing.earlier) + _TOPIC_WEIGHT * named


def _said_around(phrasing: Phrasing) -> Iterator[frozenset[str]]:
    """What must be said in or before a sentence: a word of each topic, and what ~ asks for."""
    for term in phrasing.earlier:
        yield from term.needles
    for topics in phrasing.topics:
        if not any(topic.startswith("!") for topic in topics):
            yield frozenset().union(*(topic_needles()[topic] for topic in topics))


class Forbidden:
    """The terms that keep an indicator from a number, by the words they need."""

    def __init__(self, needles: Needles, terms: Sequence[Term]) -> None:
        # What runs over a comma may forbid a number though its words stand in another clause.
        needed = [() if term.is_wide else telling(term.needles) for term in terms]
        self._terms = [(needles.bits(sets), term) for sets, term in zip(needed, terms, strict=True)]
        self._always = [term for bits, term in self._terms if not bits]
        self._some = reduce(or_, (bits for bits, _ in self._terms), 0)

    def standing(self, held: Held) -> list[Term]:
        """The terms that may stand in a text."""
        if not self._some & held.bits:
            return self._always
        return [term for bits, term in self._terms if bits & held.bits == bits]


class Library:
    """The indicators that may claim a number, ready to match."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = dict(indicators)
        self.readings = {name: read_indicator(one) for name, one in indicators.items()}
        #: What is looked for at numbers, and what is looked for in every sentence.
        samples = [fold(text) for one in indicators.values() for text in one.samples]
        self.needles, self.around = Needles(samples), Needles(samples)
        order = count()
        self.phrasings, self.wide = (Index(self.needles, self.around, order) for _ in range(2))
        self.told = Index(self.around, self.around, order)
        for reading in self.readings.values():
            for phrasing in reading.phrasings:
                is_wide = any(term.is_wide for term in phrasing.wanted)
                (self.wide if is_wide else self.phrasings).add(reading, phrasing)
            for phrasing, value in reading.words:
                self.told.add(reading, phrasing, "stated_in_words", value)
        for reading in self.readings.values():
            for phrasing in reading.mentions:
                self.told.add(reading, phrasing, "no_number")
        self.never = {
            name: Forbidden(self.needles, reading.never) for name, reading in self.readings.items()
        }
