"""From words to one pattern that finds any of them, the longest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def any_of(words: Iterable[str], between: str = "") -> str:
    """A pattern for any of the words, ``between`` standing for what may part their characters.

    Words are grouped by their first character, so that a line is not asked for hundreds of words
    where its character begins none. Of two words that match at one place one begins the other, so
    the longest still goes first.

    >>> any_of(["日期", "文号", "文件编号"])
    '文(?:件编号|号)|日(?:期)'
    >>> any_of([])
    '(?!)'
    """
    endings: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        endings[word[0]].append("".join(between + re.escape(char) for char in word[1:]))
    groups = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())
    return "|".join(groups) or r"(?!)"
