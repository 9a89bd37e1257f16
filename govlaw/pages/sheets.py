"""From everything the tables say of one report to one sheet of paper for the person who judges it.

The sheet holds what an evaluator asks of a report, each answer with the sentence it rests on, and
ends with what the program could not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.homes import sentences_of
from govlaw.pages.indicators import answer_words
from govlaw.pages.markup import joined, link, named_rows, source_address
from govlaw.pages.words import Said, column_label, value_label
from govlaw.stats.compliance import contents, timeliness
from govlaw.stats.promises import problem_table

#: So many fit on one sheet; the whole lists stand in the table agenda.
PROBLEM_CAP, PLAN_CAP, CHECK_CAP, DOUBT_CAP = 8, 10, 6, 8
_FIELDS = ("issuer", "ref_area", "year", "doc_type", "doc_no", "date_signed", "date_published")
_DOUBTED = ("year", "ref_area", "date_signed", "date_published", "issuer")


@dataclass(frozen=True)
class Sheet:
    """The rows of every table that speak of one document; ``borrowed`` are shares by class."""

    document: Mapping[str, Any]
    sections: pd.DataFrame
    sentences: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    verdicts: pd.DataFrame
    agenda: pd.DataFrame
    borrowed: Mapping[str, float]
    indicators: Mapping[str, Indicator]
    checks: Mapping[str, Said]
    lang: str = "zh"

    @cached_property
    def words(self) -> dict[str, str]:
        """The sentences by id."""
        return dict(zip(self.sentences["sentence_id"], self.sentences["text"], strict=True))

    @cached_property
    def homes(self) -> dict[str, str]:
        """The sentence of every number and sentence."""
        found = {s: s for s in self.words}
        for frame, key in ((self.quantities, "quantity_id"), (self.observations, "obs_id")):
            found |= dict(zip(frame[key], frame["sentence_id"], strict=True))
        return found

    def quote(self, sentence_id: Any, cap: int = 56) -> Markup:
        """The words of a sentence, cut, as a link to it."""
        if pd.isna(sentence_id) or sentence_id not in self.words:
            return Markup("")
        return link(source_address(str(sentence_id), up="../"), cut(self.words[sentence_id], cap))

    def say(self, zh: str, en: str) -> str:
        """Words in the reader's language."""
        return Said(zh, en).first(self.lang)


def sheet_link(doc_id: str, lang: str, *, up: str = "") -> Markup:
    """A link to the sheet of a document."""
    return link(f"{up}sheets/{quote(doc_id)}.html", Said("评阅单", "sheet").first(lang))


