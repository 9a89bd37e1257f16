"""From a line to whether it belongs to the page around a report: menus, buttons, labels, footers.

The words are in ``data/words/noise.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.knowledge import read_csv
from govlaw.text.alternatives import any_of

_PAGE_NUMBER = re.compile(r"-\s?\d{1,3}\s?-|第\s?\d{1,3}\s?页(?:[,\s]{0,2}共\s?\d{1,3}\s?页)?")
_ADDRESS = re.compile(r"https?://[\w.]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STAMP = re.compile(
    r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日\s{0,3}(?=\d)|\s{0,3})(?:\d{1,2}:\d{2}(?::\d{2})?)?"
)
_LONE_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[【(]20\d\d[〕\]】)]第?\d{1,4}号")
# Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE /* Style Definitions */ …: settings and
# styles of Word that stand as text at the start of a body
_SETTING = (
    r"Normal|MicrosoftInternetExplorer\d|[\d.]{1,6}\s?磅|\d{1,3}(?=\s|$)|true|false"
    r"|[A-Z]{2}-[A-Z]{2}|X-NONE|JA|/\*[^*\n]{0,80}\*/"
    r'|[-\w.,:@#*" \t]{1,120}\{[^{}\n]{0,3000}\}'
)
_WORD_JUNK = re.compile(
    r"(?:Normal\s{1,3}0\b|/\*[^*\n]{0,80}\*/|(?=table\.Mso|@font))"
    rf"(?:\s{{0,9}}(?:{_SETTING}))*+\s*+"
)
_STYLE_LINE = re.compile(
    r"[{}]?\s{0,4}(?:/\*|mso-|@(?:font-face|page|list)|(?:table|p|li|div|span)\.Mso|panose-1|"
    r"(?:font|margin|text|line|page|layout|punctuation)(?:-[a-z-]{1,20})?:)[^。]{0,300}[;{}/\w]"
)
_JUNK = r"[-\s\[\]【】〖〗()|·*>»/:+┆,、]"
_BLANKS = r"[ \t]{0,2}"  # 索 引 号
_LONGEST = 160
# What stands below a report and is followed by more of the page, never by more of the report.
_BELOW = frozenset(
    ("tail", "prompt", "pager", "button", "share button", "share buttons", "code to scan")
)


class _Words(NamedTuple):
    line: re.Pattern[str]
    label: re.Pattern[str]
    anywhere: re.Pattern[str]


def _compiled(rows: Sequence[Mapping[str, str]]) -> _Words:
    words = {
        where: [row["text"] for row in rows if row["where"] == where]
        for where in ("line", "label", "any")
    }
    # 相关政策 is a list of other pages, 相关政策落实到位 a heading
    tails = any_of(row["text"] for row in rows if row["note"] == "tail" and row["where"] == "start")
    starts = any_of(
        row["text"] for row in rows if row["note"] != "tail" and row["where"] == "start"
    )
    label = (
        rf"(?:{any_of(words['label'], _BLANKS)})\s{{0,3}}"
        r"(?:[:\]】\t|]|(?=\s20\d\d)|(?=20\d\d[-/.年]\d))"
    )
    button, menu = any_of(words["line"]), any_of(w for w in words["line"] if len(w) > 1)
    return _Words(
        re.compile(
            rf"{_JUNK}*+(?:(?:{button}){_JUNK}*+)++$|{_JUNK}*+(?:{starts}|(?:{tails})(?![\u4e00-\u9fff]))"
            rf"|{_JUNK}*+{label}|(?:{_JUNK}*+(?:{menu})(?={_JUNK}|$)){{2,8}}"
        ),
        re.compile(label),
        re.compile(any_of(words["any"])),
    )


@cache
def _words() -> _Words:
    return _compiled(read_csv(paths.data("words", "noise.csv")))


@cache
def _words_below() -> _Words:
    rows = read_csv(paths.data("words", "noise.csv"))
    return _compiled([row for row in rows if row["note"] in _BELOW])


@cache
def _footer() -> re.Pattern[str]:
    """What opens a sentence of the page: 版权声明…。 and 主办:…。, but not 承办建议123件。"""
    rows = [row for row in read_csv(paths.data("words", "noise.csv")) if row["note"] == "footer"]
    words = {
        where: any_of(r["text"] for r in rows if r["where"] == where)
        for where in ("start", "label")
    }
    return re.compile(rf"(?:{words['start']})(?!的|工作|,)|(?:{words['label']})\s{{0,3}}:")


def is_furniture(folded_line: str) -> bool:
    """Whether a line belongs to the page and not to the report.

    >>> is_furniture("发布时间:2020-03-04 14:24 信息来源:东辽县人民政府办公室")
    True
    >>> is_furniture("一、主要举措和成效")
    False
    """
    if len(folded_line) > _LONGEST:
        return _WORD_JUNK.fullmatch(folded_line) is not None
    if folded_line.endswith("。") and not folded_line.startswith("("):
        return _footer().match(folded_line) is not None
    forms = (_PAGE_NUMBER, _LONE_NUMBER, _STAMP, _WORD_JUNK, _STYLE_LINE)
    if any(form.fullmatch(folded_line) for form in forms):
        return True
    if _ADDRESS.search(folded_line) and len(_HAN.findall(folded_line)) <= 10:
        return True
    words = _words()
    stamped = _STAMP.match(folded_line) and words.label.search(folded_line)
    return bool(stamped or words.line.match(folded_line) or words.anywhere.search(folded_line))


def word_junk(folded_line: str) -> int:
    """How many characters at the start of a line are settings of Word, not words of the report.

    >>> word_junk("Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE 2019年,我县")
    56
    """
    found = _WORD_JUNK.match(folded_line)
    return found.end() if found else 0


def ends_page(folded_line: str) -> bool:
    """Whether no report goes on below the line.

    >>> ends_page("相关阅读"), ends_page("上一篇:没有了"), ends_page("抄送:县委办公室")
    (True, True, False)
    """
    return len(folded_line) <= _LONGEST and _words_below().line.match(folded_line) is not None
