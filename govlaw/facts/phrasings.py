"""From the phrasings of all indicators to who claims which number of a sentence.

A phrasing claims a number when its words stand in the number's field, its topics are active and
the unit fits. The phrasing with the most words wins; members of a list may share one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from govlaw.errors import DefinitionError
from govlaw.facts.clauses import JOINT, Place, Skeleton, Stretch, places
from govlaw.facts.grammar import Groups, Phrasing, PhrasingError, Term, read_phrasing, read_term
from govlaw.facts.grammar import shared_groups
from govlaw.facts.topics import Speaker, Trail, family_of, namings
from govlaw.indicator import Indicator, Word
from govlaw.knowledge import did_you_mean

_TOPIC_WEIGHT, _EARLIER_WEIGHT, _FAR_WEIGHT = 3.0, 2.0, 0.6
# 较上年增加3件, 同比增长12%: a change, never the value; 提高到98% is the value.
_COMPARED = re.compile(
    r"(?:同比|环比|(?:较|比|与)(?:上年|去年|往年|同期|20[0-9]{2}年)[^\ue000\ue001]{0,10})[^\ue000\ue001]{0,8}$|"
    r"(?:增长|增加|下降|减少|上升|上涨|增幅|降幅|提升|提高|降低|压缩|压减|缩短|增)(?:了|约|近)?$"
)
# 无一件败诉, 没有一起被撤销: the number one says zero, which is told by words.
_DENIED = re.compile(r"(?:无|没有|未有|从未有)$")
_REACHED = re.compile(r"(?:至|到|为|达)$")
_LISTED = re.compile(rf"[^\ue000\ue001]{{0,6}}?(?:{JOINT}|并)[^\ue000\ue001]{{0,4}}?")
_EACH = re.compile(r"(?:各|均|都|分别|并)")


class Hit(NamedTuple):
    """A term found in a skeleton: where, how many of its characters are literal, which number."""

    start: int
    end: int
    weight: float
    number: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An indicator that claims a number, with the phrasing and the words that say so."""

    indicator: str
    phrasing: str
    at: int
    score: float
    distance: int
    hits: tuple[Hit, ...]
    is_near: bool = True
    is_pooled: bool = False

    @property
    def rank(self) -> tuple[bool, float, int]:
        """More literal words first, then the nearer ones."""
        return not self.is_near, -self.score, self.distance


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

    def fits(self, quantity: Any) -> bool:
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
        self.readings = {name: read_indicator(one) for name, one in indicators.items()}
        self._by_unit: dict[tuple[str, str], list[Reading]] = {}

    def fitting(self, quantity: Any) -> list[Reading]:
        """The indicators whose unit and kind fit a quantity."""
        key = (quantity.unit, quantity.kind)
        if key not in self._by_unit:
            self._by_unit[key] = [r for r in self.readings.values() if r.fits(quantity)]
        return self._by_unit[key]


