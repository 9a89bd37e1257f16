"""From the tables to the few findings that open the front page, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.pages import readings
from govlaw.pages.homes import homes, sentence_at, sentences_of, shelf_title
from govlaw.pages.markup import joined, link, source_address
from govlaw.pages.places import largest_change, say_change
from govlaw.pages.words import Said, value_label
from govlaw.stats.compliance import contents, timeliness

CAP = 5
TRENDS = ("03_trends.html", Said("走势", "Trends"))
INDICATORS = ("04_indicators.html", Said("指标", "Indicators"))
COMPLIANCE = ("05_compliance.html", Said("合规", "Compliance"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence computed from the tables and the links to what it rests on."""

    said: Said
    evidence: tuple[tuple[str, str | Said], ...]

    def html(self, lang: str) -> Markup:
        """One entry of the list on the front page."""
        links = joined(
            (link(address, words.first(lang) if isinstance(words, Said) else words)
             for address, words in self.evidence[:4]), " · ",
        )  # fmt: skip
        label = Said("依据", "Evidence").first(lang)
        return Markup('<li><div><p>{}</p><p class="evidence">{}: {}</p></div></li>').format(
            self.said.html(lang), label, links
        )


def find(tables: Any, labels: Mapping[str, str]) -> list[Finding]:
    """At most five findings, the most telling first; nothing to say gives no entry."""
    flat = {doc_id: label.replace("\n", " ") for doc_id, label in labels.items()}
    found = [
        _mismatch(tables, flat),
        _missing_content(tables, flat),
        _copied(tables, flat),
        _published(tables, flat),
        _stated(tables, labels),
        _no_trend(tables),
        _changed(tables, flat),
        _attended(tables),
    ]
    return [finding for finding in found if finding][:CAP]


def _mismatch(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    rows = tables.verdicts[tables.verdicts["verdict"] != "not_testable"]
    failed = rows[rows["verdict"] == "fail"].sort_values("severity", key=lambda s: s != "error")
    if failed.empty:
        return None
    known = homes(tables)
    evidence = [
        (source_address(found[0]), f"{labels.get(doc_id, doc_id)} {check}")
        for doc_id, check, ids in zip(
            failed["doc_id"], failed["check_id"], failed["obs_ids"], strict=True
        )
        if (found := sentences_of(ids, known))
    ]
    top = failed.iloc[0]
    name = labels.get(top["doc_id"], top["doc_id"])
    return Finding(
        Said(
            f"{len(rows)} 处可核对的算式中有 {len(failed)} 处对不上。例如 {name}：{top['reading']}",
            f"{len(failed)} of {len(rows)} checks do not add up, for example in {name}.",
        ),
        (*evidence[:3], COMPLIANCE),
    )


def _missing_content(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    rows = contents(tables.documents, tables.sections, tables.sentences)
    asked = rows[rows["is_bound"].astype(bool)]
    wide = asked.pivot_table(index="doc_id", columns="element", values="presence", aggfunc="first")
    if not {"problems", "causes"} <= set(wide.columns):
        return None
    owning = wide[wide["problems"] == "present"]
    silent = owning[owning["causes"] != "present"]
    if owning.empty or silent.empty:
        return None
    return Finding(
        Said(
            f"受规定约束的报告中，{len(owning)} 份写出了不足，其中 {len(silent)} 份没有写原因，"
            "而规定要求写明“不足和原因”。",
            f"Of {len(owning)} reports under the rule that state shortcomings, {len(silent)} give "
            "no causes, though the regulation asks for both.",
        ),
        tuple((f"sources/{d}.html", labels.get(str(d), str(d))) for d in silent.index),
    )


_OF = {
    "statutory": "国家规定原文", "peer": "他地报告", "own_past": "本地往年报告",
    "unplaced": "地区或年度不明的报告",
}  # fmt: skip


def _copied(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    rows = tables.overlaps
    rows = rows[rows["class"].isin(list(_OF))]
    if rows.empty:
        return None
    length = (rows["end"] - rows["start"]).astype(int)
    top, n = rows.loc[length.idxmax()], int(length.max())
    sentence = sentence_at(tables.sentences, top["doc_id"], int(top["start"]))
    kind = _OF[top["class"]]
    name = labels.get(top["doc_id"], top["doc_id"])
    other = labels.get(top["other_id"]) or shelf_title(str(top["other_id"]))
    return Finding(
        Said(
            f"最长的一段相同文字有 {n} 字，在 {name}，与{kind}一致（{other}）。",
            f"The longest run of shared text has {n} characters: {name}, the same as "
            f"{other} ({value_label('class', top['class']).en}).",
        ),
        ((source_address(sentence), name), COMPLIANCE),
    )


def _published(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    rows = timeliness(tables.documents)
    rows = rows[rows["is_bound"].astype(bool)]
    if rows.empty:
        return None
    shown = rows[rows["status"].isin(["late", "late_or_republished", "on_time"])]
    evidence = tuple((f"sources/{d}.html", labels.get(str(d), str(d))) for d in shown["doc_id"])
    return Finding(readings.timeliness(rows), (*evidence[:3], COMPLIANCE))


def _stated(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    said = readings.coverage(tables.coverage, labels)
    if said is None:
        return None
    stated = tables.coverage[tables.coverage["status"].isin(["stated", "stated_in_words"])]
    most = stated["doc_id"].value_counts().index[:1]
    best = tuple((f"sources/{d}.html", labels.get(str(d), str(d)).replace("\n", " ")) for d in most)
    return Finding(said, (*best, INDICATORS))


def _no_trend(tables: Any) -> Finding | None:
    said = readings.confounded(tables.documents)
    return Finding(said, (TRENDS,)) if said else None


def _changed(tables: Any, labels: Mapping[str, str]) -> Finding | None:
    done = tables.observations[tables.observations["modality"] == "done"]
    change = largest_change(done)
    said = say_change(change, load_indicators())
    if change is None or said is None:
        return None
    place = labels.get(change[1]["doc_id"], change[1]["doc_id"]).rpartition(" ")[0]
    evidence = tuple(
        (source_address(str(row["sentence_id"])), labels.get(row["doc_id"], row["doc_id"]))
        for row in change
    )
    return Finding(Said(f"{place}：{said.zh}", f"{place}: {said.en}"), evidence)


def _attended(tables: Any) -> Finding | None:
    groups = load_lexicon().groups
    zh = readings.trend(tables.trend, {i: g.name_zh for i, g in groups.items()})
    en = readings.trend(tables.trend, {i: g.name_en for i, g in groups.items()})
    if zh is None or en is None:
        return None
    said = Said(f"词组的密度：{zh.zh}", f"Density of word groups: {en.en}")
    return Finding(said, (TRENDS,))
