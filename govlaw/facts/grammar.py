"""From a phrasing as a researcher writes it to the pattern that finds it.

``受理{n}{recon_case}``, ``<不予>受理``, ``[recon] 受理``: the lesson is data/indicators/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.facts.spelling import NOTHING, Piece, either, joined, needles_of
from govlaw.knowledge import did_you_mean, locate, read_yaml
from govlaw.text.folding import fold

MARK = "\ue000"  # stands in a skeleton where a quantity was
BORDER = "\ue001"  # stands in a skeleton between two clauses
_GAP = f"([^{MARK}{BORDER}]{{0,16}}?)"
_BOUNDARY = f"(?:^|{BORDER})"
_SPECIAL = "{}()|?…<>,，[]!~ "

Use = Literal["number", "near", "earlier", "absent"]
Groups = Mapping[str, list[str]]
_WANTED: tuple[Use, ...] = ("number", "near")
_USES: tuple[tuple[Use, ...], ...] = (_WANTED, ("earlier",), ("absent",))


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a phrasing: what to look for, and where it must stand.

    A term is known by its ``pattern``: two phrasings may share one. Of each set of ``needles`` one
    stands in every text that the term matches; ``opens`` are the characters it can begin with,
    None where any can.
    """

    source: str
    use: Use
    regex: re.Pattern[str]
    pattern: str
    needles: tuple[frozenset[str], ...]
    opens: frozenset[str] | None

    @property
    def is_wide(self) -> bool:
        """Whether its words need not stand in the clause of its number: 受理{},已办结{n}."""
        return self.use == "number" and _BOUNDARY in self.pattern[1:]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing taken apart: topics that must be active and terms that must stand there."""

    source: str
    topics: tuple[tuple[str, ...], ...]
    terms: tuple[Term, ...]
    wanted: tuple[Term, ...]  # the words that must stand at the number
    earlier: tuple[Term, ...]
    absent: tuple[Term, ...]


class PhrasingError(ValueError):
    """A phrasing that cannot be read; the caller knows the file and line."""


def read_phrasing(source: str, groups: Groups) -> Phrasing:
    """A phrasing taken apart at its spaces.

    >>> read_phrasing("[recon] <不予>受理 ~全年", {}).topics
    (('recon',),)
    """
    topics: list[tuple[str, ...]] = []
    terms: list[Term] = []
    for word in _split(source):
        if word.startswith("["):
            if not word.endswith("]"):
                raise PhrasingError(f"{word!r} lacks its closing ]")
            topics.append(tuple(word[1:-1].split("|")))
        else:
            terms.append(read_term(word, groups))
    by_use = {use: tuple(t for t in terms if t.use in use) for use in _USES}
    if not by_use[_WANTED]:
        raise PhrasingError(f"{source!r} has no word to look for")
    if sum(term.use == "number" for term in terms) > 1:
        raise PhrasingError(f"{source!r} wants two numbers; write {{}} for the other one")
    return Phrasing(source, tuple(topics), tuple(terms), *by_use.values())


def _split(source: str) -> list[str]:
    words, depth, word = [], 0, ""
    for char in source:
        depth += (char in "(<{") - (char in ")>}")
        if char == " " and depth == 0:
            words.append(word)
            word = ""
        else:
            word += char
    return [word for word in [*words, word] if word]


def read_term(source: str, groups: Groups) -> Term:
    """One word of a phrasing as a pattern, with the words one of which must occur."""
    use: Use = "near"
    body = source
    if source[0] in "~!":
        use, body = ("earlier" if source[0] == "~" else "absent"), source[1:]
    reader = _Reader(fold(body), groups)
    piece = reader.alternatives()
    if reader.rest:
        raise PhrasingError(f"{source!r}: nothing opened before {reader.rest[0]!r}")
    if reader.wanted and use == "near":
        use = "number"
    regex = re.compile(piece.regex)
    if regex.match(""):
        raise PhrasingError(f"{source!r} would match nothing at all")
    opens = frozenset(word[0] for word in piece.spelt) if piece.spelt else None
    return Term(source, use, regex, regex.pattern, needles_of(piece), opens)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, source: str, groups: Groups, opened: tuple[str, ...] = ()) -> None:
        self.rest, self.groups, self.opened = source, groups, opened
        self.wanted = False

    def alternatives(self) -> Piece:
        pieces = [self.sequence()]
        while self.rest.startswith("|"):
            self.rest = self.rest[1:]
            pieces.append(self.sequence())
        return either(pieces)

    def sequence(self) -> Piece:
        pieces: list[Piece] = []
        while self.rest and self.rest[0] not in "|)":
            pieces.append(self.item())
        return joined(pieces)

    def item(self) -> Piece:
        char, self.rest = self.rest[0], self.rest[1:]
        if char == "{":
            piece = self.braces(self.until("}"))
        elif char == "(":
            piece = self.alternatives()
            self.expect(")")
        elif char == "<":
            alternatives = self.until(">").split("|")
            return Piece("".join(f"(?<!{re.escape(word)})" for word in alternatives), NOTHING)
        elif char == "…":
            return Piece(_GAP)
        elif char in ",，":
            return Piece(_BOUNDARY)
        elif char in _SPECIAL:
            raise PhrasingError(f"{char!r} may not stand here")
        else:
            piece = Piece(re.escape(char), frozenset({char}))
        if self.rest.startswith("?"):
            self.rest = self.rest[1:]
            spelt = None if piece.spelt is None else piece.spelt | NOTHING
            return Piece(f"(?:{piece.regex})?", spelt)
        return piece

    def braces(self, name: str) -> Piece:
        if name == "":
            return Piece(MARK)
        if name == "n":
            if self.wanted:
                raise PhrasingError("{n} stands twice; write {} for the other number")
            self.wanted = True
            return Piece(f"(?P<n>{MARK})")
        return self.group(name)

    def group(self, name: str) -> Piece:
        if name not in self.groups:
            raise PhrasingError(f"no group {{{name}}}: {did_you_mean(name, self.groups)}")
        if name in self.opened:
            raise PhrasingError(f"group {{{name}}} contains itself")
        # Longest first: 行政复议案件 must not be found as 复议案件 with 行政 left over.
        members = sorted(self.groups[name], key=len, reverse=True)
        readers = [_Reader(fold(member), self.groups, (*self.opened, name)) for member in members]
        piece = either([reader.alternatives() for reader in readers])
        for member, reader in zip(members, readers, strict=True):
            if reader.wanted:
                # Whoever reads a phrasing must see where its number stands.
                raise PhrasingError(f"group {{{name}}} holds {{n}}: write {{n}} in the phrasing")
            if reader.rest:
                raise PhrasingError(f"group {{{name}}}: nothing opened in {member!r}")
        return piece

    def until(self, closing: str) -> str:
        inside, found, self.rest = self.rest.partition(closing)
        if not found:
            raise PhrasingError(f"{inside!r} lacks its closing {closing}")
        return inside

    def expect(self, char: str) -> None:
        if not self.rest.startswith(char):
            raise PhrasingError(f"a {char!r} is missing")
        self.rest = self.rest[1:]


@cache
def shared_groups() -> dict[str, list[str]]:
    """The noun groups of ``data/words/nouns.yml`` that every phrasing may use."""
    groups: dict[str, list[str]] = read_yaml(paths.data("words", "nouns.yml")) or {}
    for name in groups:
        try:
            _Reader("", groups).group(name)
        except PhrasingError as error:
            where = locate(paths.data("words", "nouns.yml"), (name,))
            raise DefinitionError(where, str(error), "see data/indicators/README.md") from None
    return groups
