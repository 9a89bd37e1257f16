"""Numerals: what is written in digits, in full-width digits and in words means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govlaw.facts import numerals

_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def to_chinese(number: int) -> str:
    """The standard spelling, as a report would print it."""
    if number == 0:
        return "零"
    words, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if part == 0:
            gap = bool(words)
            continue
        words += ("零" if words and (gap or part < 1000) else "") + _below_ten_thousand(part) + name
        gap = False
    return words


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return words


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("5", 5), ("1,234", 1234), ("12,345,678", 12345678), ("２０", 20), ("1，234", 1234),
        ("50.74万", 507400), ("187.30624万", 1873062.4), ("319.1亿", 31910000000),
        ("2.3亿", 230000000), ("1.2万亿", 1200000000000), ("1万2千", 12000),
        ("3亿2千万", 320000000),
        ("3千", 3000),
        ("三百二十", 320), ("一百零五", 105), ("三百五", 350), ("一万二", 12000), ("两", 2),
        ("十", 10), ("十五", 15), ("二十", 20), ("一千零一", 1001), ("两万三千", 23000),
        ("十余", 10), ("百余", 100), ("20多万", 200000), ("几百", 100), ("数十", 10), ("十几", 10),
        ("十来", 10), ("二〇二一", 2021), ("二零二一", 2021), ("半", 0.5), ("零", 0), ("0", 0),
        ("九十五点六", 95.6), ("一亿零三百万", 103000000), ("十五万六千", 156000),
        ("2500余万", 25000000), ("100 万", 1000000), ("0.5", 0.5), ("1.50", 1.5),
    ],
)  # fmt: skip
def test_the_word_means_the_number(word: str, value: float) -> None:
    assert numerals.parse(word) == value


@pytest.mark.parametrize(
    "word",
    [
        "",
        "件",
        "几",
        "余",
        "一二三家",
        "十百",
        "1,23",
        "12件",
        "点五",
        "三点",
        "²",
        "٣",
        "9" * 5000,
    ],
)
def test_what_is_no_numeral_means_nothing(word: str) -> None:
    assert numerals.parse(word) is None


@given(st.integers(min_value=0, max_value=10**11))
def test_words_round_trip(number: int) -> None:
    assert numerals.parse(to_chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**11))
def test_digits_round_trip_in_both_widths(number: int) -> None:
    for written in (str(number), f"{number:,}", str(number).translate(_WIDE)):
        assert numerals.parse(written) == number


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_a_scale_multiplies_without_dust(number) -> None:
    assert numerals.parse(f"{number}万") == float(number * 10000)


@given(st.text(alphabet="0123456789０１,，.零〇一二两三十百千万亿半点几数余多 ", max_size=40))
def test_no_string_breaks_it(text: str) -> None:
    value = numerals.parse(text)
    assert value is None or value >= 0
