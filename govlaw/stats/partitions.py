"""From a sentence that names a whole and its parts to whether they can be true together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from govlaw.stats.figures import Figure, Line, brackets, clause_start, is_said
from govlaw.stats.parts import Marker, Partition, compare, exclusive_group
from govlaw.stats.rules import Vocabulary

_MARKER = re.compile(
    r"其中|包括|包含|(?<=[,，(（:：])含|由(?=[^,，。]{2,30}组成)|分别为|分别是|分别有|分别|依次为|分为"
    r"|经审[查理](?=[,，])"
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
#: How far a marker governs, in figures and in characters; and how long a list without one can be.
_WINDOW, _REACH, _CLOSE_BY, _FEW = 40, 800, 6, 4


def find_partitions(lines: Sequence[Line], words: Vocabulary) -> Iterator[Partition]:
    """Every whole with its parts, in text order."""
    for number, line in enumerate(lines):
        if not line.figures:
            continue
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
        self.depth, self.closing = brackets(line.text)
        self.starts = [figure.start for figure in self.figures]
        self.units = [words.unit(figure.unit) for figure in self.figures]
        self.plain = [is_usable(line, number) for number in range(len(self.figures))]

    def alike(self, numbers: Iterable[int], unit: str) -> list[int]:
        """Those of some figures that count in this unit and can be a whole or a part."""
        return [n for n in numbers if self.plain[n] and self.units[n] == unit]

    def between(self, start: int, end: int) -> range:
        """The figures of a stretch of the sentence."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def marked(self) -> Iterator[Partition]:
        """其中, 包括, 分别为 … up to the end of what they govern."""
        done = 0
        markers = list(_MARKER.finditer(self.text))
        for index, found in enumerate(markers):
            if found.start() < done or self._inside_figure(found.start()):
                continue
            done = self._scope(markers, index)
            level = self.depth[found.start()]
            governed = self.between(found.end(), done)[:_WINDOW]
            inside = [n for n in governed if self.depth[self.starts[n]] == level]
            if inside:
                yield from self._of_units(found, inside)

    def _inside_figure(self, at: int) -> bool:
        last = bisect_right(self.starts, at) - 1
        return last >= 0 and at < self.figures[last].end

    def _scope(self, markers: Sequence[re.Match[str]], index: int) -> int:
        """Where what a marker governs ends: a stop, its bracket, or the next 其中."""
        start, level = markers[index].end(), self.depth[markers[index].start()]
        end = min(self.closing[start - 1], start + _REACH, len(self.text))
        border = _SCOPE_END.search(self.text, start, end)
        end = border.start() if border else end
        for marker in islice(markers, index + 1, None):
            if marker.start() >= end:
                break
            if marker[0] in ("其中", "包括", "包含") and self.depth[marker.start()] == level:
                return marker.start()
        return end

    def _of_units(self, found: re.Match[str], inside: list[int]) -> Iterator[Partition]:
        for unit in dict.fromkeys(self.units[n] for n in inside if self.plain[n]):
            parts = self._list(self.alike(inside, unit))
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
        level, line = self.depth[at], self.line
        last = bisect_left(self.starts, at)
        near = range(max(0, last - _WINDOW), last)
        ahead = [n for n in near if self.depth[self.starts[n]] <= level]
        alike = self.alike(ahead, unit)
        if not ahead and self.before and not is_said(self.text[:at][-_REACH:]):
            # 共办理100件。其中…: the whole stands in the sentence before.
            line = self.before
            ahead = list(range(len(line.figures)))[-_WINDOW:]
            alike = [
                n for n in ahead
                if self.words.unit(line.figures[n].unit) == unit and is_usable(line, n)
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
            if opening not in ("(", "（") or not self.plain[number]:
                continue
            end = self.closing[figure.end]
            if (
                end == len(self.text)
                or end - figure.end > _REACH
                or _MARKER.search(self.text, figure.end, end)
            ):
                continue
            parts = self.alike(self.between(figure.end + 1, end)[:_WINDOW], self.units[number])
            if len(parts) > 1:
                labels = self._labels(parts)
                yield Partition(self.line, "括号", number, parts, labels, self.line, True)

    def added(self) -> Iterator[Partition]:
        """A件…, B件…, 合计C件: the whole after its parts."""
        for number in range(2, len(self.figures)):
            if not self.plain[number] or not _TOTAL_AHEAD.search(self.line.between(number)[0]):
                continue
            near = self._near(number)
            parts = self.alike(near, self.units[number])
            lists = [parts[first:] for first in range(len(parts) - 1)]
            fitting = next((found for found in lists if self._adds_up(found, number)), None)
            if fitting or (lists and len(parts) == len(near)):
                yield self._closed("合计", number, fitting or parts)

    def remaining(self) -> Iterator[Partition]:
        """梳理89件,建议废止的有13件,其余76件: what is left over closes the list."""
        rest = re.compile(rf"(?:{'|'.join(self.words.rest[:3])})(?:的|为|均为|尚有|还有)?\s*$")
        for number in range(2, len(self.figures)):
            if not self.plain[number] or not rest.search(self.line.between(number)[0]):
                continue
            ahead = self.alike(range(max(0, number - _CLOSE_BY), number), self.units[number])
            choices = [
                (whole, [*ahead[first:], number])
                for at, whole in enumerate(ahead)
                for first in range(at + 1, len(ahead))
            ]
            fitting = next((c for c in reversed(choices) if self._adds_up(c[1], c[0])), None)
            if not fitting and choices and len(ahead) == len(self._near(number)) <= _FEW:
                fitting = (ahead[0], [*ahead[1:], number])
            if fitting:
                yield self._closed("其余", *fitting)

    def _near(self, number: int) -> range:
        """The figures before one in the same stretch between semicolons."""
        start = bisect_left(self.starts, clause_start(self.text, self.starts[number]))
        return range(max(start, number - _CLOSE_BY), number)

    def _closed(self, marker: Marker, whole: int, parts: list[int]) -> Partition:
        """A list that says it is complete."""
        labels = self._labels(parts)
        return Partition(self.line, marker, whole, parts, labels, self.line, True, is_full=True)

    def _adds_up(self, parts: Sequence[int], whole: int) -> bool:
        figures = [self.figures[part] for part in parts]
        return compare(figures, self.figures[whole]).agreement in ("equal", "rounding")

    def _labels(self, parts: Sequence[int]) -> list[str]:
        """What each part counts; 分别 hands its list of names to its list of numbers."""
        first = self.figures[parts[0]]
        before = self.text[max(0, first.start - 100) : first.start]
        if "分别" not in before and "依次" not in before:
            return [self.line.label(part) for part in parts]
        said = re.search(
            r"([^,，;；。:：()（）]{2,80}?)(?:的|数)?(?:分别|依次)[^,，;；。]{0,8}$", before
        )
        if said and len(parts) > 1:
            names = re.split(r"、|以及|和|及|与", said[1])
            if len(names) >= len(parts):
                return [name.strip() for name in names[-len(parts) :]]
        return [self.line.label(part) for part in parts]


def is_usable(line: Line, number: int) -> bool:
    """Whether a figure can be a whole or a part: no growth, share or value of last year."""
    return line.figures[number].is_plain and not _ASIDE.search(line.between(number)[0])


def _until_new_statement(parts: list[int], figures: Sequence[Figure], total: Figure) -> list[int]:
    # 建成站8个,其中示范2个,工作室119个: what exceeds the whole and is not first is no part of it.
    kept = [parts[0]]
    for part in parts[1:]:
        if figures[part].low > total.high:
            break
        kept.append(part)
    return kept
