"""From a numeral as written, in digits or in words, to the number it means."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from govlaw.text.folding import fold

Number = float | int

_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, *range(1, 10)), strict=True)) | {"两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
# Words that blur a number without changing it: 十余, 20多万, 几百, 数十.
_BLUR = str.maketrans("", "", "余多几数来 ")
_TOKEN = re.compile(r"[0-9]++(?:\.[0-9]++)?+|[零〇一二两三四五六七八九十百千万亿]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})++(?:\.[0-9]++)?+")
_DECIMAL = re.compile(r"[0-9]++\.[0-9]++")
_EXACT = 15  # figures that a float holds
_LONGEST = 24  # a longer one is a serial number, and int() itself gives up at 4,300 digits


def parse(text: str) -> Number | None:
    """The number a numeral means; None if it is not one.

    >>> [parse(word) for word in ("50.74万", "一百零五", "十余", "1万2千", "二〇二一", "半")]
    [507400, 105, 10, 12000, 2021, 0.5]
    """
    if len(text) > _LONGEST:
        return None
    if len(text) <= _EXACT and _DECIMAL.fullmatch(text):
        value = float(text)
        return int(value) if value.is_integer() else value
    word = fold(text).translate(_BLUR)
    if word.isdigit() and word.isascii():
        return int(word)
    if "," in word or "，" in word:
        if not _GROUPED.match(word):
            return None
        word = word.replace(",", "").replace("，", "")
    if word == "半":
        return 0.5
    whole, point, decimals = word.partition("点")
    return _with_point(whole, decimals) if point else spelled(word)


def _with_point(whole: str, decimals: str) -> Number | None:
    """九十五点六 is 95.6."""
    ahead = spelled(whole)
    if ahead is None or not decimals or any(sign not in _DIGITS for sign in decimals):
        return None
    return _plain(Decimal(f"{ahead}." + "".join(str(_DIGITS[sign]) for sign in decimals)))


@lru_cache(maxsize=4096)
def spelled(word: str) -> Number | None:
    """The number a folded numeral without hedges means: the same few words come all the time.

    >>> spelled("三百二十"), spelled("2千")
    (320, 2000)
    """
    tokens = _TOKEN.findall(word)
    if not tokens or sum(map(len, tokens)) != len(word):
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return int("".join(str(_DIGITS[token]) for token in tokens))
    value = _sum(tokens)
    return None if value is None else _plain(value)


def _sum(tokens: list[str]) -> Decimal | None:
    """Add up 三|百|二|十: ``part`` is below 万, ``total`` above it, ``last`` the digit in hand."""
    total, part, last = Decimal(0), Decimal(0), None
    step, previous = 10**12, ""
    for token in tokens:
        if token in _SCALES:
            bare = not previous  # 万余人: the scale alone is one of it
            total = _raised(total, Decimal(1) if bare else part + (last or 0), _SCALES[token])
            part, last, step = Decimal(0), None, _SCALES[token]
        elif token in _STEPS:
            if _STEPS[token] >= step and step in _STEPS.values():
                return None
            part += _STEPS[token] * (1 if last is None else last)
            last, step = None, _STEPS[token]
        elif last is not None and previous not in "零〇":
            return None
        else:
            last = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
        previous = token
    return total + part + _tail(last, step, tokens)


def _raised(total: Decimal, part: Decimal, scale: int) -> Decimal:
    if total and scale > 10**4:  # 1.2万亿: the 亿 multiplies all that stands before it
        return (total + part) * scale
    return total + part * scale


def _tail(last: Decimal | None, step: int, tokens: list[str]) -> Decimal:
    """The last digit: 三百五 is 350, but 三百零五 is 305."""
    if last is None:
        return Decimal(0)
    short = len(tokens) > 1 and tokens[-1] in _DIGITS and tokens[-2] in _STEPS | _SCALES
    return last * step / 10 if short and step > 10 else last


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)
