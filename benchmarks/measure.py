"""Measures the study side by side with what it is compared to and prints the ratios.

Times on a shared machine drift, so what is compared runs in turn, each in a process of its own,
and a figure is the ratio of medians. ``make bench`` takes about an hour; ``python
benchmarks/measure.py --quick`` leaves out the largest corpus and takes one round.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpora import write_corpus
from benchmarks.figures import Figure, Result, at_least, at_most, compared
from govlaw import paths
from govlaw.engine.engines import cores

REDUCED = ("tf_idf", "overlaps", "verdicts")  # the tables that cost most


class Bench:
    """A folder for corpora and results, and how many rounds are run."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder, self.rounds = folder, rounds

    def corpus(self, n_documents: int) -> Path:
        return write_corpus(self.folder / f"corpus_{n_documents}", n_documents)

    def fresh(self, name: str) -> Path:
        """A path in the folder where nothing is."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        shutil.rmtree(path.with_name(f"{name}.cache"), ignore_errors=True)
        return path

    def in_turn(self, *works: tuple[object, ...]) -> list[Result]:
        """The median seconds and the highest peak of each piece of work, all run in turn."""
        rounds = [[run(*work) for work in works] for _ in range(self.rounds)]
        return [
            {
                **results[-1],
                "seconds": statistics.median(one["seconds"] for one in results),
                "peak_mb": max(one["peak_mb"] for one in results),
            }
            for results in zip(*rounds, strict=True)
        ]


def run(name: str, *arguments: object) -> Result:
    """One piece of work in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.works", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=paths.home(), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    print("  ", name, result, flush=True)
    return result


def measure_tf_idf(bench: Bench, n_documents: int) -> list[Figure]:
    """The matrix from files, and whether it is the same matrix."""
    corpus, theirs, ours = bench.corpus(n_documents), bench.folder / "a", bench.folder / "b"
    script, study = bench.in_turn(("script_tf_idf", corpus, theirs), ("our_tf_idf", corpus, ours))
    same = is_same_matrix(theirs, ours)
    peaks = f"{study['peak_mb']:.0f} MB, script {script['peak_mb']:.0f} MB"
    return [
        at_least(
            f"TF-IDF of {n_documents} files, times faster than the script",
            script["seconds"] / study["seconds"], 12, f"same matrix: {same}",
        ),
        at_most(
            f"TF-IDF of {n_documents} files, memory / the script's",
            study["peak_mb"] / script["peak_mb"], 1, peaks,
        ),
    ]  # fmt: skip


def is_same_matrix(one: Path, other: Path) -> bool:
    words = [path.with_suffix(".txt").read_text("utf-8").split("\n") for path in (one, other)]
    left, right = (sparse.load_npz(path.with_suffix(".npz")).sorted_indices()
                   for path in (one, other))  # fmt: skip
    return (
        words[0] == words[1]
        and left.shape == right.shape
        and bool(np.array_equal(left.indices, right.indices))
        and bool(np.allclose(left.data, right.data))
    )


def measure_map(bench: Bench, n_documents: int) -> list[Figure]:
    """The whole map on one core, against plain jieba, the script and the floor."""
    corpus = bench.corpus(n_documents)
    rounds = []
    for _ in range(bench.rounds):  # each round maps into an empty cache
        cache = bench.fresh("map.cache")
        rounds.append([run("our_map", corpus, cache), run("jieba_only", corpus),
                       run("script_rows", corpus), run("rjieba_only", corpus)])  # fmt: skip
    ours, plain, script, floor = (statistics.median(r["seconds"] for r in one)
                          for one in zip(*rounds, strict=True))  # fmt: skip
    per_thousand = f"{ours / n_documents * 1000:.1f} s per 1,000 documents"
    return [
        at_most("map on one core / plain jieba on the same text", ours / plain, 0.5, per_thousand),
        Figure("map on one core / the script's words, keywords, numbers", round(ours / script, 2)),
        Figure("map on one core / raw segmentation (rjieba)", round(ours / floor, 1)),
    ]


def measure_words(bench: Bench, n_documents: int) -> list[Figure]:
    """A lexicon of 1,000 terms."""
    corpus, terms = bench.corpus(n_documents), bench.folder / "terms.txt"
    terms.write_text("\n".join(frequent_words(corpus, 1000)), encoding="utf-8")
    script, study = bench.in_turn(("script_words", corpus, terms), ("our_words", corpus, terms))
    ratio = script["seconds"] / study["seconds"]
    detail = f"the longest term that starts first, as re finds it: {study['exact']}"
    return [at_least("1,000 terms, times faster than str.count", ratio, 15, detail)]


def frequent_words(corpus: Path, n_words: int) -> list[str]:
    """The most frequent words of two characters and more in the first fifty texts."""
    from collections import Counter

    from benchmarks.script import read_texts
    from govlaw.text.segments import segment

    words = Counter(w for text in read_texts(corpus)[:50] for w in segment(text) if len(w) > 1)
    return [word for word, _ in words.most_common(n_words)]


