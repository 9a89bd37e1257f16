"""From many texts to the runs of characters they share, and what kind of sharing each run is.

Characters are compared without blanks and punctuation, which websites change at will. All
stretches of ``min_chars`` characters are hashed and sorted once, so the cost grows with the text and
not with the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from govlaw import paths
from govlaw.errors import InputError
from govlaw.knowledge import read_text, read_words
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus
from govlaw.text.folding import fold

Ints = npt.NDArray[np.int64]

_MANY = 5  # documents that share a short run before it counts as a stock phrase
_SHORT = 20  # characters a stock phrase may have at most
_MOST = 20  # texts a stretch may stand in and still be linked pair by pair
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class _Library:
    """All texts in one row of letters, shelf texts first, with the way back to each."""

    names: list[str]
    n_shelf: int
    letters: npt.NDArray[np.uint32]
    text_of: Ints
    offsets: Ints


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch two texts share, as places in the library; ``n_texts`` hold its rarest part."""

    start: int
    other: int
    length: int
    n_texts: int


def overlap(
    texts: Corpus | pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    shelf: Mapping[str, str] | None = None,
    min_chars: int = 13,
) -> pd.DataFrame:
    """Runs of at least ``min_chars`` letters, signs not counted, that two texts share.

    ``texts`` is a Corpus (its sentences are read), or a frame with doc_id and text; with a column
    start, as in the table sentences, a document's rows are its pieces and role noise is left out.
    Use the sentences where you can: two pages of one website share their menus.

    Classes: *statutory*, the run stands in a text of the shelf (``data/shelf``), which then hides it
    between documents; *formula*, a stock phrase listed in ``data/lexicons/formulas.txt``, or at most
    20 letters long and in 5 documents or more; *own_past*, shared with an earlier year of the
    same area; *peer*, all else. A peer run is one row in each document and accuses neither; own_past
    stands with the later document only. What is in more than 20 texts is linked to the first of
    them, not pair by pair. Memory is about 60 bytes a character of all texts.

    >>> texts = pd.DataFrame({"doc_id": ["a", "b"], "text": [
    ...     "我县在县法院建立诉调对接中心,统筹推进矛盾纠纷化解工作。",
    ...     "该区也在县法院建立诉调对接中心，统筹推进了有关工作。"]})
    >>> overlap(texts, shelf={})[["doc_id", "other_id", "class", "start", "end"]].values.tolist()
    [['a', 'b', 'peer', 2, 19], ['b', 'a', 'peer', 3, 20]]
    """
    if min_chars < 2:
        raise InputError("overlap", f"min_chars is {min_chars}", "give 2 or more; 13 is usual")
    reference = load_shelf() if shelf is None else shelf
    library = _library(reference, list(_pieces(texts)))
    formulas = [_letters(formula)[0] for formula in _formulas()]
    known = _register(documents)
    rows = [
        row
        for run in _runs(library, min_chars)
        for row in _rows(run, library, formulas=formulas, known=known)
    ]
    table = TABLES["overlaps"].frame(rows)
    return table.sort_values(["doc_id", "start", "other_id", "other_start"], ignore_index=True)


def load_shelf(folder: Path | None = None) -> dict[str, str]:
    """The reference texts by name, ``shelf:<file>``; lines that start with # are remarks.

    The remarks are blanked and not cut out, so offsets are those of the file.
    """
    shelf = {}
    for path in sorted((folder or paths.data("shelf")).glob("*.txt")):
        lines = read_text(path).splitlines(keepends=True)
        kept = (" " * len(line) if line.startswith("#") else line for line in lines)
        shelf[f"shelf:{path.stem}"] = "".join(kept)
    return shelf


def _formulas() -> tuple[str, ...]:
    path = paths.data("lexicons", "formulas.txt")
    return read_words(path) if path.exists() else ()


