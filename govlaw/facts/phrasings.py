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


class _Index:
    """Phrasings by the first two characters of a word they need: few are worth a closer look."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        self._by_key: dict[str, list[int]] = {}
        self._always: list[int] = []
        for phrasing in phrasings:
            needles = max((term.needles for term in phrasing.wanted), key=_rarity)
            for key in {needle[:2] for needle in needles}:
                self._by_key.setdefault(key, []).append(id(phrasing))
            if not needles:
                self._always.append(id(phrasing))

    def standing(self, text: str) -> frozenset[int]:
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        keys = self._by_key.keys() & (pairs | set(text))
        return frozenset(self._always).union(*(self._by_key[key] for key in keys))


def _rarity(needles: tuple[str, ...]) -> int:
    return min(map(len, needles), default=0)


class Library:
    """The indicators that may claim a number, ready to match."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = dict(indicators)
        self.readings = {name: read_indicator(one) for name, one in indicators.items()}
        readings = self.readings.values()
        self.words = [(r, p, value) for r in readings for p, value in r.words]
        self.mentions = [(r, p) for r in readings for p in r.mentions]
        self._index = _Index(
            [p for r in readings for p in (*r.phrasings, *(w for w, _ in r.words), *r.mentions)]
        )
        self._by_unit: dict[tuple[str, str], list[Reading]] = {}

    def standing(self, text: str) -> frozenset[int]:
        """The ids of the phrasings that may stand in a sentence, by a look at its characters."""
        return self._index.standing(text)

    def fitting(self, quantity: Quantity) -> list[Reading]:
        """The indicators whose unit and kind fit a quantity."""
        key = (quantity.unit, quantity.kind)
        if key not in self._by_unit:
            self._by_unit[key] = [r for r in self.readings.values() if r.fits(quantity)]
        return self._by_unit[key]
