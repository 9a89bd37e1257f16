"""From documents to those that repeat another: same bytes, same text, or nearly the same.

A document leaves a signature: what it is known by among thousands. Signatures that look alike in
some band are compared piece by piece, so time grows with the number of documents and not of pairs.
A version with other numbers is a version and no repeat: it is kept and listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from govlaw.document import Document
from govlaw.facts.shingles import Letters, hash_stretches, letters_of
from govlaw.tables import Column, Table
from govlaw.text.folding import fold

Hashes = npt.NDArray[np.int64]

_PIECE, _NEAR = 5, 0.9
_SAMPLE = 12  # one piece in so many is looked at
_SHORT = 600  # letters of a text that is looked at whole
# Two texts that are 0.9 alike share 81 % of their pieces or more; 16 bands of 4 then have one in
# common but for one pair in 8,000, and of two texts that share a fifth only one pair in 40 is seen.
_BANDS, _WIDTH = 16, 4
_MANY = 20  # documents of one band that are all compared with each other
_NUMBER = re.compile(r"\d++(?:\.\d++)?+")

SIGNATURES = Table("signatures", "文件特征", ("doc_id",), (
    Column("doc_id", pa.string(), "文件编号", "document id"),
    Column("published", pa.date32(), "发布日期", "date of publication or signature", True),
    Column("sha256", pa.string(), "校验值", "SHA-256 of the file"),
    Column("text_hash", pa.string(), "正文校验值", "hash of the letters of the body"),
    Column("sketch", pa.list_(pa.int64()), "文字抽样", "hashes of sampled pieces, sorted"),
    Column("numbers", pa.string(), "数字", "the numbers of the body, parted by blanks"),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two documents: the one that is kept, the other one, and how alike they are."""

    kept: str
    other: str
    reason: str  # same_bytes, same_text, near_duplicate or other_version
    similarity: float
    changed: tuple[str, ...] = ()

    @property
    def is_duplicate(self) -> bool:
        """Whether the other one says nothing else and can be left out."""
        return self.reason != "other_version"


def signature(document: Document) -> dict[str, Any]:
    """What a document is known by: a row of ``SIGNATURES``, about 4 KB for a report."""
    body = fold("\n".join(s.text for s in document.sentences if s.role != "noise"))
    letters = letters_of(body)[0]
    if not len(letters):
        letters = letters_of(document.text)[0]
    said = letters.tobytes() or document.text.encode("utf-8", "surrogatepass")
    register = document.register
    return {
        "doc_id": document.doc_id,
        "published": register.date_published or register.date_signed,
        "sha256": document.sha256,
        "text_hash": blake2b(said, digest_size=16).hexdigest(),
        "sketch": _sketch(letters),
        "numbers": " ".join(_NUMBER.findall(body)),
    }


def find_repeats(signatures: pd.DataFrame | Iterable[Document]) -> list[Repeat]:
    """Pairs of documents that repeat each other; the earliest published one is kept.

    ``signatures`` is a frame of ``SIGNATURES``, or a few documents whose signatures are taken here.
    """
    if not isinstance(signatures, pd.DataFrame):
        signatures = SIGNATURES.frame(map(signature, signatures))
    known: list[dict[str, Any]] = signatures.to_dict("records")  # type: ignore[assignment]
    ranked = sorted(enumerate(known), key=lambda pair: (_published(pair[1]), pair[0]))
    first: dict[str, dict[str, Any]] = {}
    repeats: list[Repeat] = []
    distinct: list[dict[str, Any]] = []
    for _, own in ranked:
        kept = first.setdefault(own["text_hash"], own)
        if kept is own:
            distinct.append(own)
        else:
            same = "same_bytes" if kept["sha256"] == own["sha256"] else "same_text"
            repeats.append(Repeat(kept["doc_id"], own["doc_id"], same, 1.0))
    return repeats + list(_near(distinct))


def _published(own: dict[str, Any]) -> date:
    return date.max if pd.isna(own["published"]) else own["published"]


def _near(distinct: Sequence[dict[str, Any]]) -> Iterator[Repeat]:
    left_out: set[int] = set()
    for one, two in _candidates([own["sketch"] for own in distinct]):
        if one in left_out or two in left_out:
            continue
        similarity = _similarity(distinct[one]["sketch"], distinct[two]["sketch"])
        if similarity < _NEAR:
            continue
        changed = _changed(distinct[one]["numbers"], distinct[two]["numbers"])
        reason = "other_version" if changed else "near_duplicate"
        if not changed:
            left_out.add(two)
        ids = distinct[one]["doc_id"], distinct[two]["doc_id"]
        yield Repeat(*ids, reason, round(similarity, 3), changed)


def _sketch(letters: Letters) -> Hashes:
    """The pieces of a text whose hash falls into the sample: the same ones in every document."""
    pieces = hash_stretches(letters, min(_PIECE, max(1, len(letters))))
    if len(letters) >= _SHORT:
        pieces = pieces[pieces % np.uint64(_SAMPLE) == 0]
    return np.unique(pieces).view(np.int64)


def _candidates(sketches: Sequence[Hashes]) -> list[tuple[int, int]]:
    """Pairs that agree in a band, in order; a crowded band is compared with its first two."""
    bands: dict[bytes, list[int]] = {}
    for number, sketch in enumerate(sketches):
        for band in _bands(np.asarray(sketch, dtype=np.int64).view(np.uint64)):
            bands.setdefault(band, []).append(number)
    pairs: set[tuple[int, int]] = set()
    for alike in bands.values():
        if len(alike) <= _MANY:
            pairs.update(combinations(alike, 2))
        else:
            pairs.update((one, two) for one in alike[:2] for two in alike if one < two)
    return sorted(pairs)


def _bands(sketch: npt.NDArray[np.uint64]) -> Iterator[bytes]:
    """The least hash in each of 64 classes of hashes, four by four."""
    least = np.full(_BANDS * _WIDTH, np.iinfo(np.uint64).max)
    mixed = sketch * np.uint64(0xD6E8FEB86659FD93)
    np.minimum.at(least, (mixed >> np.uint64(58)).astype(np.int64), mixed)
    for band in range(_BANDS):
        yield bytes([band]) + least[band * _WIDTH : (band + 1) * _WIDTH].tobytes()


def _similarity(one: Hashes, two: Hashes) -> float:
    both = np.intersect1d(one, two, assume_unique=True)
    return float(len(both) / ((len(one) * len(two)) ** 0.5 or 1.0))


def _changed(one: str, two: str) -> tuple[str, ...]:
    """The numbers that stand in one of the two only."""
    here, there = Counter(one.split()), Counter(two.split())
    gone, come = here - there, there - here
    return (*(f"-{number}" for number in sorted(gone)), *(f"+{number}" for number in sorted(come)))
