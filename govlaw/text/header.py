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
from govlaw.knowledge import read_csv
from govlaw.text.marks import Line

_GAP = r"[\s:|\]】\t]"
_MAY_LABEL = re.compile(r"日[ \t]{0,2}期|时[ \t]{0,2}间|号|标[ \t]{0,2}题|名[ \t]{0,2}称|发布于")
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


def read_header(lines: Sequence[Line]) -> dict[str, str]:
    """The value of every label found, the first that is not empty.

    >>> from govlaw.text.marks import read_lines
    >>> page = "发文字号 | 清政〔2020〕3号 | 成文日期 | 2020-02-28\\n发布日期\\n2020-03-04"
    >>> read_header(read_lines(page))
    {'doc_no': '清政〔2020〕3号', 'signed': '2020-02-28', 'published': '2020-03-04'}
    """
    values: dict[str, str] = {}
    if not any(_MAY_LABEL.search(line.folded[:400]) for line in lines):
        return values
    for field, value in (*_in_columns(lines), *_in_turn(lines)):
        if value and field != "other":
            values.setdefault(field, value)
    return values


def is_label(line: str) -> bool:
    """Whether a line is a label and nothing else, so that its value stands on the next one.

    >>> is_label("成文日期:"), is_label("成文日期:2021-02-01")
    (True, False)
    """
    return "".join(line.split()).strip(":|") in _fields()


def _in_turn(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
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
            value = written[start.end() if start else label.end() : end].strip(" \t|[]【】;,")
            if not value and after is None and number + 1 < len(lines):
                value = _alone(lines[number + 1].folded)
            yield field, value


def _alone(line: str) -> str:
    """The next line, unless it is a label, too: an empty cell has no value."""
    return "" if len(line) > 90 or _label().match(line) else line.strip(" \t|:")


def _in_columns(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Labels side by side on one line, their values side by side on the next."""
    for line, below in pairwise(lines):
        labels = [cell for cell in _CELL.split(line.folded.strip(" |\t")) if cell]
        fields = [_fields().get("".join(cell.split()).rstrip(":")) for cell in labels]
        if len(fields) < 2 or None in fields:
            continue
        values = [cell for cell in _CELL.split(below.folded.strip(" |\t")) if cell]
        if len(values) == len(fields):
            pairs = zip(fields, values, strict=True)
            yield from ((field, value) for field, value in pairs if field)
