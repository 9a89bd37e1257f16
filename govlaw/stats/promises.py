"""From promises to what the next report of the same place says of them, and from problems to plans.

The link is found by shared words and is a proposal with a score: both sentences are named so that
a reader can judge. Feedback follows Yang Jun's four kinds: plain, indirect, vague, none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from govlaw.stats.answers import answers_to, is_met, numbers_of, same_unit, within
from govlaw.stats.wording import (
    AMOUNT,
    ITEM,
    Wording,
    best_match,
    head_of,
    pairs_of,
    plan_for,
    weigh,
)

FEEDBACK = ("plain", "indirect", "vague", "none", "no_next_report")
#: How much a reader learns of a promise, 0 to 3; ranks, so a mean of them orders and measures not.
FEEDBACK_SCORES = {"plain": 3, "indirect": 2, "vague": 1, "none": 0}
PROBLEM_COLUMNS = (
    "doc_id", "sentence_id", "text", "has_cause", "is_specific", "n_hedges",
    "plan_sentence_id", "plan_text", "score",
)  # fmt: skip
PROMISE_COLUMNS = (
    "doc_id", "ref_area", "year", "sentence_id", "text", "deadline", "amount", "next_doc_id",
    "result_sentence_id", "result_text", "score", "feedback", "feedback_score", "promised",
    "reported", "is_met",
)  # fmt: skip
#: What a table of links has to say.
LINKED_BY_WORDS = "承诺与结果按用词配对,是待核对的线索;没有找到下文不等于没有做。"

# 达到4人 answers 达到4人 with fewer words in common than words alone would need.
_ANSWERS, _COUNTS, _TOUCHES = 0.45, 0.36, 0.28
_PLAN_TYPES = ("plan", "scheme")
_NO_RESULT = ("problems", "causes", "plan", "noise")
# 正在推进 and 尚未 tell of the matter and not of its end.
_UNFINISHED = re.compile(r"正在|推进中|进行中|尚未|未能|仍在|仍需|筹备|拟于|下一步|有待")
_DONE = re.compile(
    r"已|完成|建成|实现|建立了?|出台|印发|制定|开展|举办|组织|达到?|办结|培训|成立|设立|修订|公布|配备|提高|下降|落实"
    r"|挂牌|揭牌|到位|投入使用|投用|投入运行|上线|启用|落地|走进|采购|新增|[0-9０-９]"
)


def problem_table(agenda: pd.DataFrame) -> pd.DataFrame:
    """Each problem: whether it has a cause and is specific, and which plan of its report meets it.

    ``plan_text`` is empty where no plan of the report shares enough of the problem's words.
    """
    rows = []
    for _, one in agenda.groupby("doc_id", sort=False):
        plans = [Wording(p.sentence_id, p.text, pairs_of(p.text)) for p in _of(one, "plan")]
        weights = weigh([plan.pairs for plan in plans])
        for problem in _of(one, "problem"):
            plan, score = plan_for(problem.text, plans, weights)
            rows.append(
                {
                    **{name: getattr(problem, name) for name in PROBLEM_COLUMNS[:6]},
                    "plan_sentence_id": plan.sentence_id if plan else None,
                    "plan_text": plan.text if plan else None,
                    "score": round(score, 3) if plan else None,
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
    nothing about the promise. ``feedback_score`` ranks them from 3 to 0 and is empty for the last;
    ``score`` is how many words the two share, weighed by how rare they are. ``is_met`` compares
    numbers of one unit and is empty without them.
    """
    results, numbers, reports = _results(sentences), numbers_of(quantities), _reports(documents)
    promises: dict[Any, list[Any]] = {}
    for promise in _of(agenda, "plan"):
        promises.setdefault(promise.doc_id, []).append(promise)
    rows: list[dict[str, Any]] = []
    for document in documents.itertuples():
        following = _next_report(document, reports)
        known = results.get(following, []) if following else []
        weights = weigh([result.pairs for result in known])
        for promise in promises.get(document.doc_id, []):
            row: dict[str, Any] = dict.fromkeys(PROMISE_COLUMNS)
            row |= {name: getattr(promise, name) for name in ("sentence_id", "text", "deadline")}
            row |= {"doc_id": document.doc_id, "ref_area": document.ref_area}
            row |= {"year": document.year, "amount": promise.amount, "next_doc_id": following}
            row |= _followed(promise, known, weights, numbers, is_known=bool(following))
            row["feedback_score"] = FEEDBACK_SCORES.get(row["feedback"])
            rows.append(row)
    return pd.DataFrame(rows, columns=list(PROMISE_COLUMNS))


