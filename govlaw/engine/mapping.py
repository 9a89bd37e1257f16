"""From a document to all the rows it gives: the map, a pure function of one file and ``data/``."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from govlaw.document import Document, Register, Sentence, Source
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

Rows = dict[str, list[dict[str, Any]]]
_REGISTER = tuple(field.name for field in fields(Register) if field.name != "sources")
_SOURCE = tuple(field.name for field in fields(Source))


def map_document(document: Document) -> Rows:
    """All rows that one document gives."""
    found = {s.sentence_id: read_quantities(s, document) for s in document.sentences}
    return {
        "documents": [_document_row(document)],
        "fields": [_field_row(document, source) for source in document.register.sources],
        "texts": [{"doc_id": document.doc_id, "text": document.text}],
        "marks": [_placed(document, m.span, kind=m.kind) for m in document.marks],
        "sections": [
            _placed(document, s.span, section=s.number, level=s.level, marker=s.marker,
                    heading=s.heading, role=s.role)
            for s in document.sections
        ],
        "sentences": [
            _placed(document, s.span, sentence_id=s.sentence_id, section=s.section,
                    paragraph=s.paragraph, role=s.role, text=s.text)
            for s in document.sentences
        ],
        "quantities": [
            _quantity_row(document, sentence, quantity)
            for sentence, quantities in zip(document.sentences, found.values(), strict=True)
            for quantity in quantities
        ],
        "observations": [
            observation._asdict() for observation in observe(document, found, load_indicators())
        ],
        "codes": code_sentences(document),
        "statements": describe(document, found),
        "agenda": find_agenda(document, found),
        "term_counts": count_terms(document),
        "mentions": find_mentions(document, load_lexicon()),
    }  # fmt: skip


def _placed(document: Document, span: tuple[int, int], **row: Any) -> dict[str, Any]:
    return {"doc_id": document.doc_id, **row, "start": span[0], "end": span[1]}


def _document_row(document: Document) -> dict[str, Any]:
    # Not dataclasses.asdict, which copies each value and all that it holds.
    register = {name: getattr(document.register, name) for name in _REGISTER}
    body = [s.text for s in document.sentences if s.role != "noise"]
    return {
        **register,
        "notes": "; ".join(register["notes"]) or None,
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "n_chars": sum(map(len, "".join(body).split())),
        "n_sentences": len(body),
    }


def _field_row(document: Document, source: Source) -> dict[str, Any]:
    start, end = source.span or (None, None)
    row = {name: getattr(source, name) for name in _SOURCE}
    return {"doc_id": document.doc_id, **row, "start": start, "end": end}


def _quantity_row(document: Document, sentence: Sentence, quantity: Quantity) -> dict[str, Any]:
    offset = sentence.span.start
    start, end = offset + quantity.start, offset + quantity.end
    return {
        "quantity_id": f"{document.doc_id}:q{start}", "doc_id": document.doc_id,
        "sentence_id": sentence.sentence_id, **quantity._asdict(), "start": start, "end": end,
    }  # fmt: skip
