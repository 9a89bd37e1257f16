"""From ``data/shelf`` and the list of stock phrases to what needs no neighbour to be explained."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from govlaw import paths
from govlaw.errors import InputError
from govlaw.facts.shingles import Flags, Ints, Letters, letters_of
from govlaw.knowledge import read_text, read_words


def load_shelf(folder: Path | str | None = None) -> dict[str, str]:
    """The reference texts by name, ``shelf:<file>``: ``data/shelf`` and a folder of your own.

    A file of yours takes the place of one of that name. Lines that start with # are remarks; they
    are blanked and not cut out, so offsets are those of the file. Raises ``InputError`` where the
    folder has no texts.
    """
    files = sorted(paths.data("shelf").glob("*.txt"))
    if folder is not None:
        own = sorted(Path(folder).glob("*.txt"))
        if not own:
            raise InputError(folder, "no *.txt in it", "give a folder of reference texts")
        files += own
    shelf = {}
    for path in files:
        lines = read_text(path).splitlines(keepends=True)
        kept = (" " * len(line) if line.startswith("#") else line for line in lines)
        shelf[f"shelf:{path.stem}"] = "".join(kept)
    return shelf


def are_listed(letters: Letters, starts: Ints, lengths: Ints, size: int) -> Flags:
    """Whether each of these runs of letters is a phrase of ``data/lexicons/formulas.txt``.

    So is one that has less than ``size`` letters beside the phrase, and more of the phrase.
    """
    found = np.zeros(len(starts), dtype=bool)
    # A phrase covers most of what it explains, so it holds the two letters in the middle.
    middle = starts + lengths // 2 - 1
    pairs = letters[middle].astype(np.uint32) << 16 | letters[middle + 1]
    known = _pairs()
    likely = known[np.searchsorted(known, pairs)] == pairs
    likely &= lengths < max(map(len, _formulas()), default=0) * 2
    at = np.flatnonzero(likely)
    # One stretch is shared with many texts, and asked about once.
    spans, which = np.unique(starts[at] << 32 | lengths[at], return_inverse=True)
    told = [
        _is_listed(_words(letters[start : start + length]), size)
        for start, length in zip(spans >> 32, spans & 0xFFFFFFFF, strict=True)
    ]
    found[at] = np.array(told, dtype=bool)[which]
    return found


@lru_cache(maxsize=1 << 16)
def _is_listed(words: str, size: int) -> bool:
    """A listed phrase, or a long part of it, explains a run that adds little to it.

    责任人要切实履行推进法治建设第一责任人职责 is no news beside 履行推进法治建设第一责任人职责.
    """
    least = max(size, len(words) - size + 1, (len(words) + 1) // 2 + 1)
    parts = [words[start : start + least] for start in range(len(words) - least + 1)] or [words]
    middle = len(words) // 2 - 1
    return any(
        any(part in formula for part in parts)
        or (formula in words and len(formula) * 4 >= len(words) * 3)
        for formula in _by_pair().get(words[middle : middle + 2], ())
    )


@cache
def _formulas() -> tuple[str, ...]:
    path = paths.data("lexicons", "formulas.txt")
    return (
        tuple(_words(letters_of(words)[0]) for words in read_words(path)) if path.exists() else ()
    )


@cache
def _by_pair() -> dict[str, set[str]]:
    """The listed phrases by every two letters that follow each other in them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for formula in _formulas():
        for pair in pairwise(formula):
            found["".join(pair)].add(formula)
    return dict(found)


@cache
def _pairs() -> npt.NDArray[np.uint32]:
    """Those pairs as numbers in order, and a last one that is none."""
    pairs = sorted(ord(pair[0]) << 16 | ord(pair[1]) for pair in _by_pair())
    return np.array([*pairs, 0xFFFFFFFF], dtype=np.uint32)


def _words(letters: Letters) -> str:
    return letters.tobytes().decode("utf-16-le", "surrogatepass")
