"""From the place of a title, or the tag that states it, to its words and what each part says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from govlaw.document import Span
from govlaw.text.finds import INFERRED, PLACED, STATED, TAGGED, TITLED, Find, tag_of
from govlaw.text.folding import fold
from govlaw.text.titles import LABELLED_TITLE, is_title

V = TypeVar("V", str, int)
_LABEL_BEFORE = re.compile(LABELLED_TITLE.pattern + "$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The title as printed, without the blanks and line ends inside a wrapped one.

    ``places`` are the offsets of its characters in the text; a title of the page's head has none.
    """

    words: str
    source: str
    confidence: float
    places: tuple[int, ...] = ()
    quote: str | None = None

    @property
    def find(self) -> Find[str]:
        """The title as a field of the register."""
        found = self.part(self.words, 0, len(self.words))
        return Find(self.words, self.source, self.confidence, found.span, self.quote)

    def part(self, value: V, start: int, end: int) -> Find[V]:
        """What some of its words state, with their place in the text."""
        if not self.places or start >= end:
            return Find(value, self.source, min(self.confidence, TITLED), quote=self.quote)
        span = Span(self.places[start], self.places[end - 1] + 1)
        return Find(value, "title", TITLED, span)


def read_heading(text: str, span: Span | None, facts: Mapping[str, str]) -> Heading | None:
    """The title at ``span`` of a text, else the one that the head of the page gives.

    >>> page = "东辽县人民政府\\n关于2019年度法治政府建设情况的报告"
    >>> read_heading(page, Span(0, len(page)), {}).words
    '东辽县人民政府关于2019年度法治政府建设情况的报告'
    """
    if span:
        places = tuple(n for n in range(*span) if text[n] not in " \t\r\n\u3000")
        words = "".join(text[n] for n in places)
        is_labelled = _LABEL_BEFORE.search(fold(text[max(0, span.start - 20) : span.start]))
        known = TITLED if is_title(fold(words)) else INFERRED
        return Heading(words, "title", STATED if is_labelled else known, places)
    if title := facts.get("title"):
        is_tag = facts.get("title.where", "").startswith("meta")
        return Heading(title, "meta", TAGGED if is_tag else PLACED, quote=tag_of(facts, "title"))
    return None
