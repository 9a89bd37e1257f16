"""From a sentence to who claims which of its numbers.

A phrasing claims a number when its words stand in the number's field, its topics are active and
the unit fits; the phrasing with the most literal words wins. Hits are looked up by position, so a
sentence with two hundred numbers takes a hundred times as long as one with two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from govlaw.facts.claims import Claim
from govlaw.facts.clauses import Stretch
from govlaw.facts.fields import Place, places, window_of
from govlaw.facts.grammar import Phrasing, Term
from govlaw.facts.hits import Hit, Hits, distance_of, find_hits
from govlaw.facts.needles import Held
from govlaw.facts.phrasings import Entry, Library, Reading, supported
from govlaw.facts.quantities import Quantity
from govlaw.facts.topics import family_of
from govlaw.facts.trail import Speaker

# 较上年增加3件, 同比增长12%: a change, never the value; 提高到98% is the value.
_COMPARED = re.compile(
    r"(?:同比|环比|(?:较|比|与)(?:上年|去年|往年|同期|20[0-9]{2}年)[^\ue000\ue001]{0,10})[^\ue000\ue001]{0,8}$"
    r"|(?:增长|增加|下降|减少|上升|上涨|增幅|降幅|提升|提高|降低|压缩|压减|缩短|增)(?:了|约|近)?$"
)
_RANK = attrgetter("rank")
_REACHED = ("至", "到", "为", "达")
# 无一件败诉, 没有一起被撤销: the number one says zero, which is told by words.
_DENIED = re.compile(r"(?:无|没有|未有|从未有)$")


class Matcher:
    """One sentence at work: every term is looked for once, whoever asks."""

    def __init__(self, speaker: Speaker, library: Library, told: Sequence[Entry] = ()) -> None:
        self.speaker, self.library = speaker, library
        #: The phrasings that may tell something without a number.
        self.told = told
        self.bare, self.counted = speaker.bare, speaker.counted
        self.places = places(self.bare) if self.counted else []
        self._wide = library.wide.standing(self.counted) if self.counted else []
        self._hits: dict[str, Hits] = {}
        self._held: dict[tuple[int, int], Held] = {}
        self._likely: dict[tuple[tuple[int, int], str, str], list[Entry]] = {}

    def hits(self, term: Term) -> Hits:
        """Every place a term matches, overlapping ones included."""
        found = self._hits.get(term.pattern)
        if found is None:
            found = self._hits[term.pattern] = find_hits(term.regex, self.bare.text)
        return found

    def claims(self, place: Place) -> list[Claim]:
        """The best claim of each fitting indicator on a number, best first."""
        if self.counted is None:
            return []
        window = window_of(place)
        held = self._held.get(window) or self.counted.held(*window)
        self._held[window] = held
        best: dict[str, tuple[Claim, Reading]] = {}
        for entry in self._standing(window, held, self.bare.quantities[place.at]):
            claim = self._claim(entry, place)
            if claim is None:
                continue
            known = best.get(claim.indicator)
            is_better = known is None or claim.rank < known[0].rank
            if is_better and self._goes_with(entry.phrasing, place):
                best[claim.indicator] = claim, entry.reading
        if not best or self._is_denied(place):
            return []
        if self._is_compared(place):
            best = {name: one for name, one in best.items() if "change" in one[1].kinds}
        found = [one for one, _ in best.values() if not self._is_forbidden(one, place, held)]
        return sorted(found, key=_RANK) if len(found) > 1 else found

    def _standing(self, window: tuple[int, int], held: Held, quantity: Quantity) -> list[Entry]:
        """The phrasings that may claim a number: their words stand in the clauses of its field.

        Numbers of one unit in one clause have the same.
        """
        key = window, quantity.unit, quantity.kind
        if key not in self._likely:
            likely = self.library.phrasings.standing(held, quantity)
            likely += [entry for entry in self._wide if entry.reading.fits(quantity)]
            self._likely[key] = supported(likely, self.speaker)
        return self._likely[key]

    def _is_denied(self, place: Place) -> bool:
        start = max(place.clause.start, place.at - 4)
        return _DENIED.search(self.bare.text, start, place.at) is not None

    def _is_forbidden(self, claim: Claim, place: Place, held: Held) -> bool:
        likely = self.library.never[claim.indicator].standing(held)
        return any(self.hits(term).in_field(place) for term in likely)

    def _is_compared(self, place: Place) -> bool:
        if place.is_base:
            return False
        said = self.bare.text[max(place.left.start, place.at - 40) : place.at]
        return not said.endswith(_REACHED) and _COMPARED.search(said) is not None

    def _claim(self, entry: Entry, place: Place) -> Claim | None:
        """What a phrasing says of a number, if its words speak of it at all."""
        phrasing = entry.phrasing
        said: list[Hit] = []
        score, is_near = 0.0, False
        for term in phrasing.wanted:
            hit, weight = self.hits(term).nearest(place)
            if hit is None:
                return None
            said.append(hit)
            score += weight * hit.weight
            is_near = is_near or weight == 1.0
        if not (is_near or self._is_body(place)):
            return None
        distance = min(distance_of(hit, place.at) for hit in said)
        name, score = entry.reading.indicator.id, score + entry.bonus
        return Claim(name, phrasing.source, place.at, score, distance, tuple(said), is_near)

    def _goes_with(self, phrasing: Phrasing, place: Place) -> bool:
        """Whether what a phrasing asks of the surroundings holds at a number."""
        if phrasing.earlier and not all(self._said_before(one, place) for one in phrasing.earlier):
            return False
        if phrasing.absent and any(self.hits(one).in_field(place) for one in phrasing.absent):
            return False
        return all(self.one_holds(topics, place) for topics in phrasing.topics)

    def _is_body(self, place: Place) -> bool:
        """镇、村、社区调委会分别为13个、235个和17个: the last member says what all count."""
        if not place.is_member:
            return False
        # 住建、水利部门出动执法人员分别为140人次、60人次: 部门 makes it a list of bodies.
        *_, tail, _ = place.far
        return self.speaker.names("bodies", place.left) or self.speaker.names("bodies", tail)

    def weight(self, term: Term, place: Place) -> float:
        """How many literal characters of a term stand in the clause of a number; 0 for none."""
        return max((hit.weight for hit in self.hits(term).inside(place.clause)), default=0.0)

    def _said_before(self, term: Term, place: Place) -> bool:
        return self.hits(term).end_before(place.clause.end) or self.speaker.says(term)

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
            nearest = [min(hits, key=lambda one: distance_of(one, hit.start)) for hits in found]
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
