"""From the rows of one report to what an evaluator asks of it, answer by answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from govlaw.pages.columns import column_label
from govlaw.pages.homes import sentences_of
from govlaw.pages.indicators import answer_words
from govlaw.pages.markup import joined, link, source_address
from govlaw.pages.sheets import Row, Sheet, cut, listed, missing
from govlaw.pages.words import Said, value_label

#: So many fit on one sheet; the whole lists stand in the table agenda.
PROBLEM_CAP, PLAN_CAP, CHECK_CAP, DOUBT_CAP = 8, 10, 6, 8
_FIELDS = ("issuer", "ref_area", "year", "doc_type", "doc_no", "date_signed", "date_published")
_DOUBTED = ("year", "ref_area", "date_signed", "date_published", "issuer")


def body(sheet: Sheet) -> tuple[Said, Markup]:
    """Title and body of the sheet."""
    title = sheet.document["title"]
    name = str(sheet.document["doc_id"]) if missing(title) else str(title)
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
        if missing(value):
            words = sheet.say("未载", "not stated")
        elif hasattr(value, "isoformat"):
            words = value.isoformat()[:10]
        else:
            words = value_label(field, value).first(sheet.lang)
        rows.append((column_label(field).first(sheet.lang), words))
    made = (Markup("<span><i>{}</i> {}</span>").format(k, v) for k, v in rows)
    return Markup('<p class="register">{}</p>').format(joined(made, " "))


def _contents(sheet: Sheet) -> Markup:
    bound = all(row["is_bound"] for row in sheet.contents)
    note = sheet.say(
        "本文种受规定约束。" if bound else "规定不约束本文种，以下只供参考。",
        "The rule binds this document." if bound else "Not bound by the rule; for information.",
    )
    lines = joined(
        Markup('<tr><th scope="row">{}</th><td class="w">{}</td><td>{}</td></tr>').format(
            value_label("element", row["element"]).first(sheet.lang),
            value_label("presence", row["presence"]).first(sheet.lang),
            sheet.quote(row["sentence_id"]),
        )
        for row in sheet.contents
    )  # fmt: skip
    return Markup('<p class="small">{}</p><table class="data"><tbody>{}</tbody></table>').format(
        note, lines
    )


def _timely(sheet: Sheet) -> Markup:
    row = sheet.timeliness
    words = [value_label("status", row["status"]).first(sheet.lang)]
    if not missing(row["due"]):
        words.append(f"{column_label('due').first(sheet.lang)} {row['due'].isoformat()[:10]}")
    if not missing(row["days"]):
        words.append(f"{column_label('days').first(sheet.lang)} {int(row['days']):+d}")
    if not row["is_bound"]:
        words.append(sheet.say("规定不约束本文种", "not bound by the rule"))
    return Markup("<p>{}</p>").format("；".join(words) if sheet.lang == "zh" else "; ".join(words))


def _checks(sheet: Sheet) -> Markup:
    counts = Counter(str(row["verdict"]) for row in sheet.verdicts)
    told = "、".join(
        f"{value_label('verdict', v).first(sheet.lang)} {n}" for v, n in counts.most_common()
    )
    telling = [row for kind in ("fail", "overlap") for row in sheet.verdicts
               if row["verdict"] == kind]  # fmt: skip
    items = []
    for row in telling[:CHECK_CAP]:
        quotes = [sheet.quote(s, 40) for s in sentences_of(row["obs_ids"], sheet.homes)[:2]]
        name = sheet.checks.get(str(row["check_id"]), Said(row["check_id"], row["check_id"]))
        items.append(Markup("<b>{} {}</b> {} <small>{}</small>").format(
            value_label("verdict", row["verdict"]).first(sheet.lang), name.first(sheet.lang),
            row["reading"], joined(quotes, " ｜ "),
        ))  # fmt: skip
    head = Markup("<p>{}</p>").format(told or sheet.say("没有可核对的算式。", "Nothing to check."))
    return joined((head, listed(items, len(telling), CHECK_CAP, sheet)))


def _problems(sheet: Sheet) -> Markup:
    if not sheet.problems:
        return Markup("<p>{}</p>").format(sheet.say("没有找到写出的不足。", "None was found."))
    items = [_item(row, _marks(row, sheet)) for row in sheet.problems[:PROBLEM_CAP]]
    return listed(items, len(sheet.problems), PROBLEM_CAP, sheet)


def _item(row: Row, marks: Iterable[str]) -> Markup:
    return Markup("{} <small>{}</small>").format(
        link(source_address(str(row["sentence_id"]), up="../"), cut(row["text"], 60)),
        " · ".join(marks),
    )


def _marks(row: Row, sheet: Sheet) -> list[str]:
    has_cause = not missing(row["has_cause"]) and bool(row["has_cause"])
    cause = sheet.say("有原因", "cause given") if has_cause else sheet.say("无原因", "no cause")
    concrete = sheet.say("具体", "specific") if row["is_specific"] else sheet.say("笼统", "general")
    is_met = isinstance(row["plan_text"], str)
    plan = sheet.say("有对应安排", "met by a plan") if is_met else ""
    return [part for part in (cause, concrete, plan) if part]


def _plans(sheet: Sheet) -> Markup:
    rows = [row for row in sheet.agenda if row["kind"] == "plan"]
    if not rows:
        return Markup("<p>{}</p>").format(sheet.say("没有找到下一步安排。", "None was found."))
    # What can be held to comes first: a date, an amount, something named.
    rows.sort(key=lambda row: -len(_firm(row)) - bool(row["is_specific"]))
    items = [_item(row, _firm(row)) for row in rows[:PLAN_CAP]]
    return listed(items, len(rows), PLAN_CAP, sheet)


def _firm(row: Row) -> list[str]:
    return [str(row[name]) for name in ("deadline", "amount") if not missing(row[name])]


def _numbers(sheet: Sheet) -> Markup:
    core = {i: one for i, one in sheet.indicators.items() if one.tier == "core"}
    names = {i: one.name_en if sheet.lang == "en" else one.name_zh for i, one in core.items()}
    said: dict[str, list[Row]] = {}
    for row in sheet.observations:
        if row["indicator"] in core:
            said.setdefault(str(row["indicator"]), []).append(row)
    made = joined(
        Markup("<span><i>{}</i> {}</span>").format(
            names[i], joined((_value(row, sheet) for row in said[i]), "、")
        )
        for i in core if i in said
    )  # fmt: skip
    silent = [names[i] for i in core if i not in said]
    status = {i: {str(row["status"]) for row in rows} for i, rows in said.items()}
    bare = sum(found == {"no_number"} for found in status.values())
    in_words = sum("stated_in_words" in found for found in status.values())
    head = sheet.say(
        f"{len(core)} 项核心指标：写明 {len(said) - bare} 项（{in_words} 项用文字），"
        f"提及而无数 {bare} 项，未提及 {len(silent)} 项。",
        f"{len(core)} core indicators: {len(said) - bare} stated ({in_words} in words), "
        f"{bare} named without a number, {len(silent)} not mentioned.",
    )
    return Markup('<p>{}</p><p class="values">{}</p><p class="silent"><i>{}</i> {}</p>').format(
        head, made, sheet.say("未提及", "not mentioned"), "、".join(silent)
    )


def _value(row: Row, sheet: Sheet) -> Markup:
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
    absent = [f for f in _DOUBTED if missing(sheet.document[f])]
    items: list[Any] = []
    if absent:
        names = "、".join(column_label(f).first(sheet.lang) for f in absent)
        items.append(sheet.say(f"页面未载：{names}", f"not on the page: {names}"))
    if bool(sheet.document["is_truncated"]):
        items.append(sheet.say("正文疑似没有写完", "the text seems to break off"))
    if not missing(sheet.document["notes"]):
        items.append(str(sheet.document["notes"]))
    open_checks = (row for row in sheet.verdicts if row["verdict"] == "not_testable")
    items += [cut(str(row["reading"]), 90) for row in open_checks]
    free = _unclaimed(sheet)
    items.append(sheet.say(
        f"{len(sheet.quantities)} 个数量中有 {free} 个没有指标认领；没有找到不等于没有做。",
        f"{free} of {len(sheet.quantities)} quantities belong to no indicator; not found is not "
        "the same as not done.",
    ))  # fmt: skip
    kept = [*items[: DOUBT_CAP - 1], items[-1]] if len(items) > DOUBT_CAP else items
    return listed(kept, len(items), len(kept), sheet)


def _unclaimed(sheet: Sheet) -> int:
    spans = [(row["start"], row["end"]) for row in sheet.observations]
    return sum(
        not any(start <= row["start"] and row["end"] <= end for start, end in spans)
        for row in sheet.quantities
    )
