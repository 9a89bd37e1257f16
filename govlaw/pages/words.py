"""From the codes in the tables to the words a reader is shown, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from govlaw.tables import TABLES


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
        "unknown": Said("页面未载日期", "no date on the page"),
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
        "formula": Said("套语", "stock phrase"),
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
    "severity": {
        "info": Said("提示", "info"), "warn": Said("注意", "warning"),
        "error": Said("错误", "error"),
    },
    "basis": {
        "sentence": Said("本句", "the sentence"), "opening": Said("段首", "the opening"),
        "heading": Said("小标题", "heading"),
    },
    "bound": {
        "exact": Said("确数", "exact"), "about": Said("约", "about"),
        "over": Said("以上", "over"), "under": Said("以下", "under"),
        "range": Said("区间", "range"),
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

#: Columns of computed frames that no contract names.
_MORE_COLUMNS: Mapping[str, Said] = {
    "name_zh": Said("中文名", "Chinese name"), "name_en": Said("英文名", "English name"),
    "place": Said("地区", "place"), "status": Said("状态", "status"),
    "path": Said("文件", "file"), "kind": Said("类别", "kind"),
    "sentence_id": Said("句子", "sentence"),
    "doc_id": Said("文件", "document"), "year": Said("年度", "year"),
    "issuer": Said("发布机关", "issuer"),
    "ref_area": Said("区划代码", "area code"), "doc_no": Said("文号", "number"),
    "url": Said("网址", "address"),
    "encoding": Said("编码", "encoding"), "doc_type": Said("文种", "kind of document"),
    "is_truncated": Said("疑似截断", "breaks off"), "notes": Said("说明", "notes"),
    "severity": Said("程度", "severity"), "reading": Said("读法", "reading"),
    "title": Said("标题", "title"), "date_signed": Said("成文", "signed"),
    "date_published": Said("发布", "published"), "reason": Said("原因", "reason"),
    "message": Said("说明", "message"), "hint": Said("建议", "hint"),
    "sha256": Said("校验值", "SHA-256"),
    "n_chars_raw": Said("解码字数", "decoded"), "n_chars_kept": Said("正文字数", "kept"),
    "group": Said("词组", "word group"),
    "n_group": Said("本组次数", "n in group"), "n_other": Said("对照次数", "n in the others"),
    "log_odds": Said("对数优势比", "log odds ratio"), "z": Said("z 值", "z score"),
    "low": Said("下限", "lower end"), "high": Said("上限", "upper end"),
    "n_gold": Said("人工标注", "coded by hand"), "n_found": Said("程序提取", "found"),
    "precision": Said("查准率", "precision"), "recall": Said("查全率", "recall"),
    "f1": Said("F1", "F1"), "f1_low": Said("F1 下限", "F1, lower end"),
    "f1_high": Said("F1 上限", "F1, upper end"),
    "element": Said("法定内容", "required content"), "presence": Said("有无", "presence"),
    "rule": Said("依据", "rule"), "due": Said("期限", "due"),
    "published": Said("发布", "published"),
    "days": Said("相差天数", "days after the deadline"),
    "is_bound": Said("受规定约束", "bound by the rule"), "other_id": Said("对照文本", "other text"),
    "sheet": Said("评阅单", "sheet"),
    "pre": Said("上文", "before"), "keyword": Said("关键词", "keyword"),
    "post": Said("下文", "after"), "share": Said("占比", "share"), "n": Said("次数", "n"),
    "n_docs": Said("文件数", "documents"), "modifier": Said("修饰语", "modifier"),
    "units": Said("单位", "units"), "phrasings": Said("句式", "phrasings"),
    "traps": Said("易错处", "traps"), "tier": Said("层级", "tier"),
    "theme": Said("主题", "theme"), "terms": Said("词语", "terms"), "since": Said("始见", "since"),
    "column": Said("列", "column"), "type": Said("类型", "type"),
    "meaning": Said("含义", "meaning"),
    "parameter": Said("参数", "parameter"), "value": Said("取值", "value"),
    "notebook": Said("笔记本", "notebook"), "table": Said("数据表", "table"),
    "quote": Said("引文", "quote"), "state": Said("状态", "state"),
    "claimed": Said("已认领", "claimed"), "unclaimed": Said("未认领", "unclaimed"),
    "missing": Said("页面未载", "not on the page"), "n_chars": Said("字数", "characters"),
}  # fmt: skip


def column_label(name: str) -> Said:
    """What a column is called: the contract's word for it, else the room's, else its own name.

    >>> column_label("ref_area").zh
    '区划代码'
    """
    if name in _MORE_COLUMNS:
        return _MORE_COLUMNS[name]
    for table in TABLES.values():
        for column in table.columns:
            if column.name == name:
                return Said(column.zh, column.en)
    return plain(name)


def value_label(column: str, code: object) -> Said:
    """What a code in a column means; a value that is no code stands for itself.

    >>> value_label("verdict", "fail").zh
    '不符'
    """
    return VALUES.get(column, {}).get(str(code), plain(str(code)))
