"""From cases carried over, new, done and pending to whether the books balance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlaw.stats.figures import Figure, Line
from govlaw.stats.findings import Finding
from govlaw.stats.rules import Vocabulary

_CARRIED = re.compile(r"结转|结存|转结|遗留|往年|上年未结|上年转")
_ON = re.compile(r"下年|次年|下一年|到20|至20|转入20")


def find_balances(lines: Sequence[Line], words: Vocabulary) -> Iterator[Finding]:
    """上年结转3件,新收12件,审结14件,未结1件: both sides must be equal."""
    for number, line in enumerate(lines):
        carried = _of(line, _CARRIED, _ON)
        if len(carried) != 1:
            continue
        pending = _of(line, _any(words.pending), None)
        pending = [f for f in pending if f not in carried]
        done = [f for f in _of(line, _any(words.done), _any(words.pending)) if f not in carried]
        new = _of(line, _any(words.new), re.compile("不予受理|未予受理|不受理"))
        new = [f for f in new if f not in (*carried, *done, *pending)]
        if not new and number and lines[number - 1].paragraph == line.paragraph:
            # 有33件被受理。…连同上年结转的4件已审结32件: the new cases stand one sentence before.
            new = _of(lines[number - 1], _any(words.new), re.compile("不予受理|未予受理|不受理"))
        found = _weigh(line, carried[0], new, done, pending, words)
        if found:
            yield found


def _any(found: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, found)))


def _of(line: Line, words: re.Pattern[str], unless: re.Pattern[str] | None) -> list[Figure]:
    found = []
    for number, figure in enumerate(line.figures):
        label = line.label(number)
        # 上年结转: the reader may file it under last year, so is_plain would lose it.
        named = figure.kind == "count" and words.search(label)
        if named and not (unless and unless.search(label)):
            found.append(figure)
    return found


def _weigh(
    line: Line, carried: Figure, new: list[Figure], done: list[Figure], pending: list[Figure],
    words: Vocabulary,
) -> Finding | None:  # fmt: skip
    unit = words.unit(carried.unit)
    new, done, pending = (
        [f for f in figures if words.unit(f.unit) == unit] for figures in (new, done, pending)
    )
    quote = line.text[:80]
    if not (new and done and pending):
        ids = tuple(f.id for f in (carried, *new[:1], *done[:1], *pending[:1]))
        return Finding(line.doc_id, "not_testable", ids, {"quote": quote}) if len(ids) > 1 else None
    choices = [(n, d, p) for n in new for d in done for p in pending]
    even = next((c for c in choices if carried.value + c[0].value == c[1].value + c[2].value), None)
    n, d, p = even or choices[0]
    ids = (carried.id, n.id, d.id, p.id)
    fields = {
        "carried": carried.text, "new": n.text, "done": d.text, "pending": p.text, "quote": quote,
        "left": carried.value + n.value, "right": d.value + p.value,
    }  # fmt: skip
    sure = len(choices) == 1 and all(f.is_exact for f in (carried, n, d, p))
    if even or sure:
        return Finding(line.doc_id, "ok" if even else "fail", ids, fields)
    return Finding(line.doc_id, "not_testable", ids, fields)
