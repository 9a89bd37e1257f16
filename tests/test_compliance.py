from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from govlaw import paths
from govlaw.stats.compliance import contents, timeliness
from govlaw.tables import TABLES
from tests.text_frames import Frames, frames_of_files, frames_of_text

ELEMENTS = ("achievements", "problems", "causes", "first_responsible", "plan")
# As a reader found them: both annual reports tell shortcomings without a cause.
EXPECTED = {
    "000": ("present", "absent", "absent", "absent", "present"),
    "001": ("present", "present", "absent", "mention_only", "present"),
    "002": ("not_applicable",) * 5,
    "003": ("present", "absent", "absent", "absent", "absent"),
    "004": ("present", "present", "absent", "present", "present"),
}


@pytest.fixture(scope="module")
def frames() -> Frames:
    return frames_of_files(sorted(paths.seeds().glob("*.txt")))


@pytest.mark.parametrize("doc_id", EXPECTED)
def test_contents_of_the_seeds(frames: Frames, doc_id: str) -> None:
    found = contents(frames["documents"], frames["sections"], frames["sentences"])
    rows = found[found["doc_id"] == doc_id].set_index("element")
    assert tuple(rows.loc[list(ELEMENTS), "presence"]) == EXPECTED[doc_id]


def test_every_presence_has_its_sentence(frames: Frames) -> None:
    found = contents(frames["documents"], frames["sections"], frames["sentences"])
    shown = found["presence"].isin(["present", "mention_only"])
    assert found.loc[shown, "sentence_id"].isin(frames["sentences"]["sentence_id"]).all()
    assert found.loc[~shown, "sentence_id"].isna().all()


def test_the_rule_binds_annual_reports_only(frames: Frames) -> None:
    found = contents(frames["documents"], frames["sections"], frames["sentences"])
    assert set(found.loc[found["is_bound"], "doc_id"]) == {"001", "004"}


@pytest.mark.parametrize(
    ("text", "element", "presence"),
    [
        ("我县法治政府建设还存在一些问题。究其原因,主要是重视不够。", "causes", "present"),
        ("出现上述问题的主要原因:一是重视不够。", "causes", "present"),
        ("全年无安全事故。", "causes", "absent"),
        ("工作中仍存在执法力量不足的问题。", "problems", "present"),
        (
            "学习《党政主要负责人履行推进法治建设第一责任人职责规定》。",
            "first_responsible",
            "absent",
        ),
        ("县长切实履行第一责任人职责。", "first_responsible", "mention_only"),
    ],
)
def test_contents_said_in_words(text: str, element: str, presence: str) -> None:
    made = frames_of_text(text, year=2020)
    made["sentences"]["role"] = "body"
    made["sections"]["role"] = "body"
    found = contents(made["documents"], made["sections"], made["sentences"]).set_index("element")
    assert found.loc[element, "presence"] == presence


@pytest.mark.parametrize(
    ("section", "problems", "causes"),
    [
        ("三、存在的不足和原因\n一是执法力量不足,究其原因是编制紧张。", "present", "present"),
        ("三、问题及原因分析\n(一)队伍不稳。\n主要受制于待遇偏低。", "present", "present"),
        ("三、主要问题及其成因\n(一)队伍不稳。\n(二)普法形式单一。", "present", "mention_only"),
        (
            "三、存在的困难和问题\n执法力量不足。\n四、产生问题的原因\n编制紧张。",
            "present",
            "present",
        ),
        ("三、原因分析\n编制紧张。", "absent", "present"),
    ],
)
def test_one_section_may_hold_shortcomings_and_causes(
    tmp_path: Path, section: str, problems: str, causes: str
) -> None:
    report = "东辽县人民政府2020年度法治政府建设情况报告\n一、主要成效\n开展执法检查12次。\n"
    (tmp_path / "one.txt").write_text(report + section + "\n", encoding="utf-8")
    made = frames_of_files([tmp_path / "one.txt"])
    found = contents(made["documents"], made["sections"], made["sentences"]).set_index("element")
    assert found.loc[["problems", "causes"], "presence"].tolist() == [problems, causes]


def test_timeliness_of_the_seeds(frames: Frames) -> None:
    found = timeliness(frames["documents"]).set_index("doc_id")
    assert found["status"].to_dict() == {
        "000": "unknown", "001": "unknown", "002": "not_applicable",
        "003": "late_or_republished", "004": "on_time",
    }  # fmt: skip
    assert found.loc["004", "days"] == -27
    assert found.loc["003", "days"] == 402
    assert found.loc["004", "rule"] == "provisions_2019"
    assert found.loc["003", "rule"] == "outline_2015"


@pytest.mark.parametrize(
    ("signed", "published", "status"),
    [
        (None, date(2020, 3, 31), "on_time"),
        (None, date(2020, 4, 1), "late"),
        (date(2020, 5, 6), None, "late"),
        (date(2020, 3, 1), None, "unknown"),
        (date(2020, 3, 1), date(2021, 6, 1), "late_or_republished"),
        (date(2020, 4, 20), date(2020, 4, 21), "late"),
        (None, None, "unknown"),
    ],
)
def test_due_before_the_first_of_april(
    signed: date | None, published: date | None, status: str
) -> None:
    made = frames_of_text("无。", year=2019, date_signed=signed, date_published=published)
    assert timeliness(made["documents"])["status"].tolist() == [status]


def test_no_documents_give_empty_frames() -> None:
    empty = {name: TABLES[name].frame([]) for name in ("documents", "sections", "sentences")}
    assert contents(empty["documents"], empty["sections"], empty["sentences"]).empty
    assert isinstance(timeliness(empty["documents"]), pd.DataFrame)
