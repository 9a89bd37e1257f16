"""From a sentence to the numerals in it that belong to a name, a date or a place in a row.

Most such numerals need no rule here, because no measure word follows them (十九大, 国道213线,
〔2018〕101号). What is left falls into a few kinds: quoted and book-marked names, entries of
``data/words/number_names.csv``, ordinals in a row (第一、二、三批), sessions (十三届三次全会),
recipes with a plus sign (1名民警+2名辅警) and service circles (15分钟便民服务圈).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from govlaw import paths
from govlaw.knowledge import read_csv

NAME, QUOTED = 1, 2
_FIRST_YEAR = 1000  # 2017年 is a year, whatever stands around it

_NUM = "0-9零〇一二两三四五六七八九十百千"
_TITLE = re.compile(r"《[^《》]{0,120}+》?")
_QUOTE = re.compile(r"“[^“”]{1,80}+”|\"[^\"]{1,60}+\"|‘[^‘’]{1,60}+’|「[^「」]{1,60}+」")
_OPENS_QUOTE = re.compile(r"[“\"‘「]")
# “70%的问题自行化解”工作法: what is called a method, a model, a campaign is a name.
_NAMED_KIND = re.compile(
    r"[\"”’」](?:的)?(?:[\u4e00-\u9fff]{0,4}?)"
    r"(?:模式|机制|工作法|行动|活动|工程|制度|体系|平台|格局|做法|服务|改革|方式|清单)"
)
_ORDINALS = re.compile(rf"第 ?[{_NUM}]{{1,8}}(?:[条款项批期届]?[、至到~-]第?[{_NUM}]{{1,8}})*+")
_SESSION = re.compile(
    rf"[{_NUM}]{{1,4}}届[^,，、]{{0,14}}?[{_NUM}]{{1,3}}[次中](?:全体)?(?:会议|全会)"
)
_PLENUM = re.compile(rf"[{_NUM}]{{1,3}}次(?:全会|党代会|代表大会)")
_RECIPE = re.compile(rf"[{_NUM}]{{1,4}}[^,，、+]{{0,8}}\+[^,，、+]{{0,8}}")
_CIRCLE = re.compile(rf"[{_NUM}半.]{{1,5}} ?(?:个?小时|分钟|刻钟|公里|千米|米)[^,，、]{{0,10}}圈")
# A pattern is only tried where its tell-tale sign occurs at all.
_SIGNS = (
    ("《", _TITLE),
    ("第", _ORDINALS),
    ("届", _SESSION),
    ("次", _PLENUM),
    ("+", _RECIPE),
    ("圈", _CIRCLE),
)
_SHORT_QUOTE = 10
_LIMIT = re.compile(r"不(?:少于|低于|超过|得)|至少|以[上下内]")  # “每年不少于两次”的要求


@cache
def _lexicon() -> AhoCorasick:
    rows = read_csv(paths.data("words", "number_names.csv"))
    words = [row["name"] for row in rows if row["kind"] != "hotline"]
    # Asked of one sentence at a time: the faster build of the two takes its ten milliseconds once.
    return AhoCorasick(
        words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )


@cache
def hotlines() -> frozenset[str]:
    """Numbers one dials: they stand without a measure word and still count nothing."""
    rows = read_csv(paths.data("words", "number_names.csv"))
    return frozenset(row["name"] for row in rows if row["kind"] == "hotline")


def marks(sentence: str) -> bytearray:
    """For every character of a folded sentence: 0, or NAME, or QUOTED (clear figures count).

    >>> sentence = "推行三项制度,新增调解室三间"
    >>> [sentence[i] for i, mark in enumerate(marks(sentence)) if mark]
    ['三', '项', '制', '度']
    """
    found = bytearray(len(sentence))
    for start, end, mark in _quotes(sentence):
        found[start:end] = bytes([mark]) * (end - start)
    for sign, pattern in _SIGNS:
        if sign in sentence:
            for match in pattern.finditer(sentence):
                found[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for _, start, end in _lexicon().find_matches_as_indexes(sentence):
        if not _cuts_a_number(sentence, start, end):
            found[start:end] = b"\1" * (end - start)
    return found


def _quotes(sentence: str) -> list[tuple[int, int, int]]:
    if not _OPENS_QUOTE.search(sentence):
        return []
    spans = []
    for match in _QUOTE.finditer(sentence):
        start, end = match.span()
        named = _NAMED_KIND.match(sentence, end - 1) is not None
        short = end - start - 2 < _SHORT_QUOTE and not _LIMIT.search(match.group())
        spans.append((start, end, NAME if named or short else QUOTED))
    return spans


def _cuts_a_number(sentence: str, start: int, end: int) -> bool:
    """110 inside 1101 is no emergency number."""
    before, last = sentence[start - 1 : start], sentence[end - 1]
    if sentence[start].isdigit() and before.isdigit():
        return True
    return last.isdigit() and sentence[end : end + 1].isdigit()


# What the characters around a numeral and its measure word say; all within one sentence.
_POINTS_BACK = re.compile(
    r"(?:[这那该此首某]|上述|(?<![之以年月日此目底末初])前|(?<![线网路以])上|(?<![以之])下)$"
)
_PERIOD_AHEAD = re.compile(
    r"(?:[前后上头这每]|最近|过去|今后|未来|(?<![历用耗]时)(?<![达短缩少前期])近)$"
)
_PERIOD_BEHIND = re.compile(
    r" ?(?:[度底初末间]|以?来|[前中](?!期)|[期制]|行动|攻坚|规划|计划|提升"
    r"|[0-9]{1,2}月|一[次遍轮届])"
)
_SPENT = re.compile(r" ?[多余]?的?时[间长]")
_DEADLINE = re.compile(r" ?(?:[之以]?内|以[上下]|期限|时限|法定|左右|不等|$|[,，、)])")
_LEVELS_CUT = re.compile(r"(?:由|从|压缩|减少?|精简|扁平|合并|调整)(?:[到至为成])?$")
_HELD = re.compile(r"(?:举办|连续|开展|召开|承办)了?$")
_POINTS_MADE = re.compile(r" ?(?:意见|建议|要求|希望|措施|做法|共识|体会)")
_SHORTENED = re.compile(r"(?:[到至为由从短缩少减]|为期|用时|仅需|只需|利用|提前)$")
_ADDRESS = re.compile(r"[0-9]{1,4}(?:单元|室|号|层|楼)")
_TURNED = re.compile(r"翻了?$")
_ONE_AT_END = frozenset("件起宗例名人家部期场份座处所辆台套篇幅")
_NOT_ONE = frozenset("同统唯之第每任哪另逐单专合划归进万不其又再在首各某这那此一")
_YEARLY = re.compile(r"(?:每年|每季度|每半年|每月|每周|全年|年内)[^,，、]{0,8}$")
_SECOND = frozenset("名人件起例宗家")  # 二名 is old style for two; 二期, 二级, 二组 are ordinals
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])[0-9]$")
_POINTERS = frozenset("这那该此首某述前上下")
_CODE_BEHIND = frozenset("+×*·•・")
CLAUSE_ENDS = frozenset(",，、()] ") | {""}
_LABEL = re.compile(
    r"(?:附[件表]|[表图号第栋路道线版型字条款章楼年月日至]|电话|热线|平台|拨打|邮编|编[号码]|代码)$"
)


class Seen(NamedTuple):
    """A numeral with its measure word, as it stands in a folded sentence."""

    sentence: str
    start: int
    tail: int
    core: str
    unit: str
    kind: str
    value: float
    bounded: bool

    @property
    def ahead(self) -> str:
        """The few characters before the numeral."""
        return self.sentence[max(0, self.start - 14) : self.start]

    @property
    def in_words(self) -> bool:
        """Whether the numeral is written 三, not 3."""
        return not self.core[0].isdigit()


def is_name(seen: Seen) -> bool:
    """Whether the words around a numeral say that it counts nothing.

    >>> is_name(Seen("近三年来", 1, 3, "三", "年", "duration", 3, False))
    True
    """
    ahead = seen.ahead
    last = ahead[-1:]
    if seen.sentence[seen.tail : seen.tail + 1] in _CODE_BEHIND or _is_code(ahead, last):
        return True
    if last in _POINTERS and _POINTS_BACK.search(ahead) and not (last == "上" and seen.bounded):
        return True
    if seen.unit in _CALENDAR and _is_period(seen, ahead):
        return True
    rule = _RULES.get(seen.unit)
    if rule is not None and rule(seen, ahead):
        return True
    return _in_words(seen, ahead) if seen.in_words else _in_digits(seen)


def _is_code(ahead: str, last: str) -> bool:
    """G213, 1.2.3, 6·26 and 1+2 go on to the left."""
    if last == ".":
        return ahead[-2:-1].isdigit()
    return last != "" and (last in _CODE_BEHIND or (last.isascii() and last.isalpha()))


_CALENDAR = frozenset(("年", "月", "周", "天", "日", "星期", "季度", "年度", "小时"))


def _is_period(seen: Seen, ahead: str) -> bool:
    """近三年, 每两年, 五年来, 三年行动, 2020年: when, not how long."""
    if _SPENT.match(seen.sentence, seen.tail):
        return False  # 利用近两周的时间
    behind = _PERIOD_BEHIND.match(seen.sentence, seen.tail)
    if _PERIOD_AHEAD.search(ahead):
        return True
    return behind is not None and (seen.unit == "年" or "来" in behind.group())


def _is_year(seen: Seen, ahead: str) -> bool:
    return seen.value >= _FIRST_YEAR or _YEAR.search(seen.core) is not None


def _no_deadline(seen: Seen, ahead: str) -> bool:
    """5日 is a date, 5日内 is a limit, and no month has 60日."""
    if seen.value > 31:
        return False
    if ahead.endswith(("月", "至", "到", "-", "~", "、")):
        return True
    return _DEADLINE.match(seen.sentence, seen.tail) is None


def _no_score(seen: Seen, ahead: str) -> bool:
    return ahead.endswith(("时", "点", ":", "刻")) or seen.sentence.startswith("之", seen.tail)


def _since(seen: Seen, ahead: str) -> bool:
    """自2020起 is no count of cases, nor is 自5月15起."""
    dated = _YEAR.match(seen.core) is not None or ahead[-1:] == "月"
    return dated and ("自" in ahead or "从" in ahead)


def _address(seen: Seen, ahead: str) -> bool:
    """3栋2单元 is an address, 3栋12户 is not."""
    return _ADDRESS.match(seen.sentence, seen.tail) is not None


_RULES: dict[str, Callable[[Seen, str], bool]] = {
    "栋": _address,
    "幢": _address,
    "座": _address,
    "年": _is_year,
    "日": _no_deadline,
    "分": _no_score,
    "起": _since,
    "级": lambda seen, ahead: _LEVELS_CUT.search(ahead) is None,
    "届": lambda seen, ahead: _HELD.search(ahead) is None,
    "点": lambda seen, ahead: _POINTS_MADE.match(seen.sentence, seen.tail) is None,
}


def _in_digits(seen: Seen) -> bool:
    """2020镇政府 names a year and a body; 12镇 are twelve towns."""
    return seen.unit in _PLACES and _YEAR.match(seen.core) is not None


_PLACES = frozenset(("村", "镇", "乡", "乡镇", "街道", "社区", "部门", "单位", "省"))


def _in_words(seen: Seen, ahead: str) -> bool:
    if seen.core[0] in "百千万亿" and not seen.bounded:
        return True  # 百名干部进课堂: round words name a campaign
    if seen.core == "二":
        return seen.unit not in _SECOND
    return seen.core == "一" and not _one_counts(seen, ahead)


def _one_counts(seen: Seen, ahead: str) -> bool:
    if seen.bounded or seen.unit == "倍" or (seen.unit == "番" and _TURNED.search(ahead)):
        return True
    if seen.kind == "duration":
        return _SHORTENED.search(ahead) is not None
    if seen.sentence[seen.tail : seen.tail + 1] not in CLAUSE_ENDS or not ahead:
        return False
    if seen.unit == "次":
        return _YEARLY.search(ahead) is not None
    return seen.unit in _ONE_AT_END and ahead[-1] not in _NOT_ONE and ahead[-1] >= "\u4e00"


def is_label(sentence: str, start: int, end: int, core: str) -> bool:
    """Whether a number without a measure word is a label: 附件12, 热线12345, G213, 2020.

    >>> is_label("拨打12348,", 2, 7, "12348"), is_label("调解纠纷500,", 4, 7, "500")
    (True, False)
    """
    ahead = sentence[max(0, start - 4) : start]
    if sentence[end : end + 1] not in CLAUSE_ENDS or not "\u4e00" <= ahead[-1:] <= "\u9fff":
        return True
    if _LABEL.search(ahead) or core in hotlines() or _YEAR.match(core):
        return True
    return len(core) < 2 or len(core) > 6
