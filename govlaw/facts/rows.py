"""From a sentence at work to its rows: numbers, values told in words, deeds without a number.

A value in words may be another one's (全部办结: as many as were accepted); it is then read from the
number this clause speaks of, and nothing is stated where no such number stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govlaw.document import Document, Sentence
from govlaw.facts.claims import Claim, Hit, winners
from govlaw.facts.clauses import Stretch
from govlaw.facts.fields import Place
from govlaw.facts.grammar import Phrasing, Term
from govlaw.facts.matching import Matcher
from govlaw.facts.phrasings import Reading
from govlaw.facts.quantities import Quantity
from govlaw.indicator import Word

_PLAN_WORDS = re.compile(r"(?:将|力争|争取|计划|拟|下一步|明年|目标|确保(?!了))")
_DUTY_WORDS = re.compile(r"(?:应当|必须|不得|要求|严禁|原则上)")
_BEFORE = 6  # rows of the sentences before that a value in words may point to


@dataclass(frozen=True, slots=True)
class Observation:
    """One row: a document says that an indicator has a value."""

    obs_id: str
    indicator: str
    doc_id: str
    ref_area: str | None
    year: int | None
    time_period: str | None
    obs_value: float | None
    obs_value_high: float | None
    unit_measure: str | None
    bound: str | None
    status: str
    modality: str
    sentence_id: str
    quote: str
    phrasing: str
    start: int
    end: int


class Observer:
    """Makes the rows of one sentence."""

    def __init__(
        self,
        document: Document,
        sentence: Sentence,
        matcher: Matcher,
        earlier: Sequence[Observation],
    ) -> None:
        self.document, self.sentence, self.matcher = document, sentence, matcher
        self.library, self.earlier = matcher.library, earlier
        self.rows: list[Observation] = []
        self.numbers: dict[str, list[tuple[int, str, Observation]]] = {}
        self.spoken: set[tuple[str, Stretch]] = set()
        self.told: set[tuple[str, float | None, str]] = set()

    def observations(self) -> list[Observation]:
        """The rows of the sentence, in text order."""
        bare = self.matcher.bare
        for place in self.matcher.places:
            quantity = bare.quantities[place.at]
            claims = self.matcher.claims(place)
            for claim in winners(claims, bare.text, self.library.indicators):
                self._state(claim, place, quantity)
        self._words()
        self._mentions()
        return sorted(self.rows, key=lambda row: row.start)

    def _state(self, claim: Claim, place: Place, quantity: Quantity) -> None:
        row = self._stated(claim, place, quantity)
        said = self.matcher.bare.text[place.clause.start : place.clause.end]
        self.rows.append(row)
        self.told.add((row.indicator, row.obs_value, row.status))
        self.numbers.setdefault(row.indicator, []).append((claim.at, said, row))
        self.spoken.add((claim.indicator, place.clause))

    def _words(self) -> None:
        for reading, phrasing, value in self.library.words:
            if id(phrasing) not in self.matcher.standing:
                continue
            for clause, hit in self._said(reading, phrasing, reading.never):
                number = self._number(value, clause, hit)
                if number is None and value is not None:
                    continue
                self.spoken.add((reading.indicator.id, clause))
                row = self._row(reading, phrasing.source, hit, "stated_in_words")
                unit = reading.indicator.usual_unit
                self._add(replace(row, obs_value=number, bound="exact", unit_measure=unit))

    def _add(self, row: Observation) -> None:
        # 原告诉求均被驳回,未出现县政府败诉案件 says one zero twice.
        key = (row.indicator, row.obs_value, row.status)
        if key not in self.told:
            self.told.add(key)
            self.rows.append(row)

    def _mentions(self) -> None:
        if self.sentence.role in ("problems", "causes"):
            return
        for reading, phrasing in self.library.mentions:
            if id(phrasing) not in self.matcher.standing:
                continue
            for clause, hit in self._said(reading, phrasing):
                self.spoken.add((reading.indicator.id, clause))
                row = self._row(reading, phrasing.source, hit, "no_number")
                if row.modality == "done":
                    self.rows.append(row)

    def _said(
        self, reading: Reading, phrasing: Phrasing, never: Sequence[Term] = ()
    ) -> Iterator[tuple[Stretch, Hit]]:
        for clause, hit in self.matcher.said(phrasing, never):
            if (reading.indicator.id, clause) not in self.spoken:
                yield clause, hit

    def _number(self, value: Word, clause: Stretch, hit: Hit) -> float | None:
        """A value in words: a number, or another indicator's (全部办结: as many as accepted)."""
        if not isinstance(value, str):
            return None if value is None else float(value)
        said = self.matcher.bare.text[clause.start : clause.end]
        for name in value.removeprefix("=").split("|"):
            here = [one for one in self.numbers.get(name, ()) if one[0] < hit.end][-_BEFORE:]
            told = [(text, row) for _, text, row in here] or [
                (row.quote, row) for row in self.earlier[-_BEFORE:] if row.indicator == name
            ]
            done = [(_likeness(text, said), row.obs_value) for text, row in told if _counts(row)]
            if done:
                # 市政府文件4份,部门文件9份,市政府文件均已报备: the four, though the nine is nearer.
                most = max(likeness for likeness, _ in done)
                return [number for likeness, number in done if likeness == most][-1]
        return None

    def _stated(self, claim: Claim, place: Place, quantity: Quantity) -> Observation:
        spans = [(hit.start, hit.end) for hit in claim.hits if hit.weight > 0]
        clause = place.clause
        inside = [s for s in spans if clause.start <= s[0] and s[1] <= clause.end]
        start = min([claim.at, *(s[0] for s in inside or spans)])
        end = max([claim.at + 1, *(s[1] for s in inside or spans)])
        row = self._row_of(claim.indicator, claim.phrasing, start, end)
        is_base = place.is_base and quantity.modality in ("done", "ongoing")
        return replace(
            row,
            status="pooled" if claim.is_pooled else "stated",
            obs_value=float(quantity.value),
            obs_value_high=None if quantity.value_high is None else float(quantity.value_high),
            unit_measure=quantity.unit,
            bound=quantity.bound,
            modality="past_year" if is_base else quantity.modality,
            time_period=quantity.time_period or (None if is_base else row.time_period),
        )

    def _row(self, reading: Reading, phrasing: str, hit: Hit, status: str) -> Observation:
        row = self._row_of(reading.indicator.id, phrasing, hit.start, hit.end)
        first = row.start - self.sentence.span.start
        modality = _modality(self.sentence, first, self.document.doc_type)
        return replace(row, status=status, modality=modality)

    def _row_of(self, name: str, phrasing: str, start: int, end: int) -> Observation:
        """A row without value for a stretch of the skeleton."""
        first, last = self.matcher.bare.back(start, end)
        start, end = first + self.sentence.span.start, last + self.sentence.span.start
        document = self.document
        return Observation(
            obs_id=f"{document.doc_id}:{name}:{start}",
            indicator=name,
            doc_id=document.doc_id,
            ref_area=document.register.ref_area,
            year=document.year,
            time_period=str(document.year) if document.year else None,
            obs_value=None,
            obs_value_high=None,
            unit_measure=None,
            bound=None,
            status="stated",
            modality="done",
            sentence_id=self.sentence.sentence_id,
            quote=document.text[start:end],
            phrasing=phrasing,
            start=start,
            end=end,
        )


def _counts(row: Observation) -> bool:
    return row.modality == "done" and row.obs_value is not None


def _likeness(said: str, other: str) -> int:
    """How many pairs of neighbouring characters two clauses share."""
    return len(_pairs(said) & _pairs(other))


def _pairs(said: str) -> set[str]:
    return {said[i : i + 2] for i in range(len(said) - 1)}


def _modality(sentence: Sentence, at: int, doc_type: str) -> str:
    """The modality of words: what a plan says without a number is as little an achievement."""
    said = sentence.text[max(0, at - 40) : at]
    if sentence.role == "plan" or doc_type in ("plan", "scheme") or _PLAN_WORDS.search(said):
        return "planned"
    return "required" if _DUTY_WORDS.search(said) else "done"
