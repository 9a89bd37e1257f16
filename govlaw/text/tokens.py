"""From text to words: jieba's words, with the field's terms and every number kept whole.

jieba weighs a user word against its own dictionary and may still cut it, so the terms of
``data/terms.txt`` are found first, leftmost and longest, and jieba sees only what lies between.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from govlaw import paths
from govlaw.document import Document
from govlaw.errors import DefinitionError
from govlaw.knowledge import read_words, shown
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?%?|[0-9]++(?:\.[0-9]++)?%?"
# 余, 多 and 几 end a number: jieba would glue them to the measure word (8700 / 余家 / 次, 001).
_NUMBER = re.compile(rf"(?<![A-Za-z])({_DIGITS})(?![A-Za-z])([余多几]?)")  # 5G is a word
_IS_NUMBER = re.compile(_DIGITS)
_IS_WORD = re.compile(r"[^\W_]")
# A private-use character stands for a piece jieba must not touch; jieba passes it through alone.
_HELD = "\ue000"
_BREAK = "\ue001"
_PRIVATE = str.maketrans({_HELD: "\ufffd", _BREAK: "\ufffd"})
# jieba guesses unknown words in quadratic time: 64,000 unbroken characters take 11 seconds.
_ENDLESS = re.compile(r"(?<!\w)\w{201,}+")


class Tokenizer:
    """Cuts text into words; holds its own jieba, which neither reads nor writes a shared cache.

    ``terms`` come out whole; ``stopwords`` and, unless ``keep_single``, words of one character are
    left out: 县, 件, 余 and the like are too many and too vague to tell one report from another. A
    number is never cut, and one of a single digit goes with the short words.

    >>> Tokenizer(["行政复议"], stopwords=["全年"])("全年受理5起行政复议案件")
    ['受理', '行政复议', '案件']
    """

    def __init__(
        self,
        terms: Collection[str] = (),
        stopwords: Collection[str] = (),
        *,
        keep_single: bool = False,
    ) -> None:
        self.terms = tuple(dict.fromkeys(fold(term) for term in terms))
        self.stopwords = frozenset(stopwords)
        self.shortest = 1 if keep_single else 2

    def __call__(self, text: str) -> list[str]:
        """The words of a text: no punctuation, no stop words, nothing too short.

        >>> load_tokenizer()("全程网办率达99.43%,检查各类经营场所8700余家次。")
        ['全程网办', '率达', '99.43%', '检查', '经营场所', '8700', '家次']
        """
        return [piece for piece in self.cut(text) if self._is_kept(piece)]

    def cut(self, text: str) -> Iterator[str]:
        """Every piece in order, punctuation and blanks too; joined they are the folded text.

        >>> list(Tokenizer(["三项制度"]).cut("落实“三项制度”"))
        ['落实', '“', '三项制度', '”']
        """
        folded = fold(text).translate(_PRIVATE)
        held: list[str] = []
        between: list[str] = []
        at = 0
        for start, end in self._term_spans(folded):
            between += (_hold_numbers(folded[at:start], held), _HELD)
            held.append(folded[start:end])
            at = end
        between.append(_hold_numbers(folded[at:], held))
        waiting = iter(held)
        for piece in _jieba().cut(_ENDLESS.sub(_break, "".join(between))):
            if piece != _BREAK:
                yield next(waiting) if piece == _HELD else piece

    def _term_spans(self, folded: str) -> Iterator[tuple[int, int]]:
        if self.terms:
            for _, start, end in matcher(self.terms).find_matches_as_indexes(folded):
                yield start, end

    def _is_kept(self, piece: str) -> bool:
        return (
            len(piece) >= self.shortest
            and piece not in self.stopwords
            and _IS_WORD.search(piece) is not None
        )


def _hold_numbers(text: str, held: list[str]) -> str:
    """The text with a mark for each number, and the numbers put aside in order."""

    def hold(found: re.Match[str]) -> str:
        held.extend(part for part in found.groups() if part)
        return _HELD * (2 if found[2] else 1)

    return _NUMBER.sub(hold, text)


def _break(endless: re.Match[str]) -> str:
    return _BREAK.join(endless[0][at : at + 200] for at in range(0, len(endless[0]), 200))


@cache
def load_tokenizer() -> Tokenizer:
    """The tokenizer of the study: ``data/terms.txt`` whole, ``data/stopwords.txt`` left out."""
    terms, stopwords = paths.data("terms.txt"), paths.data("stopwords.txt")
    short = [term for term in read_words(terms) if len(term) < 2]
    if short:
        what = f"{short[0]!r} is a single character"
        raise DefinitionError(shown(terms), what, "terms have two characters or more")
    both = sorted(set(read_words(terms)) & set(read_words(stopwords)))
    if both:
        what = f"{both[0]!r} is also in {shown(stopwords)}"
        raise DefinitionError(shown(terms), what, "keep it in one of the two")
    return Tokenizer(read_words(terms), read_words(stopwords))


def tokenize(text: str) -> list[str]:
    """The words of a text in order, as the study's word tables count them.

    >>> tokenize("聚焦“放管服”改革,完善行政执法全过程记录制度。")
    ['聚焦', '放管服', '改革', '行政执法', '全过程记录', '制度']
    """
    return load_tokenizer()(text)


def count_terms(document: Document) -> list[dict[str, Any]]:
    """Rows of term_counts: how often each word stands in the sections of each role.

    Titles and captions (role noise) are left out. So are numbers: 2019 and 50.74 are no words, and
    the quantities table keeps every one of them with its unit and meaning.
    """
    tokenizer = load_tokenizer()
    counts: Counter[tuple[str, str]] = Counter()
    for role, sentences in groupby(document.sentences, key=lambda sentence: sentence.role):
        if role != "noise":
            # One call for many sentences; the line break keeps words from crossing them.
            words = tokenizer("\n".join(sentence.text for sentence in sentences))
            counts.update((role, word) for word in words if not _IS_NUMBER.fullmatch(word))
    return [
        {"doc_id": document.doc_id, "role": role, "term": term, "n": n}
        for (role, term), n in counts.items()
    ]


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
