"""From a document to all the rows it gives: the map, a pure function of one file and ``data/``."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import fields
from typing import Any

from govlaw.document import Document, Register, Sentence, Source
from govlaw.engine.duplicates import signature
from govlaw.facts.coding import code_sentences
from govlaw.facts.concordance import find_mentions
from govlaw.facts.observations import observe
from govlaw.facts.promises import find_agenda
from govlaw.facts.quantities import Quantity
from govlaw.facts.reading import read_quantities
from govlaw.facts.specifics import describe
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.text.tokens import count_terms

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Found = dict[str, list[Quantity]]
_REGISTER = tuple(field.name for field in fields(Register) if field.name != "sources")
_SOURCE = tuple(field.name for field in fields(Source))


def map_document(document: Document, wanted: Container[str] | None = None) -> Rows:
    """All rows that one document gives, or those of the ``wanted`` tables only."""
    rows = {
        name: make(document)
        for name, make in _FROM_DOCUMENT.items()
        if wanted is None or name in wanted
    }
    if wanted is None or any(name in wanted for name in _FROM_NUMBERS):
        found = {s.sentence_id: read_quantities(s, document) for s in document.sentences}
        rows |= {
            name: make(document, found)
            for name, make in _FROM_NUMBERS.items()
            if wanted is None or name in wanted
        }
    return rows


def _fields(document: Document) -> list[Row]:
    return [_field_row(document, source) for source in document.register.sources]


def _texts(document: Document) -> list[Row]:
    return [{"doc_id": document.doc_id, "text": document.text}]


def _marks(document: Document) -> list[Row]:
    return [_placed(document, m.span, kind=m.kind) for m in document.marks]


def _sections(document: Document) -> list[Row]:
    return [
        _placed(document, s.span, section=s.number, level=s.level, marker=s.marker,
                heading=s.heading, role=s.role)
        for s in document.sections
    ]  # fmt: skip


def _sentences(document: Document) -> list[Row]:
    return [
        _placed(document, s.span, sentence_id=s.sentence_id, section=s.section,
                paragraph=s.paragraph, role=s.role, text=s.text)
        for s in document.sentences
    ]  # fmt: skip


def _mentions(document: Document) -> list[Row]:
    return find_mentions(document, load_lexicon())


def _quantities(document: Document, found: Found) -> list[Row]:
    return [
        _quantity_row(document, sentence, quantity)
        for sentence, quantities in zip(document.sentences, found.values(), strict=True)
        for quantity in quantities
    ]


def _observations(document: Document, found: Found) -> list[Row]:
    return [row._asdict() for row in observe(document, found, load_indicators())]


def _placed(document: Document, span: tuple[int, int], **row: Any) -> Row:
    return {"doc_id": document.doc_id, **row, "start": span[0], "end": span[1]}


def _documents(document: Document) -> list[Row]:
    # Not dataclasses.asdict, which copies each value and all that it holds.
    register = {name: getattr(document.register, name) for name in _REGISTER}
    body = [s.text for s in document.sentences if s.role != "noise"]
    row = {
        **register,
        "notes": "; ".join(register["notes"]) or None,
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "n_chars": sum(map(len, "".join(body).split())),
        "n_sentences": len(body),
    }
    return [row]


def _field_row(document: Document, source: Source) -> Row:
    start, end = source.span or (None, None)
    row = {name: getattr(source, name) for name in _SOURCE}
    return {"doc_id": document.doc_id, **row, "start": start, "end": end}


def _quantity_row(document: Document, sentence: Sentence, quantity: Quantity) -> Row:
    offset = sentence.span.start
    start, end = offset + quantity.start, offset + quantity.end
    return {
        "quantity_id": f"{document.doc_id}:q{start}", "doc_id": document.doc_id,
        "sentence_id": sentence.sentence_id, **quantity._asdict(), "start": start, "end": end,
    }  # fmt: skip


_FROM_DOCUMENT: dict[str, Callable[[Document], list[Row]]] = {
    "documents": _documents,
    "fields": _fields,
    "texts": _texts,
    "marks": _marks,
    "sections": _sections,
    "sentences": _sentences,
    "codes": code_sentences,
    "term_counts": count_terms,
    "mentions": _mentions,
    "signatures": lambda document: [signature(document)],
}
_FROM_NUMBERS: dict[str, Callable[[Document, Found], list[Row]]] = {
    "quantities": _quantities,
    "observations": _observations,
    "statements": describe,
    "agenda": find_agenda,
}
