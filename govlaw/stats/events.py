"""From ``data/events`` to the dated national texts that stand as lines on a trend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.knowledge import did_you_mean, read_csv, shown
from govlaw.lexicon import load_lexicon

EVENT_COLUMNS = ("date", "what", "year", "at", "name_zh", "name_en", "groups", "source")
WHAT = ("issued", "published", "in_force")
_WRITTEN = ("date", "what", "name_zh", "name_en", "groups", "source")
_EVERY = "all"


def load_events(path: Path | None = None) -> pd.DataFrame:
    """The events, oldest first: date as written, what the date is, year, at, names, groups, source.

    ``at`` places an event on an axis of report years, on which the report on 2019 stands at 2019:
    1 January 2019 is 2018.5. ``groups`` are the keyword groups it concerns, all of them where it
    is empty. Raises ``DefinitionError`` for a date that is none, an event without a source and an
    unknown group.

    >>> load_events().query("what == 'in_force'")["name_zh"].tolist()
    ['政府信息公开条例（修订）', '重大行政决策程序暂行条例']
    """
    file = path or paths.data("events", "events.csv")
    rows = [_event(file, row) for row in read_csv(file)]
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS)).sort_values("at", ignore_index=True)


def events_of(group: str, events: pd.DataFrame, years: Iterable[int]) -> Iterator[Any]:
    """The events that concern a keyword group and fall into these years, as rows."""
    known = set(years)
    for event in events.itertuples():
        concerns: Any = event.groups
        if event.year in known and (not concerns or group in concerns):
            yield event


def _event(file: Path, row: dict[str, str]) -> dict[str, Any]:
    where = f"{shown(file)}: {row.get('date') or row}"
    for key in _WRITTEN:
        if not row.get(key):
            raise DefinitionError(
                where, f"an event without {key}", f"fill in {', '.join(_WRITTEN)}"
            )
    if row["what"] not in WHAT:
        hint = did_you_mean(row["what"], WHAT)
        raise DefinitionError(where, f"what: {row['what']!r} is no such thing", hint)
    groups = () if row["groups"] == _EVERY else tuple(row["groups"].split())
    known = load_lexicon().groups
    for group in groups:
        if group not in known:
            raise DefinitionError(where, f"no group {group!r}", did_you_mean(group, known))
    day = _day(where, row["date"])
    at = day.year - 0.5 + (day.timetuple().tm_yday - 1) / 365
    return {**{key: row[key] for key in _WRITTEN}, "groups": groups, "year": day.year, "at": at}


def _day(where: str, written: str) -> date:
    """The day, or the middle of the month where no day is given."""
    try:
        return date.fromisoformat(written if written.count("-") > 1 else f"{written}-15")
    except ValueError:
        raise DefinitionError(where, "no date", "write 2019-09-01 or 2021-08") from None
