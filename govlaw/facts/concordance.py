"""From a word or a keyword group to every place where it stands, with its surroundings.

Mentions are found on the folded text and not among the segmenter's words: a user word that jieba
cuts would be a mention lost.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from ahocorasick_rs import AhoCorasick

from govlaw.document import Document
from govlaw.errors import InputError
from govlaw.facts.body import IGNORED, Vocabulary, body_of
from govlaw.lexicon import Lexicon, matcher
from govlaw.printing import printable
from govlaw.text.corpus import Corpus
from govlaw.text.folding import fold

_GAP = IGNORED.pattern + "{0,3}"
_SHOWN = 200
_COLUMNS = ["doc_id", "sentence_id", "pre", "keyword", "post", "start", "end"]


def find_mentions(document: Document, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Rows of mentions: every place where a term of the lexicon stands in the body.

    The term that starts first wins, then the longest; no character counts twice. Titles and
    captions (role noise) are left out. ``term`` is the lexicon's spelling, the offsets are the
    document's, so quotation marks inside ``“放管服”改革`` lie between them.
    """
    body = body_of(document)
    rows = []
    for sentence_id, words in zip(body.ids, body.find(_vocabulary(lexicon)), strict=True):
        for (theme, group, term), start, end in words:
            rows.append(
                {
                    "doc_id": document.doc_id,
                    "sentence_id": sentence_id,
                    "theme": theme,
                    "group": group,
                    "term": term,
                    "start": start,
                    "end": end,
                }
            )
    return rows


def _vocabulary(lexicon: Lexicon) -> Vocabulary[tuple[str, str, str]]:
    return Vocabulary(_automaton(lexicon.words), lexicon.owners)


@lru_cache(maxsize=16)
def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    return matcher(tuple(fold(word) for word in words))


class Kwic(pd.DataFrame):
    """Keyword in context: a frame that shows itself with the keyword in the middle."""

    @property
    def _constructor(self) -> type[Kwic]:
        return Kwic

    def __repr__(self) -> str:
        """Lines with the keyword in one column, wide characters counted as two."""
        if not set(_COLUMNS) <= set(self.columns):
            return str(pd.DataFrame(self))
        if self.empty:
            return "no places found"
        shown = self.head(_SHOWN)
        before = [printable(pre) for pre in shown["pre"]]
        room = max(map(_width, before))
        lines = [
            f"{row['sentence_id'] or '-':>12}  {' ' * (room - _width(pre))}{pre}"
            + printable(f" [{row['keyword']}] {row['post']}")
            for pre, row in zip(before, shown.to_dict("records"), strict=True)
        ]
        return "\n".join([*lines, *self._left_unsaid()])

    def _repr_html_(self) -> str:
        if not set(_COLUMNS) <= set(self.columns):
            shown: str = pd.DataFrame(self)._repr_html_()  # type: ignore[operator]
            return shown
        if self.empty:
            return "<p>未找到 · no places found</p>"
        rows = "".join(map(_html_row, self.head(_SHOWN).to_dict("records")))
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self._left_unsaid())
        return f'<table class="kwic"><tbody>{rows}</tbody></table>{rest}'

    def _left_unsaid(self) -> list[str]:
        rest = len(self) - _SHOWN
        return [f"… 另有 {rest} 处 · {rest} more places in the frame"] if rest > 0 else []


def kwic(
    pattern: str,
    source: Corpus | Document | pd.DataFrame | str | Any,
    *,
    window: int = 20,
    regex: bool = False,
) -> Kwic:
    """Every place of a pattern with ``window`` characters before and after it.

    ``source`` is a Corpus, a Document, a frame of sentences, anything that has such a frame as
    ``.sentences`` (the tables), or a plain string. The context never leaves the sentence. As in
    the mentions, １２ is found by 12 and “放管服”改革 by 放管服改革, and titles and captions (role
    noise) are left out. With ``regex`` the pattern is a regular expression, taken as it stands.

    >>> kwic("行政复议", "全年受理5起行政复议案件,全部依法、按期办结。", window=4)
               -  受理5起 [行政复议] 案件,全
    """
    if not pattern:
        raise InputError("kwic", "the pattern is empty", "give a word to look for")
    if window < 0:
        raise InputError("kwic", f"window is {window}", "give 0 or more characters")
    folded = fold(pattern)
    try:
        wanted = re.compile(folded if regex else _GAP.join(map(re.escape, folded)))
    except re.error as error:
        raise InputError(f"kwic({pattern!r})", str(error), "mend the pattern") from None
    rows = [row for piece in _pieces(source) for row in _places(wanted, piece, window)]
    return Kwic(rows, columns=_COLUMNS)


class _Piece(NamedTuple):
    doc_id: str
    sentence_id: str
    text: str
    start: int


def _pieces(source: Any) -> Iterator[_Piece]:
    if isinstance(source, str):
        yield _Piece("", "", source, 0)
    elif isinstance(source, Document):
        yield from _sentences([source])
    elif isinstance(source, Corpus):
        yield from _sentences(source)
    elif isinstance(source, pd.DataFrame):
        yield from _frame_pieces(source)
    elif isinstance(getattr(source, "sentences", None), pd.DataFrame):
        yield from _frame_pieces(source.sentences)
    else:
        what = f"cannot look for words in {type(source).__name__}"
        raise InputError("kwic", what, "give a Corpus, a Document, tables, sentences or a string")


def _sentences(documents: Iterable[Document]) -> Iterator[_Piece]:
    for document in documents:
        for sentence in document.sentences:
            if sentence.role != "noise":
                start = sentence.span.start
                yield _Piece(document.doc_id, sentence.sentence_id, sentence.text, start)


def _frame_pieces(sentences: pd.DataFrame) -> Iterator[_Piece]:
    if "text" not in sentences.columns:
        raise InputError("kwic", "the frame has no column text", "give the table sentences")
    if "role" in sentences.columns:
        sentences = sentences[sentences["role"].ne("noise").fillna(True)]
    blank = pd.Series("", index=sentences.index)
    columns = (
        sentences.get("doc_id", blank),
        sentences.get("sentence_id", blank),
        sentences["text"],
        sentences.get("start", pd.Series(0, index=sentences.index)),
    )
    for doc_id, sentence_id, text, start in zip(*columns, strict=True):
        yield _Piece(str(doc_id), str(sentence_id), str(text), int(start))


def _places(wanted: re.Pattern[str], piece: _Piece, window: int) -> Iterator[dict[str, Any]]:
    for found in wanted.finditer(fold(piece.text)):
        start, end = found.span()
        if start < end:
            yield {
                "doc_id": piece.doc_id,
                "sentence_id": piece.sentence_id,
                "pre": piece.text[max(0, start - window) : start],
                "keyword": piece.text[start:end],
                "post": piece.text[end : end + window],
                "start": piece.start + start,
                "end": piece.start + end,
            }


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _html_row(row: dict[Hashable, Any]) -> str:
    side = "padding:0 .4em"
    return (
        f'<tr><td style="{side};color:#777">{html.escape(row["sentence_id"])}</td>'
        f'<td style="{side};text-align:right">{html.escape(row["pre"])}</td>'
        f'<td style="{side};text-align:center"><b>{html.escape(row["keyword"])}</b></td>'
        f'<td style="{side};text-align:left">{html.escape(row["post"])}</td></tr>'
    )