def _pieces(texts: Corpus | pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    """Every piece of text as document, words and offset."""
    if isinstance(texts, Corpus):
        for document in texts:
            for sentence in document.sentences:
                if sentence.role != "noise":
                    yield document.doc_id, sentence.text, sentence.span.start
        return
    missing = {"doc_id", "text"} - set(texts.columns)
    if missing:
        what = f"the frame has no column {', '.join(sorted(missing))}"
        raise InputError("overlap", what, "give the table texts or sentences, or a Corpus")
    if "role" in texts.columns:
        texts = texts[texts["role"].ne("noise").fillna(True)]
    starts = texts["start"] if "start" in texts.columns else pd.Series(0, index=texts.index)
    ordered = texts.assign(_start=starts).sort_values(["doc_id", "_start"], kind="stable")
    for doc_id, text, start in zip(ordered["doc_id"], ordered["text"], ordered["_start"], strict=True):
        yield str(doc_id), str(text), int(start)


def _library(shelf: Mapping[str, str], pieces: Iterable[tuple[str, str, int]]) -> _Library:
    names: list[str] = []
    letters, offsets, text_of = [], [], []
    on_shelf = [(name, text, 0) for name, text in shelf.items()]
    for name, group in groupby([*on_shelf, *pieces], key=lambda piece: piece[0]):
        for _, text, start in group:
            kept, places = _letters(text)
            letters.append(np.frombuffer(kept.encode("utf-32-le"), dtype=np.uint32))
            offsets.append(places + start)
            text_of.append(np.full(len(kept), len(names), dtype=np.int64))
        names.append(name)
    empty = np.zeros(0, dtype=np.int64)
    return _Library(
        names,
        len(shelf),
        np.concatenate([empty.astype(np.uint32), *letters]),
        np.concatenate([empty, *text_of]),
        np.concatenate([empty, *offsets]),
    )


def _letters(text: str) -> tuple[str, Ints]:
    """What is compared of a text, and where each character stands in it."""
    folded = fold(text)
    places = [place for place, character in enumerate(folded) if character.isalnum()]
    return "".join(folded[place] for place in places), np.array(places, dtype=np.int64)


def _runs(library: _Library, size: int) -> Iterator[_Run]:
    """Maximal shared runs between different texts, each pair once, the earlier text as ``start``."""
    if len(library.letters) < size:
        return
    places, group, n_texts, is_first_shelf = _shared_places(library, size)
    starts, others = _links(library, places, group, n_texts, is_first_shelf)
    if not len(starts):
        return
    order = np.lexsort((starts, others - starts))
    starts, others = starts[order], others[order]
    counts = np.zeros(len(library.letters), dtype=np.int64)
    counts[places] = n_texts
    breaks = (np.diff(starts) != 1) | (np.diff(others) != 1)
    edges = np.concatenate([[0], np.flatnonzero(breaks) + 1, [len(starts)]])
    for first, last in zip(edges[:-1], edges[1:] - 1, strict=True):
        start, other = int(starts[first]), int(others[first])
        length = int(starts[last]) - start + size
        if np.array_equal(  # two stretches can have one hash, if hardly ever
            library.letters[start : start + length], library.letters[other : other + length]
        ):
            rarest = int(counts[other : other + length - size + 1].min())
            yield _Run(start, other, length, rarest)


def _shared_places(library: _Library, size: int) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
    """Places whose stretch stands in two texts or more, sorted so that equal stretches are
    together: place, number of its group, texts in the group, whether the shelf has it.
    """
    hashes, places = _hashes(library, size)
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    opens = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    group = np.cumsum(opens) - 1
    # Within a group places ascend, so texts do, and a text is new where it differs from the last.
    texts = library.text_of[places]
    is_new = opens | np.concatenate([[True], texts[1:] != texts[:-1]])
    n_texts = np.bincount(group, weights=is_new).astype(np.int64)[group]
    first_text = texts[np.flatnonzero(opens)][group]
    kept = n_texts > 1
    return places[kept], group[kept], n_texts[kept], (first_text < library.n_shelf)[kept]


def _hashes(library: _Library, size: int) -> tuple[npt.NDArray[np.uint64], Ints]:
    """A hash of every stretch that lies in one text, and its place."""
    n = len(library.letters) - size + 1
    hashes = np.zeros(n, dtype=np.uint64)
    for shift in range(size):
        hashes *= _BASE
        hashes += library.letters[shift : shift + n]
    # The low bits of a polynomial hash are poor; sorting compares them all, but mix them anyway.
    hashes ^= hashes >> np.uint64(29)
    inside = np.flatnonzero(library.text_of[:n] == library.text_of[size - 1 : size - 1 + n])
    return hashes[inside], inside.astype(np.int64)


def _links(
    library: _Library, places: Ints, group: Ints, n_texts: Ints, on_shelf: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Pairs of equal stretches in different texts, the earlier place first.

    What the shelf has is linked to the shelf only; what more than ``_MOST`` texts have, to its
    first place only; the rest, pair by pair.
    """
    starts, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    first = places[np.searchsorted(group, group)]
    is_star = on_shelf | (n_texts > _MOST)
    starts.append(first[is_star])
    others.append(places[is_star])
    places, group = places[~is_star], group[~is_star]
    step = 1
    while len(places) > step:
        together = group[step:] == group[:-step]
        if not together.any():
            break
        starts.append(places[:-step][together])
        others.append(places[step:][together])
        step += 1
    start, other = np.concatenate(starts), np.concatenate(others)
    apart = library.text_of[start] != library.text_of[other]
    apart &= library.text_of[other] >= library.n_shelf
    return start[apart], other[apart]


def _rows(
    run: _Run,
    library: _Library,
    *,
    formulas: list[str],
    known: Mapping[str, tuple[str, int]],
) -> Iterator[dict[str, Any]]:
    here = _span(library, run.other, run.length)
    there = _span(library, run.start, run.length)
    later, earlier = here[0], there[0]
    if earlier in library.names[: library.n_shelf]:
        yield _row(here, there, "statutory")
        return
    words = "".join(map(chr, library.letters[run.other : run.other + run.length]))
    if _is_formula(words, run.n_texts, formulas):
        yield _row(here, there, "formula")
        yield _row(there, here, "formula")
    elif _is_past(earlier, later, known):
        yield _row(here, there, "own_past")
    elif _is_past(later, earlier, known):
        yield _row(there, here, "own_past")
    else:
        yield _row(here, there, "peer")
        yield _row(there, here, "peer")


def _span(library: _Library, place: int, length: int) -> tuple[str, int, int]:
    name = library.names[int(library.text_of[place])]
    return name, int(library.offsets[place]), int(library.offsets[place + length - 1]) + 1


def _row(here: tuple[str, int, int], there: tuple[str, int, int], kind: str) -> dict[str, Any]:
    return {
        "doc_id": here[0], "other_id": there[0], "class": kind,
        "start": here[1], "end": here[2], "other_start": there[1], "other_end": there[2],
    }  # fmt: skip


def _is_formula(words: str, n_texts: int, formulas: list[str]) -> bool:
    """Whether a run is a stock phrase: listed, or short and widespread.

    A listed phrase explains a run that adds little to it: 坚持以…为指导 differs from 以…为指导.
    """
    if len(words) <= _SHORT and n_texts >= _MANY:
        return True
    return any(
        words in formula or (formula in words and len(formula) * 4 >= len(words) * 3)
        for formula in formulas
    )


def _register(documents: pd.DataFrame | None) -> dict[str, tuple[str, int]]:
    if documents is None:
        return {}
    known = documents.dropna(subset=["ref_area", "year"])
    return {
        str(doc_id): (str(area), int(year))
        for doc_id, area, year in zip(known["doc_id"], known["ref_area"], known["year"], strict=True)
    }


def _is_past(earlier: str, later: str, known: Mapping[str, tuple[str, int]]) -> bool:
    if earlier not in known or later not in known:
        return False
    (area, year), (other_area, other_year) = known[earlier], known[later]
    return area == other_area and year < other_year
