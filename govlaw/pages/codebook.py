"""From ``data/`` and the contracts of the tables to the codebook page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.lexicon import Lexicon
from govlaw.pages.columns import column_label
from govlaw.pages.frames import heading
from govlaw.pages.markup import anchor, frame_of, joined, link, pairs, table
from govlaw.pages.words import AREAS, Said, plain, value_label
from govlaw.tables import TABLES, Column

Toc = list[tuple[str, str, int]]


def body(
    indicators: Mapping[str, Indicator], lexicon: Lexicon, checks: Mapping[str, Any], lang: str
) -> tuple[Markup, Toc]:
    """The codebook and its contents."""
    sections = (
        ("indicators", Said("指标", "Indicators"), _indicators(indicators, lang)),
        ("checks", Said("核对规则", "Checks"), _checks(checks, lang)),
        ("lexicon", Said("词组", "Word groups"), _lexicon(lexicon, lang)),
        ("tables", Said("数据表", "Tables"), _tables(lang)),
        ("codes", Said("代码表", "Code lists"), _codes(lang)),
    )
    lede = Said(
        "本页由 data/ 和数据表约定生成：每个指标怎样读，每条规则核对什么，每一列是什么。",
        "Made from data/ and the table contracts: how each indicator is read, what each check "
        "tests, what each column means.",
    )
    parts: list[Any] = [
        Markup("<h1>{}</h1>").format(Said("编码本", "Codebook").html(lang)),
        Markup('<p class="lede">{}</p>').format(lede.html(lang)),
    ]
    for id, said, made in sections:
        parts += [heading(said, id=id, lang=lang), made]
    return joined(parts), [(id, said.first(lang), 2) for id, said, _ in sections]


def _indicators(indicators: Mapping[str, Indicator], lang: str) -> Markup:
    groups: dict[str, list[Indicator]] = {}
    for one in indicators.values():
        groups.setdefault(one.area_2015 or "·", []).append(one)
    parts: list[Any] = []
    for area, inside in groups.items():
        said = AREAS.get(area, plain(area))
        parts += [heading(said, id=f"area-{anchor(area)}", lang=lang, level=3)]
        parts += [_indicator(one, lang) for one in inside]
    return joined(parts)


def _indicator(one: Indicator, lang: str) -> Markup:
    examples = joined(
        (Markup("<li>{} <b>→ {}</b></li>").format(e.text, _values(e)) for e in one.examples), ""
    )
    rejects = joined(
        (Markup("<li>{} <i>{}</i></li>").format(r.text, r.why) for r in one.rejects), ""
    )
    said = Said(one.name_zh, one.name_en)
    rows: list[tuple[Any, Any]] = [
        (Said("编号", "id").first(lang), one.id),
        (Said("性质", "kind").first(lang), value_label("kind", one.kind).first(lang)),
        (Said("单位", "units").first(lang), "、".join(one.units)),
        (
            Said("任务领域", "task area").first(lang),
            f"{one.area_2015} {one.area_2021}".strip() or "·",
        ),
        (Said("句式", "phrasings").first(lang), joined(one.phrasings, Markup("<br>"))),
        (Said("例", "examples").first(lang), Markup("<ul>{}</ul>").format(examples)),
        (Said("不算", "rejected").first(lang), Markup("<ul>{}</ul>").format(rejects)),
    ]
    if one.traps:
        rows.append((Said("易错处", "traps").first(lang), one.traps))
    return Markup('<details class="entry" id="ind-{}"><summary>{}</summary>{}</details>').format(
        anchor(one.id), said.html(lang), pairs(rows)
    )


def _values(example: Any) -> str:
    values = ["" if v is None else f"{v:g}" for v in example.values]
    return "、".join(v for v in values if v) or (example.status or "·")


def _checks(checks: Mapping[str, Any], lang: str) -> Markup:
    rows = frame_of(
        {
            "check_id": Markup('<span id="check-{}">{}</span>').format(anchor(i), i),
            "name_zh": rule.name_zh,
            "name_en": rule.name_en,
            "severity": rule.severity,
        }
        for i, rule in checks.items()
    )
    return table(rows, lang=lang, name="checks-table", cap=500) if len(rows) else Markup("")


def _lexicon(lexicon: Lexicon, lang: str) -> Markup:
    rows = frame_of(
        {
            "theme": lexicon.themes[g.theme].name_zh if g.theme in lexicon.themes else g.theme,
            "group": Markup('<span id="group-{}">{}</span>').format(anchor(g.id), g.name_zh),
            "name_en": g.name_en,
            "terms": "、".join(g.terms),
            "since": g.since,
        }
        for g in lexicon.groups.values()
    )
    return table(rows, lang=lang, name="lexicon-table", cap=500) if len(rows) else Markup("")


def _tables(lang: str) -> Markup:
    made = []
    for name, contract in TABLES.items():
        title = Said(f"{contract.zh} {name}", f"{name}")
        rows = frame_of(_column(name, c, contract.key, lang) for c in contract.columns)
        made.append(
            table(rows, lang=lang, name=f"table-{name}", title=title, download=name, controls=False)
        )
    return joined(made)


def _column(name: str, column: Column, key: tuple[str, ...], lang: str) -> dict[str, Any]:
    values: Any = ""
    if column.values:
        values = joined(
            (link(f"#code-{anchor(column.name)}", value) for value in column.values), " "
        )
    return {
        "column": f"{column.name}{' *' if column.name in key else ''}",
        "meaning": Said(column.zh, column.en).html(lang),
        "type": f"{column.type}{' ?' if column.nullable else ''}",
        "value": values,
    }


def _codes(lang: str) -> Markup:
    seen: dict[str, Any] = {}
    for contract in TABLES.values():
        for column in contract.columns:
            if column.values:
                seen.setdefault(column.name, []).extend(column.values)
    return joined(
        _code_list(name, list(dict.fromkeys(values)), lang) for name, values in seen.items()
    )


def _code_list(name: str, values: list[str], lang: str) -> Markup:
    rows = pairs((value, value_label(name, value).html(lang)) for value in values)
    return Markup('<h3 id="code-{}">{} <span class="second">{}</span></h3>{}').format(
        anchor(name), column_label(name).first(lang), name, rows
    )
