"""Patterns stay linear: twice the text takes about twice the time, on the nastiest input too."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import govlaw.facts
from govlaw.facts.periods import date_quantities
from govlaw.facts.quantities import quantities

_LENGTH, _PROBE = 128_000, 16_000
_NASTY = (
    "1", "五", "《", "《1", "“1", "\"1", "1,234", "1.", "1、", "第1", "1届", "1次",
    "届1次会议", "1+", "1-", "1/", "1分钟", "圈1", "近", "约", "百分之", "三级", "将", "较2020年",
    "2020年", "增长1%", "1 ", " ", "件", "12件", "(", "由",
)  # fmt: skip


def _patterns() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every compiled pattern of the room, run the way its module runs it."""
    for module in pkgutil.iter_modules(govlaw.facts.__path__):
        home = importlib.import_module(f"govlaw.facts.{module.name}")
        source = inspect.getsource(home)
        for key, value in vars(home).items():
            for number, pattern in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(pattern, re.Pattern):
                    uses = set(re.findall(rf"\b{key}\.(\w+)\(", source))
                    anchored = bool(uses) and uses <= {"match", "fullmatch"}
                    yield f"{module.name}.{key}[{number}]", _job(pattern, anchored=anchored)


def _job(pattern: re.Pattern[str], *, anchored: bool) -> Callable[[str], object]:
    return pattern.match if anchored else lambda text: sum(1 for _ in pattern.finditer(text))


def _seconds(job: Callable[[str], object], text: str, rounds: int = 3) -> float:
    """The fastest of some rounds, in processor time: other work on the machine hardly shows."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job(text)
        times.append(time.process_time() - start)
    return min(times)


def _growth(job: Callable[[str], object], nasty: str) -> float:
    """The growth factor when the text is four times as long; 4 is linear, 16 is quadratic.

    The fastest of five rounds each, in turn: a machine that is busy for a moment slows one of them.
    """
    part, whole = (nasty * _PROBE)[:_PROBE], (nasty * 4 * _PROBE)[: 4 * _PROBE]
    rounds = [(_seconds(job, part, 1), _seconds(job, whole, 1)) for _ in range(5)]
    parts, wholes = zip(*rounds, strict=True)
    return min(wholes) / max(min(parts), 1e-4)


@pytest.mark.parametrize(("name", "job"), [pytest.param(*pair, id=pair[0]) for pair in _patterns()])
def test_every_pattern_is_linear(name: str, job: Callable[[str], object]) -> None:
    """A short text settles most; the long one is only tried where that was not instant."""
    for nasty in _NASTY:
        probe = _seconds(job, (nasty * _PROBE)[:_PROBE], rounds=1)
        if probe < 0.0125:
            continue
        assert probe < 0.3, (name, nasty, "already slow on 16,000 characters")
        whole = _seconds(job, (nasty * _LENGTH)[:_LENGTH], rounds=2)
        assert whole < 0.5, (name, nasty)
        assert whole < 0.2 or _growth(job, nasty) < 8, (name, nasty)


@pytest.mark.parametrize("nasty", _NASTY)
def test_quantities_are_linear(nasty: str) -> None:
    text = (nasty * _LENGTH)[:_LENGTH]
    assert (
        _seconds(quantities, text, rounds=1) < 4
    )  # generous: here every second sign is a row to build
    assert _growth(quantities, nasty) < 8


@pytest.mark.parametrize("nasty", ["12件", "2020年1件", "较2020年1件", "将1件", "去年1件"])
def test_periods_are_linear(nasty: str) -> None:
    def dated(text: str) -> object:
        return date_quantities(quantities(text), text, 0, 2021)

    assert _growth(dated, nasty) < 8


def test_the_measure_tells_linear_from_quadratic() -> None:
    assert _growth(lambda text: [text[: i + 1] for i in range(0, len(text), 10)], "1") > 8
    assert _growth(lambda text: sum(map(ord, text)), "1") < 8
