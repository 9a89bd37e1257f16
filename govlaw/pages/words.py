"""From the codes in the tables to the words a reader is shown, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup


class Said(NamedTuple):
    """The same thing in both languages; every label and every sentence of reading is one.

    >>> Said("年度报告", "annual report").first("en")
    'annual report'
    """

    zh: str
    en: str

    def first(self, lang: str) -> str:
        """The words in the reader's language."""
        return self.en if lang == "en" else self.zh

    def second(self, lang: str) -> str:
        """The words in the other language."""
        return self.zh if lang == "en" else self.en

    def html(self, lang: str) -> Markup:
        """Both, the reader's language first, each told to a screen reader.

        >>> print(Said("年度 <b>", "year").html("zh"))
        <span lang="zh-CN">年度 &lt;b&gt;</span> <span class="second" lang="en">year</span>
        """
        one, two = ("en", "zh-CN") if lang == "en" else ("zh-CN", "en")
        if not self.second(lang) or self.zh == self.en:
            return Markup('<span lang="{}">{}</span>').format(one, self.first(lang))
        return Markup('<span lang="{}">{}</span> <span class="second" lang="{}">{}</span>').format(
            one, self.first(lang), two, self.second(lang)
        )


def plain(value: str) -> Said:
    """Words that are the same in both languages, for example a code or a place name."""
    return Said(value, value)


