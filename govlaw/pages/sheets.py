"""From everything the tables say of one report to one sheet of paper for the person who judges it.

The sheet holds what an evaluator asks of a report, each answer with the sentence it rests on, and
ends with what the program could not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.markup import joined, link, source_address
from govlaw.pages.words import Said

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of every table that speak of one document; ``borrowed`` are shares by class."""

    document: Row
    sentences: Sequence[Row]
    quantities: Sequence[Row]
    observations: Sequence[Row]
    verdicts: Sequence[Row]
    agenda: Sequence[Row]
    contents: Sequence[Row]
    timeliness: Row
    problems: Sequence[Row]
    borrowed: Mapping[str, float]
    indicators: Mapping[str, Indicator]
    checks: Mapping[str, Said]
    lang: str = "zh"

    @cached_property
    def words(self) -> dict[str, str]:
        """The sentences by id."""
        return {row["sentence_id"]: row["text"] for row in self.sentences}

    @cached_property
    def homes(self) -> dict[str, str]:
        """The sentence of every number and sentence."""
        found = {s: s for s in self.words}
        found |= {row["quantity_id"]: row["sentence_id"] for row in self.quantities}
        return found | {row["obs_id"]: row["sentence_id"] for row in self.observations}

    def quote(self, sentence_id: Any, cap: int = 56) -> Markup:
        """The words of a sentence, cut, as a link to it."""
        if pd.isna(sentence_id) or sentence_id not in self.words:
            return Markup("")
        return link(source_address(str(sentence_id), up="../"), cut(self.words[sentence_id], cap))

    def say(self, zh: str, en: str) -> str:
        """Words in the reader's language."""
        return Said(zh, en).first(self.lang)


def sheet_link(doc_id: str, lang: str, *, up: str = "") -> Markup:
    """A link to the sheet of a document."""
    return link(f"{up}sheets/{quote(doc_id)}.html", Said("评阅单", "sheet").first(lang))


def missing(value: Any) -> bool:
    """Whether a cell is empty."""
    return bool(pd.isna(value))


def cut(words: str, cap: int) -> str:
    """Words on one line, no longer than ``cap``.

    >>> cut("二是行政执法体制改革\\n推进进程有待提速。", 10)
    '二是行政执法体制改革…'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= cap else f"{flat[:cap]}…"


def listed(items: Iterable[Any], n_all: int, n_cap: int, sheet: Sheet) -> Markup:
    """The items as a list that says how many it leaves out."""
    made = joined(Markup("<li>{}</li>").format(item) for item in items)
    more = sheet.say(f"共 {n_all} 项，列出 {n_cap} 项。", f"{n_cap} of {n_all}.")
    tail = Markup('<p class="small">{}</p>').format(more) if n_all > n_cap else Markup("")
    return Markup("<ul>{}</ul>{}").format(made, tail)
