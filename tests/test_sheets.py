"""The sheet of every report: what was asked, the sentence it rests on, and only what is bound."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

import govlaw
from govlaw.pages import readings
from govlaw.pages.agendas import say_areas, topics_or_refusal
from govlaw.pages.homes import homes, sentences_of, shelf_title
from tests.site_fixtures import site

__all__ = ["site"]


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_document_has_a_sheet_that_others_link_to(site: Path) -> None:
    documents = govlaw.load_tables(site.parent / "tables").documents["doc_id"]
    for doc_id in documents:
        assert (site / "sheets" / f"{doc_id}.html").exists()
        assert soup(site / "sources" / f"{doc_id}.html").select(
            f'a[href="../sheets/{doc_id}.html"]'
        )
    for page in ("index.html", "05_compliance.html"):
        linked = {a["href"] for a in soup(site / page).select('a[href^="sheets/"]')}
        assert linked == {f"sheets/{doc_id}.html" for doc_id in documents}


def test_a_sheet_quotes_the_sentences_it_rests_on(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    words = dict(zip(tables.sentences["sentence_id"], tables.sentences["text"], strict=True))
    page = soup(site / "sheets" / "004.html")
    links = page.select('main a[href*="#s"]')
    assert len(links) > 20
    for quote in page.select("section:first-of-type td a"):
        sentence = f"004:{quote['href'].partition('#')[2]}"
        assert " ".join(words[sentence].split()).startswith(quote.get_text().removesuffix("…"))
    text = page.get_text(" ")
    assert "本文种受规定约束" in text
    assert "期限 2020-03-31；相差天数 -27" in text
    assert "合计3件,相差1件" in text
    assert "431 项" in text


def test_a_feature_article_is_told_not_bound(site: Path) -> None:
    text = soup(site / "sheets" / "000.html").get_text(" ")
    assert "规定不约束本文种" in text
    assert "页面未载：成文、发布" in text


def test_only_bound_documents_are_counted() -> None:
    rows = pd.DataFrame(
        [("a", "problems", "absent", False), ("b", "problems", "absent", True),
         ("b", "causes", "present", True)],
        columns=["doc_id", "element", "presence", "is_bound"],
    )  # fmt: skip
    assert "受规定约束的报告 1 份" in readings.contents(rows).zh
    assert "存在的不足 1 份" in readings.contents(rows).zh
    assert readings.contents(rows[~rows["is_bound"]]) == readings.NONE_BOUND


def test_findings_name_a_text_by_its_title(site: Path) -> None:
    text = soup(site / "index.html").select_one("ol.findings").get_text(" ")
    assert "党政主要负责人履行推进法治建设第一责任人职责规定" in text
    assert "shelf:" not in text
    assert shelf_title("shelf:none_such") == "none_such"


def test_a_note_stands_before_the_paragraph_of_its_sentence(site: Path) -> None:
    page = soup(site / "sources" / "004.html")
    for note in page.select("aside.note"):
        if note.select_one("a") is None:  # it speaks of the whole document
            continue
        sentence = note.select_one("a")["href"].removeprefix("#")
        assert note.find_next_sibling("p").find(id=sentence)


def test_every_verdict_on_a_number_or_sentence_has_a_sentence(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    known = homes(tables)
    for doc_id, ids in zip(tables.verdicts["doc_id"], tables.verdicts["obs_ids"], strict=True):
        speaks_of_text = str(ids).strip() not in ("", doc_id)
        assert bool(sentences_of(ids, known)) == speaks_of_text, ids


def test_silence_is_named() -> None:
    rows = pd.DataFrame(
        [("a", "H1", "政府职能", "Functions", 1.0, True),
         ("a", "H2", "制度建设", "Rules", 0.0, False)],
        columns=["doc_id", "code", "name_zh", "name_en", "share_chars", "is_covered"],
    )  # fmt: skip
    said = say_areas(rows, {"a": "东辽县 2019"})
    assert said is not None
    assert "东辽县 2019没有“制度建设”" in said.zh


def test_five_documents_get_no_topic_model(site: Path) -> None:
    counts = govlaw.load_tables(site.parent / "tables").term_counts
    topics, said = topics_or_refusal(counts, n_topics=8)
    assert topics is None
    assert "5 份文件" in said.zh
