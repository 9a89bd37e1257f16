"""From a whole and its parts, as a sentence gives them, to how they compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from govlaw.stats.arithmetic import Sum, compare_sum
from govlaw.stats.figures import Figure, Line
from govlaw.stats.rules import Vocabulary

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


def compare(parts: Sequence[Figure], total: Figure) -> Sum:
    """How the sum of some figures compares with one figure."""
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
