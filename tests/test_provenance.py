"""Every field of the register says where it was read, and the text there says so."""

import re
from datetime import date
from pathlib import Path

import pytest

from govlaw import paths
from govlaw.engine.mapping import map_document, rows_of
from govlaw.tables import TABLES
from govlaw.text.corpus import read_document, to_document
from govlaw.text.folding import fold
from govlaw.text.readers import Reading, read_bytes
from tests.test_register import read

FILES = [
    *sorted(paths.seeds().glob("*.txt")),
    *sorted((paths.home() / "tests/data/invented").glob("*.txt")),
]
READ = [read_document(path) for path in FILES]
FIELDS = ("title", "doc_no", "issuer", "ref_area", "level", "doc_type", "year", "date_signed",
          "date_published", "url", "is_truncated")  # fmt: skip
PAGE = """<html><head><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{day} 09:00"><meta name="ContentSource" content="清溪县司法局">
</head><body><h1>清溪县2020年度法治政府建设情况报告</h1><p>发布日期:2021-02-03</p>
<p>2020年,我县坚持依法行政,受理行政复议案件3件,办结3件,群众满意度明显提升。</p></body></html>"""


def page(day: str, title: str = "清溪县2020年度法治政府建设情况报告"):
    content = PAGE.format(day=day, title=title).encode()
    return to_document(read_bytes(content, Path("a.html")), Path("a.html")).register


@pytest.mark.parametrize("document", READ, ids=lambda document: document.doc_id)
def test_every_field_has_its_source(document):
    register = document.register
    stated = {field for field in FIELDS if getattr(register, field) is not None}
    assert {source.field for source in register.sources} == stated
    for source in register.sources:
        value = getattr(register, source.field)
        assert source.value == (str(value).lower() if value in (True, False) else str(value))
        assert 0.5 <= source.confidence <= 1


@pytest.mark.parametrize("document", READ, ids=lambda document: document.doc_id)
def test_the_text_says_there_what_was_read(document):
    placed = [source for source in document.register.sources if source.span]
    assert len(placed) == len(document.register.sources)
    for source in placed:
        quote = source.span.of(document.text)
        assert quote == source.quote and quote.strip()
        assert says(quote, source.field, source.value, document.register), source


def says(quote: str, field: str, value: str, register) -> bool:
    bare = "".join(quote.split())
    if field in ("title", "doc_no", "url"):
        return bare == value
    if field in ("date_signed", "date_published"):
        return date(*map(int, re.findall(r"\d+", fold(quote)))).isoformat() == value
    if field == "year":
        return value in fold(quote) or "今年" in quote
    if field in ("issuer", "ref_area", "level"):
        place = "".join((register.province, register.city, register.county))
        return bare in place or bare in place.replace("市", "")
    return True


def test_the_cue_of_the_kind_is_kept():
    kinds = {d.doc_id: d.register.source_of("doc_type") for d in READ}
    assert kinds["003"].quote == "创新"
    assert kinds["004"].quote == "法治政府建设情况的报告"
    assert kinds["001"].quote == "存在一些不足"
    assert {kinds[doc].source for doc in ("003", "004")} == {"title"}
    assert kinds["001"].confidence < kinds["004"].confidence


@pytest.mark.parametrize(
    ("line", "confidence"),
    [("发布日期:2021-02-03", 1.0), ("2021-02-03", 0.8), ("更新时间:2021-02-03", 0.6)],
)
def test_a_label_is_believed_more_than_a_place(line, confidence):
    register = read(
        f"清溪县2020年度法治政府建设情况报告\n{line}\n2020年,我县坚持依法行政。\n"
    ).register
    source = register.source_of("date_published")
    assert (source.source, source.confidence, source.quote) == ("header", confidence, "2021-02-03")


def test_a_close_vote_on_the_year_is_less_sure():
    clear = read("法治政府建设情况报告\n2020年,我县办案3件。\n2020年,我县培训3次。\n")
    close = read("法治政府建设情况报告\n2020年,我县办案3件。\n2019年,我县培训3次。\n")
    sure = clear.register.source_of("year").confidence
    assert sure == 0.9 > close.register.source_of("year").confidence >= 0.5


def test_the_source_that_the_head_names_gives_the_area():
    reading = Reading(
        "2020年度法治政府建设情况报告\n2020年,各部门依法行政。",
        "utf-8",
        "0" * 64,
        facts={"source": "吉林省东辽县司法局", "source.where": "meta ContentSource"},
    )
    register = to_document(reading, Path("a.html")).register
    source = register.source_of("ref_area")
    assert (register.ref_area, source.source, source.span) == ("220422", "meta", None)
    assert source.quote == "meta ContentSource: 吉林省东辽县司法局"


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("东辽县2019年法治政府建设情况报告.txt", "year", "2019"),
     ("东辽县2019年法治政府建设情况报告.txt", "ref_area", "220422"),
     ("清溪县二〇二〇年工作总结.txt", "year", "2020"),
     ("吉林省辽源市东辽县人民政府报告.html", "level", "county")],
)  # fmt: skip
def test_the_name_of_the_file_is_the_weakest_evidence(name, field, value):
    content = (
        "法治政府建设情况报告\n一年来,各部门依法行政,办理案件3件,群众满意度明显提升。\n".encode()
    )
    register = to_document(read_bytes(content, Path(name)), Path(name)).register
    source = register.source_of(field)
    assert (source.value, source.source, source.confidence) == (value, "file", 0.5)
    assert source.span is None and source.quote == Path(name).stem


