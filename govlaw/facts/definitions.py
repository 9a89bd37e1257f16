"""From the definitions in ``data/indicators`` to what is wrong with them, each with file:line.

Every example is run through all definitions: it must yield its own values, every phrasing must
earn its place in an example, and no other indicator may take the number an example is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from govlaw.document import Document
from govlaw.errors import DefinitionError
from govlaw.facts.claims import winners
from govlaw.facts.observations import Observation, library_of, observe, read_through
from govlaw.facts.periods import find_quantities
from govlaw.facts.quantities import Quantity
from govlaw.facts.reading import document_of
from govlaw.indicator import Example, Indicator, Reject, load_indicators


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a definition: where it stands, what is wrong, what to do."""

    where: str
    what: str
    next_step: str
    severity: Literal["error", "warning"] = "error"

    @property
    def is_error(self) -> bool:
        """Whether it must be mended; a warning only asks for a look."""
        return self.severity == "error"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.next_step}"


def check_definitions(folder: Path | None = None) -> list[Problem]:
    """Everything wrong with the definitions of a folder, in the order of the files."""
    try:
        indicators = load_indicators(folder)
        return [p for one in indicators.values() for p in check_indicator(one, indicators)]
    except DefinitionError as error:
        return [Problem(error.where, error.what, error.next_step)]


def check_indicator(indicator: Indicator, indicators: Mapping[str, Indicator]) -> list[Problem]:
    """What its own examples and rejects say against a definition."""
    problems: list[Problem] = []
    used: set[str] = set()
    for number, example in enumerate(indicator.examples):
        rows = _rows(example, indicators)
        used |= {row.phrasing for row in rows if row.indicator == indicator.id}
        problems += _judge_example(indicator, number, example, rows)
        problems += _ties(indicator, number, example, indicators)
    for number, reject in enumerate(indicator.rejects):
        problems += _judge_reject(indicator, number, reject, _rows(reject, indicators))
    return [*problems, *_idle(indicator, used)]


def _read(case: Example | Reject) -> tuple[Document, dict[str, list[Quantity]]]:
    year = case.year if isinstance(case, Example) else None
    document = document_of(case.text, context=case.context, year=year)
    return document, find_quantities(document)


def _rows(case: Example | Reject, indicators: Mapping[str, Indicator]) -> list[Observation]:
    return observe(*_read(case), indicators)


def _judge_example(
    indicator: Indicator, number: int, example: Example, rows: list[Observation]
) -> Iterator[Problem]:
    where = indicator.where("examples", number)
    own = [row for row in rows if row.indicator == indicator.id]
    values = [row.obs_value for row in own]
    if values != [None if value is None else float(value) for value in example.values] or not own:
        found = ", ".join(f"{_shown(row)}" for row in own) or "nothing"
        what = f"{indicator.id} should find {example.value} in {example.text!r} but finds {found}"
        yield Problem(where, what, _hint(rows, example))
        return
    for column, wanted in _demands(example):
        for row in own:
            if getattr(row, column) != wanted:
                what = f"{indicator.id}: {column} is {getattr(row, column)!r}, not {wanted!r}"
                yield Problem(where, f"{what}, in {example.text!r}", "correct one of the two")


def _demands(example: Example) -> Iterator[tuple[str, object]]:
    columns = {"obs_value_high": example.value_high, "unit_measure": example.unit}
    columns |= {"status": example.status, "modality": example.modality}
    return ((column, wanted) for column, wanted in columns.items() if wanted is not None)


def _ties(
    indicator: Indicator, number: int, example: Example, indicators: Mapping[str, Indicator]
) -> Iterator[Problem]:
    """Two indicators whose phrasings say exactly as much of one number: chance would decide."""
    library = library_of(indicators)
    document, found = _read(example)
    for _, matcher in read_through(document, found, library):
        for place in matcher.places:
            claims = matcher.claims(place)
            shared = winners(claims, matcher.bare.text, indicators)
            if len(claims) < 2 or len(shared) > 1 or claims[0].rank != claims[1].rank:
                continue
            one, other = claims[:2]
            if indicator.id in (one.indicator, other.indicator):
                both = " and ".join(f"{c.indicator} by {c.phrasing!r}" for c in (one, other))
                what = f"two indicators claim one number equally: {both}"
                step = "say more in one of the two phrasings, or name the other under 'also'"
                yield Problem(indicator.where("examples", number), what, step)


def _hint(rows: list[Observation], example: Example) -> str:
    wanted = {value for value in example.values if value is not None}
    takers = [row for row in rows if row.obs_value in wanted]
    if takers:
        row = takers[0]
        taken = f"{row.indicator} takes {row.quote!r} by {row.phrasing!r}"
        return f"{taken}: narrow it or say more here"
    return "add a phrasing, a unit or a noun; `govlaw leftovers` shows how the sentence is read"


def _judge_reject(
    indicator: Indicator, number: int, reject: Reject, rows: list[Observation]
) -> Iterator[Problem]:
    for row in rows:
        if row.indicator == indicator.id:
            what = f"{indicator.id} finds {_shown(row)} in a reject ({reject.why})"
            step = f"narrow {row.phrasing!r}, or add to 'never'"
            yield Problem(indicator.where("rejects", number), what, step)


def _idle(indicator: Indicator, used: set[str]) -> Iterator[Problem]:
    for key, phrasings in (
        ("phrasings", indicator.phrasings),
        ("words", list(indicator.words)),
        ("mentions", indicator.mentions),
    ):
        for number, phrasing in enumerate(phrasings):
            if phrasing not in used:
                where = indicator.where(key, phrasing if key == "words" else number)
                what = f"{indicator.id}: nobody uses {phrasing!r}"
                step = "add an example that needs it, or remove it"
                yield Problem(where, what, step, severity="warning")


def _shown(row: Observation) -> str:
    return f"{row.obs_value} in {row.quote!r} by {row.phrasing!r}"
