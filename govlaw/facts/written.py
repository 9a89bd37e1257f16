"""From a folded text to the numerals written in it, before it is known what they count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govlaw.facts import numerals
from govlaw.facts.measures import first_letters


class Numeral(NamedTuple):
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
_NOT_METRIC = r"(?![米克瓦伏]|分[点之])"
# What follows the first character of a numeral; prefixes such as 约 are read backwards afterwards.
_NUMERAL = (
    rf"(?P<rest>(?<=[0-9])(?:[0-9]{{0,2}}(?:[,， ][0-9]{{3}}(?![0-9]))++|[0-9]*+)(?:\.[0-9]++)?+"
    rf"|(?<![0-9半])[{_HAN}几]*+|)"
    rf"(?:分之(?P<share>[0-9]++(?:\.[0-9]++)?+|[{_HAN}]++(?:点[{_HAN}]++)?+)"
    rf"| ?(?P<before>[余多]?|(?<=[十百千])来)"
    rf"(?P<scale>个?亿|[百千万]亿|[百千]{{0,1}}万{_NOT_METRIC}|[百千]{_NOT_METRIC}|)"
    rf"(?P<more>(?<=[万亿千])(?:[0-9]{{1,4}}千?万|[0-9]{{1,4}}[百千]|[0-9]{{3,4}}){_NOT_METRIC}|)"
    rf"(?P<after>[余多几]?))"
)
_DATE = r"(?<=[1-9])(?:[0-9]{3}年|[0-9]?月)"  # every third number of a report
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PAIR = re.compile(r"(十?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万]*+)")
_FRACTION = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/年月.])")
_ENDS = frozenset("-~至到～ 余多来分")
_LINE_END = re.compile(r"[。!?;\n\r]")


class Line(NamedTuple):
    """What stands between two ends of sentences, where it begins, and its numerals."""

    start: int
    text: str
    numerals: list[Numeral]


@cache
def _numerals() -> re.Pattern[str]:
    """Every numeral; most in words count nothing (进一步, 统一), and these have no groups.

    Behind them stands neither a measure word nor a hedge, a share or the sign of a range. Nor
    has a date groups, with which nothing is counted: 2019年, 5月. The pattern opens with a class of
    characters, to which a search runs ten times as fast.
    """
    ends = re.escape("".join(sorted(first_letters() | _ENDS)))
    idle = f"(?<![0-9半])[{_HAN}几数]*+(?![{ends}])|(?<=半)(?![{ends}])"
    return re.compile(f"[0-9{_HAN}几数半](?:{_DATE}|{idle}|{_NUMERAL})")


def read_lines(text: str) -> Iterator[Line]:
    """The lines of a folded text in which something may be counted.

    >>> text = "进一步推进。共投入50.74万元,办结三十件!"
    >>> [(line.text, [one.value for one in line.numerals]) for line in read_lines(text)]
    [('共投入50.74万元,办结三十件', [507400, 30])]
    """
    ends = [-1, *[end.start() for end in _LINE_END.finditer(text)], len(text)]
    line, last = Line(0, "", []), -1
    for match in _numerals().finditer(text):
        if match.lastindex is None:
            continue
        if match.start() > last:  # no numeral crosses the end of a line
            if line.numerals:
                yield line
            number = bisect_left(ends, match.start())
            start, last = ends[number - 1] + 1, ends[number]
            line = Line(start, text[start:last], [])
        numeral = _read(line.text, match, line.start)
        if numeral:
            line.numerals.append(numeral)
    if line.numerals:
        yield line


def _read(sentence: str, match: re.Match[str], offset: int) -> Numeral | None:
    """Read what the pattern caught; None where it is no number (几个, 一二三产业)."""
    start, end = match.start() - offset, match.end() - offset
    rest, share, before, scale, more, after = match.groups()
    core = sentence[start] + rest
    if share is not None:
        return _share(start, end, core, share)
    if core[0].isdigit():
        is_fraction = len(core) < 3 and sentence.startswith("/", start + len(core))
        fraction = _FRACTION.match(sentence, start) if is_fraction else None
        if fraction and sentence[start - 1 : start] != "/":
            return _share(start, fraction.end(), fraction[2], fraction[1])
        if not scale and len(core) < 18 and core.isdigit():
            return Numeral(start, end, core, int(core), None, before + after)
        value = numerals.parse(f"{core}{scale.lstrip('个')}{more}")
        factor = _SCALES.get(scale[-1:], 1)
        hedge = before + after
        return None if value is None else Numeral(start, end, core, value, None, hedge, factor)
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
    return None if value is None else Numeral(start, end, core, value, None, hedge, factor)


def _share(start: int, end: int, whole: str, part: str) -> Numeral | None:
    """百分之九十五 is 95 %, 千分之三 is 3 ‰, 三分之一 is 33.33 %."""
    above, below = numerals.parse(part), numerals.parse(whole)
    if above is None or not below:
        return None
    if below in (100, 1000):
        return Numeral(start, end, whole, above, None, share="%" if below == 100 else "‰")
    if above > below:
        return None
    return Numeral(start, end, whole, round(100 * above / below, 2), None, share="%")


def _approximate(start: int, end: int, pair: re.Match[str], scale: str) -> Numeral | None:
    """两三家, 三五个, 七八十名: two digits in a row that mean a range."""
    ten, first, second, step = pair.groups()
    digits = "一二三四五六七八九".find
    first, second = first.replace("两", "二"), second.replace("两", "二")
    lower, upper = digits(first), digits(second)
    if upper != lower + 1 and (first, second) != ("三", "五"):
        return None
    low, high = (numerals.parse(f"{ten}{digit}{step}{scale}") for digit in (first, second))
    return None if low is None else Numeral(start, end, pair[0], low, high)


def as_range(sentence: str, low: Numeral, high: Numeral) -> Numeral:
    """3至5个, 10-20万元: one quantity; the second numeral alone if they make no range."""
    if low.high is not None or sentence[low.start - 1 : low.start] in ("从", "由", "自", "第"):
        return high
    scaled = low.value * high.scale  # 10-20万: the scale belongs to both
    value = scaled if low.scale == 1 and scaled < high.value else low.value
    if value >= high.value:
        return high
    core = high.core if low.core == "一" else low.core  # 一至两名 counts, though 一名 may not
    return high._replace(start=low.start, core=core, value=value, high=high.value)
