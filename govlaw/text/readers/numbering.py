"""From the numbering part of a Word file to the 一、 and (一) that Word prints and never stores."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12  # styles built upon each other; a damaged file may go round in circles
_HAN = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "ideographLegalTraditional", "japaneseLegal",
}  # fmt: skip


def han_numeral(number: int) -> str:
    """A small number as headings write it.

    >>> han_numeral(3), han_numeral(10), han_numeral(21)
    ('三', '十', '二十一')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    written = ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "")
    return written + (_HAN[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one file, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[str, str] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        self._read_styles(styles)

    def _read_styles(self, part: etree._Element | None) -> None:
        """The lists that styles bring along, their own or that of the style they build upon."""
        parents: dict[str, str] = {}
        for style in part.iter(W + "style") if part is not None else ():
            name, found = style.get(W + "styleId") or "", _num_pr(style)
            parents[name] = _value(style, "basedOn") or ""
            if found and found[0]:
                self._styles[name] = (found[0], found[1] or 0)
        for name in parents:
            above, steps = parents[name], 0
            while above in parents and above not in self._styles and steps < _DEEPEST:
                above, steps = parents[above], steps + 1
            if above in self._styles:
                self._styles.setdefault(name, self._styles[above])

    def _read_numbering(self, part: etree._Element) -> None:
        abstract = {
            node.get(W + "abstractNumId"): {
                int(level.get(W + "ilvl") or 0): _level(level) for level in node.iter(W + "lvl")
            }
            for node in part.iter(W + "abstractNum")
        }
        for num in part.iter(W + "num"):
            name = num.get(W + "numId") or ""
            self._abstract[name] = _value(num, "abstractNumId") or ""
            self._levels[name] = dict(abstract.get(self._abstract[name], {}))
            for changed in num.iter(W + "lvlOverride"):
                at = int(changed.get(W + "ilvl") or 0)
                level = self._levels[name].get(at)
                start = _value(changed, "startOverride")
                if level and start:
                    self._levels[name][at] = _Level(int(start), level.format, level.text)

    def marker(self, paragraph: etree._Element) -> str:
        """What Word prints in front of a paragraph; nothing for one without a number."""
        style = _value(paragraph.find(W + "pPr"), "pStyle") or ""
        own, styled = _num_pr(paragraph), self._styles.get(style)
        if own is None and styled is None:
            return ""
        name = (own and own[0]) or (styled and styled[0]) or ""
        at = own[1] if own and own[1] is not None else styled[1] if styled else 0
        level = self._levels.get(name, {}).get(at)
        if level is None or level.format in ("bullet", "none"):
            return ""
        return self._printed(name, at, level)

    def _printed(self, name: str, at: int, level: _Level) -> str:
        # Lists that share an abstract list go on counting, unless one of them starts anew.
        counts = self._counts[self._abstract[name]]
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]

        def write(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            shown = self._levels[name].get(other, level)
            return _written(counts.get(other, shown.start), shown.format)

        return re.sub(r"%([1-9])", write, level.text)


def _level(node: etree._Element) -> _Level:
    start = _value(node, "start") or "1"
    return _Level(
        int(start) if start.isdecimal() else 1,
        _value(node, "numFmt") or "decimal",
        _value(node, "lvlText") or "",
    )


def _written(number: int, format_: str) -> str:
    if format_ in _CHINESE:
        return han_numeral(number)
    if format_ in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(0x245F + number)
    if format_ in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if format_ == "upperLetter" else 96) + number)
    return str(number)


def _num_pr(node: etree._Element) -> tuple[str | None, int | None] | None:
    found = node.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None
    level = _value(found, "ilvl")
    return _value(found, "numId"), int(level) if level and level.isdecimal() else None


def _value(node: etree._Element | None, child: str) -> str | None:
    found = node.find(W + child) if node is not None else None
    return found.get(W + "val") if found is not None else None
