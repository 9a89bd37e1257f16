"""Phrasings: what they find in sentences of the genre, and what a broken one says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from govlaw.errors import DefinitionError
from govlaw.facts.clauses import skeleton
from govlaw.facts.definitions import check_definitions
from govlaw.facts.fields import places
from govlaw.facts.grammar import PhrasingError, read_phrasing
from govlaw.facts.observations import Observation, extract, observe
from govlaw.facts.periods import find_quantities
from govlaw.facts.phrasings import Library
from govlaw.facts.quantities import quantities
from govlaw.facts.reading import document_of
from govlaw.indicator import load_indicators

_CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "phrasings.yml").read_text(encoding="utf-8")
)


def read(text: str, context: str = "") -> list[Observation]:
    document = document_of(text, context=context)
    found = find_quantities(document)
    return observe(document, found, load_indicators())


def told(row: Observation) -> str:
    """A row as the cases write it."""
    value = "-" if row.obs_value is None else f"{row.obs_value:.10g}"
    status = [row.status] if row.status != "stated" else []
    return " ".join(
        [row.indicator, value, *status, *([row.modality] if row.modality != "done" else [])]
    )


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['label']}-{case['text'][:16]}")
def test_case(case: dict) -> None:
    rows = [told(row) for row in read(case["text"], case.get("context", ""))]
    assert sorted(rows) == sorted(case["expect"])


def test_the_cases_are_many_and_varied() -> None:
    claimed = [case for case in _CASES if case["expect"]]
    assert len(claimed) >= 60
    assert len(_CASES) - len(claimed) >= 20
    assert len({row.split()[0] for case in claimed for row in case["expect"]}) >= 70


def field_of(text: str, number: int) -> str:
    bare = skeleton(text, quantities(text))
    return "".join(bare.text[slice(*stretch)] for stretch in places(bare)[number].near)


@pytest.mark.parametrize(
    ("text", "number", "field"),
    [
        ("收到申请11件,其中受理8件,48件建议和85件提案。", 1, "其中受理"),
        ("收到申请11件,其中受理8件,48件建议和85件提案。", 2, "建议"),
        ("收到申请11件,其中受理8件,48件建议和85件提案。", 3, "提案"),
        ("受理、审结复议案件分别为12件、10件。", 0, "受理"),
        ("举办法治讲座,共计120场次。", 0, "举办法治讲座\ue001共计"),
        ("建成村(社区)工作室119个。", 0, "建成村社区工作室"),
    ],
)
def test_the_field_of_a_number(text: str, number: int, field: str) -> None:
    assert field_of(text, number) == field


def test_a_number_that_rose_takes_the_field_of_the_number_before() -> None:
    assert "网上可办率由" in field_of("网上可办率由90%提升至98%。", 1)
    bare = skeleton(text := "网上可办率由90%提升至98%,满意率95%。", quantities(text))
    assert [place.is_base for place in places(bare)] == [True, False, False]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("受理{nuon}", "did you mean 'noun'?"),
        ("受理{n}{n}", "{n} stands twice"),
        ("受理{n} 办结{n}", "wants two numbers"),
        ("(受理|办结", "a ')' is missing"),
        ("受理)", "nothing opened"),
        ("[recon 受理", "lacks its closing ]"),
        ("<不予受理", "lacks its closing >"),
        ("[recon]", "no word to look for"),
        ("~执法 !同比", "no word to look for"),
        ("(受理)?", "would match nothing"),
        ("?受理", "may not stand here"),
        ("{ring}", "contains itself"),
        ("{numbered}", "holds {n}"),
        ("{crooked}", "nothing opened"),
    ],
)
def test_a_broken_phrasing_says_what_is_wrong(source: str, said: str) -> None:
    groups = {"noun": ["案件"], "ring": ["{ring}案"], "numbered": ["共{n}"], "crooked": ["案)件"]}
    with pytest.raises(PhrasingError) as caught:
        read_phrasing(source, groups)
    assert said in str(caught.value)


_DEFINITION = """\
groups:
  visit_noun: [走访, 入户]
