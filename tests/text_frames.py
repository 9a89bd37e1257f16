"""From a few words to the frames that stats works on; a tool of the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govlaw.document import Document
from govlaw.facts.periods import find_quantities
from govlaw.facts.reading import document_of
from govlaw.tables import TABLES
from govlaw.text.corpus import read_document

Frames = dict[str, pd.DataFrame]


def frames_of_text(text: str, *, year: int | None = None, **register: Any) -> Frames:
    """The frames of one small report that holds this text."""
    made = frames([document_of(text, year=year)])
    for name, value in register.items():
        made["documents"][name] = [value]
    made["documents"] = TABLES["documents"].conform(made["documents"])
    return made


def frames_of_files(paths: Iterable[Path]) -> Frames:
    """The frames of files, without observations."""
    return frames([read_document(path) for path in paths])


def frames(documents: Iterable[Document]) -> Frames:
    """The frames of documents, without observations."""
    rows: dict[str, list[Mapping[str, Any]]] = {
        name: [] for name in ("documents", "sections", "sentences", "quantities", "observations")
    }
    for document in documents:
        rows["documents"].append(_document_row(document))
        rows["sections"] += [
            {"doc_id": document.doc_id, "section": s.number, "level": s.level, "marker": s.marker,
             "heading": s.heading, "role": s.role, "start": s.span.start, "end": s.span.end}
            for s in document.sections
        ]  # fmt: skip
        numbers = find_quantities(document)
        for s in document.sentences:
            place = {"sentence_id": s.sentence_id, "doc_id": document.doc_id}
            rows["sentences"].append({
                **place, "section": s.section, "paragraph": s.paragraph, "role": s.role,
                "text": s.text, "start": s.span.start, "end": s.span.end,
            })  # fmt: skip
            for q in numbers[s.sentence_id]:
                start = s.span.start + q.start
                found = {**q._asdict(), **place, "start": start, "end": s.span.start + q.end}
                found["quantity_id"] = f"{document.doc_id}:q{start}"
                rows["quantities"].append(found)
    return {name: TABLES[name].frame(found) for name, found in rows.items()}


def _document_row(document: Document) -> dict[str, Any]:
    columns = [column.name for column in TABLES["documents"].columns]
    row = {name: getattr(document.register, name, None) for name in columns}
    row |= {name: getattr(document, name) for name in ("doc_id", "path", "sha256", "encoding")}
    return row | {
        "n_chars": len(document.text),
        "n_sentences": len(document.sentences),
        "notes": None,
    }


def observations(
    rows: Iterable[Mapping[str, Any]], *, doc_id: str = "text", sentence_id: str = "text:s0001"
) -> pd.DataFrame:
    """Observations from what matters of them."""
    made = []
    for number, row in enumerate(rows):
        full = {
            "obs_id": f"{doc_id}:o{number}", "doc_id": doc_id, "ref_area": None, "year": None,
            "time_period": None, "obs_value": None, "obs_value_high": None, "unit_measure": "件",
            "bound": "exact", "status": "stated", "modality": "done", "sentence_id": sentence_id,
            "quote": "", "phrasing": "", "start": number, "end": number + 1, **row,
        }  # fmt: skip
        full["obs_id"] = row.get("obs_id", f"{full['doc_id']}:o{number}")
        made.append(full)
    return TABLES["observations"].frame(made)
