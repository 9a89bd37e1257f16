"""From the sections on shortcomings and on what comes next to single problems and single promises.

A problem may come with its cause or without; a promise may say by when and how much. Whether it
was kept is asked of the next year's report, in ``stats/promises.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from govlaw.document import Document, Sentence
from govlaw.facts.body import Body, body_of
from govlaw.facts.quantities import Quantity
from govlaw.facts.specifics import (
    between,
    find_words,
    has_value,
    hedges_between,
    is_specific_between,
    words,
)
from govlaw.text.folding import fold

_PIECE = re.compile(r"[^;；]{1,2000}[;；]?")
_ITEM = re.compile(
    r"\s{0,8}(?:[(（][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|[0-9]{1,2}[.、．])"
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
# Six letters or more, whatever signs lie between: a piece with fewer can say nothing.
_SAYS = re.compile(r"(?:[\W_]*+[^\W_]){6}")
_SIGNS = re.compile(r"[\W_]++")


class _Piece(NamedTuple):
    """A statement between semicolons, as printed and as matched.

    Its sentence and itself start at offsets of the document; ``begin`` and ``end`` are its place in
    the text of the body.
    """

    sentence: Sentence
    sentence_id: str
    is_plan: bool
    text: str
    start: int
    begin: int
    end: int


def find_agenda(document: Document, found: dict[str, list[Quantity]]) -> list[dict[str, Any]]:
    """Rows of agenda: the problems and promises of a report.

    Problems come from sections on shortcomings and causes, promises from plans; a plan is promises
    throughout. Headings over further sentences and lines that only announce a list (主要表现:) are
    left out. ``has_cause`` is empty for a promise, ``deadline`` and ``amount`` are as written.
    """
    body = body_of(document)
    causes = find_words(words("causes"), body.text)
    rows: list[dict[str, Any]] = []
    problems: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)  # by section
    for piece in _pieces(document, body):
        row = _row(piece, body, found[piece.sentence_id])
        if not piece.is_plan:
            own = problems[piece.sentence.section]
            row["has_cause"] = between(causes, piece.begin, piece.end) > 0
            folded = body.text[piece.begin : piece.end]
            explained = _explained(own, folded, piece.text, row["has_cause"])
            for problem in explained:
                problem["has_cause"] = True
            if explained:
                continue
            own.append(row)
        rows.append(row)
    return rows


def _row(piece: _Piece, body: Body, quantities: list[Quantity]) -> dict[str, Any]:
    if quantities:
        low = piece.start - piece.sentence.span.start
        high = low + len(piece.text)
        quantities = [one for one in quantities if low <= one.start < high]
    place = body, piece.begin, piece.end
    return {
        "doc_id": piece.sentence.doc_id,
        "sentence_id": piece.sentence_id,
        "kind": "plan" if piece.is_plan else "problem",
        "text": piece.text,
        "has_cause": None,
        "is_specific": has_value(quantities) or is_specific_between(*place),
        "n_hedges": hedges_between(*place),
        "deadline": deadline_of(piece.text) if piece.is_plan else None,
        "amount": (piece.is_plan and _amount(quantities)) or None,
        "start": piece.start,
        "end": piece.start + len(piece.text),
    }


def _amount(quantities: list[Quantity]) -> str:
    return " ".join([one.text for one in quantities if one.kind != "rank"])


def deadline_of(text: str) -> str | None:
    """By when a promise is to be kept, as written.

    >>> deadline_of("6月底前完成县级权责清单新一轮调整")
    '6月底前'
    >>> deadline_of("加大执法队伍培训力度") is None
    True
    """
    folded = fold(text)
    if not ("年" in folded or "月" in folded or "季度" in folded):  # every deadline has one
        return None
    for found in _DEADLINE.finditer(folded):
        if not _VAGUE_WHEN.fullmatch(found["when"]) and text[found.end() :][:1] not in ("来", "度"):
            return text[found.start("when") : found.end("when")]
    return None


def _pieces(document: Document, body: Body) -> Iterator[_Piece]:
    headings = {section.number: section.heading for section in document.sections}
    parents = {one.number for one, other in pairwise(document.sections) if one.level < other.level}
    frames = find_words(words("frames"), body.text)
    places = iter(zip(body.starts, body.ids, strict=True))
    for sentence, after in zip_longest(document.sentences, document.sentences[1:]):
        if sentence.role == "noise":
            continue
        at, sentence_id = next(places)
        is_plan = _is_plan(document, sentence)
        if is_plan is None:
            continue
        folded = body.text[at : at + len(sentence.text)]
        if _says_no_more(folded, headings.get(sentence.section, "")):
            # (一)完成10个镇街…。(二)力争… on one line: the first item is no title of the second.
            goes_on = after is not None and after.section == sentence.section
            if sentence.section in parents or (goes_on and not _ITEM.match(after.text)):
                continue
        for start, end in _split(folded):
            if not between(frames, at + start, at + end):
                place, text = sentence.span.start + start, sentence.text[start:end]
                yield _Piece(sentence, sentence_id, is_plan, text, place, at + start, at + end)


def _says_no_more(folded: str, heading: str) -> bool:
    """Whether a line is the heading again, whatever their numbers and signs."""
    last = fold(heading[-1:])
    if last.isalnum() and last not in folded:  # so with most lines
        return False
    return heading != "" and _bare(folded) == _bare(fold(heading))


def _split(folded: str) -> Iterator[tuple[int, int]]:
    """Where the statements of a sentence stand in it."""
    told = _without_notes(folded) if ":" in folded else folded
    for found in _PIECE.finditer(told):
        start, end = found.span()
        item = _ITEM.match(told, start, end)
        if _SAYS.match(told, item.end() if item else start, end):
            piece = folded[start:end].rstrip()
            if not piece.endswith(":"):
                yield start + len(piece) - len(piece.lstrip()), start + len(piece)


def _without_notes(text: str) -> str:
    """A sentence with blanks where it notes who is to do what is said, and by when."""
    if _NOTE.match(text.lstrip()):
        return " " * len(text)
    return _NOTED.sub(lambda n: " " * len(n[0]) if _NOTE.match(n[0]) else n[0], text)


def _is_plan(document: Document, sentence: Sentence) -> bool | None:
    """Whether a sentence of the body is of a plan; None where it tells no problem either."""
    if sentence.role in ("problems", "causes"):
        return False
    return True if sentence.role == "plan" or document.doc_type in _PLANS else None


def _explained(
    above: list[dict[str, Any]], folded: str, text: str, has_cause: bool
) -> list[dict[str, Any]]:
    """The problems a piece gives the cause of: all above in its section, the last one, or none."""
    if not has_cause and "原因" not in folded:
        return []
    rest = _without_item(folded)
    if _is_cause_of_all(rest[:30]):
        return above
    return above[-1:] if _gives_cause(rest[:12]) and not _ITEM.match(text) else []


def _is_cause_of_all(opening: str) -> bool:
    return ("原因" in opening or _gives_cause(opening)) and _ALL.search(opening) is not None


def _gives_cause(opening: str) -> bool:
    return bool(find_words(words("causes"), opening))


def _bare(folded: str) -> str:
    """A line without its number and its signs."""
    return _SIGNS.sub("", _without_item(folded))


def _without_item(folded: str) -> str:
    item = _ITEM.match(folded)
    return folded[item.end() :] if item else folded
