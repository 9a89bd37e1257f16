"""From the topics named so far to the one a number is about: 其中受理8件 means reconsiderations.

Topics of one family are rivals, the last one named rules; families do not disturb each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.facts.clauses import JOINT, Place, Skeleton
from govlaw.facts.grammar import PhrasingError, read_term, shared_groups
from govlaw.knowledge import locate, read_yaml
from govlaw.text.folding import fold

_REACH = 3  # sentences a topic lives on without being named again
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


@cache
def _families() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    path = paths.data("words", "topics.yml")
    compiled = {}
    for family, topics in (read_yaml(path) or {}).items():
        pairs = [(str(term), topic) for topic, terms in topics.items() for term in terms]
        pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
        pieces, names = [], {}
        for number, (term, topic) in enumerate(pairs):
            try:
                pieces.append(f"(?P<t{number}>{read_term(term, shared_groups()).regex.pattern})")
            except PhrasingError as error:
                raise DefinitionError(locate(path, (family, topic)), str(error), "mend it") from None
            names[f"t{number}"] = topic
        compiled[family] = (re.compile("|".join(pieces)), names)
    return compiled


@cache
def family_of() -> dict[str, str]:
    """The family of every topic of ``data/words/topics.yml``."""
    return {topic: family for family, (_, names) in _families().items() for topic in names.values()}


def namings(text: str, family: str) -> list[Naming]:
    """Every term of one family in a skeleton or a heading, in text order."""
    regex, names = _families()[family]
    return [
        Naming(m.start(), m.end(), names[m.lastgroup])
        for m in regex.finditer(text)
        if m.lastgroup and m.end() > m.start()
    ]


def last_named(found: list[Naming], text: str) -> frozenset[str]:
    """The last topic, with those it is listed with: 行政复议和行政应诉工作 names two."""
    if not found:
        return frozenset()
    topics, last = {found[-1].topic}, found[-1]
    for naming in reversed(found[:-1]):
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

    def says(self, regex: re.Pattern[str]) -> bool:
        """Whether a word stands in the sentences just before, the lead or the heading."""
        told: Iterable[str] = (*(bare.text for bare in self.before), self.lead, *self.headings)
        return any(regex.search(text) for text in told)


class Speaker:
    """The topics of one sentence, found once for all its numbers."""

    def __init__(self, bare: Skeleton, trail: Trail) -> None:
        self.bare, self.trail = bare, trail
        self._named: dict[str, list[Naming]] = {}
        self._inherited: dict[str, frozenset[str]] = {}

    def topics(self, family: str, place: Place) -> frozenset[str]:
        """The topic at a number: its own words first, then what was said before it."""
        named = self._named.get(family)
        if named is None:
            named = self._named[family] = namings(self.bare.text, family)
        return self._own(named, place) or self._earlier(named, place, family)

    def _own(self, named: list[Naming], place: Place) -> frozenset[str]:
        for stretches in (place.near, place.far):
            inside = [n for n in named if any(s.holds(n.start, n.end) for s in stretches)]
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

    def _earlier(self, named: list[Naming], place: Place, family: str) -> frozenset[str]:
        before = [naming for naming in named if naming.end <= place.clause.start]
        if before:
            return last_named(before, self.bare.text)
        if family not in self._inherited:
            self._inherited[family] = self.trail.inherited(family)
        return self._inherited[family]
