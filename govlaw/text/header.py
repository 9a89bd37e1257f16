"""From the table above a report to its labels and values: 发文字号, 成文日期, 发布日期 …

Pages print it as a table, as pipes, with the label and the value on lines of their own, with all
labels on one line and all values on the next, glued together, or twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from govlaw import paths
from govlaw.document import Span
from govlaw.knowledge import read_csv
from govlaw.text.marks import Line

_GAP = r"[\s:|\]】\t]"
_MAY_LABEL = re.compile(
    r"日[ \t]{0,2}期|时[ \t]{0,2}间|号|标[ \t]{0,2}题|名[ \t]{0,2}称|[布表新开发]于|发布|Time|Date"
)
_SEPARATORS = re.compile(rf"{_GAP}{{0,12}}")
_CELL = re.compile(r"\s*[\t|]\s*|\s{2,}")
_LONGEST = 160


@cache
def _fields() -> dict[str, str]:
    rows = read_csv(paths.data("words", "header_labels.csv"))
    return {row["label"]: row["field"] for row in rows}


@cache
def _label() -> re.Pattern[str]:
    """Any label, longest first, with blanks between its characters: 文 号, 发 布 日 期."""
    longest = sorted(_fields(), key=len, reverse=True)
    spaced = "|".join(r"[ \t]{0,2}".join(map(re.escape, label)) for label in longest)
    behind = r"(?:^|(?<=[\s|\t\[【(:;,，。\d\])】)]))"
    return re.compile(rf"{behind}(?:{spaced})(?={_GAP}|$|20\d\d)", re.MULTILINE)


def read_header(lines: Sequence[Line]) -> dict[str, Line]:
    """The value of every label found, the first that is not empty, with its place in the text.

    >>> from govlaw.text.marks import read_lines
    >>> page = "发文字号 | 清政〔2020〕3号 | 成文日期 | 2020-02-28\\n发布日期\\n2020-03-04"
    >>> [(field, value.folded) for field, value in read_header(read_lines(page)).items()]
    [('doc_no', '清政〔2020〕3号'), ('signed', '2020-02-28'), ('published', '2020-03-04')]
    """
    values: dict[str, Line] = {}
    if not any(_MAY_LABEL.search(line.folded[:400]) for line in lines):
        return values
    for field, value in (*_in_columns(lines), *_in_turn(lines)):
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


def _in_turn(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Each label with what follows it, on its line or on the next."""
    for number, line in enumerate(lines):
        if len(line.folded) > _LONGEST and not _label().match(line.folded[:24]):
            continue  # a sentence
        written = line.folded[:400]
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


def _in_columns(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Labels side by side on one line, their values side by side on the next."""
    for line, below in pairwise(lines):
        fields = [_fields().get("".join(cell.folded.split()).rstrip(":")) for cell in _cells(line)]
        if len(fields) < 2 or None in fields:
            continue
        values = _cells(below)
        if len(values) == len(fields):
            pairs = zip(fields, values, strict=True)
            yield from ((field, value) for field, value in pairs if field)
