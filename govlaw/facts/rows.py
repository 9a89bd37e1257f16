"""From a sentence at work to its rows: numbers, values told in words, deeds without a number.

A value in words may be another one's (全部办结: as many as were accepted); it is then read from the
number this clause speaks of, and nothing is stated where no such number stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govlaw.document import Document, Sentence
from govlaw.facts.claims import Claim, winners
from govlaw.facts.clauses import Stretch
from govlaw.facts.fields import Place
from govlaw.facts.hits import Hit
from govlaw.facts.matching import Matcher
from govlaw.facts.phrasings import Entry
from govlaw.facts.quantities import Quantity
from govlaw.indicator import Word

_PLAN_WORDS = re.compile(r"(?:将|力争|争取|计划|拟|下一步|明年|目标|确保(?!了))")
_DUTY_WORDS = re.compile(r"(?:应当|必须|不得|要求|严禁|原则上)")
_BEFORE = 6  # rows of the sentences before that a value in words may point to


class Observation(NamedTuple):
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
        self.period = str(document.year) if document.year else None

    def observations(self) -> list[Observation]:
        """The rows of the sentence, in text order."""
        text = self.matcher.bare.text
        for place in self.matcher.places:
            claims = self.matcher.claims(place)
            for claim in winners(claims, text, self.library.indicators):
                self._state(claim, place)
        for entry in self.matcher.told:
            self._tell(entry)
        return sorted(self.rows, key=lambda row: row.start)

    def _state(self, claim: Claim, place: Place) -> None:
        """A row for a number and the indicator that claims it."""
        row = self._stated(claim, place, self.matcher.bare.quantities[place.at])
        said = self.matcher.bare.text[place.clause.start : place.clause.end]
        self.rows.append(row)
        self.told.add((row.indicator, row.obs_value, row.status))
        self.numbers.setdefault(row.indicator, []).append((claim.at, said, row))
        self.spoken.add((claim.indicator, place.clause))

    def _tell(self, entry: Entry) -> None:
        """Rows for what a phrasing says without a number: a value in words, or only a deed."""
        name, is_deed = entry.reading.indicator.id, entry.status == "no_number"
        if is_deed and self.sentence.role in ("problems", "causes"):
            return
        never = () if is_deed else entry.reading.never
        for clause, hit in self.matcher.said(entry.phrasing, never):
            number = self._number(entry.value, clause, hit)
            if (name, clause) in self.spoken or (number is None and entry.value is not None):
                continue
            self.spoken.add((name, clause))
            row = self._in_words(entry, hit, number)
            # 原告诉求均被驳回,未出现县政府败诉案件 says one zero twice.
            key = (name, number, row.status)
            if row.modality == "done" if is_deed else key not in self.told:
                self.told.add(key)
                self.rows.append(row)

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
        is_base = place.is_base and quantity.modality in ("done", "ongoing")
        return self._row(
            claim.indicator,
            claim.phrasing,
            self.matcher.bare.back(start, end),
            status="pooled" if claim.is_pooled else "stated",
            modality="past_year" if is_base else quantity.modality,
            time_period=quantity.time_period or (None if is_base else self.period),
            obs_value=float(quantity.value),
            obs_value_high=None if quantity.value_high is None else float(quantity.value_high),
            unit_measure=quantity.unit,
            bound=quantity.bound,
        )

    def _in_words(self, entry: Entry, hit: Hit, number: float | None) -> Observation:
        span = self.matcher.bare.back(hit.start, hit.end)
        indicator, is_deed = entry.reading.indicator, entry.status == "no_number"
        return self._row(
            indicator.id,
            entry.phrasing.source,
            span,
            status=entry.status,
            modality=_modality(self.sentence, span[0], self.document.doc_type),
            time_period=self.period,
            obs_value=number,
            unit_measure=None if is_deed else indicator.usual_unit,
            bound=None if is_deed else "exact",
        )

    def _row(
        self, name: str, phrasing: str, span: tuple[int, int], *, status: str, modality: str,
        time_period: str | None, obs_value: float | None, obs_value_high: float | None = None,
        unit_measure: str | None, bound: str | None,
    ) -> Observation:  # fmt: skip
        """A row for a stretch of the sentence."""
        document, offset = self.document, self.sentence.span.start
        start, end = offset + span[0], offset + span[1]
        return Observation(
            obs_id=f"{document.doc_id}:{name}:{start}",
            indicator=name,
            doc_id=document.doc_id,
            ref_area=document.register.ref_area,
            year=document.year,
            time_period=time_period,
            obs_value=obs_value,
            obs_value_high=obs_value_high,
            unit_measure=unit_measure,
            bound=bound,
            status=status,
            modality=modality,
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
