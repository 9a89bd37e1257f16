"""From the register to which place reported on which year: present, absent or unknown."""

from __future__ import annotations

import pandas as pd

from govlaw.errors import InputError

PRESENCE = ("present", "absent", "unknown")
#: Documents that report on a year; a plan or a feature about it is no report.
_REPORTS = ("annual_report", "department_report", "special_report")
MISSING_COLUMNS = ("ref_area", "county", "year", "presence", "doc_ids")


def missingness(
    documents: pd.DataFrame,
    *,
    years: tuple[int, int] = (2017, 2021),
    doc_types: tuple[str, ...] = _REPORTS,
) -> pd.DataFrame:
    """One row a place and year: ref_area, county, year, presence, doc_ids.

    *present*: the corpus has a report on that year. *absent*: it has none, although it has reports
    of the place on other years. *unknown*: a report of the place has no year, or all it has are
    plans and features, so that nothing can be said. Absent from this corpus is not the same as
    never written: only the place itself can say that.
    """
    first, last = years
    if first > last:
        raise InputError("years", f"{first} comes after {last}", f"write ({last}, {first})")
    known = documents.dropna(subset=["ref_area"])
    rows = []
    for area, own in known.groupby("ref_area", sort=True):
        reports = own[own["doc_type"].isin(doc_types)]
        undated = reports["year"].isna().any() or reports.empty
        for year in range(first, last + 1):
            found = reports.loc[reports["year"].eq(year).fillna(False), "doc_id"]
            presence = "present" if len(found) else "unknown" if undated else "absent"
            county = next(iter(own["county"].dropna()), None)
            values = (area, county, year, presence, " ".join(sorted(found)))
            rows.append(dict(zip(MISSING_COLUMNS, values, strict=True)))
    return pd.DataFrame(rows, columns=list(MISSING_COLUMNS))
