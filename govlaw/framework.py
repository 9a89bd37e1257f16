"""From ``data/frameworks`` to ``Framework``: the official outlines by which reports can be read.

An outline's areas are words that speak of them. The outline of 2021 carries on that of 2015, so an
area takes the terms of its forerunners from the crosswalk and names only what is new or has moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from govlaw import paths
from govlaw.errors import DefinitionError, InputError
from govlaw.knowledge import did_you_mean, locate, read_yaml, shown

SOCIETY = "ls"
_CROSSWALK = "crosswalk.yml"
_TOP_KEYS = ("id", "name_zh", "name_en", "years", "masks", "areas")
_AREA_KEYS = ("name_zh", "name_en", "terms", "weak", "examples", "rejects")


@dataclass(frozen=True, slots=True)
class Area:
    """A task area: its code, short names, words, and sentences that must and must not get it."""

    code: str
    name_zh: str
    name_en: str
    terms: tuple[str, ...]
    weak: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """An outline: the report years it frames and its areas by code."""

    id: str
    name_zh: str
    name_en: str
    years: tuple[int, int]
    areas: dict[str, Area]
    masks: tuple[str, ...] = ()

    def owners(self) -> Iterator[tuple[str, str, bool]]:
        """Every word with the code it speaks for and whether it is a weak one."""
        for area in self.areas.values():
            yield from ((term, area.code, False) for term in area.terms)
            yield from ((term, area.code, True) for term in area.weak)


@cache
def load_frameworks(folder: Path | None = None) -> dict[str, Framework]:
    """The outlines by id, with the words each area takes over by the crosswalk.

    Raises ``DefinitionError`` with file and line for an unknown key, an area without words, a term
    in two areas and a code the crosswalk does not know.

    >>> [area.name_zh for area in load_frameworks()["outline_2021"].areas.values()][4]
    '突发事件应对'
    """
    place = folder or paths.data("frameworks")
    files = [file for file in sorted(place.glob("*.yml")) if file.name != _CROSSWALK]
    if not files:
        raise DefinitionError(shown(place), "no framework in it", "restore data/frameworks")
    frameworks = {frame.id: (file, frame) for file in files for frame in [_read(file)]}
    read = {name: frame for name, (_, frame) in frameworks.items()}
    if (place / _CROSSWALK).exists():
        read |= _carried_on(place / _CROSSWALK, read)
    for name, (file, _) in frameworks.items():
        _refuse_shared(file, read[name], read.get(SOCIETY))
    return read


@cache
def load_crosswalk(folder: Path | None = None) -> dict[str, str]:
    """The code of 2021 for every code, also for those of 2021 and LS themselves.

    >>> [load_crosswalk()[code] for code in ("G5", "G0", "H8", "LS")]
    ['H7', 'H9', 'H8', 'LS']
    """
    frameworks = load_frameworks(folder)
    file = (folder or paths.data("frameworks")) / _CROSSWALK
    written = read_yaml(file)
    same = {code: code for name in (written["to"], SOCIETY) for code in frameworks[name].areas}
    return {**written["areas"], **same}


def outline_for(year: int | None, folder: Path | None = None) -> Framework:
    """The outline that frames reports on a year; the latest where the year is not known.

    >>> [outline_for(year).id for year in (2017, 2020, 2021, None)]
    ['outline_2015', 'outline_2015', 'outline_2021', 'outline_2021']
    """
    outlines = [frame for name, frame in load_frameworks(folder).items() if name != SOCIETY]
    outlines.sort(key=lambda frame: frame.years)
    if year is None or int(year) > outlines[-1].years[1]:
        return outlines[-1]
    return next(frame for frame in outlines if int(year) <= frame.years[1])


def area_of(code: str) -> Area:
    """The area a code stands for.

    >>> area_of("G6").name_zh
    '纠纷化解'
    """
    known = {c: area for frame in load_frameworks().values() for c, area in frame.areas.items()}
    if code not in known:
        raise InputError(f"code {code!r}", "no such task area", did_you_mean(str(code), known))
    return known[code]


def _read(file: Path) -> Framework:
    written = read_yaml(file)
    _check_keys(file, (), written, _TOP_KEYS)
    years = written.get("years")
    if not (isinstance(years, list) and len(years) == 2 and all(type(y) is int for y in years)):
        raise _broken(file, ("years",), f"years: {years!r} is no span", "write [2015, 2020]")
    if not isinstance(written.get("areas"), Mapping) or not written["areas"]:
        raise _broken(file, ("areas",), "no areas in it", "write areas: {G1: {terms: [...]}}")
    areas = {str(code): _area(file, str(code), entry) for code, entry in written["areas"].items()}
    return Framework(
        id=str(written.get("id") or file.stem),
        name_zh=str(written.get("name_zh") or file.stem),
        name_en=str(written.get("name_en") or file.stem),
        years=(years[0], years[1]),
        areas=areas,
        masks=_words(file, ("masks",), written.get("masks")),
    )


def _area(file: Path, code: str, entry: Any) -> Area:
    at = ("areas", code)
    _check_keys(file, at, entry, _AREA_KEYS)
    rejects = entry.get("rejects") or {}
    if not isinstance(rejects, Mapping):
        raise _broken(file, (*at, "rejects"), "rejects have no reason", "write sentence: reason")
    return Area(
        code,
        str(entry.get("name_zh") or code),
        str(entry.get("name_en") or code),
        _words(file, (*at, "terms"), entry.get("terms")),
        _words(file, (*at, "weak"), entry.get("weak")),
        tuple(map(str, entry.get("examples") or ())),
        tuple(map(str, rejects)),
    )


def _words(file: Path, at: tuple[str, ...], words: Any) -> tuple[str, ...]:
    if not isinstance(words or [], list):
        raise _broken(file, at, f"{at[-1]} is not a list", f"write {at[-1]}: [信访, 上访]")
    found = tuple(str(word) for word in words or ())  # 12345 is a hotline and, to YAML, a number
    for number, word in enumerate(found):
        if len(word.strip()) < 2:
            what = f"{word!r} is no word of two characters or more"
            raise _broken(file, (*at, number), what, "write a longer term")
        if word in found[:number]:
            raise _broken(file, (*at, number), f"{word!r} stands there twice", "remove one")
    return found


def _carried_on(file: Path, read: Mapping[str, Framework]) -> dict[str, Framework]:
    written = read_yaml(file)
    _check_keys(file, (), written, ("from", "to", "areas"))
    for key in ("from", "to"):
        if written.get(key) not in read:
            what = f"unknown framework {written.get(key)!r}"
            raise _broken(file, (key,), what, did_you_mean(str(written.get(key)), read))
    older, newer = read[written["from"]], read[written["to"]]
    for code, heir in written["areas"].items():
        for known, wanted in ((older.areas, code), (newer.areas, heir)):
            if wanted not in known:
                what = f"unknown code {wanted!r}"
                raise _broken(file, ("areas", code), what, did_you_mean(str(wanted), known))
    own = {word for word, _, _ in newer.owners()}
    areas = {}
    for code, area in newer.areas.items():
        forerunners = [older.areas[old] for old, heir in written["areas"].items() if heir == code]
        taken = [word for one in forerunners for word in one.terms if word not in own]
        weak = [word for one in forerunners for word in one.weak if word not in own]
        areas[code] = replace(area, terms=(*area.terms, *taken), weak=(*area.weak, *weak))
    return {newer.id: replace(newer, areas=areas, masks=(*newer.masks, *older.masks))}


def _refuse_shared(file: Path, frame: Framework, society: Framework | None) -> None:
    for area in frame.areas.values():
        if not area.terms:
            what = f"area {area.code!r} has no terms"
            raise _broken(file, ("areas", area.code), what, "add terms or a line in the crosswalk")
    owners: dict[str, str] = {}
    beside = [society] if society is not None and society is not frame else []
    for one in (*beside, frame):
        for word, code, _ in one.owners():
            if word in owners:
                what = f"{word!r} is in {owners[word]!r} and in {code!r}"
                raise _broken(file, ("areas", code), what, "keep it in one of them")
            owners[word] = code


def _check_keys(file: Path, at: tuple[str, ...], fields: Any, known: tuple[str, ...]) -> None:
    if not isinstance(fields, Mapping):
        name = at[-1] if at else file.stem
        raise _broken(file, at, f"{name!r} is not a mapping", f"give it {', '.join(known)}")
    for key in fields:
        if key not in known:
            raise _broken(file, (*at, key), f"unknown key {key!r}", did_you_mean(str(key), known))


def _broken(file: Path, at: tuple[str | int, ...], what: str, next_step: str) -> DefinitionError:
    return DefinitionError(locate(file, at), what, next_step)
