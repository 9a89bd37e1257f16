"""From a folder of files to what the cache knows of them and what is still to be read.

A file is known by its name, id and hash. A file with the size and times it had when it was last
read is taken for the same without being read; one whose times have changed is hashed again.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from govlaw.engine.batches import File, Task, digest_of
from govlaw.engine.ledger import Entry, name_documents, shown_name, turn_away
from govlaw.engine.parts import BrokenPartError, Kept, Part, parts_of

#: Files of a batch: some seconds of work, so that a death costs seconds and a start is worth it.
BATCH = 100
# A file written just now may be written again within the same tick of its file system's clock.
_SETTLED = 2_000_000_000
_Known = dict[str, list[tuple[Kept, Part]]]


class Found(NamedTuple):
    """A file whose entry is known, its hash, and the part that holds its rows."""

    entry: Entry
    sha256: str | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """All files in order: those that are known, those to be read, parts with tables to make."""

    found: list[Found] = field(default_factory=list)
    unread: list[File] = field(default_factory=list)
    lacking: dict[Part, tuple[str, ...]] = field(default_factory=dict)

    @property
    def n_to_do(self) -> int:
        """Files to read, and those whose tables are to be made again."""
        return len(self.unread) + sum(one.part in self.lacking for one in self.found)

    def tasks(self, cache: Path, versions: dict[str, str], jobs: int) -> list[Task]:
        """What is to be done until everything is known."""
        size = max(10, min(BATCH, -(-len(self.unread) // (2 * jobs))))
        batches = [self.unread[at : at + size] for at in range(0, len(self.unread), size)]
        return [
            *(Task(str(cache), versions, tuple(batch)) for batch in batches),
            *(
                Task(str(cache), versions, part=str(part.folder), tables=tables)
                for part, tables in self.lacking.items()
            ),
        ]


def survey(
    files: Sequence[Path], folder: Path, cache: Path, versions: Mapping[str, str],
    given_up: Mapping[str, Entry],
) -> Survey:  # fmt: skip
    """Look at every file; ``given_up`` are the entries of those that were tried in vain."""
    known, lacking = _known(cache, versions)
    found = Survey()
    for path, doc_id in name_documents(files, folder).items():
        name = shown_name(path, folder)
        entry = turn_away(path, folder, name) or given_up.get(name)
        if entry:
            found.found.append(Found(entry))
            continue
        stamp = _stamp(path)
        row = _match(known.get(name, ()), path, doc_id, stamp)
        if row is None:
            found.unread.append(File(str(path.absolute()), name, doc_id, stamp))
            continue
        kept, part = row
        found.found.append(Found(Entry(**kept.entry), kept.sha256, part))
        if part in lacking:
            found.lacking[part] = lacking[part]
    return found


def _known(cache: Path, versions: Mapping[str, str]) -> tuple[_Known, dict[Part, tuple[str, ...]]]:
    """What the whole parts of this version hold; a damaged part is removed, and said so."""
    known: _Known = defaultdict(list)
    lacking: dict[Part, tuple[str, ...]] = {}
    for part in parts_of(cache):
        try:
            if not part.is_of(versions):
                continue
            missing = part.lacking(versions)
            for kept in part.files():
                known[kept.name].append((kept, part))
        except BrokenPartError as error:
            drop(part, error)
            continue
        if missing:
            lacking[part] = missing
    return known, lacking


def drop(part: Part, error: BrokenPartError) -> None:
    """Remove a damaged part and say so."""
    print(f"{error.where}: {error.what}; {error.next_step}", file=sys.stderr)
    part.remove()


def _match(
    rows: Sequence[tuple[Kept, Part]], path: Path, doc_id: str, stamp: tuple[int, int, int] | None
) -> tuple[Kept, Part] | None:
    rows = [row for row in rows if row[0].doc_id == doc_id]
    for row in rows:
        if stamp is not None and row[0].stamp == stamp:
            return row
    digest = digest_of(path) if rows else None
    return next((row for row in rows if row[0].sha256 == digest), None)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _SETTLED:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
