"""From registers, sections and sentences to what the rule asks: five contents and a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from govlaw import paths
from govlaw.knowledge import read_yaml
from govlaw.stats.dates import day
from govlaw.stats.rows import each_row
from govlaw.stats.rules import Contents, Element, load_rules

CONTENTS_COLUMNS = ("doc_id", "element", "presence", "sentence_id", "is_bound")
TIMELINESS_COLUMNS = ("doc_id", "rule", "due", "published", "days", "status", "is_bound")
#: Later than this after the due date or the signature, a page has more likely been moved.
_REPUBLISHED_DAYS = 180
# 《…第一责任人职责规定》 names a text, it does not report on the duty.
_TITLE = re.compile(r"《[^《》]{0,60}》")
# 存在的不足和原因, as the rule itself words it, heads one section for two contents.
_BOTH = re.compile(
    r"(?:问题|不足(?:之处)?|短板|困难|差距|薄弱环节)(?:以及|及其|和|与|及|、)"
    r"(?:其|主要|存在|产生|形成|的){0,3}(?:原因|成因)"
)
_OF_BOTH = ("problems", "causes")


def contents(
    documents: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Which of the required contents a report has: one row a document and element.

    ``presence`` is present, mention_only, absent or not_applicable, with the first sentence that
    shows it; ``is_bound`` says whether the rule binds this kind of document at all, so that an
    absence in a newspaper feature (000) accuses nobody.
    """
    rules = load_rules().contents
    body = sentences[sentences["role"] != "noise"]
    by_document: dict[Any, pd.DataFrame] = dict(list(body.groupby("doc_id", sort=False)))
    roles: dict[Any, set[str]] = {}
    for row in each_row(sections):
        roles.setdefault(row.doc_id, set()).add(row.role)
        if row.role in _OF_BOTH and _BOTH.search(row.heading or ""):
            roles[row.doc_id].add("both")
    rows = [
        {"doc_id": row.doc_id, "element": name, "is_bound": row.doc_type in rules.bound, **found}
        for row in each_row(documents)
        for name, found in _elements(row, by_document.get(row.doc_id), roles, rules)
    ]
    return pd.DataFrame(rows, columns=list(CONTENTS_COLUMNS))


def _elements(
    row: Any, said: pd.DataFrame | None, roles: dict[str, set[str]], rules: Contents
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, element in rules.elements.items():
        if row.doc_type not in (*rules.bound, *rules.read):
            yield name, {"presence": "not_applicable", "sentence_id": None}
        elif said is None or said.empty:
            yield name, {"presence": "absent", "sentence_id": None}
        else:
            yield name, _presence(element, said, roles.get(row.doc_id, set()))


def _presence(element: Element, said: pd.DataFrame, roles: set[str]) -> dict[str, Any]:
    if element.role in _OF_BOTH and "both" in roles:
        return _of_both(element, said)
    own = said[said["role"] == element.role]
    if len(own) and (element.role in roles or not roles or element.role == "plan"):
        return {"presence": "present", "sentence_id": own["sentence_id"].iloc[0]}
    inside = said[said["role"].isin(element.within)] if element.within else said
    if element.present and (found := _first(inside, element.present)):
        return {"presence": "present", "sentence_id": found}
    # 由于 in an achievement is no cause of a shortcoming: a mention counts where it belongs.
    place = inside if element.role == "causes" else said
    if element.mention and (found := _first(place, element.mention)):
        return {"presence": "mention_only", "sentence_id": found}
    return {"presence": "absent", "sentence_id": None}


def _of_both(element: Element, said: pd.DataFrame) -> dict[str, Any]:
    """存在的不足和原因: the section stands for its shortcomings; causes must be said in words."""
    inside = said[said["role"].isin(_OF_BOTH)]
    heading = _first(inside, _BOTH.pattern) or str(inside["sentence_id"].iloc[0])
    if element.role == "problems":
        return {"presence": "present", "sentence_id": heading}
    found = _first(inside[~inside["text"].str.contains(_BOTH)], _cause_words())
    return {"presence": "present" if found else "mention_only", "sentence_id": found or heading}


@cache
def _cause_words() -> str:
    words = read_yaml(paths.data("words", "statements.yml"))["causes"]
    return "|".join(map(re.escape, [*words, "原因", "成因"]))


def _first(said: pd.DataFrame, pattern: str) -> str | None:
    wanted = re.compile(pattern)
    for sentence_id, text in zip(said["sentence_id"], said["text"], strict=True):
        if wanted.search(_TITLE.sub("", text)):
            return str(sentence_id)
    return None


def timeliness(documents: pd.DataFrame) -> pd.DataFrame:
    """Whether a report was published before 1 April: one row a document.

    ``days`` counts from the due date, negative where early. A page without a date is unknown and
    never late; one dated far after the signature may have been moved: late_or_republished.
    """
    rules = load_rules().contents
    rows = [_timely(row, rules) for row in each_row(documents)]
    return pd.DataFrame(rows, columns=list(TIMELINESS_COLUMNS))


def _timely(row: Any, rules: Contents) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(TIMELINESS_COLUMNS)
    found |= {"doc_id": row.doc_id, "is_bound": row.doc_type in rules.bound}
    if row.doc_type not in (*rules.bound, *rules.read):
        return found | {"status": "not_applicable"}
    if row.year is None or pd.isna(row.year):
        return found | {"status": "unknown"}
    due = date(int(row.year) + 1, 3, 31)
    published, signed = day(row.date_published), day(row.date_signed)
    # The outline of 2015 asked for the first quarter; the provisions of 2019 for 1 April.
    rule = "outline_2015" if int(row.year) <= 2017 else "provisions_2019"
    days = (published - due).days if published else None
    status = _status(due, published, signed)
    return found | {
        "rule": rule,
        "due": due,
        "published": published,
        "days": days,
        "status": status,
    }


def _status(due: date, published: date | None, signed: date | None) -> str:
    """On time, late, or not to be known.

    >>> _status(date(2020, 3, 31), date(2020, 3, 4), date(2020, 2, 28))
    'on_time'
    >>> _status(date(2018, 3, 31), date(2019, 5, 7), None)
    'late_or_republished'
    """
    if published is None:
        return "late" if signed and signed > due else "unknown"
    if published <= due:
        return "on_time"
    moved = signed is not None and signed <= due and (published - signed).days > _REPUBLISHED_DAYS
    far = signed is None and (published - due).days > _REPUBLISHED_DAYS
    return "late_or_republished" if moved or far else "late"
