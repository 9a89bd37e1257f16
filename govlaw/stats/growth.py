"""From a year-on-year claim to the two values behind it: stated, or implied by the percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlaw.stats.arithmetic import growth, implied_base, match_rate
from govlaw.stats.claims import (
    CLAIMS,
    DOWN,
    UP,
    YEARLY,
    Claim,
    find_bases,
    find_claims,
    find_values,
    is_dated,
)
from govlaw.stats.figures import Figure, Line
from govlaw.stats.findings import Finding
from govlaw.stats.rules import Vocabulary

# 不少于, 至少 and 最多 are limits, no changes.
_LIMIT = re.compile(r"(?:至少|最少|不少|最多|至多|更多|众多|许多)$")


def find_growth(lines: list[Line], words: Vocabulary) -> Iterator[Finding]:
    """Percentages of growth against the year before."""
    for line in lines:
        for claim in find_claims(line, "%", "倍"):
            found = _judge_growth(claim, words)
            if found:
                yield found


def find_differences(lines: list[Line], words: Vocabulary) -> Iterator[Finding]:
    """较上年增加57件, 提高6.6个百分点: a difference against the two values, both stated."""
    for line in lines:
        for claim in find_claims(line, "百分点"):
            yield from _judge_points(claim)
        for number, figure in enumerate(line.figures):
            before = line.between(number)[0]
            claims = CLAIMS.search(before)
            if claims and figure.unit not in ("%", "百分点", "倍") and not _LIMIT.search(before):
                claim = Claim(line, number, 1 if claims["up"] else -1)
                yield from _judge_difference(claim, words)


def _judge_growth(claim: Claim, words: Vocabulary) -> Finding | None:
    figures = claim.line.figures
    if not YEARLY.search(claim.line.text[claim.start : claim.figure.start]):
        return None
    bases = find_bases(claim, words)
    after = claim.number + 1
    if not bases and after < len(figures) and is_dated(claim.line, after):
        bases = [after]  # 比上年增长25%,上年为45件
    if len(bases) == 1:
        unit = words.unit(figures[bases[0]].unit)
        values = find_values(claim, words, unit, bases)
        if not values or unit in ("%", "百分点"):
            return None
        return _with_base(claim, values, bases[0])
    if bases:
        return None
    values = find_values(claim, words, None, [])
    change = _change_before(claim, words)
    if change is not None:
        return _with_change(claim, values, change, words)
    return _implied(claim, values)


def _with_base(claim: Claim, values: list[int], base: int) -> Finding | None:
    figures = claim.line.figures
    tried = [(value, _fit(claim, figures[value].value, figures[base].value)) for value in values]
    value, how = next((pair for pair in tried if pair[1]), tried[0])
    first, last = figures[value], figures[base]
    if not last.value or not (first.is_exact and last.is_exact):
        return None
    if not how and len(values) > 1:
        return None  # which of several numbers grew is not said
    return _finding(claim, value, last.text, growth(first.value, last.value), how, (last.id,))


def _change_before(claim: Claim, words: Vocabulary) -> int | None:
    """较上年增加57件次,增幅23.7%: the difference stands before the percentage."""
    number = claim.number - 1
    if number < 1 or claim.line.figures[number].start < claim.start:
        return None
    figure = claim.line.figures[number]
    changes = CLAIMS.search(claim.line.between(number)[0])
    plain = figure.unit not in ("%", "百分点", "倍") and figure.is_exact
    return number if changes and plain else None


def _with_change(claim: Claim, values: list[int], change: int, words: Vocabulary) -> Finding | None:
    figures = claim.line.figures
    step = figures[change]
    alike = [
        n for n in values
        if n != change and words.unit(figures[n].unit) == words.unit(step.unit)
        and figures[n].is_exact
    ]  # fmt: skip
    if not alike:
        return None
    tried = [(n, figures[n].value - claim.sign * step.value) for n in alike]
    fitting = next(
        (pair for pair in tried if pair[1] > 0 and _fit(claim, figures[pair[0]].value, pair[1])),
        None,
    )
    if not fitting and (len(alike) > 1 or tried[0][1] <= 0):
        return None
    value, base = fitting or tried[0]
    how = _fit(claim, figures[value].value, base)
    actual = growth(figures[value].value, base)
    return _finding(claim, value, f"上年{base:.10g}", actual, how, (step.id,))


def _fit(claim: Claim, value: float, base: float) -> str | None:
    """How the claim agrees with two values; 增长1.5倍 may mean 250 or 150 per cent."""
    figure = claim.figure
    actual = growth(value, base) if base else 0.0
    if actual * claim.sign < 0:
        return None
    step = figure.step or 1.0
    if figure.unit == "倍":
        times = abs(actual) / 100
        step = 10 ** -len(figure.text.partition(".")[2].rstrip("倍多余") or "")
        fits = (match_rate(figure.value, step, t, figure.bound) for t in (times, times + 1))
        return next((how for how in fits if how), None)
    return match_rate(figure.value, step, abs(actual), figure.bound)


def _implied(claim: Claim, values: list[int]) -> Finding | None:
    """11件,同比上升266%: is there a whole number of last year that fits?"""
    figure, figures = claim.figure, claim.line.figures
    whole = [n for n in values if figures[n].kind == "count"]
    if figure.unit != "%" or not whole or not figure.is_exact:
        return None
    if not all(figures[n].is_exact and figures[n].step == 0 for n in whole):
        return None
    for number in whole:
        found = implied_base(figures[number].value, claim.sign * figure.value, figure.step)
        if found:
            base, how = found
            actual = growth(figures[number].value, base)
            note = ":上年值由百分比推算,原文未写"
            return _finding(claim, number, f"上年{base}", actual, how, (), note)
    # With one number only, and right before the claim, no other reading is left.
    near = len(whole) == 1 and claim.number - whole[0] == 1
    tail = claim.line.text[figures[whole[0]].end : figure.start]
    sure = near and re.fullmatch(
        rf"[,，]?(?:同比|(?:较|比)(?:上年|去年)(?:同期)?)?(?:{UP}|{DOWN})了?", tail
    )
    fields = {"claim": claim.quote, "value": figures[whole[0]].text, "rate": figure.value}
    ids = (figures[whole[0]].id, figure.id)
    if not sure:
        return Finding(claim.line.doc_id, "not_testable", ids, fields)
    nearest = max(1, round(figures[whole[0]].value / (1 + claim.sign * figure.value / 100)))
    actual = abs(growth(figures[whole[0]].value, nearest))
    more = {"base": f"上年{nearest}", "actual": actual, "note": ":没有整数的上年值与之相合"}
    return Finding(claim.line.doc_id, "fail", ids, {**fields, **more})


def _finding(
    claim: Claim, value: int, base: str, actual: float, how: str | None,
    ids: tuple[str, ...], note: str = "",
) -> Finding:  # fmt: skip
    figure = claim.figure
    named = {"rounded": "四舍五入", "truncated": "截尾", "within": "在范围内"}
    fields = {
        "claim": claim.quote, "value": claim.line.figures[value].text, "base": base,
        "actual": round(actual, 2), "rate": figure.value * (100 if figure.unit == "倍" else 1),
        "how": named.get(how or "", ""), "note": note,
    }  # fmt: skip
    found = (claim.line.figures[value].id, *ids, figure.id)
    return Finding(claim.line.doc_id, "ok" if how else "fail", found, fields)


def _judge_points(claim: Claim) -> Iterator[Finding]:
    """由86.5%提高到93.1%,提高6.6个百分点."""
    rates = [
        f
        for f in (claim.line.figures[n] for n in claim.near)
        if f.unit == "%" and f.start >= claim.start
    ]
    if len(rates) != 2 or not all(rate.is_exact for rate in (*rates, claim.figure)):
        return
    first, last = rates
    between = claim.line.text[first.end : last.start]
    to_from = bool(
        re.match(r"[^,，。]{0,12}(?:到|至|为)(?:20[0-9]{2}年|今年|目前|现在)?的?$", between)
    )
    if not to_from:
        return
    yield _difference(claim, last, first)


def _judge_difference(claim: Claim, words: Vocabulary) -> Iterator[Finding]:
    unit = words.unit(claim.figure.unit)
    bases = find_bases(claim, words, unit)
    values = find_values(claim, words, unit, bases)
    values = [n for n in values if claim.line.figures[n].kind != "change"]
    if len(bases) != 1 or len(values) != 1:
        return
    value, base = claim.line.figures[values[0]], claim.line.figures[bases[0]]
    if value.is_exact and base.is_exact and claim.figure.is_exact:
        yield _difference(claim, value, base)


def _difference(claim: Claim, value: Figure, base: Figure) -> Finding:
    actual = claim.sign * (value.value - base.value)
    slack = (value.step + base.step + claim.figure.step) / 2 if value.unit != "%" else 0
    fits = abs(actual - claim.figure.value) <= slack + 1e-6 * max(1, abs(actual))
    fields = {
        "claim": claim.quote, "value": value.text, "base": base.text,
        "actual": round(value.value - base.value, 6), "rate": claim.figure.text,
    }  # fmt: skip
    ids = (value.id, base.id, claim.figure.id)
    return Finding(claim.line.doc_id, "ok" if fits else "fail", ids, fields)
