"""From ``data/indicators/*.yml`` to ``Indicator``: what a number can mean, as researchers say.

The phrasings are kept as written; ``govlaw.facts`` turns them into something that matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.knowledge import did_you_mean, locate, read_yaml, shown

KINDS = ("flow", "stock", "rate", "amount", "duration")
#: What a number must be for an indicator of each kind, in the words of the quantities table.
_QUANTITY_KINDS = {
    "flow": ("count",),
    "stock": ("count",),
    "rate": ("rate",),
    "amount": ("money",),
    "duration": ("duration",),
}

Status = Literal["stated", "stated_in_words", "pooled", "no_number"]
Modality = Literal["done", "ongoing", "planned", "required", "past_year"]
Word = str | float | None


class Strict(BaseModel):
    """A model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Example(Strict):
    """A piece of a report and what the indicator must find in it."""

    text: str
    value: float | list[float | None] | None = None
    value_high: float | None = None
    unit: str | None = None
    status: Status | None = None
    modality: Modality | None = None
    context: str = ""
    year: int | None = None

    @property
    def values(self) -> list[float | None]:
        """The expected values, in the order of the text."""
        return self.value if isinstance(self.value, list) else [self.value]


class Reject(Strict):
    """A piece of a report that looks like the indicator and is not."""

    text: str
    why: str
    context: str = ""


class Indicator(Strict):
    """What one number can mean: its names, units, phrasings, and the examples that prove them."""

    id: str
    name_zh: str
    name_en: str
    kind: Literal["flow", "stock", "rate", "amount", "duration"]
    units: list[str] = Field(min_length=1)
    tier: Literal["core", "extended", "context"] = "core"
    area_2015: str = ""
    area_2021: str = ""
    phrasings: list[str] = Field(min_length=1)
    never: list[str] = []
    words: dict[str, Word] = {}
    mentions: list[str] = []
    quantity_kinds: list[str] = []
    also: list[str] = []
    examples: list[Example] = Field(min_length=4)
    rejects: list[Reject] = Field(min_length=2)
    traps: str = ""
    anchor: str = ""

    _path: Path = PrivateAttr(default=Path())
    _groups: dict[str, list[str]] = PrivateAttr(default_factory=dict)

    def __hash__(self) -> int:
        # A definition is read once and never changes: what is built from it can be kept by it.
        return hash((self.id, self._path))

    @property
    def path(self) -> Path:
        """The file the definition stands in."""
        return self._path

    @property
    def groups(self) -> dict[str, list[str]]:
        """Noun groups declared in the same file."""
        return self._groups

    def where(self, *keys: str | int) -> str:
        """``file:line`` of a part of the definition."""
        return locate(self._path, (self.id, *keys)) if self._path.name else self.id

    @property
    def samples(self) -> list[str]:
        """The pieces of reports that its examples and rejects show."""
        return [case.text for case in self.examples] + [case.text for case in self.rejects]

    @property
    def accepted_kinds(self) -> tuple[str, ...]:
        """The kinds of quantity that can carry a value of this indicator."""
        return tuple(self.quantity_kinds) or _QUANTITY_KINDS[self.kind]

    @property
    def accepted_units(self) -> frozenset[str]:
        """The measure words that can carry a value, families spelt out."""
        families = unit_families()
        return frozenset(u for unit in self.units for u in families.get(unit, (unit,)))

    @property
    def usual_unit(self) -> str:
        """The measure word given to a value told in words."""
        return unit_families().get(self.units[0], (self.units[0],))[0]


@cache
def unit_families() -> dict[str, tuple[str, ...]]:
    """Measure words that reports use for the same thing, by the name of the family."""
    return {k: tuple(v) for k, v in read_yaml(paths.data("words", "unit_families.yml")).items()}


def load_indicators(folder: Path | None = None) -> dict[str, Indicator]:
    """Every definition of a folder (``data/indicators`` unless told), by id; read only once."""
    return dict(_load(folder or paths.data("indicators")))


@cache
def _load(folder: Path) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for path in sorted(folder.glob("*.yml")):
        for indicator in read_indicators(path):
            if indicator.id in found:
                first = found[indicator.id].where()
                what = f"indicator {indicator.id!r} is already defined in {first}"
                raise DefinitionError(indicator.where(), what, "keep one of the two")
            found[indicator.id] = indicator
    if not found:
        what = "no indicator is defined here"
        step = "add a *.yml file as data/indicators/README.md tells"
        raise DefinitionError(shown(folder), what, step)
    for indicator in found.values():
        _check_names(indicator, found)
    return found


def read_indicators(path: Path) -> list[Indicator]:
    """The definitions of one file; the key ``groups`` holds noun groups for this file alone."""
    entries = read_yaml(path) or {}
    if not isinstance(entries, dict):
        what = "a file of indicators is a mapping from id to definition"
        raise DefinitionError(shown(path), what, "see data/indicators/README.md")
    groups = entries.pop("groups", {})
    return [_read_one(path, name, body, groups) for name, body in entries.items()]


def _read_one(path: Path, name: str, body: Any, groups: dict[str, list[str]]) -> Indicator:
    try:
        indicator = Indicator.model_validate({"id": name, **(body or {})})
    except ValidationError as error:
        raise _first_problem(path, name, error) from None
    indicator._path, indicator._groups = path, groups
    return indicator


def _first_problem(path: Path, name: str, error: ValidationError) -> DefinitionError:
    problems = error.errors()
    # A misspelt key is also a missing one: say what was written, not what was not.
    problem = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
    keys = [key for key in problem["loc"] if key != "id"]
    where = locate(path, (name, *keys))
    if problem["type"] == "extra_forbidden":
        models: dict[str, type[BaseModel]] = {"examples": Example, "rejects": Reject}
        model = Indicator if len(keys) == 1 else models[str(keys[0])]
        hint = did_you_mean(str(keys[-1]), set(model.model_fields) - {"id"})
        return DefinitionError(where, f"unknown key {keys[-1]!r} in {name!r}", hint)
    said = ".".join(map(str, keys))
    return DefinitionError(where, f"{name}: {said}: {problem['msg']}", "correct the entry")


def _check_names(indicator: Indicator, known: dict[str, Indicator]) -> None:
    families = unit_families()
    spelt = {unit for family in families.values() for unit in family}
    for number, unit in enumerate(indicator.units):
        if unit not in families and unit not in spelt:
            hint = did_you_mean(unit, [*families, *spelt] if unit.isascii() else families)
            step = f"{hint}; new units go into data/words/unit_families.yml"
            where = indicator.where("units", number)
            raise DefinitionError(where, f"nobody knows unit {unit!r}", step)
    _check_references(indicator, "also", indicator.also, known)
    for pattern, value in indicator.words.items():
        if isinstance(value, str):
            names = value.removeprefix("=").split("|")
            _check_references(indicator, "words", names, known, pattern)


def _check_references(
    indicator: Indicator, key: str, names: Iterable[str], known: dict[str, Indicator], *more: str
) -> None:
    for name in names:
        if name not in known:
            what = f"{key} of {indicator.id!r} names no indicator: {name!r}"
            raise DefinitionError(indicator.where(key, *more), what, did_you_mean(name, known))
