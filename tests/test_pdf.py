"""A PDF comes out in paragraphs, its page numbers marked, its odd code points found."""

# ruff: noqa: E501  what is written here is paragraphs

from __future__ import annotations

from pathlib import Path

from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes
from govlaw.text.readers.paragraphs import PrintedLine, join_lines
from tests.makers import pdf_of

LONG = "2019年,我县坚持以习近平新时代中国特色社会主义思想为指导,深入推进依法行政,全年受理行政复议案件12件,其中维持8件、撤销4件,均在法定期限内办结,群众满意度明显提升"
LINES = ("清溪县2019年度法治政府建设情况报告", *(f"{LONG},第{n}项工作完成。" for n in range(30)))


def test_wrapped_lines_are_paragraphs_again_across_pages():
    reading = read_bytes(pdf_of(LINES), Path("a.pdf"))
    kept = [line for line in reading.text.split("\n") if not line.startswith("- ")]
    assert tuple(kept) == LINES


def test_page_numbers_are_marked_and_no_sentence_is_cut():
    reading = read_bytes(pdf_of(LINES), Path("a.pdf"))
    numbers = [span.of(reading.text) for span in reading.furniture]
    assert numbers == [f"- {n} -" for n in range(1, len(numbers) + 1)] and len(numbers) > 4
    document = to_document(reading, Path("a.pdf"))
    assert not any("- " in sentence.text for sentence in document.sentences)


def test_running_heads_are_marked():
    def page(number: int) -> list[PrintedLine]:
        rows = [
            "清溪县人民政府公报",
            f"第{number}页的正文写到这里就结束了。",
            f"第 {number} 页 共 3 页",
        ]
        return [
            PrintedLine(text, 80.0, 80.0 + 16 * len(text), 700.0 - 30 * n, 716.0 - 30 * n)
            for n, text in enumerate(rows)
        ]

    text, furniture = join_lines([page(1), page(2), page(3)])
    marked = [span.of(text) for span in furniture]
    assert marked.count("清溪县人民政府公报") == 3 and "第 2 页 共 3 页" in marked
    assert "第2页的正文写到这里就结束了。" not in marked


def test_radicals_are_found_as_the_characters_they_stand_for():
    odd = "清溪县⼈⺠政府⾏政复议案件受理情况良好。"
    document = to_document(read_bytes((odd * 2).encode(), Path("a.txt")), Path("a.txt"))
    from govlaw.text.folding import fold

    assert fold(document.text).count("人民政府行政复议") == 2
    assert document.text == odd * 2
