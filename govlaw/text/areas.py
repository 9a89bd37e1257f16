"""From place names in a report to the area whose government speaks in it.

The evidence (``area_finds``) is weighed; an area that does not stand out is not answered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govlaw.document import Span
from govlaw.text.area_context import WEIGHTS, Context, Evidence
from govlaw.text.area_finds import AreaFinds
from govlaw.text.folding import fold
from govlaw.text.gazetteer import Area, load_areas
from govlaw.text.mentions import Mention, find_mentions

_FIRM = ("title", "signature", "addressee_of_part")
_ENOUGH, _MARGIN = 2.5, 1.0


@dataclass(frozen=True, slots=True)
class AreaReading:
    """Whose report it is. ``level``: province, city, county, township or department."""

    area: Area
    issuer: str | None
    evidence: tuple[Evidence, ...]
    confidence: float
    level: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """The finds of one text on the table, and the level its speaker has."""

    finds: AreaFinds
    year: int | None
    own_suffix: str | None

    def _score(self, area: Area) -> float:
        """The finds, each kind up to its cap; a level that is not the speaker's fades."""
        sums: dict[str, float] = defaultdict(float)
        for evidence in self.finds.of[area]:
            sums[evidence.kind] += evidence.weight
        fades = self.own_suffix is not None and area.name[-1] != self.own_suffix
        score = 0.0
        for kind, total in sums.items():
            share = 0.25 if fades and kind not in _FIRM else 1.0
            score += share * min(total, WEIGHTS[kind][1])
        return score

    def _is_firm(self, area: Area) -> bool:
        return any(evidence.kind in _FIRM for evidence in self.finds.of[area])

    def _ranked(self) -> list[tuple[float, Area]]:
        """The areas by score; a city makes room for the county that speaks nearly as loud."""
        ranked = [(self._score(area), area) for area in self.finds.of]
        ranked.sort(key=lambda pair: (-pair[0], pair[1].code))
        top, area = ranked[0]
        for at, (score, other) in enumerate(ranked[1:], 1):
            below = area in load_areas().parents(other, self.year)
            # 阆中市 quotes 《南充市…》 as often as its own rules; 南充市 seldom quotes 《阆中市…》.
            if below and score >= 0.6 * top and not self._is_firm(area):
                return [ranked[at], *ranked[:at], *ranked[at + 1 :]]
        return ranked

    def take(self) -> AreaReading | None:
        """The area that stands out; None where none does."""
        if not self.finds.of:
            return None
        (top, area), *others = self._ranked()
        parents = load_areas().parents(area, self.year)
        rival = max((score for score, other in others if other not in parents), default=0.0)
        support = [evidence for one in parents for evidence in self.finds.above.get(one, ())]
        if top + bool(support) < _ENOUGH or top - rival < _MARGIN:
            return None
        confidence = round(top / (top + rival) * min(1.0, 0.4 + top / 20), 2)
        kinds = list(WEIGHTS)
        found = sorted(self.finds.of[area] + support, key=lambda e: (kinds.index(e.kind), e.span))
        issuer, level = self._issuer(area)
        return AreaReading(area, issuer, tuple(found), confidence, level)

    def take_weaker(self) -> AreaReading | None:
        """By names that recur (盘州 in the headline, 盘州市 below), or by the site around them."""
        steps = [self.finds.read_names, self.finds.read_site]
        for step in reversed(steps) if self.finds.part else steps:
            step()
            if found := self.take():
                return found
        return None

    def _issuer(self, area: Area) -> tuple[str, str]:
        """The body with its full prefix, or the area alone when the text names no body."""
        full = load_areas().lineage(area.code, self.year).full_name
        level = "city" if area.level == "prefecture" else area.level
        body = self.finds.part
        for source in ("title", "signature", "publisher"):
            found = self.finds.bodies.get(source)
            if body is None and found is not None and found[0] == area:
                body = found[1]
        if body is None:
            return full, level
        if body.kind in ("township", "department"):
            level = body.kind
        name = body.name.removeprefix("中共")
        if name.startswith(area.name[-1]) and body is self.finds.part:
            name = name[1:]  # 区司法局 of 湖里区
        party = "中共" if body.name.startswith("中共") or body.kind == "party" else ""
        return party + full + name, level


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """A name that several areas bear and nothing tells apart: 鼓楼区, of which city is not said."""

    name: str
    level: str
    span: Span
    areas: tuple[Area, ...]

    def shared(self, year: int | None) -> dict[str, str]:
        """The province and the city that all areas it can mean lie in: three 桥西区, one 河北省."""
        lines = [load_areas().lineage(area.code, year)._asdict() for area in self.areas]
        above = [level for level in ("province", "city") if level != self.level]
        return {
            level: name
            for level in above
            if (name := lines[0][level]) and all(line[level] == name for line in lines)
        }


def weigh_areas(
    folded: str,
    *,
    title: Span | None,
    signature: Span | None,
    hidden: Sequence[Span] = (),
    facts: Mapping[str, str] | None = None,
    year: int | None,
) -> Weighing:
    """The evidence of a text, folded.

    ``hidden`` are spans of page furniture: names in them count only on a publisher line, or to tell
    areas of one name apart, as do the ``facts`` that the head of a page states of its site.
    """
    everything = find_mentions(folded, year)
    shown, around = _parted(everything, hidden)
    context = Context(folded, shown, year, hidden=around, facts=facts)
    finds = AreaFinds(folded, title, signature, context)
    finds.read(everything)
    return Weighing(finds, year, context.own_suffix)


def read_area(
    text: str,
    *,
    title: Span | None,
    signature: Span | None,
    hidden: Sequence[Span] = (),
    year: int | None,
) -> AreaReading | None:
    """Whose report the text is, with the evidence; None where it does not say.

    >>> text = "东辽县人民政府关于2019年度法治政府建设情况的报告\\n辽源市人民政府:\\n2019年,我县…"
    >>> reading = read_area(text, title=Span(0, 25), signature=None, year=2019)
    >>> reading.area.code, reading.issuer, reading.level
    ('220422', '吉林省辽源市东辽县人民政府', 'county')
    """
    weighing = weigh_areas(fold(text), title=title, signature=signature, hidden=hidden, year=year)
    return weighing.take() or weighing.take_weaker()


def read_unresolved(
    text: str, place: Span | None, year: int | None, context: Context | None = None
) -> UnresolvedName | None:
    """The area named first in a title or signature, where the name is all that is known of it.

    >>> read_unresolved("鼓楼区人民政府2020年法治政府建设情况报告", Span(0, 22), 2020).name
    '鼓楼区'
    """
    for mention in find_mentions(fold(text[place.start : place.end]), year) if place else ():
        levels = {"city" if area.level == "prefecture" else area.level for area in mention.areas}
        if place and len(mention.areas) > 1 and len(levels) == 1:
            start = place.start + mention.span.start
            areas = context.likely(mention.areas) if context else mention.areas
            return UnresolvedName(
                mention.name, levels.pop(), Span(start, start + len(mention.name)), tuple(areas)
            )
        return None
    return None


def _parted(
    mentions: Sequence[Mention], hidden: Sequence[Span]
) -> tuple[list[Mention], list[Mention]]:
    """The mentions that no hidden stretch touches, and the others."""
    spans = sorted(hidden)
    ends = [span.end for span in spans]
    parts: tuple[list[Mention], list[Mention]] = ([], [])
    for mention in mentions:
        at = bisect_left(ends, mention.span.start + 1)
        parts[at < len(spans) and spans[at].overlaps(mention.span)].append(mention)
    return parts
