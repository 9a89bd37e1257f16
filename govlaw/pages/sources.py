"""From a document's text and tables to a page of the untouched text with everything marked in it.

The text is not changed by a character: taken out of the article again, it is what was decoded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from govlaw.pages.columns import column_label
from govlaw.pages.homes import sentences_of
from govlaw.pages.indicators import answer_words
from govlaw.pages.markup import anchor, frame_of, joined, link, pairs, shown_number, table
from govlaw.pages.sheets import sheet_link
from govlaw.pages.words import Said, value_label

_FIELDS = (
    "issuer", "ref_area", "doc_type", "year", "doc_no", "date_signed", "date_published", "url",
    "path", "encoding", "n_chars", "n_sentences", "is_truncated", "notes", "sha256",
)  # fmt: skip
_TOC_CAP = 60
#: Verdicts that stand beside the text; the others are listed below it.
_TELLING = ("fail", "overlap", "rounding")


class Stretch(NamedTuple):
    """A row of a table that covers part of the text."""

    start: int
    end: int
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Everything the tables say of one document.

    ``cells`` holds the cells of other pages in which an observation is shown, the chief one first.
    """

    document: Mapping[str, Any]
    text: str
    marks: list[Stretch]
    sections: list[Stretch]
    sentences: list[Stretch]
    quantities: list[Stretch]
    observations: list[Stretch]
    verdicts: Sequence[Mapping[str, Any]]
    names: Mapping[str, Said]
    checks: Mapping[str, Said] = field(default_factory=dict)
    cells: Mapping[str, Sequence[tuple[str, Said]]] = field(default_factory=dict)

    def notes(self) -> dict[str, list[Mapping[str, Any]]]:
        """Verdicts by the first sentence they rest on; one without any speaks of the whole."""
        home = {str(s.row["sentence_id"]): str(s.row["sentence_id"]) for s in self.sentences}
        home |= {s.row["obs_id"]: s.row["sentence_id"] for s in self.observations}
        home |= {s.row["quantity_id"]: s.row["sentence_id"] for s in self.quantities}
        found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in (row for row in self.verdicts if row["verdict"] in _TELLING):
            found[next(iter(sentences_of(row["obs_ids"], home)), "")].append(row)
        return found


def article(source: Source, lang: str) -> Markup:
    """The text: a paragraph a line, each sentence with its anchor, verdicts beside them."""
    notes = source.notes()
    # What speaks of the whole document stands above it.
    parts: list[Markup] = [_note(row, source.checks, lang) for row in notes.pop("", [])]
    seen: set[str] = set()
    at = 0
    for line in source.text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        if words.strip():
            for stretch in _within(source.sentences, at, at + len(words)):
                told = stretch.row["sentence_id"]
                parts += [_note(r, source.checks, lang, told) for r in notes.pop(told, [])]
            parts.append(_line(source, at, at + len(words), seen, lang))
            parts.append(escape(line[len(words) :]))
        else:
            parts.append(escape(line))
        at += len(line)
    return Markup('<article class="text" lang="zh-CN">{}</article>').format(Markup("").join(parts))


def _within(stretches: Iterable[Stretch], start: int, end: int) -> list[Stretch]:
    return [s for s in stretches if s.start < end and start < s.end]


def _line(source: Source, start: int, end: int, seen: set[str], lang: str) -> Markup:
    kind = next(
        (m.row["kind"] for m in _within(source.marks, start, end)
         if m.row["kind"] != "contact" and m.start <= start and end <= m.end), None,
    )  # fmt: skip
    section = next((s for s in source.sections if start <= s.start < end and s.row["level"]), None)
    attributes = Markup("")
    if kind:
        label = value_label("kind", kind).first(lang)
        attributes = Markup(' class="aside" data-kind="{}"').format(label)
    elif section:
        look = "heading" if end - start <= 42 and section.row["level"] < 3 else "begin"
        attributes = Markup(' class="{}" id="{}"').format(look, f"h{section.row['section']}")
    inner, at = [], start
    for sentence in _within(source.sentences, start, end):
        one, two = max(sentence.start, start), min(sentence.end, end)
        inner.append(_marked(source, at, one, lang))
        inner.append(_sentence(source, sentence.row["sentence_id"], one, two, seen, lang))
        at = two
    inner.append(_marked(source, at, end, lang))
    return Markup("<p{}>{}</p>").format(attributes, Markup("").join(inner))


def _sentence(
    source: Source, sentence_id: str, start: int, end: int, seen: set[str], lang: str
) -> Markup:
    words = _marked(source, start, end, lang)
    if sentence_id in seen:
        return Markup('<span class="sentence">{}</span>').format(words)
    seen.add(sentence_id)
    name = anchor(sentence_id.rpartition(":")[2])
    return Markup('<span class="sentence" id="{}">{}</span>').format(name, words)


def _marked(source: Source, start: int, end: int, lang: str) -> Markup:
    """A stretch of text cut wherever a number, an observation or a contact begins or ends."""
    if start >= end:
        return Markup("")
    numbers = _within(source.quantities, start, end)
    stated = _within(source.observations, start, end)
    marks = _within(source.marks, start, end)
    cuts = {start, end}
    for s in (*numbers, *stated, *marks):
        cuts |= {max(s.start, start), min(s.end, end)}
    edges = sorted(cuts)
    made = []
    for one, two in pairwise(edges):
        ending = [s for s in stated if s.end == two]
        kinds = {m.row["kind"] for m in _within(marks, one, two)}
        classes = {
            "contact": "contact" in kinds, "faint": bool(kinds - {"contact"}),
            "stated": bool(_within(stated, one, two)), "number": bool(_within(numbers, one, two)),
        }  # fmt: skip
        made.append(_piece(source.text[one:two], classes))
        made += [_says(source, s, lang) for s in ending]
    return Markup("").join(made)


