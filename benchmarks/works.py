"""One piece of work, in a process of its own: prints its seconds, its peak memory and its result.

``python -m benchmarks.works NAME ARGUMENT…``; reading files and loading dictionaries are part of a
work only where its docstring says so.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import script

Result = dict[str, Any]
WORKS: dict[str, Callable[..., Result]] = {}


def work(act: Callable[..., Result]) -> Callable[..., Result]:
    """Make a function a work that can be asked for by name."""
    WORKS[act.__name__] = act
    return act


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def _warm_jieba() -> Any:
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.dt.tmp_dir = tempfile.mkdtemp()  # no cache file in the folder all users share
    jieba.initialize()
    return jieba


@work
def script_tf_idf(folder: str, out: str) -> Result:
    """The user's script from files to the matrix, its dictionary loaded before."""
    _warm_jieba()
    seconds, (matrix, words) = timed(lambda: script.tf_idf(script.read_texts(Path(folder))))
    _keep(matrix, words, Path(out))
    return {"seconds": seconds}


@work
def our_tf_idf(folder: str, out: str) -> Result:
    """The study's road from files to the matrix; its dictionary, too, is loaded before."""
    from govlaw.engine.weighing import weigh_files
    from govlaw.text.segments import segment

    segment("预热")
    files = sorted(Path(folder).iterdir())
    seconds, (matrix, _, words) = timed(lambda: weigh_files(files))
    _keep(matrix, list(words), Path(out))
    return {"seconds": seconds}


@work
def jieba_only(folder: str) -> Result:
    """Plain jieba on texts that are in memory."""
    jieba, texts = _warm_jieba(), script.read_texts(Path(folder))
    return {"seconds": timed(lambda: sum(len(jieba.lcut(text)) for text in texts))[0]}


@work
def rjieba_only(folder: str) -> Result:
    """The floor: raw segmentation by the engine the study uses."""
    import rjieba

    texts = script.read_texts(Path(folder))
    rjieba.cut("预热")
    return {"seconds": timed(lambda: sum(len(rjieba.cut(text)) for text in texts))[0]}


@work
def script_rows(folder: str) -> Result:
    """What the script finds in texts: jieba's words, the study's keywords, numbers with units."""
    from govlaw.lexicon import load_lexicon

    jieba, texts, keywords = _warm_jieba(), script.read_texts(Path(folder)), load_lexicon().words

    def act() -> None:
        for text in texts:
            jieba.lcut(text)
        script.count_words(texts, keywords)
        script.find_numbers(texts)

    return {"seconds": timed(act)[0]}


@work
def script_words(folder: str, terms: str) -> Result:
    """``str.count`` for each term in each text."""
    texts, words = script.read_texts(Path(folder)), Path(terms).read_text("utf-8").split()
    return {"seconds": timed(lambda: script.count_words(texts, words))[0]}


@work
def our_words(folder: str, terms: str) -> Result:
    """The study's matcher: each place once, for the longest term that starts first."""
    from govlaw.lexicon import matcher

    texts, words = script.read_texts(Path(folder)), Path(terms).read_text("utf-8").split()
    find = matcher(tuple(words)).find_matches_as_strings
    find("预热")
    seconds, counted = timed(lambda: [Counter(find(text)) for text in texts])
    longest = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    exact = all(
        Counter(longest.findall(t)) == n for t, n in zip(texts[:100], counted, strict=False)
    )
    return {"seconds": seconds, "exact": exact}


@work
def our_map(folder: str, cache: str, jobs: str = "0", start: str = "warm") -> Result:
    """What the cache does not know: reading, sentences, tokens, numbers, indicators, codes, parts.

    With 0 jobs all is done here, and definitions are loaded before the clock runs, as jieba's are,
    unless the start is cold; with more it is done by so many processes, whose start counts.
    """
    from govlaw.engine.engines import processes, serial
    from govlaw.engine.ledger import list_files
    from govlaw.engine.survey import survey
    from govlaw.engine.versions import learn_definitions
    from govlaw.engine.workers import SECONDS

    n_jobs = int(jobs)
    run = processes if n_jobs else serial
    if not n_jobs and start == "warm":
        _warm_map()

    def act() -> int:
        versions, root = learn_definitions(), Path(folder)
        seen = survey(list_files(root), root, Path(cache), versions, {})
        tasks = seen.tasks(Path(cache), versions, max(1, n_jobs))
        return sum(len(done) for done in run(tasks, lambda entry: None, n_jobs, SECONDS))

    seconds, n_files = timed(act)
    return {"seconds": seconds, "n_files": n_files}


def _warm_map() -> None:
    from govlaw import paths
    from govlaw.engine.mapping import map_document
    from govlaw.engine.runner import read_corpus

    for document in read_corpus(paths.seeds()):
        map_document(document)


@work
def our_tables(folder: str, out: str) -> Result:
    """The whole of ``govlaw tables``: map, duplicates and reduce."""
    from govlaw.engine.runner import build_tables

    return {"seconds": timed(lambda: build_tables(Path(folder), Path(out)))[0]}


@work
def our_step(tables: str, name: str) -> Result:
    """A table of the reduce alone, from the tables of the map: how long, and with how much."""
    from govlaw.engine import reducing
    from govlaw.engine.store import Store

    steps = {
        "tf_idf": reducing.weigh_terms,
        "overlaps": reducing.find_overlaps,
        "verdicts": reducing.judge,
    }
    store = Store(Path(tables))
    documents = store.frame("documents")
    seconds, n_rows = timed(lambda: sum(map(len, steps[name](store, documents))))
    return {"seconds": seconds, "n_rows": n_rows}


@work
def script_report(out: str, tables: str) -> Result:
    """The study's notebooks on the seeds' tables, by papermill and nbconvert one after another."""
    from govlaw import paths
    from govlaw.pages.notebooks import list_notebooks

    def run() -> None:
        for notebook in list_notebooks(paths.notebooks()):
            done = Path(out, notebook.name)
            command("papermill", notebook, done, "-p", "tables_dir", tables, "--cwd", out)
            command("jupyter", "nbconvert", "--to", "html", done)

    return {"seconds": timed(run)[0]}


@work
def our_report(out: str) -> Result:
    """Everything ``make report`` does on the seeds, the reading of the reports included."""
    return {"seconds": timed(lambda: command("govlaw", "report", "--edition", Path(out).name))[0]}


def command(name: str, *arguments: object) -> None:
    """Run a command of this environment to its end."""
    line = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    subprocess.run(line, check=True, capture_output=True)


def _keep(matrix: Any, words: list[str], out: Path) -> None:
    from scipy import sparse

    sparse.save_npz(out.with_suffix(".npz"), sparse.csr_matrix(matrix))
    out.with_suffix(".txt").write_text("\n".join(words), encoding="utf-8")


def _peak_mb() -> float:
    own, below = (resource.getrusage(who).ru_maxrss / 1024 for who in
                  (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    return round(max(own, below), 1)


def main() -> None:
    name, *arguments = sys.argv[1:]
    result = WORKS[name](*arguments)
    print(json.dumps({**result, "peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main()
