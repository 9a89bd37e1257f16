"""From ``data/registers/areas.csv`` to the areas of China by code, by name and by year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govlaw import knowledge, paths

_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|矿区|新区|[省市区县旗州盟])$")
_PEOPLES = re.compile(
    r"(?:(?:各|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山"
    r"|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒"
    r"|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|多)族|蒙古|哈萨克"
    r"|柯尔克孜|维吾尔|鄂温克|鄂伦春|达斡尔|锡伯|塔吉克)+(?=自治|$)"
)
PROVINCES = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "内": "15", "辽": "21", "吉": "22",
    "黑": "23", "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37",
    "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51",
    "黔": "52", "贵": "52", "滇": "53", "云": "53", "藏": "54", "陕": "61", "甘": "62", "青": "63",
    "宁": "64", "新": "65",
}  # fmt: skip
_REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆")


@cache
def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return _PEOPLES.sub("", stem) or stem


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A province, prefecture or county under one code and one name, with its years (inclusive).

    The register holds each once, so two are the same only if they are one.
    """

    code: str
    name: str
    level: str
    parent_code: str
    start_year: int | None
    end_year: int | None

    def is_valid(self, year: int | None) -> bool:
        """Whether the code bore the name in the year; any year will do when none is known."""
        if year is None:
            return True
        return (self.start_year or 0) <= year and year <= (self.end_year or 9999)

    @property
    def stem(self) -> str:
        """The name as headlines shorten it: 东辽 for 东辽县, 伊通 for 伊通满族自治县."""
        return _stem(self.name)

    def succeeds(self, other: Area) -> bool:
        """The same place under a newer code: 三元区 350403 until 2021, 350404 since then."""
        same = self.name == other.name and self.code[:2] == other.code[:2]
        return same and other.end_year is not None and (self.start_year or 0) >= other.end_year


class Lineage(NamedTuple):
    """The names from the province down; what does not apply is None."""

    province: str | None
    city: str | None
    county: str | None

    @property
    def full_name(self) -> str:
        """吉林省辽源市东辽县, but 北京市朝阳区: a municipality is named once."""
        return "".join(dict.fromkeys(name for name in self if name))


class Areas:
    """The register, looked up by code and by name in a year."""

    def __init__(self, rows: Iterable[Area]) -> None:
        self.rows = tuple(rows)
        self._codes: dict[str, list[Area]] = defaultdict(list)
        self._names: dict[str, list[Area]] = defaultdict(list)
        self.stems: dict[str, list[Area]] = defaultdict(list)
        for area in self.rows:
            self._codes[area.code].append(area)
        for area in self.rows:
            self.stems[area.stem].append(area)
            for name in {area.name, *self._other_names(area)}:
                self._names[name].append(area)
        self._above: dict[tuple[str, int | None], tuple[Area, ...]] = {}
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            self._lengths[name[-2:]].add(len(name))
        self._end = _ends_of(self._lengths)

    def _other_names(self, area: Area) -> Iterator[str]:
        if "自治" in area.name and area.stem != area.name:
            if area.level == "province":
                yield from (name for name in _REGIONS if area.name.startswith(name))
            elif len(area.stem) > 1:
                yield area.stem + area.name[-1]  # 秀山县, 延边州
        parent = self.by_code(area.parent_code)
        if parent:
            # 南京鼓楼区; 乐山市中区 is 乐山 + 市中区, not 乐山市 + 中区; 信阳新县 is not 阳新县.
            yield parent.stem + area.name

    def named(self, name: str, year: int | None = None) -> list[Area]:
        """Every area of that name in the year.

        >>> [area.code for area in load_areas().named("闸北区", 2014)]
        ['310108']
        """
        return [area for area in self._names.get(name, ()) if area.is_valid(year)]

    def by_code(self, code: str, year: int | None = None) -> Area | None:
        """The area of a code in the year, the latest one when no year is known."""
        rows = [area for area in self._codes.get(code, ()) if area.is_valid(year)]
        return rows[-1] if rows else None

    def parents(self, area: Area, year: int | None = None) -> tuple[Area, ...]:
        """The areas above, nearest first."""
        key = (area.parent_code, year)
        if key not in self._above:
            above = self.by_code(area.parent_code, year) or self.by_code(area.parent_code)
            self._above[key] = (above, *self.parents(above, year)) if above else ()
        return self._above[key]

    def lineage(self, code: str, year: int | None = None) -> Lineage:
        """Province, city and county of a code.

        >>> load_areas().lineage("220422", 2019).full_name
        '吉林省辽源市东辽县'
        >>> load_areas().lineage("429004", 2019)
        Lineage(province='湖北省', city=None, county='仙桃市')
        """
        area = self.by_code(code, year) or self.by_code(code)
        if area is None:
            return Lineage(None, None, None)
        names = {one.level: one.name for one in (area, *self.parents(area, year))}
        province, city = names.get("province"), names.get("prefecture")
        if province and province.endswith("市"):
            city = province
        return Lineage(province, city, names.get("county"))

    def spelled(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Every place where a name of the register is spelled out, longest name first.

        Looked for from its last two characters, as few words end like a name: an automaton of
        7,000 names is so large that a single text waits for it more than it works.
        """
        found: list[tuple[int, int, str]] = []
        for match in self._end.finditer(text):
            end = match.end()
            for length in self._lengths.get(text[end - 2 : end], ()):
                if length <= end and (name := text[end - length : end]) in self._names:
                    found.append((end - length, -end, name))
        last = 0
        for start, below, name in sorted(found):
            if start >= last:
                last = -below
                yield name, start, last


def _ends_of(tails: Iterable[str]) -> re.Pattern[str]:
    """The last character of a name behind one that stands there in some name: 辽县, never 全县."""
    before: dict[str, set[str]] = defaultdict(set)
    for tail in tails:
        before[tail[1]].add(tail[0])
    return re.compile(
        "|".join(f"{last}(?<=[{''.join(sorted(chars))}].)" for last, chars in before.items())
    )


@cache
def load_areas() -> Areas:
    """The register under ``data/registers/areas.csv``, read once."""

    def year(cell: str) -> int | None:
        return int(cell) if cell else None

    rows = knowledge.read_csv(paths.data("registers", "areas.csv"))
    return Areas(
        Area(
            row["code"], row["name"], row["level"], row["parent_code"],
            year(row["start_year"]), year(row["end_year"]),
        )
        for row in rows
    )  # fmt: skip
