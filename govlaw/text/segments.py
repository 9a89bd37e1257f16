"""From text to jieba's words, by a compiled copy of jieba wherever the two cannot differ.

jieba cuts a text into blocks of Chinese characters, letters, digits and + # & . _ % - and looks
across no end of a block; every other character is a word of its own. rjieba does the same some 20
times faster, but takes characters for Chinese that jieba does not know (all after U+9FD5, and the
extensions), joins letters and digits over a sign (2015-2020 is one word to it) and refuses half a
surrogate pair. A block where one of these stands is cut by jieba itself.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

# A word of its own to jieba: a strange character, and a sign between digits (2015-2020年, 8+2), for
# no word of its dictionary has such a sign and a final digit. One class in front, so that a search
# runs fast to it.
_RARE = "\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff"
_APART = re.compile(rf"([{_RARE}+#&_\-](?:(?<=[{_RARE}])|(?<=[0-9].)(?=[0-9])))")
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]++")
# 12.5% is one word to both; www.gov.cn, 1.2.3 and 5%_3 are not.
_JOIN = re.compile(
    r"[+#&_%.\-](?=[a-zA-Z0-9])(?<=[a-zA-Z0-9].)"
    r"(?:(?<!\.)|(?<=[a-zA-Z].)|(?=[a-zA-Z]|[0-9]++[a-zA-Z.]))"
)
# Without Chinese there are only these words in the dictionary; all else jieba parts by one pattern.
_LATIN = re.compile(r"AT&T|[Cc](?:#|\+\+)")
_PARTS = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
_LONGEST = 200  # jieba guesses in quadratic time: 64,000 characters without a break take 11 seconds


def segment(text: str) -> list[str]:
    """The words of a text, the same as ``jieba.lcut`` gives.

    Only a block that jieba itself must cut and that has over 200 characters is cut in parts.

    >>> segment("纲要(2015-2020年)见www.moj.gov.cn")
    ['纲要', '(', '2015', '-', '2020', '年', ')', '见', 'www', '.', 'moj', '.', 'gov', '.', 'cn']
    """
    words: list[str] = []
    for number, part in enumerate(_APART.split(text)):
        words += [part] if number % 2 else _cut(part)
    return words


def _cut(text: str) -> list[str]:
    """The words of a text in which nothing stands apart."""
    if not _JOIN.search(text):
        return _compiled()(text)
    words: list[str] = []
    start = 0
    for block in _BLOCK.finditer(text):
        if _JOIN.search(block[0]):
            words += _compiled()(text[start : block.start()]) + _cut_odd(block[0])
            start = block.end()
    return words + _compiled()(text[start:])


def _cut_odd(block: str) -> list[str]:
    if block.isascii() and not _LATIN.search(block):
        return [word for word in _PARTS.split(block) if word]
    parts = (block[at : at + _LONGEST] for at in range(0, len(block), _LONGEST))
    return [word for part in parts for word in reference(part)]


def reference(text: str) -> list[str]:
    """The words of a text as jieba itself gives them.

    >>> reference("全年受理5起行政复议案件")
    ['全年', '受理', '5', '起', '行政复议', '案件']
    """
    words: list[str] = _jieba().lcut(text)
    return words


@cache
def _compiled() -> Callable[[str], list[str]]:
    import rjieba

    cut: Callable[[str], list[str]] = rjieba.Jieba().cut
    return cut


@cache
def _jieba() -> Any:
    """A jieba of our own, with its dictionary read and nothing else.

    The usual loading keeps a cache in the shared temporary folder, under one name for all users and
    versions, and talks on stderr.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in its source, from Python 3.12 on
        import jieba

    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    return segmenter
