"""From a frame to the sentence that says what it shows: computed on every run, never typed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govlaw.pages.words import Said, value_label

NONE_BOUND = Said(
    "本语料中没有受规定约束的年度报告或部门报告。",
    "No annual or department report of this corpus is bound by the rule.",
)
_STATED = ("stated", "stated_in_words", "pooled")


def shared_years(documents: pd.DataFrame) -> set[tuple[int, int]]:
    """Neighbouring years on which at least one and the same place reports."""
    known = documents.dropna(subset=["ref_area", "year"])
    seen = set(zip(known["ref_area"], known["year"].astype(int), strict=True))
    return {(year, year + 1) for area, year in seen if (area, year + 1) in seen}


def corpus(documents: pd.DataFrame, ledger: pd.DataFrame) -> Said:
    """What went in and what came out."""
    states = ledger["status"].value_counts()
    zh = "、".join(f"{value_label('status', s).zh} {n}" for s, n in states.items())
    en = ", ".join(f"{n} {value_label('status', s).en}" for s, n in states.items())
    years = documents["year"].dropna().astype(int)
    span = f"{years.min()}–{years.max()}" if len(years) else "?"
    places = documents["ref_area"].dropna().nunique()
    chars = int(documents["n_chars"].sum())
    return Said(
        f"共 {len(ledger)} 个文件（{zh}），得 {len(documents)} 份文件，来自 {places} 个地区，"
        f"报告年度 {span}，正文 {chars:,} 字。",
        f"{len(ledger)} files ({en}) gave {len(documents)} documents from {places} places on "
        f"{span}, {chars:,} characters of body text.",
    )


def confounded(documents: pd.DataFrame) -> Said | None:
    """The warning beside every comparison of years, while it is true."""
    known = documents.dropna(subset=["ref_area", "year"])
    years = known.groupby("ref_area")["year"].nunique()
    several = int((years > 1).sum())
    if len(years) and several * 2 >= len(years):
        return None
    return Said(
        f"{len(years)} 个地区中，报告不止一个年度的有 {several} 个。"
        "年度之间的差别同时也是地区和文种的差别，不能读作趋势。词频反映文字上的关注，不是工作成效。",
        f"Of {len(years)} places, {several} report on more than one year. A difference between "
        "years is also one between places and kinds of document, and no trend. Word counts "
        "measure attention in text, not performance.",
    )


def trend(rates: pd.DataFrame, names: Mapping[str, str]) -> Said | None:
    """The most frequent group, and the years without documents."""
    known = rates.dropna(subset=["rate_per_1k_chars"])
    if known.empty:
        return None
    top = known.sort_values("rate_per_1k_chars", ascending=False).iloc[0]
    n_docs = rates.groupby("year")["n_docs"].sum()
    gaps = [int(year) for year in n_docs.index[n_docs == 0]]
    name, year, rate = (
        names.get(top["group"], top["group"]),
        int(top["year"]),
        float(top["rate_per_1k_chars"]),
    )
    missing_zh = f"{'、'.join(map(str, gaps))} 年没有文件，图上留空。" if gaps else ""
    missing_en = f" No document for {', '.join(map(str, gaps))}: a gap, not zero." if gaps else ""
    return Said(
        f"最高的一点是“{name}”，{year} 年每千字 {rate:.2f} 次"
        f"（文件 {int(top['n_docs'])} 份）。{missing_zh}",
        f"The highest point is {name} in {year}: {rate:.2f} per 1,000 characters "
        f"({int(top['n_docs'])} documents).{missing_en}",
    )


def coverage(rows: pd.DataFrame, labels: Mapping[str, str]) -> Said | None:
    """How much is stated, and by which document most."""
    if rows.empty:
        return None
    stated = rows[rows["status"].isin(_STATED)]
    per = stated.groupby("doc_id").size().reindex(list(labels), fill_value=0)
    share, best = len(stated) / len(rows), str(per.idxmax())
    never = rows["indicator"].nunique() - stated["indicator"].nunique()
    label = labels[best].replace("\n", " ")
    return Said(
        f"{rows['indicator'].nunique()} 项指标 × {len(labels)} 份文件中，"
        f"{share:.0%} 的格子写明了数值；"
        f"最多的是 {label}（{int(per.max())} 项），有 {never} 项没有任何文件写明。",
        f"Of {rows['indicator'].nunique()} indicators in {len(labels)} documents, {share:.0%} are "
        f"stated; {label} states most ({int(per.max())}); {never} are stated by none.",
    )


def claimed(quantities: pd.DataFrame, unclaimed: pd.DataFrame) -> Said:
    """How many numbers an indicator claims, and how many wait for one."""
    n, used = len(quantities), len(quantities) - len(unclaimed)
    return Said(
        f"文件中共有 {n:,} 个数量，其中 {used:,} 个有指标认领；其余列为未认领，不会被当作没有。",
        f"{n:,} quantities were found, {used:,} are claimed by an indicator; the others are kept "
        "as unclaimed.",
    )


def likeness(matrix: pd.DataFrame, labels: Mapping[str, str]) -> Said | None:
    """The closest and the most distant pair."""
    names = [labels.get(str(d), str(d)).replace("\n", " ") for d in matrix.index]
    cells = matrix.to_numpy(dtype=float)
    pairs = [(float(cells[i, j]), names[i], names[j]) for i in range(len(names)) for j in range(i)]
    if not pairs:
        return None
    (high, a, b), (low, c, d) = max(pairs), min(pairs)
    return Said(
        f"用词最相近的是 {a} 与 {b}（余弦 {high:.2f}），最远的是 {c} 与 {d}（{low:.2f}）。"
        "文种相同的文件本来就更相近。",
        f"Closest in wording: {a} and {b} (cosine {high:.2f}); most distant: {c} and {d} "
        f"({low:.2f}). Documents of one kind are alike to begin with.",
    )


def terms(weights: pd.DataFrame, by: str, names: Mapping[str, str], top: int = 3) -> Said | None:
    """The heaviest words of each group."""
    parts = []
    en = []
    for key in list(dict.fromkeys(weights[by]))[:8]:
        best = weights[weights[by] == key].nlargest(top, "tf_idf")["term"]
        parts.append(f"{names.get(str(key), str(key))}：{'、'.join(best)}".replace("\n", " "))
        en.append(f"{names.get(str(key), str(key))}: {', '.join(best)}".replace("\n", " "))
    if not parts:
        return None
    return Said(f"权重最高的词。{'；'.join(parts)}。", f"Heaviest words. {'; '.join(en)}.")


def distinctive(rows: pd.DataFrame, here: Said, there: Said) -> Said | None:
    """How many words differ beyond chance, and those of each side that differ most."""
    if rows.empty:
        return None
    clear = rows[rows["z"].astype(float).abs() > 1.96]
    ours, theirs = ("、".join(part["term"]) for part in (
        rows.nlargest(3, "z"), rows.nsmallest(3, "z")))  # fmt: skip
    return Said(
        f"{len(rows):,} 个词中，有 {len(clear)} 个的差别超出抽样误差（|z| > 1.96，"
        f"没有按词数校正）；"
        f"“{here.zh}”一侧最突出的是{ours}，“{there.zh}”一侧是{theirs}。",
        f"Of {len(rows):,} words {len(clear)} differ beyond sampling error (|z| > 1.96, not "
        f"corrected for their number); on the side of {here.en} foremost {ours}, on that of "
        f"{there.en} {theirs}.",
    )


def contents(rows: pd.DataFrame) -> Said | None:
    """Which required content the reports that the rule binds leave out most often."""
    asked = rows[rows["is_bound"].astype(bool)]
    if asked.empty:
        return NONE_BOUND
    n = asked["doc_id"].nunique()
    absent = (
        asked[asked["presence"] != "present"].groupby("element").size().sort_values(ascending=False)
    )
    if absent.empty:
        return Said(
            f"{n} 份适用的报告五项法定内容齐全。", f"All {n} reports hold the five contents."
        )
    zh = "、".join(f"{value_label('element', e).zh} {k} 份" for e, k in absent.items())
    en = ", ".join(f"{value_label('element', e).en} in {k}" for e, k in absent.items())
    return Said(f"受规定约束的报告 {n} 份。没有专门写出的：{zh}。",
                f"{n} reports are under the rule. Without a place of their own: {en}.")  # fmt: skip


def timeliness(rows: pd.DataFrame) -> Said:
    """How many that the rule binds were published in time, and how many do not say."""
    bound = rows[rows["is_bound"].astype(bool)]
    if bound.empty:
        return NONE_BOUND
    counts = bound["status"].value_counts()
    zh = "、".join(f"{value_label('status', s).zh} {n} 份" for s, n in counts.items())
    en = ", ".join(f"{value_label('status', s).en} {n}" for s, n in counts.items())
    n = len(bound)
    return Said(f"受规定约束的报告 {n} 份，按次年 3 月 31 日的公布期限：{zh}。"
                "页面不载日期的，不算逾期。",
                f"{n} reports are under the rule, due on 31 March of the next year: {en}. "
                "Without a date: not late.")  # fmt: skip


def borrowed(shares: pd.DataFrame, labels: Mapping[str, str]) -> Said | None:
    """The document with most text in common with others."""
    total = shares.sum(axis=1)
    if total.empty or not float(total.max()):
        return None
    best = str(total.idxmax())
    label = labels.get(best, best).replace("\n", " ")
    return Said(
        f"与他文相同文字占比最高的是 {label}，{float(total.max()):.1%}。"
        "引用法规原文是正常的写法，单列一类。",
        f"{label} has the largest share of text in common, {float(total.max()):.1%}. Quoting the "
        "statute is normal and kept apart.",
    )


def verdicts(rows: pd.DataFrame) -> Said:
    """How many checks could be made and how they came out."""
    rows = rows[rows["verdict"] != "not_testable"]
    counts = rows["verdict"].value_counts()
    zh = "、".join(f"{value_label('verdict', v).zh} {n}" for v, n in counts.items()) or "无"
    en = ", ".join(f"{value_label('verdict', v).en} {n}" for v, n in counts.items()) or "none"
    return Said(f"可核对的算式 {len(rows)} 处：{zh}。", f"{len(rows)} checks were made: {en}.")


def quality(scores: pd.DataFrame, by: str) -> Said | None:
    """Scores with the warning that belongs to them."""
    if scores.empty:
        return None
    worst = scores.sort_values("f1", kind="stable").iloc[0]
    if float(worst["f1"]) == 1:
        n = int(scores["n_gold"].max())
        return Said(
            f"{n} 处人工标注全部读出，没有多读。这些文件在编写规则时已经看过，分数是样本内的，"
            "换成新的报告会更低。",
            f"All {n} codings by hand were found and nothing else. The rules were written with "
            "these documents in sight: the scores are in-sample and new reports will score lower.",
        )
    return Said(
        f"最低的是 {worst[by]}，F1 {float(worst['f1']):.2f}。"
        "这些文件在编写规则时已经看过，分数是样本内的，换成新的报告会更低。",
        f"Lowest: {worst[by]}, F1 {float(worst['f1']):.2f}. The rules were written with these "
        "documents in sight: the scores are in-sample and new reports will score lower.",
    )
