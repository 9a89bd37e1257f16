"""From a sentence that names a whole and its parts to whether they can be true together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from govlaw.stats.arithmetic import Sum, compare_sum
from govlaw.stats.figures import Figure, Line, clause_start, is_said
from govlaw.stats.findings import number as written
from govlaw.stats.rules import Severity, Verdict, Vocabulary

_MARKER = re.compile(
    r"其中|包括|包含|(?<=[,，(（:：])含|由(?=[^,，。]{2,30}组成)|分别为|分别是|分别有|分别|依次为|分为"
)
_FULL = re.compile(r"分别|依次为|分为|由")
_SCOPE_END = re.compile(r"[;；。\n]")
_TOTAL_AHEAD = re.compile(
    r"(?:合计|总计|共计|(?:两项|三项|二者|两者|以上)(?:合计|共计|共))(?:为|达|达到|约)?\s*$"
)
_OPENER = re.compile(
    r"(?:累计|总共|(?<!公)共(?!同|享)|全年|同时|此外|另外|全县|全区|全市)[^,，、]{0,12}$"
)
_ASIDE = re.compile(r"(?:同比|较|比|占|上年|去年|同期|以来|人均|平均|每)[^,，、]{0,14}$")
_OPEN, _CLOSE = "(（", ")）"
Marker = Literal["其中", "分别", "括号", "合计", "其余"]


@dataclass(slots=True)
class Partition:
    """A whole and its parts as a sentence gives them."""

    line: Line
    marker: Marker
    whole: int
    parts: list[int]
    labels: list[str]
    whole_line: Line
    is_adjacent: bool
    is_full: bool = False
    others: list[int] = field(default_factory=list)

    @property
    def total(self) -> Figure:
        """The whole."""
        return self.whole_line.figures[self.whole]

    @property
    def figures(self) -> list[Figure]:
        """The parts."""
        return [self.line.figures[part] for part in self.parts]

    def phrases(self) -> list[str]:
        """The parts in their words, 分别 undone."""
        named = [self.line.label(part) for part in self.parts] != self.labels
        if named:
            return [f"{x}{f.text}" for x, f in zip(self.labels, self.figures, strict=True)]
        return [self.line.phrase(part).removeprefix("其中") for part in self.parts]

    @property
    def head(self) -> str:
        """The words around the whole."""
        return self.whole_line.label(self.whole)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a partition."""

    verdict: Verdict
    severity: Severity
    sum: Sum
    note: str = ""


def find_partitions(lines: Sequence[Line], words: Vocabulary) -> Iterator[Partition]:
    """Every whole with its parts, in text order."""
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before and (before.doc_id, before.paragraph) != (line.doc_id, line.paragraph):
            before = None
        finder = _Finder(line, before, words)
        yield from finder.marked()
        yield from finder.bracketed()
        yield from finder.added()
        yield from finder.remaining()


