"""From a title and the openings of sentences to the year reported on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from govlaw.document import Span
from govlaw.text.dates import HAN_DIGITS
from govlaw.text.finds import INFERRED, UNTOLD, Find
from govlaw.text.folding import fold
from govlaw.text.heading import Heading
from govlaw.text.lines import Line

_RANGE = re.compile(r"20\d\d年?\s?[-至到—–~]\s?20\d\d\s?年")
_TITLE_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d|二[〇○零0Oo][一二三四五六七八九〇○零0Oo]{2})"
    r"\s?(?:年(?!\s?[-至到—])|(?=度|法治|依法|\)$))"
)
_HAN_YEAR = re.compile(r"二[〇○零0Oo][一二三][一二三四五六七八九〇○零0Oo](?=\s?年)")
# Weight, whether only the start of a line counts, and what is said there.
_VOTES = (
    (5, False,
     re.compile(r"现[将就对].{0,24}?(20\d\d)年度?.{0,50}(?:报告|汇报|公布|公开|总结|通报|公示)")),
    (5, True, re.compile(r".{0,4}?(20\d\d)年度?(?:政府|法治政府建设)?工作的?(?:回顾|总结)")),
    (4, True, re.compile(r"(20\d\d)年(?:度)?(?:以来)?[,，](?!.{0,30}将)")),
    (2, True, re.compile(r"(?:[一二三四五六]是|现将|截至)?.{0,8}?(?<![\d至到-])(20\d\d)年度?")),
    (1, False, re.compile(r"[。;；,，](20\d\d)年(?:度)?(?:以来)?(?=[,，]|共|全|我|该|本)")),
)  # fmt: skip
_RANGE_END = re.compile(r"年?[-至到]")
# 2021年,祥云县将启动: the year to come, wherever in the paragraph it stands
_INTENDED = re.compile(r"将(?!.{0,24}(?:纳入|作为|列入|分解))|力争|打算|计划(?!生育|外)")
# 二、2020年重点工作, the heading of what is to come
_TO_COME = re.compile(
    r"年度?.{0,6}(?:重点工作|工作重点|工作安排|工作思路|工作部署|主要任务|重点任务|目标任务|主要目标|总体要求)"
    r"[^,。;]{0,6}$"
)
_REPORTING = re.compile(
    r"^(?!.*(?:计划|要点|方案|规划|季度|半年|月)).*(?:报告|总结|汇报|情况|年报)"
)
_MONTH = re.compile(r"\s?年\s?\d{1,2}\s?月")
_LATE = 9  # from September on, a report speaks of the year it is signed in
_EARLY = 3  # until March, the day the law sets, of the year before
_NOW = "今年以来"


def read_year(
    heading: Heading | None,
    body: Sequence[Line],
    *,
    signed: date | None,
    published: date | None = None,
) -> Find[int] | None:
    """The year reported on: the title's, else the one most sentences open with.

    The year of signature or publication is only a limit, unless all the text says is 今年.

    >>> from govlaw.text.lines import read_lines
    >>> lines = read_lines("2019年,我县推进依法行政。\\n较2018年增长5%。")
    >>> read_year(None, lines, signed=date(2020, 2, 28)).value
    2019
    """
    titled = _titled_year(heading) if heading else None
    if heading and not titled and _RANGE.search(fold(heading.words)):
        return None  # 《实施意见(2016—2020年)》解读: the years are the plan's
    dated = signed or published
    is_report = heading is not None and _REPORTING.search(fold(heading.words)) is not None
    early = dated.year if is_report and dated and dated.month <= _EARLY else None
    if titled and titled.value != early:
        return titled
    voted = _voted_year(body, signed)
    if titled and voted and titled.value == voted.value + 1:
        return voted  # 2020年政府工作报告, given in January: the year it is given in
    return titled or voted or (None if early else _this_year(body, dated))


def filed_year(facts: Mapping[str, str]) -> Find[int] | None:
    """The one year that the name of a file gives, where the text gives none.

    >>> filed_year({"file": "东辽县2019年法治政府建设情况报告"}).value
    2019
    """
    name = facts.get("file", "")
    bare = _RANGE.sub("", fold(name))
    years = {found["year"] for found in _TITLE_YEAR.finditer(bare)}
    if len(years) != 1:
        return None
    return Find(int(years.pop().translate(HAN_DIGITS)), "file", UNTOLD, quote=name)


def dated_year(dated: Find[date] | None, doc_type: str = "annual_report") -> Find[int] | None:
    """The year of a report that names none: the one nearly over, or just over, when it was dated.

    Yearly reports are due by the end of March of the year after; of a day in summer, or of a
    special report in January, nothing is guessed.

    >>> dated_year(Find(date(2020, 12, 15), "signature", 0.95)).value
    2020
    >>> dated_year(Find(date(2021, 1, 15), "signature", 0.95)).value
    2020
    >>> dated_year(Find(date(2021, 6, 15), "signature", 0.95))
    """
    if dated is None or _EARLY < dated.value.month < _LATE:
        return None
    is_early = dated.value.month <= _EARLY
    if is_early and doc_type == "special_report":
        return None
    year = dated.value.year - is_early
    return Find(year, dated.source, UNTOLD, dated.span, dated.quote)


def _titled_year(heading: Heading) -> Find[int] | None:
    """The first year of a title, ranges such as 2021—2025年 left out: a plan's year comes last."""
    bare = _RANGE.sub(lambda found: " " * len(found[0]), fold(heading.words))
    found = _TITLE_YEAR.search(bare)
    return heading.part(int(found["year"].translate(HAN_DIGITS)), *found.span()) if found else None


def _voted_year(body: Sequence[Line], signed: date | None) -> Find[int] | None:
    votes: Counter[int] = Counter()
    places: dict[int, Span] = {}
    for number, line in enumerate(body):
        for year, weight, start in _year_votes(line.folded):
            if signed is None or year <= signed.year:
                votes[year] += weight + (3 if number < 3 else 0)
                start += line.span.start
                places.setdefault(year, Span(start, start + 5))
    if not votes:
        return None
    (best, most), *others = sorted(votes.items(), key=lambda pair: (-pair[1], -pair[0]))
    second = others[0][1] if others else 0
    confidence = round(0.5 + 0.4 * (most - second) / most, 2)
    return Find(best, "text", confidence, places[best])


def _this_year(body: Sequence[Line], dated: date | None) -> Find[int] | None:
    for line in body if dated else ():
        at = line.folded.find(_NOW)
        if at >= 0 and dated:
            start = line.span.start + at
            return Find(dated.year, "text", INFERRED, Span(start, start + len(_NOW)))
    return None


def _year_votes(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Each year the line speaks of as its own, with the weight and the place of the word."""
    sentence = _HAN_YEAR.sub(lambda found: found[0].translate(HAN_DIGITS), sentence)
    if "20" not in sentence:
        return
    for weight, at_start, pattern in _VOTES:
        opening = pattern.match(sentence) if at_start else None
        for found in filter(None, (opening,)) if at_start else pattern.finditer(sentence):
            before = sentence[max(0, found.start(1) - 1) : found.start(1)]
            after = sentence[found.end(1) : found.end(1) + 24]
            is_to_come = _INTENDED.search(after) or _TO_COME.match(sentence, found.end(1))
            is_limit = before in {"到", "至", "(", "自", "较", "比"} or _RANGE_END.match(after)
            if not is_limit and not is_to_come:
                # 2015年12月,中共中央印发…: a date tells less than a year
                yield int(found[1]), 1 if _MONTH.match(after) else weight, found.start(1)
