"""From a document and its quantities to observations: which number states which indicator.

Every observation keeps its quote and the place of the quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govlaw.document import Document, Sentence
from govlaw.facts.matching import Matcher
from govlaw.facts.periods import find_quantities
from govlaw.facts.phrasings import Library, supported
from govlaw.facts.quantities import Quantity
from govlaw.facts.reading import document_of
from govlaw.facts.rows import Observation, Observer
from govlaw.facts.trail import Speaker, Trail
from govlaw.indicator import Indicator, load_indicators

__all__ = ["Observation", "extract", "library_of", "observe", "read_through"]


def extract(text: str, indicators: Mapping[str, Indicator] | None = None) -> list[Observation]:
    """The observations in any piece of text, by the definitions of the study unless told.

    >>> [(o.indicator, o.obs_value) for o in extract("共收到行政复议申请11件,其中依法受理8件。")]
    [('recon_applications_received', 11.0), ('recon_accepted', 8.0)]
    """
    document = document_of(text)
    found = find_quantities(document)
    return observe(document, found, load_indicators() if indicators is None else indicators)


def observe(
    document: Document,
    quantities_by_sentence: Mapping[str, Sequence[Quantity]],
    indicators: Mapping[str, Indicator],
) -> list[Observation]:
    """Every observation of a document, in text order.

    ``quantities_by_sentence`` holds, by ``sentence_id``, the quantities with offsets into the text
    of their sentence.
    """
    library = library_of(indicators)
    found: list[Observation] = []
    for sentence, matcher in read_through(document, quantities_by_sentence, library):
        found += Observer(document, sentence, matcher, found).observations()
    return _unique(_without_idle_mentions(found), document.text)


def read_through(
    document: Document,
    quantities_by_sentence: Mapping[str, Sequence[Quantity]],
    library: Library,
) -> Iterator[tuple[Sentence, Matcher]]:
    """Each sentence that may state something, with its matcher."""
    trail = Trail(document, quantities_by_sentence, library.needles, library.around)
    for index, (sentence, heard) in enumerate(zip(document.sentences, trail.heard, strict=True)):
        told = library.told.standing(heard)
        if told or index in trail.counted:
            speaker = Speaker(trail, index)
            told = supported(told, speaker)
            if told or speaker.counted:
                yield sentence, Matcher(speaker, library, told)


_LIBRARIES: dict[tuple[int, ...], Library] = {}


def library_of(indicators: Mapping[str, Indicator]) -> Library:
    """The indicators made ready to match, once for all documents."""
    key = tuple(map(id, indicators.values()))  # the library keeps them, so no other gets their ids
    if key not in _LIBRARIES:
        _LIBRARIES[key] = Library(indicators)
    return _LIBRARIES[key]


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
    free: dict[tuple[str, int], int] = {}
    seen: set[tuple[str, int]] = set()
    unique = []
    for row in rows:
        start = free.get((row.indicator, row.start), row.start)
        while (row.indicator, start) in seen and start < row.end - 1:
            start += 1
        seen.add((row.indicator, start))
        free[row.indicator, row.start] = start
        if start > row.start:
            obs_id = f"{row.doc_id}:{row.indicator}:{start}"
            row = row._replace(obs_id=obs_id, start=start, quote=text[start : row.end])
        unique.append(row)
    return unique
