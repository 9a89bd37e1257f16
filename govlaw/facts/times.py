"""From a sentence to the time expressions in it and the periods they name."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from govlaw.facts import names, numerals

_NUM = "[零〇一二两三四五六七八九十0-9]"
_YEAR = "(?:(?<![0-9])(?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})"
_OPENS = "[0-9零〇一二两三四五六七八九十上下近过最去前明次来今本全年]"
_EXPRESSION = (
    rf"(?P<first>{_YEAR})年?[-~至到](?P<last>{_YEAR})年"
    rf"|(?P<year>{_YEAR})年度?(?P<detail>[上下]半年|第?[一二三四1-4]季度"
    r"|[0-9]{1,2}月?份?[-~至到][0-9]{1,2}月|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[年]?[底末])?(?P<since>以来|起)?"
    rf"|(?P<half>[上下]半年)|(?<![0-9年]){_NUM}{{1,2}}月?[-~至到](?P<months>[0-9]{{1,2}})月"
    r"|(?<![0-9年个])(?P<month>1[0-2]|[1-9])月(?!起)(?P<day>[0-9]{1,2}日)?"
    rf"|(?:近|过去|最近)(?P<span>{_NUM}{{1,2}})年(?!前)|(?P<past>{_NUM}{{1,2}})年来"
    r"|(?P<before>去年|上年|上一年|前一年)|(?P<next>明年|下一?年度?|次年|来年)"
    r"|(?P<now>今年|本年|全年|年内|年初以来|年底)"
)
# The pattern takes the first character and looks at the whole from there: a search runs three times
# as fast to a class of characters. It may therefore find one expression within another.
_WHEN = re.compile(f"{_OPENS}(?<=(?=(?P<whole>{_EXPRESSION})){_OPENS})")
_AS_OF = re.compile(r"截[至止]到?$")
_COMPARED = re.compile(r"[较比与同由从]$")
# 对2015年底以前的文件进行清理,共清理67件: when the files were made, not when they were cleaned
_MADE_BEFORE = re.compile(r"[底末]?(?:及?以前|之前|前(?=的|制[定发]|出台|印发|下发|发布))")


class Time(NamedTuple):
    """A time expression: where it ends, the period it names, its first and last year, whether it
    serves as a yardstick (较2020年) and whether it reaches no further than its clause (去年)."""

    start: int
    end: int
    period: str
    year: int
    last_year: int
    compared: bool
    near: bool


def find_times(sentence: str, year: int | None) -> list[Time]:
    """The time expressions of a folded sentence in a report on a year.

    >>> [time.period for time in find_times("2020年12件,去年9件,上半年3件", 2022)]
    ['2020', '2021', '2022-H1']
    """
    if "年" not in sentence and "月" not in sentence:  # every one of them has one of the two
        return []
    found: list[Time] = []
    marks: bytearray | None = None
    end = 0
    for match in _WHEN.finditer(sentence):
        start = match.start()
        if start < end:
            continue
        end = match.end("whole")
        marks = names.marks(sentence) if marks is None else marks
        if marks[start] == names.NAME and match["half"] is None:
            continue
        current = found[-1].year if found and match["month"] else year
        period = _period(match, current, as_of=_is_as_of(sentence, start))
        first = int(period[:4]) if period else 0
        past = year is not None and first <= year
        if period and not (past and _MADE_BEFORE.match(sentence, end)):
            last = int(period.rpartition("/")[2][:4])
            compared = _COMPARED.search(sentence[max(0, start - 2) : start]) is not None
            near = match["before"] is not None
            found.append(Time(start, end, period, first, last, compared, near))
    return found


def _is_as_of(sentence: str, start: int) -> bool:
    return _AS_OF.search(sentence[max(0, start - 3) : start]) is not None


def _period(match: re.Match[str], year: int | None, *, as_of: bool) -> str | None:
    if match["first"]:
        return f"{_number(match['first'])}/{_number(match['last'])}"
    if match["year"]:
        return _within(_number(match["year"]), match["detail"] or "", as_of, match["since"], year)
    if year is None:
        return None
    if match["half"]:
        return f"{year}-H{1 if match['half'][0] == '上' else 2}"
    if match["months"]:
        return _to_month(year, int(match["months"]))
    if match["month"]:
        return _within(year, match["whole"], as_of, None, year)
    span = match["span"] or match["past"]
    if span:
        return f"{year - max(_number(span), 1) + 1}/{year}"
    if match["now"]:
        return f"{year}-12-31" if as_of and match["now"] == "年底" else str(year)
    return str(year - 1) if match["before"] else str(year + 1)


def _number(words: str) -> int:
    return int(numerals.parse(words) or 0)


def _within(year: int, detail: str, as_of: bool, since: str | None, report: int | None) -> str:
    """The part of a year a detail names; a stock as of 2019年底 carries the day."""
    if since == "以来" and report is not None and report > year:
        return f"{year}/{report}"
    if not detail:
        return str(year)
    if "半年" in detail:
        return f"{year}-H{1 if detail[0] == '上' else 2}"
    if "季度" in detail:
        return f"{year}-Q{_number(detail.strip('第季度'))}"
    if detail[-1] in "底末":
        return f"{year}-12-31" if as_of else str(year)
    figures = [int(figure) for figure in re.findall("[0-9]+", detail)]
    if "日" not in detail and len(figures) > 1:
        return _to_month(year, figures[-1])
    if not as_of or not 1 <= figures[0] <= 12:
        return f"{year}-{figures[0]:02d}"
    day = figures[1] if len(figures) > 1 else monthrange(year, figures[0])[1]
    return f"{year}-{figures[0]:02d}-{day:02d}"


def _to_month(year: int, month: int) -> str:
    return {6: f"{year}-H1", 12: str(year)}.get(month, f"{year}-01/{year}-{month:02d}")
