"""From the sections on shortcomings and on what comes next to single problems and single promises.

A problem may come with its cause or without; a promise may say by when and how much. Whether it
was kept is asked of the next year's report, in ``stats/promises.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from govlaw.document import Document, Sentence
from govlaw.facts.quantities import Quantity
from govlaw.facts.specifics import count_words, has_value, marks_of
from govlaw.text.folding import fold

_PIECE = re.compile(r"[^;；]{1,2000}[;；]?")
_ITEM = re.compile(
    r"^\s{0,8}(?:[(（][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|[0-9]{1,2}[.、．])"
)
_DEADLINE = re.compile(
    r"(?=[力争确计将在于到0-9今明年上下第一二三四])(?:力争|争取|确保|计划|将)?(?:在|于|到)?(?P<when>(?:20[0-9]{2}年|今年|明年|年)(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
    r"(?:上半年|下半年|第?[一二三四1-4]季度|年?[底末]|内|全年)?(?:之?前|以前)?"
    r"|[0-9]{1,2}月(?:[0-9]{1,2}日|[底末])?(?:之?前|以前)|上半年|下半年|第?[一二三四1-4]季度|年内)"
)
# 产生上述问题,主要是因为… gives one cause for all problems before it; 分析以上不足的原因 as well.
_ALL = re.compile(
    r"(?:上述|以上|上面|前述|这些|这几|此类)[^,，。;:]{0,8}?(?:问题|不足|短板|困难|情况|现象|差距)"
)
# (牵头单位:县司法局;完成时限:6月底) names who is to keep the promise before it and is none itself.
_NOTE = re.compile(
    r"[(（\[【]?(?:责任|牵头|配合|主办|协办|承办|实施|落实|参与|参加|完成|办理|督办|分管|主管)"
    r"(?:单位|部门|科室|领导|人|主体|时限|时间|期限|日期|股室|处室)[^:：]{0,6}[:：]"
)
_NOTED = re.compile(r"[(（\[【][^()（）\[\]【】]{1,400}[)）\]】]")
_VAGUE_WHEN = re.compile(r"(?:20[0-9]{2}|今|明)?年")  # every promise is for the year
_PLANS = ("plan", "scheme")
_LEAST = 6  # letters of a piece that can say something


class _Piece(NamedTuple):
    """A statement between semicolons, with the sentence it stands in."""

    sentence: Sentence
    text: str
    start: int
    end: int


def find_agenda(document: Document, found: dict[str, list[Quantity]]) -> list[dict[str, Any]]:
    """Rows of agenda: the problems and promises of a report.

    Problems come from sections on shortcomings and causes, promises from plans; a plan is promises
    throughout. Headings over further sentences and lines that only announce a list (主要表现:) are
    left out. ``has_cause`` is empty for a promise, ``deadline`` and ``amount`` are as written.
    """
    rows: list[dict[str, Any]] = []
    for piece in _pieces(document):
        is_plan = _kind(document, piece.sentence) == "plan"
        folded = fold(piece.text)
        explained = [] if is_plan else _explained(rows, piece, folded)
        for row in explained:
            row["has_cause"] = True
        if explained:
            continue
        rows.append(_row(piece, folded, is_plan, found[piece.sentence.sentence_id]))
    for row in rows:
        del row["section"]
    return rows


def _row(piece: _Piece, folded: str, is_plan: bool, quantities: list[Quantity]) -> dict[str, Any]:
    offset = piece.start - piece.sentence.span.start
    own = [q for q in quantities if offset <= q.start < offset + len(piece.text)]
    amounts = [q.text for q in own if q.kind != "rank"]
    marks = marks_of(piece.text, has_number=has_value(own))
    return {
        "doc_id": piece.sentence.doc_id,
        "sentence_id": piece.sentence.sentence_id,
        "kind": "plan" if is_plan else "problem",
        "text": piece.text,
        "has_cause": None if is_plan else count_words(folded, "causes") > 0,
        "is_specific": marks.is_specific,
        "n_hedges": marks.n_hedges,
        "deadline": deadline_of(piece.text) if is_plan else None,
        "amount": " ".join(amounts) or None if is_plan else None,
        "start": piece.start,
        "end": piece.end,
        "section": piece.sentence.section,
    }


def deadline_of(text: str) -> str | None:
    """By when a promise is to be kept, as written.

    >>> deadline_of("6月底前完成县级权责清单新一轮调整")
    '6月底前'
    >>> deadline_of("加大执法队伍培训力度") is None
    True
    """
    for found in _DEADLINE.finditer(fold(text)):
        when = found.group("when")
        if not _VAGUE_WHEN.fullmatch(when) and text[found.end() : found.end() + 1] not in (
            "来",
            "度",
        ):
            return text[found.start("when") : found.end("when")]
    return None


def _pieces(document: Document) -> Iterator[_Piece]:
    headings = {section.number: section.heading for section in document.sections}
    parents = {one.number for one, other in pairwise(document.sections) if one.level < other.level}
    for sentence, after in zip_longest(document.sentences, document.sentences[1:]):
        if _kind(document, sentence) is None:
            continue
        heading = headings.get(sentence.section, "")
        # (一)完成10个镇街…。(二)力争… on one line: the first item is no title of the second.
        goes_on = after is not None and after.section == sentence.section
        is_title = sentence.section in parents or (goes_on and not _ITEM.match(after.text))
        if not (heading and is_title and _bare(sentence.text) == _bare(heading)):
            yield from _split(sentence)


def _split(sentence: Sentence) -> Iterator[_Piece]:
    told = _without_notes(sentence.text)
    for found in _PIECE.finditer(told):
        text = sentence.text[found.start() : found.end()].rstrip()
        start = sentence.span.start + found.start() + len(text) - len(text.lstrip())
        text = text.strip()
        frames = count_words(fold(text), "frames")
        if len(_bare(found.group())) >= _LEAST and not frames and not text.endswith((":", "：")):
            yield _Piece(sentence, text, start, start + len(text))


def _without_notes(text: str) -> str:
    """A sentence with blanks where it notes who is to do what is said, and by when."""
    if _NOTE.match(text.lstrip()):
        return " " * len(text)
    return _NOTED.sub(lambda n: " " * len(n[0]) if _NOTE.match(n[0]) else n[0], text)


def _kind(document: Document, sentence: Sentence) -> str | None:
    if sentence.role in ("problems", "causes"):
        return "problem"
    if sentence.role == "plan" or (document.doc_type in _PLANS and sentence.role != "noise"):
        return "plan"
    return None


def _explained(rows: list[dict[str, Any]], piece: _Piece, folded: str) -> list[dict[str, Any]]:
    """The problems a piece gives the cause of: all of its section, the last one, or none."""
    own = [row for row in rows if row["kind"] == "problem"]
    own = [row for row in own if row["section"] == piece.sentence.section]
    if _is_cause_of_all(folded):
        return own
    return own[-1:] if _is_cause_only(folded) and not _ITEM.match(piece.text) else []


def _is_cause_of_all(folded: str) -> bool:
    opening = _ITEM.sub("", folded, count=1)[:30]
    says_why = "原因" in opening or count_words(opening, "causes") > 0
    return says_why and _ALL.search(opening) is not None


def _is_cause_only(folded: str) -> bool:
    """Whether a piece opens with the cause of what was said before."""
    opening = _ITEM.sub("", folded, count=1)[:12]
    return count_words(opening, "causes") > 0


def _bare(text: str) -> str:
    """A line without its number and its signs."""
    return "".join(c for c in _ITEM.sub("", fold(text), count=1) if c.isalnum())
