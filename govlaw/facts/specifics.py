"""From a sentence to how specific it is: a number, a named text, a named body, a date, or hedges.

No score is made of these: a profile shows where a section is specific, a sum would hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from govlaw import paths
from govlaw.document import Document
from govlaw.facts.body import Body
from govlaw.facts.quantities import Quantity
from govlaw.knowledge import read_yaml
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

#: What makes a statement specific; hedges and slogans do not unmake it.
SPECIFIC = ("has_number", "has_instrument", "has_actor", "has_date")
# 《湖里区人民政府法律顾问工作规则》 (003), 厦湖府办〔2017〕73号 (003)
_INSTRUMENT = re.compile(r"《[^《》]{2,60}》|[〔\[(（]20[0-9]{2}[〕\])）]第?[0-9]{1,4}号")
_DATE = re.compile(
    r"(?=[0-9年上下第一二三四])(?:20[0-9]{2}年|[0-9]{1,2}月(?:[0-9]{1,2}日|底|份|末|初)|年底|年末|上半年|下半年"
    r"|第?[一二三四1-4]季度|[0-9]{1,2}日前)"
)


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


def marks_of(text: str, *, has_number: bool = False) -> Marks:
    """The marks of a piece of text; whether it has a number is for the quantities to say.

    >>> marks_of("一是执法协调监督的管理机制还有待完善。").is_specific
    False
    >>> marks_of("将于2020年2月制定并下发文件,进一步加强法治政府建设。").has_date
    True
    """
    instruments, bodies, dates, hedges, slogans = map(len, _places(fold(text)))
    return Marks(has_number, instruments > 0, bodies > 0, dates > 0, hedges, slogans)


def _places(folded: str) -> tuple[list[int], ...]:
    """Where texts are named, bodies and dates, and where hedges and slogans stand."""
    return (
        [match.start() for match in _INSTRUMENT.finditer(folded)],
        _bodies(folded),
        [match.start() for match in _DATE.finditer(folded)],
        _starts(folded, "hedges"),
        _starts(folded, "slogans"),
    )


def _starts(folded: str, kind: str) -> list[int]:
    found = matcher(words(kind)).find_matches_as_indexes(folded)
    return [start for _, start, _ in found]


def _bodies(folded: str) -> list[int]:
    """Where a body is named: 县司法局 is one, 各派出所 is not."""
    vague = words("not_bodies")
    return [
        start
        for start in _starts(folded, "bodies")
        if not folded[max(0, start - 4) : start].endswith(vague)
    ]


def count_words(folded: str, kind: str) -> int:
    """How many words of a list stand in the text."""
    return len(_starts(folded, kind))


def describe(document: Document, found: dict[str, list[Quantity]]) -> list[dict[str, Any]]:
    """Rows of statements: the marks of every sentence of the body; ``found`` holds its numbers."""
    body = Body(document)
    counts = [body.count(places) for places in _places(body.text)]
    return [
        {
            "doc_id": document.doc_id,
            "sentence_id": sentence.sentence_id,
            "role": sentence.role,
            "has_number": has_value(found[sentence.sentence_id]),
            "has_instrument": instruments > 0,
            "has_actor": actors > 0,
            "has_date": dates > 0,
            "n_hedges": hedges,
            "n_slogans": slogans,
        }
        for sentence, instruments, actors, dates, hedges, slogans in zip(
            body.sentences, *counts, strict=True
        )
    ]


def has_value(quantities: Iterable[Quantity]) -> bool:
    """Whether a number says how much; a rank (第三批) says which."""
    return any(quantity.kind != "rank" for quantity in quantities)
