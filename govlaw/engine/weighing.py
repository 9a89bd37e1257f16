"""From files straight to a matrix of TF-IDF weights, for those who want nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from govlaw.stats.weights import TermMatrix, count_words, weigh
from govlaw.text.readers import read_file
from govlaw.text.segments import segment


def weigh_files(files: Iterable[Path], *, shortest: int = 2) -> TermMatrix:
    """The weights of jieba's words in files: (matrix, names of the files, vocabulary).

    It is what ``TfidfVectorizer`` makes of the words ``jieba.lcut`` finds, without those shorter
    than ``shortest``. Nothing of a file is set aside, neither menus nor numbers, and no term of the
    field is kept whole: ``build_tables`` does that.

    >>> from govlaw import paths
    >>> matrix, names, words = weigh_files(sorted(paths.seeds().glob("00[14]*.txt")))
    >>> matrix.shape == (2, len(words)), "行政复议" in words
    (True, True)
    """
    counted = ((path.name, _count(path, shortest)) for path in files)
    return weigh(count_words(counted))


def _count(path: Path, shortest: int) -> Counter[str]:
    # Six of ten words are single characters and signs, so they go before anything is counted.
    return Counter([word for word in segment(read_file(path).text) if len(word) >= shortest])
