"""From a sentence to its claims of change, and the figures each may speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govlaw.stats.figures import Figure, Line, clause_start
from govlaw.stats.rules import Vocabulary

UP = r"增长|上升|增加|增幅|提高|提升|上涨|扩大|增多|升高|多"
DOWN = r"下降|减少|降低|回落|降幅|减幅|下滑|缩减|减|少"
_CLAIM = re.compile(rf"(?P<up>{UP})|(?P<down>{DOWN})")
CLAIMS = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|率|幅|幅度)?(?:约|近|达到?|为|超过?)?$"
)
# 压缩62.4% compares with the legal time limit, not with last year.
_ELSEWHERE = re.compile(
    r"时限|法定|计划|目标|预算|任务|[零〇一二三四五六七八九十两]年来|全市平均|全省平均|环比"
)
YEARLY = re.compile(
    r"同比|上年|去年|上一年|前年|同期|(?:比|较)[^,，。;；]{0,4}20[0-9]{2}年|增幅|降幅|比|较"
)
_BASE = re.compile(
    r"(?:上年|去年|上一年|前年|20[0-9]{2}年|２０[０-９]{2}年)(?:度)?(?:同期|全年|底|末)?(?:的|为|是|数)*[^,，。;；0-9增减升降多少提]{0,8}$"
)

#: A claim speaks of one of so many numbers before it.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Claim:
    """A change, upwards or downwards, in a sentence."""

    line: Line
    number: int
    sign: int

    @property
    def figure(self) -> Figure:
        """The change itself."""
        return self.line.figures[self.number]

    @property
    def start(self) -> int:
        """Where the stretch between semicolons that holds the claim begins."""
        return clause_start(self.line.text, self.figure.start)

    @property
    def near(self) -> range:
        """The figures before the claim that it may speak of."""
        return range(max(0, self.number - _NEAR), self.number)

    @property
    def quote(self) -> str:
        """The words of the claim, from the last semicolon."""
        said = self.line.text[self.start : self.figure.end]
        return said if len(said) <= 60 else "…" + said[-59:]


def find_claims(line: Line, *units: str) -> Iterator[Claim]:
    """The changes written in one of these units."""
    for number, figure in enumerate(line.figures):
        claims = CLAIMS.search(line.between(number)[0])
        if figure.unit not in units or not claims:
            continue
        claim = Claim(line, number, 1 if claims["up"] else -1)
        if not _ELSEWHERE.search(line.text[claim.start : figure.start]):
            yield claim


def find_bases(claim: Claim, words: Vocabulary, unit: str | None = None) -> list[int]:
    """Figures of the year before: 去年为3104万元, 比2020年的29宗, 由8件增至12件."""
    found = []
    for number in claim.near:
        figure = claim.line.figures[number]
        if figure.start < claim.start or figure.kind not in ("count", "money", "rate"):
            continue
        if unit is not None and words.unit(figure.unit) != unit:
            continue
        if (number and is_dated(claim.line, number)) or _is_from(claim.line, number):
            found.append(number)
    return found


def is_dated(line: Line, number: int) -> bool:
    """Whether a figure is said to be of the year before."""
    before = line.between(number)[0]
    said = bool(_BASE.search(before)) and not re.search(r"截至|到20", before)
    return said or line.figures[number].modality == "past_year"


def _is_from(line: Line, number: int) -> bool:
    before, after = line.between(number)
    return bool(
        re.search(r"(?:由|从)[^,，。;；]{0,14}$", before)
        and re.match(r"[^,，。;；]{0,6}(?:增|减|降|升|提高|扩|上升|到|至|精简|变)", after)
    )


def find_values(claim: Claim, words: Vocabulary, unit: str | None, bases: list[int]) -> list[int]:
    """Figures of this year that the claim may speak of, the nearest first."""
    found = []
    for number in reversed(claim.near):
        figure = claim.line.figures[number]
        if number in bases or figure.kind not in ("count", "money") or figure.start < claim.start:
            continue
        if CLAIMS.search(claim.line.between(number)[0]):
            continue  # 较去年的15件增加8件: the 8 is a change
        if figure.modality != "past_year" and unit in (None, words.unit(figure.unit)):
            found.append(number)
    return found
