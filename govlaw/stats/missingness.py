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
    reports = known[known["doc_type"].isin(doc_types)]
    found = reports.dropna(subset=["year"]).sort_values("doc_id")
    listed = found.groupby(["ref_area", "year"])["doc_id"].agg(" ".join).to_dict()
    undated = set(reports.loc[reports["year"].isna(), "ref_area"])
    undated |= set(known["ref_area"]) - set(reports["ref_area"])
    counties = known.groupby("ref_area")["county"].first()
    rows = []
    for area, county in counties.items():
        for year in range(first, last + 1):
            doc_ids = listed.get((area, year), "")
            presence = "present" if doc_ids else "unknown" if area in undated else "absent"
            rows.append((area, None if pd.isna(county) else county, year, presence, doc_ids))
    return pd.DataFrame(rows, columns=list(MISSING_COLUMNS))
