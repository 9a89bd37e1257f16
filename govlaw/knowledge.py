"""From a file under ``data/`` to plain Python, with the line of anything that is wrong in it."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from govlaw import paths
from govlaw.errors import DefinitionError

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shown(path: Path) -> str:
    """The path as people know it: relative to the study folder where it lies inside."""
    try:
        return path.resolve().relative_to(paths.home().resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def read_text(path: Path) -> str:
    """A definition file as text; a missing or undecodable one is the user's to mend."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        where = shown(path)
        raise DefinitionError(where, "file is missing", "restore it from the project") from None
    except UnicodeDecodeError as error:
        where = f"{shown(path)}: byte {error.start}"
        raise DefinitionError(where, "not UTF-8", "save the file as UTF-8") from None


def read_yaml(path: Path) -> Any:
    """What a YAML file says; a syntax error names file and line."""
    loader = _LOADER(read_text(path))
    try:
        node = loader.get_single_node()
        _refuse_repeated_keys(node, path)
        return loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"broken YAML ({error.problem or error.context})"
        where = f"{shown(path)}:{line}"
        raise DefinitionError(where, what, "mend the line and run again") from None


def _refuse_repeated_keys(node: yaml.Node | None, path: Path) -> None:
    """PyYAML keeps the last of two equal keys in silence: a whole definition would vanish."""
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_repeated_keys(value, path)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.value in seen:
            where = f"{shown(path)}:{key.start_mark.line + 1}"
            raise DefinitionError(where, f"{key.value!r} stands here twice", "rename or remove one")
        seen.add(key.value)
        _refuse_repeated_keys(value, path)


@cache
def read_csv(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file; lines that start with # are remarks."""
    lines = [line for line in read_text(path).splitlines() if line and not line.startswith("#")]
    return tuple(_Row(path, row) for row in csv.DictReader(lines))


class _Row(dict[str, str]):
    """A row that names its file where a column is asked for that it lacks."""

    def __init__(self, path: Path, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._path = path

    def __missing__(self, column: str) -> str:
        what = f"no column {column!r}"
        raise DefinitionError(shown(self._path), what, f"columns are: {', '.join(map(str, self))}")


@cache
def read_words(path: Path) -> tuple[str, ...]:
    """The entries of a word list, one a line; what follows # is a remark."""
    entries = (line.partition("#")[0].strip() for line in read_text(path).splitlines())
    return tuple(entry for entry in entries if entry)


def locate(path: Path, keys: Sequence[str | int]) -> str:
    """``file:line`` of an entry in a YAML file, as deep as the keys can be followed."""
    node = yaml.compose(read_text(path), Loader=_LOADER)
    line = 1
    for key in keys:
        found = _step(node, key)
        if found is None:
            break
        line, node = found
    return f"{shown(path)}:{line}"


def _step(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        value = node.value[key]
        return value.start_mark.line + 1, value
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt name.

    >>> did_you_mean("exampels", ["examples", "rejects"])
    "did you mean 'examples'?"
    """
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(names)}"
