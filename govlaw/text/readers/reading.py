"""From the bytes of a file to a Reading: what every reader gives, and how a format joins.

A reader is a function from bytes to a ``Found``, registered under the kinds it reads; another
format is another module with ``@reads``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from govlaw.document import Span


class Found(NamedTuple):
    """What a reader finds: text and encoding, and what the format alone can tell.

    ``furniture`` are stretches outside the report (menus, page numbers), ``facts`` what the file
    says of itself outside its text (title, published, source …), ``notes`` doubts about the text.
    """

    text: str
    encoding: str
    furniture: tuple[Span, ...] = ()
    facts: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its text, the encoding it was in and the hash of its bytes."""

    text: str
    encoding: str
    sha256: str
    furniture: tuple[Span, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Rejection(Exception):  # noqa: N818  it is a result, not a fault
    """A file no text can be taken from: a stable reason code, a sentence, and what to do."""

    def __init__(self, reason: str, message: str, hint: str) -> None:
        super().__init__(reason, message, hint)
        self.reason, self.message, self.hint = reason, message, hint


Reader = Callable[[bytes], tuple]  # type: ignore[type-arg]  # a Found, or its first two members
READERS: dict[str, Reader] = {}


def reads(*kinds: str) -> Callable[[Reader], Reader]:
    """Register a reader for kinds of file, each written as a suffix: ``.txt``."""

    def register(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(kinds, reader))
        return reader

    return register


LONGEST = 500_000  # the longest report known has 40,000 characters


def refuse_length(size: int) -> None:
    """Raise ``Rejection`` for a text that is no single report."""
    if size > LONGEST:
        hint = f"拆成单篇报告,每篇不超过 {LONGEST} 字"
        raise Rejection("too_long", f"有 {size} 个字符,不像单篇报告", hint)