class _Finder:
    """Finds the partitions of one sentence."""

    def __init__(self, line: Line, before: Line | None, words: Vocabulary) -> None:
        self.line, self.before, self.words = line, before, words
        self.text, self.figures = line.text, line.figures
        self.depth = _depths(line.text)

    def unit(self, number: int) -> str:
        return self.words.unit(self.figures[number].unit)

    def usable(self, number: int) -> bool:
        """Whether a figure can be a whole or a part: no growth, share or value of last year."""
        figure = self.figures[number]
        return figure.is_plain and not _ASIDE.search(self.line.between(number)[0])

    def marked(self) -> Iterator[Partition]:
        """其中, 包括, 分别为 … up to the end of what they govern."""
        done = 0
        markers = list(_MARKER.finditer(self.text))
        for index, found in enumerate(markers):
            if found.start() < done or self._inside_figure(found.start()):
                continue
            done = self._scope(found.end(), markers[index + 1 :])
            inside = [
                n for n, f in enumerate(self.figures)
                if found.end() <= f.start < done and self.depth[f.start] == self.depth[found.start()]
            ]  # fmt: skip
            if inside:
                yield from self._of_units(found, inside)

    def _inside_figure(self, at: int) -> bool:
        return any(figure.start <= at < figure.end for figure in self.figures)

    def _scope(self, start: int, later: Sequence[re.Match[str]]) -> int:
        level, at = self.depth[start - 1], start
        closing = next((i for i in range(start, len(self.text)) if self.depth[i] < level), None)
        end = closing if level and closing else len(self.text)
        border = _SCOPE_END.search(self.text, at, end)
        end = border.start() if border else end
        for marker in later:
            if (
                marker.start() < end
                and marker[0] in ("其中", "包括", "包含")
                and (self.depth[marker.start()] == level)
            ):
                return marker.start()
        return end

    def _of_units(self, found: re.Match[str], inside: list[int]) -> Iterator[Partition]:
        for unit in dict.fromkeys(self.unit(n) for n in inside if self.usable(n)):
            parts = self._list([n for n in inside if self.unit(n) == unit and self.usable(n)])
            home = self._whole(found.start(), unit)
            if not home or not parts:
                continue
            line, whole, adjacent, others = home
            parts = _until_new_statement(parts, self.figures, line.figures[whole])
            labels = self._labels(parts)
            made = Partition(
                self.line, "分别" if _FULL.match(found[0]) else "其中",
                whole, parts, labels, line, adjacent, others=others,
            )  # fmt: skip
            respectively = "分别" in self.text[found.start() : self.figures[parts[0]].start]
            made.is_full = bool(_FULL.match(found[0])) or respectively
            if made.marker == "其中" or self._is_own_list(made):
                yield made

    def _is_own_list(self, made: Partition) -> bool:
        """分别 needs more than a number before it: 共…件, or classes that exclude each other."""
        if len(made.parts) < 2:
            return False
        head = made.whole_line.between(made.whole)[0][-14:]
        counted = re.search(r"共|总|合计|累计", head) is not None
        return made.is_adjacent and (
            counted or exclusive_group(made.labels, self.words) is not None
        )

    def _list(self, parts: list[int]) -> list[int]:
        """The members before the first that opens a statement of its own: 累计…, 合计…."""
        kept: list[int] = []
        for number in parts:
            before = self.line.between(number)[0]
            if kept and (_OPENER.search(before) or _TOTAL_AHEAD.search(before)):
                break
            kept.append(number)
        return kept

    def _whole(self, at: int, unit: str) -> tuple[Line, int, bool, list[int]] | None:
        level = self.depth[at]
        ahead = [
            n for n, f in enumerate(self.figures) if f.end <= at and self.depth[f.start] <= level
        ]
        line = self.line
        if not ahead and self.before and not is_said(self.text[:at]):
            # 共办理100件。其中…: the whole stands in the sentence before.
            line = self.before
            ahead = list(range(len(line.figures)))
        alike = [
            n for n in ahead
            if self.words.unit(line.figures[n].unit) == unit and line.figures[n].is_plain
            and not _ASIDE.search(line.between(n)[0])
        ]  # fmt: skip
        if not alike:
            return None
        nearest = alike[-1]
        after = line.text[line.figures[nearest].end : line.figures[ahead[-1]].start]
        same_run = nearest == ahead[-1] or not re.search(r"[,，;；。]", after)
        tail = line.text[line.figures[ahead[-1]].end : at if line is self.line else None]
        adjacent = same_run and len(re.findall(r"[,，;；。]", tail)) <= 2
        return line, nearest, adjacent, alike[:-1]

    def bracketed(self) -> Iterator[Partition]:
        """22个(省级2个、市级10个、县级10个): a list in brackets right behind its whole."""
        for number, figure in enumerate(self.figures[:-1]):
            opening = self.text[figure.end : figure.end + 1]
            if opening not in ("(", "（") or not self.usable(number):
                continue
            level = self.depth[figure.end]
            end = next(
                (i for i in range(figure.end, len(self.text)) if self.depth[i] < level), None
            )
            inside = self.text[figure.end + 1 : end]
            if end is None or _MARKER.search(inside):
                continue
            parts = [
                n for n, f in enumerate(self.figures)
                if figure.end < f.start < end and self.unit(n) == self.unit(number) and self.usable(n)
            ]  # fmt: skip
            if len(parts) > 1:
                labels = self._labels(parts)
                yield Partition(self.line, "括号", number, parts, labels, self.line, True)

    def added(self) -> Iterator[Partition]:
        """A件…, B件…, 合计C件: the whole after its parts."""
        for number in range(2, len(self.figures)):
            if not _TOTAL_AHEAD.search(self.line.between(number)[0]) or not self.usable(number):
                continue
            start = clause_start(self.text, self.figures[number].start)
            parts = [
                n for n in range(number)
                if self.figures[n].start >= start and self.unit(n) == self.unit(number)
                and self.usable(n)
            ]  # fmt: skip
            fitting = next(
                (parts[i:] for i in range(len(parts) - 1) if self._adds_up(parts[i:], number)), None
            )
            if fitting or len(parts) > 1:
                parts = fitting or parts
                direct = len(parts) == 2 and number - parts[0] == 2
                yield Partition(
                    self.line, "合计", number, parts, self._labels(parts), self.line, direct, True
                )

    def remaining(self) -> Iterator[Partition]:
        """梳理89件,建议废止的有13件,其余76件: what is left over closes the list."""
        rest = re.compile(rf"(?:{'|'.join(self.words.rest[:3])})(?:的|为|均为|尚有|还有)?\s*$")
        for number in range(2, len(self.figures)):
            if not rest.search(self.line.between(number)[0]) or not self.usable(number):
                continue
            ahead = [
                n for n in range(number) if self.unit(n) == self.unit(number) and self.usable(n)
            ]
            choices = [
                (whole, [*ahead[first:], number])
                for at, whole in enumerate(ahead)
                for first in range(at + 1, len(ahead))
            ]
            fitting = next((c for c in reversed(choices) if self._adds_up(c[1], c[0])), None)
            plain = len(ahead) == 2 and ahead[0] >= 0 and number - ahead[0] == 2
            if fitting or (plain and choices):
                whole, parts = fitting or choices[0]
                yield Partition(
                    self.line, "其余", whole, parts, self._labels(parts), self.line, True, True
                )

    def _adds_up(self, parts: Sequence[int], whole: int) -> bool:
        figures = [self.figures[part] for part in parts]
        return _compare(figures, self.figures[whole]).agreement in ("equal", "rounding")

    def _labels(self, parts: Sequence[int]) -> list[str]:
        """What each part counts; 分别 hands its list of names to its list of numbers."""
        first = self.figures[parts[0]]
        before = self.text[: first.start]
        said = re.search(
            r"([^,，;；。:：()（）]{2,80}?)(?:的|数)?(?:分别|依次)[^,，;；。]{0,8}$", before
        )
        if said and len(parts) > 1:
            names = re.split(r"、|以及|和|及|与", said[1])
            if len(names) >= len(parts):
                return [name.strip() for name in names[-len(parts) :]]
        return [self.line.label(part) for part in parts]


