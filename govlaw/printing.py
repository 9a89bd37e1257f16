"""From any text to one that a terminal may show: nothing in it hides or turns the rest."""

from __future__ import annotations

import re

# Control characters and those that hide or turn what follows them.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text with what cannot be seen spelled out.

    >>> printable("受理5起\\x1b[2J行政复议案件")
    '受理5起\\\\u001b[2J行政复议案件'
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
