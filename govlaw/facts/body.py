"""From the sentences of a document to one folded text, in which words are found in one pass."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from govlaw.document import Document, Span
from govlaw.text.folding import fold

_BORDER = "\0"  # stands in no word, so that none is found across two pieces
#: “放管服”改革 and 237名 企业代表 (000): quotation marks and blanks fall inside a term.
IGNORED = re.compile(r"[\s“”‘’\"'「」『』]")
Owner = TypeVar("Owner")


class Vocabulary(NamedTuple, Generic[Owner]):
    """Words to look for, and what each of them speaks for; an owner of None only masks."""

    automaton: AhoCorasick
    owners: Sequence[Owner | None]


class Pieces:
    """Pieces of a folded text, joined so that no word is found across two of them.

    >>> pieces = Pieces("推进“放管服”改革。受理5件。", [Span(0, 10), Span(10, 15)])
    >>> pieces.text.split("\\0"), pieces.count([2, 15])
    (['推进“放管服”改革。', '受理5件。'], [1, 1])
    """

    def __init__(self, folded: str, spans: Sequence[Span]) -> None:
        pieces = [folded[start:end] for start, end in spans]
        self.spans = spans
        self.text = _BORDER.join(pieces)
        self.starts = list(accumulate([len(piece) + 1 for piece in pieces], initial=0))[:-1]

    def count(self, places: Iterable[int]) -> list[int]:
        """How many of these places of the joined text stand in each piece."""
        counts = [0] * len(self.starts)
        for place in places:
            counts[bisect_right(self.starts, place) - 1] += 1
        return counts

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The text without what is ignored, and where in it each of those characters was."""
        runs = IGNORED.split(self.text)
        return "".join(runs), list(accumulate(map(len, runs)))

    def find(self, vocabulary: Vocabulary[Owner]) -> list[list[tuple[Owner, int, int]]]:
        """The words of each piece, whatever quotation marks and blanks they are printed with.

        Each word comes as its owner with its offsets in the whole text. Words are found in order,
        so the way back into that text is walked once.
        """
        bare, gone = self._bare
        found: list[list[tuple[Owner, int, int]]] = [[] for _ in self.spans]
        ahead = zip(found, self.starts, self.spans, (*self.starts[1:], sys.maxsize), strict=True)
        passed = shift = limit = 0  # characters left out so far: what follows has moved up by them
        owners = vocabulary.owners
        for number, first, last in vocabulary.automaton.find_matches_as_indexes(bare):
            owner = owners[number]
            if owner is not None:
                while gone[passed] <= first:
                    passed += 1
                while first + passed >= limit:
                    here, begin, span, limit = next(ahead)
                    shift = span[0] - begin
                within = passed if last <= gone[passed] else bisect_right(gone, last - 1)
                here.append((owner, first + passed + shift, last + within + shift))
        return found


class Body(Pieces):
    """The sentences of a document; titles and captions (role noise) are left out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = fold(document.text)
        self.sentences = [one for one in document.sentences if one.role != "noise"]
        super().__init__(self.folded, [one.span for one in self.sentences])

    @cached_property
    def ids(self) -> list[str]:
        """The ``sentence_id`` of every sentence."""
        return [one.sentence_id for one in self.sentences]


def body_of(document: Document) -> Body:
    """The body of a document, kept until another is asked for: several tables are made from it.

    >>> from govlaw.facts.reading import document_of
    >>> document = document_of("推进“放管服”改革。受理５件。")
    >>> body_of(document).text.split("\\0"), body_of(document) is body_of(document)
    (['推进“放管服”改革。', '受理5件。'], True)
    """
    global _kept
    body = _kept
    if body is None or body.document is not document:
        body = _kept = Body(document)
    return body


_kept: Body | None = None