@pytest.mark.parametrize(
    "name",
    [
        "2019年和2020年.txt",
        "2021—2025年方案.txt",
        "报告20200304.txt",
        "004_442be8.txt",
        "鼓楼区.txt",
    ],
)
def test_a_name_that_tells_nothing_is_not_asked(name):
    content = (
        "法治政府建设情况报告\n一年来,各部门依法行政,办理案件3件,群众满意度明显提升。\n".encode()
    )
    register = to_document(read_bytes(content, Path(name)), Path(name)).register
    assert (register.year, register.ref_area) == (None, None)


def test_the_text_goes_before_the_name_of_the_file():
    content = "元宝山区2018年法治政府建设情况报告\n2018年,我区依法行政。\n".encode()
    name = Path("东辽县2019年报告.txt")
    register = to_document(read_bytes(content, name), name).register
    assert (register.year, register.ref_area) == (2018, "150403")


def test_dates_that_agree_leave_no_note():
    assert page("2021-02-03").notes == ()


def test_only_the_head_names_the_date():
    reading = Reading(
        "清溪县2020年度法治政府建设情况报告\n2020年,我县依法行政。",
        "utf-8",
        "0" * 64,
        facts={"published": "2021-02-05", "published.where": "meta PubDate"},
    )
    source = to_document(reading, Path("a.html")).register.source_of("date_published")
    assert (source.source, source.span, source.confidence) == ("meta", None, 0.95)
    assert source.quote == "meta PubDate: 2021-02-05"


def test_two_dates_of_publication_are_noted():
    register = page("2021-02-05")
    assert register.date_published == date(2021, 2, 3)
    assert register.notes == ("date_conflict: 页面印有 2021-02-03, meta PubDate: 2021-02-05 09:00",)


def test_a_correction_is_the_source(monkeypatch):
    import govlaw.text.corpus as corpus

    row = {"year": "2016", "note": "目录页写明"}
    monkeypatch.setattr(corpus, "known_of", lambda sha256: row)
    register = read("某县2019年度法治政府建设情况报告\n2019年,我县推进依法行政。\n").register
    source = register.source_of("year")
    assert (source.value, source.source, source.confidence) == ("2016", "register", 1.0)
    assert source.span is None and "目录页写明" in source.quote


def test_rows_keep_the_contract():
    rows = [row for document in READ for row in rows_of(map_document(document)["fields"])]
    frame = TABLES["fields"].frame(rows)
    texts = {document.doc_id: document.text for document in READ}
    for row in frame.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.quote


@pytest.mark.parametrize(
    ("text", "script"),
    [("我县行政执法机关办理行政复议案件3件。", "hans"),
     ("本縣行政執法機關辦理行政複議案件,發展業務,過程應導,實務國際", "hant"),
     ("本縣執法機關辦理案件,發展業務。我县执法机关办理案件,发展业务,应诉。", "mixed"),
     ("2020", None)],
)  # fmt: skip
def test_the_script(text, script):
    assert read(text).register.script == script


@pytest.mark.parametrize(
    ("head", "where"),
    [
        ("<meta name=PubData content='2020-03-04'>", "meta"),  # misspelt on real sites
        ("<script>var ct = 1583280000;</script>", "meta"),
        ("<script>var publish_time='1583280000000';</script>", "meta"),
        ("<link rel=canonical href='http://a.cn/202003/t20200304_12.html'>", "meta"),
        ("<link rel=canonical href='http://a.cn/2020-03/04/content_12.html'>", "meta"),
    ],
)
def test_the_date_that_only_the_head_states(head, where):
    text = "<p>2019年,我县坚持依法行政,受理行政复议案件12件,均在法定期限内办结。</p>" * 3
    page = (
        f"<html><head>{head}</head><body><h1>清溪县2019年法治政府建设报告</h1>{text}</body></html>"
    )
    found = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html")).register
    assert str(found.date_published) == "2020-03-04"
    assert found.source_of("date_published").source == where


def test_the_date_in_the_name_of_a_saved_page():
    text = "<p>2019年,我县坚持依法行政,受理行政复议案件12件,均在法定期限内办结。</p>" * 3
    page = f"<h1>清溪县2019年法治政府建设报告</h1>{text}".encode()
    path = Path("t20200304_123456.html")
    found = to_document(read_bytes(page, path), path).register
    assert str(found.date_published) == "2020-03-04"
    assert found.source_of("date_published").source == "file"


@pytest.mark.parametrize(
    ("site", "title", "code", "level"),
    [
        ("云南省生态环境厅", "省生态环境厅2021年度法治政府建设情况报告", "530000", "department"),
        ("吉安市生态环境局", "市生态环境局2021年度法治政府建设情况报告", "360800", "department"),
        ("东辽县人民政府", "泉太镇2021年度法治政府建设情况报告", "220422", "township"),
    ],
)
def test_the_owner_of_the_site_tells_whose_office_it_is(site, title, code, level):
    text = "<p>2021年,不断推进依法行政,受理行政复议案件12件,均在法定期限内办结。</p>" * 3
    page = f"<html><head><title>{site}</title></head><body><h3>{title}</h3>{text}</body></html>"
    found = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html")).register
    assert (found.ref_area, found.level) == (code, level)


def test_a_line_of_copyright_names_the_owner():
    text = "<p>2019年,我区推行行政执法三项制度,受理案件12件,均在法定期限内办结。</p>" * 3
    page = (
        f"<h1>关于我区推行行政执法三项制度情况的专项工作报告</h1>{text}"
        "<div><a href=/>首页</a>Copyright 赣州市南康区人大常委会办公室 All Rights Reserved.</div>"
    )
    found = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html")).register
    assert found.ref_area == "360703"
