"""From the sentences of a document to one folded text, in which words are found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from govlaw.document import Document
from govlaw.text.folding import fold

_BORDER = "\0"  # stands in no word, so that none is found across two sentences
#: “放管服”改革 and 237名 企业代表 (000): quotation marks and blanks fall inside a term.
IGNORED = re.compile(r"[\s“”‘’\"'「」『』]")


class Body:
    """The sentences of a document in one text; titles and captions (role noise) are left out.

    >>> from govlaw.facts.reading import document_of
    >>> body = Body(document_of("推进“放管服”改革。受理５件。"))
    >>> body.text.split("\\0"), body.count([2, 15])
    (['推进“放管服”改革。', '受理5件。'], [1, 1])
    """

    def __init__(self, document: Document) -> None:
        folded = fold(document.text)
        self.sentences = [one for one in document.sentences if one.role != "noise"]
        pieces = [folded[one.span.start : one.span.end] for one in self.sentences]
        self.text = _BORDER.join(pieces)
        self.starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))[:-1]

    def count(self, places: Iterable[int]) -> list[int]:
        """How many of these places of the text stand in each sentence."""
        counts = [0] * len(self.sentences)
        for place in places:
            counts[bisect_right(self.starts, place) - 1] += 1
        return counts

    def find(self, words: AhoCorasick) -> list[tuple[int, int, int, int]]:
        """Every place of these words, whatever quotation marks and blanks they are printed with.

        A place is the number of the word, the number of its sentence and its offsets there.
        """
        ignored = [blank.start() for blank in IGNORED.finditer(self.text)]
        # Where the n-th ignored character is left out, what follows moves up by n.
        moved = [place - number for number, place in enumerate(ignored)]
        found = []
        for word, first, last in words.find_matches_as_indexes(IGNORED.sub("", self.text)):
            start = first + bisect_right(moved, first)
            end = last + bisect_right(moved, last - 1)
            sentence = bisect_right(self.starts, start) - 1
            begin = self.starts[sentence]
            found.append((word, sentence, start - begin, end - begin))
        return found
