"""From a sentence to how specific it is: a number, a named text, a named body, a date, or hedges.

No score is made of these: a profile shows where a section is specific, a sum would hide it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from govlaw import paths
from govlaw.document import Document
from govlaw.facts.body import Body, body_of
from govlaw.facts.quantities import Quantity
from govlaw.knowledge import read_yaml
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

#: What makes a statement specific; hedges and slogans do not unmake it.
SPECIFIC = ("has_number", "has_instrument", "has_actor", "has_date")
# Each pattern opens with a letter and looks back from there: so it is found at a tenth of the time.
_TEXTS = (
    re.compile(r"《[^《》]{2,60}》"),  # 《湖里区人民政府法律顾问工作规则》 (003)
    re.compile(r"20[0-9]{2}[〕\])](?<=[〔\[(].{5})第?[0-9]{1,4}号"),  # 厦湖府办〔2017〕73号 (003)
)
_DAYS = (
    re.compile(r"20[0-9]{2}年"),
    re.compile(r"月(?<=[0-9]月)(?:[0-9]{1,2}日|[底份末初])"),
    re.compile(r"日前(?<=[0-9]日前)"),
)
_SEASONS = ("年底", "年末", "上半年", "下半年", *(f"{n}季度" for n in "一二三四1234"))


class Marks(NamedTuple):
    """What of a statement is specific, and its hedges and slogans."""

    has_number: bool
    has_instrument: bool
    has_actor: bool
    has_date: bool
    n_hedges: int
    n_slogans: int

    @property
    def is_specific(self) -> bool:
        """Whether it names a number, a text, a body or a date."""
        return any(self[: len(SPECIFIC)])


@cache
def words(kind: str) -> tuple[str, ...]:
    """A list of ``data/words/statements.yml``, for example the hedges.

    >>> "有待" in words("hedges")
    True
    """
    return tuple(map(str, read_yaml(paths.data("words", "statements.yml"))[kind]))


class _Places(NamedTuple):
    """Where a text names texts, bodies and dates, and where its hedges and slogans stand."""

    instruments: list[int]
    bodies: list[int]
    dates: list[int]
    hedges: list[int]
    slogans: list[int]


def marks_of(text: str, *, has_number: bool = False) -> Marks:
    """The marks of a piece of text; whether it has a number is for the quantities to say.

    >>> marks_of("一是执法协调监督的管理机制还有待完善。").is_specific
    False
    >>> marks_of("将于2020年2月制定并下发文件,进一步加强法治政府建设。").has_date
    True
    """
    instruments, bodies, dates, hedges, slogans = map(len, _places(fold(text)))
    return Marks(has_number, instruments > 0, bodies > 0, dates > 0, hedges, slogans)


def is_specific_between(body: Body, start: int, end: int) -> bool:
    """Whether a part of a body's text, searched once for all its parts, is specific by words."""
    instruments, bodies, dates, _, _ = _places_in(body)
    if between(bodies, start, end) or between(dates, start, end):
        return True
    # 《 may stand in this part and its 》 in the next.
    names_text = between(instruments, start, end) > 0
    return names_text and any(text.search(body.text, start, end) for text in _TEXTS)


def hedges_between(body: Body, start: int, end: int) -> int:
    """How many hedges stand in a part of a body's text."""
    return between(_places_in(body).hedges, start, end)


def between(places: list[int], start: int, end: int) -> int:
    """How many places, given in order, lie in a part of the text."""
    return bisect_left(places, end) - bisect_left(places, start)


@lru_cache(maxsize=1)
def _places_in(body: Body) -> _Places:
    return _places(body.text)


def _places(folded: str) -> _Places:
    return _Places(
        instruments=sorted(_starts(_TEXTS, folded)),
        bodies=_bodies(folded),
        dates=sorted(_starts(_DAYS, folded) + find_words(_SEASONS, folded)),
        hedges=find_words(words("hedges"), folded),
        slogans=find_words(words("slogans"), folded),
    )


def _starts(patterns: Iterable[re.Pattern[str]], folded: str) -> list[int]:
    return [found.start() for pattern in patterns for found in pattern.finditer(folded)]


def find_words(wanted: tuple[str, ...], folded: str) -> list[int]:
    """Where these words stand, leftmost first and longest first."""
    places, end = [], 0
    # A match is where its word stands next: cheaper than offsets, for which the automaton would
    # make a table of the whole text.
    for word in matcher(wanted).find_matches_as_strings(folded):
        start = folded.find(word, end)
        end = start + len(word)
        places.append(start)
    return places


def _bodies(folded: str) -> list[int]:
    """Where a body is named: 县司法局 is one, 各派出所 is not."""
    vague = words("not_bodies")
    return [
        start
        for start in find_words(words("bodies"), folded)
        if not folded.endswith(vague, max(0, start - 4), start)
    ]


def describe(document: Document, found: dict[str, list[Quantity]]) -> list[dict[str, Any]]:
    """Rows of statements: the marks of every sentence of the body; ``found`` holds its numbers."""
    body = body_of(document)
    counts = map(body.count, _places_in(body))
    return [
        {
            "doc_id": document.doc_id,
            "sentence_id": sentence_id,
            "role": sentence.role,
            "has_number": has_value(found[sentence_id]),
            "has_instrument": instruments > 0,
            "has_actor": actors > 0,
            "has_date": dates > 0,
            "n_hedges": hedges,
            "n_slogans": slogans,
        }
        for sentence, sentence_id, instruments, actors, dates, hedges, slogans in zip(
            body.sentences, body.ids, *counts, strict=True
        )
    ]


def has_value(quantities: Sequence[Quantity]) -> bool:
    """Whether a number says how much; a rank (第三批) says which."""
    return bool(quantities) and any(quantity.kind != "rank" for quantity in quantities)
