"""From the names in a report to the areas they mean there.

Provinces and cities that the text names tell same-named districts apart; what stays ambiguous is
not answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from govlaw import paths
from govlaw.document import Span
from govlaw.knowledge import read_csv
from govlaw.text.alternatives import any_of
from govlaw.text.area_site import read_site
from govlaw.text.gazetteer import PROVINCES, Area, load_areas
from govlaw.text.mentions import Mention

# 我县, 全县 and 县政府; what they open with is looked for first, so that the rest costs little
_SELF = re.compile(
    r"[我本全区县市旗州盟省](?=[区县市旗州盟省人政委])(?:(?<=[我本])[区县市旗州盟省](?![场域])|(?<=全)[区县市旗州盟省](?![场域面])"
    r"|(?<=[区县市旗州盟省])(?<!治.)(?:人民政府|政府|委(?![员托派任])))"
)
_NUMBER = re.compile(r"[〔\[(【]\s?(?:19|20)\d\d\s?年?[〕\])】]\s?第?\s?\d{1,4}\s?号")
_NUMBERED = re.compile(r"[一-龥]+\Z")
_NUMBER_HEAD = re.compile(r"[政府委办发函党司法规字人监综]")
_LONGEST_HEAD = 9
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
    codes = {row["name"]: row["code"] for row in read_csv(paths.data("registers", "landmarks.csv"))}
    return _Landmarks(re.compile(rf"(?:{any_of(codes)})(?![区县市])"), codes)


def _read_numbers(text: str) -> Iterator[tuple[str, Span]]:
    """What opens each number cited, before the kind of document: 厦湖 of 厦湖府办〔2017〕73号."""
    end = 0
    for found in _NUMBER.finditer(text):
        start = max(end, found.start() - _LONGEST_HEAD)
        if words := _NUMBERED.search(text[start : found.start()]):
            end = found.end()
            yield _NUMBER_HEAD.split(words[0], 1)[0], Span(start + words.start(), end)


class Evidence(NamedTuple):
    """One reason to think so: what kind, where in the text, which name, how much it weighs."""

    kind: str
    span: Span
    name: str
    weight: float


class Context:
    """What a text speaks of: the level of its speaker (我县), its areas by how often, its site.

    Areas and site are weighed where a name is met that several areas bear, and not before.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        year: int | None,
        *,
        hidden: Sequence[Mention] = (),
        facts: Mapping[str, str] | None = None,
    ) -> None:
        self.text, self.mentions, self.year = text, mentions, year
        self._hidden, self._facts = hidden, facts or {}
        self._resolved: dict[tuple[Area, ...], Area | None] = {}
        self.own_suffix = self._find_own_suffix()

    def _find_own_suffix(self) -> str | None:
        counts: Counter[str] = Counter()
        for said, often in Counter(_SELF.findall(self.text)).items():
            counts[said[said[0] in "我本全"]] += 3 * often if said[0] in "我本" else often
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        clear = len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]
        return ranked[0][0] if clear else None

    @cached_property
    def numbers(self) -> list[tuple[str, Span]]:
        """The document numbers that the text cites."""
        return list(_read_numbers(self.text))

    @cached_property
    def site(self) -> Counter[str]:
        """The areas that the page around the text speaks for."""
        return read_site(self.text, self._hidden, self._facts, self.year)

    @cached_property
    def _named(self) -> Counter[str]:
        """How often the text speaks of an area, by code."""
        counts: Counter[str] = Counter()
        for mention in self.mentions:
            if len(mention.areas) == 1 and not mention.is_visited:
                area = mention.areas[0]
                counts[area.code] += 3 if mention.is_chained else 1
                for parent in load_areas().parents(area, self.year):
                    counts[parent.code] += 2 if mention.is_chained else 1
        for found in _landmarks().pattern.finditer(self.text):
            code = _landmarks().codes[found[0]]
            counts.update({code, code[:2] + "0000"})
        for head, _ in self.numbers:
            if len(head) == 1 and head in PROVINCES:  # 内党发〔2017〕6号
                counts[PROVINCES[head] + "0000"] += 1
        return counts

    def resolve(self, areas: tuple[Area, ...]) -> Area | None:
        """The one area meant, by what else the text names; None rather than a guess."""
        if areas not in self._resolved:
            self._resolved[areas] = self._most_fitting(areas)
        return self._resolved[areas]

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
        fit = 6.0 * (self._named[area.code] > 0)
        for parent in parents:
            fit += min(self._named[parent.code], 3) * (2 if parent.level == "prefecture" else 1)
        return fit
