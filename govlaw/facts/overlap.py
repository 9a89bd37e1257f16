"""From many texts to the runs of characters they share, and what kind of sharing each run is.

Letters are compared without blanks and punctuation, which websites change at will. The class says
why two texts may be alike; only a reader can say whether one was copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd

from govlaw.errors import InputError
from govlaw.facts.links import Runs, shared_runs
from govlaw.facts.shelf import are_listed, load_shelf
from govlaw.facts.shingles import Flags, Ints, Library, Piece, read_library, read_pieces
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus

_MANY = 5  # documents that share a short run before it counts as a stock phrase
_SHORT = 20  # characters a stock phrase may have at most
_TOGETHER = 50_000  # rows in a batch, or as many as its last document needs
_KINDS = ("statutory", "formula", "own_past", "peer", "unplaced")
# The longest beginning of an issuer's name that is a place: 平川县司法局, 平川县市场监督管理局.
_PLACE = r"^(.{1,40}(?:[州盟县区旗]|(?<!城)市(?![场政])))"
_FOUND = ("doc", "kind", "start", "end", "other", "other_start", "other_end", "n_docs")


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

    Classes: *statutory*, the run stands in a text of the shelf (``data/shelf``), which then hides
    it between documents; *formula*, a stock phrase listed in ``data/lexicons/formulas.txt``, or at
    most 20 letters long and in 5 documents or more; *own_past*, shared with an earlier year of the
    same place; *unplaced*, the place of one of the two is not known, or a year of the same place;
    *peer*, all else. Places are told by ``documents``, without which each text is a place of its
    own. A peer run is one row in each document and accuses neither; own_past stands with the later
    document only. A run that is a formula but for a few letters is no second row beside it.

    What stands in more than 8 places has one row a document and not one a pair: its other side is
    the area's own past, or else the earliest report. ``n_docs`` is the number of documents that
    have the rarest part of a run. Where the source changes in mid-run, the run comes in parts.

    >>> texts = pd.DataFrame({"doc_id": ["a", "b"], "text": [
    ...     "我县在县法院建立诉调对接中心,统筹推进矛盾纠纷化解工作。",
    ...     "该区也在县法院建立诉调对接中心，统筹推进了有关工作。"]})
    >>> overlap(texts, shelf={})[["doc_id", "other_id", "class", "start", "end"]].values.tolist()
    [['a', 'b', 'peer', 2, 19], ['b', 'a', 'peer', 3, 20]]
    """
    pieces = list(_pieces(texts))
    batches = overlap_batches(lambda: pieces, documents, shelf=shelf, min_chars=min_chars)
    found = pd.concat([TABLES["overlaps"].frame([]), *batches])
    order = ["doc_id", "start", "other_id", "other_start"]
    return TABLES["overlaps"].conform(found.sort_values(order, ignore_index=True))


def overlap_batches(
    pieces: Callable[[], Iterable[Piece]],
    documents: pd.DataFrame | None,
    *,
    shelf: Mapping[str, str] | None = None,
    min_chars: int = 13,
) -> Iterator[pd.DataFrame]:
    """The rows of ``overlap`` in batches of whole documents, in the order of the documents.

    ``pieces`` gives id, words and offset, document after document. They are read twice, so that
    nothing of a text but its letters is held, at about 14 bytes a letter.
    """
    if min_chars < 2:
        raise InputError("overlap", f"min_chars is {min_chars}", "give 2 or more; 13 is usual")
    reference = load_shelf() if shelf is None else shelf
    known = places_and_years(documents)
    strange = 3 if known is None else 4

    def read() -> Iterator[Piece]:
        return chain(((name, text, 0) for name, text in reference.items()), pieces())

    library = read_library(read(), len(reference), known or {})
    shared = shared_runs(library, min_chars)
    found = [_found(runs, library, strange, min_chars) for runs in shared]
    library = library.without_letters()  # they and all links to them make room for the rows
    rows = _joined(found)
    _turn_into_offsets(rows, library.names, read())
    yield from _batches(rows, library)


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
    columns = (ordered["doc_id"], ordered["text"], ordered["_start"])
    for doc_id, text, start in zip(*columns, strict=True):
        yield str(doc_id), str(text), int(start)


def _found(runs: Runs, library: Library, strange: int, size: int) -> npt.NDArray[np.int32]:
    """The runs of a text as columns; letters are counted from the first of each text."""
    docs, others = library.text_of(runs.starts), library.text_of(runs.others)
    starts = runs.starts - library.bounds[docs]
    other_starts = runs.others - library.bounds[others]
    kinds = _kinds(runs, library, docs, others, strange, size)
    kinds[_beside_formulas(starts, runs.lengths, kinds, size)] = -1
    ends, other_ends = starts + runs.lengths, other_starts + runs.lengths
    columns = (docs, kinds, starts, ends, others, other_starts, other_ends, runs.n_texts)
    return np.array(columns, dtype=np.int32)[:, kinds >= 0]


