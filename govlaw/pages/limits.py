"""From the size of a corpus to what a chart of it cannot show, said beside the chart."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govlaw.pages.words import Said

#: Documents below which every chart says what so few cannot show.
ENOUGH = 30
_KINDS: Mapping[str, Said] = {
    "presence": Said(
        "“缺”只说明本语料里没有，不说明当地没有写过。",
        "Absent means not in this corpus, and not that the place never wrote one.",
    ),
    "trend": Said(
        "每一点只代表图上注明的几份文件；区间只管这些文字本身的偶然，管不到没有收进来的报告。"
        "看得出哪些词在哪里出现，看不出一年比一年多还是少。",
        "Each point stands for the few documents named below it; the interval covers chance within "
        "these texts and nothing about reports that are not here. It shows where words occur, not "
        "whether they rise or fall.",
    ),
    "terms": Said(
        "权重高的词多半是个别文件的题材，不能当作一类地区或一个年度的特点。",
        "Heavy words are mostly the matter of single documents and no trait of a region or year.",
    ),
    "apart": Said(
        "两边各只有几份文件，词的差别首先是这几份文件的差别；z 值和区间把词当作逐个抽取，"
        "而词是成篇出现的，实际的不确定更大。",
        "With few documents a side, the words tell these texts apart first of all; z and intervals "
        "take words as drawn one by one, while they come in texts, so the real uncertainty is "
        "larger.",
    ),
    "likeness": Said(
        "相似度随篇幅、文种和年度而变；文件少时，分组由偶然决定，不能据此说谁学了谁。",
        "Likeness depends on length, kind and year; with few documents the groups are chance, and "
        "they do not say who follows whom.",
    ),
    "areas": Said(
        "比较的是几份文件的文字，不是几个地区的工作；没有写到不等于没有做。",
        "This compares the words of a few documents and not the work of places; what is left out "
        "of a text may have been done.",
    ),
    "deadline": Said(
        "几份文件得不出按期率；没有日期的网页不算逾期。",
        "A few documents give no rate of timeliness; a page without a date is not late.",
    ),
    "specific": Said(
        "各类段落的句子来自几份文件，差别可能是一位执笔人的习惯。",
        "The sentences of each part come from a few documents: a difference may be one writer's.",
    ),
    "borrowed": Said(
        "只和本语料及法规文本比过；没有相同文字，不说明没有抄自语料以外的文件。",
        "Compared with this corpus and the shelf only: nothing in common is no proof that nothing "
        "was taken from elsewhere.",
    ),
    "quality": Said(
        "分数来自编写规则时看过的文件，是样本内的，不能当作读新报告的准确率。",
        "The scores come from documents seen while the rules were written; they are in-sample and "
        "no accuracy on new reports.",
    ),
    "values": Said(
        "几份文件排不出高低；没有写明不等于没有，各地口径也未必相同。",
        "A few documents make no ranking; not stated is not none, and definitions may differ.",
    ),
}  # fmt: skip


def cannot_show(kind: str, documents: pd.DataFrame) -> Said | None:
    """What a chart of this corpus cannot show; None where there are documents enough.

    >>> documents = pd.DataFrame({"doc_id": ["001"], "ref_area": ["511112"]})
    >>> cannot_show("deadline", documents).zh
    '只有 1 份文件，来自 1 个地区：几份文件得不出按期率；没有日期的网页不算逾期。'
    >>> cannot_show("values", pd.DataFrame({"doc_id": ["001"], "ref_area": [None]})).zh[:18]
    '只有 1 份文件，来自 0 个地区（'
    """
    n, places = len(documents), documents["ref_area"].dropna().nunique()
    if n >= ENOUGH:
        return None
    said = _KINDS.get(kind, _KINDS["values"])
    some = f"{n} document{'s' * (n != 1)}, {places} place{'s' * (places != 1)}"
    # A document whose place was not recognised comes from none of those that were counted.
    unplaced = int(documents["ref_area"].isna().sum())
    zh, en = (
        (f"（{unplaced} 份地区不明）", f" ({unplaced} of unknown place)") if unplaced else ("", "")
    )
    return Said(
        f"只有 {n} 份文件，来自 {places} 个地区{zh}：{said.zh}", f"Only {some}{en}: {said.en}"
    )
