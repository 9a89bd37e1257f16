"""From a quantity in its sentence to when it holds and whether it was achieved, planned or ruled.

The nearest time expression to the left governs a number (2020年度1071个 in a report on 2021);
one that only serves a comparison (较2020年增长12%) does not, unless the number hangs on it
(较2020年的12件). A plan's numbers are promises unless their clause says 已 or 了.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from typing import NamedTuple

from govlaw.facts import names, numerals
from govlaw.facts.quantities import Quantity
from govlaw.text.folding import fold

_NUM = "[零〇一二两三四五六七八九十0-9]"
_YEAR = "(?:(?<![0-9])(?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})"
# Each of the longer patterns first looks whether a place can open it at all: that is twice as fast.
_WHEN = re.compile(
    r"(?=[0-9零〇一二两三四五六七八九十上下近过最去前明次来今本全年])(?:"
    rf"(?P<first>{_YEAR})年?[-~至到](?P<last>{_YEAR})年"
    rf"|(?P<year>{_YEAR})年度?(?P<detail>[上下]半年|第?[一二三四1-4]季度"
    r"|[0-9]{1,2}月?份?[-~至到][0-9]{1,2}月|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[年]?[底末])?(?P<since>以来|起)?"
    rf"|(?P<half>[上下]半年)|(?<![0-9年]){_NUM}{{1,2}}月?[-~至到](?P<months>[0-9]{{1,2}})月"
    r"|(?<![0-9年个])(?P<month>1[0-2]|[1-9])月(?!起)(?P<day>[0-9]{1,2}日)?"
    rf"|(?:近|过去|最近)(?P<span>{_NUM}{{1,2}})年(?!前)|(?P<past>{_NUM}{{1,2}})年来"
    r"|(?P<before>去年|上年|上一年|前一年)|(?P<next>明年|下一?年度?|次年|来年)"
    r"|(?P<now>今年|本年|全年|年内|年初以来|年底))"
)
_AS_OF = re.compile(r"截[至止]到?$")
_COMPARED = re.compile(r"[较比与同由从]$")
# 对2015年底以前的文件进行清理,共清理67件: when the files were made, not when they were cleaned
_MADE_BEFORE = re.compile(r"[底末]?(?:及?以前|之前|前(?=的|制[定发]|出台|印发|下发|发布))")
_CARRIED = re.compile(r"度?结[转存]|度?遗留")  # 上年结转12件 is on this year's desk
_HANGS_ON = re.compile(r"度?(?:同期)?的?(?:总数)?(?:约|近)?第?")
_CLAUSE = re.compile(r"[,，;:。!?]")

_LIMITS = ("不少于", "不低于", "不超过", "不得", "不高于", "不多于", "不小于", "至", "最少", "起码")
_RULE = re.compile(
    r"(?=[应必须不法明规要条办])(?:(?:应当|应(?=[在于按不至每达有])|必须|须(?!知)|不得"
    r"|(?<![较比])法定(?:办[理结])?[时期]限(?:为|是|的)?|明确规定|规定的?[时期]限(?:为|是|的)?"
    r"|(?<![照据关项的作政])要求(?![的,，]))[^,，;]{0,24}$|(?:法律|条例|办法|规定)(?:的|为|,)?$)"
)
_QUOTA_AHEAD = re.compile(r"(?:下达的|(?<![确一固稳])[省市国]定|上级要求)[^,，;]{0,14}$")
_QUOTA_BEHIND = re.compile(r"[^,，;]{0,6}(?:目标|指标|任务)")
_FUTURE = re.compile(
    r"(?=[力争拟预打下今目确计将])(?:力争|争取(?!到|了|[上中]|资金|项目|各|专)"
    r"|拟(?![定制订稿]|[一-龥]{1,4}(?:的|文件|合同|协议|方案|议题|决定|决策|事项|政策|材料|规范))|预计|打算|下一步|今后|目标[是为]"
    r"|确保[^,，;]{0,20}(?:达|控制在|不低于|不少于)"
    r"|(?<![法作度动普训习查施总规合])计划(?:再|开展|组织|举办|投入|新|完成|实施|培训|建|于|在|到|用|增|对"
    r"|选|安排|检查|出台|制定|推|年内|20)"
    r"|将(?:继续|进一步|开展|组织|实施|推[进动]|完成|举办|新|建|加[大强快]|达|于|在|按|以(?!上)|从|通过"
    r"|全面|着力|重点|持续|深入|严格|不断|对(?!口)|适时|投入|出台|制定|力争|确保|聚焦|围绕|突出|紧|再|根据|结合"
    r"|陆续|启动|用|利用|培训|选派|配[齐备]|打造|增|逐步|分))"
)
# 将33项任务分解下达: 将 marks an object when its verb comes at the end of the clause.
_OBJECT = re.compile(
    r"纳入|列[入为]|作为|分解|移[送交]|下放|划转|整合|[缩精][短减简][至到为]|调整[为至]"
    r"|报送|提请|抄送"
)
_PAST = re.compile(r"已|[^除为]了|目前|以来|截至")
_STEADY = re.compile(r"每半?[年月季]|期限|时限|要求|规定")
_REACHED = re.compile(r"人均|平均|累计")  # 人均学时不少于40学时 reports, 每年不少于40学时 rules
_ONGOING = re.compile(r"正在|推进中|进行中|[办审]理中|在建|在办")
_BASE_AHEAD = re.compile(r"[由从自](?:(?:原来|过去|原先|此前|之前|原|最初|改革前|原有|平均)的?)?$")
_BASE_BEHIND = re.compile(
    r"[^,，;]{0,8}?(?:[缩压下提上增扩精优调变降减升][短缩减降高升加长大简化整成低少]?)[至到为成]"
)
_LOOK_BACK = 8  # time expressions; a yardstick is never that far from what it measures
_PLANS = frozenset(("plan", "scheme"))


class _Time(NamedTuple):
    """A time expression: where it ends, the period it names, its first year, whether it serves as a
    yardstick (较2020年) and whether it reaches no further than its clause (去年)."""

    start: int
    end: int
    period: str
    year: int
    compared: bool
    near: bool


def date_quantities(
    found: list[Quantity],
    sentence: str,
    *,
    year: int | None,
    role: str = "body",
    doc_type: str = "annual_report",
) -> list[Quantity]:
    """The quantities of a sentence with modality and time_period.

    >>> from govlaw.facts.quantities import quantities
    >>> sentence = "受理案件12件,较2020年的9件增加3件"
    >>> dated = date_quantities(quantities(sentence), sentence, year=2021)
    >>> [(q.text, q.modality, q.time_period) for q in dated]
    [('12件', 'done', '2021'), ('9件', 'past_year', '2020'), ('3件', 'done', '2021')]
    """
    if not found:
        return []
    folded = fold(sentence)
    times = _times(folded, year)
    cuts = [match.start() for match in _CLAUSE.finditer(folded)]
    plan = role == "plan" or doc_type in _PLANS
    return [_dated(quantity, folded, times, cuts, year=year, plan=plan) for quantity in found]


def _dated(
    quantity: Quantity,
    sentence: str,
    times: Sequence[_Time],
    cuts: list[int],
    *,
    year: int | None,
    plan: bool,
) -> Quantity:
    number = bisect_right(cuts, quantity.start)
    opens = cuts[number - 1] + 1 if number else 0
    closes = cuts[number] if number < len(cuts) else len(sentence)
    time = _governing(quantity, sentence, times, opens)
    based = _is_base(quantity, sentence)
    said = sentence[max(opens, quantity.start - 80) : quantity.start]
    clause = said + sentence[quantity.start : min(closes, quantity.end + 40)]
    modality = _modality(quantity, sentence, said, clause, time, year=year, plan=plan, based=based)
    period = time.period if time else None if based or year is None else str(year)
    return quantity._replace(modality=modality, time_period=period)


def _modality(
    quantity: Quantity,
    sentence: str,
    said: str,
    clause: str,
    time: _Time | None,
    *,
    year: int | None,
    plan: bool,
    based: bool,
) -> str:
    if based or (time and year is not None and _last_year(time) < year):
        return "past_year"
    future = time is not None and year is not None and time.year > year
    if not future and _is_rule(quantity, said, clause, plan=plan):
        return "required"
    if plan:
        return "done" if _PAST.search(clause) and not _promised(sentence, quantity) else "planned"
    if future or _promised(sentence, quantity):
        return "planned"
    return "ongoing" if _ONGOING.search(clause) else "done"


def _is_quota(quantity: Quantity, said: str, clause: str) -> bool:
    """超额完成市级下达的18万平方米任务: what a higher body asked for, not what was done."""
    return _QUOTA_AHEAD.search(said) is not None and (
        _QUOTA_BEHIND.match(clause, len(said) + quantity.end - quantity.start) is not None
    )


def _is_rule(quantity: Quantity, said: str, clause: str, *, plan: bool) -> bool:
    """每年不少于40学时 sets a limit; a plan's own 不少于10场 is a promise."""
    if quantity.modifier.startswith(_LIMITS) and not _REACHED.search(said):
        return not plan or _STEADY.search(said) is not None
    return not plan and (_RULE.search(said) is not None or _is_quota(quantity, said, clause))


