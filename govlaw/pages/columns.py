"""From the columns of tables and computed frames to what a reader is told they hold."""

from __future__ import annotations

from collections.abc import Mapping

from govlaw.pages.words import Said, plain
from govlaw.tables import TABLES

#: Columns of computed frames that no contract names.
_MORE_COLUMNS: Mapping[str, Said] = {
    "name_zh": Said("中文名", "Chinese name"), "name_en": Said("英文名", "English name"),
    "place": Said("地区", "place"), "status": Said("状态", "status"),
    "path": Said("文件", "file"), "kind": Said("类别", "kind"),
    "sentence_id": Said("句子", "sentence"), "indicator": Said("指标", "indicator"),
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
    "other_text": Said("对照文本所写", "what the other text says"),
    "text": Said("原文", "text"), "has_cause": Said("原因", "cause"),
    "is_specific": Said("具体", "specific"), "deadline": Said("期限", "deadline"),
    "amount": Said("数量", "amount"), "n_hedges": Said("弱化词", "hedges"),
    "sheet": Said("评阅单", "sheet"), "code": Said("任务代码", "area"),
    "plan_text": Said("对应的安排", "plan that meets it"), "feedback": Said("下文", "feedback"),
    "result_text": Said("下一年报告所写", "what the next report says"),
    "is_met": Said("是否达到", "kept"), "n_promises": Said("承诺", "promises"),
    "n_testable": Said("可追踪", "can be followed"), "n_numbers": Said("数字", "numbers"),
    "share_chars": Said("占字数", "share of characters"), "topic": Said("主题", "topic"),
    "stability": Said("稳定度", "stability"),
    "pre": Said("上文", "before"), "keyword": Said("关键词", "keyword"),
    "post": Said("下文", "after"), "share": Said("占比", "share"), "n": Said("次数", "n"),
    "numerator": Said("分子", "numerator"), "denominator": Said("分母", "denominator"),
    "n_docs": Said("文件数", "documents"), "modifier": Said("修饰语", "modifier"),
    "units": Said("单位", "units"), "phrasings": Said("句式", "phrasings"),
    "traps": Said("易错处", "traps"), "tier": Said("层级", "tier"),
    "theme": Said("主题", "theme"), "terms": Said("词语", "terms"), "since": Said("始见", "since"),
    "column": Said("列", "column"), "type": Said("类型", "type"),
    "meaning": Said("含义", "meaning"), "note": Said("说明", "note"),
    "uses": Said("见", "shown in"),
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
