"""From the topics named so far to the one a number is about: 其中受理8件 means reconsiderations.

Topics of one family are rivals, the last one named rules; families do not disturb each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.facts.clauses import Skeleton, Stretch
from govlaw.facts.fields import JOINT, Place
from govlaw.facts.grammar import PhrasingError, Term, read_term, shared_groups
from govlaw.knowledge import locate, read_yaml
from govlaw.text.folding import fold

_REACH = 3  # sentences a topic lives on without being named again
_MANY = 12  # a list of topics longer than this is no list
_JOINED = re.compile(rf"[^\ue000\ue001]{{0,6}}?{JOINT}[^\ue000\ue001]{{0,4}}?")
_LEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]+(?:是|要|、)|[（(][一二三四五六七八九十0-9]+[）)]|第[一二三四五六七八九十]+[,，]|"
    r"[0-9]{1,2}[.．、])"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A topic term at its place in a skeleton."""

    start: int
    end: int
    topic: str


class _Family(NamedTuple):
    """The topics of one family as one pattern; ``needles`` are words one of which must occur."""

    regex: re.Pattern[str]
    topics: dict[str, str]
    needles: frozenset[str]


@cache
def _families() -> dict[str, _Family]:
    path = paths.data("words", "topics.yml")
    compiled = {}
    for family, topics in (read_yaml(path) or {}).items():
        pairs = [(str(term), topic) for topic, terms in topics.items() for term in terms]
        pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
        pieces, names = [], {}
        needles: set[str] = set()
        for number, (term, topic) in enumerate(pairs):
            try:
                read = read_term(term, shared_groups())
            except PhrasingError as error:
                where = locate(path, (family, topic))
                raise DefinitionError(where, str(error), "mend it") from None
            pieces.append(f"(?P<t{number}>{read.regex.pattern})")
            needles.update(read.needles)
            names[f"t{number}"] = topic
        compiled[family] = _Family(re.compile("|".join(pieces)), names, _shortest(needles))
    return compiled


def _shortest(needles: Iterable[str]) -> frozenset[str]:
    """Needles without those that hold a shorter one: 行政复议 says no more than 复议."""
    kept: list[str] = []
    for needle in sorted(needles, key=len):
        if not any(short in needle for short in kept):
            kept.append(needle)
    return frozenset(kept)


@cache
def family_of() -> dict[str, str]:
    """The family of every topic of ``data/words/topics.yml``."""
    return {topic: family for family, one in _families().items() for topic in one.topics.values()}


def namings(text: str, family: str) -> list[Naming]:
    """Every term of one family in a skeleton or a heading, in text order."""
    regex, names, needles = _families()[family]
    if not any(needle in text for needle in needles):
        return []
    return [
        Naming(m.start(), m.end(), names[m.lastgroup])
        for m in regex.finditer(text)
        if m.lastgroup and m.end() > m.start()
    ]


def last_named(found: Sequence[Naming], text: str) -> frozenset[str]:
    """The last topic, with those it is listed with: 行政复议和行政应诉工作 names two."""
    if not found:
        return frozenset()
    last = found[-1]
    topics = {last.topic}
    for number in range(len(found) - 2, -1, -1):
        naming = found[number]
        if not _JOINED.fullmatch(text, naming.end, last.start):
            break
        topics.add(naming.topic)
        last = naming
    return frozenset(topics)


@dataclass(slots=True)
class Trail:
    """What was talked about before the sentence in hand; one trail follows one document."""

    section: object = None
    paragraph: object = None
    headings: tuple[str, ...] = ()
    lead: str = ""
    before: list[Skeleton] = field(default_factory=list)
    _said: dict[str, bool] = field(default_factory=dict)

    def enter(
        self, section: object, paragraph: object, headings: Iterable[str], sentence: str
    ) -> None:
        """Begin a sentence under its headings, the innermost first.

        A new section or paragraph forgets the sentences before it.
        """
        if section != self.section or paragraph != self.paragraph:
            # 一是…。 may fill a paragraph of its own and speak for the next one: kept in a section.
            self.lead = self.lead if section == self.section else ""
            self.before = []
        self.section, self.paragraph = section, paragraph
        self._said.clear()
        self.headings = tuple(fold(heading) for heading in headings)
        if _LEAD.match(sentence):
            self.lead, self.before = fold(sentence), []

    def leave(self, bare: Skeleton) -> None:
        """End a sentence."""
        self.before = [bare, *self.before[: _REACH - 1]]

    def inherited(self, family: str) -> frozenset[str]:
        """The topic of the sentences before, else of the lead (一是加强…), else of the heading."""
        for text in (*(bare.text for bare in self.before), self.lead, *self.headings):
            topics = last_named(namings(text, family), text)
            if topics:
                return topics
        return frozenset()

    def says(self, term: Term) -> bool:
        """Whether a word stands in the sentences just before, the lead or the heading."""
        said = self._said.get(term.regex.pattern)
        if said is None:
            told = (*(bare.text for bare in self.before), self.lead, *self.headings)
            said = any(term.regex.search(text) for text in told)
            self._said[term.regex.pattern] = said
        return said


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

    def __init__(self, bare: Skeleton, trail: Trail) -> None:
        self.bare, self.trail = bare, trail
        self._named: dict[str, _Named] = {}
        self._inherited: dict[str, frozenset[str]] = {}
        self._topics: dict[tuple[str, int, int], frozenset[str]] = {}

    def named(self, family: str) -> _Named:
        """The terms of a family in the sentence."""
        if family not in self._named:
            self._named[family] = _Named(namings(self.bare.text, family), self.bare.text)
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
                if not _JOINED.fullmatch(self.bare.text, listed[-1].end, naming.start):
                    break
                listed.append(naming)
            return frozenset(naming.topic for naming in listed)
        return last_named(left, self.bare.text)

    def _earlier(self, named: _Named, place: Place, family: str) -> frozenset[str]:
        before = named.before(place.clause.start)
        if before:
            return before
        if family not in self._inherited:
            self._inherited[family] = self.trail.inherited(family)
        return self._inherited[family]
