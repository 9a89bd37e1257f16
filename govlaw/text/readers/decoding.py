"""From bytes to characters: byte order mark, strict UTF-8, then the most plausible decoding."""

from __future__ import annotations

import codecs
import re

from govlaw.text.readers.reading import Rejection

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages labelled gb2312 are GB18030: Python's gb2312 turns — into ― and fails on 堃.
_TRIES = ("gb18030", "utf-8", "big5hkscs", "utf-16-le", "utf-16-be")
# One damaged byte must not cost the file, but a binary file must not pass as one.
_DAMAGE_ALLOWED = 0.001
_PRIVATE_ALLOWED = 0.02
_DAMAGED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_STRANGE = re.compile(f"{_DAMAGED.pattern[:-1]}{_PRIVATE.pattern[1:]}")
# The everyday characters of the genre; wrongly decoded text has hardly any of them.
_COMMON = re.compile(r"[的一是和在政法行人区县市年工作不中大国制度执府建设區縣國執設。,,]")
_SAMPLE = 60_000


def decode(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text of some bytes, the encoding, and a note where bytes were damaged.

    Raises ``Rejection`` where too much of it is no text.

    >>> decode("全年受理5起行政复议案件".encode("gb18030"))
    ('全年受理5起行政复议案件', 'gb18030', ())
    """
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    text = None if encoding else _utf8(content)
    if text is not None:
        return text, "utf-8", _notes(text)
    encoding = encoding or _guess(content)
    text = content.decode(encoding, "replace")
    return text, encoding, _notes(text)


def _utf8(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _guess(content: bytes) -> str:
    sample = content[:_SAMPLE]
    return max(_TRIES, key=lambda name: _plausibility(sample.decode(name, "replace")))


def _plausibility(text: str) -> float:
    strange = len(_DAMAGED.findall(text)) + len(_PRIVATE.findall(text))
    return (len(_COMMON.findall(text)) - 5 * strange) / max(len(text), 1)


def _notes(text: str) -> tuple[str, ...]:
    if not _STRANGE.search(text):
        return ()
    damage, private = len(_DAMAGED.findall(text)), len(_PRIVATE.findall(text))
    too_damaged = damage > max(6, _DAMAGE_ALLOWED * len(text))
    if too_damaged or private > max(9, _PRIVATE_ALLOWED * len(text)):
        message = f"{damage + private} 个字符无法识别"
        raise Rejection("undecodable", message, "另存为 UTF-8 或 GB18030 的 txt")
    counted = (
        ("damaged_bytes", damage, "处字节损坏"),
        ("private_use", private, "个字符无通用编码"),
    )
    return tuple(f"{code}={n}: {n} {what}" for code, n, what in counted if n)
