"""From promises to what the next report of the same place says of them, and from problems to plans.

The link is found by shared words and is a proposal with a score: both sentences are named so that
a reader can judge. Feedback follows Yang Jun's four kinds: plain, indirect, vague, none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from govlaw import paths
from govlaw.knowledge import read_yaml

FEEDBACK = ("plain", "indirect", "vague", "none", "no_next_report")
PROBLEM_COLUMNS = (
    "doc_id", "sentence_id", "text", "has_cause", "is_specific", "n_hedges",
    "plan_sentence_id", "plan_text", "score",
)  # fmt: skip
PROMISE_COLUMNS = (
    "doc_id", "ref_area", "year", "sentence_id", "text", "deadline", "amount", "next_doc_id",
    "result_sentence_id", "result_text", "score", "feedback", "promised", "reported", "is_met",
)  # fmt: skip
#: What a table of links has to say.
LINKED_BY_WORDS = "承诺与结果按用词配对,是待核对的线索;没有找到下文不等于没有做。"

_ANSWERS, _TOUCHES, _PLANS_FOR = 0.45, 0.28, 0.4
_PLAN_TYPES = ("plan", "scheme")
_NO_RESULT = ("problems", "causes", "plan", "noise")
# 正在推进 and 尚未 tell of the matter and not of its end.
_UNFINISHED = re.compile(r"正在|推进中|进行中|尚未|未能|仍在|仍需|筹备|拟于|下一步|有待")
_DONE = re.compile(
    r"已|完成|建成|实现|建立了?|出台|印发|制定|开展|举办|组织|达到?|办结|培训|成立|设立|修订|公布|配备|提高|下降|落实"
)


_ITEM = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、是]+)")


class _Result(NamedTuple):
    """A sentence that may report on a promise, with its pairs of characters."""

    sentence_id: str
    text: str
    pairs: frozenset[str]


def problem_table(agenda: pd.DataFrame) -> pd.DataFrame:
    """Each problem: whether it has a cause and is specific, and which plan of its report meets it.

    ``plan_text`` is empty where no plan of the report shares enough of the problem's words.
    """
    rows = []
    for _, one in agenda.groupby("doc_id", sort=False):
        plans = [_Result(p.sentence_id, p.text, _pairs(p.text)) for p in _of(one, "plan")]
        weights = _weights([plan.pairs for plan in plans])
        for problem in _of(one, "problem"):
            plan, score = _best(_pairs(problem.text), plans, weights)
            is_met = plan is not None and score >= _PLANS_FOR
            rows.append(
                {
                    **{name: getattr(problem, name) for name in PROBLEM_COLUMNS[:6]},
                    "plan_sentence_id": plan.sentence_id if plan and is_met else None,
                    "plan_text": plan.text if plan and is_met else None,
                    "score": round(score, 3) if is_met else None,
                }
            )
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS))


def promise_table(
    agenda: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    quantities: pd.DataFrame,
) -> pd.DataFrame:
    """Each promise and what became of it by the next report of the same place.

    The next report is on the year after; for a plan it is the report on the plan's own year.
    ``feedback``: *plain*, the matter is reported as done, with a number where one was promised;
    *indirect*, the matter comes up unfinished, or a promised number is passed over; *vague*, only
    some of its words recur; *none*; *no_next_report* where there is none to look into, which says
    nothing about the promise. ``is_met`` compares numbers of one unit and is empty without them.
    """
    results = _results(sentences)
    numbers = {str(key): rows for key, rows in quantities.groupby("sentence_id", sort=False)}
    rows: list[dict[str, Any]] = []
    for document in documents.itertuples():
        promised = _of(agenda[agenda["doc_id"] == document.doc_id], "plan")
        following = _next_report(document, documents)
        known = results.get(following, []) if following else []
        weights = _weights([result.pairs for result in known])
        for promise in promised:
            row: dict[str, Any] = dict.fromkeys(PROMISE_COLUMNS)
            row |= {name: getattr(promise, name) for name in ("sentence_id", "text", "deadline")}
            row |= {"doc_id": document.doc_id, "ref_area": document.ref_area}
            row |= {"year": document.year, "amount": promise.amount, "next_doc_id": following}
            row |= _followed(promise, known, weights, numbers, is_known=bool(following))
            rows.append(row)
    return pd.DataFrame(rows, columns=list(PROMISE_COLUMNS))


def feedback_summary(promises: pd.DataFrame) -> pd.DataFrame:
    """How many promises of each document got which feedback; ``n_testable`` had a next report."""
    if promises.empty:
        return pd.DataFrame(columns=["doc_id", "n_promises", "n_testable", *FEEDBACK])
    counts = pd.crosstab(promises["doc_id"], promises["feedback"])
    counts = counts.reindex(columns=list(FEEDBACK), fill_value=0)
    counts.insert(0, "n_promises", counts.sum(axis=1))
    counts.insert(1, "n_testable", counts["n_promises"] - counts["no_next_report"])
    return counts.rename_axis(columns=None).reset_index()


def _followed(
    promise: Any,
    known: list[_Result],
    weights: Mapping[str, float],
    numbers: Mapping[str, pd.DataFrame],
    *,
    is_known: bool,
) -> dict[str, Any]:
    if not is_known:
        return {"feedback": "no_next_report"}
    result, score = _best(_pairs(promise.text), known, weights)
    if result is None or score < _TOUCHES:
        return {"feedback": "none", "score": round(score, 3)}
    found = {
        "result_sentence_id": result.sentence_id,
        "result_text": result.text,
        "score": round(score, 3),
    }
    if score < _ANSWERS:
        return found | {"feedback": "vague"}
    wanted = _numbers(numbers.get(promise.sentence_id), promise.start, promise.end)
    pair = _same_unit(wanted, _numbers(numbers.get(result.sentence_id)))
    if pair:
        found |= {"promised": pair[0].value, "reported": pair[1].value, "is_met": _is_met(*pair)}
    return found | {"feedback": _mode(result.text, has_amount=bool(wanted), has_answer=bool(pair))}


def _mode(result: str, *, has_amount: bool, has_answer: bool) -> str:
    """The kind of feedback of a sentence on the matter.

    >>> _mode("全年举办法治讲座22场。", has_amount=True, has_answer=True)
    'plain'
    >>> _mode("执法信息平台正在建设。", has_amount=False, has_answer=False)
    'indirect'
    """
    if has_answer:
        return "plain"
    if has_amount or _UNFINISHED.search(result):
        return "indirect"
    return "plain" if _DONE.search(result) else "vague"


def _is_met(promised: Any, reported: Any) -> bool:
    """Whether the number reported keeps the number promised; 5%以内 asks for less, not more."""
    if promised.bound == "under":
        return bool(reported.value <= promised.value)
    return bool(reported.value >= promised.value)


def _same_unit(promised: list[Any], reported: list[Any]) -> tuple[Any, Any] | None:
    for one in promised:
        for other in reported:
            if one.unit == other.unit and one.kind == other.kind:
                return one, other
    return None


def _numbers(rows: pd.DataFrame | None, start: int = 0, end: int | None = None) -> list[Any]:
    if rows is None:
        return []
    inside = rows[(rows["start"] >= start) & (rows["kind"] != "rank")]
    if end is not None:
        inside = inside[inside["start"] < end]
    return list(inside.itertuples())


def _next_report(document: Any, documents: pd.DataFrame) -> str | None:
    """The report that can tell what became of a document's promises."""
    if pd.isna(document.ref_area) or pd.isna(document.year):
        return None
    after = int(document.year) + (document.doc_type not in _PLAN_TYPES)
    same = documents["ref_area"].eq(document.ref_area) & documents["year"].eq(after)
    same &= documents["level"].eq("department").fillna(False) == (document.level == "department")
    if document.level == "department":
        same &= documents["issuer"].eq(document.issuer)
    there = documents[same.fillna(False) & ~documents["doc_type"].isin(_PLAN_TYPES)]
    if there.empty:
        return None
    ranked = there.assign(_other=there["doc_type"] != "annual_report")
    return str(ranked.sort_values(["_other", "doc_id"])["doc_id"].iloc[0])