def cut(words: str, cap: int) -> str:
    """Words on one line, no longer than ``cap``.

    >>> cut("二是行政执法体制改革\\n推进进程有待提速。", 10)
    '二是行政执法体制改革…'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= cap else f"{flat[:cap]}…"


def body(sheet: Sheet) -> tuple[Said, Markup]:
    """Title and body of the sheet."""
    title = sheet.document["title"]
    name = str(sheet.document["doc_id"]) if pd.isna(title) else str(title)
    parts = (
        (Said("法定内容", "Required contents"), _contents(sheet)),
        (Said("公布时间", "Publication"), _timely(sheet)),
        (Said("数字核对", "Arithmetic"), _checks(sheet)),
        (Said("不足", "Shortcomings"), _problems(sheet)),
        (Said("下一步安排", "Plans"), _plans(sheet)),
        (Said("核心指标", "Core indicators"), _numbers(sheet)),
        (Said("与他文相同的文字", "Shared text"), _borrowed(sheet)),
        (Said("程序判断不了的", "What the program could not tell"), _doubts(sheet)),
    )
    made = [Markup("<section><h2>{}</h2>{}</section>").format(h.html(sheet.lang), b)
            for h, b in parts]  # fmt: skip
    source = link(f"../sources/{sheet.document['doc_id']}.html", sheet.say("原文", "source"))
    head = Markup('<p class="small">{} · {}</p><h1>{}</h1>{}').format(
        Said("评阅单", "Evaluator's sheet").html(sheet.lang), source, name, _register(sheet)
    )
    said = Said(f"评阅单 {name}", f"Sheet {name}")
    return said, joined((head, Markup('<div class="sheet">{}</div>').format(joined(made))))


def _register(sheet: Sheet) -> Markup:
    rows = []
    for field in _FIELDS:
        value = sheet.document[field]
        if pd.isna(value):
            words = sheet.say("未载", "not stated")
        elif hasattr(value, "isoformat"):
            words = value.isoformat()[:10]
        else:
            words = value_label(field, value).first(sheet.lang)
        rows.append((column_label(field).first(sheet.lang), words))
    made = (Markup("<span><i>{}</i> {}</span>").format(k, v) for k, v in rows)
    return Markup('<p class="register">{}</p>').format(joined(made, " "))


def _frame(sheet: Sheet) -> pd.DataFrame:
    return pd.DataFrame([sheet.document])


def _listed(items: Iterable[Any], n_all: int, n_cap: int, sheet: Sheet) -> Markup:
    made = joined(Markup("<li>{}</li>").format(item) for item in items)
    more = sheet.say(f"共 {n_all} 项，列出 {n_cap} 项。", f"{n_cap} of {n_all}.")
    tail = Markup('<p class="small">{}</p>').format(more) if n_all > n_cap else Markup("")
    return Markup("<ul>{}</ul>{}").format(made, tail)


def _contents(sheet: Sheet) -> Markup:
    rows = contents(_frame(sheet), sheet.sections, sheet.sentences)
    bound = bool(rows["is_bound"].all())
    note = sheet.say(
        "本文种受规定约束。" if bound else "规定不约束本文种，以下只供参考。",
        "The rule binds this document." if bound else "Not bound by the rule; for information.",
    )
    lines = joined(
        Markup('<tr><th scope="row">{}</th><td class="w">{}</td><td>{}</td></tr>').format(
            value_label("element", row.element).first(sheet.lang),
            value_label("presence", row.presence).first(sheet.lang), sheet.quote(row.sentence_id),
        )
        for row in named_rows(rows)
    )  # fmt: skip
    return Markup('<p class="small">{}</p><table class="data">{}</table>').format(note, lines)


def _timely(sheet: Sheet) -> Markup:
    row = next(named_rows(timeliness(_frame(sheet))))
    words = [value_label("status", row.status).first(sheet.lang)]
    if not pd.isna(row.due):
        words.append(f"{column_label('due').first(sheet.lang)} {row.due.isoformat()[:10]}")
    if not pd.isna(row.days):
        words.append(f"{column_label('days').first(sheet.lang)} {int(row.days):+d}")
    if not row.is_bound:
        words.append(sheet.say("规定不约束本文种", "not bound by the rule"))
    return Markup("<p>{}</p>").format("；".join(words) if sheet.lang == "zh" else "; ".join(words))


def _checks(sheet: Sheet) -> Markup:
    counts = sheet.verdicts["verdict"].value_counts()
    told = "、".join(
        f"{value_label('verdict', v).first(sheet.lang)} {n}" for v, n in counts.items()
    )
    telling = sheet.verdicts[sheet.verdicts["verdict"].isin(["fail", "overlap"])]
    items = []
    for row in named_rows(telling.sort_values("verdict", kind="stable").head(CHECK_CAP)):
        quotes = [sheet.quote(s, 40) for s in sentences_of(row.obs_ids, sheet.homes)[:2]]
        name = sheet.checks.get(str(row.check_id), Said(row.check_id, row.check_id))
        items.append(Markup("<b>{} {}</b> {} <small>{}</small>").format(
            value_label("verdict", row.verdict).first(sheet.lang), name.first(sheet.lang),
            row.reading, joined(quotes, " ｜ "),
        ))  # fmt: skip
    head = Markup("<p>{}</p>").format(told or sheet.say("没有可核对的算式。", "Nothing to check."))
    return joined((head, _listed(items, len(telling), CHECK_CAP, sheet)))


def _problems(sheet: Sheet) -> Markup:
    rows = problem_table(sheet.agenda)
    if rows.empty:
        return Markup("<p>{}</p>").format(sheet.say("没有找到写出的不足。", "None was found."))
    items = [
        Markup("{} <small>{}</small>").format(
            link(source_address(str(row.sentence_id), up="../"), cut(row.text, 60)),
            " · ".join(_marks(row, sheet)),
        )
        for row in named_rows(rows.head(PROBLEM_CAP))
    ]
    return _listed(items, len(rows), PROBLEM_CAP, sheet)


def _marks(row: Any, sheet: Sheet) -> list[str]:
    has_cause = not pd.isna(row.has_cause) and bool(row.has_cause)
    cause = sheet.say("有原因", "cause given") if has_cause else sheet.say("无原因", "no cause")
    concrete = sheet.say("具体", "specific") if row.is_specific else sheet.say("笼统", "general")
    is_met = isinstance(row.plan_text, str)
    plan = sheet.say("有对应安排", "met by a plan") if is_met else ""
    return [part for part in (cause, concrete, plan) if part]


def _plans(sheet: Sheet) -> Markup:
    rows = sheet.agenda[sheet.agenda["kind"] == "plan"]
    if rows.empty:
        return Markup("<p>{}</p>").format(sheet.say("没有找到下一步安排。", "None was found."))
    # What can be held to comes first: a date, an amount, something named.
    order = rows.assign(
        firm=rows["deadline"].notna().astype(int) + rows["amount"].notna().astype(int)
        + rows["is_specific"].astype(int)
    ).sort_values("firm", ascending=False, kind="stable")  # fmt: skip
    items = [
        Markup("{} <small>{}</small>").format(
            link(source_address(str(row.sentence_id), up="../"), cut(row.text, 60)),
            " · ".join(str(x) for x in (row.deadline, row.amount) if not pd.isna(x)),
        )
        for row in named_rows(order.head(PLAN_CAP))
    ]
    return _listed(items, len(rows), PLAN_CAP, sheet)


def _numbers(sheet: Sheet) -> Markup:
    core = {i: one for i, one in sheet.indicators.items() if one.tier == "core"}
    said = sheet.observations[sheet.observations["indicator"].isin(list(core))]
    names = {i: one.name_en if sheet.lang == "en" else one.name_zh for i, one in core.items()}
    by_indicator: Any = said.groupby("indicator", sort=False)
    rows = {str(i): part.to_dict("records") for i, part in by_indicator}
    made = joined(
        Markup("<span><i>{}</i> {}</span>").format(
            names[i],
            joined((_value(row, sheet) for row in rows[i]), "、"),
        )
        for i in core if i in rows
    )  # fmt: skip
    silent = [names[i] for i in core if i not in rows]
    in_words = int((said["status"] == "stated_in_words").sum())
    head = sheet.say(
        f"{len(core)} 项核心指标：写明 {len(rows)} 项（其中以文字写明 {in_words} 处），"
        f"未提及 {len(silent)} 项。",
        f"{len(core)} core indicators: {len(rows)} stated ({in_words} in words), "
        f"{len(silent)} not mentioned.",
    )
    return Markup(
        '<p>{}</p><p class="values">{}</p><p class="silent"><i>{}</i> {}</p>'
    ).format(head, made, sheet.say("未提及", "not mentioned"), "、".join(silent))  # fmt: skip


def _value(row: Mapping[str, Any], sheet: Sheet) -> Markup:
    tag = (
        ""
        if row["modality"] == "done"
        else value_label("modality", row["modality"]).first(sheet.lang)
    )
    made = link(source_address(str(row["sentence_id"]), up="../"), answer_words(row, sheet.lang))
    return Markup("{}<small>{}</small>").format(made, f"（{tag}）" if tag else "")


def _borrowed(sheet: Sheet) -> Markup:
    parts = [
        f"{value_label('class', name).first(sheet.lang)} {100 * share:.1f}%"
        for name, share in sheet.borrowed.items()
        if share > 0
    ]
    words = "、".join(parts) or sheet.say("没有找到。", "None was found.")
    note = sheet.say("引用法规原文是正常的写法。", "Quoting the statute is normal.")
    return Markup("<p>{} <small>{}</small></p>").format(words, note)


def _doubts(sheet: Sheet) -> Markup:
    missing = [f for f in _DOUBTED if pd.isna(sheet.document[f])]
    items: list[Any] = []
    if missing:
        names = "、".join(column_label(f).first(sheet.lang) for f in missing)
        items.append(sheet.say(f"页面未载：{names}", f"not on the page: {names}"))
    if bool(sheet.document["is_truncated"]):
        items.append(sheet.say("正文疑似没有写完", "the text seems to break off"))
    if not pd.isna(sheet.document["notes"]):
        items.append(str(sheet.document["notes"]))
    open_checks = sheet.verdicts[sheet.verdicts["verdict"] == "not_testable"]
    items += [cut(str(row.reading), 90) for row in named_rows(open_checks)]
    free = _unclaimed(sheet)
    items.append(sheet.say(
        f"{len(sheet.quantities)} 个数量中有 {free} 个没有指标认领；没有找到不等于没有做。",
        f"{free} of {len(sheet.quantities)} quantities belong to no indicator; not found is not "
        "the same as not done.",
    ))  # fmt: skip
    kept = [*items[: DOUBT_CAP - 1], items[-1]] if len(items) > DOUBT_CAP else items
    return _listed(kept, len(items), len(kept), sheet)


def _unclaimed(sheet: Sheet) -> int:
    spans = list(zip(sheet.observations["start"], sheet.observations["end"], strict=True))
    return sum(
        not any(start <= s and e <= end for start, end in spans)
        for s, e in zip(sheet.quantities["start"], sheet.quantities["end"], strict=True)
    )
