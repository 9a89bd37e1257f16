"""From a file that was read to the frozen things every room talks about.

Offsets are half-open and count code points of the text as it was decoded; the text is never
edited, so ``document.text[span.start:span.end]`` is always what the report says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of a document's text.

    >>> Span(3, 5).of("全年受理5起行政复议案件")
    '理5'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the text that is not part of what the report says: furniture, a caption, ..."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above."""

    number: int
    level: int
    marker: str
    heading: str
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body; ``sentence_id`` is the anchor every number leads back to."""

    doc_id: str
    number: int
    section: int
    paragraph: int
    role: str
    span: Span
    text: str
    #: For example ``004:s0042``; made once, for every table asks for it.
    sentence_id: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence_id", f"{self.doc_id}:s{self.number:04d}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field of the register was read, and how sure that is, from 0 to 1.

    ``quote`` are the words read; for a tag of the page's head they follow its name.
    """

    field: str
    value: str
    source: str
    confidence: float
    span: Span | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What a document says of itself: who reports, on which year, in what kind of text."""

    title: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    ref_area: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    level: str | None = None
    doc_type: str = "other"
    year: int | None = None
    date_signed: date | None = None
    date_published: date | None = None
    url: str | None = None
    script: str | None = None
    is_truncated: bool = False
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def source_of(self, field: str) -> Source | None:
        """Where a field was read; None for one that the text does not state."""
        return next((source for source in self.sources if source.field == field), None)


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its untouched text, its register and its structure."""

    doc_id: str
    path: str
    sha256: str
    encoding: str
    text: str
    register: Register
    marks: tuple[Mark, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.register.year

    @property
    def doc_type(self) -> str:
        """The kind of document, for example ``annual_report`` or ``plan``."""
        return self.register.doc_type

    def sentences_of(self, role: str) -> Iterator[Sentence]:
        """The sentences that stand in sections of one role, for example ``problems``."""
        return (sentence for sentence in self.sentences if sentence.role == role)
