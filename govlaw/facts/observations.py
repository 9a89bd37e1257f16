"""From a document and its quantities to observations: which number states which indicator.

Every observation keeps its quote and the place of the quote; zero said in words, a share said by
均 and an activity without a number are results of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from govlaw.document import Document, Section, Sentence
from govlaw.facts.clauses import Skeleton, Stretch, skeleton
from govlaw.facts.phrasings import Claim, Hit, Library, Matcher, Reading, winners
from govlaw.facts.reading import document_of, read_quantities
from govlaw.facts.topics import Trail
from govlaw.indicator import Indicator, Word, load_indicators

_PLAN_WORDS = re.compile(r"(?:将|力争|争取|计划|拟|下一步|明年|目标|确保(?!了))")
_DUTY_WORDS = re.compile(r"(?:应当|必须|不得|要求|严禁|原则上)")


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


def extract(text: str, indicators: Mapping[str, Indicator] | None = None) -> list[Observation]:
    """The observations in any piece of text, by the definitions of the study unless told.

    >>> [(o.indicator, o.obs_value) for o in extract("共收到行政复议申请11件,其中依法受理8件。")]
    [('recon_applications_received', 11.0), ('recon_accepted', 8.0)]
    """
    document = document_of(text)
    found = {s.sentence_id: read_quantities(s, document) for s in document.sentences}
    return observe(document, found, load_indicators() if indicators is None else indicators)


def observe(
    document: Document,
    quantities_by_sentence: Mapping[str, Sequence[Any]],
    indicators: Mapping[str, Indicator],
) -> list[Observation]:
    """Every observation of a document, in text order.

    ``quantities_by_sentence`` holds, by ``sentence_id``, the quantities with offsets into the text
    of their sentence.
    """
    library = library_of(tuple(indicators.values()))
    found: list[Observation] = []
    for sentence, matcher in read_through(document, quantities_by_sentence):
        found += _Observer(document, sentence, matcher, library, found).observations()
    return _unique(_without_idle_mentions(found), document.text)


def read_through(
    document: Document, quantities_by_sentence: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[Sentence, Matcher]]:
    """Each sentence with its matcher; the trail carries topics from one to the next."""
    trail = Trail()
    headings = _headings(document.sections)
    for sentence in document.sentences:
        bare = skeleton(sentence.text, quantities_by_sentence.get(sentence.sentence_id, ()))
        above = headings.get(sentence.section, ())
        trail.enter(sentence.section, sentence.paragraph, above, sentence.text)
        yield sentence, Matcher(bare, trail)
        trail.leave(bare)


@cache
def library_of(indicators: tuple[Indicator, ...]) -> Library:
    """The indicators made ready to match, once for all documents."""
    return Library({indicator.id: indicator for indicator in indicators})


def _headings(sections: Sequence[Section]) -> dict[int, tuple[str, ...]]:
    """The headings above each section, its own first."""
    above: dict[int, tuple[str, ...]] = {}
    open_: list[Section] = []
    for section in sections:
        open_ = [outer for outer in open_ if outer.level < section.level] + [section]
        above[section.number] = tuple(outer.heading for outer in reversed(open_))
    return above


class _Observer:
    """Makes the rows of one sentence."""

    def __init__(
        self,
        document: Document,
        sentence: Sentence,
        matcher: Matcher,
        library: Library,
        earlier: Sequence[Observation],
    ) -> None:
        self.document, self.sentence, self.matcher = document, sentence, matcher
        self.library, self.earlier = library, earlier
        self.indicators = {name: r.indicator for name, r in library.readings.items()}
        self.rows: list[Observation] = []
        self.spoken: set[tuple[str, Stretch]] = set()

    def observations(self) -> list[Observation]:
        bare: Skeleton = self.matcher.bare
        for place in self.matcher.places:
            quantity = bare.quantities[place.at]
            claims = self.matcher.claims(place, self.library.fitting(quantity))
            for claim in winners(claims, bare.text, self.indicators):
                self.rows.append(self._stated(claim, quantity))
                self.spoken.add((claim.indicator, place.clause))
        for reading in self.library.readings.values():
            self._words(reading)
            self._mentions(reading)
        return sorted(self.rows, key=lambda row: row.start)

    def _words(self, reading: Reading) -> None:
        for phrasing, value in reading.words:
            for clause, hit in self._said(reading, phrasing):
                self.spoken.add((reading.indicator.id, clause))
                number = self._number(value)
                row = self._row(reading, phrasing.source, hit, "stated_in_words")
                unit = reading.indicator.usual_unit
                self._add(replace(row, obs_value=number, bound="exact", unit_measure=unit))

    def _add(self, row: Observation) -> None:
        # 原告诉求均被驳回,未出现县政府败诉案件 says one zero twice.
        if not any(
            (row.indicator, row.obs_value, row.status) == (r.indicator, r.obs_value, r.status)
            for r in self.rows
        ):
            self.rows.append(row)

    def _mentions(self, reading: Reading) -> None:
        for phrasing in reading.mentions:
            for clause, hit in self._said(reading, phrasing):
                self.spoken.add((reading.indicator.id, clause))
                row = self._row(reading, phrasing.source, hit, "no_number")
                if row.modality == "done" and self.sentence.role not in ("problems", "causes"):
                    self.rows.append(row)

    def _said(self, reading: Reading, phrasing: Any) -> Iterator[tuple[Stretch, Hit]]:
        for clause in self.matcher.bare.clauses:
            hit = self.matcher.said(phrasing, clause)
            if hit and (reading.indicator.id, clause) not in self.spoken:
                yield clause, hit

    def _number(self, value: Word) -> float | None:
        """A value in words: a number, or another indicator's (全部办结: as many as accepted)."""
        if not isinstance(value, str):
            return None if value is None else float(value)
        for name in value.removeprefix("=").split("|"):
            for row in [*reversed(self.rows), *reversed(self.earlier[-6:])]:
                if row.indicator == name and row.modality == "done" and row.obs_value is not None:
                    return row.obs_value
        return None

    def _stated(self, claim: Claim, quantity: Any) -> Observation:
        spans = [(hit.start, hit.end) for hit in claim.hits if hit.weight > 0]
        clause = self._clause(claim.at)
        inside = [s for s in spans if clause.start <= s[0] and s[1] <= clause.end]
        start = min([claim.at, *(s[0] for s in inside or spans)])
        end = max([claim.at + 1, *(s[1] for s in inside or spans)])
        status = "pooled" if claim.is_pooled else "stated"
        row = self._base(claim.indicator, claim.phrasing, start, end, status)
        return replace(
            row,
            obs_value=_float(quantity.value),
            obs_value_high=_float(quantity.value_high),
            unit_measure=quantity.unit,
            bound=quantity.bound,
            modality=quantity.modality,
            time_period=quantity.time_period or row.time_period,
        )

    def _clause(self, at: int) -> Stretch:
        return next(c for c in self.matcher.bare.clauses if c.start <= at < c.end)

    def _row(self, reading: Reading, phrasing: str, hit: Hit, status: str) -> Observation:
        return self._base(reading.indicator.id, phrasing, hit.start, hit.end, status)

    def _base(self, name: str, phrasing: str, start: int, end: int, status: str) -> Observation:
        first, last = self.matcher.bare.back(start, end)
        start, end = first + self.sentence.span.start, last + self.sentence.span.start
        document = self.document
        year = document.year
        return Observation(
            obs_id=f"{document.doc_id}:{name}:{start}",
            indicator=name,
            doc_id=document.doc_id,
            ref_area=document.register.ref_area,
            year=year,
            time_period=str(year) if year else None,
            obs_value=None,
            obs_value_high=None,
            unit_measure=None,
            bound=None,
            status=status,
            modality=_modality(self.sentence, first, document.doc_type),
            sentence_id=self.sentence.sentence_id,
            quote=document.text[start:end],
            phrasing=phrasing,
            start=start,
            end=end,
        )


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _modality(sentence: Sentence, at: int, doc_type: str) -> str:
    """The modality of words: what a plan says without a number is as little an achievement."""
    said = sentence.text[max(0, at - 40) : at]
    if sentence.role == "plan" or doc_type in ("plan", "scheme") or _PLAN_WORDS.search(said):
        return "planned"
    return "required" if _DUTY_WORDS.search(said) else "done"


def _without_idle_mentions(rows: Sequence[Observation]) -> list[Observation]:
    """An activity without a number is told once, and only where no value is told at all."""
    told = {row.indicator for row in rows if row.status != "no_number"}
    kept = []
    for row in rows:
        if row.status == "no_number":
            if row.indicator in told:
                continue
            told.add(row.indicator)
        kept.append(row)
    return kept


def _unique(rows: Sequence[Observation], text: str) -> list[Observation]:
    """Rows with a stable, unique id: of two numbers in one quote the second keeps its own end."""
    seen: set[str] = set()
    unique = []
    for row in rows:
        start = row.start
        while f"{row.doc_id}:{row.indicator}:{start}" in seen and start < row.end - 1:
            start += 1
        obs_id = f"{row.doc_id}:{row.indicator}:{start}"
        seen.add(obs_id)
        unique.append(replace(row, obs_id=obs_id, start=start, quote=text[start : row.end]))
    return unique
