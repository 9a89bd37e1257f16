"""From text as printed to text as matched: one character for one character, so offsets hold."""

from __future__ import annotations

from functools import cache

# Commas stay as they are: 1,234 and 1，234 differ, and a list comma must not become a separator.
_FULL_WIDTH = "０１２３４５６７８９％．：；（）－～＋／［］＜＞？！"
_HALF_WIDTH = "0123456789%.:;()-~+/[]<>?!"
# Range signs that official pages mix freely; the code page gb2312 even maps — to U+2015.
_DASHES = "—–―‐‑‒−─"


@cache
def _folding() -> dict[int, str]:
    table = dict(zip(map(ord, _FULL_WIDTH), _HALF_WIDTH, strict=True))
    table.update({ord(dash): "-" for dash in _DASHES})
    table.update({0xFF21 + i: chr(0x41 + i) for i in range(26)})
    table.update({0xFF41 + i: chr(0x61 + i) for i in range(26)})
    table.update(dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), " "))
    return table


def fold(text: str) -> str:
    """The text with full-width digits, letters and signs in their narrow form.

    The length never changes, so a span found in the folded text is a span of the original.

    >>> fold("办结率１００％,共２０１５－２０２０年")
    '办结率100%,共2015-2020年'
    """
    return text.translate(_folding())
