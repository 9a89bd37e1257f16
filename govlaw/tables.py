"""From the contracts of the tables to frames that keep them.

One contract a table; the same column name means the same thing everywhere. The types are Arrow's,
so the contract that checks a frame is the schema that its Parquet file carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pyarrow as pa

from govlaw.errors import GovlawError


class ContractError(GovlawError):
    """A table that does not keep its contract: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, Arrow type, meaning in Chinese and English, and allowed values."""

    name: str
    type: pa.DataType
    zh: str
    en: str
    nullable: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, key and columns."""

    name: str
    zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with the meaning of each column as metadata."""
        return pa.schema(
            [pa.field(c.name, c.type, c.nullable, {"zh": c.zh, "en": c.en}) for c in self.columns]
        )

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """A frame of these rows that keeps the contract; no rows give an empty frame."""
        return self.conform(pd.DataFrame(list(rows), columns=[c.name for c in self.columns]))

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the contract's columns, order and types, or an error that says where."""
        conformed = self.pandas(self.arrow(frame))
        if self.key and conformed.duplicated(list(self.key)).any():
            twice = conformed.loc[conformed.duplicated(list(self.key)), list(self.key)].iloc[0]
            raise self._broken(f"key {tuple(twice)} occurs twice")
        return conformed

    def arrow(self, values: pd.DataFrame | Mapping[str, list[Any]]) -> pa.Table:
        """An Arrow table of a frame or of lists of values; it keeps the contract, but for the key.

        A key is looked at where the whole table is at hand, in ``conform``.
        """
        nullable = pa.schema([pa.field(c.name, c.type, True) for c in self.columns])
        try:
            if isinstance(values, pd.DataFrame):
                frame = self._ordered(values)
                table = pa.Table.from_pandas(frame, schema=nullable, preserve_index=False)
            else:
                table = pa.Table.from_pydict(dict(values), schema=nullable)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise self._broken(str(error)) from None
        for column in self.columns:
            self._check(column, table.column(column.name))
        return table.replace_schema_metadata(None)

    def empty(self) -> pa.Table:
        """The Arrow table without rows."""
        return self.arrow({column.name: [] for column in self.columns})

    def pandas(self, table: pa.Table) -> pd.DataFrame:
        """The frame of an Arrow table, in the types all frames of the study have."""
        frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS_TYPES.get)
        return frame

    def _ordered(self, frame: pd.DataFrame) -> pd.DataFrame:
        missing = [c.name for c in self.columns if c.name not in frame.columns]
        if missing:
            raise self._broken(f"columns missing: {', '.join(missing)}")
        return frame[[c.name for c in self.columns]]

    def _check(self, column: Column, values: pa.ChunkedArray) -> None:
        if values.null_count and not column.nullable:
            raise self._broken(f"column {column.name} has {values.null_count} empty cells")
        if column.values:
            strange = set(values.drop_null().unique().to_pylist()) - set(column.values)
            if strange:
                raise self._broken(f"column {column.name} holds {sorted(strange)}")

    def _broken(self, what: str) -> ContractError:
        return ContractError(
            f"table {self.name}", what, "this is a fault of the program, report it"
        )


_PANDAS_TYPES: dict[pa.DataType, Any] = {
    pa.int64(): pd.Int64Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(na_value=pd.NA),
}

_TEXT, _INT, _REAL, _DATE, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()

DOC_TYPES = (
    "annual_report", "department_report", "plan", "scheme", "special_report",
    "news_feature", "interpretation", "other",
)  # fmt: skip
SCRIPTS = ("hans", "hant", "mixed")
SOURCES = ("title", "text", "signature", "header", "meta", "file", "register")
LEVELS = ("province", "city", "county", "township", "department")
MARK_KINDS = ("furniture", "caption", "glued_time", "signature", "attachment", "contact")
ROLES = (
    "body", "achievements", "problems", "causes", "plan", "first_responsible", "closing", "noise",
)  # fmt: skip
KINDS = ("count", "money", "rate", "duration", "change", "rank", "other")
BOUNDS = ("exact", "about", "over", "under", "range")
MODALITIES = ("done", "ongoing", "planned", "required", "past_year")
STATUSES = ("stated", "stated_in_words", "pooled", "no_number", "not_mentioned")
LEDGER_STATUSES = ("accepted", "duplicate", "rejected", "skipped")
OVERLAP_CLASSES = ("statutory", "peer", "own_past", "unplaced", "formula", "renumbered")
CODE_BASES = ("sentence", "opening", "following", "heading")
AGENDA_KINDS = ("problem", "plan")
VERDICTS = ("ok", "fail", "overlap", "rounding", "not_testable")

