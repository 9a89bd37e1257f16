"""From texts to their letters in one row, and to a number for every stretch of letters.

Letters and digits are compared, without blanks and signs, which websites change at will.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from govlaw.text.folding import fold

Letters = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
Piece = tuple[str, str, int]  # document, words, offset

_BASE, _MIX = 0x9E3779B97F4A7C15, np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Library:
    """The letters of all texts in one row: the shelf's texts, then all others by area and year.

    Areas are numbers, -1 where unknown, and so is a year. ``order`` is the place that each text had
    among those given.
    """

    names: list[str]
    n_shelf: int
    letters: Letters
    bounds: Ints
    areas: Ints
    years: Ints
    order: Ints

    def text_of(self, places: npt.NDArray[np.integer]) -> Ints:
        """The number of the text that each place is in."""
        return np.searchsorted(self.bounds, places, side="right") - 1

    def without_letters(self) -> Library:
        """The library when nobody will read in it again."""
        return replace(self, letters=self.letters[:0].copy())


def read_library(
    pieces: Iterable[Piece], n_shelf: int, known: Mapping[str, tuple[str, int]]
) -> Library:
    """The letters of all pieces, the shelf's texts first; a text's pieces come in a row.

    ``known`` gives area and year of the texts whose area is known.
    """
    names, letters = [], []
    for name, found, _ in read_pieces(pieces):
        names.append(name)
        letters.append(found)
    number = {area: n for n, area in enumerate(sorted({area for area, _ in known.values()}))}
    origins = [known.get(name) for name in names]
    areas = np.array([number[found[0]] if found else -1 for found in origins], dtype=np.int64)
    years = np.array([found[1] if found else -1 for found in origins], dtype=np.int64)
    is_given = np.arange(len(names)) >= n_shelf
    order = np.lexsort((years, areas, is_given))
    sizes = np.array([len(letters[n]) for n in order], dtype=np.int64)
    row = np.concatenate([np.zeros(0, dtype=np.uint16), *(letters[n] for n in order)])
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    names = [names[n] for n in order]
    return Library(names, n_shelf, row, bounds, areas[order], years[order], order)


def read_pieces(pieces: Iterable[Piece]) -> Iterator[tuple[str, Letters, Ints]]:
    """The letters of each text and their offsets in it."""
    for name, group in groupby(pieces, key=lambda piece: piece[0]):
        _, words, starts = zip(*group, strict=True)
        letters, places = letters_of("".join(words))
        sizes = np.array([len(piece) for piece in words])
        moved = np.array(starts) - (np.cumsum(sizes) - sizes)
        yield name, letters, places + np.repeat(moved, sizes)[places]


def letters_of(text: str) -> tuple[Letters, Ints]:
    """What is compared of a text, and where each letter stands in it.

    >>> letters, places = letters_of("受理 ５件。")
    >>> "".join(map(chr, letters)), places.tolist()
    ('受理5件', [0, 1, 3, 4])
    """
    codes = np.frombuffer(fold(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    is_letter = _is_letter()
    places = np.flatnonzero(is_letter[np.minimum(codes, len(is_letter) - 1)])
    letters = codes[places]
    # Two bytes a letter: rare ones beyond stand as characters of private use, which are no letters.
    letters = np.where(letters > 0xFFFF, 0xE000 + letters % 6400, letters)
    return letters.astype(np.uint16), places


@cache
def _is_letter() -> Flags:
    """By code, whether a character is a letter or a digit; after two planes all are Chinese."""
    return np.array([chr(code).isalnum() for code in range(0x20000)] + [True])


def hash_stretches(letters: Letters, size: int) -> Hashes:
    """A hash of every stretch of so many letters, by the place where it begins."""
    if len(letters) < size:
        return np.zeros(0, dtype=np.uint64)
    hashes, width = letters.astype(np.uint64), 1
    for bit in f"{size:b}"[1:]:  # a stretch of 13 is 12 and 1, 12 are 6 and 6, 6 are 3 and 3
        hashes = hashes[:-width] * np.uint64(pow(_BASE, width, 1 << 64)) + hashes[width:]
        width *= 2
        if bit == "1":
            hashes = hashes[:-1] * np.uint64(_BASE)
            hashes += letters[width:]
            width += 1
    return _mixed(hashes)


def hash_some(letters: Letters, size: int, places: Ints) -> Hashes:
    """The hashes of ``hash_stretches`` that begin in these places, where these are few."""
    powers = np.array([pow(_BASE, n, 1 << 64) for n in reversed(range(size))], dtype=np.uint64)
    stretches = np.lib.stride_tricks.sliding_window_view(letters, size)[places]
    return _mixed(stretches.astype(np.uint64) @ powers)


def _mixed(hashes: Hashes) -> Hashes:
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    return hashes
