"""Measures the study side by side with what it is compared to and prints the ratios.

Times on a shared machine drift, so each figure is the median of interleaved rounds and is quoted as
a ratio where there is something to compare with. Run with ``make bench``.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from govlaw import paths

ROUNDS = 3
REPORT_BAR_SECONDS = 60.0


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(*works: Callable[[], object]) -> list[float]:
    """The median time of each piece of work, taken in turn."""
    for work in works:
        work()
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def measure_map() -> dict[str, object]:
    """Reading to rows of all tables, against plain jieba on the same text."""
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.dt.tmp_dir = tempfile.mkdtemp()  # no cache file in the folder all users share
    from govlaw.engine.mapping import map_document
    from govlaw.engine.runner import read_corpus

    corpus = read_corpus(paths.seeds())
    texts = [document.text for document in corpus]
    mapped, plain = interleaved(
        lambda: [map_document(document) for document in read_corpus(paths.seeds())],
        lambda: [jieba.lcut(text) for text in texts],
    )
    chars = sum(map(len, texts))
    return {
        "name": "map of the seeds / plain jieba on the same text",
        "ratio": round(mapped / plain, 2), "bar": None, "holds": None,
        "seconds_per_million_chars": round(mapped / chars * 1e6, 1),
    }  # fmt: skip


def measure_report() -> dict[str, object]:
    """The whole report of the seeds."""
    from govlaw.pages.editions import make_edition

    with tempfile.TemporaryDirectory() as folder:
        original, paths.reports = paths.reports, lambda: Path(folder)
        try:
            took = seconds(lambda: make_edition())
        finally:
            paths.reports = original
    return {
        "name": "make report on the seeds, seconds / 60",
        "ratio": round(took / REPORT_BAR_SECONDS, 2),
        "bar": 1.0, "holds": took <= REPORT_BAR_SECONDS, "seconds": round(took, 1),
    }  # fmt: skip


def main() -> None:
    results = [measure_map(), measure_report()]
    build = paths.home() / "build"
    build.mkdir(exist_ok=True)
    (build / "bench.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for result in results:
        print(*(f"{key} {value}" for key, value in result.items()), sep=" | ")


if __name__ == "__main__":
    main()
