"""From a sentence and its quantities to a skeleton, and to the field every number stands in.

A skeleton is the sentence as its reader hears it: one mark for each number, one border between
clauses, no quotation marks, no spaces, titles shortened to 《》. Every place leads back to the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govlaw.facts.grammar import BORDER, MARK
from govlaw.text.folding import fold

_BORDERS = frozenset(",，;:。!?…\n\t")
_SILENT = frozenset(" \u3000\u200b“”‘’\"'「」『』*#\r")
_OPEN, _CLOSE = "([【〔（", ")]】〕）"
# 村(社区) is one word, (其中乡镇13个) and (含上年结转的) are clauses of their own.
_ASIDE = re.compile(r"^(?:其中|含|包括|包含|如|即|详见|不含|以下简称)")
_LONG_ASIDE = 8

#: What joins two members of a list; 参与, 涉及, 和解 and their like are words.
JOINT = r"(?:、|以及|(?<![共饱温缓])和(?![解谐平睦])|(?<!参)与(?!会|其)|(?<![涉普以])及(?![时格早])|或者?|暨)"
_JOINT = re.compile(JOINT)
_ONLY_JOINTS = re.compile(rf"(?:{JOINT}|[/+])*")
_RESPECTIVELY = re.compile(r"(?:数量?|件数|总数)?(?:分别)?(?:为|是|达到?|有|共|各?计|的)?$")
# A field of nothing but these says nothing of its own: 共计120场次 asks the clause before it.
_EMPTY = re.compile(
    r"(?:共有?|共计|累计|总计|合计|计|总共|其中|分别|均|都|已|已经|全部|达到?|有|为|是|约|近|超过?|"
    r"截至[^,]{0,10}|目前|今年以来|全年|上半年|年内|本年度?|当年|[0-9]{4}年度?|以来|"
    r"总数|总量|数量|件数|人数|次数|了|的|各|、|和|与|及|全县|全区|全市|我县|我区|我市)*"
)


class Stretch(NamedTuple):
    """A half-open stretch of a skeleton."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether the stretch holds all of another one."""
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the words that speak of it, the nearest first."""

    at: int
    left: Stretch
    right: Stretch
    far: tuple[Stretch, ...]
    clause: Stretch
    is_member: bool = False

    @property
    def near(self) -> tuple[Stretch, Stretch]:
        """The stretches in which a word speaks of this number and of no other."""
        return self.left, self.right


@dataclass(slots=True)
class Skeleton:
    """A sentence with its numbers as marks; ``starts`` and ``ends`` lead back to the sentence."""

    text: str
    starts: list[int]
    ends: list[int]
    quantities: dict[int, Any]
    clauses: list[Stretch] = field(default_factory=list)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the sentence that a stretch of the skeleton stands for."""
        return min(self.starts[start:end]), max(self.ends[start:end])


class _Writer:
    """Writes a skeleton character by character."""

    def __init__(self, sentence: str, quantities: Sequence[Any]) -> None:
        self.sentence, self.folded = sentence, fold(sentence)
        self.by_start = {quantity.start: quantity for quantity in quantities}
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.found: dict[int, Any] = {}

    def put(self, char: str, start: int, end: int) -> None:
        if char == BORDER and (not self.chars or self.chars[-1] == BORDER):
            return
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def write(self, start: int, end: int) -> None:
        """Write a stretch; asides wait until the clause they interrupt is over."""
        asides: list[tuple[int, int]] = []
        at = start
        while at < end:
            at = self.step(at, end, asides)
        self.flush(asides, end)

    def step(self, at: int, end: int, asides: list[tuple[int, int]]) -> int:
        char = self.folded[at]
        quantity = self.by_start.get(at)
        if quantity is not None and quantity.end <= end:
            self.found[len(self.chars)] = quantity
            self.put(MARK, at, quantity.end)
            return int(quantity.end)
        if char in _BORDERS:
            self.flush(asides, at)
            self.put(BORDER, at, at + 1)
        elif char == "《":
            return self.title(at, end)
        elif char in _OPEN:
            return self.bracket(at, end, asides)
        elif char not in _SILENT and char not in _CLOSE:
            self.put(char, at, at + 1)
        return at + 1

    def title(self, at: int, end: int) -> int:
        closing = self.folded.find("》", at, end)
        if closing < 0:
            return at + 1
        self.put("《", at, at + 1)
        self.put("》", closing, closing + 1)
        return closing + 1

    def bracket(self, at: int, end: int, asides: list[tuple[int, int]]) -> int:
        closing = self.folded.find(_CLOSE[_OPEN.index(self.folded[at])], at, min(end, at + 200))
        if closing < 0:
            return at + 1
        inside = self.folded[at + 1 : closing]
        counted = any(place in self.by_start for place in range(at, closing))
        if counted or len(inside) > _LONG_ASIDE or _ASIDE.match(inside):
            asides.append((at + 1, closing))
            return closing + 1
        return at + 1

    def flush(self, asides: list[tuple[int, int]], at: int) -> None:
        for start, end in asides:
            self.put(BORDER, start - 1, start)
            self.write(start, end)
        if asides:
            self.put(BORDER, at - 1, at)
        asides.clear()


