"""From an executed notebook to the pages it is read on: one too heavy for a page becomes several.

A page is cut where a section begins, so that no table and no figure is torn apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

#: Bytes of cells on one page, figures not counted; frame, style and script add 17,000.
PAGE_CAP = 72_000
_SECTION = re.compile(r"^## ", re.MULTILINE)
#: Bytes of markup that a character of coloured code takes.
_CODE = 5


def without_figures(html: str) -> str:
    """A page as it weighs before its figures.

    >>> without_figures('<p>覆盖</p><svg role="img"><path d="M0 0"/></svg>')
    '<p>覆盖</p>'
    """
    first, *drawings = html.split("<svg")
    plain = first + "".join(drawing.partition("</svg>")[2] for drawing in drawings)
    first, *pictures = plain.split("data:image/png;base64,")
    return first + "".join(picture.partition('"')[2] for picture in pictures)


def parted(cells: Sequence[Any], cap: int = PAGE_CAP) -> list[list[Any]]:
    """The cells of a notebook as pages of whole sections, as few as their weight allows."""
    made: list[list[Any]] = [[]]
    weight = 0
    for section in _sections(cells):
        own = sum(map(_weight, section))
        if weight and weight + own > cap:
            made.append([])
            weight = 0
        made[-1] += section
        weight += own
    return made


def _sections(cells: Sequence[Any]) -> list[list[Any]]:
    """Everything up to the first heading of a section, then a list for each section."""
    made: list[list[Any]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and _SECTION.search(cell.source):
            made.append([])
        made[-1].append(cell)
    return [section for section in made if section]


def _weight(cell: Any) -> int:
    if cell.cell_type != "code":
        return 3 * len(cell.source)
    shown = sum(len(without_figures(_shown(output)).encode()) for output in cell.outputs)
    return shown + _CODE * len(cell.source)


def _shown(output: Any) -> str:
    data = output.get("data", {})
    words = data.get("text/html") or output.get("text") or data.get("text/plain") or ""
    return str(words)
