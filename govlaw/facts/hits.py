"""From a term and a sentence to every place where the term stands, looked up by position.

A sentence with two hundred numbers then takes a hundred times as long as one with two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from govlaw.facts.clauses import Stretch
from govlaw.facts.fields import Place

_FAR_WEIGHT = 0.6
_EDGE = 8  # hits looked at from either end of a stretch: the nearest is among them


class Hit(NamedTuple):
    """A term found in a skeleton: where, how many of its characters are literal, which number."""

    start: int
    end: int
    weight: float
    number: int


class Hits:
    """Where one term stands in a sentence, sorted by position."""

    __slots__ = ("all", "by_number", "first_end", "starts")

    def __init__(self, found: list[Hit]) -> None:
        self.all = found
        self.starts = [hit.start for hit in found]
        self.first_end = min([hit.end for hit in found], default=0)
        self.by_number: dict[int, Hit] = {}
        for hit in found:
            if hit.number >= 0:
                known = self.by_number.get(hit.number)
                if known is None or hit.weight > known.weight:
                    self.by_number[hit.number] = hit

    def inside(self, stretch: Stretch) -> list[Hit]:
        """The hits a stretch holds; of very many those next to its ends."""
        start, end = stretch
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        if first == last:
            return []
        found = self.all[first:last]
        if last - first > 2 * _EDGE:
            found = found[:_EDGE] + found[-_EDGE:]
        return [hit for hit in found if hit.end <= end]

    def nearest(self, place: Place) -> tuple[Hit | None, float]:
        """The hit that speaks of a number, and how much a word counts that stands there."""
        if self.by_number:
            return self.by_number.get(place.at), 1.0
        for stretches, weight in (((place.left, place.right), 1.0), (place.far, _FAR_WEIGHT)):
            inside = [hit for stretch in stretches for hit in self.inside(stretch)]
            if len(inside) > 1:
                inside.sort(key=lambda hit: (distance_of(hit, place.at), -hit.weight))
            if inside:
                return inside[0], weight
        return None, 0.0

    def in_field(self, place: Place) -> bool:
        """Whether the term stands where words speak of a number and of no other."""
        return place.at in self.by_number or any(
            hit.number < 0 for stretch in (place.left, place.right) for hit in self.inside(stretch)
        )


NOWHERE = Hits([])


def find_hits(regex: re.Pattern[str], text: str) -> Hits:
    """Every place a pattern matches, overlapping ones included."""
    found: list[Hit] = []
    match = regex.search(text)
    while match:
        start, end = match.span()
        if start == end:
            break
        found.append(_hit(match) if regex.groups else Hit(start, end, end - start, -1))
        match = regex.search(text, start + 1)
    return Hits(found) if found else NOWHERE


def _hit(match: re.Match[str]) -> Hit:
    """A hit of a term with gaps, which do not count, or with a number, which is no gap."""
    start, end = match.span()
    gaps = sum(map(len, match.groups("")))
    number = match.start("n") if "n" in match.re.groupindex else -1
    return Hit(start, end, end - start - gaps + (number >= 0), number)


def distance_of(hit: Hit, at: int) -> int:
    """How many characters lie between a hit and a place."""
    return hit.start - at if hit.start > at else max(0, at - hit.end)
