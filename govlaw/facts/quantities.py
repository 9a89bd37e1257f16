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
from functools import cache
from typing import NamedTuple

from govlaw.facts import names, numerals
from govlaw.facts.measures import (
    Unit,
    first_letters,
    modifier_ahead,
    modifier_behind,
    modifiers,
    unit_at,
)
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


class _Numeral(NamedTuple):
    """A numeral before its unit is known; ``hedge`` is the 余 or 多 written inside it."""

    start: int
    end: int
    core: str
    value: float
    high: float | None
    hedge: str = ""
    scale: int = 1
    share: str = ""  # % or ‰ where the numeral is a share by itself: 三分之一, 1/3


_HAN = "零〇一二两三四五六七八九十百千万亿"
_SENTENCE = re.compile(r"[^。!?;\n\r]++")
_NOT_METRIC = r"(?![米克瓦伏]|分[点之])"
# The pattern opens with a character class: prefixes such as 约 are read backwards afterwards.
_NUMERAL = re.compile(
    rf"(?P<core>[0-9{_HAN}几数半]"
    rf"(?:(?<=[0-9])(?:[0-9]{{0,2}}(?:[,， ][0-9]{{3}}(?![0-9]))++|[0-9]*+)(?:\.[0-9]++)?+"
    rf"|(?<![0-9半])[{_HAN}几]*+|))"
    rf"(?:分之(?P<share>[0-9]++(?:\.[0-9]++)?+|[{_HAN}]++(?:点[{_HAN}]++)?+)"
    rf"| ?(?P<before>[余多]?|(?<=[十百千])来)"
    rf"(?P<scale>个?亿|[百千万]亿|[百千]{{0,1}}万{_NOT_METRIC}|[百千]{_NOT_METRIC}|)"
    rf"(?P<more>(?<=[万亿千])(?:[0-9]{{1,4}}千?万|[0-9]{{1,4}}[百千]|[0-9]{{3,4}}){_NOT_METRIC}|)"
    rf"(?P<after>[余多几]?))"
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PAIR = re.compile(r"(十?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万]*+)")
_FRACTION = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/年月.])")
_ENDS = frozenset("-~至到～ 余多来分")
_RANGE_SIGNS = frozenset(("-", "--", "~", "至", "到", " - ", "～"))
_CHANGE = re.compile(
    r"[增上下提降减压缩同环递精削翻](?:[长升降高低少缩短速比幅增加调涨简减]|了?$)(?:(?![至到])[^,，、\s]){0,8}$"
)
_RATE_NOUN = re.compile(r"[率度分](?:[为达]|均为|达到)?$")
_RANKED = re.compile(r"(?:排|居|列|名次)[^,，、]{0,6}$")
_MINUS = re.compile(r"[长为幅率达降比升]-$")


class _Line:
    """One sentence, folded, with the way back into the text; marks are made when first asked."""

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
    found: list[Quantity] = []
    folded = fold(text)
    if _patterns().counts.search(folded):
        for match in _SENTENCE.finditer(folded):
            _read(_Line(match.group(), text, match.start()), found)
    return found


