"""From ``data/checks.yml`` to rules: what to test, and how to say what came of it."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.knowledge import did_you_mean, locate, read_yaml, shown

Verdict = Literal["ok", "fail", "overlap", "rounding", "not_testable"]
Severity = Literal["info", "warn", "error"]
Kind = Literal[
    "parts", "balance", "growth", "difference", "share", "implied_base", "limits",
    "bound", "sum", "rate", "two_values", "panel", "external",
    "signed", "announced", "years", "list", "pattern",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=False, ignored_types=(cached_property,))


class Example(_Strict):
    """A piece of a report, or indicator values, and the verdict the rule must give."""

    text: str = ""
    values: dict[str, float] = {}
    document: dict[str, Any] = {}
    verdict: Verdict | None = None
    why: str = ""


class Probe(_Strict):
    """One thing a rule tests; ``kind`` says how, the rest is what it needs."""

    kind: Kind
    whole: str | list[str] = []
    parts: str | list[str] = []
    relation: Literal["equal", "at_most"] = "equal"
    rate: str = ""
    names: str = ""
    unless: str = ""
    limit: float = 100
    pattern: str = ""
    verdict: Verdict = "not_testable"
    severity: Severity | None = None

    @property
    def whole_ids(self) -> list[str]:
        """The indicators of the whole."""
        return [self.whole] if isinstance(self.whole, str) else self.whole

    @property
    def part_ids(self) -> list[str]:
        """The indicators of the parts."""
        return [self.parts] if isinstance(self.parts, str) else self.parts


class Rule(_Strict):
    """A rule with its names, tests, severity on failure, readings and examples."""

    id: str
    name_zh: str
    name_en: str
    severity: Severity = "warn"
    tests: list[Probe]
    note: str = ""
    examples: list[Example] = Field(min_length=1)


class Vocabulary(_Strict):
    """The words the rules share."""

    alike_units: list[list[str]]
    exclusive: dict[str, list[list[str]]]
    stages: list[str]
    rest: list[str]
    carried: list[str]
    new: list[str]
    done: list[str]
    pending: list[str]
    timely: list[str]
    stems: dict[str, list[str]]
    numerators: dict[str, list[str]]

    @cached_property
    def stage(self) -> re.Pattern[str]:
        """Steps that one case goes through one after the other."""
        return _any(self.stages)

    @cached_property
    def carry(self) -> re.Pattern[str]:
        """Words for cases carried over from an earlier year."""
        return _any(self.carried)

    @cached_property
    def _units(self) -> dict[str, str]:
        return {unit: units[0] for units in self.alike_units for unit in units}

    def unit(self, unit: str) -> str:
        """The name under which measure words may be added up: 件, 起 and 宗 are one."""
        return self._units.get(unit, unit)

    def classes(self, label: str) -> dict[str, frozenset[int]]:
        """By group, the classes a label names; the longest word wins, so 不予受理 is no 受理.

        >>> load_rules().vocabulary.classes("决定不予受理行政复议案件")["复议受理"]
        frozenset({1})
        """
        return {
            name: frozenset(words[hit[0]] for hit in longest.finditer(label))
            for name, (words, longest) in self._classes.items()
        }

    @cached_property
    def _classes(self) -> dict[str, tuple[dict[str, int], re.Pattern[str]]]:
        made = {}
        for name, classes in self.exclusive.items():
            words = {word: number for number, words in enumerate(classes) for word in words}
            made[name] = words, _any(sorted(words, key=len, reverse=True))
        return made


class Element(_Strict):
    """A content the rule requires of an annual report, and the words that show it."""

    name_zh: str
    name_en: str
    role: str
    present: str = ""
    mention: str = ""
    #: Roles of the sentences where ``present`` is looked for; anywhere where none is named.
    within: list[str] = []


class Contents(_Strict):
    """What the rule of 2019 asks of a report, and of which kinds of document."""

    bound: list[str]
    read: list[str]
    elements: dict[str, Element]


class Rules(NamedTuple):
    """The rules, the words they share and the sentences they answer in."""

    checks: dict[str, Rule]
    vocabulary: Vocabulary
    readings: dict[str, dict[str, str]]
    contents: Contents


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def load_rules(path: Path | None = None) -> Rules:
    """The rules of a file, ``data/checks.yml`` unless told; read only once.

    >>> list(load_rules().checks)[:3]
    ['C01', 'C02', 'C03']
    """
    return _load((path or paths.data("checks.yml")).resolve())


@cache
def _load(path: Path) -> Rules:
    body = read_yaml(path)
    known = {"vocabulary", "readings", "checks", "contents"}
    if not isinstance(body, dict) or set(body) != known:
        stray = next(iter(set(body or ()) - known), "vocabulary")
        what = f"a file of checks has the keys {', '.join(sorted(known))}; see {stray!r}"
        raise DefinitionError(shown(path), what, did_you_mean(str(stray), known))
    checks = {
        name: _read(path, Rule, ("checks", name), {"id": name, **entry})
        for name, entry in body["checks"].items()
    }
    vocabulary = _read(path, Vocabulary, ("vocabulary",), body["vocabulary"])
    contents = _read(path, Contents, ("contents",), body["contents"])
    return Rules(checks, vocabulary, body["readings"], contents)


def _read(path: Path, model: type[Any], keys: tuple[str, ...], body: Any) -> Any:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        problem = error.errors()[0]
        where = locate(path, (*keys, *problem["loc"]))
        said = ".".join(map(str, problem["loc"]))
        hint = "correct the entry"
        if problem["type"] == "extra_forbidden":
            hint = did_you_mean(str(problem["loc"][-1]), {*model.model_fields, *Probe.model_fields})
        raise DefinitionError(where, f"{'.'.join(keys)}: {said}: {problem['msg']}", hint) from None
