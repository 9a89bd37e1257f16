"""Patterns stay linear: twice the text takes about twice the time, on the nastiest input too."""

from __future__ import annotations

import importlib
import pkgutil
import re
import statistics
import time
from collections.abc import Callable, Iterator

import pytest

import govlaw.facts
from govlaw.facts.periods import date_quantities
from govlaw.facts.quantities import quantities

_LENGTH = 128_000
_NASTY = (
    "1", "五", "《", "《1", "“1", "\"1", "1,234", "1.", "1、", "第1", "1届", "1次", "届1次会议", "1+", "1-", "1/",
    "1分钟", "圈1", "近", "约", "百分之", "三级", "将", "较2020年", "2020年", "增长1%", "1 ", " ", "件", "12件", "(", "由",
)  # fmt: skip


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(govlaw.facts.__path__):
        name = f"govlaw.facts.{module.name}"
        for key, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(pattern, re.Pattern):
                    yield f"{module.name}.{key}[{number}]", pattern


def _seconds(job: Callable[[str], object], text: str, rounds: int = 3) -> float:
    """The fastest of some rounds, in processor time: other work on the machine hardly shows."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job(text)
        times.append(time.process_time() - start)
    return min(times)


def _growth(job: Callable[[str], object], nasty: str) -> float:
    """The median growth factor when the text doubles; 2 is linear, 4 is quadratic."""
    factors = []
    for _ in range(5):
        half = _seconds(job, (nasty * _LENGTH)[: _LENGTH // 2], rounds=1)
        whole = _seconds(job, (nasty * _LENGTH)[:_LENGTH], rounds=1)
        factors.append(whole / max(half, 1e-3))
    return statistics.median(factors)


def _exhaust(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


@pytest.mark.parametrize(("name", "pattern"), _patterns(), ids=lambda part: str(part)[:40])
def test_every_pattern_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    """One round is enough where it is quick; only a slow one is looked at again."""
    for nasty in _NASTY:
        text = (nasty * _LENGTH)[:_LENGTH]
        if _seconds(_exhaust(pattern), text, rounds=1) < 0.1:
            continue
        assert _seconds(_exhaust(pattern), text) < 0.5, (name, nasty)
        assert _growth(_exhaust(pattern), nasty) < 3, (name, nasty)


@pytest.mark.parametrize("nasty", _NASTY)
def test_quantities_are_linear(nasty: str) -> None:
    text = (nasty * _LENGTH)[:_LENGTH]
    if _seconds(quantities, text, rounds=1) < 0.1:
        return
    assert _seconds(quantities, text) < 2  # every second character may be a quantity to build
    assert _growth(quantities, nasty) < 3


@pytest.mark.parametrize("nasty", ["12件", "2020年1件", "较2020年1件", "将1件", "去年1件"])
def test_periods_are_linear(nasty: str) -> None:
    def dated(text: str) -> object:
        return date_quantities(quantities(text), text, year=2021)

    assert _growth(dated, nasty) < 3


def test_the_measure_tells_linear_from_quadratic() -> None:
    assert _growth(lambda text: [text[: i + 1] for i in range(0, len(text), 100)], "1") > 3
    assert _growth(lambda text: sum(map(ord, text)), "1") < 3
