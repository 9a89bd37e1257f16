"""From the parameters and measures of a page to the sentences that state them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from govlaw.errors import InputError
from govlaw.framework import area_of
from govlaw.knowledge import did_you_mean
from govlaw.pages.markup import named_rows
from govlaw.pages.words import Said
from govlaw.stats.agreement import NO_CODE, kappa_interval, score_codes
from govlaw.stats.events import events_of

_ASIDE = {
    "places": Said("地名", "place names"),
    "dates": Said("时间词", "words for dates"),
    "stock": Said("套话", "stock words"),
    "exclude": Said("另列的词", "words named"),
}
_BACKGROUNDS = {
    "corpus": Said(
        "背景是本语料：词重说明这里用得多，而本语料的其他部分用得少。",
        "Background: this corpus. A heavy word is used here and little in its other parts.",
    ),
    "general": Said(
        "背景是一般汉语（jieba 词典的词频）：词重说明这里用得多，而一般文字用得少；"
        "所有报告共有的词因此也在内。",
        "Background: general Chinese (frequencies of jieba's dictionary). A heavy word is used "
        "here and little in other writing, so words that all reports share are among them.",
    ),
}
_MEASURES = {
    "log_odds": Said(
        "按带先验的对数优势比排序（Monroe、Colaresi、Quinn 2008），横线是 95% 区间；"
        "G2 是似然比（Dunning 1993）。",
        "Ranked by log odds with an informative prior (Monroe, Colaresi and Quinn 2008), bars are "
        "95% intervals; G2 is the likelihood ratio (Dunning 1993).",
    ),
    "g2": Said(
        "按似然比 G2 排序（Dunning 1993）；横线是对数优势比的 95% 区间"
        "（Monroe、Colaresi、Quinn 2008）。",
        "Ranked by the likelihood ratio G2 (Dunning 1993); bars are 95% intervals of the log odds "
        "(Monroe, Colaresi and Quinn 2008).",
    ),
}
_BREAKS = {
    "split": Said("逐词分开画", "drawn term by term"),
    "joined": Said("合在一起画", "drawn joined"),
}
_SHARES = {
    "share_chars": Said("各领域占字数的比例", "Share of characters by area"),
    "share_sentences": Said("各领域占句数的比例", "Share of sentences by area"),
    "share_numbers": Said("各领域占数字的比例", "Share of numbers by area"),
}
NO_PASSES = Said(
    "本语料中没有人工编码过任务领域的文件，无从打分。",
    "No document of this corpus had its task areas coded by hand.",
)
#: Columns that only the frames of these pages have.
COLUMNS: Mapping[str, Said] = {
    "g2": Said("G2", "G2"), "log_ratio": Said("频率比 (log2)", "rate ratio (log2)"),
    "n_docs_group": Said("本组文件数", "documents in group"),
    "n_docs_other": Said("对照文件数", "documents in the others"),
    "n_sentences": Said("有词的句数", "sentences with it"),
    "n_all_sentences": Said("总句数", "all sentences"),
    "share_sentences": Said("占句数", "share of sentences"),
    "share_numbers": Said("占数字", "share of numbers"),
    "step": Said("步", "step"), "left": Said("一边", "one side"),
    "right": Said("另一边", "other side"), "distance": Said("距离", "distance"),
    "feedback_score": Said("反馈分 (0–3)", "feedback (0-3)"),
    "mean_score": Said("平均反馈分", "mean feedback"),
    "plan_score": Said("安排得分", "score of the plan"), "score": Said("得分", "score"),
    "first": Said("第一遍", "first pass"), "second": Said("第二遍", "second pass"),
    "agreed": Said("裁定", "agreed"), "found": Said("程序", "program"),
    "n_hit": Said("相同", "hits"), "idf": Said("逆频率", "idf"),
}  # fmt: skip
_WHAT = {
    "issued": Said("印发", "issued"), "published": Said("公布", "published"),
    "in_force": Said("施行", "in force"),
}  # fmt: skip


def _of(known: Mapping[str, Said], parameter: str, value: str) -> Said:
    if value not in known:
        raise InputError(f"{parameter}={value!r}", "no such choice", did_you_mean(value, known))
    return known[value]


def say_aside(found: Mapping[str, Sequence[str]], exclude: Collection[str] = ()) -> Said:
    """Which words were set aside, and how many; ``set_aside`` and ``exclude`` change it."""
    kinds = {kind: words for kind, words in {**found, "exclude": sorted(exclude)}.items() if words}
    if not kinds:
        return Said(
            "没有搁置任何词（参数 set_aside、exclude）。",
            "No words are set aside (parameters set_aside, exclude).",
        )
    zh = "；".join(f"{_ASIDE[k].zh} {len(w)} 个（{_some(w)}）" for k, w in kinds.items())
    en = "; ".join(f"{len(w)} {_ASIDE[k].en} ({_some(w)})" for k, w in kinds.items())
    return Said(f"搁置不计：{zh}。参数 set_aside、exclude 可改。",
                f"Set aside: {en}. Parameters set_aside and exclude change this.")  # fmt: skip


def _some(words: Sequence[str], n: int = 5) -> str:
    return f"{'、'.join(words[:n])}{'…' if len(words) > n else ''}"


def say_background(background: str) -> Said:
    """What the weights are weighed against."""
    return _of(_BACKGROUNDS, "background", background)


def say_measure(measure: str) -> Said:
    """By which measure of keyness the words are ranked, and where it is described."""
    return _of(_MEASURES, "measure", measure)


def say_events(events: pd.DataFrame, trend: pd.DataFrame, groups: Sequence[str]) -> Said | None:
    """The events that stand as lines on the panels, by number, with date and source."""
    years = sorted({int(year) for year in trend["year"]})
    drawn: dict[int, Any] = {}
    for group in groups:
        for event in events_of(group.partition(":")[0], events, years):
            drawn[event.Index + 1] = event
    if not drawn:
        return None
    zh = "；".join(
        f"{n}. {e.date} {_WHAT[e.what].zh}《{e.name_zh}》（{e.source}）"
        for n, e in sorted(drawn.items())
    )
    en = "; ".join(
        f"{n}. {e.name_en}, {_WHAT[e.what].en} {e.date}" for n, e in sorted(drawn.items())
    )
    return Said(
        f"图上的虚线：{zh}。线只标日期，不说明变化由它引起。",
        f"Dashed lines: {en}. A line marks a date and explains nothing.",
    )


def say_presence(missing: pd.DataFrame, names: Mapping[str, str]) -> Said:
    """How many reports the corpus has of its places and years, and which it lacks."""
    counts = missing["presence"].value_counts()
    n = {kind: int(counts.get(kind, 0)) for kind in ("present", "absent", "unknown")}
    lacking = list(named_rows(missing[missing["presence"] == "absent"].head(6)))
    listed = "、".join(f"{names.get(str(r.ref_area), r.ref_area)} {r.year}" for r in lacking)
    listed += "…" if n["absent"] > len(lacking) else ""
    places = missing["ref_area"].nunique()
    return Said(
        f"{places} 个地区共 {len(missing)} 个年度格子：有报告 {n['present']}，缺 {n['absent']}"
        f"{f'（{listed}）' if listed else ''}，不明 {n['unknown']}"
        "（年度不详，或只有计划、报道而没有报告）。",
        f"{places} places, {len(missing)} cells: {n['present']} present, {n['absent']} absent"
        f"{f' ({listed})' if listed else ''}, {n['unknown']} unknown (no year, or plans and "
        "features only).",
    )


def say_breaks(breaks: str, groups: Mapping[str, str], wanted: Sequence[str]) -> Said | None:
    """Whether words that gave way to one another are shown joined or apart."""
    if not wanted:
        return Said("没有出现换过说法的词组。", "No group whose words were renamed occurs.")
    listed = "、".join(groups.get(group, group) for group in wanted)
    how = _of(_BREAKS, "breaks", breaks)
    return Said(
        f"换过说法的词组：{listed}，{how.zh}（参数 breaks：split 分开，joined 合并）。"
        "分开看得出换词，合并看得出事情是否还在；换词不是做法变了。",
        f"Groups whose words were renamed: {listed}; {how.en} (parameter breaks: split or joined). "
        "Split shows that words changed, joined whether the matter went on; new words are not "
        "new behaviour.",
    )


def coding_scores(compared: pd.DataFrame) -> pd.DataFrame:
    """Scores by code of the program against the agreed codes, worst first, the mean at the top."""
    scores = score_codes(list(compared["agreed"]), list(compared["found"]))
    ranked = scores.assign(rank=scores["code"].ne("macro")).sort_values(["rank", "f1"])
    names = {"macro": "宏平均", NO_CODE: "没有主要领域"}
    known = [names.get(str(c)) or area_of(str(c)).name_zh for c in ranked["code"]]
    ranked.insert(1, "name_zh", known)
    return ranked.drop(columns="rank").round(3).reset_index(drop=True)


def say_coding(compared: pd.DataFrame) -> Said:
    """How far the two passes agree, and how well the program does, in-sample."""
    kappa, low, high = kappa_interval(list(compared["first"]), list(compared["second"]))
    same = int((compared["first"] == compared["second"]).sum())
    macro = score_codes(list(compared["agreed"]), list(compared["found"])).iloc[-1]
    n = len(compared)
    return Said(
        f"{n} 句由两人各编一遍，{same} 句相同，Cohen κ = {kappa:.2f}"
        f"（95% 区间 {low:.2f}–{high:.2f}，按句自助抽样）；不同的 {n - same} 句按写明的规则裁定。"
        f"程序对裁定结果的宏平均 F1 = {float(macro['f1']):.2f}。"
        "词表编写时看过这些句子，分数是样本内的；两遍都不是受过同一手册训练的编码员。",
        f"{n} sentences coded by two coders, {same} alike, Cohen's kappa {kappa:.2f} (95% "
        f"{low:.2f}-{high:.2f}, bootstrap over sentences); the other {n - same} were settled by a "
        f"written rule. The program's macro F1 against that is {float(macro['f1']):.2f}. The word "
        "lists were written with these sentences in sight: in-sample; and neither coder was "
        "trained on a common manual.",
    )


def differences(compared: pd.DataFrame) -> pd.DataFrame:
    """The sentences on which the passes, or the program and the agreed code, differ."""
    odd = (compared["first"] != compared["second"]) | (compared["agreed"] != compared["found"])
    return compared.loc[odd, ["sentence_id", "first", "second", "agreed", "found"]]


def say_share(measure: str) -> Said:
    """What the shares of the areas are shares of."""
    return _of(_SHARES, "measure", measure)


def say_chains(linked: pd.DataFrame) -> Said:
    """How many shortcomings are met by a plan, and how many plans have a sequel to look into."""
    planned = linked["plan_text"].notna()
    followed = planned & linked["feedback"].isin(["plain", "indirect", "vague", "none"])
    return Said(
        f"{len(linked)} 项不足中，{int(planned.sum())} 项有对应的安排，"
        f"其中 {int(followed.sum())} 项可以在下一年报告中查对。分数是相同用词的加权占比，"
        "连线是线索，两头的句子都在。",
        f"Of {len(linked)} shortcomings {int(planned.sum())} are met by a plan, "
        f"{int(followed.sum())} of which can be looked up in the next report. The score is the "
        "weighed share of words in common; a link is a lead, with both sentences at hand.",
    )