def feedback_summary(promises: pd.DataFrame) -> pd.DataFrame:
    """How many promises of each document got which feedback; ``n_testable`` had a next report.

    ``mean_score`` is the mean rank of the feedback of those that had one.
    """
    if promises.empty:
        return pd.DataFrame(columns=["doc_id", "n_promises", "n_testable", *FEEDBACK, "mean_score"])
    counts = pd.crosstab(promises["doc_id"], promises["feedback"])
    counts = counts.reindex(columns=list(FEEDBACK), fill_value=0)
    counts.insert(0, "n_promises", counts.sum(axis=1))
    counts.insert(1, "n_testable", counts["n_promises"] - counts["no_next_report"])
    ranks = promises["feedback_score"].astype("float64").groupby(promises["doc_id"])
    counts["mean_score"] = ranks.mean().round(2)
    return counts.rename_axis(columns=None).reset_index()


def _followed(
    promise: Any,
    known: list[Wording],
    weights: Mapping[str, float],
    numbers: Mapping[str, list[Any]],
    *,
    is_known: bool,
) -> dict[str, Any]:
    if not is_known:
        return {"feedback": "no_next_report"}
    asked = _asked(promise)
    result, score = best_match(asked, known, weights)
    if result is None or score < _TOUCHES:
        return {"feedback": "none", "score": round(score, 3)}
    found = {
        "result_sentence_id": result.sentence_id,
        "result_text": result.text,
        "score": round(score, 3),
    }
    wanted = within(numbers.get(promise.sentence_id, []), promise.start, promise.end)
    heads = {head_of(promise.text[: number.start - promise.start]) for number in wanted}
    answers = answers_to(asked, heads - {""}, result, numbers.get(result.sentence_id, []))
    pair = next(filter(None, (same_unit(wanted, answer) for answer in answers)), None)
    if score < (_COUNTS if pair else _ANSWERS):
        return found | {"feedback": "vague"}
    # 建成听证室1间 promises a room and no number.
    has_amount = any(number.value != 1 or number.kind != "count" for number in wanted)
    if pair:
        found |= {"promised": pair[0].value, "reported": pair[1].value, "is_met": is_met(*pair)}
    return found | {"feedback": _mode(result.text, has_amount=has_amount, has_answer=bool(pair))}


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


def _reports(documents: pd.DataFrame) -> dict[Any, list[tuple[bool, str]]]:
    """The documents that tell results, by place, issuing department and year; annual ones first."""
    found: dict[Any, list[tuple[bool, str]]] = {}
    told: Iterable[Any] = documents.itertuples()
    for document in told:
        if document.doc_type not in _PLAN_TYPES and not pd.isna(document.year):
            entry = (document.doc_type != "annual_report", str(document.doc_id))
            found.setdefault(_place(document, int(document.year)), []).append(entry)
    return found


def _next_report(document: Any, reports: Mapping[Any, list[tuple[bool, str]]]) -> str | None:
    """The report that can tell what became of a document's promises."""
    if pd.isna(document.ref_area) or pd.isna(document.year):
        return None
    after = int(document.year) + (document.doc_type not in _PLAN_TYPES)
    there = [e for e in reports.get(_place(document, after), []) if e[1] != document.doc_id]
    return min(there)[1] if there else None


def _place(document: Any, year: int) -> tuple[Any, ...]:
    # A bureau's promises are kept by the bureau, not by its county.
    bureau = (
        document.issuer if document.level is not pd.NA and document.level == "department" else None
    )
    return str(document.ref_area), bureau, year


def _results(sentences: pd.DataFrame) -> dict[str, list[Wording]]:
    told = sentences[~sentences["role"].isin(_NO_RESULT)]
    found: dict[str, list[Wording]] = {}
    for doc_id, sentence_id, text, start in told[
        ["doc_id", "sentence_id", "text", "start"]
    ].to_numpy():
        found.setdefault(doc_id, []).append(Wording(sentence_id, text, pairs_of(text), int(start)))
    return found


def _of(agenda: pd.DataFrame, kind: str) -> Iterator[Any]:
    return agenda[agenda["kind"] == kind].itertuples()


def _asked(promise: Any) -> frozenset[str]:
    """The words to look for: those of the clause with the number, else all.

    举办法治讲座20场以上,覆盖全部乡镇 is kept by lectures, whatever is said of the townships.
    """
    for clause in re.split(r"[,，;；。]", promise.text if pd.notna(promise.amount) else ""):
        pairs = pairs_of(clause)
        if AMOUNT.search(ITEM.sub(" ", clause)) and len(pairs) >= 3:
            return pairs
    return pairs_of(promise.text)
