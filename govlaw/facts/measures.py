"""From the words around a numeral to its measure word and to what blurs or bounds it.

The words live in ``data/words/units.csv`` and ``data/words/modifiers.csv``; the longest one wins.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.knowledge import read_csv

_ALTERNATIVE = re.compile(r"\(([\u4e00-\u9fff]{1,2})\)|/([\u4e00-\u9fff]{1,2})")
_MANY = re.compile(r"多[次个家名种项样起部]")  # 3年多次获奖


class Unit(NamedTuple):
    """A measure word found after a numeral; ``end`` is where it stops."""

    name: str
    kind: str
    end: int


@cache
def _units() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Measure words by first character, the longest first."""
    by_first: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_csv(paths.data("words", "units.csv")):
        entry = (row["unit"], row["kind"], row["script"])
        by_first.setdefault(row["unit"][0], []).append(entry)
    return {first: tuple(sorted(rows, key=_length)) for first, rows in by_first.items()}


def first_letters() -> frozenset[str]:
    """What a measure word can begin with."""
    return frozenset(_units())


def _length(row: tuple[str, str, str]) -> int:
    return -len(row[0])


class Modifier(NamedTuple):
    """What a word does to a number, and after which characters it is part of another word."""

    bound: str
    not_after: tuple[str, ...]


@cache
def modifiers(place: str) -> dict[str, Modifier]:
    """The modifiers of one place: before, inside or after the numeral."""
    rows = read_csv(paths.data("words", "modifiers.csv"))
    return {
        row["modifier"]: Modifier(row["bound"], tuple(row["not_after"] or ""))
        for row in rows
        if row["place"] == place
    }


@cache
def _edges(place: str) -> frozenset[str]:
    """The characters next to a number that can belong to a modifier: one look settles most."""
    return frozenset(word[-1 if place == "before" else 0] for word in modifiers(place))


def unit_at(sentence: str, at: int, *, in_digits: bool) -> Unit | None:
    """The longest measure word at a place of a folded sentence.

    >>> unit_at("接种50.74万剂次", 8, in_digits=True)
    Unit(name='剂次', kind='count', end=10)
    """
    at += in_digits and sentence[at : at + 1] == " "
    row = _longest(sentence, at, ("any", "digits") if in_digits else ("any",))
    if row is None or row[1] == "none":
        return None
    name, kind, _ = row
    if name == "个":
        return _after_ge(sentence, at + 1)
    end = at + len(name)
    if sentence[end : end + 1] in ("(", "/"):
        return _bracketed(sentence, name, kind, end)
    return Unit(name, kind, end)


def _longest(sentence: str, at: int, scripts: tuple[str, ...]) -> tuple[str, str, str] | None:
    for row in _units().get(sentence[at : at + 1], ()):
        if sentence.startswith(row[0], at):
            return row if row[2] in scripts else None
    return None


def _after_ge(sentence: str, at: int) -> Unit:
    """个工作日 is 工作日 and 个月 is 月, but 个村 stays 个: a noun is no measure word."""
    blurred = at + (sentence[at : at + 1] in ("多", "余", "半"))
    row = _longest(sentence, blurred, ("any", "个"))
    if row is None or not (row[1] in ("duration", "change") or row[0].endswith("次")):
        return Unit("个", "count", at)
    if len(row[0]) < 2 and row[2] != "个":
        return Unit("个", "count", at)
    return Unit(row[0], row[1], blurred + len(row[0]))


def _bracketed(sentence: str, name: str, kind: str, end: int) -> Unit:
    """场(次) and 件/次 are 场次 and 件次; the alternative in 件(起) is dropped."""
    match = _ALTERNATIVE.match(sentence, end)
    if match is None:
        return Unit(name, kind, end)
    both = name + (match[1] or match[2])
    if any(row[0] == both for row in _units()[name[0]]):
        return Unit(both, kind, match.end())
    return Unit(name, kind, match.end() if match[0][0] == "(" else end)


def modifier_ahead(sentence: str, start: int) -> tuple[int, str]:
    """The words that bound a number from the front, read backwards: 不少于, 超过了, 近."""
    table = modifiers("before")
    stop = start - (sentence[start - 1 : start] in ("了", " "))
    if sentence[stop - 1 : stop] not in _edges("before"):
        return start, ""
    for length in range(min(5, stop), 0, -1):
        row = table.get(word := sentence[stop - length : stop])
        if row is None or sentence[stop - length - 1 : stop - length] in row.not_after:
            continue
        if word != "上" or sentence[start] in "百千万亿":
            return stop - length, word
    return start, ""


def modifier_behind(sentence: str, unit: Unit) -> tuple[int, str]:
    """What bounds a number from behind: 以上, 左右; 内, 多 only after a time or a change."""
    end = unit.end
    if sentence[end : end + 1] not in _edges("after"):
        return end, ""
    for length in (2, 1):
        word = sentence[end : end + length]
        if word not in modifiers("after"):
            continue
        if length > 1 or (unit.kind in ("duration", "change") and not _MANY.match(sentence, end)):
            return end + length, word
    return end, ""
