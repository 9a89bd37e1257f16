"""From the bytes of a text file to its text."""

from __future__ import annotations

from govlaw.text.readers.decoding import decode
from govlaw.text.readers.reading import Found, reads


@reads(".txt")
def read_txt(content: bytes) -> Found:
    """Decode a text file.

    >>> read_txt("全年受理5起行政复议案件".encode("gb18030")).text
    '全年受理5起行政复议案件'
    """
    text, encoding, notes = decode(content)
    return Found(text, encoding, notes=notes)