def _piece(words: str, classes: Mapping[str, bool]) -> Markup:
    named = " ".join(name for name, wanted in classes.items() if wanted)
    if not named:
        return escape(words)
    return Markup('<span class="{}">{}</span>').format(named, words)


def _says(source: Source, stretch: Stretch, lang: str) -> Markup:
    row = stretch.row
    said = source.names.get(str(row["indicator"]), Said(str(row["indicator"]), ""))
    words = f"{said.first(lang)} {answer_words(row, lang)}"
    uses = source.cells.get(str(row["obs_id"]), ())
    address = uses[0][0] if uses else f"#{_own_row(str(row['obs_id']))}"
    return Markup(
        '<a class="says" href="{}" data-obs="{}" data-says="{}" aria-label="{}"></a>'
    ).format(address, row["obs_id"], said.first(lang), words)


def _own_row(obs_id: str) -> str:
    return anchor(f"obs-{obs_id}")


def _note(row: Mapping[str, Any], checks: Mapping[str, Said], lang: str, at: str = "") -> Markup:
    check = checks.get(str(row["check_id"]), Said(str(row["check_id"]), str(row["check_id"])))
    verdict = Markup("<b>{}</b>").format(value_label("verdict", row["verdict"]).first(lang))
    if at:
        verdict = link(f"#{anchor(at.rpartition(':')[2])}", verdict)
    return Markup('<aside class="note {}">{} {} {}</aside>').format(
        row["verdict"], verdict, check.first(lang),
        Markup('<span class="small">{}</span>').format(row["reading"]),
    )  # fmt: skip


def body(source: Source, lang: str) -> tuple[Said, Markup, list[tuple[str, str, int]]]:
    """Title, body and contents of a source page."""
    document = source.document
    title = document["title"] if not pd.isna(document["title"]) else None
    said = Said(*([str(title or f"{document['doc_id']}（原文无标题）")] * 2))
    register = pairs(
        (column_label(c).first(lang), _field(c, document[c], lang))
        for c in _FIELDS if not pd.isna(document[c])
    )  # fmt: skip
    switch = _switch(lang) if any(m.row["kind"] == "contact" for m in source.marks) else ""
    sheet = Markup("<p>{}</p>").format(sheet_link(str(document["doc_id"]), lang, up="../"))
    made = Markup("<h1>{}</h1>{}{}{}{}{}{}").format(
        said.zh, sheet, register, switch, article(source, lang), _own_table(source, lang),
        _other_checks(source, lang),
    )  # fmt: skip
    return said, made, _contents(source)


def _switch(lang: str) -> Markup:
    hide = Said("显示联系方式（姓名、电话，默认隐藏）", "show contacts (hidden by default)")
    return Markup('<input type="checkbox" id="contacts"> <label for="contacts">{}</label>').format(
        hide.first(lang)
    )


def _field(column: str, value: Any, lang: str) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if column.startswith("n_"):
        return shown_number(float(value))
    return value_label(column, value).first(lang)


def _contents(source: Source) -> list[tuple[str, str, int]]:
    found = [(f"#h{row['section']}", f"{row['marker']}{row['heading']}"[:28], 1 + int(row["level"]))
             for _, _, row in source.sections if row["level"] in (1, 2)]  # fmt: skip
    return found[:_TOC_CAP]


def _own_table(source: Source, lang: str) -> Markup:
    if not source.observations:
        return Markup("")
    title = Said("本文的指标观测", "Observations in this document")
    rows = frame_of(_own_cells(source, s.row, lang) for s in source.observations)
    return table(rows, lang=lang, name="observations", title=title, cap=1000, weight=None)


def _own_cells(source: Source, row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    said = source.names.get(str(row["indicator"]), Said(str(row["indicator"]), ""))
    sentence = anchor(str(row["sentence_id"]).rpartition(":")[2])
    name = Markup('<span id="{}">{}</span>').format(_own_row(str(row["obs_id"])), said.first(lang))
    uses = (
        link(address, title.first(lang))
        for address, title in source.cells.get(str(row["obs_id"]), ())
    )
    return {
        "indicator": name, "value": answer_words(row, lang), "status": row["status"],
        "modality": row["modality"], "quote": link(f"#{sentence}", row["quote"]),
        "phrasing": row["phrasing"], "uses": joined(uses, " "),
    }  # fmt: skip


def _other_checks(source: Source, lang: str) -> Markup:
    rows = [row for row in source.verdicts if row["verdict"] not in _TELLING]
    if not rows:
        return Markup("")
    shown = frame_of(
        {"check_id": source.checks.get(c, Said(c, c)).first(lang), "verdict": row["verdict"],
         "reading": row["reading"]}
        for row in rows for c in [str(row["check_id"])]
    )  # fmt: skip
    title = Said("其他核对", "Other checks")
    return table(shown, lang=lang, name="checks", title=title, cap=1000, weight=None)
