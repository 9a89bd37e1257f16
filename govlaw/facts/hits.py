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

    __slots__ = ("_starts", "all", "by_number")

    def __init__(self, found: list[Hit], is_numbered: bool = False) -> None:
        self.all = found
        self._starts: list[int] | None = None
        #: The hit of most weight for each number that the term itself asks for.
        self.by_number: dict[int, Hit] = {}
        for hit in found if is_numbered else ():
            known = self.by_number.get(hit.number)
            if known is None or hit.weight > known.weight:
                self.by_number[hit.number] = hit

    def inside(self, stretch: Stretch) -> list[Hit]:
        """The hits a stretch holds; of very many those next to its ends."""
        start, end = stretch
        if start == end:
            return []
        found = self.all
        if len(found) > 2 * _EDGE:
            if self._starts is None:
                self._starts = [hit.start for hit in found]
            first = bisect_left(self._starts, start)
            found = found[first : bisect_left(self._starts, end, first)]
            if len(found) > 2 * _EDGE:
                found = found[:_EDGE] + found[-_EDGE:]
        return [hit for hit in found if start <= hit[0] and hit[1] <= end]

    def near(self, place: Place) -> list[Hit]:
        """The hits that stand where words speak of a number and of no other."""
        if len(self.all) > 2 * _EDGE:
            return [*self.inside(place.left), *self.inside(place.right)]
        (first, until), (second, end) = place.near
        return [
            hit
            for hit in self.all
            if (first <= hit[0] and hit[1] <= until) or (second <= hit[0] and hit[1] <= end)
        ]

    def nearest(self, place: Place) -> tuple[Hit | None, float]:
        """The hit that speaks of a number, and how much a word counts that stands there."""
        if self.by_number:
            return self.by_number.get(place.at), 1.0
        found, weight = self.near(place), 1.0
        if not found:
            found, weight = [hit for one in place.far for hit in self.inside(one)], _FAR_WEIGHT
        if len(found) > 1:
            return min(found, key=lambda hit: (distance_of(hit, place.at), -hit.weight)), weight
        return (found[0] if found else None), weight

    def in_field(self, place: Place) -> bool:
        """Whether the term stands where words speak of a number and of no other."""
        return place.at in self.by_number or any(hit.number < 0 for hit in self.near(place))

    def end_before(self, at: int) -> bool:
        """Whether the term stands before a place."""
        return any(hit.end <= at for hit in self.all)


NOWHERE = Hits([])


def find_hits(regex: re.Pattern[str], text: str) -> Hits:
    """Every place a pattern matches, overlapping ones included."""
    match = regex.search(text)
    if match is None:
        return NOWHERE
    found: list[Hit] = []
    while match:
        start, end = match.span()
        if start == end:
            break
        found.append(_hit(match) if regex.groups else Hit(start, end, end - start, -1))
        match = regex.search(text, start + 1)
    return Hits(found, "n" in regex.groupindex)


def _hit(match: re.Match[str]) -> Hit:
    """A hit of a term with gaps, which do not count, or with a number, which is no gap."""
    start, end = match.span()
    gaps = sum(map(len, match.groups("")))
    number = match.start("n") if "n" in match.re.groupindex else -1
    return Hit(start, end, end - start - gaps + (number >= 0), number)


def distance_of(hit: Hit, at: int) -> int:
    """How many characters lie between a hit and a place."""
    return hit.start - at if hit.start > at else max(0, at - hit.end)
