"""From the code and the files under ``data/`` to the version of every table.

A table is made again when its version changes: when the code does or a definition it rests on.
Which definitions those are is said here and nowhere else; a test watches which files are
opened.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import govlaw
from govlaw import paths
from govlaw.errors import GovlawError

#: What reading a file rests on, and so every table does.
READING = (
    "registers/areas.csv", "registers/landmarks.csv", "registers/reports.csv",
    "words/doc_types.csv", "words/header_labels.csv", "words/noise.csv", "words/page_parts.csv",
    "words/section_roles.csv",
)  # fmt: skip
_NUMBERS = ("words/modifiers.csv", "words/number_names.csv", "words/units.csv")
#: What each table of the map rests on besides: patterns below ``data/``.
DEFINITIONS: dict[str, tuple[str, ...]] = {
    "documents": (), "fields": (), "texts": (), "marks": (), "sections": (), "sentences": (),
    "signatures": (),
    "quantities": _NUMBERS,
    "observations": (
        *_NUMBERS, "indicators/*.yml", "words/nouns.yml", "words/topics.yml",
        "words/unit_families.yml",
    ),
    "codes": ("frameworks/*.yml",),
    "statements": (*_NUMBERS, "words/statements.yml"),
    "agenda": (*_NUMBERS, "words/statements.yml"),
    "term_counts": ("terms.txt", "stopwords.txt"),
    "mentions": ("lexicons/themes.yml",),
}  # fmt: skip
#: What the tables rest on that need all documents at once.
_REDUCING = (
    "*.txt", "*.yml", "frameworks/*", "indicators/*", "lexicons/*", "registers/*", "shelf/*",
    "words/*",
)  # fmt: skip
#: The rooms a table of the map rests on; the reduce rests on ``stats/`` too, and nothing on pages.
_MAP_ROOMS = (".", "text", "text/readers", "facts", "engine")
_LIBRARIES = ("ahocorasick_rs", "jieba", "lxml", "pyarrow", "pypdfium2", "rjieba")
_last: dict[str, str] = {}


def read_versions() -> dict[str, str]:
    """The version of every table of the map, and of the reduce, as the files say it now."""
    code, reading = _code(_MAP_ROOMS), _digest_of(READING)
    versions = {
        name: _digest([code, reading, _digest_of(patterns)])
        for name, patterns in DEFINITIONS.items()
    }
    versions["reading"] = _digest([code, reading])
    versions["reduce"] = _digest([code, _code(("stats",)), _digest_of(_REDUCING)])
    return versions


def learn_definitions() -> dict[str, str]:
    """The versions, after whatever this process still knows of older definitions is forgotten."""
    versions = read_versions()
    if versions != _last:
        forget_definitions()
        _last.clear()
        _last.update(versions)
    return versions


def agree(versions: dict[str, str]) -> bool:
    """Make sure that this process works with these versions; True where it had to learn them."""
    if versions == _last:
        return False
    if learn_definitions() != versions:
        what = "此进程的程序或 data/ 与任务的版本不同"
        hint = "所有机器用同一版本的 govlaw 和 data/;运行时不要修改,然后再运行"
        raise GovlawError(paths.home(), what, hint)
    return True


def forget_definitions() -> None:
    """Empty the caches of all loaders: what they read may have changed since."""
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("govlaw.") else ():
            clear = getattr(value, "cache_clear", None)
            if callable(clear):
                clear()


@cache
def _code(rooms: tuple[str, ...]) -> str:
    home = Path(govlaw.__file__).parent
    sources = sorted(path for room in rooms for path in (home / room).glob("*.py"))
    return _digest([sys.version, *map(_library, _LIBRARIES), *map(_file, sources)])


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _digest_of(patterns: Iterable[str]) -> str:
    data = paths.data()
    found = {path for pattern in patterns for path in data.glob(pattern) if path.is_file()}
    return _digest(f"{path.relative_to(data).as_posix()} {_file(path)}" for path in sorted(found))


def _file(path: Path) -> str:
    return f"{path.name} {sha256(path.read_bytes()).hexdigest()}"


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
