"""From documents to those that repeat another: same bytes, same text, or nearly the same.

Near-duplicates are found over a sample of five-character pieces, so that thousands of reports take
seconds. A version with other numbers is a version and no repeat: it is kept and listed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import combinations

from govlaw.document import Document
from govlaw.text.folding import fold

_PIECE, _NEAR = 5, 0.9
_SAMPLE = 12  # one piece in so many is looked at
_COMMON = 40  # a piece in more documents is a formula of the genre
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NO_WORD = re.compile(r"[\W_]+")


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


def find_repeats(documents: Sequence[Document]) -> list[Repeat]:
    """Pairs of documents that repeat each other; the earliest published one is kept."""
    ranked = sorted(enumerate(documents), key=lambda pair: (_published(pair[1]), pair[0]))
    first: dict[str, Document] = {}
    repeats: list[Repeat] = []
    distinct: list[Document] = []
    for _, document in ranked:
        key = _bare(document)
        kept = first.setdefault(key, document)
        if kept is document:
            distinct.append(document)
        else:
            same = "same_bytes" if kept.sha256 == document.sha256 else "same_text"
            repeats.append(Repeat(kept.doc_id, document.doc_id, same, 1.0))
    return repeats + list(_near(distinct))


def _published(document: Document) -> date:
    register = document.register
    return register.date_published or register.date_signed or date.max


def _bare(document: Document) -> str:
    """The words of the body, the same whatever page they stand on."""
    body = "".join(s.text for s in document.sentences if s.role != "noise")
    return _NO_WORD.sub("", fold(body)) or document.text


def _near(documents: Sequence[Document]) -> Iterator[Repeat]:
    sketches = [_sketch(_bare(document)) for document in documents]
    left_out: set[int] = set()
    for one, two in _candidates(sketches):
        similarity = _similarity(sketches[one], sketches[two])
        if similarity < _NEAR or one in left_out or two in left_out:
            continue
        changed = _changed_numbers(documents[one], documents[two])
        reason = "other_version" if changed else "near_duplicate"
        if not changed:
            left_out.add(two)
        ids = documents[one].doc_id, documents[two].doc_id
        yield Repeat(*ids, reason, round(similarity, 3), changed)


def _sketch(text: str) -> frozenset[int]:
    """The pieces of a text whose hash falls into the sample: the same ones in every document."""
    pieces = {text[at : at + _PIECE] for at in range(max(1, len(text) - _PIECE + 1))}
    hashed = (
        int.from_bytes(blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        for piece in pieces
    )
    short = len(text) < 600
    return frozenset(number for number in hashed if short or number % _SAMPLE == 0)


def _candidates(sketches: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs that share a good part of their pieces, in order."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for piece in sketch:
            holders[piece].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= _COMMON:
            shared.update(combinations(numbers, 2))
    return sorted(
        (one, two)
        for (one, two), n in shared.items()
        if n >= 0.4 * min(len(sketches[one]), len(sketches[two]))
    )


def _similarity(one: frozenset[int], two: frozenset[int]) -> float:
    return len(one & two) / ((len(one) * len(two)) ** 0.5 or 1.0)


def _changed_numbers(one: Document, two: Document) -> tuple[str, ...]:
    """The numbers that stand in one of the two only."""
    counts = [Counter(_numbers(document)) for document in (one, two)]
    gone, come = counts[0] - counts[1], counts[1] - counts[0]
    return (*(f"-{number}" for number in sorted(gone)), *(f"+{number}" for number in sorted(come)))


def _numbers(document: Document) -> Iterable[str]:
    for sentence in document.sentences:
        if sentence.role != "noise":
            yield from _NUMBER.findall(fold(sentence.text))
