"""From a file to its text, decoded or extracted and otherwise untouched."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from govlaw.errors import InputError
from govlaw.text.readers import docx, html, pdf, txt
from govlaw.text.readers.reading import (
    READERS,
    Found,
    Reader,
    Reading,
    Rejection,
    reads,
    refuse_length,
)
from govlaw.text.readers.sniffing import sniff

__all__ = ["READERS", "Found", "Reader", "Reading", "Rejection", "read_bytes", "read_file", "reads"]
_FORMATS = (txt, html, docx, pdf)  # imported for their readers

_LIMIT = 50_000_000


def read_file(path: Path) -> Reading:
    """Read one file with the reader of what it holds, whatever its suffix says.

    Raises ``InputError`` whose ``what`` starts with a stable reason code.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise InputError(path, f"too_large: 超过 {_LIMIT // 1_000_000} MB", "拆成单篇报告")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"unreadable: {error.strerror}", "检查文件权限") from None
    return read_bytes(content, path)


def read_bytes(content: bytes, path: Path) -> Reading:
    """Read the content of a file; ``path`` gives its suffix and names it in an error."""
    try:
        found = Found(*READERS[sniff(content, path.suffix.lower())](content))
        _check_text(found.text)
    except Rejection as no:
        raise InputError(path, f"{no.reason}: {no.message}", no.hint) from None
    facts = {**found.facts, "file": _shown_name(path), "file.where": "file"}
    digest = sha256(content).hexdigest()
    return Reading(found.text, found.encoding, digest, found.furniture, facts, found.notes)


def _shown_name(path: Path) -> str:
    """The name of a file without its suffix; Windows once wrote names in GB18030."""
    try:
        return os.fsencode(path.stem).decode("utf-8")
    except UnicodeDecodeError:
        return os.fsencode(path.stem).decode("gb18030", "replace")


def _check_text(text: str) -> None:
    if not text.strip("\ufeff \t\r\n\u3000\x0c"):
        raise Rejection("empty", "文件没有文字", "检查文件是否保存完整")
    refuse_length(len(text))
