"""From sentences to those that two reports share word for word, with only the numbers changed.

A run of shared letters breaks at every number, so a template filled in anew looks like many short
runs. Here the numbers are blanked first: 全年受理行政复议案件#件 of two years is one template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from govlaw.errors import InputError
from govlaw.facts.overlap import places_and_years
from govlaw.text.folding import fold

SAME_COLUMNS = (
    "doc_id", "sentence_id", "other_id", "other_sentence_id", "class", "template", "numbers",
    "other_numbers",
)  # fmt: skip
_LEAST = 13  # letters a template has at least, as in overlap
_MOST = 20  # documents with one template that are still paired with each other
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

    ``class`` is own_past where ``documents`` says that both are of one area and the other is of an
    earlier year, else peer. Blanks and punctuation do not count, and neither does the number of an
    item (一是, 2.). A sentence without a number, or with the same numbers, is left to ``overlap``.

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
    groups = _templates(body, min_chars)
    known = places_and_years(documents)
    rows = [
        row
        for template, group in groups.items()
        for one, other in _pairs(group)
        for row in _rows(template, one, other, known)
    ]
    frame = pd.DataFrame(rows, columns=list(SAME_COLUMNS))
    return frame.sort_values(["doc_id", "sentence_id", "other_sentence_id"], ignore_index=True)


def _templates(body: pd.DataFrame, min_chars: int) -> dict[str, list[tuple[str, str, str]]]:
    """The sentences of each template that is used twice; all others are known by a number only."""
    hashes = np.array([_hash(text, min_chars) for text in body["text"]], dtype=np.int64)
    found, times = np.unique(hashes, return_counts=True)
    again = np.isin(hashes, found[(times > 1) & (found != 0)])
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for row in body[again].itertuples():
        template, numbers = template_of(str(row.text))
        entry = (str(row.doc_id), str(row.sentence_id), " ".join(numbers))
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


def _pairs(group: list[tuple[str, str, str]]) -> Iterator[tuple[Any, Any]]:
    # A phrase that many documents share is linked to its first place, so time stays linear.
    if len(group) > _MOST:
        pairs = [(group[0], other) for other in group[1:]]
    else:
        pairs = list(combinations(group, 2))
    for one, other in pairs:
        if one[0] != other[0] and one[2] != other[2]:
            yield one, other


def _rows(template: str, one: Any, other: Any, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    (area, year), (there, then) = known.get(one[0], ("", 0)), known.get(other[0], ("", 0))
    is_past = bool(area) and area == there and year != then
    for here, there_too, later in ((one, other, year > then), (other, one, then > year)):
        if is_past and not later:
            continue  # own_past stands with the later document only
        values = (here[0], here[1], there_too[0], there_too[1])
        numbers = (template, here[2], there_too[2])
        row = (*values, "own_past" if is_past else "peer", *numbers)
        yield dict(zip(SAME_COLUMNS, row, strict=True))