def skeleton(sentence: str, quantities: Sequence[Any]) -> Skeleton:
    """The sentence with its numbers as marks and its clauses found.

    >>> from types import SimpleNamespace as Found
    >>> bare = skeleton("办理“多证合一”企业238户。", [Found(start=11, end=15)])
    >>> bare.text.replace(MARK, "N").replace(BORDER, "|")
    '办理多证合一企业N|'
    """
    writer = _Writer(sentence, quantities)
    writer.write(0, len(sentence))
    made = Skeleton("".join(writer.chars), writer.starts, writer.ends, writer.found)
    start = 0
    for part in made.text.split(BORDER):
        if part:
            made.clauses.append(Stretch(start, start + len(part)))
        start += len(part) + 1
    return made


def places(bare: Skeleton) -> list[Place]:
    """Where each number stands, in text order."""
    found: list[Place] = []
    for number, clause in enumerate(bare.clauses):
        marks = [at for at in bare.quantities if clause.start <= at < clause.end]
        runs = _runs(bare.text, marks)
        for index, run in enumerate(runs):
            begin = runs[index - 1][-1] + 1 if index else clause.start
            until = runs[index + 1][0] if index + 1 < len(runs) else clause.end
            left = _left_of(bare.text, begin, run[0], first=index == 0)
            right = _right_of(bare.text, run[-1] + 1, until, last=index + 1 == len(runs))
            far = Stretch(clause.start, left.start)
            members = _members(bare, number, left, len(run))
            for at, member in zip(run, members, strict=True):
                found.append(_place(bare, number, at, member, left, right, far))
    return found


def _runs(text: str, marks: list[int]) -> list[list[int]]:
    """Numbers with nothing but 、 or 和 between them belong together: 分别为12件、10件."""
    runs: list[list[int]] = []
    for at in marks:
        if runs and _ONLY_JOINTS.fullmatch(text, runs[-1][-1] + 1, at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _split_between(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words between two numbers change sides: 48件建议和|85件提案, 建议48件|、提案85件."""
    joints = [match for match in _JOINT.finditer(text, start, end) if match.end() <= end]
    if not joints:
        return None
    for joint in (joints[0], joints[-1]):
        if joint.start() == start or joint.end() == end:
            return joint.start(), joint.end()
    return joints[0].start(), joints[0].end()


def _left_of(text: str, begin: int, end: int, *, first: bool) -> Stretch:
    border = None if first else _split_between(text, begin, end)
    return Stretch(border[1] if border else begin, end)


def _right_of(text: str, begin: int, until: int, *, last: bool) -> Stretch:
    border = None if last else _split_between(text, begin, until)
    return Stretch(begin, border[0] if border else until)


def _members(bare: Skeleton, number: int, left: Stretch, count: int) -> list[Stretch]:
    """The member of the list that each of several numbers counts; one number counts the whole."""
    if count == 1:
        return [left]
    heads = _heads(bare.text, left)
    if len(heads) < count and number:
        # 行政复议、行政应诉案件,分别办结12件、10件: the list stands one clause before.
        before = bare.clauses[number - 1]
        heads = _heads(bare.text, before) if MARK not in bare.text[before.start : before.end] else []
    return heads[-count:] if len(heads) >= count else [left] * count


def _heads(text: str, stretch: Stretch) -> list[Stretch]:
    said = text[stretch.start : stretch.end]
    end = stretch.start + len(_RESPECTIVELY.sub("", said))
    heads, start = [], stretch.start
    for joint in _JOINT.finditer(text, stretch.start, end):
        heads.append(Stretch(start, joint.start()))
        start = joint.end()
    return [*heads, Stretch(start, end)]


def _place(
    bare: Skeleton, number: int, at: int, member: Stretch, left: Stretch, right: Stretch, far: Stretch
) -> Place:
    clause = bare.clauses[number]
    more = [far]
    if member != left:
        more.append(Stretch(min(left.start, member.start), left.end))
        return Place(at, member, Stretch(at, at), (*more, right), clause, is_member=True)
    if _is_empty(bare.text, left) and _is_empty(bare.text, right) and far.start == far.end and number:
        before = bare.clauses[number - 1]
        if MARK not in bare.text[before.start : before.end]:
            return Place(at, Stretch(before.start, left.end), right, (far,), clause)
    return Place(at, left, right, tuple(more), clause)


def _is_empty(text: str, stretch: Stretch) -> bool:
    return _EMPTY.fullmatch(text, stretch.start, stretch.end) is not None
