"""From a sentence to who claims which of its numbers.

A phrasing claims a number when its words stand in the number's field, its topics are active and
the unit fits; the phrasing with the most literal words wins. Hits are looked up by position, so a
sentence with two hundred numbers takes a hundred times as long as one with two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from govlaw.facts.claims import Claim, Hit
from govlaw.facts.clauses import Skeleton, Stretch
from govlaw.facts.fields import Place, places
from govlaw.facts.grammar import Phrasing, Term
from govlaw.facts.phrasings import Library, Reading
from govlaw.facts.topics import Speaker, Trail, family_of

_TOPIC_WEIGHT, _EARLIER_WEIGHT, _FAR_WEIGHT = 3.0, 2.0, 0.6
_EDGE = 8  # hits looked at from either end of a stretch: the nearest is among them
# 较上年增加3件, 同比增长12%: a change, never the value; 提高到98% is the value.
_COMPARED = re.compile(
    r"(?:同比|环比|(?:较|比|与)(?:上年|去年|往年|同期|20[0-9]{2}年)[^\ue000\ue001]{0,10})[^\ue000\ue001]{0,8}$"
    r"|(?:增长|增加|下降|减少|上升|上涨|增幅|降幅|提升|提高|降低|压缩|压减|缩短|增)(?:了|约|近)?$"
)
_REACHED = re.compile(r"(?:至|到|为|达)$")
# 无一件败诉, 没有一起被撤销: the number one says zero, which is told by words.
_DENIED = re.compile(r"(?:无|没有|未有|从未有)$")


class Hits:
    """Where one term stands in a sentence, sorted by position."""

    __slots__ = ("all", "by_number", "first_end", "starts")

    def __init__(self, found: list[Hit]) -> None:
        self.all = found
        self.starts = [hit.start for hit in self.all]
        self.first_end = min((hit.end for hit in self.all), default=0)
        self.by_number: dict[int, Hit] = {}
        for hit in self.all:
            known = self.by_number.get(hit.number)
            if hit.number >= 0 and (known is None or hit.weight > known.weight):
                self.by_number[hit.number] = hit

    def inside(self, stretch: Stretch) -> list[Hit]:
        """The hits a stretch holds; of very many those next to its ends."""
        first, last = bisect_left(self.starts, stretch.start), bisect_left(self.starts, stretch.end)
        if first >= last:
            return []
        found = self.all[first:last]
        if last - first > 2 * _EDGE:
            found = self.all[first : first + _EDGE] + self.all[last - _EDGE : last]
        return [hit for hit in found if hit.end <= stretch.end]


_NOWHERE = Hits([])


class Matcher:
    """One sentence at work: every term is looked for once, whoever asks."""

    def __init__(self, bare: Skeleton, trail: Trail, library: Library) -> None:
        self.bare, self.trail, self.library = bare, trail, library
        self.speaker = Speaker(bare, trail)
        self._hits: dict[str, Hits] = {}
        self._alive: dict[tuple[str, str], list[tuple[Reading, list[Phrasing]]]] = {}

    @cached_property
    def places(self) -> list[Place]:
        """Where the numbers of the sentence stand."""
        return places(self.bare)

    def hits(self, term: Term) -> Hits:
        """Every place a term matches, overlapping ones included."""
        found = self._hits.get(term.regex.pattern)
        if found is None:
            hits = list(self._search(term)) if self._may_stand(term) else None
            found = self._hits[term.regex.pattern] = Hits(hits) if hits else _NOWHERE
        return found

    def _may_stand(self, term: Term) -> bool:
        """Whether a literal part of a term stands in the sentence: settles most terms at once."""
        text = self.bare.text
        for needle in term.needles:
            if needle in text:
                return True
        return not term.needles

    def _search(self, term: Term) -> Iterator[Hit]:
        text, search, at = self.bare.text, term.regex.search, 0
        while match := search(text, at):
            if match.end() == match.start():
                break
            gaps = sum(len(group) for group in match.groups() if group) if match.re.groups else 0
            number = match.start("n") if "n" in match.re.groupindex else -1
            gaps -= number >= 0  # the mark is a group of its own, not a gap
            yield Hit(match.start(), match.end(), match.end() - match.start() - gaps, number)
            at = match.start() + 1

    @cached_property
    def standing(self) -> frozenset[int]:
        """The ids of the phrasings that may stand in the sentence."""
        return self.library.standing(self.bare.text)

    def claims(self, place: Place) -> list[Claim]:
        """The best claim of each fitting indicator on a number, best first."""
        found: list[Claim] = []
        start = max(place.clause.start, place.at - 4)
        if _DENIED.search(self.bare.text[start : place.at]):
            return found
        compared = self._is_compared(place)
        for reading, phrasings in self._spoken(place):
            if compared and "change" not in reading.kinds:
                continue
            claims = [c for phrasing in phrasings if (c := self.claim(reading, phrasing, place))]
            if claims and not any(self._in_field(term, place) for term in reading.never):
                found.append(min(claims, key=lambda claim: claim.rank))
        return sorted(found, key=lambda claim: claim.rank)

    def _spoken(self, place: Place) -> list[tuple[Reading, list[Phrasing]]]:
        """The phrasings all words of which stand somewhere in the sentence, found once a unit."""
        quantity = self.bare.quantities[place.at]
        key = quantity.unit, quantity.kind
        if key not in self._alive:
            fitting = self.library.fitting(quantity)
            pairs = [(reading, self._standing(reading)) for reading in fitting]
            self._alive[key] = [(reading, phrasings) for reading, phrasings in pairs if phrasings]
        return self._alive[key]

    def _standing(self, reading: Reading) -> list[Phrasing]:
        likely = [phrasing for phrasing in reading.phrasings if id(phrasing) in self.standing]
        return [p for p in likely if all(self.hits(term).all for term in p.wanted)]

    def _is_compared(self, place: Place) -> bool:
        if place.is_base:
            return False
        said = self.bare.text[max(place.left.start, place.at - 40) : place.at]
        return bool(_COMPARED.search(said)) and not _REACHED.search(said)

    def claim(self, reading: Reading, phrasing: Phrasing, place: Place) -> Claim | None:
        """What a phrasing says of a number, if it speaks of it at all."""
        hits: list[Hit] = []
        score, is_near = 0.0, False
        for term in phrasing.wanted:
            hit, weight = self._nearest(term, place)
            if hit is None:
                return None
            hits.append(hit)
            score += weight * hit.weight
            is_near = is_near or weight == 1.0
        if not (is_near or self._is_body(place)) or not self._goes_with(phrasing, place):
            return None
        # A topic that must be absent narrows a phrasing; it says nothing for it.
        named = sum(not topics[0].startswith("!") for topics in phrasing.topics)
        score += _EARLIER_WEIGHT * len(phrasing.earlier) + _TOPIC_WEIGHT * named
        distance = min(_distance(hit, place.at) for hit in hits)
        said = tuple(hits)
        return Claim(
            reading.indicator.id, phrasing.source, place.at, score, distance, said, is_near
        )

    def _goes_with(self, phrasing: Phrasing, place: Place) -> bool:
        """Whether what a phrasing asks of the surroundings holds at a number."""
        return (
            all(self._said_before(term, place) for term in phrasing.earlier)
            and not any(self._in_field(term, place) for term in phrasing.absent)
            and self._topics_hold(phrasing, place)
        )

    def _is_body(self, place: Place) -> bool:
        """镇、村、社区调委会分别为13个、235个和17个: the last member says what all count."""
        if not place.is_member:
            return False
        # 住建、水利部门出动执法人员分别为140人次、60人次: 部门 makes it a list of bodies.
        *_, tail, _ = place.far
        return self.speaker.names("bodies", place.left) or self.speaker.names("bodies", tail)

    def _nearest(self, term: Term, place: Place) -> tuple[Hit | None, float]:
        hits = self.hits(term)
        if term.use == "number":
            return hits.by_number.get(place.at), 1.0
        for stretches, weight in ((place.near, 1.0), (place.far, _FAR_WEIGHT)):
            inside = [hit for stretch in stretches for hit in hits.inside(stretch)]
            if inside:
                return min(inside, key=lambda hit: (_distance(hit, place.at), -hit.weight)), weight
        return None, 0.0

    def _in_field(self, term: Term, place: Place) -> bool:
        hits = self.hits(term)
        if not hits.all:
            return False
        return place.at in hits.by_number or any(
            hit.number < 0 for stretch in place.near for hit in hits.inside(stretch)
        )

    def weight(self, term: Term, place: Place) -> float:
        """How many literal characters of a term stand in the clause of a number; 0 for none."""
        return max((hit.weight for hit in self.hits(term).inside(place.clause)), default=0.0)

    def _said_before(self, term: Term, place: Place) -> bool:
        hits = self.hits(term)
        return bool(hits.all and hits.first_end <= place.clause.end) or self.trail.says(term)

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

    def said(self, phrasing: Phrasing, never: Sequence[Term] = ()) -> Iterator[tuple[Stretch, Hit]]:
        """The clauses that a phrasing without a number matches, each once, with the words."""
        first, *others = phrasing.wanted
        done = -1
        for hit in self.hits(first).all:
            number = self.bare.clause_of(hit.end - 1)
            if number == done:
                continue
            clause = self.bare.clauses[number]
            left, right = Stretch(clause.start, hit.end), Stretch(hit.end, clause.end)
            place = Place(hit.start, left, right, (), clause)
            found = [self.hits(term).inside(clause) for term in others]
            if not all(found) or not self._goes_with(phrasing, place):
                continue
            pairs = zip(others, found, strict=True)
            spoken = [(first, hit), *((term, one) for term, hits in pairs for one in hits)]
            if any(self._forbids(term, clause, spoken) for term in never):
                continue
            done = number
            nearest = [min(hits, key=lambda one: _distance(one, hit.start)) for hits in found]
            start = min(one.start for one in (hit, *nearest))
            end = max(one.end for one in (hit, *nearest))
            yield clause, Hit(start, end, hit.weight, hit.number)

    def _forbids(self, never: Term, clause: Stretch, spoken: list[tuple[Term, Hit]]) -> bool:
        """Whether a clause holds a forbidding word that the phrasing does not spell out itself."""
        hits = [hit for hit in self.hits(never).inside(clause) if hit.number < 0]
        return any(not any(self._spells(*said, hit) for said in spoken) for hit in hits)

    def _spells(self, term: Term, hit: Hit, other: Hit) -> bool:
        """败诉率为零 spells 败诉率; (全部|均)…受理 on 均不予受理 does not spell 不予受理."""
        match = term.regex.match(self.bare.text, hit.start)
        if match is None or not (hit.start <= other.start and other.end <= hit.end):
            return False
        gaps = [match.span(group) for group in range(1, match.re.groups + 1)]
        return not any(start < other.end and other.start < end for start, end in gaps)


def _distance(hit: Hit, at: int) -> int:
    return hit.start - at if hit.start > at else max(0, at - hit.end)
