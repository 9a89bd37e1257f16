"""Problems, promises and what became of them, rule by rule; the panel tests them together."""

import pandas as pd
import pytest

from govlaw.facts.periods import find_quantities
from govlaw.facts.promises import deadline_of, find_agenda
from govlaw.facts.specifics import marks_of
from govlaw.stats.promises import feedback_summary, problem_table, promise_table
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_file

REPORT = """霍山县人民政府2018年度法治政府建设情况报告

一、主要举措和成效
全年受理行政复议12件。
二、存在的不足和原因
一是执法力量薄弱,16个乡镇只有4名持证人员。
二是有的部门不重视。究其原因,是考核不严。
三、下一步打算
主要抓好以下几个方面:
一是6月底前建成执法平台;培训执法人员500人次以上。
二是继续加强学习。
"""


def agenda_of(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    document = to_document(read_file(path), path.relative_to(tmp_path))
    found = find_quantities(document)
    rows = find_agenda(document, found)
    assert all(document.text[row["start"] : row["end"]] == row["text"] for row in rows)
    return rows


def test_problems_and_promises_are_single_statements(tmp_path):
    rows = agenda_of(tmp_path, REPORT)
    problems = [row for row in rows if row["kind"] == "problem"]
    plans = [row for row in rows if row["kind"] == "plan"]
    assert [(row["has_cause"], row["is_specific"]) for row in problems] == [
        (False, True),
        (True, False),
    ]
    assert [(row["deadline"], row["amount"]) for row in plans] == [
        ("6月底前", None),
        (None, "500人次以上"),
        (None, None),
    ]
    assert [row["has_cause"] for row in plans] == [None] * 3


@pytest.mark.parametrize(
    ("cause", "explained"),
    [("产生上述问题,主要是因为编制少、经费紧。", [True, True, True]),
     ("以上不足的原因，一方面在于经费紧张。", [True, True, True]),
     ("这些问题的存在,根源在于考核不严。", [True, True, True]),
     ("究其原因,是考核不严。", [False, False, True]),
     ("上述问题需要尽快解决。", [False, False, False, False])],
)  # fmt: skip
def test_a_cause_of_the_problems_above_is_the_cause_of_each(tmp_path, cause, explained):
    told = "二、存在的不足和原因\n仲裁进度偏慢;听证人员不足。宣传手段陈旧。\n"
    text = REPORT[: REPORT.index("二、")] + told + cause + "\n三、下一步打算\n继续加强学习。\n"
    rows = agenda_of(tmp_path, text)
    assert [row["has_cause"] for row in rows if row["kind"] == "problem"] == explained


@pytest.mark.parametrize(
    "note",
    ["(责任单位:县司法局)", "（牵头单位：县司法局；配合单位：各乡镇；完成时限：6月底前）",
     "责任单位:县财政局、各乡镇", "【完成时限:全年】"],
)  # fmt: skip
def test_who_is_to_keep_a_promise_is_no_promise(tmp_path, note):
    plan = REPORT[: REPORT.index("主要抓好")] + f"年底前建成两个听证室。\n{note}\n明确责任单位。\n"
    rows = [row["text"] for row in agenda_of(tmp_path, plan) if row["kind"] == "plan"]
    assert rows == ["年底前建成两个听证室。", "明确责任单位。"]
    within = plan.replace(f"。\n{note}", note + "。")
    rows = [row["text"] for row in agenda_of(tmp_path, within) if row["kind"] == "plan"]
    assert len(rows) == 2
    assert rows[0].startswith("年底前建成两个听证室")


def test_a_plan_is_promises_throughout(tables):
    of = tables.agenda.groupby("doc_id")["kind"].agg(set)
    assert set(of["002"]) == {"plan"}
    assert "003" not in of.index


def test_a_statement_has_the_marks_of_its_own_words(tables):
    assert len(tables.agenda) > 20
    for row in tables.agenda.itertuples():
        marks = marks_of(row.text)
        assert row.n_hedges == marks.n_hedges, row.text
        assert row.is_specific >= marks.is_specific, row.text


@pytest.mark.parametrize("text", ["出台《年度计划;任务分工》", "建成平台;《条例。培训干部》完"])
def test_a_title_that_runs_on_into_the_next_statement_names_no_text(tmp_path, text):
    plan = REPORT[: REPORT.index("主要抓好")] + f"继续加强执法{text}继续努力学习。\n"
    rows = [row for row in agenda_of(tmp_path, plan) if row["kind"] == "plan"]
    assert len(rows) >= 2
    assert not any(row["is_specific"] for row in rows)


@pytest.mark.parametrize(("doc_id", "n"), [("001", 3), ("004", 4)])
def test_the_problems_of_the_seeds(tables, doc_id, n):
    problems = problem_table(tables.agenda)
    own = problems[problems["doc_id"] == doc_id]
    assert len(own) == n
    assert not own["has_cause"].any(), "neither report gives a cause"


@pytest.mark.parametrize(
    ("text", "when"),
    [("2022年6月底前完成", "2022年6月底前"), ("年底前建成平台", "年底前"), ("上半年完成", "上半年"),
     ("2022年继续推进", None), ("2020年来成效明显", None), ("近年来", None), ("加强学习", None)],
)  # fmt: skip
def test_deadlines(text, when):
    assert deadline_of(text) == when


def test_one_year_only_says_nothing_about_promises(tables):
    found = promise_table(tables.agenda, tables.sentences, tables.documents, tables.quantities)
    assert len(found) == (tables.agenda["kind"] == "plan").sum()
    assert set(found["feedback"]) == {"no_next_report"}
    assert found[["result_sentence_id", "is_met", "score"]].isna().all().all()


def follow(promise, result, *, amount=None, numbers=(), doc_type="annual_report", year=2018):
    """What becomes of one promise in a report with one sentence."""
    agenda = pd.DataFrame(
        [{"doc_id": "a", "sentence_id": "a:1", "kind": "plan", "text": promise, "has_cause": None,
          "is_specific": True, "n_hedges": 0, "deadline": None, "amount": amount,
          "start": 0, "end": len(promise)}]
    )  # fmt: skip
    documents = pd.DataFrame(
        {"doc_id": ["a", "b"], "ref_area": "341525", "year": [year, 2019], "level": "county",
         "doc_type": [doc_type, "annual_report"], "issuer": "x"}
    )  # fmt: skip
    others = ("全年召开会议研究部署", "答复代表建议和委员提案", "农田水利设施得到修缮")
    told = [("b:1", "achievements", result), ("b:2", "plan", promise)]
    told += [(f"b:{n}", "achievements", text) for n, text in enumerate(others, start=3)]
    sentences = pd.DataFrame(told, columns=["sentence_id", "role", "text"])
    sentences = sentences.assign(doc_id="b", start=range(0, 500, 100))
    columns = ["sentence_id", "start", "value", "unit", "kind", "bound"]
    quantities = pd.DataFrame(list(numbers), columns=columns)
    return promise_table(agenda, sentences, documents, quantities).iloc[0]


def test_a_number_kept_and_a_number_missed():
    promise = ("a:1", 6, 20.0, "场", "count", "over")
    for value, is_met in ((22.0, True), (20.0, True), (12.0, False)):
        row = follow(
            "举办法治讲座20场以上", f"举办法治讲座{value:.0f}场", amount="20场以上",
            numbers=[promise, ("b:1", 6, value, "场", "count", "exact")],
        )  # fmt: skip
        assert (row["feedback"], row["is_met"]) == ("plain", is_met)


def test_a_ceiling_is_kept_from_below():
    numbers = [("a:1", 6, 5.0, "%", "rate", "under"), ("b:1", 3, 4.0, "%", "rate", "exact")]
    row = follow("败诉率控制在5%以内", "败诉率为4%", amount="5%以内", numbers=numbers)
    assert row["is_met"]


def test_the_number_of_another_clause_is_no_answer():
    numbers = [("a:1", 6, 20.0, "件", "count", "over"), ("b:1", 4, 300.0, "件", "count", "exact")]
    row = follow(
        "办理法律援助案件20件以上", "受理信访300件,法律援助案件办理有序", amount="20件",
        numbers=numbers,
    )  # fmt: skip
    assert row["feedback"] == "indirect"
    assert pd.isna(row["is_met"])


def test_a_later_clause_that_names_what_was_counted_answers():
    promise = "计划将执法记录仪配备率提高到80%"
    asked = ("a:1", promise.index("80"), 80.0, "%", "rate", "exact")
    for result, feedback in (
        ("配发执法记录仪236台,配备率达到76%", "plain"),
        ("配发执法记录仪236台,配备到位,优秀率76%", "vague"),
    ):
        told = ("b:1", result.index("76"), 76.0, "%", "rate", "exact")
        row = follow(promise, result, amount="80%", numbers=[asked, told])
        assert row["feedback"] == feedback
        assert row["reported"] == 76.0 if feedback == "plain" else pd.isna(row["reported"])


def test_the_name_of_the_genre_answers_no_promise():
    row = follow("不断提升法治政府建设水平", "贯彻落实《法治政府建设实施纲要》,打造法治政府")
    assert row["feedback"] == "none"


def test_a_single_thing_promised_is_reported_without_its_number():
    numbers = [("a:1", 9, 1.0, "间", "count", "exact")]
    row = follow(
        "建成行政复议听证室1间", "行政复议听证室5月投入使用", amount="1间", numbers=numbers
    )
    assert row["feedback"] == "plain"
    rate = [("a:1", 6, 1.0, "%", "rate", "under")]
    row = follow("败诉率控制在1%以内", "败诉率稳步下降", amount="1%以内", numbers=rate)
    assert row["feedback"] == "indirect"


@pytest.mark.parametrize(
    ("problem", "plan"),
    [
        ("应诉能力不强,败诉率达19%,原因是证据意识不强", "力争行政诉讼败诉率下降到10%以内"),
        ("法治督察还没有形成常态", "开展法治督察2次以上"),
        ("规范性文件报备不及时,法制机构编制偏紧", "规范性文件报备率达到100%"),
        ("普法形式单一", None),
    ],
)
def test_a_plan_meets_a_clause_of_a_problem_or_is_held_in_it(problem, plan):
    plans = ["力争行政诉讼败诉率下降到10%以内", "开展法治督察2次以上", "规范性文件报备率达到100%",
             "加强法治政府建设理论研究"]  # fmt: skip
    rows = [("problem", problem), *(("plan", text) for text in plans)]
    agenda = pd.DataFrame(rows, columns=["kind", "text"]).assign(
        doc_id="a", sentence_id="a:1", has_cause=False, is_specific=True, n_hedges=0
    )
    met = problem_table(agenda)["plan_text"].iloc[0]
    assert (met == plan) if plan else pd.isna(met)


def test_a_number_of_the_same_unit_answers_with_fewer_words():
    numbers = [("a:1", 12, 4.0, "人", "count", "exact"), ("b:1", 8, 4.0, "人", "count", "exact")]
    row = follow(
        "配齐复议工作人员,年底前达到4人", "复议工作人员达到4人", amount="4人", numbers=numbers
    )
    assert (row["feedback"], row["feedback_score"], row["is_met"]) == ("plain", 3, True)
    assert row["score"] < 0.45, "words alone would not do"
    words = "复议工作人员陆续到岗"
    assert (
        follow("配齐复议工作人员,年底前达到4人", words, amount="4人", numbers=numbers[:1])[
            "feedback"
        ]
        == "vague"
    )


@pytest.mark.parametrize(
    ("result", "feedback"),
    [("建成行政执法信息平台并上线", "plain"), ("行政执法信息平台正在招标", "indirect"),
     ("全年天气晴好,粮食丰收", "none")],
)  # fmt: skip
def test_feedback_without_a_number(result, feedback):
    assert follow("建设行政执法信息平台", result)["feedback"] == feedback


def test_a_plan_is_answered_by_the_report_on_its_own_year():
    row = follow("建设行政执法信息平台", "建成行政执法信息平台", doc_type="plan", year=2019)
    assert (row["next_doc_id"], row["feedback"]) == ("b", "plain")
    assert follow("建设执法平台", "建成执法平台", year=2016)["feedback"] == "no_next_report"


def test_empty_tables_give_empty_tables():
    blank = {"doc_id": [], "sentence_id": [], "kind": [], "text": []}
    agenda = pd.DataFrame({**blank, "has_cause": [], "is_specific": [], "n_hedges": []})
    assert problem_table(agenda).empty
    found = promise_table(
        agenda,
        pd.DataFrame({"doc_id": [], "sentence_id": [], "role": [], "text": [], "start": []}),
        pd.DataFrame({"doc_id": [], "ref_area": [], "year": [], "level": [], "doc_type": []}),
        pd.DataFrame({"sentence_id": [], "kind": []}),
    )
    assert found.empty
    assert feedback_summary(found).empty
