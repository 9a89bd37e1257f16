"""From two sentences to how much of the one's wording comes back in the other.

Pairs of neighbouring characters stand for words; rare ones weigh more, stock words link nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.knowledge import read_yaml

#: A number with its measure word, and the number of an item.
AMOUNT = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％‰]?[万亿余多]{0,2}[一-鿿]?")
ITEM = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、是]+)")

_LEAST = 0.5  # what a pair weighs that stands everywhere
_PAIRS = 3  # a clause or a likeness of fewer pairs links nothing
_OF_CLAUSE, _OF_PLAN = 0.4, 0.5  # from which part on a plan meets a problem


class Wording(NamedTuple):
    """A sentence with its pairs of characters and where it starts in its text."""

    sentence_id: str
    text: str
    pairs: frozenset[str]
    start: int = 0


@cache
def _stock() -> re.Pattern[str]:
    words = read_yaml(paths.data("words", "statements.yml"))["stock"]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters that say what a sentence is about.

    >>> sorted(pairs_of("一是力争举办法治讲座20场以上。"))
    ['举办', '办法', '治讲', '法治', '讲座']
    """
    bare = _stock().sub(" ", AMOUNT.sub(" ", ITEM.sub(" ", text)))
    pieces = re.split(r"[^一-鿿A-Za-z]+", bare)
    return frozenset(piece[n : n + 2] for piece in pieces for n in range(len(piece) - 1))


def head_of(text: str) -> str:
    """The last two letters of what the number after a text counts.

    >>> head_of("计划将执法记录仪配备率提高到")
    '备率'
    """
    runs: list[str] = re.findall(r"[一-鿿]{2,}", _stock().sub(" ", text))
    return runs[-1][-2:] if runs else ""


def weigh(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """Rare pairs weigh more: 行政 stands everywhere and links nothing."""
    known = list(texts)
    spread = Counter(pair for pairs in known for pair in pairs)
    return {pair: math.log((1 + len(known)) / (1 + n)) + _LEAST for pair, n in spread.items()}


def best_match(
    wanted: frozenset[str], known: Sequence[Wording], weights: Mapping[str, float]
) -> tuple[Wording | None, float]:
    """The sentence that has the largest part of the wanted words, and that part by weight."""
    rarest = math.log(1 + len(known)) + _LEAST
    whole = sum(weights.get(pair, rarest) for pair in wanted)
    best, score = None, 0.0
    for result in known if whole else ():
        part = sum(weights.get(pair, 0.0) for pair in wanted & result.pairs) / whole
        if part > score:
            best, score = result, part
    return best, score


def plan_for(
    problem: str, plans: Sequence[Wording], weights: Mapping[str, float]
) -> tuple[Wording | None, float]:
    """The plan that meets a problem, with the part of their words that the two share.

    It is the part of a clause of the problem, for of 应诉能力不强,败诉率达19%,原因是证据不足 only
    the second clause is met by 败诉率下降到10%以内; or else the part of the plan, for
    法治督察还没有形成常态 holds all that 开展法治督察2次以上 says.
    """
    whole = pairs_of(problem)
    clauses = (pairs_of(clause) for clause in re.split(r"[,，;；。:：]", problem))
    wanted = [whole, *(clause for clause in clauses if len(clause) >= _PAIRS)]
    plan, score = max((best_match(one, plans, weights) for one in wanted), key=lambda m: m[1])
    if score >= _OF_CLAUSE:
        return plan, score
    likely = [plan for plan in plans if len(whole & plan.pairs) >= _PAIRS]
    parts = [best_match(plan.pairs, [Wording("", problem, whole)], weights)[1] for plan in likely]
    score = max(parts, default=0.0)
    return (likely[parts.index(score)], score) if score >= _OF_PLAN else (None, 0.0)
