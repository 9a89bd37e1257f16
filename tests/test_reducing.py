"""The reduce by scans: the same rows in the same order as from whole frames."""

from pathlib import Path

import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from govlaw import paths
from govlaw.engine import reducing, store
from govlaw.engine.mapping import map_document, rows_of
from govlaw.engine.reducing import reduce_tables
from govlaw.engine.store import Store
from govlaw.engine.weighing import weigh_files
from govlaw.facts.overlap import overlap
from govlaw.facts.sameness import renumbered
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.stats.checks import check
from govlaw.stats.indicators import coverage
from govlaw.stats.terms import tf_idf
from govlaw.stats.trends import keyword_trend
from govlaw.tables import TABLES
from govlaw.text.corpus import read_document
from govlaw.text.segments import reference

REDUCED = ("tf_idf", "trend", "overlaps", "verdicts", "coverage")
NEEDED = ("documents", "sentences", "quantities", "observations", "term_counts", "mentions")
CORPORA = {
    "seeds": sorted(paths.seeds().glob("*.txt")),
    "panel": sorted((Path(__file__).parent / "data" / "panel").glob("*.txt")),
}


def mapped(files):
    tables = [map_document(read_document(path)) for path in files]
    return {name: [TABLES[name].frame(rows_of(own[name])) for own in tables] for name in NEEDED}


def fill(folder, frames):
    filled = Store(folder)
    for name, parts in frames.items():
        filled.write(name, parts or [TABLES[name].frame([])])
    return filled


def whole(frames):
    """The tables from whole frames, as the functions of ``stats`` give them."""
    f = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}
    documents = f["documents"]
    return {
        "tf_idf": tf_idf(f["term_counts"], documents),
        "trend": keyword_trend(f["mentions"], documents, groups=load_lexicon().groups),
        "overlaps": shared(f["sentences"], documents),
        "verdicts": check(f["observations"], f["quantities"], documents, f["sentences"]),
        "coverage": coverage(f["observations"], documents, load_indicators()),
    }


def shared(sentences, documents):
    """Runs and renumbered sentences, in the order of the documents."""
    body = sentences[sentences["role"] != "noise"]
    found = pd.concat([overlap(sentences, documents=documents),
                       renumbered(lambda: [body], documents)])  # fmt: skip
    found["place"] = pd.Index(documents["doc_id"]).get_indexer(found["doc_id"])
    keys = ["place", "start", "other_id", "other_start", "class"]
    return found.sort_values(keys, ignore_index=True).drop(columns="place")


@pytest.fixture(scope="module", params=CORPORA)
def frames(request):
    return mapped(CORPORA[request.param])


@pytest.mark.parametrize("together", [256, 3, 1])
def test_the_rows_are_those_of_whole_frames(frames, tmp_path, monkeypatch, together):
    monkeypatch.setattr(reducing, "TOGETHER", together)
    monkeypatch.setattr(store, "TOGETHER", max(1, together - 1))
    filled = fill(tmp_path, frames)
    reduce_tables(filled)
    for name, wanted in whole(frames).items():
        found, wanted = filled.frame(name), TABLES[name].conform(wanted)
        assert len(found)
        pd.testing.assert_frame_equal(found, wanted, obj=name)


def test_a_document_without_rows_costs_no_other_its_own(frames, tmp_path, monkeypatch):
    monkeypatch.setattr(reducing, "TOGETHER", 2)
    silent = frames["documents"][1]["doc_id"].iloc[0]
    frames = {
        name: [part[(part["doc_id"] != silent) | (name == "documents")] for part in parts]
        for name, parts in frames.items()
    }
    filled = fill(tmp_path, frames)
    reduce_tables(filled)
    for name, wanted in whole(frames).items():
        pd.testing.assert_frame_equal(filled.frame(name), TABLES[name].conform(wanted), obj=name)
    assert silent in set(filled.frame("coverage")["doc_id"])


def test_no_documents_give_empty_tables(tmp_path):
    filled = fill(tmp_path, {name: [] for name in NEEDED})
    reduce_tables(filled)
    assert [len(filled.frame(name)) for name in REDUCED if name != "trend"] == [0] * 4


def test_files_give_the_matrix_of_the_usual_script():
    files = CORPORA["panel"]
    vectorizer = TfidfVectorizer(analyzer=lambda text: [w for w in reference(text) if len(w) > 1])
    wanted = vectorizer.fit_transform(path.read_text(encoding="utf-8") for path in files)
    matrix, names, vocabulary = weigh_files(files)
    assert names == [path.name for path in files]
    assert vocabulary == list(vectorizer.get_feature_names_out())
    assert abs(matrix - wanted).max() < 1e-12
