"""From what was read to where it was read, and how sure that is.

The scale of confidence has few steps, so that a reader can tell them apart; only a vote of
sentences (``years``) and the evidence of an area (``areas``) give numbers of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from govlaw.document import Source, Span

STATED = 1.0  # 发布日期:2020-03-04, the value of a label
TITLED = 0.95  # in the title
SIGNED = 0.95  # in the signature
TAGGED = 0.95  # in a tag made for it: <meta name="PubDate">
PLACED = 0.8  # without a label where such a thing stands: a date alone below the title
INFERRED = 0.6  # from what the text is like: shortcomings and next steps make it a report
UNTOLD = 0.5  # nothing tells; the value for what is not known

T = TypeVar("T", str, int, bool, date)


@dataclass(frozen=True, slots=True)
class Find(Generic[T]):
    """A value with the place it was read in; ``quote`` is for what stands outside the text."""

    value: T
    source: str
    confidence: float
    span: Span | None = None
    quote: str | None = None

    def told(self, field: str, text: str) -> Source:
        """The find as the register keeps it for one of its fields.

        >>> text = "文号:东府〔2020〕3号"
        >>> Find("东府〔2020〕3号", "header", STATED, Span(3, 13)).told("doc_no", text).quote
        '东府〔2020〕3号'
        """
        value = str(self.value).lower() if isinstance(self.value, bool) else str(self.value)
        quote = self.span.of(text) if self.span else self.quote
        return Source(field, value, self.source, self.confidence, self.span, quote)


def tag_of(facts: Mapping[str, str], name: str) -> str:
    """A fact with the name of the tag that states it: ``meta PubDate: 2020-03-04``."""
    where = facts.get(f"{name}.where")
    return f"{where}: {facts[name]}" if where else facts[name]
