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
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

_STRANGE = re.compile(
    r"([\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff])"
)
# Two of the strange characters, so no text has them here: a break, and a place for other words.
_BREAK, _AWAY = "\U000f0001", "\U000f0002"
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]++")
# Each of these patterns begins with the sign: a search runs ten times as fast to it.
_SIGNED = re.compile(r"[+#&_%.\-](?=[a-zA-Z0-9])(?<=[a-zA-Z0-9].)")
# 2015-2020年, 8+2: jieba breaks here too, for no word of its dictionary has such a sign and a final
# digit.
_BETWEEN = re.compile(r"[+#&_\-](?<=[0-9].)(?=[0-9])")
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
    if _STRANGE.search(text):
        # Every second part is a strange character, a word of its own to jieba.
        parts = enumerate(_STRANGE.split(text))
        return [word for n, part in parts for word in ([part] if n % 2 else segment(part))]
    return _cut_signed(text) if _SIGNED.search(text) else _compiled()(text)


def count_segments(text: str) -> Counter[str]:
    """How often each word of ``segment`` stands in a text.

    >>> count_segments("收到3件,受理3件")["3"]
    2
    """
    return Counter(segment(text))


def _cut_signed(text: str) -> list[str]:
    """The words of a text with signs between letters or digits, where the two may differ."""
    away: list[list[str]] = []

    def cut_apart(block: re.Match[str]) -> str:
        if not _JOIN.search(block[0]):
            return block[0]
        away.append(_cut_odd(block[0]))
        return _AWAY

    text = _BETWEEN.sub(rf"{_BREAK}\g<0>{_BREAK}", text)
    if _JOIN.search(text):
        text = _BLOCK.sub(cut_apart, text)
    words = [word for word in _compiled()(text) if word != _BREAK]
    return _put_back(words, away) if away else words


def _put_back(words: list[str], away: list[list[str]]) -> list[str]:
    whole: list[str] = []
    start = 0
    for cut in away:
        at = words.index(_AWAY, start)
        whole += words[start:at] + cut
        start = at + 1
    return whole + words[start:]


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
