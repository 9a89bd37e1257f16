"""From the foot and the head of a page to the area whose website it is.

A site carries texts of others, too, so it says who reports only where nothing else does; but of
five 鼓楼区 it tells which. The code of a site (网站标识码) is given once and outlives the code of
its area, so it is read as the area it once meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from govlaw.text.gazetteer import PROVINCES, Area, load_areas
from govlaw.text.mentions import Mention, find_mentions

# 网站标识码:3203020001 begins with the code of the area
_SITE_CODE = re.compile(r"标识码\D{0,6}(\d{6})\d{2,4}(?!\d)")
_LICENCE = re.compile(
    r"([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵滇云藏陕甘青宁新])ICP[备证]"
)
_OWNER = re.compile(
    r"主\s?办|承\s?办|版权|地\s?址|标识码|ICP|管理单位|维护|copyright|©|all rights|powered",
    re.IGNORECASE,
)
_STRONG, _WEAK = 3, 1


def read_site(
    text: str, hidden: Iterable[Mention], facts: Mapping[str, str], year: int | None
) -> Counter[str]:
    """How much the page around a text speaks for each area, by code.

    >>> read_site("主办:某区政府 网站标识码 3203020001", [], {}, 2018).most_common(1)
    [('320302', 3)]
    """
    found: Counter[str] = Counter()
    for code in [m[1] for m in _SITE_CODE.finditer(text)] + [facts.get("site_code", "")[:6]]:
        if code:
            found.update({code: _STRONG, code[:4] + "00": _STRONG, code[:2] + "0000": _STRONG})
    for licence in _LICENCE.finditer(text):
        found[PROVINCES[licence[1]] + "0000"] += _WEAK
    owned = (m for m in hidden if _OWNER.search(_line_around(text, m)))
    _count([*find_mentions(facts.get("site", ""), year), *owned], _STRONG, found, year)
    _count(find_mentions(facts.get("source", ""), year), _WEAK, found, year)
    return found


def site_owner(site: Mapping[str, int], year: int | None) -> Area | None:
    """The area a site belongs to, under the code and name it had in the year.

    331021 of 玉环县 stays the code of the site after the county became the city 331083.
    """
    register = load_areas()
    named = [code for code, weight in site.items() if weight >= _STRONG and register.by_code(code)]
    deepest = [code for code in named if not code.endswith("00")] or [
        code for code in named if not code.endswith("0000")
    ]
    owners = {area for code in deepest if (area := _in_year(code, year))}
    return owners.pop() if len(owners) == 1 else None


def _in_year(code: str, year: int | None) -> Area | None:
    register = load_areas()
    if area := register.by_code(code, year):
        return area
    older = register.by_code(code)
    same = [
        area
        for area in register.stems.get(older.stem if older else "", ())
        if area.code[:4] == code[:4] and area.is_valid(year)
    ]
    return same[0] if len(same) == 1 else None


def _line_around(text: str, mention: Mention) -> str:
    start = text.rfind("\n", 0, mention.span.start) + 1
    end = text.find("\n", mention.span.end)
    return text[start : end if end >= 0 else len(text)][:300]


def _count(mentions: Iterable[Mention], weight: int, found: Counter[str], year: int | None) -> None:
    """Only names that one area bears: 徐州市鼓楼区 counts, 鼓楼区 does not."""
    for mention in mentions:
        if len(mention.areas) == 1:
            area = mention.areas[0]
            for one in (area, *load_areas().parents(area, year)):
                found[one.code] += weight
