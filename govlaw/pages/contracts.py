"""From the contracts of the tables to the page that explains every column and every code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from govlaw.pages.columns import column_label
from govlaw.pages.frames import heading
from govlaw.pages.markup import anchor, frame_of, joined, link, pairs, table
from govlaw.pages.words import Said, value_label
from govlaw.tables import TABLES, Column

TITLE = Said("数据表与代码", "Tables and codes")


def body(lang: str) -> tuple[Markup, list[tuple[str, str, int]]]:
    """Every table with its columns, then every list of codes; and the contents."""
    lede = Said(
        "数据表的每一列是什么；* 为主键，? 可以为空。代码的含义列在后面。",
        "What each column is; * part of the key, ? may be empty. The codes are explained below.",
    )
    toc: list[tuple[str, str, int]] = []
    parts: list[Any] = [
        Markup("<h1>{}</h1>").format(TITLE.html(lang)),
        Markup('<p class="lede">{}</p>').format(lede.html(lang)),
    ]
    for id, said, made in (
        ("tables", Said("数据表", "Tables"), _tables(lang)),
        ("codes", Said("代码表", "Code lists"), _codes(lang)),
    ):
        toc.append((f"#{id}", said.first(lang), 2))
        parts += [heading(said, id=id, lang=lang), joined(html for _, _, html in made)]
        toc += [(f"#{inner}", words, 3) for inner, words, _ in made]
    return joined(parts), toc


def _tables(lang: str) -> list[tuple[str, str, Markup]]:
    made = []
    for name, contract in TABLES.items():
        id = f"table-{anchor(name)}"
        rows = frame_of(_column(name, c, contract.key, lang) for c in contract.columns)
        shown = table(
            rows, lang=lang, name=id, title=Said(f"{contract.zh} {name}", name), download=name,
            controls=False, up="../",
        )  # fmt: skip
        made.append((id, f"{contract.zh} {name}" if lang == "zh" else name, shown))
    return made


def _column(name: str, column: Column, key: tuple[str, ...], lang: str) -> dict[str, Any]:
    values: Any = ""
    if column.values:
        words = Said("代码", "codes").first(lang)
        values = link(f"#code-{anchor(column.name)}", f"{words} {len(column.values)}")
    return {
        "column": f"{column.name}{' *' if column.name in key else ''}",
        "meaning": Said(column.zh, column.en).html(lang),
        "type": f"{column.type}{' ?' if column.nullable else ''}",
        "value": values,
    }


def _codes(lang: str) -> list[tuple[str, str, Markup]]:
    return [(f"code-{anchor(n)}", column_label(n).first(lang), _code_list(n, values, lang))
            for n, values in code_lists()]  # fmt: skip


def code_lists() -> Iterator[tuple[str, list[str]]]:
    """Every column that holds codes, with its codes in all tables."""
    seen: dict[str, list[str]] = {}
    for contract in TABLES.values():
        for column in contract.columns:
            if column.values:
                seen.setdefault(column.name, []).extend(column.values)
    yield from ((name, list(dict.fromkeys(values))) for name, values in seen.items())


def _code_list(name: str, values: list[str], lang: str) -> Markup:
    rows = pairs((value, value_label(name, value).html(lang)) for value in values)
    return Markup('<h3 id="code-{}">{} <span class="second">{}</span></h3>{}').format(
        anchor(name), column_label(name).first(lang), name, rows
    )
