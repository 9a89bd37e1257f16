"""From the names in a report to the areas they mean there.

Provinces and cities that the text names tell same-named districts apart; what stays ambiguous is
not answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.document import Span
from govlaw.knowledge import read_csv
from govlaw.text.gazetteer import Area, load_areas
from govlaw.text.mentions import Mention

_SELF = re.compile(
    r"(?P<own>[我本](?P<a>[区县市旗州盟省])(?![场域]))|全(?P<b>[区县市旗州盟省])(?![场域面])"
    r"|(?<!治)(?P<c>[区县市旗州盟省])(?:人民政府|政府|委(?![员托派任]))"
)
NUMBER = re.compile(r"([一-龥]{1,9})[〔\[(【]\s?(?:19|20)\d\d\s?年?[〕\])】]\s?第?\s?\d{1,4}\s?号")
NUMBER_HEAD = re.compile(r"[政府委办发函党司法规字人监综]")
PROVINCES = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "内": "15", "辽": "21", "吉": "22",
    "黑": "23", "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37",
    "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51",
    "黔": "52", "贵": "52", "滇": "53", "云": "53", "藏": "54", "陕": "61", "甘": "62", "青": "63",
    "宁": "64", "新": "65",
}  # fmt: skip


# A weight per find and the most a kind can give; names alone give nothing.
WEIGHTS = {
    "title": (10.0, 10.0),
    "signature": (8.0, 8.0),
    "publisher": (6.0, 6.0),
    "addressee_of_part": (4.0, 4.0),
    "own_document": (2.0, 6.0),
    "doc_number": (2.0, 2.0),
    "organ": (1.0, 4.0),
    "self_reference": (2.0, 2.0),
    "first_sentence": (1.5, 1.5),
    "short_name": (2.0, 2.0),
    "addressee": (1.0, 1.0),
    "higher_law": (0.5, 1.0),
    "named": (0.5, 2.0),
    "site": (3.0, 3.0),
}


class _Landmarks(NamedTuple):
    pattern: re.Pattern[str]
    codes: dict[str, str]


@cache
def _landmarks() -> _Landmarks:
    """榕城 and 三坊七巷 are in 福州: what a text says of its city without naming it."""
    rows = read_csv(paths.data("registers", "landmarks.csv"))
    names = "|".join(sorted((row["name"] for row in rows), key=len, reverse=True))
    return _Landmarks(re.compile(rf"(?:{names})(?![区县市])"), {r["name"]: r["code"] for r in rows})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to think so: what kind, where in the text, which name, how much it weighs."""

    kind: str
    span: Span
    name: str
    weight: float


@dataclass(slots=True)
class Context:
    """What a text speaks of: its areas by how often, and the level of the speaker (我县)."""

    text: str
    mentions: Sequence[Mention]
    year: int | None
    own_suffix: str | None = None
    context: Counter[str] = field(default_factory=Counter)
    site: Mapping[str, int] = field(default_factory=dict)
    resolved: dict[tuple[Area, ...], Area | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own_suffix = self._find_own_suffix()
        self._weigh_context()

    def _find_own_suffix(self) -> str | None:
        counts: Counter[str] = Counter()
        for match in _SELF.finditer(self.text):
            counts[match["a"] or match["b"] or match["c"]] += 3 if match["own"] else 1
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        clear = len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]
        return ranked[0][0] if clear else None

    def _weigh_context(self) -> None:
        for mention in self.mentions:
            if len(mention.areas) == 1 and not mention.is_visited:
                area = mention.areas[0]
                self.context[area.code] += 3 if mention.is_chained else 1
                for parent in load_areas().parents(area, self.year):
                    self.context[parent.code] += 2 if mention.is_chained else 1
        for found in _landmarks().pattern.finditer(self.text):
            code = _landmarks().codes[found[0]]
            self.context.update({code, code[:2] + "0000"})
        for match in NUMBER.finditer(self.text):
            head = NUMBER_HEAD.split(match[1])[0]
            if len(head) == 1 and head in PROVINCES:  # 内党发〔2017〕6号
                self.context[PROVINCES[head] + "0000"] += 1

    def resolve(self, areas: tuple[Area, ...]) -> Area | None:
        """The one area meant, by what else the text names; None rather than a guess."""
        if areas not in self.resolved:
            self.resolved[areas] = self._most_fitting(areas)
        return self.resolved[areas]

    def _most_fitting(self, areas: tuple[Area, ...]) -> Area | None:
        best = self.likely(areas)
        return best[0] if len(best) == 1 else None

    def likely(self, areas: tuple[Area, ...]) -> list[Area]:
        """The areas that the text's own context fits best; of equals the latest, or the site's."""
        fits = {area: self._fit(area) for area in areas}
        best = [area for area in areas if fits[area] == max(fits.values())]
        best = [a for a in best if not any(other.succeeds(a) for other in best)]
        if len(best) > 1 and self.site:
            fits = {area: self._site_fit(area) for area in best}
            best = [area for area in best if fits[area] == max(fits.values())]
        return best

    def _site_fit(self, area: Area) -> float:
        """What the website tells: the city it belongs to, more than the province."""
        parents = load_areas().parents(area, self.year)
        return sum(self.site.get(one.code, 0) for one in (area, *parents))

    def _fit(self, area: Area) -> float:
        parents = load_areas().parents(area, self.year)
        fit = 6.0 * (self.context[area.code] > 0)
        for parent in parents:
            fit += min(self.context[parent.code], 3) * (2 if parent.level == "prefecture" else 1)
        return fit
