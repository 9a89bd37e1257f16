"""From the layout of a page to the stretch that is the article.

The article is the run of lines with the most running sentences for the fewest links: menus are
links without sentences, and the report is sentences without links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlaw.document import Span
from govlaw.text.folding import fold
from govlaw.text.marks import is_furniture
from govlaw.text.readers.layout import Layout, ShownLine

_STOP = re.compile(r"[，。；,;]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENOUGH = 10
_LINK_COST, _LINE_COST = 2.0, 0.1
_ABOVE, _BELOW = 8, 16


def find_article(layout: Layout) -> Span | None:
    """The stretch of the article; None where the page has no sentence."""
    lines = layout.lines
    weights = [_weight(line) for line in lines]
    first, last = _best_run(weights)
    if sum(weights[first:last]) < _ENOUGH:
        return _notice(lines)
    return Span(lines[_up(lines, first)].span.start, lines[_down(lines, last) - 1].span.end)


def _weight(line: ShownLine) -> float:
    size = len(line.text)
    if line.linked < 0.3 * size and _is_prose(line.text):
        return float(len(_HAN.findall(line.text)))
    return -_LINK_COST * line.linked - _LINE_COST * min(size, 40)


def _is_prose(text: str) -> bool:
    runs = len(text) >= 24 or (len(text) >= 12 and text.endswith("。"))
    return runs and _STOP.search(text) is not None and not is_furniture(fold(text))


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """The consecutive lines of the greatest weight."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for number, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, number
        total += weight
        if total > best:
            best, best_run = total, (start, number + 1)
    return best_run


def _up(lines: Sequence[ShownLine], first: int) -> int:
    """Title, publication line and addressee stand above the first sentence."""
    end = max(0, first - _ABOVE)
    while first > end and not _is_menu(lines[first - 1]) and len(lines[first - 1].text) < 200:
        first -= 1
    return first


def _down(lines: Sequence[ShownLine], last: int) -> int:
    """Signature, date and the rows of a table stand below the last one."""
    end = min(len(lines), last + _BELOW)
    while last < end and not _is_menu(lines[last]) and not is_furniture(fold(lines[last].text)):
        last += 1
    return last


def _is_menu(line: ShownLine) -> bool:
    return line.linked > 0.4 * len(line.text)


def _notice(lines: Sequence[ShownLine]) -> Span | None:
    """A page that only says 详见附件."""
    for line in lines:
        refers = any(word in line.text for word in ("详见附件", "见附件", "详见"))
        if refers and "附件" in line.text and len(line.text) < 60:
            return line.span
    return None
