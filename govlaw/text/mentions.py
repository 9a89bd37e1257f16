"""From a text to the places it names and to the bodies that speak for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from govlaw.document import Span
from govlaw.text.gazetteer import Area, load_areas

# Names that are also plain words, or that two other words make: 司法局会同县直部门, 财政和县级.
_WORDS = {
    "会同县", "政和县", "公安县", "平安县", "平安区", "新建县", "新建区", "合作市", "解放区",
    "前进区", "同心县", "兴和县", "向阳区", "和平区", "和平县", "平和县", "大同市", "新华区",
    "光明区", "复兴区", "通道县", "交口县", "东方市", "建华区",
}  # fmt: skip
# Words for a kind of district: a name only behind a city or before the name of a body.
_KINDS = {"城区", "郊区", "矿区", "东区", "西区", "新城区", "老城区"}
_NOT_BEHIND = {"市": "场级", "区": "域间别级", "县": "级", "旗": "帜舰下", "州": "级", "省": "级"}
_LEADS = re.compile(r"(?:^|[^一-龥]|中共|现将|关于|印发|报送|转发|根据|按照|年度|年)$")
# A zone of a city: 合肥高新技术产业开发区, 苏州工业园区, 兰州新区. What it is called is looked for
# first, as few texts speak of one, then what sort of zone it is, which stands before.
_ZONE = re.compile(
    r"开发区|高新区|经开区|工业园区?|产业园区?|园区|保税区|示范区|度假区|新区(?<![新高]新区)"
)
_ZONE_SORT = re.compile(
    r"(?:国家级?)?(?:(?:农业)?高新(?:技术)?(?:产业)?|经济(?:技术)?|工业|综合|保税|出口加工|循环经济"
    r"|临空经济|现代农业|旅游)?\Z"
)
_LONGEST_SORT = 11
_LEADS_ZONE = re.compile(_LEADS.pattern + "|[省区]$")
_BODY_NEXT = re.compile(r"\s?(?:人民政府|区委|委员会)")
_VISITED = re.compile(
    r"(?:赴|前往|借鉴|学习|考察|调研|毗邻|周边|邻近|对口支援|对口帮扶|走访|对标)了?《?$"
)
_ENDS_VISIT = frozenset("赴往鉴习察研邻边近援扶访标了《\n")  # $ looks past a line end


class Mention(NamedTuple):
    """A chain of names (吉林省辽源市东辽县) and the areas its last link can mean."""

    span: Span
    name: str
    areas: tuple[Area, ...]
    is_chained: bool = False
    is_visited: bool = False


def _is_name(text: str, name: str, start: int, end: int, *, follows_name: bool) -> bool:
    """Whether the characters are a name here, not pieces of two words."""
    if text[end : end + 1] and text[end] in _NOT_BEHIND.get(name[-1], ""):
        return False
    if follows_name:
        return True
    if name in _KINDS:
        before = text[start - 1] if start else "\n"
        return not "一" <= before <= "龥" and _BODY_NEXT.match(text, end) is not None
    if len(name) <= 2 or name in _WORDS:
        return _LEADS.search(text[max(0, start - 2) : start]) is not None
    return True


def has_unknown_part(text: str, mention: Mention) -> bool:
    """Whether a part that no register knows follows the name; a city's zone is none."""
    is_zone = not text.endswith(mention.name, mention.span.start, mention.span.end)
    return not is_zone and UNKNOWN_PART.match(text, mention.span.end) is not None


def areas_inside(areas: list[Area], last: Mention) -> list[Area]:
    """The areas that lie in what the link before means."""
    register = load_areas()
    return [a for a in areas if any(above in last.areas for above in register.parents(a))]


def find_mentions(text: str, year: int | None) -> list[Mention]:
    """Every mention in order; the links of a chain are one mention.

    >>> [m.name for m in find_mentions("司法局会同县直部门到吉林省辽源市东辽县", 2019)]
    ['东辽县']
    """
    register, result = load_areas(), list[Mention]()
    known: dict[str, list[Area]] = {}
    for name, start, end in register.spelled(text):
        areas = known.get(name)
        if areas is None:
            areas = known[name] = register.named(name, year)
        if not areas:
            continue
        last = result[-1] if result and start - result[-1].span.end < 2 else None
        is_chain = last is not None and not text[last.span.end : start].strip()
        inside = areas_inside(areas, last) if last and is_chain else []
        begin = last.span.start if last and inside else start
        if not _is_name(text, name, start, end, follows_name=begin < start):
            continue
        if last and begin == last.span.start:
            result.pop()
        visited = text[begin - 1 : begin] in _ENDS_VISIT and _is_visited(text, begin)
        chained = begin < start or len(name) > len(areas[0].name)
        result.append(Mention(Span(begin, end), name, tuple(inside or areas), chained, visited))
    zones = [zone for zone in _zones(text, year) if not _overlapped(zone.span, result)]
    return sorted((*result, *zones), key=lambda mention: mention.span) if zones else result


def _is_visited(text: str, begin: int) -> bool:
    """Whether somebody goes there or looks there: 赴东辽县, 借鉴《东辽县…》."""
    return _VISITED.search(text, max(0, begin - 8), begin) is not None


def _overlapped(span: Span, mentions: Sequence[Mention]) -> bool:
    at = bisect_left(mentions, span.start, key=lambda mention: mention.span.end)
    return at < len(mentions) and mentions[at].span.overlaps(span)