_DOC_ID = Column("doc_id", _TEXT, "文件编号", "document id")
_SENTENCE_ID = Column("sentence_id", _TEXT, "句子编号", "sentence id, the anchor of its page")
_START = Column("start", _INT, "起点", "offset of the first character in the text")
_END = Column("end", _INT, "终点", "offset after the last character")
_ROLE = Column("role", _TEXT, "段落性质", "role of the section", values=ROLES)
_REF_AREA = Column("ref_area", _TEXT, "行政区划代码", "6-digit area code valid in that year", True)
_YEAR = Column("year", _INT, "报告年度", "year reported on", True)
_MODALITY = Column("modality", _TEXT, "语态", "done, promised or required", values=MODALITIES)
_BOUND = Column("bound", _TEXT, "界限", "exact, about, over, under or range", values=BOUNDS)
_PERIOD = Column("time_period", _TEXT, "时期", "period the value belongs to", True)

_TABLES = (
    Table("documents", "文件登记", ("doc_id",), (
        _DOC_ID,
        Column("title", _TEXT, "标题", "title as printed", True),
        Column("doc_no", _TEXT, "文号", "the document's own number", True),
        Column("issuer", _TEXT, "发布机关", "issuing body with its full area", True),
        _REF_AREA,
        Column("province", _TEXT, "省", "province", True),
        Column("city", _TEXT, "市", "prefecture or municipality", True),
        Column("county", _TEXT, "县区", "county or district", True),
        Column("level", _TEXT, "层级", "level of the issuing body", True, LEVELS),
        Column("doc_type", _TEXT, "文种", "kind of document", values=DOC_TYPES),
        _YEAR,
        Column("date_signed", _DATE, "成文日期", "date of signature", True),
        Column("date_published", _DATE, "发布日期", "date of publication", True),
        Column("url", _TEXT, "网址", "address it was taken from", True),
        Column("path", _TEXT, "文件", "path below the corpus folder"),
        Column("sha256", _TEXT, "校验值", "SHA-256 of the file"),
        Column("encoding", _TEXT, "编码", "encoding the file was read in"),
        Column("n_chars", _INT, "字数", "characters of the body that are not blank"),
        Column("n_sentences", _INT, "句数", "sentences of the body"),
        Column("script", _TEXT, "字体", "simplified, traditional or both", True, SCRIPTS),
        Column("is_truncated", _FLAG, "疑似截断", "the text breaks off"),
        Column("notes", _TEXT, "说明", "corrections and doubts about the register", True),
    )),
    Table("fields", "登记依据", ("doc_id", "field"), (
        _DOC_ID,
        Column("field", _TEXT, "登记项", "column of the documents table"),
        Column("value", _TEXT, "登记值", "its value, as text"),
        Column("source", _TEXT, "出处", "where it was read", values=SOURCES),
        replace(_START, nullable=True),  # what stands in the head of a page has no place
        replace(_END, nullable=True),
        Column("quote", _TEXT, "原话", "the words read, or a tag and what it says", True),
        Column("confidence", _REAL, "把握", "1 as labelled, 0.95 title or signature, else less"),
    )),
    Table("texts", "原文", ("doc_id",), (
        _DOC_ID, Column("text", _TEXT, "原文", "text as decoded, never edited"),
    )),
    Table("marks", "标记", ("doc_id", "start"), (
        _DOC_ID,
        Column("kind", _TEXT, "种类", "what is not body", values=MARK_KINDS),
        _START, _END,
    )),
    Table("sections", "章节", ("doc_id", "section"), (
        _DOC_ID,
        Column("section", _INT, "章节号", "number of the section"),
        Column("level", _INT, "级别", "depth of the heading, 0 for the opening"),
        Column("marker", _TEXT, "序号", "一、 (一) 1. 一是 as printed"),
        Column("heading", _TEXT, "小标题", "heading"),
        _ROLE, _START, _END,
    )),
    Table("sentences", "句子", ("sentence_id",), (
        _SENTENCE_ID, _DOC_ID,
        Column("section", _INT, "章节号", "number of the section"),
        Column("paragraph", _INT, "段号", "number of the paragraph"),
        _ROLE,
        Column("text", _TEXT, "句子", "the sentence"),
        _START, _END,
    )),
    Table("quantities", "数量", ("quantity_id",), (
        Column("quantity_id", _TEXT, "数量编号", "quantity id"),
        _DOC_ID, _SENTENCE_ID,
        Column("text", _TEXT, "原文", "as written"),
        Column("value", _REAL, "数值", "value in the unit, 万 and 亿 expanded"),
        Column("value_high", _REAL, "上限", "upper end of a range", True),
        Column("unit", _TEXT, "单位", "measure word; money in 元"),
        Column("modifier", _TEXT, "修饰语", "余, 多, 约 … as written"),
        _BOUND,
        Column("kind", _TEXT, "类别", "kind of quantity", values=KINDS),
        _MODALITY, _PERIOD, _START, _END,
    )),
    Table("observations", "指标观测", ("obs_id",), (
        Column("obs_id", _TEXT, "观测编号", "observation id"),
        Column("indicator", _TEXT, "指标", "indicator id"),
        _DOC_ID, _REF_AREA, _YEAR, _PERIOD,
        Column("obs_value", _REAL, "数值", "value", True),
        Column("obs_value_high", _REAL, "上限", "upper end of a range", True),
        Column("unit_measure", _TEXT, "单位", "unit", True),
        Column("bound", _TEXT, "界限", "as in quantities; empty without a number", True, BOUNDS),
        Column("status", _TEXT, "状态", "stated, in words, pooled …", values=STATUSES),
        _MODALITY, _SENTENCE_ID,
        Column("quote", _TEXT, "引文", "the words that state it"),
        Column("phrasing", _TEXT, "句式", "phrasing that found it"),
        _START, _END,
    )),
    Table("codes", "任务编码", ("sentence_id",), (
        _DOC_ID, _SENTENCE_ID,
        Column("framework", _TEXT, "纲要", "outline, or ls for law-based society"),
        Column("code", _TEXT, "任务代码", "main task area of the sentence"),
        Column("basis", _TEXT, "依据", "where the deciding word stands", values=CODE_BASES),
        Column("matched_term", _TEXT, "词", "the word that decided"),
        _START, _END,
    )),
    Table("statements", "语句特征", ("sentence_id",), (
        _DOC_ID, _SENTENCE_ID, _ROLE,
        Column("has_number", _FLAG, "有数字", "states a number"),
        Column("has_instrument", _FLAG, "有文件", "names a text, 《…》 or its number"),
        Column("has_actor", _FLAG, "有机构", "names a body"),
        Column("has_date", _FLAG, "有日期", "gives a date"),
        Column("n_hedges", _INT, "弱化词", "hedging words"),
        Column("n_slogans", _INT, "口号", "slogans"),
    )),
    Table("agenda", "问题与承诺", ("doc_id", "start"), (
        _DOC_ID, _SENTENCE_ID,
        Column("kind", _TEXT, "种类", "problem or plan", values=AGENDA_KINDS),
        Column("text", _TEXT, "原文", "the problem or promise"),
        Column("has_cause", _FLAG, "有原因", "a problem comes with its cause", True),
        Column("is_specific", _FLAG, "具体", "names a number, text, body or date"),
        Column("n_hedges", _INT, "弱化词", "hedging words"),
        Column("deadline", _TEXT, "期限", "by when a promise is to be kept", True),
        Column("amount", _TEXT, "数量", "how much is promised", True),
        _START, _END,
    )),
    Table("term_counts", "词频", ("doc_id", "role", "term"), (
        _DOC_ID, _ROLE,
        Column("term", _TEXT, "词", "token"),
        Column("n", _INT, "次数", "occurrences"),
    )),
    Table("tf_idf", "词权", ("doc_id", "term"), (
        _DOC_ID,
        Column("term", _TEXT, "词", "token"),
        Column("n", _INT, "次数", "occurrences"),
        Column("tf", _REAL, "词频", "share of the document's tokens"),
        Column("idf", _REAL, "逆文档频率", "smoothed inverse document frequency"),
        Column("tf_idf", _REAL, "词权", "weight, rows of unit length"),
    )),
    Table("mentions", "词语出现", ("doc_id", "start"), (
        _DOC_ID, _SENTENCE_ID,
        Column("theme", _TEXT, "主题", "theme"),
        Column("group", _TEXT, "词组", "synonym group"),
        Column("term", _TEXT, "词", "term found"),
        _START, _END,
    )),
    Table("trend", "年度走势", ("group", "year"), (
        Column("group", _TEXT, "词组", "synonym group"),
        Column("year", _INT, "年度", "year reported on"),
        Column("n", _INT, "次数", "occurrences; empty where no document", True),
        Column("n_docs", _INT, "文件数", "documents of the year"),
        Column("n_chars", _INT, "字数", "characters of those documents"),
        Column("rate_per_1k_chars", _REAL, "每千字次数", "occurrences per 1,000 characters", True),
        Column("low", _REAL, "下限", "lower end of the interval", True),
        Column("high", _REAL, "上限", "upper end of the interval", True),
    )),
    Table("overlaps", "重复文字", ("doc_id", "start", "other_id", "other_start", "class"), (
        _DOC_ID,
        Column("other_id", _TEXT, "对照文件", "document or shelf text it is shared with"),
        Column("class", _TEXT, "性质", "why the texts are alike; renumbered is a whole sentence",
               values=OVERLAP_CLASSES),
        _START, _END,
        Column("other_start", _INT, "对照起点", "offset in the other text"),
        Column("other_end", _INT, "对照终点", "offset after the run in the other text"),
        Column("n_docs", _INT, "文件数", "documents that share the run"),
    )),
    Table("verdicts", "核对结论", ("doc_id", "check_id", "obs_ids"), (
        _DOC_ID,
        Column("check_id", _TEXT, "规则", "check"),
        Column("verdict", _TEXT, "结论", "verdict", values=VERDICTS),
        Column("severity", _TEXT, "程度", "info, warn or error", values=("info", "warn", "error")),
        Column("reading", _TEXT, "读法", "the arithmetic in words"),
        Column("obs_ids", _TEXT, "依据", "ids of numbers, sentences or document it rests on"),
    )),
    Table("coverage", "指标覆盖", ("doc_id", "indicator"), (
        _DOC_ID,
        Column("indicator", _TEXT, "指标", "indicator id"),
        Column("status", _TEXT, "状态", "best status found", values=STATUSES),
    )),
    Table("ledger", "入库台账", ("path",), (
        Column("path", _TEXT, "文件", "path below the corpus folder"),
        Column("sha256", _TEXT, "校验值", "SHA-256 of the file", True),
        Column("status", _TEXT, "结果", "what became of the file", values=LEDGER_STATUSES),
        Column("reason", _TEXT, "原因", "stable reason code", True),
        Column("message", _TEXT, "说明", "what happened", True),
        Column("hint", _TEXT, "建议", "what to do next", True),
        Column("doc_id", _TEXT, "文件编号", "document it became, or is a duplicate of", True),
        Column("n_chars_raw", _INT, "解码字数", "characters decoded", True),
        Column("n_chars_kept", _INT, "正文字数", "characters of the body", True),
    )),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
