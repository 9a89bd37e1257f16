"""From text to words: jieba's words, with the field's terms and every number kept whole.

jieba weighs a user word against its own dictionary and may still cut it, so the terms of
``data/terms.txt`` are found first, leftmost and longest, and jieba sees only what lies between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import chain
from typing import Any

from govlaw import paths
from govlaw.document import Document
from govlaw.errors import DefinitionError
from govlaw.knowledge import read_words, shown
from govlaw.lexicon import matcher
from govlaw.text.folding import fold
from govlaw.text.segments import segment

# A number begins with its digit, and looks back from there: so it is found five times as fast.
_DIGITS = (
    r"[0-9](?<![A-Za-z].)"
    r"(?:[0-9]{0,2}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?%?|[0-9]*+(?:\.[0-9]++)?%?)"
)
# 余, 多 and 几 end a number: jieba would glue them to the measure word (8700 / 余家 / 次, 001).
_NUMBER = re.compile(rf"({_DIGITS})(?![A-Za-z])([余多几]?)")  # 5G is a word
_IS_NUMBER = re.compile(_DIGITS)
_IS_WORD = re.compile(r"[^\W_]")
# A private-use character stands for a piece jieba must not touch; jieba passes it through alone.
_TERM, _HELD = "\ue000", "\ue001"
_MANY, _LONG = 100_000, 16  # words remembered, and characters of one


class _Judged(dict[str, str]):
    """Every word with itself, or with nothing where it is not counted: each is judged once.

    All documents then share one string a word, whose hash and bytes are known.
    """

    def __init__(self, is_counted: Callable[[str], bool]) -> None:
        self._is_counted = is_counted

    def __missing__(self, word: str) -> str:
        judged = word if self._is_counted(word) else ""
        if len(word) <= _LONG:
            if len(self) == _MANY:
                self.clear()
            self[word] = judged
        return judged


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
        engine: Callable[[str], list[str]] = segment,
    ) -> None:
        self.terms = tuple(dict.fromkeys(fold(term) for term in terms))
        self.stopwords = frozenset(stopwords)
        self.shortest = 1 if keep_single else 2
        self.engine = engine
        self._judged = _Judged(self._is_counted)

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
        marked, terms = self._without_terms(text)
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            held.extend(part for part in found.groups() if part)
            return _HELD * (2 if found[2] else 1)

        marked = _NUMBER.sub(hold, marked)
        waiting = {_TERM: iter(terms), _HELD: iter(held)}
        for piece in self.engine(marked):
            if piece in waiting:
                yield next(waiting[piece])
            else:
                yield piece

    def count(self, text: str) -> Counter[str]:
        """How often each word of a text occurs, numbers left out: 2019 and 50.74 are no words.

        >>> load_tokenizer().count("执法监督5次,执法监督8次")
        Counter({'执法监督': 2})
        """
        marked, terms = self._without_terms(text)
        words = chain(self.engine(_NUMBER.sub(_HELD, marked)), terms)
        counted = Counter(map(self._judged.__getitem__, words))
        counted.pop("", None)
        return counted

    def _without_terms(self, text: str) -> tuple[str, list[str]]:
        """The folded text with a mark in place of each term, and these terms."""
        folded = fold(text).replace(_TERM, "\ufffd").replace(_HELD, "\ufffd")
        if not self.terms:
            return folded, []
        between, terms, at = [], [], 0
        for number, start, end in matcher(self.terms).find_matches_as_indexes(folded):
            between.append(folded[at:start])
            terms.append(self.terms[number])
            at = end
        return _TERM.join((*between, folded[at:])), terms

    def _is_kept(self, piece: str) -> bool:
        return (
            len(piece) >= self.shortest
            and piece not in self.stopwords
            and _IS_WORD.search(piece) is not None
        )

    def _is_counted(self, piece: str) -> bool:
        return self._is_kept(piece) and _IS_NUMBER.fullmatch(piece) is None


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


def count_terms(document: Document) -> dict[str, list[Any]]:
    """The columns of term_counts: how often each word stands in the sections of each role.

    Titles and captions (role noise) are left out. So are numbers: the quantities table keeps every
    one of them with its unit and meaning.
    """
    tokenizer = load_tokenizer()
    texts: dict[str, list[str]] = {}
    for sentence in document.sentences:
        if sentence.role != "noise":
            texts.setdefault(sentence.role, []).append(sentence.text)
    roles: list[str] = []
    terms: list[str] = []
    numbers: list[int] = []
    for role, said in texts.items():
        # One call for many sentences; the line break keeps words from crossing them.
        counted = tokenizer.count("\n".join(said))
        roles += [role] * len(counted)
        terms += counted
        numbers += counted.values()
    return {"doc_id": [document.doc_id] * len(terms), "role": roles, "term": terms, "n": numbers}
