"""The script a user would write: jieba, scikit-learn, ``str.count`` and ``re``, nothing of ours.

It is what the figures of the study are compared with, so it is kept as plain as such scripts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(万元|亿元|件|起|次|人|个|家|%)")


def read_texts(folder: Path) -> list[str]:
    """The texts of a folder in the order of names."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


def tf_idf(texts: Iterable[str]) -> tuple[Any, list[str]]:
    """The TF-IDF matrix of jieba's words of two characters and more, and its vocabulary."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=lambda text: [w for w in jieba.lcut(text) if len(w) > 1])
    matrix = vectorizer.fit_transform(texts)
    return matrix, list(vectorizer.get_feature_names_out())


def count_words(texts: Iterable[str], words: Sequence[str]) -> list[dict[str, int]]:
    """How often each word stands in each text; a short word is counted inside a long one, too."""
    return [{word: text.count(word) for word in words} for text in texts]


def find_numbers(texts: Iterable[str]) -> list[list[tuple[str, str]]]:
    """Number and unit of whatever the pattern finds."""
    return [_NUMBER.findall(text) for text in texts]
