"""From texts to the runs of letters that two of them share, in time that grows with the text.

All stretches of one size are hashed and sorted once; equal stretches lie together, and stretches
that follow each other on both sides join into one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby

import numpy as np
import numpy.typing as npt

from govlaw.text.folding import fold

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MOST = 20  # places a stretch may stand in and still be linked pair by pair
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Library:
    """The letters of all texts in one row, shelf texts first, with the way back to each."""

    names: list[str]
    n_shelf: int
    letters: npt.NDArray[np.uint32]
    text_of: Ints
    offsets: Ints


@dataclass(frozen=True, slots=True)
class _Shared:
    """Places whose stretch stands in two texts or more, equal stretches together.

    For each place: the number of its group, how many texts and places the group has, whether the
    shelf has it, and whether it is the group's first place in its text.
    """

    places: Ints
    group: Ints
    n_texts: Ints
    n_places: Ints
    on_shelf: Flags
    is_first: Flags

    def where(self, kept: Flags) -> _Shared:
        """Those of the places that are wanted."""
        return _Shared(*(getattr(self, field.name)[kept] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch two texts share, as places in the library; ``n_texts`` hold its rarest part."""

    start: int
    other: int
    length: int
    n_texts: int


def read_library(shelf: Mapping[str, str], pieces: Iterable[tuple[str, str, int]]) -> Library:
    """The letters of the shelf and of all pieces: text, words, offset; a text's in a row."""
    names: list[str] = []
    letters, offsets, text_of = [], [], []
    on_shelf = [(name, text, 0) for name, text in shelf.items()]
    for name, group in groupby([*on_shelf, *pieces], key=lambda piece: piece[0]):
        for _, text, start in group:
            kept, places = letters_of(text)
            letters.append(np.frombuffer(kept.encode("utf-32-le"), dtype=np.uint32))
            offsets.append(places + start)
            text_of.append(np.full(len(kept), len(names), dtype=np.int64))
        names.append(name)
    empty = np.zeros(0, dtype=np.int64)
    return Library(
        names,
        len(shelf),
        np.concatenate([empty.astype(np.uint32), *letters]),
        np.concatenate([empty, *text_of]),
        np.concatenate([empty, *offsets]),
    )


def letters_of(text: str) -> tuple[str, Ints]:
    """What is compared of a text, and where each character stands in it."""
    folded = fold(text)
    places = [place for place, character in enumerate(folded) if character.isalnum()]
    return "".join(folded[place] for place in places), np.array(places, dtype=np.int64)


def shared_runs(library: Library, size: int) -> Iterator[Run]:
    """Maximal runs that two texts share, each pair once, the earlier text as ``start``."""
    if len(library.letters) < size:
        return
    shared = _shared_places(library, size)
    starts, others = _links(library, shared, size)
    if not len(starts):
        return
    order = np.lexsort((starts, others - starts))
    starts, others = starts[order], others[order]
    counts = np.zeros(len(library.letters), dtype=np.int64)
    counts[shared.places] = shared.n_texts
    breaks = (np.diff(starts) != 1) | (np.diff(others) != 1)
    edges = np.concatenate([[0], np.flatnonzero(breaks) + 1, [len(starts)]])
    for first, last in zip(edges[:-1], edges[1:] - 1, strict=True):
        start, other = int(starts[first]), int(others[first])
        length = int(starts[last]) - start + size
        if np.array_equal(  # two stretches can have one hash, if hardly ever
            library.letters[start : start + length], library.letters[other : other + length]
        ):
            rarest = int(counts[other : other + length - size + 1].min())
            yield Run(start, other, length, rarest)


def _shared_places(library: Library, size: int) -> _Shared:
    hashes, places = _hashes(library, size)
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    opens = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    group = np.cumsum(opens) - 1
    # Within a group places ascend, so texts do, and a text is new where it differs from the last.
    texts = library.text_of[places]
    is_first = opens | np.concatenate([[True], texts[1:] != texts[:-1]])
    n_texts = np.bincount(group, weights=is_first).astype(np.int64)[group]
    n_places = np.bincount(group)[group]
    on_shelf = (texts[np.flatnonzero(opens)] < library.n_shelf)[group]
    shared = _Shared(places, group, n_texts, n_places, on_shelf, is_first)
    return shared.where(n_texts > 1)


def _hashes(library: Library, size: int) -> tuple[npt.NDArray[np.uint64], Ints]:
    """A hash of every stretch that lies in one text, and its place."""
    n = len(library.letters) - size + 1
    hashes = np.zeros(n, dtype=np.uint64)
    for shift in range(size):
        hashes *= _BASE
        hashes += library.letters[shift : shift + n]
    inside = np.flatnonzero(library.text_of[:n] == library.text_of[size - 1 : size - 1 + n])
    return hashes[inside], inside.astype(np.int64)


def _links(library: Library, shared: _Shared, size: int) -> tuple[Ints, Ints]:
    """Pairs of equal stretches in different texts, the earlier place first."""
    crowded = ~shared.on_shelf & (shared.n_places > _MOST)
    rest = shared.where(~shared.on_shelf & ~crowded)
    links = [
        _to_first(shared.where(shared.on_shelf)),
        _to_first(_unquoted(library, shared, shared.where(crowded & shared.is_first), size)),
        *_pairwise(_unquoted(library, shared, rest, size)),
    ]
    starts, others = (np.concatenate(ends) for ends in zip(*links, strict=True))
    apart = library.text_of[starts] != library.text_of[others]
    apart &= library.text_of[others] >= library.n_shelf
    return starts[apart], others[apart]


def _to_first(shared: _Shared) -> tuple[Ints, Ints]:
    """Each place with the first of its group: as many links as places."""
    return shared.places[np.searchsorted(shared.group, shared.group)], shared.places


def _pairwise(shared: _Shared) -> Iterator[tuple[Ints, Ints]]:
    """Every two places of a group; groups are small, so few rounds see them all."""
    for step in range(1, _MOST):
        together = shared.group[step:] == shared.group[:-step]
        yield shared.places[:-step][together], shared.places[step:][together]


def _unquoted(library: Library, shared: _Shared, some: _Shared, size: int) -> _Shared:
    """Those places whose stretch does not touch text that the shelf explains.

    Two reports that quote one rule after the same single word share 13 letters beside the shelf's.
    """
    quoted = np.zeros(len(library.letters) + 1, dtype=np.int64)
    at = shared.places[shared.on_shelf]
    np.add.at(quoted, at, 1)
    np.add.at(quoted, np.minimum(at + size, len(library.letters)), -1)
    before = np.concatenate([[0], np.cumsum(np.cumsum(quoted[:-1]) > 0)])
    return some.where(before[some.places + size] == before[some.places])
