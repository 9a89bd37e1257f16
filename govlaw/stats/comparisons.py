"""From two values of one indicator to what stays, jumps or differs.

They stand in one report, in two years, or in a report and another source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from govlaw.stats.bounds import Value, Values
from govlaw.stats.findings import Finding
from govlaw.stats.rows import each_row
from govlaw.stats.rules import Probe

_SCOPE = re.compile(
    r"上半年|下半年|[一二三四]季度|月|累计|截至|部门|乡镇|街道|镇街|领域|期间|其中|批|市级|省级|中央|专项|重点|以来"
)
#: A jump of an indicator that counts less than this is chance.
_SMALL = 20


def check_panel(
    test: Probe, observations: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[Finding]:
    """The same place in successive years: a value that stays or jumps is worth a look."""
    done = observations[
        (observations["modality"] == "done") & (observations["status"] == "stated")
    ].dropna(subset=["ref_area", "year", "obs_value"])
    # With several values in one year nobody knows which two to compare.
    keys = ["ref_area", "indicator", "year"]
    single = done.drop_duplicates(keys, keep=False).sort_values(keys)
    for earlier, now in pairwise(each_row(single)):
        same = earlier.ref_area == now.ref_area and earlier.indicator == now.indicator
        if same and now.year - earlier.year == 1:
            note = _change(float(earlier.obs_value), float(now.obs_value), test.limit)
            if note:
                yield _panel(str(now.indicator), earlier, now, note, names)


def _change(earlier: float, now: float, limit: float) -> str:
    if earlier == now and now >= _SMALL and now % 100:
        return "两年数值完全相同"
    if (
        min(earlier, now) > 0
        and max(earlier, now) >= _SMALL
        and max(earlier, now) > limit * min(earlier, now)
    ):
        return f"相差超过{limit:g}倍"
    return ""


def _panel(indicator: str, earlier: Any, now: Any, note: str, names: Mapping[str, str]) -> Finding:
    fields = {
        "name": names.get(indicator, indicator), "earlier_year": int(earlier.year),
        "year": int(now.year), "earlier": float(earlier.obs_value),
        "value": float(now.obs_value), "note": note,
    }  # fmt: skip
    return Finding(now.doc_id, "not_testable", (earlier.obs_id, now.obs_id), fields)


def check_external(
    external: pd.DataFrame | None, observations: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Values of another source (columns ref_area, year, indicator, value, source)."""
    if external is None or external.empty:
        return
    known = {(str(r.ref_area), int(r.year), r.indicator): r for r in each_row(external)}
    for row in each_row(observations):
        if pd.isna(row.year) or pd.isna(row.obs_value) or row.modality != "done":
            continue
        other = known.get((str(row.ref_area), int(row.year), row.indicator))
        if other is not None:
            gap = float(row.obs_value) - float(other.value)
            fields = {
                "name": names.get(row.indicator, row.indicator), "value": float(row.obs_value),
                "other": float(other.value), "source": other.source, "gap": abs(gap),
            }  # fmt: skip
            exact = row.bound == "exact"
            verdict = "ok" if abs(gap) < 1e-6 or not exact else "fail"
            yield Finding(row.doc_id, verdict, (row.obs_id,), fields)  # type: ignore[arg-type]


def check_two_values(values: Values) -> Iterator[Finding]:
    """One indicator, one year, two values: a fault only where the words are the same."""
    for doc_id, rows in values.rows.items():
        for indicator, found in rows.items():
            for period in dict.fromkeys(value.period for value in found):
                alike = [value for value in found if value.period == period]
                # 设5个综合窗口、2个工程窗口、1个出件窗口: a list in one sentence tells kinds apart.
                told = len({value.sentence_id for value in alike}) > 1
                if told and len({value.value for value in alike}) > 1:
                    yield _two_values(doc_id, indicator, alike, values)


def _two_values(doc_id: str, indicator: str, alike: list[Value], values: Values) -> Finding:
    fields = {
        "name": values.name(indicator), "n": len(alike),
        "values": "、".join(value.shown for value in alike),
        "quotes": "、".join(f"「{value.quote}」" for value in alike[:6]),
    }  # fmt: skip
    ids = tuple(value.id for value in alike)
    largest = max(alike, key=lambda value: value.value)
    rest = sum(value.value for value in alike) - largest.value
    if len(alike) > 2 and abs(rest - largest.value) < 1e-6 * max(1, largest.value):
        return Finding(doc_id, "ok", ids, fields)
    return Finding(doc_id, "fail" if _same_words(alike) else "not_testable", ids, fields)


def _same_words(alike: Sequence[Value]) -> bool:
    """The same long phrase with another number, both exact, and no word of another scope near."""
    bare = {re.sub(r"[0-9０-９.,，余多约\s]", "", value.quote) for value in alike}
    scoped = any(_SCOPE.search(value.sentence) for value in alike)
    apart = len({value.sentence_id for value in alike}) == len(alike)
    long = all(len(words) >= 8 for words in bare)
    return len(bare) == 1 and long and apart and not scoped and all(v.is_exact for v in alike)