def _depths(text: str) -> list[int]:
    depths, level = [], 0
    for char in text:
        level += char in _OPEN
        depths.append(level)
        level -= char in _CLOSE and level > 0
    return [*depths, 0]


def _until_new_statement(parts: list[int], figures: Sequence[Figure], total: Figure) -> list[int]:
    # 建成站8个,其中示范2个,工作室119个: what exceeds the whole and is not first is no part of it.
    kept = [parts[0]]
    for part in parts[1:]:
        if figures[part].low > total.high:
            break
        kept.append(part)
    return kept


def _compare(parts: Sequence[Figure], total: Figure) -> Sum:
    slack = sum(part.step for part in parts) / 2 + total.step
    return compare_sum(
        [(part.low, part.high) for part in parts], (total.low, total.high),
        values=[part.value for part in parts], value=total.value, slack=slack,
    )  # fmt: skip


def exclusive_group(labels: Sequence[str], words: Vocabulary) -> str | None:
    """The group in which all labels name different classes, so that no thing is counted twice."""
    if len(labels) < 2:
        return None
    classes = [words.classes(label) for label in labels]
    for group in words.exclusive:
        named = [found[group] for found in classes]
        apart = len(frozenset().union(*named)) == sum(map(len, named))
        if all(named) and apart:
            return group
    return None


