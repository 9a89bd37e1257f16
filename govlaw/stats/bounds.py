"""From the observations of a document to whether its indicators can be true together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pandas as pd

from govlaw.stats.arithmetic import fits_rate, rate_span
from govlaw.stats.figures import interval, step_of
from govlaw.stats.findings import Finding
from govlaw.stats.findings import number as written
from govlaw.stats.rows import each_row
from govlaw.stats.rules import Probe, Vocabulary


@dataclass(frozen=True, slots=True)
class Value:
    """One observed value of an indicator and where it stands."""

    id: str
    indicator: str
    doc_id: str
    value: float
    low: float
    high: float
    step: float
    unit: str
    period: str
    quote: str
    sentence_id: str
    place: tuple[str, int, int]
    sentence: str

    @property
    def is_exact(self) -> bool:
        """Whether it is neither hedged nor a range."""
        return self.low == self.high

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return f"{written(self.value)}{self.unit}"


class Values:
    """The values of all documents, by document and indicator."""

    def __init__(
        self, observations: pd.DataFrame, sentences: pd.DataFrame, names: Mapping[str, str]
    ) -> None:
        self.names = names
        self.rows: dict[str, dict[str, list[Value]]] = {}
        told = sentences[sentences["sentence_id"].isin(observations["sentence_id"])]
        places = {row.sentence_id: row for row in each_row(told)}
        for row in each_row(observations):
            stated = row.status in ("stated", "stated_in_words", "pooled")
            if stated and row.modality == "done" and not pd.isna(row.obs_value):
                value = _value(row, places)
                of_document = self.rows.setdefault(value.doc_id, {})
                of_document.setdefault(value.indicator, []).append(value)

    def name(self, indicator: str) -> str:
        """The Chinese name of an indicator, its id where nobody gave one."""
        return self.names.get(indicator, indicator)


def _value(row: Any, places: Mapping[str, Any]) -> Value:
    value = float(row.obs_value)
    top = None if pd.isna(row.obs_value_high) else float(row.obs_value_high)
    low, high = interval(value, top, "exact" if pd.isna(row.bound) else row.bound)
    place = places.get(row.sentence_id)
    unit = "" if pd.isna(row.unit_measure) else str(row.unit_measure)
    period = row.time_period if not pd.isna(row.time_period) else row.year
    return Value(
        id=row.obs_id, indicator=row.indicator, doc_id=row.doc_id, value=value, low=low, high=high,
        step=_step(str(row.quote), value, unit), unit=unit,
        period="" if pd.isna(period) else str(period), quote=str(row.quote),
        sentence_id=row.sentence_id,
        place=(row.doc_id, int(place.section), int(place.paragraph)) if place else ("", -1, -1),
        sentence=str(place.text) if place else "",
    )  # fmt: skip


def _step(quote: str, value: float, unit: str) -> float:
    """The step of the numeral in the quote that stands for this value; 0 where none does."""
    if unit == "%":
        found = re.search(rf"{re.escape(written(value))}(?:[0.．]*)[%％]", quote)
        return step_of(found[0], unit) if found else 1e-6
    for scale in ("万", "亿"):
        for found in re.finditer(rf"[0-9.]{{1,12}}(?:余|多)?{scale}", quote):
            digits = re.sub(r"[^0-9.]", "", found[0])
            if math.isclose(float(digits) * {"万": 1e4, "亿": 1e8}[scale], value, rel_tol=1e-9):
                return step_of(found[0], unit)
    return 0.0


def check_bounds(test: Probe, values: Values, words: Vocabulary) -> Iterator[Finding]:
    """A whole is not smaller than a part; several values are read in the kindest way."""
    for rows in values.rows.values():
        for whole_id, part_id in product(test.whole_ids, test.part_ids):
            pairs = _same_period(rows.get(whole_id, []), rows.get(part_id, []))
            if pairs:
                yield _bound(pairs, values, words)


def _same_period(left: Sequence[Value], right: Sequence[Value]) -> list[tuple[Value, Value]]:
    return [(a, b) for a, b in product(left, right) if a.period == b.period]


def _bound(pairs: list[tuple[Value, Value]], values: Values, words: Vocabulary) -> Finding:
    near = [pair for pair in pairs if pair[0].sentence_id == pair[1].sentence_id] or pairs
    fitting = next((p for p in near if p[0].high + p[0].step / 2 >= p[1].low - p[1].step / 2), None)
    whole, part = fitting or near[0]
    fields: dict[str, object] = {
        "whole_name": values.name(whole.indicator), "whole": whole.shown,
        "part_name": values.name(part.indicator), "part": part.shown,
        "whole_quote": whole.quote, "part_quote": part.quote,
    }  # fmt: skip
    if fitting:
        gap = whole.value - part.value
        fields["note"] = (
            f",另有{written(gap)}{whole.unit}未说明"
            if gap > 0 and whole.is_exact and whole.unit != "%"
            else ""
        )
        return Finding(whole.doc_id, "ok", (whole.id, part.id), fields)
    reason = _doubt((whole, part), words)
    fields["note"] = reason
    return Finding(whole.doc_id, "not_testable" if reason else "fail", (whole.id, part.id), fields)


def _doubt(found: Sequence[Value], words: Vocabulary) -> str:
    """Why values that clash may still both be right."""
    if any(words.carry.search(value.sentence) for value in found):
        return ":句中有结转或上年数"
    if len({value.place for value in found}) > 1:
        return ":不在同一段,口径可能不同"
    if len({words.unit(value.unit) for value in found}) > 1:
        return ":单位不同"
    return ""


def check_sums(test: Probe, values: Values, words: Vocabulary) -> Iterator[Finding]:
    """Parts that must add up to a whole, or not exceed it."""
    for rows in values.rows.values():
        wholes = rows.get(test.whole_ids[0], [])
        parts = [rows[name] for name in test.part_ids if name in rows]
        missing = len(parts) < len(test.part_ids)
        if wholes and len(parts) > 1 and not (missing and test.relation == "equal"):
            found = _sum(test, wholes, parts, values, words)
            if found:
                yield found


def _sum(
    test: Probe, wholes: list[Value], parts: list[list[Value]], values: Values, words: Vocabulary
) -> Finding | None:
    fits = None
    choices = [(whole, *chosen) for whole, *chosen in product(wholes[:4], *(p[:4] for p in parts))]
    choices = [c for c in choices if len({value.period for value in c}) == 1]
    if not choices:
        return None
    fits = next((choice for choice in choices if _adds_up(test, choice)), None)
    whole, *chosen = fits or choices[0]
    total = sum(value.value for value in chosen)
    fields: dict[str, object] = {
        "whole_name": values.name(whole.indicator), "whole": whole.shown,
        "sum": f"{written(total)}{whole.unit}", "whole_quote": whole.quote,
        "part_quote": "、".join(f"「{value.quote}」" for value in chosen),
    }  # fmt: skip
    ids = (whole.id, *(value.id for value in chosen))
    if fits:
        gap = whole.value - total
        fields["note"] = f",另有{written(gap)}{whole.unit}未说明" if gap > 0 else ""
        return Finding(whole.doc_id, "ok", ids, fields)
    doubt = _doubt((whole, *chosen), words) or (":有多个数值" if len(choices) > 1 else "")
    fields["note"] = doubt
    return Finding(whole.doc_id, "not_testable" if doubt else "fail", ids, fields)


def _adds_up(test: Probe, choice: Sequence[Value]) -> bool:
    whole, *parts = choice
    slack = sum(value.step for value in choice) + 1e-6
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    if test.relation == "at_most":
        return low <= whole.high + slack
    return low <= whole.high + slack and high >= whole.low - slack


def check_rates(test: Probe, values: Values, words: Vocabulary) -> Iterator[Finding]:
    """A rate against its counts; where the report states none, it is derived and said to be."""
    for rows in values.rows.values():
        pairs = _same_period(rows.get(test.part_ids[0], []), rows.get(test.whole_ids[0], []))
        pairs = [p for p in pairs if p[1].value and p[0].value <= p[1].value and p[0].is_exact]
        near = [p for p in pairs if p[0].sentence_id == p[1].sentence_id] or pairs
        if near:
            yield _rate(test, near, rows.get(test.rate, []), values)


def _rate(
    test: Probe, pairs: list[tuple[Value, Value]], rates: list[Value], values: Values
) -> Finding:
    tried = [(part, whole, rate) for part, whole in pairs for rate in rates]
    fits = next((c for c in tried if _agrees(*c)), None)
    part, whole = (fits or pairs[0])[:2]
    actual = round(100 * part.value / whole.value, 2)
    fields: dict[str, object] = {
        "rate_name": values.name(test.rate), "part": part.shown, "whole": whole.shown,
        "actual": actual, "part_quote": part.quote,
    }  # fmt: skip
    if not rates:
        fields["note"] = "(推算,原文未写)"
        return Finding(part.doc_id, "ok", (part.id, whole.id), fields)
    rate = fits[2] if fits else rates[0]
    fields |= {"rate": rate.value, "rate_quote": rate.quote, "note": ",与原文相符"}
    apart = len({part.place, whole.place, rate.place}) > 1 or len(tried) > 1
    verdict = "ok" if fits else "not_testable" if apart else "fail"
    return Finding(part.doc_id, verdict, (part.id, whole.id, rate.id), fields)  # type: ignore[arg-type]


def _agrees(part: Value, whole: Value, rate: Value) -> bool:
    span = rate_span(part.value, whole.value, part.step, whole.step)
    bound = "exact" if rate.is_exact else ("over" if math.isinf(rate.high) else "about")
    return fits_rate(rate.value, rate.step, span, bound) is not None
