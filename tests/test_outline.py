"""Marks, outline and sentences: what is body, what is not, and where each sentence stands."""

from itertools import pairwise

import pytest

from govlaw.text.outline import role_of
from tests.test_register import read

REPORT = """清溪区2020年度法治政府建设情况报告
2020年,我区推进依法行政。
一、主要举措和成效
(一)强化制度建设。一是制定文件3件;二是清理文件12件。
1.加强备案。报备3件。
二、存在的不足及下一步打算
一是力量不足。二是培训不够。
下一步,我区将做好以下工作:
(一)加强培训。
三、主要负责人履行推进法治建设第一责任人职责情况
亲自部署、亲自过问。
清溪区人民政府
2021年1月10日
(联系人:某某,联系电话:0123-4567890)
打印 关闭
"""


@pytest.mark.parametrize(
    ("heading", "role"),
    [("主要举措和成效", "achievements"), ("存在的问题", "problems"), ("问题和不足", "problems"),
     ("存在的不足及原因", "causes"), ("下一步工作打算", "plan"), ("2021年工作安排", "plan"),
     ("党政主要负责人履行推进法治建设第一责任人职责有关情况", "first_responsible"),
     ("补齐示范创建短板", None), ("着力解决企业问题", None), ("破解发展难题", None),
     ("聚焦突出问题", None), ("整改存在的问题", None), ("化解历史遗留问题", None),
     ("亟待解决的问题", "problems"), ("存在的突出问题", "problems"), ("不足之处", "problems"),
     ("存在的问题和2020年安排", "problems"), ("存在不足及改进措施", "problems"),
     ("突出问题导向,提升能力", None), ("加强市场监管", None), ("制定工作计划,压实责任", None)],
)  # fmt: skip
def test_roles_of_headings(heading, role):
    assert role_of(heading) == role


def test_outline_of_a_report():
    sections = read(REPORT).sections
    assert [(s.level, s.marker, s.role) for s in sections] == [
        (0, "", "body"),
        (1, "一、", "achievements"), (2, "(一)", "achievements"),
        (5, "一是", "achievements"), (5, "二是", "achievements"), (3, "1.", "achievements"),
        (1, "二、", "problems"), (5, "一是", "problems"), (5, "二是", "problems"),
        (2, "(一)", "problems"),
        (1, "三、", "first_responsible"),
    ]  # fmt: skip


def test_a_paragraph_that_turns_to_next_steps_is_a_plan():
    roles = {s.text: s.role for s in read(REPORT).sentences}
    assert roles["一是力量不足。"] == "problems"
    assert roles["下一步,我区将做好以下工作:"] == "plan"
    assert roles["(一)加强培训。"] == "plan"
    assert roles["亲自部署、亲自过问。"] == "first_responsible"


def test_no_part_of_a_plan_names_problems():
    body = "\n".join([
        "清溪区2020年度法治政府建设情况报告", "2020年,我区推进依法行政。",
        "一、主要成效", "(一)着力解决企业问题。走访企业30家。",
        "二、存在的不足", "力量不足。",
        "三、下一步工作打算", "(一)补齐示范创建短板。新建基地2个。", "(二)存在的问题。逐项销号。",
    ])  # fmt: skip
    sections = read(body).sections
    assert [s.role for s in sections] == [
        "body", "achievements", "achievements", "problems", "plan", "plan", "plan",
    ]  # fmt: skip


