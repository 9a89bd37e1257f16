"""From the claims on one number to who gets it: the best, and those it shares the number with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govlaw.facts.fields import JOINT
from govlaw.facts.hits import Hit
from govlaw.indicator import Indicator

_LISTED = re.compile(rf"[^\ue000\ue001]{{0,6}}?(?:{JOINT}|并)[^\ue000\ue001]{{0,4}}?")
_EACH = re.compile(r"(?:各|均|都|分别|并)")


class Claim(NamedTuple):
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
        first = min(hit.end for claim in (best, *listed) for hit in claim.hits)
        pooled = not _EACH.search(text, first - 1, best.at)
        listed = [_pooled(claim, pooled) for claim in listed]
        best = _pooled(best, pooled)
    passing = [c for c, is_listed in shared if not is_listed and _lets_pass(best, c, indicators)]
    return [best, *listed, *passing]


def _pooled(claim: Claim, pooled: bool) -> Claim:
    return claim._replace(is_pooled=pooled)


def _lets_pass(best: Claim, other: Claim, indicators: Mapping[str, Indicator]) -> bool:
    return (
        other.indicator in indicators[best.indicator].also
        or best.indicator in indicators[other.indicator].also
    )


def _is_listed(one: Claim, other: Claim, text: str) -> bool:
    """Whether two claims rest on two members of one list, as in 建议、提案288件."""
    mine = [hit for hit in one.hits if hit not in other.hits]
    yours = [hit for hit in other.hits if hit not in one.hits]
    for a in mine:
        for b in yours:
            first, second = sorted((a, b))
            if first.end <= second.start and _LISTED.fullmatch(text, first.end, second.start):
                return True
    return False
