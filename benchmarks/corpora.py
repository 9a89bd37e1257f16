"""From the sentences of the seeds to a corpus of any size: invented reports for measuring only.

Sentences are shuffled and their digits drawn anew, so the vocabulary stops growing early, as
it does in no real corpus: word matrices are too small, overlaps between reports too large.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from govlaw import paths
from govlaw.engine.runner import read_corpus
from govlaw.knowledge import read_csv

CHARS = 6_500  # of a usual county report, about 18.5 KB in UTF-8
_HEADINGS = (
    "一、主要做法和成效",
    "二、存在的问题和原因",
    "三、履行第一责任人职责情况",
    "四、下一年度工作安排",
)


def write_corpus(folder: Path, n_documents: int, seed: int = 2021) -> Path:
    """Write that many reports of counties and years to a folder, the same ones every time."""
    if folder.exists() and len(list(folder.iterdir())) == n_documents:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    sentences = _sentences()
    for number, (county, year) in enumerate(_titles(n_documents, draw)):
        text = _report(county, year, sentences, draw)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder


def _sentences() -> list[str]:
    return [
        sentence.text
        for document in read_corpus(paths.seeds())
        for sentence in document.sentences
        if sentence.role not in ("noise", "closing") and len(sentence.text) > 8
    ]


def _titles(n_documents: int, draw: random.Random) -> list[tuple[str, int]]:
    areas = read_csv(paths.data("registers", "areas.csv"))
    names = sorted({row["name"] for row in areas if row["level"] == "county"})
    pairs = [(name, year) for name in names for year in range(2013, 2023)]
    draw.shuffle(pairs)
    return pairs[:n_documents]


def _report(county: str, year: int, sentences: list[str], draw: random.Random) -> str:
    parts = [f"{county}{year}年度法治政府建设工作报告"]
    for heading in _HEADINGS:
        parts.append(heading)
        length = 0
        while length < CHARS / len(_HEADINGS) - 60:
            paragraph = "".join(_renumbered(s, draw) for s in draw.choices(sentences, k=3))
            parts.append(paragraph)
            length += len(paragraph)
    return "\n".join([*parts, f"{county}人民政府", f"{year + 1}年1月20日"]) + "\n"


def _renumbered(sentence: str, draw: random.Random) -> str:
    """The sentence with other digits; the first of a number is not 0, so that lengths stay."""
    line = re.sub(r"\s+", "", sentence)
    return re.sub(r"[1-9]", lambda found: str(draw.randint(1, 9)), line)
