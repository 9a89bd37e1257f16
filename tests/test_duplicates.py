"""Repeats are found and the earliest published is kept; another version is no repeat."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from govlaw.document import Document
from govlaw.engine.duplicates import find_repeats
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes

WORDS = [
    "推进",
    "落实",
    "行政执法",
    "监督",
    "规范",
    "决策",
    "机制",
    "培训",
    "干部",
    "学习",
    "宣传",
    "普法",
    "调解",
    "矛盾",
    "纠纷",
    "化解",
    "服务",
    "窗口",
    "改革",
    "事项",
    "清单",
    "公开",
    "审查",
    "备案",
]


def report(seed: int, *, cases: int = 12, published: str = "2020-03-01", tail: str = "") -> str:
    chance = random.Random(seed)  # noqa: S311
    body = "\n".join("".join(chance.choice(WORDS) for _ in range(40)) + "。" for _ in range(12))
    return (
        f"清溪县2019年度法治政府建设情况报告\n发布时间:{published}\n"
        f"2019年,我县受理行政复议案件{cases}件。\n{body}\n{tail}"
    )


def read(text: str, name: str) -> Document:
    return to_document(read_bytes(text.encode(), Path(name)), Path(name))


def repeats(*texts: str) -> list[tuple[str, str, str]]:
    documents = [read(text, f"{number}.txt") for number, text in enumerate(texts)]
    return [(r.kept, r.other, r.reason) for r in find_repeats(documents)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((report(1), report(1)), [("0", "1", "same_bytes")]),
        ((report(1), report(1).replace("\n", "\r\n\r\n")), [("0", "1", "same_text")]),
        ((report(1), report(1).replace(",", "，")), [("0", "1", "same_text")]),
        ((report(1), report(1, tail="以上情况,请予审阅。")), [("0", "1", "near_duplicate")]),
        ((report(1), report(1, cases=15)), [("0", "1", "other_version")]),
        ((report(1), report(2)), []),
        ((report(1), report(1, published="2020-01-05")), [("1", "0", "same_text")]),
        ((report(1, tail="以上情况,请予审阅。"), report(1, published="2020-01-05")),
         [("1", "0", "near_duplicate")]),
    ],
)  # fmt: skip
def test_pairs(texts, expected):
    assert repeats(*texts) == expected


def test_another_version_names_its_numbers():
    documents = [read(report(1), "a.txt"), read(report(1, cases=15), "b.txt")]
    (repeat,) = find_repeats(documents)
    assert not repeat.is_duplicate and repeat.changed == ("-12", "+15")
    assert repeat.similarity > 0.9


def test_republications_among_many_are_all_found():
    texts = [report(seed) for seed in range(60)]
    texts += [report(seed, tail="(此件公开发布,请各单位认真学习。)") for seed in range(30)]
    found = repeats(*texts)
    assert sorted(found) == sorted((str(n), str(60 + n), "near_duplicate") for n in range(30))


def test_the_seeds_repeat_nobody(seeds):
    assert find_repeats(list(seeds)) == []
