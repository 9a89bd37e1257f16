"""From a document to all the rows it gives: the map, a pure function of one file and ``data/``.

The rows of a table come as columns: a batch puts those of its documents end to end and hands them
to Arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from govlaw.document import Document, Register, Sentence, Source
from govlaw.engine.duplicates import signature
from govlaw.facts.coding import code_sentences
from govlaw.facts.concordance import find_mentions
from govlaw.facts.observations import observe
from govlaw.facts.periods import find_quantities
from govlaw.facts.promises import find_agenda
from govlaw.facts.quantities import Quantity
from govlaw.facts.rows import Observation
from govlaw.facts.specifics import describe
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.tables import TABLES
from govlaw.text.tokens import count_terms

Row = dict[str, Any]
Columns = Mapping[str, Sequence[Any]]
Found = dict[str, list[Quantity]]
_REGISTER = tuple(field.name for field in fields(Register) if field.name != "sources")
_SOURCE = tuple(field.name for field in fields(Source) if field.name != "span")
_MARK = ("kind", "start", "end")
_SECTION = ("section", "level", "marker", "heading", "role", "start", "end")
_SENTENCE = ("sentence_id", "section", "paragraph", "role", "text", "start", "end")
_QUANTITY = ("quantity_id", "sentence_id", *Quantity._fields)


def map_document(document: Document, wanted: Container[str] | None = None) -> dict[str, Columns]:
    """The tables that one document gives, or the ``wanted`` ones only, each as its columns."""
    tables = {
        name: make(document)
        for name, make in _FROM_DOCUMENT.items()
        if wanted is None or name in wanted
    }
    if wanted is None or any(name in wanted for name in _FROM_NUMBERS):
        found = find_quantities(document)
        tables |= {
            name: make(document, found)
            for name, make in _FROM_NUMBERS.items()
            if wanted is None or name in wanted
        }
    return tables


def rows_of(columns: Columns) -> list[Row]:
    """The rows of a table that is given as columns.

    >>> rows_of({"term": ["行政复议", "调解"], "n": [3, 1]})
    [{'term': '行政复议', 'n': 3}, {'term': '调解', 'n': 1}]
    """
    values = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in values]


def _columns_of(table: str, rows: Sequence[Row]) -> Columns:
    """The columns of a table whose rows are dictionaries."""
    return {c.name: [row[c.name] for row in rows] for c in TABLES[table].columns}


def _turned(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Columns:
    """The columns of a table whose rows are tuples in the order of these names."""
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ([] for _ in names)
    return dict(zip(names, columns, strict=True))


def _of(document: Document, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Columns:
    return {"doc_id": [document.doc_id] * len(rows), **_turned(names, rows)}


def _documents(document: Document) -> Columns:
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
    return {name: [value] for name, value in row.items()}


def _fields(document: Document) -> Columns:
    rows = [
        (*(getattr(source, name) for name in _SOURCE), *(source.span or (None, None)))
        for source in document.register.sources
    ]
    return _of(document, (*_SOURCE, "start", "end"), rows)


def _texts(document: Document) -> Columns:
    return {"doc_id": [document.doc_id], "text": [document.text]}


def _marks(document: Document) -> Columns:
    return _of(document, _MARK, [(mark.kind, *mark.span) for mark in document.marks])


def _sections(document: Document) -> Columns:
    rows = [(s.number, s.level, s.marker, s.heading, s.role, *s.span) for s in document.sections]
    return _of(document, _SECTION, rows)


def _sentences(document: Document) -> Columns:
    rows = [
        (s.sentence_id, s.section, s.paragraph, s.role, s.text, *s.span) for s in document.sentences
    ]
    return _of(document, _SENTENCE, rows)


def _codes(document: Document) -> Columns:
    return _columns_of("codes", code_sentences(document))


def _mentions(document: Document) -> Columns:
    return _columns_of("mentions", find_mentions(document, load_lexicon()))


def _signatures(document: Document) -> Columns:
    return {name: [value] for name, value in signature(document).items()}


def _quantities(document: Document, found: Found) -> Columns:
    rows = [
        _quantity_row(document.doc_id, sentence, quantity)
        for sentence, quantities in zip(document.sentences, found.values(), strict=True)
        for quantity in quantities
    ]
    return _of(document, _QUANTITY, rows)


def _quantity_row(doc_id: str, sentence: Sentence, quantity: Quantity) -> tuple[Any, ...]:
    text, *said, start, end, modality, period = quantity
    offset = sentence.span.start
    ids = f"{doc_id}:q{start + offset}", sentence.sentence_id
    return *ids, text, *said, start + offset, end + offset, modality, period


def _observations(document: Document, found: Found) -> Columns:
    return _turned(Observation._fields, observe(document, found, load_indicators()))


def _statements(document: Document, found: Found) -> Columns:
    return _columns_of("statements", describe(document, found))


def _agenda(document: Document, found: Found) -> Columns:
    return _columns_of("agenda", find_agenda(document, found))


_FROM_DOCUMENT: dict[str, Callable[[Document], Columns]] = {
    "documents": _documents,
    "fields": _fields,
    "texts": _texts,
    "marks": _marks,
    "sections": _sections,
    "sentences": _sentences,
    "codes": _codes,
    "term_counts": count_terms,
    "mentions": _mentions,
    "signatures": _signatures,
}
_FROM_NUMBERS: dict[str, Callable[[Document, Found], Columns]] = {
    "quantities": _quantities,
    "observations": _observations,
    "statements": _statements,
    "agenda": _agenda,
}
