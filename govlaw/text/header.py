"""From the table above a report to its labels and values: 发文字号, 成文日期, 发布日期 …

Pages print it as a table, as pipes, with the label and the value on lines of their own, with all
labels on one line and all values on the next, glued together, or twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from govlaw import paths
from govlaw.document import Span
from govlaw.knowledge import read_csv
from govlaw.text.alternatives import any_of
from govlaw.text.lines import Line

_GAP = r"[\s:|\]】\t]"
_MAY_LABEL = re.compile(
    r"日[ \t]{0,2}期|时[ \t]{0,2}间|号|标[ \t]{0,2}题|名[ \t]{0,2}称|[布表新开发]于|发布|Time|Date"
)
_SEPARATORS = re.compile(rf"{_GAP}{{0,12}}")
_CELL = re.compile(r"\s*[\t|]\s*|\s{2,}")
_LONGEST, _READ, _OPENING = 160, 400, 24  # a longer line is a sentence unless it opens with a label


@cache
def _fields() -> dict[str, str]:
    rows = read_csv(paths.data("words", "header_labels.csv"))
    return {row["label"]: row["field"] for row in rows}


@cache
def _label() -> re.Pattern[str]:
    """Any label, longest first, with blanks between its characters: 文 号, 发 布 日 期."""
    spaced = any_of(_fields(), r"[ \t]{0,2}")
    return re.compile(rf"(?<![^\s|\[【(:;,，。\d\])】)])(?:{spaced})(?={_GAP}|$|20\d\d)")


@cache
def _label_end() -> re.Pattern[str]:
    """The last character of a label before a gap, which few lines of prose have."""
    last = re.escape("".join(sorted({label[-1] for label in _fields()})))
    return re.compile(rf"[{last}](?={_GAP}|\ufeff|$|20\d\d)")


@cache
def _row_start() -> re.Pattern[str]:
    """What a row of cells opens with if its first cell is a label."""
    first = re.escape("".join(sorted({label[0] for label in _fields()})))
    return re.compile(rf"[\s|]*+[{first}]")


def find_labelled(folded: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where the lines start that may hold a label; many a report has none, and so no header.

    >>> from govlaw.text.lines import read_lines
    >>> page = "清溪县报告\\n成文日期:2021-02-01\\n印发日期不一的文件3件。"
    >>> find_labelled(page, read_lines(page))
    frozenset({6})
    """
    starts = [line.span.start for line in lines]
    ends = _label_end().finditer(folded)
    found = sorted({bisect_right(starts, end.start()) - 1 for end in ends})
    return frozenset(starts[n] for n in found if n >= 0 and _may_label(lines[n].folded))


def _may_label(line: str) -> bool:
    if _row_start().match(line) and _CELL.search(line):
        return True
    if len(line) > _LONGEST:
        return _label().match(line, 0, _OPENING) is not None
    return _label().search(line) is not None


def read_header(lines: Sequence[Line], labelled: frozenset[int]) -> dict[str, Line]:
    """The value of every label found, the first that is not empty, with its place in the text.

    ``labelled`` is found once for a page, as a header is asked of its single lines, too.

    >>> from govlaw.text.lines import read_lines
    >>> page = "发文字号 | 清政〔2020〕3号 | 成文日期 | 2020-02-28\\n发布日期\\n2020-03-04"
    >>> lines = read_lines(page)
    >>> header = read_header(lines, find_labelled(page, lines))
    >>> [(field, value.folded) for field, value in header.items()]
    [('doc_no', '清政〔2020〕3号'), ('signed', '2020-02-28'), ('published', '2020-03-04')]
    """
    values: dict[str, Line] = {}
    if not labelled or not any(line.span.start in labelled for line in lines):
        return values
    if not any(_MAY_LABEL.search(line.folded, 0, _READ) for line in lines):
        return values
    for field, value in (*_in_columns(lines, labelled), *_in_turn(lines, labelled)):
        is_size = field == "doc_no" and "号" not in value.folded  # 字号:大 中 小
        if value.folded and field != "other" and not is_size:
            values.setdefault(field, value)
    return values


def is_label(line: str) -> bool:
    """Whether a line is a label and nothing else, so that its value stands on the next one.

    >>> is_label("成文日期:"), is_label("成文日期:2021-02-01")
    (True, False)
    """
    return "".join(line.split()).strip(":|") in _fields()


def _in_turn(lines: Sequence[Line], labelled: frozenset[int]) -> Iterator[tuple[str, Line]]:
    """Each label with what follows it, on its line or on the next."""
    for number, line in enumerate(lines):
        if line.span.start not in labelled:
            continue
        if len(line.folded) > _LONGEST and not _label().match(line.folded, 0, _OPENING):
            continue  # a sentence
        written = line.folded[:_READ]
        found = list(_label().finditer(written))
        for label, after in zip(found, [*found[1:], None], strict=False):
            field = _fields()["".join(label[0].split())]
            start = _SEPARATORS.match(written, label.end())
            end = after.start() if after else len(written)
            value = _within(line, start.end() if start else label.end(), end, " \t|[]【】;,")
            if not value.folded and after is None and number + 1 < len(lines):
                value = _alone(lines[number + 1])
            yield field, value


def _within(line: Line, start: int, end: int, around: str) -> Line:
    """A stretch of a line without certain signs around it."""
    written = line.folded[start:end]
    start += len(written) - len(written.lstrip(around))
    kept = written.strip(around)
    start += line.span.start
    return Line(Span(start, start + len(kept)), kept)


def _alone(line: Line) -> Line:
    """The next line, unless it is a label, too: an empty cell has no value."""
    is_value = len(line.folded) <= 90 and not _label().match(line.folded)
    return _within(line, 0, len(line.folded) if is_value else 0, " \t|:")


def _cells(line: Line) -> list[Line]:
    """The cells of a line of a table, empty ones left out."""
    cuts = [0, *(at for found in _CELL.finditer(line.folded) for at in found.span())]
    ends = [*cuts[1:], len(line.folded)]
    cells = [_within(line, *pair, " |\t") for pair in zip(cuts[::2], ends[::2], strict=True)]
    return [cell for cell in cells if cell.folded]


def _in_columns(lines: Sequence[Line], labelled: frozenset[int]) -> Iterator[tuple[str, Line]]:
    """Labels side by side on one line, their values side by side on the next."""
    for line, below in pairwise(lines):
        if line.span.start not in labelled:
            continue
        fields = [_fields().get("".join(cell.folded.split()).rstrip(":")) for cell in _cells(line)]
        if len(fields) < 2 or None in fields:
            continue
        values = _cells(below)
        if len(values) == len(fields):
            pairs = zip(fields, values, strict=True)
            yield from ((field, value) for field, value in pairs if field)