#: What the codes of each column mean.
VALUES: Mapping[str, Mapping[str, Said]] = {
    "doc_type": {
        "annual_report": Said("年度报告", "annual report"),
        "department_report": Said("部门报告", "department report"),
        "plan": Said("工作计划", "plan"),
        "scheme": Said("实施方案", "scheme"),
        "special_report": Said("专题报告", "special report"),
        "news_feature": Said("新闻报道", "news feature"),
        "interpretation": Said("政策解读", "interpretation"),
        "other": Said("其他", "other"),
    },
    "role": {
        "body": Said("正文", "body"),
        "achievements": Said("举措与成效", "achievements"),
        "problems": Said("存在不足", "problems"),
        "causes": Said("原因", "causes"),
        "plan": Said("下一步安排", "plan"),
        "first_responsible": Said("第一责任人履职", "first responsible person"),
        "closing": Said("结尾", "closing"),
        "noise": Said("页面杂项", "page furniture"),
    },
    "status": {
        "stated": Said("写明数值", "stated"),
        "stated_in_words": Said("以文字写明", "stated in words"),
        "pooled": Said("合并计数", "pooled"),
        "no_number": Said("提及而无数", "no number"),
        "not_mentioned": Said("未提及", "not mentioned"),
        "accepted": Said("收录", "accepted"),
        "duplicate": Said("重复", "duplicate"),
        "rejected": Said("未收", "rejected"),
        "skipped": Said("跳过", "skipped"),
        "on_time": Said("按期", "on time"),
        "late": Said("逾期", "late"),
        "late_or_republished": Said("逾期或重新发布", "late or republished"),
        "unknown": Said("没有公布日期", "no date of publication"),
        "not_applicable": Said("不适用", "not applicable"),
    },
    "modality": {
        "done": Said("已完成", "done"),
        "ongoing": Said("进行中", "ongoing"),
        "planned": Said("计划", "planned"),
        "required": Said("要求", "required"),
        "past_year": Said("往年", "past year"),
    },
    "verdict": {
        "ok": Said("相符", "adds up"),
        "fail": Said("不符", "does not add up"),
        "overlap": Said("分项有重叠", "parts overlap"),
        "rounding": Said("四舍五入", "rounding"),
        "not_testable": Said("无法核对", "not testable"),
    },
    "class": {
        "statutory": Said("法规政策原文", "statutory text"),
        "peer": Said("他地报告", "another place's report"),
        "own_past": Said("本地往年报告", "own earlier report"),
        "unplaced": Said("地区或年度不明", "place or year unknown"),
        "formula": Said("套语", "stock phrase"),
        "renumbered": Said("只改数字", "only the numbers changed"),
    },
    "presence": {
        "present": Said("有", "present"),
        "mention_only": Said("仅提及", "mentioned only"),
        "absent": Said("无", "absent"),
        "not_applicable": Said("不适用", "not applicable"),
    },
    "element": {
        "achievements": Said("主要举措和成效", "measures and results"),
        "problems": Said("存在的不足", "shortcomings"),
        "causes": Said("不足的原因", "causes of shortcomings"),
        "first_responsible": Said("第一责任人履职", "first responsible person"),
        "plan": Said("下一年度安排", "next year's plan"),
    },
    "level": {
        "province": Said("省级", "province"),
        "city": Said("地级", "prefecture"),
        "county": Said("县级", "county"),
        "township": Said("乡级", "township"),
        "department": Said("部门", "department"),
    },
    "kind": {
        "count": Said("计数", "count"), "money": Said("金额", "money"),
        "rate": Said("比率", "rate"), "duration": Said("时长", "duration"),
        "change": Said("增减", "change"), "rank": Said("位次", "rank"),
        "other": Said("其他", "other"), "flow": Said("流量", "flow"),
        "stock": Said("存量", "stock"),
        "amount": Said("金额", "amount"),
        "furniture": Said("页面杂项", "page furniture"), "caption": Said("图片说明", "caption"),
        "glued_time": Said("粘连的时间", "glued time"),
        "problem": Said("不足", "problem"), "plan": Said("承诺", "promise"),
        "signature": Said("落款", "signature"),
        "attachment": Said("附件", "attachment"), "contact": Said("联系方式", "contact"),
    },
    "feedback": {
        "plain": Said("明确反馈", "plain"), "indirect": Said("间接反馈", "indirect"),
        "vague": Said("模糊反馈", "vague"), "none": Said("没有下文", "none"),
        "no_next_report": Said("没有下一年报告", "no next report"),
    },
    "has_cause": {"True": Said("有", "yes"), "False": Said("无", "no")},
    "is_specific": {"True": Said("具体", "specific"), "False": Said("笼统", "general")},
    "is_met": {"True": Said("达到", "kept"), "False": Said("未达到", "not kept")},
    "severity": {
        "info": Said("提示", "info"), "warn": Said("注意", "warning"),
        "error": Said("错误", "error"),
    },
    "script": {
        "hans": Said("简体", "simplified"),
        "hant": Said("繁体", "traditional"),
        "mixed": Said("简繁混用", "both scripts"),
    },
    "source": {
        "title": Said("标题", "title"),
        "text": Said("正文", "text"),
        "signature": Said("落款", "signature"),
        "header": Said("文头或信息栏", "header"),
        "meta": Said("网页元数据", "meta tag"),
        "file": Said("文件名", "file name"),
        "register": Said("人工登记", "reports.csv"),
    },
    "basis": {
        "sentence": Said("本句", "the sentence"), "opening": Said("段首", "the opening"),
        "following": Said("后文", "what follows"),
        "heading": Said("小标题", "heading"),
    },
    "bound": {
        "exact": Said("确数", "exact"), "about": Said("约", "about"),
        "over": Said("以上", "over"), "under": Said("以下", "under"),
        "range": Said("区间", "range"),
    },
    "tier": {
        "core": Said("核心", "core"), "extended": Said("扩展", "extended"),
        "context": Said("背景", "context"),
    },
    "is_truncated": {"True": Said("是", "yes"), "False": Said("否", "no")},
    "is_bound": {"True": Said("是", "yes"), "False": Said("否", "no")},
}  # fmt: skip

#: The task areas of the outline of 2015, by which indicators are grouped.
AREAS: Mapping[str, Said] = {
    "G0": Said("组织保障和落实机制", "organisation and implementation"),
    "G1": Said("依法全面履行政府职能", "functions of government"),
    "G2": Said("完善依法行政制度体系", "rules and normative documents"),
    "G3": Said("行政决策科学化民主化法治化", "decision making"),
    "G4": Said("严格规范公正文明执法", "enforcement"),
    "G5": Said("对行政权力的制约和监督", "supervision of power"),
    "G6": Said("依法有效化解社会矛盾纠纷", "disputes"),
    "G7": Said("法治思维和依法行政能力", "capability of officials"),
    "LS": Said("法治社会与公共法律服务", "legal services for society"),
}


def value_label(column: str, code: object) -> Said:
    """What a code in a column means; a value that is no code stands for itself.

    >>> value_label("verdict", "fail").zh
    '不符'
    """
    return VALUES.get(column, {}).get(str(code), plain(str(code)))