class _Patterns(NamedTuple):
    """What every quantity holds, and the numerals; those that count nothing have no groups."""

    counts: re.Pattern[str]
    numerals: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Most numerals in words count nothing (进一步, 统一).

    Behind them stands neither a measure word nor a hedge, a share or the sign of a range.
    """
    ends = re.escape("".join(sorted(first_letters() | _ENDS)))
    idle = f"(?:[{_HAN}几数][{_HAN}几]*+|半)(?![{ends}])"
    return _Patterns(
        re.compile(f"[0-9]|[{_HAN}几数半][{ends}]"), re.compile(f"{idle}|{_NUMERAL.pattern}")
    )


def _read(line: _Line, found: list[Quantity]) -> None:
    sentence, offset = line.folded, line.offset
    low: _Numeral | None = None
    low_unit: Unit | None = None
    edge = 0  # where the last numeral and its measure word ended
    for match in _patterns().numerals.finditer(sentence):
        if match.lastindex is None or match.start() < edge:
            continue
        numeral = _numeral(sentence, match)
        if numeral is None:
            continue
        unit = _unit(sentence, numeral)
        # 提升8.3个百分点至91.2% is no range: its two ends are measured in different units
        same = low_unit is None or unit is None or low_unit.name == unit.name
        if low is not None and same and sentence[edge : numeral.start] in _RANGE_SIGNS:
            joined = _joined(sentence, low, numeral)
            if joined is not numeral and found and found[-1].end == offset + edge:
                found.pop()
            numeral = joined
        quantity = _quantity(line, numeral, unit)
        if quantity is not None:
            found.append(quantity)
        low, low_unit, edge = numeral, unit, unit.end if unit else numeral.end


def _numeral(sentence: str, match: re.Match[str]) -> _Numeral | None:
    """Read what the pattern caught; None where it is no number (几个, 一二三产业)."""
    start, end = match.span()
    core, share, before, scale, more, after = match.groups()
    if share is not None:
        return _share(start, end, core, share)
    if core[0].isdigit():
        is_fraction = len(core) < 3 and sentence.startswith("/", start + len(core))
        fraction = _FRACTION.match(sentence, start) if is_fraction else None
        if fraction and sentence[start - 1 : start] != "/":
            return _share(start, fraction.end(), fraction[2], fraction[1])
        if not scale and len(core) < 18 and core.isdigit():
            return _Numeral(start, end, core, int(core), None, before + after)
        value = numerals.parse(f"{core}{scale.lstrip('个')}{more}")
        factor = _SCALES.get(scale[-1:], 1)
        hedge = before + after
        return None if value is None else _Numeral(start, end, core, value, None, hedge, factor)
    if len(core) == 1 and core in "几数〇":
        return None
    if len(core) > 1 and (pair := _PAIR.fullmatch(core)):
        return _approximate(start, end, pair, scale)
    plain, hedge = core.strip("几数"), before + after
    if plain != core:
        hedge = ("数" if core[0] == "数" else "几") + hedge
    if len(plain) > 1 and not any(sign in "十百千万亿" for sign in plain):
        return None
    value = numerals.parse(plain + scale) if plain == "半" else numerals.spelled(plain + scale)
    factor = _SCALES.get((core + scale)[-1], 1)
    return None if value is None else _Numeral(start, end, core, value, None, hedge, factor)


def _share(start: int, end: int, whole: str, part: str) -> _Numeral | None:
    """百分之九十五 is 95 %, 千分之三 is 3 ‰, 三分之一 is 33.33 %."""
    above, below = numerals.parse(part), numerals.parse(whole)
    if above is None or not below:
        return None
    if below in (100, 1000):
        return _Numeral(start, end, whole, above, None, share="%" if below == 100 else "‰")
    if above > below:
        return None
    return _Numeral(start, end, whole, round(100 * above / below, 2), None, share="%")


def _approximate(start: int, end: int, pair: re.Match[str], scale: str) -> _Numeral | None:
    """两三家, 三五个, 七八十名: two digits in a row that mean a range."""
    ten, first, second, step = pair.groups()
    digits = "一二三四五六七八九".find
    first, second = first.replace("两", "二"), second.replace("两", "二")
    lower, upper = digits(first), digits(second)
    if upper != lower + 1 and (first, second) != ("三", "五"):
        return None
    low, high = (numerals.parse(f"{ten}{digit}{step}{scale}") for digit in (first, second))
    return None if low is None else _Numeral(start, end, pair[0], low, high)


def _joined(sentence: str, low: _Numeral, high: _Numeral) -> _Numeral:
    """3至5个, 10-20万元: one quantity; the second numeral alone if they make no range."""
    if low.high is not None or sentence[low.start - 1 : low.start] in ("从", "由", "自", "第"):
        return high
    scaled = low.value * high.scale  # 10-20万: the scale belongs to both
    value = scaled if low.scale == 1 and scaled < high.value else low.value
    if value >= high.value:
        return high
    core = high.core if low.core == "一" else low.core  # 一至两名 counts, though 一名 may not
    return high._replace(start=low.start, core=core, value=value, high=high.value)


def _unit(sentence: str, numeral: _Numeral) -> Unit | None:
    if numeral.share:
        return Unit(numeral.share, "rate", numeral.end)
    return unit_at(sentence, numeral.end, in_digits=numeral.core[0].isdigit())


def _quantity(line: _Line, numeral: _Numeral, unit: Unit | None) -> Quantity | None:
    """The quantity, or None where the numeral counts nothing."""
    sentence, in_digits = line.folded, numeral.core[0].isdigit()
    if sentence[numeral.start - 1 : numeral.start] == "第":
        return _rank(line, numeral, unit)
    if unit is None:
        unit = _understood(sentence, numeral) if in_digits or numeral.hedge else None
        if unit is None:
            return None
    elif unit.name == "年" and numeral.value >= names.FIRST_YEAR:
        return None
    elif unit.name == "成":
        numeral, unit = _tenths(sentence, numeral, unit)
    start, ahead = modifier_ahead(sentence, numeral.start)
    end, behind = modifier_behind(sentence, unit)
    said = (ahead, numeral.hedge, behind)
    if unit.name and not numeral.share and names.is_name(_seen(sentence, numeral, unit, said)):
        return None
    mark = line.marks[numeral.start] and line.marks[numeral.end - 1]
    if mark == names.NAME or (mark and not (unit.name and (ahead or in_digits))):
        return None
    return _whole(line, numeral, unit, (start, end), said)


def _seen(sentence: str, numeral: _Numeral, unit: Unit, said: tuple[str, str, str]) -> names.Seen:
    start, _, core, value, *_ = numeral
    return names.Seen(sentence, start, unit.end, core, unit.name, unit.kind, value, any(said))


def _tenths(sentence: str, numeral: _Numeral, unit: Unit) -> tuple[_Numeral, Unit]:
    """九成 is 90 %, 七成五 is 75 %, 三四成 is 30 to 40 %: rates compare only in one unit."""
    more = "一二三四五六七八九".find(sentence[unit.end : unit.end + 1] or "-") + 1
    if numeral.high is not None:
        high = 10 * numeral.high
        return numeral._replace(value=10 * numeral.value, high=high), unit._replace(name="%")
    value = 10 * numeral.value + more
    end = unit.end + (more > 0)
    return numeral._replace(value=value), Unit("%", "rate", end)


def _rank(line: _Line, numeral: _Numeral, unit: Unit | None) -> Quantity | None:
    """第1名 is a rank; every other 第 is an ordinal."""
    if unit is None or unit.name not in ("名", "位") or numeral.high is not None:
        return None
    start = numeral.start - 1
    if unit.name == "位" and not _RANKED.search(line.folded[max(0, start - 9) : start]):
        return None
    rank = Unit(unit.name, "rank", unit.end)
    return _whole(line, numeral, rank, (start, unit.end), ("", "", ""))


def _understood(sentence: str, numeral: _Numeral) -> Unit | None:
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
    line: _Line,
    numeral: _Numeral,
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
    return Quantity(
        text=line.source[start:end],
        value=value,
        value_high=numeral.high,
        unit=unit.name,
        modifier="".join(said),
        bound=bound,
        kind=kind,
        start=start,
        end=end,
    )


def _bound(said: tuple[str, str, str]) -> str:
    """约50余件 is about, as the first word says."""
    if said == ("", "", ""):
        return "exact"
    for place, word in zip(("before", "inside", "after"), said, strict=True):
        if word:
            row = modifiers(place).get(word)
            return row.bound if row else "over"
    return "exact"
