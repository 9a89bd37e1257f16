"""From a text and the page around it to the body that reports: issuer, level and area.

The text is asked first, then the head of the page, then what is weaker: names that recur, the owner
of the site, a name that several areas bear, and at last the name of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from govlaw.document import Mark, Span
from govlaw.text.areas import AreaReading, Weighing, read_area, read_unresolved, weigh_areas
from govlaw.text.finds import INFERRED, UNTOLD, Find, tag_of
from govlaw.text.folding import fold
from govlaw.text.mentions import Body

# Which evidence of an area stands where; the rest stands in the text.
_AREA_SOURCES = {
    "title": "title", "short_name": "title", "signature": "signature", "publisher": "header",
}  # fmt: skip


def read_issuer(
    folded: str,
    facts: Mapping[str, str],
    title: Span | None,
    marks: tuple[Mark, ...],
    year: int | None,
) -> dict[str, Find[Any]]:
    """Issuer, area and level: what the text says, what the page names as its source, whose names
    recur or whose site it is; of the weaker evidence the first that tells."""
    signature = [mark.span for mark in marks if mark.kind == "signature"]
    weighing = weigh_areas(
        folded,
        title=title,
        signature=signature[-2] if len(signature) > 1 else None,
        hidden=[mark.span for mark in marks if mark.kind != "signature"],
        facts=facts,
        year=year,
    )
    headline = facts.get("title", "") if title is None else ""
    part = weighing.finds.part
    return (
        _weighed(weighing.take())
        or _as_part(_tagged_issuer(facts, ("source",), headline, year), part)
        or _weighed(weighing.take_weaker())
        or _as_part(_tagged_issuer(facts, ("source", "site"), headline, year), part)
        or _unresolved(folded, title, signature, weighing)
        or _filed_issuer(facts, year)
    )


def _as_part(found: dict[str, Find[Any]], part: Body | None) -> dict[str, Find[Any]]:
    """A department or town that the title names, of the area that the page's head gives."""
    if part is None or "level" not in found:
        return found
    return {**found, "level": replace(found["level"], value=part.kind)}


def _weighed(area: AreaReading | None) -> dict[str, Find[Any]]:
    if area is None:
        return {}
    first = area.evidence[0]
    if first.kind == "site":  # the foot of the page, which is no part of the report
        return _area_finds(area, source="meta", quote=f"site: {first.name}")
    source = _AREA_SOURCES.get(first.kind, "text")
    return _area_finds(area, source=source, span=first.span)


def _tagged_issuer(
    facts: Mapping[str, str], names: Sequence[str], headline: str, year: int | None
) -> dict[str, Find[Any]]:
    """The issuer that the head of the page names: in its title, as its source or its site."""
    named = [name for name in names if name in facts]
    said = "\n".join((headline, *(f"来源:{facts[name]}" for name in named)))
    span = Span(0, len(headline)) if headline else None
    weighing = weigh_areas(fold(said), title=span, signature=None, facts=facts, year=year)
    tags = ["title", *named] if headline else named
    quote = "; ".join(tag_of(facts, name) for name in tags)
    area = weighing.take()
    return _area_finds(area, source="meta", quote=quote) if area else {}


def _unresolved(
    folded: str, title: Span | None, signature: Sequence[Span], weighing: Weighing
) -> dict[str, Find[Any]]:
    """A name that several areas bear is told, with its level; which one it is stays open."""
    year, context = weighing.year, weighing.finds.context
    for place, source in ((title, "title"), (signature[0] if signature else None, "signature")):
        if found := read_unresolved(folded, place, year, context):
            values = {"level": found.level, found.level: found.name, **found.shared(year)}
            return {
                field: Find(value, source, INFERRED, found.span)
                for field, value in values.items()
                if field in ("level", "province", "city", "county")
            }
    return {}


def _filed_issuer(facts: Mapping[str, str], year: int | None) -> dict[str, Find[Any]]:
    """The place that the name of the file gives, the weakest evidence of all."""
    name = facts.get("file", "")
    area = read_area(name, title=Span(0, len(name)), signature=None, year=year) if name else None
    if area is None:
        return {}
    return {
        field: replace(find, confidence=UNTOLD)
        for field, find in _area_finds(area, source="file", quote=name).items()
        if field != "issuer"
    }


def _area_finds(
    area: AreaReading, *, source: str, span: Span | None = None, quote: str | None = None
) -> dict[str, Find[Any]]:
    values = {"issuer": area.issuer, "ref_area": area.area.code, "level": area.level}
    return {
        field: Find(value, source, area.confidence, span, quote)
        for field, value in values.items()
        if value
    }
