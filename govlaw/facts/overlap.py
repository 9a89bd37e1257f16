"""From many texts to the runs of characters they share, and what kind of sharing each run is.

Letters are compared without blanks and punctuation, which websites change at will. The class says
why two texts may be alike; only a reader can say whether one was copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govlaw import paths
from govlaw.errors import InputError
from govlaw.facts.shingles import Library, Run, letters_of, read_library, shared_runs
from govlaw.knowledge import read_text, read_words
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus

_MANY = 5  # documents that share a short run before it counts as a stock phrase
_SHORT = 20  # characters a stock phrase may have at most


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
    same area (this needs ``documents``); *peer*, all else. A peer run is one row in each document
    and accuses neither; own_past stands with the later document only. A stretch that stands in more
    than 20 places is linked to the first of them and not pair by pair, so what many near-copies
    share may come in parts.

    >>> texts = pd.DataFrame({"doc_id": ["a", "b"], "text": [
    ...     "我县在县法院建立诉调对接中心,统筹推进矛盾纠纷化解工作。",
    ...     "该区也在县法院建立诉调对接中心，统筹推进了有关工作。"]})
    >>> overlap(texts, shelf={})[["doc_id", "other_id", "class", "start", "end"]].values.tolist()
    [['a', 'b', 'peer', 2, 19], ['b', 'a', 'peer', 3, 20]]
    """
    if min_chars < 2:
        raise InputError("overlap", f"min_chars is {min_chars}", "give 2 or more; 13 is usual")
    reference = load_shelf() if shelf is None else shelf
    library = read_library(reference, list(_pieces(texts)))
    formulas = [letters_of(formula)[0] for formula in _formulas()]
    known = places_and_years(documents)
    rows = [
        row
        for run in shared_runs(library, min_chars)
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
    columns = (ordered["doc_id"], ordered["text"], ordered["_start"])
    for doc_id, text, start in zip(*columns, strict=True):
        yield str(doc_id), str(text), int(start)


def _rows(
    run: Run,
    library: Library,
    *,
    formulas: list[str],
    known: Mapping[str, tuple[str, int]],
) -> Iterator[dict[str, Any]]:
    here = _span(library, run.other, run.length)
    there = _span(library, run.start, run.length)
    later, earlier = here[0], there[0]
    if library.text_of[run.start] < library.n_shelf:
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


def _span(library: Library, place: int, length: int) -> tuple[str, int, int]:
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


def places_and_years(documents: pd.DataFrame | None) -> dict[str, tuple[str, int]]:
    """Area and year of every document that tells both: what makes a text somebody's own past."""
    if documents is None:
        return {}
    known = documents.dropna(subset=["ref_area", "year"])
    return {
        str(doc_id): (str(area), int(year))
        for doc_id, area, year in known[["doc_id", "ref_area", "year"]].to_numpy()
    }


def _is_past(earlier: str, later: str, known: Mapping[str, tuple[str, int]]) -> bool:
    if earlier not in known or later not in known:
        return False
    (area, year), (other_area, other_year) = known[earlier], known[later]
    return area == other_area and year < other_year
