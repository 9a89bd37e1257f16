"""From the tables of single documents to those that need many, by scans of the columns needed.

What concerns one document is worked out a few hundred documents at a time; only word counts,
letters and what a place says in several years are looked at together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from govlaw.engine.store import TOGETHER, Store
from govlaw.facts.overlap import overlap_batches
from govlaw.facts.sameness import renumbered
from govlaw.facts.shingles import Piece
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.stats.checks import check
from govlaw.stats.indicators import coverage
from govlaw.stats.rules import Rules, load_rules
from govlaw.stats.trends import keyword_trend
from govlaw.stats.weights import count_tokens, read_counts, weight_rows
from govlaw.tables import TABLES

_SAID = ["doc_id", "sentence_id", "section", "paragraph", "role", "text", "start"]
_COUNTED = [
    "doc_id", "quantity_id", "sentence_id", "text", "value", "value_high", "unit", "kind", "bound",
    "modality", "start", "end",
]  # fmt: skip
_STATED = [
    "doc_id", "obs_id", "indicator", "ref_area", "year", "time_period", "obs_value",
    "obs_value_high", "unit_measure", "bound", "status", "modality", "sentence_id", "quote",
]  # fmt: skip


def reduce_tables(store: Store) -> None:
    """Write the tables that need all documents at once, from those of the map."""
    documents = store.frame("documents")
    store.write("tf_idf", weigh_terms(store, documents))
    mentions = store.frame("mentions", ["doc_id", "group"])
    store.write("trend", [keyword_trend(mentions, documents, groups=load_lexicon().groups)])
    store.write("overlaps", find_overlaps(store, documents))
    store.write("verdicts", judge(store, documents))
    store.write("coverage", cover(store, documents))


def weigh_terms(store: Store, documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The tf_idf table; of the counts only a sparse matrix is held."""
    frames = store.scan("term_counts", ["doc_id", "term", "n"])
    counts = read_counts(frames, list(documents["doc_id"]))
    return weight_rows(counts, count_tokens(counts))


def find_overlaps(store: Store, documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The overlaps table; only letters are held, and sentences said twice but for the numbers."""

    def said() -> Iterator[pd.DataFrame]:
        for frame in store.scan("sentences", ["doc_id", "role", "text", "start"]):
            yield frame[frame["role"] != "noise"]

    def pieces() -> Iterator[Piece]:
        for frame in said():
            # As plain lists: one by one, Arrow gives a string in a microsecond and more.
            columns = (frame[name].tolist() for name in ("doc_id", "text", "start"))
            yield from zip(*columns, strict=True)

    runs = overlap_batches(pieces, documents)
    return _merged(runs, renumbered(said, documents), documents)


def _merged(
    batches: Iterator[pd.DataFrame], others: pd.DataFrame, documents: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Batches of whole documents with the other rows of their documents, in the same order."""
    order = pd.Index(documents["doc_id"])
    others = others.assign(place=order.get_indexer(others["doc_id"])).sort_values("place")
    done = 0
    for batch in batches:
        placed = batch.assign(place=order.get_indexer(batch["doc_id"]))
        until = int(others["place"].searchsorted(placed["place"].iloc[-1], side="right"))
        yield _ordered(pd.concat([placed, others[done:until]]))
        done = until
    if done < len(others):
        yield _ordered(others[done:])


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    keys = ["place", "start", "other_id", "other_start", "class"]
    return rows.sort_values(keys, ignore_index=True).drop(columns="place")


def judge(store: Store, documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The verdicts table: each document by itself, then what a place says in several years."""
    rules = load_rules()
    alone = _only(rules, lambda kind: kind != "panel")
    across = _judge_places(store, documents, _only(rules, lambda kind: kind == "panel"))
    number = {rule: place for place, rule in enumerate(rules.checks)}
    columns = {"observations": _STATED, "quantities": _COUNTED, "sentences": _SAID}
    scans = [_Scan(store, name, some, documents) for name, some in columns.items()]
    for some in _batches(documents):
        observations, quantities, sentences = (scan.until(some.index[-1]) for scan in scans)
        found = check(observations, quantities, some, sentences, rules=alone)
        found = pd.concat([found, across[across["doc_id"].isin(some["doc_id"])]])
        place = pd.Index(some["doc_id"]).get_indexer(found["doc_id"])
        yield found.iloc[np.lexsort((found["check_id"].map(number), place))]


def cover(store: Store, documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The coverage table, some documents at a time."""
    columns = ["doc_id", "indicator", "status", "modality"]
    scan, indicators = _Scan(store, "observations", columns, documents), load_indicators()
    for some in _batches(documents):
        yield coverage(scan.until(some.index[-1]), some, indicators)


def _batches(documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    numbered = documents.reset_index(drop=True)
    for start in range(0, len(numbered), TOGETHER):
        yield numbered[start : start + TOGETHER]


class _Scan:
    """A table read along the documents, each row once."""

    def __init__(
        self, store: Store, name: str, columns: Sequence[str], documents: pd.DataFrame
    ) -> None:
        self._frames = store.scan(name, columns)
        self._order = pd.Index(documents["doc_id"])
        self._waiting = TABLES[name].frame([])[list(columns)]

    def until(self, last: int) -> pd.DataFrame:
        """The rows of the documents up to the one with this number that were not given yet."""
        parts, places = [self._waiting], self._places(self._waiting)
        while not len(places) or places[-1] <= last:
            frame = next(self._frames, None)
            if frame is None:
                break
            parts.append(frame)
            places = self._places(frame)
        whole = pd.concat(parts, ignore_index=True)
        cut = int(np.searchsorted(self._places(whole), last, side="right"))
        self._waiting = whole[cut:]
        return whole[:cut]

    def _places(self, frame: pd.DataFrame) -> npt.NDArray[np.intp]:
        places: npt.NDArray[np.intp] = self._order.get_indexer(pd.Index(frame["doc_id"]))
        return places


def _only(rules: Rules, wanted: Callable[[str], bool]) -> Rules:
    """The rules with those tests whose kind is wanted."""
    tests = {name: [t for t in rule.tests if wanted(t.kind)] for name, rule in rules.checks.items()}
    checks = {
        name: rules.checks[name].model_copy(update={"tests": found})
        for name, found in tests.items()
        if found
    }
    return rules._replace(checks=checks)


def _judge_places(store: Store, documents: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """What the rules say that compare the years of a place; only such places are read."""
    areas = documents["ref_area"].dropna()
    several = set(areas[areas.duplicated()])
    kept = [TABLES["observations"].frame([])[_STATED]]
    for frame in store.scan("observations", _STATED):
        is_done = (frame["modality"] == "done") & (frame["status"] == "stated")
        kept.append(frame[is_done & frame["ref_area"].isin(several)])
    quantities, sentences = (TABLES[name].frame([]) for name in ("quantities", "sentences"))
    observations = pd.concat(kept, ignore_index=True)
    return check(observations, quantities, documents, sentences, rules=rules)