def _last_year(time: _Time) -> int:
    return int(time.period.rpartition("/")[2][:4])


def _promised(sentence: str, quantity: Quantity) -> bool:
    """Whether a word of intent governs the number and nothing done stands in between."""
    window = sentence[max(0, quantity.start - 120) : quantity.start].rpartition(";")[2]
    last = max(_FUTURE.finditer(window), key=re.Match.end, default=None)
    if last is None or _PAST.search(window, last.end()):
        return False
    rest = window[last.end() :] + sentence[quantity.start : quantity.end + 20]
    clause = _CLAUSE.split(rest, maxsplit=1)[0]
    return not (last.group().startswith("将") and _OBJECT.search(clause))


def _is_base(quantity: Quantity, sentence: str) -> bool:
    """由21天缩短至1天: the 21 days are what it was before."""
    ahead = sentence[max(0, quantity.start - 8) : quantity.start]
    return (
        _BASE_AHEAD.search(ahead) is not None
        and _BASE_BEHIND.match(sentence, quantity.end) is not None
    )


def _governing(
    quantity: Quantity, sentence: str, times: Sequence[_Time], opens: int
) -> _Time | None:
    """The nearest time expression to the left that is more than a yardstick."""
    before = bisect_right(times, quantity.start, key=lambda time: time.end)
    for time in reversed(times[max(0, before - _LOOK_BACK) : before]):
        if time.near and (time.end < opens or _CARRIED.match(sentence, time.end)):
            continue
        if not time.compared or _HANGS_ON.fullmatch(sentence, time.end, quantity.start):
            return time
    return None


def _times(sentence: str, year: int | None) -> list[_Time]:
    found: list[_Time] = []
    marks: bytearray | None = None
    for match in _WHEN.finditer(sentence):
        marks = names.marks(sentence) if marks is None else marks
        if marks[match.start()] == names.NAME and match["half"] is None:
            continue
        current = found[-1].year if found and match["month"] else year
        period = _period(match, current, as_of=_is_as_of(sentence, match))
        first = int(period[:4]) if period else 0
        past = year is not None and first <= year
        if period and not (past and _MADE_BEFORE.match(sentence, match.end())):
            compared = _COMPARED.search(sentence[max(0, match.start() - 2) : match.start()])
            near = match["before"] is not None
            found.append(_Time(*match.span(), period, first, compared is not None, near))
    return found


def _is_as_of(sentence: str, match: re.Match[str]) -> bool:
    return _AS_OF.search(sentence[max(0, match.start() - 3) : match.start()]) is not None


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
        return _within(year, match.group(), as_of, None, year)
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
