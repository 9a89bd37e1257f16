"""From coded sentences, problems and promises to the words and frames that show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govlaw.errors import InputError
from govlaw.pages.markup import named_rows
from govlaw.pages.words import Said, value_label
from govlaw.stats.frameworks import UNCODED, uncovered_areas
from govlaw.stats.promises import FEEDBACK
from govlaw.stats.specificity import specificity_profile
from govlaw.stats.topics import Topics, find_topics

NO_SCORE = Said(
    "占比是文字上的着墨，不是官方评估得分；官方指标的权重没有公布，这里不推算。"
    "没有归到某领域，不等于没有做。",
    "Shares are attention in a text and no official score, whose weights are not public. Not "
    "found is not the same as not done.",
)
LINKED_BY_WORDS = Said(
    "承诺与结果按用词配对，是待核对的线索；没有找到下文不等于没有做。",
    "Promises and results are paired by their words: leads to be checked. No sequel found is not "
    "the same as not done.",
)
#: The marks of a sentence that are shown by section.
MARKS: Mapping[str, Said] = {
    "share_number": Said("有数字", "number"), "share_instrument": Said("有文件名", "text named"),
    "share_actor": Said("有机构", "body named"), "share_date": Said("有日期", "date"),
    "share_specific": Said("至少一项", "any of these"), "share_hedged": Said("有弱化词", "hedge"),
    "share_slogan": Said("有口号", "slogan"),
}  # fmt: skip


def area_names(coverage: pd.DataFrame, lang: str) -> dict[str, str]:
    """The areas in order, those outside the outline last."""
    known = coverage.drop_duplicates("code").sort_values(
        "code", key=lambda c: c.map(lambda x: (x in ("LS", UNCODED), x))
    )
    column = "name_en" if lang == "en" else "name_zh"
    return dict(zip(known["code"], known[column], strict=True))


def say_areas(coverage: pd.DataFrame, labels: Mapping[str, str]) -> Said | None:
    """Which area gets most of the text, and which documents leave areas out."""
    coded = coverage[coverage["code"] != UNCODED]
    if coded.empty:
        return None
    mean = coded.groupby("code")["share_chars"].mean()
    code, share = str(mean.idxmax()), float(mean.max())
    zh, en = (area_names(coverage, lang)[code] for lang in ("zh", "en"))
    silent = uncovered_areas(coverage)
    n, some = silent["doc_id"].nunique(), list(named_rows(silent.head(4)))
    listed_zh = "；".join(f"{labels.get(r.doc_id, r.doc_id)}没有“{r.name_zh}”" for r in some)
    listed_en = "; ".join(f"{labels.get(r.doc_id, r.doc_id)} lacks {r.name_en}" for r in some)
    return Said(
        f"平均着墨最多的是“{zh}”（{share:.0%}）。{coded['doc_id'].nunique()} 份文件中，"
        f"{n} 份有没写到的领域{f'：{listed_zh}' if some else ''}。",
        f"On average most text goes to {en} ({share:.0%}). {n} of {coded['doc_id'].nunique()} "
        f"documents leave an area out{f': {listed_en}' if some else ''}.",
    )


def say_problems(problems: pd.DataFrame) -> Said:
    """How many shortcomings are stated with a cause, specifically, and met by a plan."""
    n, n_docs = len(problems), problems["doc_id"].nunique()
    cause = int(problems["has_cause"].fillna(False).astype(bool).sum())
    firm = int(problems["is_specific"].astype(bool).sum())
    met = int(problems["plan_text"].notna().sum())
    return Said(
        f"{n_docs} 份文件写出 {n} 项不足：{cause} 项写了原因，{firm} 项写得具体，"
        f"{met} 项在下一步安排中有对应。",
        f"{n_docs} documents state {n} shortcomings: {cause} with a cause, {firm} specific, "
        f"{met} met by a plan.",
    )


def say_promises(summary: pd.DataFrame) -> Said:
    """How many promises could be followed into the next report, and what became of them."""
    total, testable = (int(summary[c].sum()) for c in ("n_promises", "n_testable"))
    if not testable:
        return Said(
            f"共 {total} 项承诺；没有同一地区下一年度的报告，无从追踪。",
            f"{total} promises; no next report of the same place, so none can be followed.",
        )
    kinds = [k for k in FEEDBACK if k != "no_next_report"]
    zh = "、".join(f"{value_label('feedback', k).zh} {int(summary[k].sum())}" for k in kinds)
    en = ", ".join(f"{value_label('feedback', k).en} {int(summary[k].sum())}" for k in kinds)
    return Said(f"共 {total} 项承诺，{testable} 项可以追踪：{zh}。",
                f"{total} promises, {testable} can be followed: {en}.")  # fmt: skip


def marks_by_role(statements: pd.DataFrame) -> pd.DataFrame:
    """Shares of sentences with each mark, a row a role of section."""
    profile = specificity_profile(statements, by="role")
    return profile.set_index("role")[["n_sentences", *MARKS]]


def say_marks(marks: pd.DataFrame) -> Said | None:
    """Where the text is specific and where it is not."""
    known: Any = marks[marks["n_sentences"] >= 5]
    if len(known) < 2:
        return None
    best, worst = known["share_specific"].idxmax(), known["share_specific"].idxmin()
    parts = [(value_label("role", r), float(known.at[r, "share_specific"]),
              int(known.at[r, "n_sentences"])) for r in (best, worst)]  # fmt: skip
    (one, high, n_one), (two, low, n_two) = parts
    return Said(
        f"写得最具体的是“{one.zh}”（{n_one} 句中 {high:.0%} 有数字、文件、机构或日期），"
        f"最笼统的是“{two.zh}”（{n_two} 句中 {low:.0%}）。",
        f"Most specific: {one.en} ({high:.0%} of {n_one} sentences name a number, text, body or "
        f"date); least: {two.en} ({low:.0%} of {n_two}).",
    )


def topics_or_refusal(term_counts: pd.DataFrame, **more: Any) -> tuple[Topics | None, Said]:
    """Topics, or the reason why this corpus has none."""
    try:
        found = find_topics(term_counts, **more)
    except InputError as error:
        n = term_counts["doc_id"].nunique()
        return None, Said(
            f"不作主题模型：语料只有 {n} 份文件。主题模型总会给出答案，文件太少时答案只是偶然。",
            f"No topic model: {error.what}. A topic model always answers; with so few documents "
            "it answers with chance.",
        )
    firm = int((found.stability["stability"] >= 0.5).sum())
    return found, Said(
        f"{len(found.stability)} 个主题中，{firm} 个在不同随机起点下大体重现（稳定度 ≥ 0.5）；"
        "其余的不宜解读。",
        f"{firm} of {len(found.stability)} topics come out again under other seeds (stability "
        "0.5 or more); the others should not be read.",
    )


def topic_rows(topics: Topics) -> pd.DataFrame:
    """A row a topic: its words, its stability and its mean share."""
    words = topics.terms.groupby("topic")["term"].agg("、".join)
    frame = topics.stability.set_index("topic")[["stability"]].round(2)
    return frame.assign(terms=words, share=topics.shares.mean().round(3)).reset_index()
