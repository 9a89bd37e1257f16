"""From the topics named so far to the one a number is about: 其中受理8件 means reconsiderations.

Topics of one family are rivals, the last one named rules; families do not disturb each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.facts.fields import JOINT
from govlaw.facts.grammar import PhrasingError, Term, read_term, shared_groups
from govlaw.facts.needles import rarity
from govlaw.knowledge import locate, read_yaml

JOINED = re.compile(rf"[^\ue000\ue001]{{0,6}}?{JOINT}[^\ue000\ue001]{{0,4}}?")


class Naming(NamedTuple):
    """A topic term at its place in a skeleton."""

    start: int
    end: int
    topic: str


class _Family(NamedTuple):
    """The topics of one family as one pattern, and the topic of each of its groups."""

    regex: re.Pattern[str]
    topics: dict[str, str]


@cache
def _terms() -> dict[str, list[tuple[str, Term]]]:
    """By family the terms of all its topics, the longest first."""
    path = paths.data("words", "topics.yml")
    families = {}
    for family, topics in (read_yaml(path) or {}).items():
        pairs = [(topic, str(term)) for topic, terms in topics.items() for term in terms]
        pairs.sort(key=lambda pair: len(pair[1]), reverse=True)
        try:
            families[family] = [(topic, read_term(term, shared_groups())) for topic, term in pairs]
        except PhrasingError as error:
            where = locate(path, (family,))
            raise DefinitionError(where, str(error), "mend it") from None
    return families


@cache
def _families() -> dict[str, _Family]:
    return {family: _compiled(terms) for family, terms in _terms().items()}


def _compiled(terms: list[tuple[str, Term]]) -> _Family:
    # The name stands behind the words: a pattern that opens with a letter is soon ruled out.
    pieces = [f"{term.pattern}(?P<t{number}>)" for number, (_, term) in enumerate(terms)]
    opens = [term.opens for _, term in terms]
    ahead = ""
    if None not in opens:
        ahead = f"(?=[{re.escape(''.join(sorted(frozenset().union(*filter(None, opens)))))}])"
    names = {f"t{number}": topic for number, (topic, _) in enumerate(terms)}
    regex = re.compile(f"{ahead}(?:{'|'.join(pieces)})")
    return _Family(regex, names)


@cache
def topic_needles() -> dict[str, frozenset[str]]:
    """By topic the words one of which stands wherever it is named."""
    needles: dict[str, frozenset[str]] = {}
    for terms in _terms().values():
        for topic, term in terms:
            needles[topic] = needles.get(topic, frozenset()) | max(term.needles, key=rarity)
    return needles


@cache
def family_of() -> dict[str, str]:
    """The family of every topic of ``data/words/topics.yml``."""
    return {topic: family for family, one in _families().items() for topic in one.topics.values()}


def namings(text: str, family: str) -> list[Naming]:
    """Every term of one family in a skeleton or a heading, in text order."""
    regex, names = _families()[family]
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
        if not JOINED.fullmatch(text, naming.end, last.start):
            break
        topics.add(naming.topic)
        last = naming
    return frozenset(topics)
