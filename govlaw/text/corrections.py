"""From ``data/registers/reports.csv`` to the register of a document as people know it to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from govlaw import paths
from govlaw.document import Register, Source
from govlaw.errors import DefinitionError
from govlaw.knowledge import read_csv
from govlaw.text.finds import STATED


@cache
def _register_rows() -> dict[str, dict[str, str]]:
    return {row["sha256"]: row for row in read_csv(paths.data("registers", "reports.csv"))}


def known_of(sha256: str) -> dict[str, str]:
    """The row of ``reports.csv`` for the file with this hash; nothing for others."""
    return _register_rows().get(sha256, {})


_TO_FIELD: dict[str, Callable[[str], Any]] = {
    "year": int,
    "date_signed": date.fromisoformat,
    "date_published": date.fromisoformat,
    "is_truncated": lambda word: word == "true",
}
_CORRECTABLE = (
    "title", "doc_no", "issuer", "ref_area", "province", "city", "county", "level", "doc_type",
    "year", "date_signed", "date_published", "url", "is_truncated",
)  # fmt: skip


def corrected(read: Register, known: dict[str, str]) -> Register:
    """The register as corrected by ``reports.csv``; every correction leaves a note."""
    if not known:
        return read
    changes: dict[str, Any] = {}
    notes = list(read.notes)
    sources = {source.field: source for source in read.sources}
    for field in _CORRECTABLE:
        written = known.get(field)
        if not written:
            continue
        try:
            changes[field] = _TO_FIELD.get(field, str)(written)
        except ValueError as error:
            where = "data/registers/reports.csv"
            raise DefinitionError(where, f"{field}: {error}", "mend the cell") from None
        note = f"{field} 依 reports.csv 更正: {known.get('note') or '无说明'}"
        notes.append(note)
        sources[field] = Source(field, written, "register", STATED, quote=note)
    return replace(read, **changes, notes=tuple(notes), sources=tuple(sources.values()))