home_visits:
  name_zh: 走访户数
  name_en: Homes visited
  kind: flow
  units: [户]
  phrasings:
    - "{visit_noun} 群众"
  examples:
    - {text: "走访群众5户。", value: 5}
    - {text: "入户看望群众6户。", value: 6}
    - {text: "全年走访群众7户。", value: 7}
    - {text: "对8户群众进行走访。", value: 8}
  rejects:
    - {text: "走访企业9户。", why: enterprises}
    - {text: "全县群众9户。", why: nobody was visited}
"""


def problems(folder: Path, text: str) -> list[str]:
    (folder / "visits.yml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in check_definitions(folder)]


def test_a_sound_definition_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, _DEFINITION) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("  rejects:", "  reject:", 15, "did you mean 'rejects'?"),
        ("units: [户]", "units: [plase]", 7, "did you mean 'place'?"),
        ('"{visit_noun} 群众"', '"{visit_nuon} 群众"', 9, "did you mean 'visit_noun'?"),
        ('"{visit_noun} 群众"', '"[reconn] 走访"', 9, "did you mean 'recon'?"),
        ("{text: \"全年走访群众7户。\"", "{text: \"全年慰问群众7户。\"", 13, "finds nothing"),
        ("走访企业9户", "走访企业和群众9户", 16, "in a reject"),
        ("value: 6", "valu: 6", 12, "did you mean 'value'?"),
        ("  name_en: Homes", "  name_zh: 户数\n  name_en: Homes", 5, "stands here twice"),
        ("  kind: flow", "  kind: flow\n  also: [home_visit]", 7, "did you mean 'home_visits'?"),
    ],
)  # fmt: skip
def test_a_broken_definition_says_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in _DEFINITION
    first, *_ = problems(tmp_path, _DEFINITION.replace(old, new, 1))
    assert f"visits.yml:{line}: " in first
    assert said in first


def test_two_indicators_may_not_claim_one_number_by_the_same_phrasing(tmp_path: Path) -> None:
    twin = _DEFINITION[_DEFINITION.index("home_visits:") :].replace("home_visits", "twin_visits")
    found = problems(tmp_path, _DEFINITION + twin)
    assert any("two indicators claim one number equally" in problem for problem in found)
    assert any("home_visits" in problem and "twin_visits" in problem for problem in found)


def test_an_idle_phrasing_is_a_warning(tmp_path: Path) -> None:
    text = _DEFINITION.replace('    - "{visit_noun} 群众"', '    - "{visit_noun} 群众"\n    - 慰问')
    (tmp_path / "visits.yml").write_text(text, encoding="utf-8")
    (problem,) = check_definitions(tmp_path)
    assert not problem.is_error
    assert "visits.yml:10" in problem.where


def test_every_shipped_phrasing_can_be_read() -> None:
    assert len(Library(load_indicators()).readings) == len(load_indicators())


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError):
        load_indicators(tmp_path / "nowhere")


_LENGTH = 128_000
_NASTY = (
    "规范性文件清理12件,",
    "受理行政复议案件12件",
    "1件",
    "12件、",
    "分别为8件、9件",
    "(1件",
    "由1%提高到2%,",
    "行政复议、",
    "均受理,",
    "规范性文件备案",
    "复议12件,占比12%,",
    "《1件",
    "全部办结,受理1件,",
)


def seconds(length: int, nasty: str) -> float:
    start = time.process_time()
    extract((nasty * length)[:length])
    return time.process_time() - start


@pytest.mark.parametrize("nasty", _NASTY)
def test_twice_the_text_takes_about_twice_the_time(nasty: str) -> None:
    extract(nasty)
    half, whole = seconds(_LENGTH // 4, nasty), seconds(_LENGTH // 2, nasty)
    if whole < 0.5:
        return
    for _ in range(2):  # another job on the machine may have slowed one of the two
        if whole / half < 3:
            break
        half, whole = seconds(_LENGTH // 4, nasty), seconds(_LENGTH // 2, nasty)
    assert whole / half < 3
    assert whole < 8  # quadratic matching took 25 seconds here


def test_a_sentence_full_of_numbers_is_no_slower_than_many_sentences() -> None:
    clause = "规范性文件清理12件"
    extract(clause)
    start = time.process_time()
    extract(f"{clause}。" * 600)
    many = time.process_time() - start
    start = time.process_time()
    extract(f"{clause}," * 600)
    assert time.process_time() - start < 5 * many