def test_a_sentence_in_the_midst_turns_the_rest_of_the_chapter():
    roles = {
        s.text: s.role
        for s in read(
            "清溪区2019年度法治政府建设情况报告\n2019年,我区推进依法行政。\n"
            "一、主要成效\n(一)办结案件3件。下一步,将继续努力。还将开展评查。\n(二)培训5次。\n"
            "二、存在的问题和2020年安排\n"
            "虽然取得进展,但是力量不足。２０２０年将重点抓好3项工作：一是新建基地2个。二是培训30人。\n"
            "按期完成整改。\n三、其他事项\n2019年,办结建议3件。\n"
        ).sentences
    }
    assert roles["虽然取得进展,但是力量不足。"] == "problems"
    assert roles["２０２０年将重点抓好3项工作："] == "plan"
    assert roles["二是培训30人。"] == roles["按期完成整改。"] == "plan"
    assert roles["(一)办结案件3件。"] == roles["(二)培训5次。"] == "achievements"
    assert roles["下一步,将继续努力。"] == roles["还将开展评查。"] == "plan"
    assert roles["2019年,办结建议3件。"] != "plan"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [("针对以上问题,下一步新建基地2个。", "plan"), ("针对上述不足,我区将新建基地2个。", "plan"),
     ("今后,新建基地2个。", "plan"), ("2021年,我区将新建基地2个。", "plan"),
     ("2021年至2022年,将新建基地2个。", "problems"), ("针对执法不严,查处3件。", "problems"),
     ("2021年1月检查时发现3件。", "problems")],
)  # fmt: skip
def test_how_a_sentence_turns_to_what_comes_next(sentence, role):
    text = f"清溪区2020年度法治政府建设情况报告\n一、存在的不足\n力量不足。{sentence}\n"
    assert [s.role for s in read(text).sentences][-1] == role


def test_signature_contact_and_furniture_are_marked_and_no_sentence():
    document = read(REPORT)
    kinds = {m.span.of(document.text): m.kind for m in document.marks}
    assert kinds["清溪区人民政府"] == kinds["2021年1月10日"] == "signature"
    assert kinds["打印 关闭"] == "furniture"
    assert any(kind == "contact" for kind in kinds.values())
    assert not any("打印" in s.text or "联系人" in s.text for s in document.sentences)


def test_items_inside_a_paragraph_are_sentences_of_their_own():
    texts = [s.text for s in read(REPORT).sentences]
    assert "一是制定文件3件;" in texts
    assert "二是清理文件12件。" in texts


def test_sentences_of_the_seeds_are_the_text_and_keep_order(seeds):
    for document in seeds:
        spans = [s.span for s in document.sentences]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(s.text == document.text[s.span.start : s.span.end] for s in document.sentences)
        assert [s.number for s in document.sentences] == list(range(1, len(spans) + 1))


def test_furniture_and_captions_of_the_seeds(seeds):
    marks = {d.doc_id: {(m.kind, m.span.of(d.text)) for m in d.marks} for d in seeds}
    assert ("furniture", "东丰县 东辽县 龙山区 西安区 经济开发区") in marks["004"]
    assert ("furniture", "扫一扫在手机打开当前页") in marks["001"]
    assert ("glued_time", "发表时间 : 2019-05-07 16:56:14") in marks["003"]
    assert sum(kind == "caption" for kind, _ in marks["000"]) == 3
    assert sum(kind == "contact" for kind, _ in marks["004"]) >= 3


def test_roles_in_the_seeds(seeds):
    roles = {d.doc_id: {s.role for s in d.sections if s.level == 1} for d in seeds}
    assert roles["001"] == {"achievements", "problems", "plan"}
    assert roles["004"] == {"achievements", "problems", "first_responsible", "plan"}
    assert [s.role for s in seeds["000"].sentences][-1] == "plan"


def test_hostile_text_stays_linear():
    import time

    def seconds(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    def is_linear(unit: str) -> bool:
        small, large = (seconds(unit * (n // len(unit))) for n in (16_000, 64_000))
        return large < 12 * small + 0.2

    read("一、")  # what is read once is read before the clock runs
    for unit in ("一、", "1", "《", "一是,", "(一)\n", "2019年", "县人民政府", "关闭 "):
        # A busy machine may spoil one measurement; a square law spoils all three.
        assert any(is_linear(unit) for _ in range(3)), unit
