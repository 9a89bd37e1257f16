"""From a document to all the rows it gives: the map, a pure function of one file and ``data/``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from govlaw.document import Document, Source
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


def map_document(document: Document) -> Rows:
    """All rows that one document gives."""
    found = {s.sentence_id: read_quantities(s, document) for s in document.sentences}
    observed = observe(document, found, load_indicators())
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
            _quantity_row(document, sentence.sentence_id, sentence.span.start, quantity)
            for sentence in document.sentences
            for quantity in found[sentence.sentence_id]
        ],
        "observations": [asdict(observation) for observation in observed],
        "codes": code_sentences(document),
        "statements": describe(document, found),
        "agenda": find_agenda(document, found),
        "term_counts": count_terms(document),
        "mentions": find_mentions(document, load_lexicon()),
    }  # fmt: skip


def _placed(document: Document, span: tuple[int, int], **row: Any) -> dict[str, Any]:
    return {"doc_id": document.doc_id, **row, "start": span[0], "end": span[1]}


def _document_row(document: Document) -> dict[str, Any]:
    register = asdict(document.register)
    body = [s.text for s in document.sentences if s.role != "noise"]
    return {
        **register,
        "notes": "; ".join(register["notes"]) or None,
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "n_chars": sum(len("".join(text.split())) for text in body),
        "n_sentences": len(body),
    }


def _field_row(document: Document, source: Source) -> dict[str, Any]:
    start, end = source.span or (None, None)
    return {"doc_id": document.doc_id, **asdict(source), "start": start, "end": end}


def _quantity_row(
    document: Document, sentence_id: str, offset: int, quantity: Quantity
) -> dict[str, Any]:
    start, end = offset + quantity.start, offset + quantity.end
    row = {**asdict(quantity), "start": start, "end": end}
    return {
        "quantity_id": f"{document.doc_id}:q{start}", "doc_id": document.doc_id,
        "sentence_id": sentence_id, **row,
    }  # fmt: skip
