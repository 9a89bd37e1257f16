"""Mutated files by the thousand: ``python -m tests.fuzz -n 10000``.

Every file must end in one row of the ledger, and no fault of a reader may be its reason. A find is
kept under ``build/fuzz`` so that it can become a case.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from govlaw import paths
from govlaw.engine.ledger import Entry, read_one
from govlaw.engine.workers import Worker
from tests.cms import CMS
from tests.hostile import LINES
from tests.layouts import LAYOUTS, Report
from tests.makers import docx_of, pdf_of

REPORT = Report(LINES[0], LINES[1:])
BASES: dict[str, tuple[Callable[[], bytes], ...]] = {
    "txt": (
        lambda: "\n".join(LINES).encode(),
        lambda: "\n".join(LINES).encode("gb18030"),
        lambda: "\n".join(LINES).encode("utf-16"),
    ),
    "html": tuple((lambda layout=layout: layout(REPORT)) for layout in LAYOUTS + CMS),
    "docx": (lambda: docx_of(LINES),),
    "pdf": (lambda: pdf_of(LINES),),
}
# Own faults; what a parser of others throws costs one file and is counted, too.
OWN_FAULTS = {"reader_error"}
_TOKENS = (
    b"<", b">", b"<!--", b"-->", b"<table>", b"</div>", b"&#x110000;", b"&#0;", b"\x00", b"\xff",
    b"endobj", b"stream", b"<<", b">>", b"/Kids", b"99999999999", b"-1", b"PK\x01\x02", b"<w:p>",
    b"</w:p>", b"\xa1\xa1", b"\xed\xa0\x80", b"20\xc4\xea", b"%PDF-", b"<script>", b"1" * 300,
)  # fmt: skip


def mutate(content: bytes, chance: random.Random) -> bytes:
    """The bytes after one to eight small damages."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1)
        kind = chance.randrange(7)
        if kind == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[at : at + chance.randint(1, 40)]
        elif kind == 2:
            made[at:at] = chance.choice(_TOKENS)
        elif kind == 3:
            made[at:at] = made[at : at + chance.randint(1, 400)] * chance.randint(1, 4)
        elif kind == 4:
            other = chance.randrange(len(made) + 1)
            here, there = slice(at, at + 20), slice(other, other + 20)
            made[here], made[there] = made[there], made[here]
        elif kind == 5 and chance.random() < 0.3:
            del made[at:]
        else:
            made[at : at + 4] = bytes(chance.randrange(256) for _ in range(4))
    return bytes(made)


def cases(kind: str, n: int, seed: int = 1) -> Iterator[bytes]:
    """Mutated files of a format, the same ones for the same seed."""
    chance = random.Random(zlib.crc32(kind.encode()) + seed)  # noqa: S311
    bases = [make() for make in BASES[kind]]
    for number in range(n):
        yield mutate(bases[number % len(bases)], chance)


def run(kind: str, n: int, folder: Path, seed: int = 1) -> Counter[str]:
    """Read mutated files; the count of each outcome, faults under their message."""
    outcomes: Counter[str] = Counter()
    path = folder / f"case.{kind}"
    with Worker(seconds=30) as worker:
        for content in cases(kind, n, seed):
            path.write_bytes(content)
            entry, document = read_one(path, folder, "case", worker)
            outcomes[_outcome(entry, document is not None, content)] += 1
    return outcomes


def _outcome(entry: Entry, has_document: bool, content: bytes) -> str:
    adds_up = has_document == (entry.status == "accepted") and bool(has_document or entry.hint)
    if adds_up and entry.reason not in OWN_FAULTS:
        return entry.reason or entry.status
    kept = paths.home() / "build" / "fuzz"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{zlib.crc32(content):08x}.bin").write_bytes(content)
    return f"FAULT {entry.status} {entry.message}"


def main() -> None:
    """Fuzz every format and print what became of the files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=500, help="files of each format")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for kind in BASES:
            outcomes = run(kind, asked.n, Path(folder), asked.seed)
            print(kind, dict(outcomes.most_common()))
            failed |= any(outcome.startswith("FAULT") for outcome in outcomes)
    sys.exit(failed)


if __name__ == "__main__":
    main()