def judge(found: Partition, words: Vocabulary) -> Judgement:
    """Whether whole and parts can be true together, and how sure one can be."""
    figures = found.figures
    result = _compare(figures, found.total)
    if result.agreement == "more":
        return _judge_more(found, words, result)
    if result.agreement == "less":
        return _judge_less(found, words, result)
    return Judgement("ok" if result.agreement == "equal" else "rounding", "info", result)


def _judge_more(found: Partition, words: Vocabulary, result: Sum) -> Judgement:
    figures, total = found.figures, found.total
    if words.carry.search(found.line.text) or words.carry.search(found.whole_line.text):
        return Judgement("not_testable", "info", result, ":句中有结转或上年数")
    if len(figures) == 1:
        if not found.is_adjacent:
            return Judgement("not_testable", "info", result, ":二者之间另有数字")
        sure = not found.others and found.line is found.whole_line
        return Judgement("fail", "error" if sure else "warn", result, ":部分大于总数")
    for other in found.others:
        if _compare(figures, found.whole_line.figures[other]).agreement == "equal":
            phrase = found.whole_line.phrase(other)
            return Judgement("ok", "info", result, f":按「{phrase}」读则相符")
    additive = _names_all(found.head, found.labels)
    group = exclusive_group(found.labels, words)
    if found.is_adjacent and (group or additive):
        return Judgement("fail", "warn", result, _odd_one_out(found) or _because(group))
    stages = {hit[0] for label in found.labels if (hit := words.stage.search(label))}
    if len(stages) > 1 and all(part.low <= total.high for part in figures):
        return Judgement("ok", "info", result, ":先后环节不相加,各不大于总数")
    return Judgement("overlap", "info", result)


def _judge_less(found: Partition, words: Vocabulary, result: Sum) -> Judgement:
    rest = any(
        re.match(rf"(?:{'|'.join(words.rest)})", label.strip("的有")) for label in found.labels
    )
    closed = found.is_full or rest or _names_all(found.head, found.labels)
    exact = all(part.is_exact for part in [*found.figures, found.total])
    if len(found.parts) > 1 and closed and exact and found.is_adjacent:
        return Judgement("fail", "warn", result, ":所列各部分应为全部")
    note = f":另有{written(abs(result.gap))}{found.total.unit}未说明" if exact else ":总数为约数"
    return Judgement("ok", "info", result, note)


def _because(group: str | None) -> str:
    return f":{group}各类互不重叠" if group else ":总数由所列各类相加而成"


def _names_all(head: str, labels: Sequence[str]) -> bool:
    """取消和下放41项: the whole names each of its parts, so it is their sum."""
    if len(labels) < 2 or not re.search(r"和|及|与|、", head):
        return False
    cores = [re.sub(r"其中|有|的|被|为", "", label).strip()[:2] for label in labels]
    return len(set(cores)) == len(cores) and all(len(c) == 2 and c in head for c in cores)


def _odd_one_out(found: Partition) -> str:
    """Which part left out would make the sum right: it does not belong under this whole."""
    figures = found.figures
    fitting = [
        index for index in range(len(figures))
        if _compare(figures[:index] + figures[index + 1 :], found.total).agreement == "equal"
    ]  # fmt: skip
    refused = [
        index for index in fitting if "不" in found.labels[index] or "未" in found.labels[index]
    ]
    chosen = refused or (fitting if len(fitting) == 1 else [])
    if not chosen:
        return ""
    return f":若「{found.phrases()[chosen[0]]}」不计入则相符,可能是层次放错"