def _kinds(runs: Runs, library: Library, docs: Ints, others: Ints, strange: int, size: int) -> Ints:
    """The number of each run's class, -1 for one that stands with the later document."""
    area, there = library.areas[docs], library.areas[others]
    year, then = library.years[docs], library.years[others]
    is_own = (area == there) & (area >= 0)
    is_dated = (year >= 0) & (then >= 0)
    kinds = np.where((area < 0) | (there < 0), strange, 3)
    kinds[is_own & ~is_dated] = strange
    kinds[is_own & is_dated & (then < year)] = 2
    kinds[is_own & is_dated & (then > year)] = -1
    kinds[(runs.lengths <= _SHORT) & (runs.n_texts >= _MANY)] = 1
    kinds[are_listed(library.letters, runs.starts, runs.lengths, size)] = 1
    kinds[others < library.n_shelf] = 0
    return kinds


def _beside_formulas(starts: Ints, lengths: Ints, kinds: Ints, size: int) -> Flags:
    """Which runs of a text are one of its formulas with a few letters more, or most of one."""
    formulas = np.flatnonzero(kinds == 1)
    if not len(formulas):
        return np.zeros(len(starts), dtype=bool)
    edges = np.zeros(int((starts + lengths).max()) + 1, dtype=np.int64)
    np.add.at(edges, starts[formulas], 1)
    np.add.at(edges, starts[formulas] + lengths[formulas], -1)
    before = np.concatenate([[0], np.cumsum(np.cumsum(edges) > 0)])
    covered = before[starts + lengths] - before[starts]
    beside: Flags = (kinds > 1) & (lengths - covered < np.minimum(size, covered))
    return beside


def _joined(found: list[npt.NDArray[np.int32]]) -> dict[str, npt.NDArray[np.int32]]:
    """The columns of all texts, each text's given up once it is copied."""
    joined = np.empty((len(_FOUND), sum(part.shape[1] for part in found)), dtype=np.int32)
    end = joined.shape[1]
    while found:
        part = found.pop()
        joined[:, end - part.shape[1] : end] = part
        end -= part.shape[1]
    return dict(zip(_FOUND, joined, strict=True))


def _turn_into_offsets(
    rows: dict[str, npt.NDArray[np.int32]], names: list[str], pieces: Iterable[Piece]
) -> None:
    """Counts of letters become offsets in the texts, of both sides."""
    number_of = {name: number for number, name in enumerate(names)}
    sides = []
    for text, start, end in (("doc", "start", "end"), ("other", "other_start", "other_end")):
        order = np.argsort(rows[text], kind="stable")
        bounds = np.searchsorted(rows[text][order], np.arange(len(names) + 1))
        sides.append((order, bounds, rows[start], rows[end]))
    for name, _, offsets in read_pieces(pieces):
        number = number_of[name]
        for order, bounds, starts, ends in sides:
            own = order[bounds[number] : bounds[number + 1]]
            starts[own] = offsets[starts[own]]
            ends[own] = offsets[ends[own] - 1] + 1


def _batches(rows: dict[str, npt.NDArray[np.int32]], library: Library) -> Iterator[pd.DataFrame]:
    names = np.array(library.names, dtype=object)
    by_name = np.argsort(np.argsort(names))
    docs = library.order[rows["doc"]]
    order = np.lexsort((rows["other_start"], by_name[rows["other"]], rows["start"], docs))
    edges = np.flatnonzero(np.diff(docs[order], prepend=-1, append=-1))
    start = 0
    for end in edges[1:]:
        if end - start >= _TOGETHER or end == len(order):
            batch = {name: values[order[start:end]] for name, values in rows.items()}
            start = int(end)
            yield pd.DataFrame(
                {
                    "doc_id": names[batch["doc"]],
                    "other_id": names[batch["other"]],
                    "class": np.array(_KINDS)[batch["kind"]],
                    **{name: batch[name] for name in ("start", "end", "other_start", "other_end")},
                    "n_docs": batch["n_docs"],
                }
            )


def places_and_years(documents: pd.DataFrame | None) -> dict[str, tuple[str, int]] | None:
    """Place and year of every document whose place is known: what makes a text one's own past.

    A place is its area code, or else its name; a year that is not known is -1. None if nobody says.

    >>> places_and_years(pd.DataFrame({"doc_id": ["a"], "ref_area": [None], "year": [2020],
    ...                                "issuer": ["平川市高新技术产业开发区管理委员会"]}))
    {'a': ('平川市高新技术产业开发区', 2020)}
    """
    if documents is None:
        return None
    known = documents.assign(_place=_places(documents)).dropna(subset=["_place"])
    return {
        str(doc_id): (str(place), -1 if pd.isna(year) else int(year))
        for doc_id, place, year in known[["doc_id", "_place", "year"]].to_numpy(dtype=object)
    }


def _places(documents: pd.DataFrame) -> pd.Series:
    """A code or a name by document; a name that two places have is none."""
    columns = ["ref_area", "province", "county", "issuer"]
    told = documents.reindex(columns=columns).astype("string")
    names = told["county"].fillna(told["issuer"].str.extract(_PLACE, expand=False))
    several = told["province"].groupby(names).transform("nunique").gt(1)
    names = names.mask(several, told["province"] + names)
    codes = told["ref_area"].groupby(names)
    n_codes = codes.transform("nunique")
    named = codes.transform("first").where(n_codes.eq(1), names.mask(n_codes.gt(1)))
    return told["ref_area"].fillna(named)
