"""From a document to what was said before each of its sentences: its trail, and what it is about.

其中受理8件 means reconsiderations where they were named before: in the sentence, in the last three,
in the line that leads the section (一是…) or in its heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from govlaw.document import Document, Section, Sentence
from govlaw.facts.clauses import Stretch, folded, skeletons
from govlaw.facts.fields import Place
from govlaw.facts.grammar import Term
from govlaw.facts.needles import Needles, Passage
from govlaw.facts.quantities import Quantity
from govlaw.facts.topics import JOINED, Naming, last_named, namings

_REACH = 3  # sentences a topic lives on without being named again
_MANY = 12  # a list of topics longer than this is no list
_LEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]+(?:是|要|、)|[（(][一二三四五六七八九十0-9]+[）)]|第[一二三四五六七八九十]+[,，]|"
    r"[0-9]{1,2}[.．、])"
)


class Above:
    """The lead and the headings above some sentences, with the bits of all of them."""

    __slots__ = ("bits", "passages")

    def __init__(self, passages: list[Passage]) -> None:
        self.passages, self.bits = passages, 0
        for passage in passages:
            self.bits |= passage.bits


class Trail:
    """What a document says before each of its sentences.

    ``found`` holds the quantities of each sentence by ``sentence_id``. Sentences, leads and
    headings are looked through at once for the words of ``around``, sentences with a number for
    ``needles``, too.
    """

    def __init__(
        self,
        document: Document,
        found: Mapping[str, Sequence[Quantity]],
        needles: Needles,
        around: Needles,
    ) -> None:
        self.sentences = document.sentences
        quantities = [found.get(sentence.sentence_id, ()) for sentence in self.sentences]
        self.skeletons = skeletons([sentence.text for sentence in self.sentences], quantities)
        self._leads = _leads(document.sentences)
        self._outer = _outer(document.sections)
        self._above: dict[tuple[int, int], Above] = {}
        self._topics: dict[tuple[str, str], frozenset[str]] = {}
        leads = sorted(set(self._leads) - {-1})
        above = [self.sentences[index].text for index in leads]
        above += [section.heading for section in document.sections]
        read = around.read([*(bare.text for bare in self.skeletons), *folded(above)])
        size = len(self.sentences)
        self.heard, self._headings = read[:size], read[size + len(leads) :]
        self._led = dict(zip(leads, read[size:], strict=False))
        numbers = [index for index, one in enumerate(quantities) if one]
        counted = needles.read([self.skeletons[index].text for index in numbers])
        self.counted = dict(zip(numbers, counted, strict=True))

    def above(self, index: int) -> Above:
        """The lead of a sentence (一是加强…) and the headings above it."""
        lead, section = self._leads[index], self.sentences[index].section
        if (section, lead) not in self._above:
            passages = [self._led[lead]] if lead >= 0 else []
            passages += [self._headings[outer] for outer in self._outer.get(section, ())]
            self._above[section, lead] = Above(passages)
        return self._above[section, lead]

    def near(self, index: int) -> list[Passage]:
        """The sentences just before one in its paragraph, the nearest first; up to the lead."""
        one = self.sentences[index]
        found = []
        for earlier in range(index - 1, max(index - 1 - _REACH, self._leads[index] - 1, -1), -1):
            other = self.sentences[earlier]
            if other.paragraph != one.paragraph or other.section != one.section:
                break
            found.append(self.heard[earlier])
        return found

    def last_named(self, text: str, family: str) -> frozenset[str]:
        """The last topic of a text."""
        key = (text, family)
        if key not in self._topics:
            self._topics[key] = last_named(namings(text, family), text)
        return self._topics[key]


def _leads(sentences: Sequence[Sentence]) -> list[int]:
    """For each sentence the one that leads it, -1 for none.

    一是…。 may fill a paragraph of its own and speak for the next one: it leads the section on.
    """
    leads, lead, section = [], -1, None
    for index, sentence in enumerate(sentences):
        if sentence.section != section:
            section, lead = sentence.section, -1
        if _LEAD.match(sentence.text):
            lead = index
        leads.append(lead)
    return leads


def _outer(sections: Sequence[Section]) -> dict[int, list[int]]:
    """By the number of a section which sections it stands in, itself first."""
    found: dict[int, list[int]] = {}
    open_: list[int] = []
    for index, section in enumerate(sections):
        open_ = [outer for outer in open_ if sections[outer].level < section.level]
        open_.append(index)
        found[section.number] = open_[::-1]
    return found


class _Named:
    """The namings of one family in a sentence, looked up by position."""

    def __init__(self, found: list[Naming], text: str) -> None:
        self.found, self.text = found, text
        self.starts = [naming.start for naming in found]
        self._last: dict[int, frozenset[str]] = {}

    def inside(self, stretch: Stretch) -> list[Naming]:
        """The namings that a stretch holds."""
        first, last = bisect_left(self.starts, stretch.start), bisect_left(self.starts, stretch.end)
        found = self.found[first:last]
        if last - first > 2 * _MANY:
            found = found[:_MANY] + found[-_MANY:]
        return found[:-1] if found and found[-1].end > stretch.end else found

    def before(self, at: int) -> frozenset[str]:
        """The topic named last before a place."""
        count = bisect_left(self.starts, at)
        count -= bool(count) and self.found[count - 1].end > at
        if count not in self._last:
            self._last[count] = last_named(self.found[max(0, count - _MANY) : count], self.text)
        return self._last[count]


class Speaker:
    """The topics of one sentence, found once for all its numbers."""

    def __init__(self, trail: Trail, index: int) -> None:
        self.trail, self.index = trail, index
        self.bare, self.heard = trail.skeletons[index], trail.heard[index]
        self.counted = trail.counted.get(index)
        self.text = self.heard.text
        self._before: list[Passage] | None = None
        self._around: int | None = None
        self._said: dict[str, bool] = {}
        self._named: dict[str, _Named] = {}
        self._inherited: dict[str, frozenset[str]] = {}
        self._topics: dict[tuple[str, int, int], frozenset[str]] = {}

    @property
    def before(self) -> list[Passage]:
        """What was said before the sentence, the nearest first."""
        if self._before is None:
            self._before = self.trail.near(self.index) + self.trail.above(self.index).passages
        return self._before

    @property
    def around(self) -> int:
        """The bits of what the sentence holds, and what was said before it."""
        if self._around is None:
            self._around = self.heard.bits | self.trail.above(self.index).bits
            for passage in self.trail.near(self.index):
                self._around |= passage.bits
        return self._around

    def says(self, term: Term) -> bool:
        """Whether a word stands in the sentences just before, the lead or the heading."""
        if term.pattern not in self._said:
            self._said[term.pattern] = any(term.regex.search(one.text) for one in self.before)
        return self._said[term.pattern]

    def named(self, family: str) -> _Named:
        """The terms of a family in the sentence."""
        if family not in self._named:
            self._named[family] = _Named(namings(self.text, family), self.text)
        return self._named[family]

    def names(self, family: str, stretch: Stretch) -> bool:
        """Whether a stretch names any topic of a family."""
        return bool(self.named(family).inside(stretch))

    def topics(self, family: str, place: Place) -> frozenset[str]:
        """The topic at a number: its own words first, then what was said before it."""
        key = (family, place.at, place.left.end)
        if key not in self._topics:
            named = self.named(family)
            self._topics[key] = self._own(named, place) or self._earlier(named, place, family)
        return self._topics[key]

    def _own(self, named: _Named, place: Place) -> frozenset[str]:
        for stretches in (place.near, place.far):
            inside = [naming for stretch in stretches for naming in named.inside(stretch)]
            if inside:
                return self._nearest(inside, place)
        return frozenset()

    def _nearest(self, inside: list[Naming], place: Place) -> frozenset[str]:
        # 12件行政复议案件: the noun after the number counts as near as the one before it.
        left = [naming for naming in inside if naming.start < place.at]
        right = [naming for naming in inside if naming.start > place.at]
        if right and (not left or right[0].start - place.at < place.at - left[-1].end):
            listed = [right[0]]
            for naming in right[1:]:
                if not JOINED.fullmatch(self.text, listed[-1].end, naming.start):
                    break
                listed.append(naming)
            return frozenset(naming.topic for naming in listed)
        return last_named(left, self.text)

    def _earlier(self, named: _Named, place: Place, family: str) -> frozenset[str]:
        before = named.before(place.clause.start)
        if before:
            return before
        if family not in self._inherited:
            named_before = (self.trail.last_named(one.text, family) for one in self.before)
            self._inherited[family] = next(filter(None, named_before), frozenset())
        return self._inherited[family]
