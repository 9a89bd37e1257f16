"""From the sentences of a document to what each stands under: headings and opening lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from govlaw.document import Section, Span
from govlaw.facts.body import Body

_LONGEST = 30  # letters a line may have that opens a paragraph and names what it is about
# What an item begins with; 二是 opens the next item of 一是, and stands below (一).
_ITEM = re.compile(
    r"\s{0,8}(?:([(（])[一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}([、是])"
    r"|[0-9]{1,2}([.、．]))"
)
_COUNTS = re.compile(r"[0-9]++(?!年)")
_IN_A_ROW = ("problems", "causes", "plan")


def find_titles(sections: Iterable[Section], folded: str) -> dict[int, Span]:
    """Where the heading of each section stands; looked for next to its marker only."""
    titles = {}
    for section in sections:
        start, end = section.span
        size = len(section.heading)
        at = folded.find(section.heading, start, min(end, start + size + 40)) if size else -1
        if at >= 0:
            titles[section.number] = Span(at, at + size)
    return titles


def find_chains(sections: Iterable[Section], titles: Mapping[int, Span]) -> dict[int, list[int]]:
    """For every section the sections whose headings stand above its text, nearest first."""
    chains: dict[int, list[int]] = {}
    above: list[Section] = []
    for section in sections:
        while above and above[-1].span.end < section.span.end:
            above.pop()
        above = [one for one in above if one.level < section.level]
        above.append(section)
        chains[section.number] = [one.number for one in reversed(above) if one.number in titles]
    return chains


def find_openings(body: Body) -> dict[int, int]:
    """For the place in the body of every sentence under an opening: the place of the opening."""
    openings: dict[int, int] = {}
    opening: int | None = None
    paragraph, mark = None, ""
    for place, one in enumerate(body.sentences):
        if one.paragraph != paragraph:
            paragraph = one.paragraph
            text = one.span.of(body.folded)
            is_opening = _opens(text.strip(), one.role)
            opening, mark = (place, _mark(text)) if is_opening else (None, "")
        elif opening is not None:
            if mark and _mark(one.span.of(body.folded)) == mark:
                opening = None
            else:
                openings[place] = opening
    return openings


def _opens(text: str, role: str) -> bool:
    """Whether the first sentence of a paragraph names what the paragraph is about.

    It is short and counts nothing: 人民调解组织排查纠纷2430起 is a report. Where shortcomings
    and plans are told in a row, 复议场所不足。法治督察还没有形成常态, only an item has a name.
    """
    if len(text) > _LONGEST:
        return False
    item = _ITEM.match(text)
    counts = _COUNTS.search(text, item.end() if item else 0)
    return not counts and bool(item or role not in _IN_A_ROW)


def _mark(text: str) -> str:
    """The mark an item begins with: 是 of 一是, ( of (一), 、 of 二、; empty without one."""
    found = _ITEM.match(text)
    return found[found.lastindex or 0] if found else ""