def _zones(text: str, year: int | None) -> Iterator[Mention]:
    """合肥高新技术产业开发区 has no code, but its city has, and the name begins with the city's.

    大连金普新区 has a name of its own between; where that is a county's, nothing is said.
    """
    stems, last = load_areas().stems, 0
    for found in _ZONE.finditer(text):
        since, last = max(last, found.start() - _LONGEST_SORT), found.end()
        sort = _ZONE_SORT.search(text, since, found.start())
        begin = sort.start() if sort else found.start()
        for own, size in product((0, 2, 3), (4, 3, 2)):
            end = begin - own
            start = end - size
            areas = stems.get(text[start:end]) if start >= 0 else None
            if not areas or not _LEADS_ZONE.search(text[max(0, start - 2) : start]):
                continue
            area = _city_of([area for area in areas if area.is_valid(year)])
            if area and not (own and text[end:begin] in stems):
                yield Mention(Span(start, end), area.name, (area,))
                break


def _city_of(areas: Sequence[Area]) -> Area | None:
    """Of areas with one stem the one that zones are named for: the city before the county."""
    for level in ("prefecture", "province", "county"):
        named = [area for area in areas if area.level == level]
        if level == "province":
            named = [area for area in named if area.name.endswith("市")]
        if named:
            return named[0] if len(named) == 1 else None
    return None


_STOP = r"(?=关于|\s|\d|法治|依法|印发|工作|年度|的|$|[,，。、:;《(「])"
_BODY = re.compile(
    r"[ 　]{0,2}(?:"
    r"(?P<commission>[区县市旗州盟]?委?(?:全面)?依法治[省市州区县旗盟](?:委员会)?(?:办公室|办)?)"
    r"|(?P<township>(?!各|所辖|城乡|乡镇|镇乡)[一-龥]{1,6}?"
    r"(?:街道办事处|街道(?:党工委)?|(?:民族)?[镇乡](?:人民政府|党委)?|苏木(?:人民政府)?)"
    rf"{_STOP})"
    r"|(?P<department>(?:(?:人民)?政府法制(?:办公室|办|局)"
    r"|(?![区县市旗州]?(?:人民政府|政府|委))(?:(?!关于|[印转]发|贯彻|落实|推进|开展|法治)[一-龥]){1,14}?"
    r"(?:局|厅|管理委员会|委员会|办公室|法制办|管委会|开发区|高新区|新区|园区|示范区|中心|[大支]队|法院|检察院|[改健建]委)"
    rf"{_STOP}))"
    r"|[区县市旗州盟]?(?P<government>(?:人民)?政府(?:办公[室厅])?(?!网|门户)|行政?公署)"
    r"|[区县市旗州盟]?(?P<party>委(?:员会)?(?:办公室)?(?![员托派任]))"
    r")"
)
SITE = re.compile(r"\s?(?:人民)?(?:政府)?(?:门户网站?|网站|政务网|信息网|网(?=[\s_|>-]|$))")
# 青岛市即墨区 in a year without 即墨区: the name in front is not the issuer.
UNKNOWN_PART = re.compile(
    r"(?!各|所辖|市辖|司法|法治|[区县市旗州盟]?(?:委|人民政府|政府))[一-龥]{1,6}?[区县市旗](?=人民政府|政府|委|法治|依法|关于|\s?\d{4})"
)
# 公示 | 虎门镇…, 【公开】虎门镇…: the name of a series of texts
_SERIES = r"(?:[一-龥]{2,8}\s?[|丨]\s?|[【\[][^】\]\n]{1,12}[】\]]\s?)?"
BARE_TOWNSHIP = re.compile(
    rf"{_SERIES}(?:\d{{4}}年度?)?(?!关于)"
    r"(?P<body>[一-龥]{1,6}?(?:街道(?:办事处|(?=20\d\d|关于|法治|依法))"
    r"|(?:[镇乡]|苏木)(?:人民政府|党委|(?=20\d\d|关于))))"
)
BARE_DEPARTMENT = re.compile(
    rf"{_SERIES}(?:\d{{4}}年度?)?(?!关于|中共|[区县市旗州盟省]?委员会)"
    r"(?P<body>[省市州区县旗]?[一-龥]{0,10}?"
    r"(?:局|厅|法制办|办公室|[改健建]委|委员会|管委会|[支大总]队|中心|开发区|高新区|经开区|园区|(?<![一-龥])新区))(?=\s?(?:关于|\d{4}))"
)
GOVERNING = ("government", "party", "commission")


class Body(NamedTuple):
    """A body that speaks for an area: its kind and its name."""

    kind: str
    name: str


def body_behind(text: str, mention: Mention, limit: int) -> Body | None:
    """The body named right behind the area, up to ``limit``."""
    match = _BODY.match(text, mention.span.end, limit)
    if match is None or match.lastgroup is None:
        return None
    name = match.group(match.lastgroup).strip()
    if match.lastgroup == "party":
        name = name.replace("委员会", "委").replace("委", "委员会", 1)
    if text[max(0, mention.span.start - 2) : mention.span.start] == "中共":
        return Body(match.lastgroup, "中共" + name)
    return Body(match.lastgroup, name)


def mentions_within(mentions: Iterable[Mention], span: Span | None) -> list[Mention]:
    """The mentions that lie inside a span."""
    if span is None:
        return []
    return [m for m in mentions if span.start <= m.span.start and m.span.end <= span.end]
