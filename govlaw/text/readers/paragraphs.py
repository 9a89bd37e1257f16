"""From the lines of printed pages to paragraphs: a line that fills its width goes on below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govlaw.document import Span

_DASHES = r"[-—–－·\s]{0,6}"
_NUMBER = re.compile(
    rf"{_DASHES}(?:第\s?)?\d{{1,3}}\s?页?"
    rf"(?:\s?[/／]\s?\d{{1,3}}|[,，]?\s?共\s?\d{{1,3}}\s?页)?{_DASHES}"
)
_OPENING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|附件[:：\d])"
)
_ENDED = "。！？!?：:；;"
_EDGE = 4  # lines at the top and the foot of a page that may be its head and number
_LATIN = re.compile(r"[A-Za-z]")


class PrintedLine(NamedTuple):
    """A line of a page with the place of its first and last character, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def join_lines(pages: Sequence[Sequence[PrintedLine]]) -> tuple[str, tuple[Span, ...]]:
    """The text of the pages, and the spans of page numbers and running heads in it.

    A page number inside a paragraph is set behind the paragraph, so that no sentence is cut.
    """
    running = _running_heads(pages)
    written: list[str] = []
    furniture: list[Span] = []
    waiting: list[str] = []
    size = 0
    for piece, is_furniture in _pieces(pages, running):
        if is_furniture and written and not written[-1].endswith("\n"):
            waiting.append(piece.strip())
            continue
        if is_furniture:
            furniture.append(Span(size, size + len(piece.rstrip())))
        written.append(piece)
        size += len(piece)
        if piece.endswith("\n"):
            for late in waiting:
                furniture.append(Span(size, size + len(late)))
                written.append(late + "\n")
                size += len(late) + 1
            waiting.clear()
    written += [f"\n{late}" for late in waiting]
    return "".join(written).rstrip("\n"), tuple(furniture)


def _running_heads(pages: Sequence[Sequence[PrintedLine]]) -> set[tuple[int, str]]:
    """Lines in one place of page after page, whatever number they bear."""
    ends = Counter(
        (place, _head(line))
        for page in pages
        for line, place in zip(page, _places(page), strict=True)
    )
    return {
        (place, head)
        for (place, head), times in ends.items()
        if place < _EDGE and len(head) < 80 and not head.endswith("。")
        if times >= 3 and times > 0.5 * len(pages)
    }


def _places(page: Sequence[PrintedLine]) -> Iterator[int]:
    for number in range(len(page)):
        from_foot = number - len(page)
        yield from_foot if from_foot >= -_EDGE else number


def _head(line: PrintedLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _pieces(
    pages: Sequence[Sequence[PrintedLine]], running: set[tuple[int, str]]
) -> Iterator[tuple[str, bool]]:
    everything = [line for page in pages for line in page]
    width = max((line.right for line in everything), default=0.0)
    heights = [line.top - line.bottom for line in everything]
    size = median(heights) if heights else 0.0
    margin = _left_margin(everything)
    body: list[tuple[PrintedLine, bool, bool]] = []
    for page in pages:
        for number, (line, place) in enumerate(zip(page, _places(page), strict=True)):
            is_number = place < _EDGE and _NUMBER.fullmatch(line.text) is not None
            furniture = is_number or (place, _head(line)) in running
            body.append((line, furniture, number == 0))
    lines = [line for line, furniture, _ in body if not furniture]
    step = _usual_step(lines)
    following = iter([*lines[1:], None])
    for line, furniture, _ in body:
        if furniture:
            yield line.text + "\n", True
            continue
        after = next(following)
        goes_on = after is not None and _goes_on(line, after, width, margin, size, step)
        joint = " " if goes_on and after and _both_latin(line, after) else ""
        yield line.text + (joint if goes_on else "\n"), False


def _left_margin(lines: Sequence[PrintedLine]) -> float:
    """Where most lines begin; the first lines of paragraphs stand further right."""
    counted = Counter(round(line.left) for line in lines)
    often = [left for left, times in counted.items() if times >= 0.15 * len(lines)]
    return min(often, default=min((line.left for line in lines), default=0.0))


def _usual_step(lines: Sequence[PrintedLine]) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(lines)]
    down = [step for step in steps if step > 0]
    return median(down) if down else 0.0


def _goes_on(
    line: PrintedLine, after: PrintedLine, width: float, margin: float, size: float, step: float
) -> bool:
    # A line stops short of the margin where a number or a sign may not be parted from the next.
    short = 2.6 if line.text[-1] in _ENDED else 5.0
    if line.right < width - short * max(size, 1.0):
        return False
    if after.left > margin + max(size, 1.0) or _OPENING.match(after.text):
        return False
    gap = line.bottom - after.bottom
    far = step > 0 and gap > 1.35 * step
    return not (far and line.text[-1] in _ENDED)


def _both_latin(line: PrintedLine, after: PrintedLine) -> bool:
    return bool(_LATIN.match(line.text[-1]) and _LATIN.match(after.text[0]))