class Matcher:
    """One sentence at work: every term is looked for once, whoever asks."""

    def __init__(self, bare: Skeleton, trail: Trail) -> None:
        self.bare, self.trail = bare, trail
        self.speaker = Speaker(bare, trail)
        self._hits: dict[str, tuple[Hit, ...]] = {}

    @cached_property
    def places(self) -> list[Place]:
        """Where the numbers of the sentence stand."""
        return places(self.bare)

    def hits(self, term: Term) -> tuple[Hit, ...]:
        """Every place a term matches, overlapping ones included."""
        key = term.regex.pattern
        found = self._hits.get(key)
        if found is None:
            found = self._hits[key] = tuple(self._search(term))
        return found

    def _search(self, term: Term) -> Iterable[Hit]:
        text = self.bare.text
        if term.needles and not any(needle in text for needle in term.needles):
            return
        at = 0
        while match := term.regex.search(text, at):
            if match.end() == match.start():
                break
            gaps = sum(len(group) for group in match.groups() if group) if match.re.groups else 0
            number = match.start("n") if "n" in match.re.groupindex else -1
            gaps -= number >= 0  # the mark is a group of its own, not a gap
            yield Hit(match.start(), match.end(), match.end() - match.start() - gaps, number)
            at = match.start() + 1

    def claims(self, place: Place, readings: Iterable[Reading]) -> list[Claim]:
        """The best claim of each indicator on a number, best first."""
        found = []
        if _DENIED.search(self.bare.text[place.clause.start : place.at]):
            return []
        compared = self._is_compared(place)
        for reading in readings:
            if compared and "change" not in reading.kinds:
                continue
            claims = [c for p in reading.phrasings if (c := self.claim(reading, p, place))]
            if claims and not any(self._in_field(term, place) for term in reading.never):
                found.append(min(claims, key=lambda claim: claim.rank))
        return sorted(found, key=lambda claim: claim.rank)

    def _is_compared(self, place: Place) -> bool:
        said = self.bare.text[place.left.start : place.at]
        return bool(_COMPARED.search(said)) and not _REACHED.search(said)

    def claim(self, reading: Reading, phrasing: Phrasing, place: Place) -> Claim | None:
        """What a phrasing says of a number, if it speaks of it at all."""
        hits: list[Hit] = []
        score, is_near = 0.0, False
        for term in phrasing.terms:
            if term.use == "absent":
                if self._in_field(term, place):
                    return None
            elif term.use == "earlier":
                if not self._said_before(term, place):
                    return None
                score += _EARLIER_WEIGHT
            else:
                hit, weight = self._nearest(term, place)
                if hit is None:
                    return None
                hits.append(hit)
                score += weight * hit.weight
                is_near = is_near or weight == 1.0
        if not (is_near or self._is_body(place)) or not self._topics_hold(phrasing, place):
            return None
        score += _TOPIC_WEIGHT * len(phrasing.topics)
        distance = min(_distance(hit, place.at) for hit in hits)
        return Claim(reading.indicator.id, phrasing.source, place.at, score, distance, tuple(hits), is_near)

    def _is_body(self, place: Place) -> bool:
        """镇、村、社区调委会分别为13个、235个和17个: what is counted stands with the last member."""
        return place.is_member and any(
            place.left.holds(naming.start, naming.end) for naming in namings(self.bare.text, "bodies")
        )

    def _nearest(self, term: Term, place: Place) -> tuple[Hit | None, float]:
        if term.use == "number":
            hits = [hit for hit in self.hits(term) if hit.number == place.at]
            return (max(hits, key=lambda hit: hit.weight), 1.0) if hits else (None, 0.0)
        for stretches, weight in ((place.near, 1.0), (place.far, _FAR_WEIGHT)):
            hits = [h for h in self.hits(term) if _inside(h, stretches)]
            if hits:
                return min(hits, key=lambda hit: (_distance(hit, place.at), -hit.weight)), weight
        return None, 0.0

    def _in_field(self, term: Term, place: Place) -> bool:
        return any(
            hit.number == place.at if hit.number >= 0 else _inside(hit, place.near)
            for hit in self.hits(term)
        )

    def weight(self, term: Term, place: Place) -> float:
        """How many literal characters of a term stand in the clause of a number; 0 for none."""
        return max((h.weight for h in self.hits(term) if _inside(h, (place.clause,))), default=0.0)

    def _said_before(self, term: Term, place: Place) -> bool:
        until = place.clause.end
        return any(hit.end <= until for hit in self.hits(term)) or self.trail.says(term.regex)

    def _topics_hold(self, phrasing: Phrasing, place: Place) -> bool:
        return all(self.one_holds(topics, place) for topics in phrasing.topics)

    def one_holds(self, topics: tuple[str, ...], place: Place) -> bool:
        """Whether one of several topics is active at a number (or, with !, is not)."""
        for topic in topics:
            name = topic.removeprefix("!")
            active = name in self.speaker.topics(family_of()[name], place)
            if active != topic.startswith("!"):
                return True
        return False

    def said(self, phrasing: Phrasing, clause: Stretch) -> Hit | None:
        """Where a phrasing without a number matches a clause, its topics included."""
        first, *others = [term for term in phrasing.terms if term.use == "near"]
        for hit in self.hits(first):
            if not clause.start <= hit.start < clause.end:
                continue
            place = Place(hit.start, Stretch(clause.start, hit.end), Stretch(hit.end, clause.end), (), clause)
            if self._accompanied(phrasing, others, place) and self._topics_hold(phrasing, place):
                return hit
        return None

    def _accompanied(self, phrasing: Phrasing, others: Sequence[Term], place: Place) -> bool:
        here = (place.clause,)
        return (
            all(any(_inside(hit, here) for hit in self.hits(term)) for term in others)
            and all(self._said_before(t, place) for t in phrasing.terms if t.use == "earlier")
            and not any(
                any(_inside(hit, here) for hit in self.hits(t)) for t in phrasing.terms if t.use == "absent"
            )
        )


def _inside(hit: Hit, stretches: Iterable[Stretch]) -> bool:
    return any(stretch.start <= hit.start and hit.end <= stretch.end for stretch in stretches)


def _distance(hit: Hit, at: int) -> int:
    return hit.start - at if hit.start > at else max(0, at - hit.end)


def winners(claims: Sequence[Claim], text: str, indicators: Mapping[str, Indicator]) -> list[Claim]:
    """Who gets a number: the best claim, those listed with it, those it lets pass.

    ``建议、提案288件`` goes to both as pooled; ``维持、撤销各1件`` gives each its own.
    """
    if not claims:
        return []
    best, *others = claims
    shared = [(claim, _is_listed(best, claim, text)) for claim in others]
    listed = [claim for claim, is_listed in shared if is_listed]
    if listed:
        pooled = not _EACH.search(text, min(h.end for c in [best, *listed] for h in c.hits) - 1, best.at)
        listed = [_pooled(claim, pooled) for claim in listed]
        best = _pooled(best, pooled)
    passing = [c for c, is_listed in shared if not is_listed and _lets_pass(best, c, indicators)]
    return [best, *listed, *passing]


def _pooled(claim: Claim, pooled: bool) -> Claim:
    return replace(claim, is_pooled=pooled)


def _lets_pass(best: Claim, other: Claim, indicators: Mapping[str, Indicator]) -> bool:
    return (
        other.indicator in indicators[best.indicator].also
        or best.indicator in indicators[other.indicator].also
    )


def _is_listed(one: Claim, other: Claim, text: str) -> bool:
    """Whether two claims rest on two members of one list: the 建议 and the 提案 of 建议、提案288件."""
    mine = [hit for hit in one.hits if hit not in other.hits]
    yours = [hit for hit in other.hits if hit not in one.hits]
    for a in mine:
        for b in yours:
            first, second = sorted((a, b))
            if first.end <= second.start and _LISTED.fullmatch(text, first.end, second.start):
                return True
    return False
