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


class _Opening(NamedTuple):
    """The measure words that begin with one character, and how long they can be, longest first."""

    lengths: tuple[int, ...]
    words: dict[str, tuple[str, str]]


@cache
def _units() -> dict[str, _Opening]:
    """Measure words with kind and script, by their first character."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in read_csv(paths.data("words", "units.csv")):
        words = found.setdefault(row["unit"][0], {})
        words.setdefault(row["unit"], (row["kind"], row["script"]))
    return {
        first: _Opening(tuple(sorted({*map(len, words)}, reverse=True)), words)
        for first, words in found.items()
    }


def first_letters() -> frozenset[str]:
    """What a measure word can begin with."""
    return frozenset(_units())


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
    if in_digits and sentence[at : at + 1] == " ":
        at += 1
    name, kind, script = _longest(sentence, at)
    if kind == "none" or (script != "any" and not (in_digits and script == "digits")):
        return None
    if name == "个":
        return _after_ge(sentence, at + 1)
    end = at + len(name)
    if sentence[end : end + 1] in ("(", "/"):
        return _bracketed(sentence, name, kind, end)
    return Unit(name, kind, end)


def _longest(sentence: str, at: int) -> tuple[str, str, str]:
    """The word, its kind and script; of kind none where there is no word."""
    opening = _units().get(sentence[at : at + 1])
    if opening is not None:
        for length in opening.lengths:
            word = sentence[at : at + length]
            found = opening.words.get(word)
            if found is not None:
                return word, *found
    return "", "none", ""


def _after_ge(sentence: str, at: int) -> Unit:
    """个工作日 is 工作日 and 个月 is 月, but 个村 stays 个: a noun is no measure word."""
    blurred = at + (sentence[at : at + 1] in ("多", "余", "半"))
    name, kind, script = _longest(sentence, blurred)
    timed = kind in ("duration", "change") or name.endswith("次")
    if not timed or (len(name) < 2 and script != "个") or script == "digits":
        return Unit("个", "count", at)
    return Unit(name, kind, blurred + len(name))


def _bracketed(sentence: str, name: str, kind: str, end: int) -> Unit:
    """场(次) and 件/次 are 场次 and 件次; the alternative in 件(起) is dropped."""
    match = _ALTERNATIVE.match(sentence, end)
    if match is None:
        return Unit(name, kind, end)
    both = name + (match[1] or match[2])
    if both in _units()[name[0]].words:
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
