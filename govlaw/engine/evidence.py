"""From the id of an observation back to its sentence, with the number marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from govlaw.engine.store import Tables, load_tables
from govlaw.errors import InputError
from govlaw.printing import printable


@dataclass(frozen=True, slots=True)
class Trace:
    """An observation with its sentence: shows itself in a notebook and in plain text."""

    obs_id: str
    indicator: str
    value: float | None
    unit: str | None
    status: str
    modality: str
    phrasing: str
    sentence_id: str
    sentence: str
    start: int
    end: int
    source: str
    sha256: str

    @property
    def quote(self) -> str:
        """The words that state it."""
        return self.sentence[self.start : self.end]

    def __repr__(self) -> str:
        before, after = self.sentence[: self.start], self.sentence[self.end :]
        lines = (
            self._claim(),
            f"{self.sentence_id} {before}【{self.quote}】{after}",
            f"句式 {self.phrasing} | 文件 {self.source} | sha256 {self.sha256[:12]}",
        )
        return "\n".join(map(printable, lines))

    def _repr_html_(self) -> str:
        before, after = escape(self.sentence[: self.start]), escape(self.sentence[self.end :])
        return (
            f"<figure><figcaption><b>{escape(self._claim())}</b></figcaption>"
            f"<blockquote lang='zh'>{before}<mark>{escape(self.quote)}</mark>{after}</blockquote>"
            f"<small>{escape(self.sentence_id)} · {escape(self.phrasing)} · "
            f"{escape(self.source)} · {self.sha256[:12]}</small></figure>"
        )

    def _claim(self) -> str:
        value = "" if self.value is None else f" = {self.value:g}{self.unit or ''}"
        return f"{self.indicator}{value} ({self.status}, {self.modality})"


def trace(obs_id: str, tables: Tables | None = None) -> Trace:
    """The evidence of an observation.

    ``obs_id`` is an id of the observations table, for example ``000:recon_accepted:616``; the
    tables are those in ``build/tables`` unless given. Raises ``InputError`` for an id the tables do
    not hold.
    """
    tables = tables or load_tables()
    rows = tables.observations[tables.observations["obs_id"] == obs_id]
    if rows.empty:
        what = f"没有观测 {obs_id!r}"
        raise InputError("observations", what, "从 observations 表的 obs_id 列取一个编号")
    row = rows.iloc[0]
    sentence = tables.sentences.set_index("sentence_id").loc[row["sentence_id"]]
    document = tables.documents.set_index("doc_id").loc[row["doc_id"]]
    value, unit = row["obs_value"], row["unit_measure"]
    return Trace(
        obs_id=obs_id,
        indicator=row["indicator"],
        value=None if pd.isna(value) else float(value),
        unit=None if pd.isna(unit) else str(unit),
        status=row["status"],
        modality=row["modality"],
        phrasing=row["phrasing"],
        sentence_id=row["sentence_id"],
        sentence=sentence["text"],
        start=int(row["start"] - sentence["start"]),
        end=int(row["end"] - sentence["start"]),
        source=document["path"],
        sha256=document["sha256"],
    )
