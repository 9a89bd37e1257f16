"""From sentences to those that two reports share word for word, with only the numbers changed.

A run of shared letters breaks at every number, so a template filled in anew looks like many short
runs. Here the numbers are blanked first: 全年受理行政复议案件#件 of two years is one template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from govlaw.errors import InputError
from govlaw.facts.overlap import places_and_years
from govlaw.tables import TABLES
from govlaw.text.folding import fold

SAME_COLUMNS = (
    "doc_id", "sentence_id", "other_id", "other_sentence_id", "class", "template", "numbers",
    "other_numbers",
)  # fmt: skip
_LEAST = 13  # letters a template has at least, as in overlap
_MOST = 20  # documents with one template that are still paired with each other
_Said = tuple[str, Any, int, str]  # document, where in it, characters, numbers
_NUMBER = re.compile(
    r"[0-9]+(?:[.,，][0-9]+){0,4}[%‰]?|[〇零一二两三四五六七八九十百千]{1,12}(?=[万亿]?[余多]?[件次起人个项名场期部家份条元届])"
)
_ITEM = re.compile(
    r"\s*(?:[(（][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|[0-9]{1,2}[.、．](?![0-9]))"
)


def same_but_numbers(
    sentences: pd.DataFrame, documents: pd.DataFrame | None = None, *, min_chars: int = _LEAST
) -> pd.DataFrame:
    """Pairs of sentences of two documents that differ in nothing but numbers.

    ``class`` is own_past where ``documents`` says that both are of one place and the other is of
    an earlier year, unplaced where it does not tell place or year, else peer. Blanks and
    punctuation do not count, and neither does the number of an item (一是, 2.). A sentence without
    a number, or with the same numbers, is left to ``overlap``.

    >>> said = pd.DataFrame({"doc_id": ["a", "b"], "sentence_id": ["a:s1", "b:s1"], "text": [
    ...     "全年共受理行政复议案件12件,审结10件。", "全年共受理行政复议案件28件,审结25件。"]})
    >>> same_but_numbers(said)[["numbers", "other_numbers"]].values.tolist()
    [['12 10', '28 25'], ['28 25', '12 10']]
    """
    missing = {"doc_id", "sentence_id", "text"} - set(sentences.columns)
    if missing:
        what = f"the frame has no column {', '.join(sorted(missing))}"
        raise InputError("same_but_numbers", what, "give the table sentences")
    body = sentences[sentences["role"].ne("noise")] if "role" in sentences.columns else sentences
    groups = _templates(lambda: [body], "sentence_id", min_chars)
    known = places_and_years(documents)
    rows = [
        row
        for template, group in groups.items()
        for one, other in _pairs(group)
        for row in _rows(template, one, other, known)
    ]
    frame = pd.DataFrame(rows, columns=list(SAME_COLUMNS))
    return frame.sort_values(["doc_id", "sentence_id", "other_sentence_id"], ignore_index=True)


def renumbered(
    sentences: Callable[[], Iterable[pd.DataFrame]],
    documents: pd.DataFrame | None = None,
    *,
    min_chars: int = _LEAST,
) -> pd.DataFrame:
    """The pairs of ``same_but_numbers`` as rows of the table overlaps, of class renumbered.

    ``sentences`` gives the table frame after frame. It is read twice, so that only sentences that
    are said twice are held, and of all others 8 bytes.
    """
    known, rows = places_and_years(documents), []
    for group in _templates(sentences, "start", min_chars).values():
        n_docs = len({doc_id for doc_id, *_ in group})
        for one, other in _pairs(group):
            for here, there, _ in _sides(one, other, known):
                span = (here[1], here[1] + here[2], there[1], there[1] + there[2])
                rows.append((here[0], there[0], "renumbered", *span, n_docs))
    names = [column.name for column in TABLES["overlaps"].columns]
    return TABLES["overlaps"].conform(pd.DataFrame(rows, columns=names))


def _templates(
    frames: Callable[[], Iterable[pd.DataFrame]], place: str, min_chars: int
) -> dict[str, list[_Said]]:
    """The sentences of each template that is used twice; all others are known by a number only."""
    texts = (text for frame in frames() for text in frame["text"])
    hashes = np.fromiter((_hash(text, min_chars) for text in texts), dtype=np.int64)
    found, times = np.unique(hashes, return_counts=True)
    again = np.isin(hashes, found[(times > 1) & (found != 0)])
    groups: dict[str, list[_Said]] = {}
    start = 0
    for frame in frames():
        said = frame[again[start : start + len(frame)]]
        start += len(frame)
        for doc_id, at, text in zip(said["doc_id"], said[place], said["text"], strict=True):
            template, numbers = template_of(str(text))
            entry = (str(doc_id), at, len(text), " ".join(numbers))
            groups.setdefault(template, []).append(entry)
    return groups


def _hash(text: str, min_chars: int) -> int:
    template, numbers = template_of(str(text))
    return hash(template) if numbers and len(template) >= min_chars else 0


def template_of(text: str) -> tuple[str, list[str]]:
    """The letters of a sentence with # for every number, and the numbers.

    >>> template_of("二是办结案件1,025件,办结率98.5%。")
    ('办结案件#件办结率#', ['1,025', '98.5%'])
    """
    folded = fold(text)
    item = _ITEM.match(folded)
    folded = folded[item.end() if item else 0 :]
    numbers = [found.group() for found in _NUMBER.finditer(folded)]
    blanked = _NUMBER.sub("#", folded)
    return "".join(c for c in blanked if c.isalnum() or c == "#"), numbers


def _pairs(group: list[_Said]) -> Iterator[tuple[_Said, _Said]]:
    # A phrase that many documents share is linked to its first place, so time stays linear.
    if len(group) > _MOST:
        pairs = [(group[0], other) for other in group[1:]]
    else:
        pairs = list(combinations(group, 2))
    for one, other in pairs:
        if one[0] != other[0] and one[3] != other[3]:
            yield one, other


def _rows(
    template: str, one: _Said, other: _Said, known: Mapping[str, tuple[str, int]] | None
) -> Iterator[dict[str, Any]]:
    for here, there, kind in _sides(one, other, known):
        values = (here[0], here[1], there[0], there[1], kind, template, here[3], there[3])
        yield dict(zip(SAME_COLUMNS, values, strict=True))


def _sides(
    one: _Said, other: _Said, known: Mapping[str, tuple[str, int]] | None
) -> Iterator[tuple[_Said, _Said, str]]:
    """The pair as each document has it; own_past stands with the later one only."""
    if known is None:
        kind, is_later = "peer", False
    else:
        (place, year), (there, then) = known.get(one[0], ("", -1)), known.get(other[0], ("", -1))
        is_known = bool(place and there) and (place != there or min(year, then) >= 0)
        is_past = is_known and place == there and year != then
        kind = "own_past" if is_past else "peer" if is_known else "unplaced"
        is_later = year > then
    if kind != "own_past" or is_later:
        yield one, other, kind
    if kind != "own_past" or not is_later:
        yield other, one, kind
