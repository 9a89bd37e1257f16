"""From a file to its text, decoded and otherwise untouched.

A reader is a function from bytes to ``(text, encoding)``, registered under the suffixes it reads;
another format is another function with ``@reads``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from govlaw.errors import InputError

Reader = Callable[[bytes], tuple[str, str]]
READERS: dict[str, Reader] = {}

# Formats people will bring that no reader takes: what to do instead.
ADVICE = {
    ".doc": "在 Word 或 WPS 中另存为 txt",
    ".wps": "在 WPS 中另存为 txt",
    ".docx": "另存为 txt",
    ".pdf": "复制文字并另存为 txt",
    ".ofd": "转换并另存为 txt",
    ".zip": "先解压",
    ".rar": "先解压",
}
_LIMIT = 20_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One damaged byte must not cost the file, but a binary file must not pass as one.
_DAMAGE_ALLOWED = 0.001
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
# The everyday characters of the genre; wrongly decoded text has hardly any of them.
_COMMON = re.compile(r"[的一是和在政法行人区县市年工作不中大国制度执府建设]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its text, the encoding it was in and the hash of its bytes."""

    text: str
    encoding: str
    sha256: str


def reads(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register a reader for file suffixes."""

    def register(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(suffixes, reader))
        return reader

    return register


def read_file(path: Path) -> Reading:
    """Read one file with the reader of its suffix.

    Raises ``InputError`` whose ``what`` starts with a stable reason code.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        hint = ADVICE.get(path.suffix.lower(), "另存为 UTF-8 的 txt")
        raise InputError(path, f"unsupported_format: 暂不读取 {path.suffix or '无后缀'} 文件", hint)
    content = _read_bytes(path)
    try:
        text, encoding = reader(content)
    except UnicodeError as error:
        raise InputError(path, f"undecodable: {error}", "另存为 UTF-8 或 GB18030 的 txt") from None
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise InputError(path, "empty: 文件没有文字", "检查文件是否保存完整")
    return Reading(text, encoding, sha256(content).hexdigest())


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LIMIT:
            raise InputError(path, f"too_large: 超过 {_LIMIT // 1_000_000} MB", "拆成单篇报告")
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, f"unreadable: {error.strerror}", "检查文件权限") from None


@reads(".txt")
def read_txt(content: bytes) -> tuple[str, str]:
    """Decode a text file: byte order mark, then strict UTF-8, then the better of UTF-8 and GB18030.

    >>> read_txt("全年受理5起行政复议案件".encode("gb18030"))
    ('全年受理5起行政复议案件', 'gb18030')
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _sound(content.decode(encoding, "replace"), encoding)
    try:
        return _sound(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        tries = [(content.decode(name, "replace"), name) for name in ("gb18030", "utf-8")]
        return _sound(*max(tries, key=lambda tried: _plausibility(tried[0])))


def _plausibility(text: str) -> int:
    return len(_COMMON.findall(text)) - 5 * len(_STRANGE.findall(text))


def _sound(text: str, encoding: str) -> tuple[str, str]:
    damage = len(_STRANGE.findall(text))
    if damage > max(6, _DAMAGE_ALLOWED * len(text)):
        raise UnicodeError(f"{damage} 个字符无法识别")
    return text, encoding
