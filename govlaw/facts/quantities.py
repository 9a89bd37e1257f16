"""From a sentence to every quantity in it: value, unit, modifier, bound and kind.

A numeral is a quantity when a measure word of ``data/words/units.csv`` follows it and nothing says
that it is a name, a date or an ordinal; a number without one counts only where a hedge, a scale or
the end of the clause makes its value plain (发放资料5000余). Decisions on the borderline:
一 counts only with a bound or at the end of a clause (受理一件); 二 before a measure word is an
ordinal (二期工程); levels count only where they are cut (由四级压缩为两级); 近三年, 每两年 and
三年来 are periods; 三成 is 30 %, 三分之一 is 33.33 %; 这两个 points back and is left out;
第1名 is a rank.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govlaw.facts import names
from govlaw.facts.measures import (
    Unit,
    modifier_ahead,
    modifier_behind,
    modifiers,
    unit_at,
)
from govlaw.facts.written import Numeral, as_range, read_lines
from govlaw.text.folding import fold


class Quantity(NamedTuple):
    """A number with what it counts; ``start`` and ``end`` point into the text it was found in."""

    text: str
    value: float
    value_high: float | None
    unit: str
    modifier: str
    bound: str
    kind: str
    start: int
    end: int
    modality: str = "done"
    time_period: str | None = None


_RANGE_SIGNS = frozenset(("-", "--", "~", "至", "到", " - ", "～"))
_CHANGE = re.compile(
    r"[增上下提降减压缩同环递精削翻](?:[长升降高低少缩短速比幅增加调涨简减]|了?$)(?:(?![至到])[^,，、\s]){0,8}$"
)
_RATE_NOUN = re.compile(r"[率度分](?:[为达]|均为|达到)?$")
_RANKED = re.compile(r"(?:排|居|列|名次)[^,，、]{0,6}$")
_MINUS = re.compile(r"[长为幅率达降比升]-$")


class _Said:
    """One line with the way back into the text; its names are marked when first asked for."""

    __slots__ = ("_marks", "folded", "offset", "source")

    def __init__(self, folded: str, source: str, offset: int) -> None:
        self.folded, self.source, self.offset = folded, source, offset
        self._marks: bytearray | None = None

    @property
    def marks(self) -> bytearray:
        if self._marks is None:
            self._marks = names.marks(self.folded)
        return self._marks


def quantities(text: str) -> list[Quantity]:
    """Every quantity the text states, in order.

    >>> [(q.value, q.unit, q.modifier) for q in quantities("接种疫苗50.74万剂次,调解纠纷500余件")]
    [(507400, '剂次', ''), (500, '件', '余')]
    """
    return in_folded(fold(text), text)


def in_folded(folded: str, text: str) -> list[Quantity]:
    """Every quantity of a text that is folded already."""
    found: list[Quantity] = []
    for line in read_lines(folded):
        _read(_Said(line.text, text, line.start), line.numerals, found)
    return found


def _read(line: _Said, numerals: list[Numeral], found: list[Quantity]) -> None:
    sentence = line.folded
    low: Numeral | None = None
    low_unit: Unit | None = None
    edge = 0  # where the last numeral and its measure word ended
    for numeral in numerals:
        start, end, core = numeral.start, numeral.end, numeral.core
        if start < edge:
            continue
        if numeral.share:
            unit: Unit | None = Unit(numeral.share, "rate", end)
        else:
            unit = unit_at(sentence, end, in_digits=core[0].isdigit())
        # 提升8.3个百分点至91.2% is no range: its two ends are measured in different units
        same = low_unit is None or unit is None or low_unit.name == unit.name
        if low is not None and same and sentence[edge:start] in _RANGE_SIGNS:
            both = as_range(sentence, low, numeral)
            if both is not numeral and found and found[-1].end == line.offset + edge:
                found.pop()
            numeral = both
        quantity = _quantity(line, numeral, unit)
        if quantity is not None:
            found.append(quantity)
        low, low_unit, edge = numeral, unit, unit.end if unit else end


def _quantity(line: _Said, numeral: Numeral, unit: Unit | None) -> Quantity | None:
    """The quantity, or None where the numeral counts nothing."""
    sentence, numeral_start, core = line.folded, numeral.start, numeral.core
    in_digits = core[0].isdigit()
    if sentence[numeral_start - 1 : numeral_start] == "第":
        return _rank(line, numeral, unit)
    if unit is None:
        unit = _understood(sentence, numeral) if in_digits or numeral.hedge else None
        if unit is None:
            return None
    elif unit.name == "成":
        numeral, unit = _tenths(sentence, numeral, unit)
    start, ahead = modifier_ahead(sentence, numeral_start)
    end, behind = modifier_behind(sentence, unit)
    said = (ahead, numeral.hedge, behind)
    if unit.name and not numeral.share:
        seen = names.Seen(
            sentence, numeral_start, unit.end, core, unit.name, unit.kind, numeral.value, any(said)
        )
        if names.is_name(seen):
            return None
    mark = line.marks[numeral_start] and line.marks[numeral.end - 1]
    if mark == names.NAME or (mark and not (unit.name and (ahead or in_digits))):
        return None
    return _whole(line, numeral, unit, (start, end), said)


def _tenths(sentence: str, numeral: Numeral, unit: Unit) -> tuple[Numeral, Unit]:
    """九成 is 90 %, 七成五 is 75 %, 三四成 is 30 to 40 %: rates compare only in one unit."""
    more = "一二三四五六七八九".find(sentence[unit.end : unit.end + 1] or "-") + 1
    if numeral.high is not None:
        high = 10 * numeral.high
        return numeral._replace(value=10 * numeral.value, high=high), unit._replace(name="%")
    value = 10 * numeral.value + more
    end = unit.end + (more > 0)
    return numeral._replace(value=value), Unit("%", "rate", end)


def _rank(line: _Said, numeral: Numeral, unit: Unit | None) -> Quantity | None:
    """第1名 is a rank; every other 第 is an ordinal."""
    if unit is None or unit.name not in ("名", "位") or numeral.high is not None:
        return None
    start = numeral.start - 1
    if unit.name == "位" and not _RANKED.search(line.folded[max(0, start - 9) : start]):
        return None
    rank = Unit(unit.name, "rank", unit.end)
    return _whole(line, numeral, rank, (start, unit.end), ("", "", ""))


def _understood(sentence: str, numeral: Numeral) -> Unit | None:
    """A number whose unit goes without saying: 发放资料5000余, ¥500, 满意率98.5."""
    start, end = numeral.start, numeral.end
    if sentence[start - 1 : start] in ("¥", "￥"):
        return Unit("元", "money", end)
    in_digits = numeral.core[0].isdigit()
    ends = sentence[end : end + 1] in names.CLAUSE_ENDS
    ahead = sentence[max(0, start - 4) : start]
    if in_digits and ends and _RATE_NOUN.search(ahead):
        return Unit("", "rate", end)
    hedged = "余" in numeral.hedge or (ends and "多" in numeral.hedge)
    if hedged and numeral.value >= 10 and (in_digits or ends):
        return Unit("", "count", end)
    if in_digits and numeral.scale >= 10**4 and sentence[end : end + 1] not in ("-", "~", "至"):
        return Unit("", "count", end)
    label = names.is_label(sentence, start, end, numeral.core)
    return None if label else Unit("", "count", end)


def _whole(
    line: _Said,
    numeral: Numeral,
    unit: Unit,
    span: tuple[int, int],
    said: tuple[str, str, str],
) -> Quantity:
    (start, end), value, kind = span, numeral.value, unit.kind
    if unit.name in ("%", "百分点"):
        ahead = line.folded[max(0, start - 24) : start]
        kind = "change" if _CHANGE.search(ahead) else kind
        if _MINUS.search(ahead):
            start, value = start - 1, -value
    bound = "range" if numeral.high is not None else _bound(said)
    start, end = start + line.offset, end + line.offset
    text, modifier = line.source[start:end], "".join(said)
    return Quantity(text, value, numeral.high, unit.name, modifier, bound, kind, start, end)


def _bound(said: tuple[str, str, str]) -> str:
    """约50余件 is about, as the first word says."""
    if said == ("", "", ""):
        return "exact"
    for place, word in zip(("before", "inside", "after"), said, strict=True):
        if word:
            row = modifiers(place).get(word)
            return row.bound if row else "over"
    return "exact"
