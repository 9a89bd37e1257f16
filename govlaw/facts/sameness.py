"""From sentences to those that two reports share word for word, with only the numbers changed.

A run of shared letters breaks at every number, so a template filled in anew looks like many short
runs. Here the numbers are blanked first: 全年受理行政复议案件#件 of two years is one template.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from govlaw.errors import InputError
from govlaw.facts.overlap import places_and_years
from govlaw.tables import TABLES
from govlaw.text.folding import fold

SAME_COLUMNS = (
    "doc_id", "sentence_id", "other_id", "other_sentence_id", "class", "template", "numbers",
    "other_numbers",
)  # fmt: skip
Ints = npt.NDArray[np.int64]
_LEAST = 13  # letters a template has at least, as in overlap
_MOST = 20  # sentences with one template that are still paired with each other
_CLASSES = np.array(["own_past", "peer", "unplaced"], dtype=object)
# The first character alone, so that a search runs fast to it.
_NUMBER = re.compile(
    r"([0-9〇零一二两三四五六七八九十百千](?:(?<=[0-9])[0-9]*+(?:[.,，][0-9]++){0,4}[%‰]?"
    r"|(?<![0-9])[〇零一二两三四五六七八九十百千]{0,11}(?=[万亿]?[余多]?[件次起人个项名场期部家份条元届])))"
)
_NO_LETTERS = re.compile(r"[^\w#]+")
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
    body = body.assign(start=range(len(body)))
    said = _read([body], min_chars)
    here, there, kinds = _sides(said, *_pairs(said), places_and_years(documents))
    columns = [body[name].to_numpy(dtype=object) for name in ("doc_id", "sentence_id", "text")]
    rows = []
    for one, other, kind in zip(said.starts[here], said.starts[there], kinds, strict=True):
        (doc_id, sentence, text), (other_id, other_sentence, other_text) = (
            [str(column[number]) for column in columns] for number in (one, other)
        )
        template, numbers = template_of(text)
        others = " ".join(template_of(other_text)[1])
        row = (
            doc_id,
            sentence,
            other_id,
            other_sentence,
            kind,
            template,
            " ".join(numbers),
            others,
        )
        rows.append(dict(zip(SAME_COLUMNS, row, strict=True)))
    frame = pd.DataFrame(rows, columns=list(SAME_COLUMNS))
    return frame.sort_values(["doc_id", "sentence_id", "other_sentence_id"], ignore_index=True)


def renumbered(
    sentences: Callable[[], Iterable[pd.DataFrame]],
    documents: pd.DataFrame | None = None,
    *,
    min_chars: int = _LEAST,
) -> pd.DataFrame:
    """The pairs of ``same_but_numbers`` as rows of the table overlaps, of class renumbered.

    ``sentences`` gives the table frame after frame; of a sentence with a number 40 bytes are held.
    """
    said = _read(sentences(), min_chars)
    here, there, _ = _sides(said, *_pairs(said), places_and_years(documents))
    names = np.array(said.names, dtype=object)
    rows = {
        "doc_id": names[said.docs[here]],
        "other_id": names[said.docs[there]],
        "class": "renumbered",
        "start": said.starts[here],
        "end": said.starts[here] + said.lengths[here],
        "other_start": said.starts[there],
        "other_end": said.starts[there] + said.lengths[there],
        "n_docs": _n_docs(said)[here],
    }
    columns = [column.name for column in TABLES["overlaps"].columns]
    return TABLES["overlaps"].conform(pd.DataFrame(rows)[columns])


class _Said(NamedTuple):
    """The sentences with a number: document, place, characters, and a hash of template and numbers.

    Two templates have one hash once in some millions of corpora of this size.
    """

    names: list[str]
    docs: Ints
    starts: Ints
    lengths: Ints
    templates: Ints
    numbers: Ints


def _read(frames: Iterable[pd.DataFrame], min_chars: int) -> _Said:
    number_of: dict[str, int] = {}
    columns = [array("q") for _ in range(5)]
    for frame in frames:
        fields = (frame[name].to_numpy(dtype=object) for name in ("doc_id", "start", "text"))
        for doc_id, start, text in zip(*fields, strict=True):
            parts = _parts(str(text))
            template = _template(parts) if len(parts) > 1 else ""
            if len(template) >= min_chars:
                number = number_of.setdefault(str(doc_id), len(number_of))
                row = (number, start, len(text), hash(template), hash(tuple(parts[1::2])))
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
    return _Said(list(number_of), *(np.array(column, dtype=np.int64) for column in columns))


def template_of(text: str) -> tuple[str, list[str]]:
    """The letters of a sentence with # for every number, and the numbers.

    >>> template_of("二是办结案件1,025件,办结率98.5%。")
    ('办结案件#件办结率#', ['1,025', '98.5%'])
    """
    parts = _parts(text)
    return _template(parts), parts[1::2]


def _parts(text: str) -> list[str]:
    """The words of a sentence; every second part is a number."""
    folded = fold(text)
    item = _ITEM.match(folded)
    return _NUMBER.split(folded[item.end() :] if item else folded)


def _template(parts: list[str]) -> str:
    return _NO_LETTERS.sub("", "#".join(parts[::2]).replace("_", ""))


def _pairs(said: _Said) -> tuple[Ints, Ints]:
    """Sentences of one template in two documents, with other numbers.

    Each with each where these are few. A phrase that many share is linked to its first place, so
    time stays linear.
    """
    order = np.argsort(said.templates, kind="stable")
    _, opens, counts = np.unique(said.templates[order], return_index=True, return_counts=True)
    sizes, place = np.repeat(counts, counts), np.arange(len(order)) - np.repeat(opens, counts)
    # How many that follow it each sentence is paired with.
    times = np.where(sizes <= _MOST, sizes - 1 - place, np.where(place == 0, sizes - 1, 0))
    at = np.repeat(np.arange(len(order)), times)
    after = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times) + 1
    ones, others = order[at], order[at + after]
    apart = said.docs[ones] != said.docs[others]
    apart &= said.numbers[ones] != said.numbers[others]
    return ones[apart], others[apart]


def _n_docs(said: _Said) -> Ints:
    """How many documents have the template of each sentence."""
    _, group = np.unique(said.templates, return_inverse=True)
    both = np.unique(group * len(said.names) + said.docs)
    found: Ints = np.bincount(both // max(1, len(said.names)))[group]
    return found


def _sides(
    said: _Said, ones: Ints, others: Ints, known: Mapping[str, tuple[str, int]] | None
) -> tuple[Ints, Ints, npt.NDArray[np.object_]]:
    """Each pair as each document has it, and its class; own_past stands with the later one only."""
    if known is None:
        both = np.concatenate([ones, others]), np.concatenate([others, ones])
        return *both, np.full(2 * len(ones), "peer", dtype=object)
    origins = [known.get(name, ("", -1)) for name in said.names]
    areas = {area: number for number, area in enumerate(dict(origins), 1)} | {"": 0}
    area = np.array([areas[name] for name, _ in origins], dtype=np.int64)[said.docs]
    year = np.array([year for _, year in origins], dtype=np.int64)[said.docs]
    is_known = (area[ones] > 0) & (area[others] > 0)
    is_known &= (area[ones] != area[others]) | (np.minimum(year[ones], year[others]) >= 0)
    is_past = is_known & (area[ones] == area[others]) & (year[ones] != year[others])
    kinds = _CLASSES[np.where(is_past, 0, np.where(is_known, 1, 2))]
    is_later = year[ones] > year[others]
    here, there = ~is_past | is_later, ~is_past | ~is_later
    return (
        np.concatenate([ones[here], others[there]]),
        np.concatenate([others[here], ones[there]]),
        np.concatenate([kinds[here], kinds[there]]),
    )
