"""What a document says of itself comes out of its text; what it does not say stays empty."""

from datetime import date

import pytest
import yaml

from govlaw import paths
from govlaw.document import Document
from govlaw.text.corpus import to_document
from govlaw.text.readers import Reading

CASES = yaml.safe_load((paths.home() / "tests/cases/register.yml").read_text(encoding="utf-8"))
TITLES = yaml.safe_load((paths.home() / "tests/cases/titles.yml").read_text(encoding="utf-8"))
NULL = None
# doc, ref_area, year, doc_type, doc_no, signed, published
SEEDS = [
    ("000", "230108", ("黑龙江省", "哈尔滨市", "平房区"), 2017, "news_feature", NULL, NULL, NULL),
    ("001", "511112", ("四川省", "乐山市", "五通桥区"), 2021, "annual_report", NULL, NULL, NULL),
    ("002", "150403", ("内蒙古自治区", "赤峰市", "元宝山区"), 2018, "plan",
     "元政办字〔2018〕101号", date(2018, 8, 1), date(2018, 8, 2)),
    ("003", "350206", ("福建省", "厦门市", "湖里区"), 2017, "special_report",
     NULL, NULL, date(2019, 5, 7)),
    ("004", "220422", ("吉林省", "辽源市", "东辽县"), 2019, "annual_report",
     "东府〔2020〕3号", date(2020, 2, 28), date(2020, 3, 4)),
]  # fmt: skip


def read(text: str) -> Document:
    from pathlib import Path

    return to_document(Reading(text, "utf-8", "0" * 64), Path("case.txt"))


@pytest.mark.parametrize("row", SEEDS, ids=lambda row: row[0])
def test_the_documents_table_of_the_seeds(seeds, row):
    doc_id, ref_area, place, year, doc_type, doc_no, signed, published = row
    found = seeds[doc_id].register
    assert (found.ref_area, (found.province, found.city, found.county)) == (ref_area, place)
    assert (found.year, found.doc_type, found.doc_no) == (year, doc_type, doc_no)
    assert (found.date_signed, found.date_published) == (signed, published)
    assert found.is_truncated is (doc_id == "003")
    assert place[-1] in found.issuer
    assert found.notes == (), "no correction from reports.csv was needed"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_register_cases(case):
    found = read(case["text"]).register
    for field, expected in case["expect"].items():
        assert getattr(found, field) == expected, field


@pytest.mark.parametrize(("title", "doc_type", "year"), TITLES, ids=lambda part: str(part)[:40])
def test_kind_and_year_of_titles(title, doc_type, year):
    found = read(f"{title}\n根据有关规定,现将有关工作情况公布如下,请予以监督。\n").register
    assert (found.title, found.doc_type, found.year) == (title.replace(" ", ""), doc_type, year)


def test_cases_are_many():
    assert len(CASES) + len(TITLES) >= 150
    assert len({case["label"] for case in CASES}) == len(CASES)


def test_reports_csv_corrects_with_a_note(monkeypatch):
    import govlaw.text.corpus as corpus

    row = {"doc_id": "x", "year": "2016", "is_truncated": "true", "note": "目录页写明"}
    monkeypatch.setattr(corpus, "known_of", lambda sha256: row)
    found = read("某县2019年度法治政府建设情况报告\n2019年,我县推进依法行政。\n")
    assert (found.doc_id, found.year, found.register.is_truncated) == ("x", 2016, True)
    assert any("year" in note and "目录页写明" in note for note in found.register.notes)
