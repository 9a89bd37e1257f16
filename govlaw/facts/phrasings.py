"""From the definitions to their phrasings taken apart, sorted by the units they can claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govlaw.errors import DefinitionError
from govlaw.facts.grammar import Groups, Phrasing, PhrasingError, Term, read_phrasing, shared_groups
from govlaw.facts.quantities import Quantity
from govlaw.facts.topics import family_of
from govlaw.indicator import Indicator, Word
from govlaw.knowledge import did_you_mean


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


class Library:
    """The indicators that may claim a number, ready to match."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = dict(indicators)
        self.readings = {name: read_indicator(one) for name, one in indicators.items()}
        readings = self.readings.values()
        #: Phrasings without a number, each with its first word: a look at it settles most of them.
        self.words = [(r, p, p.wanted[0], value) for r in readings for p, value in r.words]
        self.mentions = [(r, p, p.wanted[0]) for r in readings for p in r.mentions]
        self._by_unit: dict[tuple[str, str], list[Reading]] = {}

    def fitting(self, quantity: Quantity) -> list[Reading]:
        """The indicators whose unit and kind fit a quantity."""
        key = (quantity.unit, quantity.kind)
        if key not in self._by_unit:
            self._by_unit[key] = [r for r in self.readings.values() if r.fits(quantity)]
        return self._by_unit[key]
