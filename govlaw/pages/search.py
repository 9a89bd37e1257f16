"""From sentences to a page that searches them by itself, words of two characters included."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.pages.markup import named_rows
from govlaw.pages.words import Said

#: Characters of JSON a search page carries: no page grows beyond 3 MB (UTF-8 takes three a sign).
JSON_CAP = 850_000


def index_of(
    sentences: pd.DataFrame, marks: pd.DataFrame, labels: Mapping[str, str], *, cap: int = JSON_CAP
) -> tuple[dict[str, Any], int]:
    """What the page searches and the number of sentences in it.

    Contacts are left out of the sentences they stand in.
    """
    body = sentences[sentences["role"] != "noise"]
    places = {d: i for i, d in enumerate(dict.fromkeys(body["doc_id"]))}
    contacts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mark in named_rows(marks[marks["kind"] == "contact"]):
        contacts[str(mark.doc_id)].append((int(mark.start), int(mark.end)))
    rows: list[list[Any]] = []
    size = 0
    for row in named_rows(body):
        words = " ".join(_without(row, contacts.get(row.doc_id, [])).split())
        size += len(words) + 14
        if size > cap:
            break
        rows.append([places[row.doc_id], row.sentence_id.rpartition(":")[2], words])
    docs = [[d, str(labels.get(d, d)).replace("\n", " ")] for d in places]
    return {"docs": docs, "rows": rows}, len(body)


def _without(sentence: Any, contacts: Sequence[tuple[int, int]]) -> str:
    words = str(sentence.text)
    for start, end in contacts:
        one, two = max(0, start - sentence.start), max(0, end - sentence.start)
        words = words[:one] + "…" * len(words[one:two]) + words[two:]
    return words


def body(index: Mapping[str, Any], n_all: int, lang: str) -> Markup:
    """The search page."""
    n = len(index["rows"])
    held = Said(
        f"可检索 {n:,} / 共 {n_all:,} 句。", f"{n:,} of {n_all:,} sentences can be searched."
    )
    if n < n_all:
        held = Said(f"{held.zh} 其余请在下载的 sentences 表中检索。",
                    f"{held.en} For the rest search the downloaded table sentences.")  # fmt: skip
    ask = Said("词语，用空格隔开表示同时出现", "words; a blank means both").first(lang)
    told = Said("显示 {} / 共 {} 句", "{} of {} sentences").first(lang)
    need = Said("检索需要启用脚本；不启用时请用浏览器的查找功能或下载 sentences 表。",
                "Searching needs scripts; without them use the table sentences.")  # fmt: skip
    safe = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(
        '<h1>{}</h1><p class="small">{}</p><noscript><p class="caution">{}</p></noscript>'
        '<form id="ask" role="search" hidden><p><input type="search" id="query" '
        'placeholder="{ask}" '
        'aria-label="{ask}" autocomplete="off"></p></form>'
        '<p id="told" class="small" role="status" data-words="{told}"></p><ol id="hits"></ol>'
        '<script type="application/json" id="sentences">{data}</script>'
    ).format(
        Said("检索", "Search").html(lang), held.html(lang), need.html(lang), ask=ask, told=told,
        data=Markup(safe.replace("&", "\\u0026")),  # noqa: S704, no < and no & is left in it
    )  # fmt: skip
