"""From a piece of text to a small document whose sentences can be asked for what they state."""

from __future__ import annotations

import hashlib
import re

from govlaw.document import Document, Register, Section, Sentence, Span

_SENTENCE = re.compile(r"[^。！？\n]{1,2000}[。！？]?")


def document_of(text: str, *, context: str = "", year: int | None = None) -> Document:
    """A document of one section for ad-hoc use; ``context`` is the heading it stands under.

    >>> [sentence.text for sentence in document_of("受理5件。办结4件。").sentences]
    ['受理5件。', '办结4件。']
    """
    doc_id = "text"
    section = Section(0, 1, "", context, "achievements", Span(0, len(text)))
    sentences: list[Sentence] = []
    paragraph = 0
    for found in _SENTENCE.finditer(text):
        paragraph += "\n" in text[found.start() - 1 : found.start()]
        span = Span(found.start(), found.end())
        number = len(sentences) + 1
        sentences.append(Sentence(doc_id, number, 0, paragraph, section.role, span, span.of(text)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    register = Register(year=year, doc_type="annual_report")
    return Document(doc_id, "", digest, "utf-8", text, register, (), (section,), tuple(sentences))
