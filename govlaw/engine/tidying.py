"""From a cache that has grown by single files to one of few whole parts, with nothing unused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from govlaw.engine.assembling import Placed, ordered
from govlaw.engine.parts import CONTRACTS, Kept, parts_of, write_part
from govlaw.engine.survey import BATCH, Found

_SMALL, _MANY = BATCH // 4, 40  # files of a small part; so many of them are joined


def tidy(cache: Path, found: Sequence[Found], versions: Mapping[str, str]) -> None:
    """Remove the parts that no file stands in any more, and join small ones once they are many."""
    in_use = Counter(one.part for one in found if one.part)
    for part in parts_of(cache):
        if part not in in_use:
            part.remove()
    small = {part for part, n in in_use.items() if n < _SMALL}
    if len(small) > _MANY:
        _join(cache, [one for one in found if one.part in small], versions)
        for part in small:
            part.remove()


def _join(cache: Path, found: Sequence[Found], versions: Mapping[str, str]) -> None:
    for at in range(0, len(found), BATCH):
        batch = [one for one in found[at : at + BATCH] if one.part]
        files = [_kept(one) for one in batch]
        documents = [
            Placed(one.entry.doc_id, one.part) for one in batch if one.entry.doc_id and one.part
        ]
        tables = {name: _joined(name, documents, versions) for name in CONTRACTS}
        write_part(cache, files, tables, versions)


def _joined(name: str, documents: Sequence[Placed], versions: Mapping[str, str]) -> pa.Table:
    found = list(ordered(name, documents, versions))
    return pa.concat_tables(found) if found else CONTRACTS[name].empty()


def _kept(one: Found) -> Kept:
    known = one.part.files() if one.part else ()
    return next(kept for kept in known if kept.entry["path"] == one.entry.path)