def _results(sentences: pd.DataFrame) -> dict[str, list[_Result]]:
    told = sentences[~sentences["role"].isin(_NO_RESULT)]
    found: dict[str, list[_Result]] = {}
    for row in told.itertuples():
        result = _Result(row.sentence_id, row.text, _pairs(row.text))
        found.setdefault(row.doc_id, []).append(result)
    return found


def _of(agenda: pd.DataFrame, kind: str) -> Iterator[Any]:
    return agenda[agenda["kind"] == kind].itertuples()


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters that say what a sentence is about."""
    pieces = re.split(r"[^一-鿿A-Za-z]+", _stock().sub(" ", _ITEM.sub(" ", text)))
    return frozenset(
        piece[n : n + 2] for piece in pieces for n in range(len(piece) - 1) if len(piece) > 1
    )


@cache
def _stock() -> re.Pattern[str]:
    words = read_yaml(paths.data("words", "statements.yml"))["stock"]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _weights(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """Rare pairs weigh more: 行政 stands everywhere and links nothing."""
    known = list(texts)
    spread = Counter(pair for pairs in known for pair in pairs)
    return {pair: math.log((1 + len(known)) / (1 + n)) + 0.1 for pair, n in spread.items()}


def _best(
    wanted: frozenset[str], known: list[_Result], weights: Mapping[str, float]
) -> tuple[_Result | None, float]:
    """The sentence that has the largest part of the wanted words, and that part by weight."""
    rarest = math.log(1 + len(known)) + 0.1
    whole = sum(weights.get(pair, rarest) for pair in wanted)
    best, score = None, 0.0
    for result in known if whole else ():
        part = sum(weights.get(pair, 0.0) for pair in wanted & result.pairs) / whole
        if part > score:
            best, score = result, part
    return best, score
