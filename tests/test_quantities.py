"""Quantities: cases from the language, reports coded by hand, and what must always hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govlaw import paths
from govlaw.facts.quantities import Quantity, quantities

_HERE = Path(__file__).parent
_CASES = yaml.safe_load((_HERE / "cases" / "quantities.yml").read_text(encoding="utf-8"))
_SEEDS = ("000", "001", "003", "004")
_INVENTED = sorted((_HERE / "data" / "invented").glob("*.quantities.jsonl"))
_WIDE = str.maketrans("0123456789.%()", "０１２３４５６７８９．％（）")


def shown(quantity: Quantity) -> str:
    value = f"{quantity.value:g}" if quantity.value < 1e5 else f"{quantity.value:.10g}"
    high = "" if quantity.value_high is None else f"..{quantity.value_high:.10g}"
    return f"{value}{high} {quantity.unit}".strip()


def expected(entry: str) -> str:
    number, _, unit = entry.partition(" ")
    low, _, high = number.partition("..")
    parts = [f"{float(low):g}" if float(low) < 1e5 else f"{float(low):.10g}"]
    parts += [f"..{float(high):.10g}"] if high else []
    return f"{''.join(parts)} {unit}".strip()


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['label']}-{case['text'][:20]}")
def test_case(case: dict) -> None:
    wanted = [expected(entry) for entry in case["expect"]]
    assert [shown(quantity) for quantity in quantities(case["text"])] == wanted
    wide = case["text"].translate(_WIDE)
    assert [shown(quantity) for quantity in quantities(wide)] == wanted


def test_there_are_cases_enough() -> None:
    assert len(_CASES) >= 250
    assert sum(not case["expect"] for case in _CASES) >= 80
    assert len({case["text"] for case in _CASES}) == len(_CASES)


def read_gold(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def score(found: list[Quantity], gold: list[dict], *, unit: bool) -> tuple[int, int, int]:
    """Hits, found and wanted on core rows; span overlap and equal value, one to one.

    What falls on an optional row is neither hit nor false alarm.
    """
    core = [row for row in gold if row["status"] == "core"]
    optional = [row for row in gold if row["status"] != "core"]
    taken: set[int] = set()
    alarms = 0
    for quantity in found:
        match = next(
            (
                number
                for number, row in enumerate(core)
                if number not in taken and _agrees(quantity, row, unit=unit)
            ),
            None,
        )
        if match is not None:
            taken.add(match)
        elif not any(_overlaps(quantity, row) for row in optional):
            alarms += 1
    return len(taken), len(taken) + alarms, len(core)


def _overlaps(quantity: Quantity, row: dict) -> bool:
    return quantity.start < row["end"] and row["start"] < quantity.end


def _agrees(quantity: Quantity, row: dict, *, unit: bool) -> bool:
    same = abs(quantity.value - row["value"]) < 1e-6 * max(1, abs(row["value"]))
    return _overlaps(quantity, row) and same and (not unit or quantity.unit == row["unit"])


def f1(counts: list[tuple[int, int, int]]) -> float:
    hits, found, wanted = (sum(column) for column in zip(*counts, strict=True))
    return 2 * hits / (found + wanted)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(("unit", "bar"), [(False, 0.99), (True, 0.98)])
def test_the_seeds_are_read_as_coded_by_hand(unit: bool, bar: float) -> None:
    counts = []
    for seed in _SEEDS:
        text = _read(next(paths.seeds().glob(f"{seed}_*.txt")))
        gold = read_gold(paths.data("gold", f"quantities_{seed}.jsonl"))
        counts.append(score(quantities(text), gold, unit=unit))
    assert f1(counts) >= bar, counts


@pytest.mark.skipif(not _INVENTED, reason="no invented reports here")
@pytest.mark.parametrize("unit", [False, True])
def test_the_invented_reports_are_read_as_coded_by_hand(unit: bool) -> None:
    counts = []
    for path in _INVENTED:
        text = _read(path.with_name(path.name.replace(".quantities.jsonl", ".txt")))
        counts.append(score(quantities(text), read_gold(path), unit=unit))
    assert f1(counts) >= 0.98, counts


def test_gold_offsets_point_at_their_words() -> None:
    for seed in _SEEDS:
        text = _read(next(paths.seeds().glob(f"{seed}_*.txt")))
        for row in read_gold(paths.data("gold", f"quantities_{seed}.jsonl")):
            assert text[row["start"] : row["end"]] == row["text"]


_PIECES = st.sampled_from(
    ["受理", "5", "起", "三", "两家", "50.74万", "余", "%", "2020年", "第", "《", "》", "“", "”",
     '"', "1+2", "-", "至", "约", "近", "。", "；", "\n", ",", "、", "级", "一", "圈", "届",
     "次会议", "(", "/", "１２", "分之", "个工作日", "百", "内", "同比增长", "元", " ", "万"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)


@given(_TEXTS)
def test_spans_hold_and_stay_in_their_sentence(text: str) -> None:
    last = 0
    for quantity in quantities(text):
        assert quantity.text == text[quantity.start : quantity.end] != ""
        assert not set(quantity.text) & set("。！？；;\n")
        assert quantity.start >= last
        last = quantity.end


@given(_TEXTS, _TEXTS)
def test_a_sentence_elsewhere_changes_no_row(first: str, second: str) -> None:
    shift = len(first) + 1
    alone = [(q.text, q.value, q.unit, q.start + shift, q.end + shift) for q in quantities(second)]
    together = [
        (q.text, q.value, q.unit, q.start, q.end)
        for q in quantities(f"{first}。{second}")
        if q.start >= shift
    ]
    assert together == alone


@given(_TEXTS)
def test_full_width_figures_change_nothing(text: str) -> None:
    def facts(written: str) -> list[tuple]:
        return [(q.value, q.unit, q.bound, q.kind, q.start, q.end) for q in quantities(written)]

    assert facts(text.translate(_WIDE)) == facts(text)
