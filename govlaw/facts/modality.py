"""From a quantity in its sentence to whether it was achieved, goes on, is planned or is ruled.

A plan's numbers are promises unless their clause says 已 or 了.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from govlaw.facts.times import Time

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
# Without one of these words a sentence is not asked at all; most have none of any kind.
_TELLING = {
    "base": ("由", "从", "自"),
    "limit": _LIMITS,
    "rule": (
        "应", "须", "不得", "法定", "规定", "要求", "法律", "条例", "办法", "下达的",
        "省定", "市定", "国定",
    ),
    "intent": (
        "力争", "争取", "拟", "预计", "打算", "下一步", "今后", "目标", "确保", "计划", "将",
    ),
    "ongoing": ("正在", "进中", "行中", "理中", "在建", "在办"),
}  # fmt: skip
_KINDS = [kind for kind, words in _TELLING.items() for _ in words]


class Stated(NamedTuple):
    """Where a number is stated: in a folded sentence, and in its clause.

    The clause begins at ``opens``; ``said`` is what it says before the number, ``told`` which kinds
    of telling words the sentence has.
    """

    sentence: str
    start: int
    end: int
    opens: int
    said: str
    clause: str
    told: set[str]


@cache
def _words() -> AhoCorasick:
    return AhoCorasick([word for words in _TELLING.values() for word in words])


def telling(sentence: str) -> set[str]:
    """The kinds of words in a folded sentence that can make a number more than a thing done.

    >>> sorted(telling("办理时限由21天缩短至1天,下一步将继续压缩"))
    ['base', 'intent', 'limit']
    """
    found = _words().find_matches_as_indexes(sentence, overlapping=True)
    return {_KINDS[number] for number, _, _ in found}


def ends_of_clauses(sentence: str) -> list[int]:
    """Where the clauses of a folded sentence end."""
    return [match.start() for match in _CLAUSE.finditer(sentence)]


def modality_of(
    stated: Stated, modifier: str, time: Time | None, year: int | None, *, plan: bool
) -> str:
    """What became of a number that is no base: done, ongoing, planned, required or past_year."""
    if time and year is not None and time.last_year < year:
        return "past_year"
    future = time is not None and year is not None and time.year > year
    if not future and _is_rule(stated, modifier, plan=plan):
        return "required"
    promised = "intent" in stated.told and _is_promised(stated)
    if plan:
        return "done" if not promised and _PAST.search(stated.clause) else "planned"
    if future or promised:
        return "planned"
    ongoing = "ongoing" in stated.told and _ONGOING.search(stated.clause)
    return "ongoing" if ongoing else "done"


def _is_rule(stated: Stated, modifier: str, *, plan: bool) -> bool:
    """每年不少于40学时 sets a limit; a plan's own 不少于10场 is a promise."""
    if "limit" in stated.told and modifier.startswith(_LIMITS) and not _REACHED.search(stated.said):
        return not plan or _STEADY.search(stated.said) is not None
    if plan or "rule" not in stated.told:
        return False
    return _RULE.search(stated.said) is not None or _is_quota(stated)


def _is_quota(stated: Stated) -> bool:
    """超额完成市级下达的18万平方米任务: what a higher body asked for, not what was done."""
    behind = len(stated.said) + stated.end - stated.start
    return _QUOTA_AHEAD.search(stated.said) is not None and (
        _QUOTA_BEHIND.match(stated.clause, behind) is not None
    )


def _is_promised(stated: Stated) -> bool:
    """Whether a word of intent governs the number and nothing done stands in between."""
    sentence, start, end, *_ = stated
    window = sentence[max(0, start - 120) : start].rpartition(";")[2]
    last = max(_FUTURE.finditer(window), key=re.Match.end, default=None)
    if last is None or _PAST.search(window, last.end()):
        return False
    rest = window[last.end() :] + sentence[start : end + 20]
    clause = _CLAUSE.split(rest, maxsplit=1)[0]
    return not (last.group().startswith("将") and _OBJECT.search(clause))


def is_base(stated: Stated) -> bool:
    """由21天缩短至1天: the 21 days are what it was before."""
    return "base" in stated.told and (
        _BASE_AHEAD.search(stated.sentence[max(0, stated.start - 8) : stated.start]) is not None
        and _BASE_BEHIND.match(stated.sentence, stated.end) is not None
    )
