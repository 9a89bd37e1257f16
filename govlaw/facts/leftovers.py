"""From the numbers nobody claimed to a list of them, with suspects, ready to paste as phrasings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from govlaw.document import Document
from govlaw.facts.claims import winners
from govlaw.facts.fields import Place
from govlaw.facts.matching import Matcher
from govlaw.facts.observations import library_of, read_through
from govlaw.facts.phrasings import Reading
from govlaw.facts.quantities import Quantity
from govlaw.indicator import Indicator

_CLAIMABLE = frozenset({"count", "rate", "money", "duration"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """A quantity no indicator claimed, with the indicators it might belong to."""

    doc_id: str
    sentence_id: str
    text: str
    value: float | None
    unit: str
    kind: str
    start: int
    end: int
    sentence: str
    clause: str
    suspect: tuple[str, ...]


def leftovers(
    document: Document,
    quantities_by_sentence: Mapping[str, Sequence[Quantity]],
    indicators: Mapping[str, Indicator],
) -> list[Leftover]:
    """The unclaimed quantities of a document, in text order.

    A suspect is an indicator whose unit fits and of which some words, or the topic, stand at the
    number.
    """
    library = library_of(indicators)
    found = []
    for sentence, matcher in read_through(document, quantities_by_sentence, library):
        for place in matcher.places:
            quantity = matcher.bare.quantities[place.at]
            fitting = [reading for reading in library.readings.values() if reading.fits(quantity)]
            claims = matcher.claims(place)
            if quantity.kind not in _CLAIMABLE or winners(claims, matcher.bare.text, indicators):
                continue
            start = sentence.span.start + quantity.start
            end = sentence.span.start + quantity.end
            clause = sentence.text[slice(*matcher.bare.back(*place.clause))]
            found.append(
                Leftover(
                    document.doc_id,
                    sentence.sentence_id,
                    document.text[start:end],
                    quantity.value,
                    quantity.unit,
                    quantity.kind,
                    start,
                    end,
                    sentence.text,
                    clause,
                    suspects(matcher, place, fitting),
                )
            )
    return found


def suspects(matcher: Matcher, place: Place, fitting: Sequence[Reading]) -> tuple[str, ...]:
    """The indicators that come nearest to claiming a number, at most three."""
    scored = [(_nearness(matcher, place, reading), reading.indicator.id) for reading in fitting]
    best = sorted(((score, name) for score, name in scored if score > 0), reverse=True)
    return tuple(name for _, name in best[:3])


def _nearness(matcher: Matcher, place: Place, reading: Reading) -> float:
    """The share of a phrasing that holds, at its best one; a lone act without topic is none."""
    best = 0.0
    for phrasing in reading.phrasings:
        near = [term for term in phrasing.terms if term.use == "near"]
        held = [term for term in near if matcher.weight(term, place)]
        named = [topics for topics in phrasing.topics if not topics[0].startswith("!")]
        topics = [one for one in named if matcher.one_holds(one, place)]
        wanted = len(near) + len(named)
        literal = max((matcher.weight(term, place) for term in held), default=0.0)
        if topics or literal >= 3:
            best = max(best, (len(held) + len(topics)) / max(wanted, 1) + literal / 100)
    return best


def leftovers_yaml(found: Sequence[Leftover]) -> str:
    """Unclaimed quantities as YAML: a phrasing to complete and an example to paste."""
    entries = []
    for leftover in found:
        at = leftover.clause.find(leftover.text)
        draft = leftover.clause[max(0, at - 8) : at] + "{n}"
        entries.append(
            {
                "suspect": list(leftover.suspect),
                "where": leftover.sentence_id,
                "phrasings": [draft],
                "units": [leftover.unit],
                "examples": [{"text": leftover.clause, "value": leftover.value}],
            }
        )
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