def measure_cache(bench: Bench, n_documents: int) -> list[Figure]:
    """Nothing changed, and one file changed."""
    corpus, out = bench.corpus(n_documents), bench.fresh("tables")
    first = run("our_tables", corpus, out)["seconds"]
    again = statistics.median(
        run("our_tables", corpus, out)["seconds"] for _ in range(bench.rounds)
    )
    changed = sorted(corpus.iterdir())[n_documents // 2]
    kept = changed.read_text("utf-8")
    changed.write_text(kept + "全年受理5起行政复议案件。\n", encoding="utf-8")
    # One file is read in the process that was asked, which must load all definitions first.
    one = run("our_map", corpus, out.with_name("tables.cache"), 0, "cold")["seconds"]
    changed.write_text(kept, encoding="utf-8")
    detail = f"first run {first:.0f} s"
    return [
        at_most(f"nothing of {n_documents} files changed / first run", again / first, 0.05, detail),
        at_most(f"one of {n_documents} files changed, its map / first run", one / first, 0.03),
    ]


def measure_growth(bench: Bench, small: int, large: int) -> list[Figure]:
    """Ten times the documents: time of everything, memory of the map and of the whole."""
    maps, times, steps = [], [], []
    for n_documents in (small, large):
        corpus, out = bench.corpus(n_documents), bench.fresh("tables")
        maps.append(run("our_map", corpus, out.with_name("tables.cache"), cores()))
        times.append(run("our_tables", corpus, out))  # its map is done
        times[-1]["seconds"] += maps[-1]["seconds"]
        steps.append([run("our_step", out, name) for name in REDUCED])
    growth = times[1]["seconds"] / times[0]["seconds"]
    peak = times[1]["peak_mb"]
    return [
        at_most(f"{small} to {large} documents, time of all tables", growth, 11),
        at_most(
            f"{small} to {large} documents, memory of the map",
            maps[1]["peak_mb"] / maps[0]["peak_mb"], 1.2, f"{maps[1]['peak_mb']:.0f} MB",
        ),
        at_most(f"{large} documents, peak memory / 2.5 GB", peak / 2500, 1, f"{peak:.0f} MB"),
        *(
            compared(f"{small} to {large} documents, time of {name}", before, after)
            for name, before, after in zip(REDUCED, *steps, strict=True)
        ),
    ]  # fmt: skip


def measure_processes(bench: Bench, n_documents: int) -> list[Figure]:
    """Two processes against one, the start of both and all definitions included."""
    corpus, rounds = bench.corpus(n_documents), []
    for _ in range(bench.rounds):
        rounds.append([
            run("our_map", corpus, bench.fresh("map.cache"), jobs)["seconds"] for jobs in (1, 2)
        ])  # fmt: skip
    one, two = (statistics.median(times) for times in zip(*rounds, strict=True))
    return [at_least(f"two processes, times faster than one ({cores()} cores)", one / two, 1.7)]


def measure_report(bench: Bench) -> list[Figure]:
    """``make report`` against the same notebooks by papermill and nbconvert."""
    run("our_report", "bench")  # its tables are there then, as they are for the other
    tables = paths.home() / "build" / "bench" / "tables"
    script, study = bench.in_turn(("script_report", bench.folder, tables), ("our_report", "bench"))
    shutil.rmtree(paths.reports() / "bench", ignore_errors=True)
    ratio = script["seconds"] / study["seconds"]
    detail = f"{study['seconds']:.0f} s, bar 60 s"
    return [at_least("make report, times faster than papermill and nbconvert", ratio, 3, detail)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="no large corpus, one round")
    options.add_argument("--only", default="", help="names of figures, e.g. map,words")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), rounds=1 if chosen.quick else 3)
        small, large = (200, 2_000) if chosen.quick else (2_000, 20_000)
        measures = {
            "tf_idf": lambda: measure_tf_idf(bench, small),
            "map": lambda: measure_map(bench, min(small, 1_000)),
            "words": lambda: measure_words(bench, small),
            "cache": lambda: measure_cache(bench, small),
            "processes": lambda: measure_processes(bench, min(small, 1_000)),
            "report": lambda: measure_report(bench),
            "growth": lambda: measure_growth(bench, small, large),
        }
        names = [name for name in measures if not chosen.only or name in chosen.only.split(",")]
        figures = [figure for name in names for figure in measures[name]()]
    build = paths.home() / "build"
    build.mkdir(exist_ok=True)
    words = json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)
    (build / "bench.json").write_text(words + "\n", encoding="utf-8")
    for figure in figures:
        held = {True: "holds", False: "MISSED", None: ""}[figure.holds]
        print(f"{figure.ratio:>9} {figure.bar or '':>8} {held:7} {figure.name} {figure.detail}")


if __name__ == "__main__":
    main()
