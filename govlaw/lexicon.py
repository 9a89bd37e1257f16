"""From ``data/lexicons/themes.yml`` to ``Lexicon``: the keyword groups a researcher watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.knowledge import did_you_mean, locate, read_yaml, shown

_THEME_KEYS = ("name_zh", "name_en", "areas", "groups")
_GROUP_KEYS = ("name_zh", "name_en", "terms", "masks", "since", "renamed", "note")


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one matter, counted together.

    ``masks`` are longer words that hide a term (协调解决 is no 调解); ``since`` is the first report
    year in which any term can occur; ``renamed`` is true where one word gave way to another;
    ``note`` says why the words were joined.
    """

    id: str
    theme: str
    name_zh: str
    name_en: str
    terms: tuple[str, ...]
    since: int | None = None
    masks: tuple[str, ...] = ()
    note: str = ""
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """Groups that belong to one task; ``areas`` are the outlines' codes (G 2015, H 2021)."""

    id: str
    name_zh: str
    name_en: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Keyword groups by id; a term belongs to one group only.

    >>> load_lexicon().group_of("法制办").name_zh
    '法制机构与司法行政机关'
    """

    groups: dict[str, Group]
    themes: dict[str, Theme]

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {term: group for group in self.groups.values() for term in group.terms}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Everything to look for: the terms, and the masks that keep places from being counted."""
        masks = {mask for group in self.groups.values() for mask in group.masks}
        return (*self._groups, *sorted(masks - self._groups.keys()))

    def group_of(self, word: str) -> Group | None:
        """The group a term counts for; a mask counts for none."""
        return self._groups.get(word)

    @cached_property
    def owners(self) -> tuple[tuple[str, str, str] | None, ...]:
        """For each of ``words`` its theme, its group and itself; None for a mask."""
        owners = ((self.group_of(word), word) for word in self.words)
        return tuple((group.theme, group.id, word) if group else None for group, word in owners)


@lru_cache(maxsize=16)
def matcher(words: tuple[str, ...]) -> AhoCorasick:
    """An automaton that finds words, leftmost first and longest first, in one pass.

    >>> words = ("行政执法", "行政执法监督", "监督")
    >>> [words[n] for n, _, _ in matcher(words).find_matches_as_indexes("加强行政执法监督。")]
    ['行政执法监督']
    """
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def load_lexicon(path: Path | str | None = None) -> Lexicon:
    """The keyword groups of a file, by default ``data/lexicons/themes.yml``.

    Raises ``DefinitionError`` with file and line for an unknown key, an empty group, a term in two
    groups and a name given twice.

    >>> load_lexicon().groups["xi_rule_of_law"].since
    2020
    """
    if path is None:
        return _shipped()
    file = Path(path)
    return _read(file, _stamp(file))


@cache
def _shipped() -> Lexicon:
    # Asked for by every document of a run.
    return _read(paths.data("lexicons", "themes.yml"), None)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        written = file.stat()
    except OSError:
        return None  # who reads it says what is wrong
    return written.st_mtime_ns, written.st_size


@lru_cache(maxsize=8)
def _read(file: Path, stamp: tuple[int, int] | None) -> Lexicon:
    # An edited file has another stamp and is read again.
    written = read_yaml(file)
    if not isinstance(written, Mapping) or not written:
        raise DefinitionError(shown(file), "no themes in it", "write theme: {groups: ...}")
    themes: dict[str, Theme] = {}
    groups: dict[str, Group] = {}
    for theme_id, entry in written.items():
        themes[theme_id] = _theme(file, theme_id, entry)
        for group_id, fields in entry["groups"].items():
            at = (theme_id, "groups", group_id)
            if group_id in groups:
                raise _broken(file, at, f"group {group_id!r} stands in two themes", "rename one")
            groups[group_id] = _group(file, at, fields)
    _refuse_shared_terms(file, groups)
    return Lexicon(groups, themes)


def _theme(file: Path, theme_id: str, entry: Any) -> Theme:
    _check_keys(file, (theme_id,), entry, _THEME_KEYS)
    if not isinstance(entry.get("groups"), Mapping) or not entry["groups"]:
        what = f"theme {theme_id!r} has no groups"
        raise _broken(file, (theme_id,), what, "add one or remove it")
    names = (str(entry.get("name_zh") or theme_id), str(entry.get("name_en") or theme_id))
    return Theme(theme_id, *names, tuple(entry.get("areas") or ()))


def _group(file: Path, at: tuple[str, ...], fields: Any) -> Group:
    _check_keys(file, at, fields, _GROUP_KEYS)
    since = fields.get("since")
    if since is not None and not isinstance(since, int):
        raise _broken(file, (*at, "since"), f"since: {since!r} is no year", "write 2020")
    renamed = fields.get("renamed", False)
    if not isinstance(renamed, bool):
        raise _broken(file, (*at, "renamed"), f"renamed: {renamed!r} is no yes or no", "write true")
    terms = _words(file, at, fields, "terms")
    if not terms:
        raise _broken(file, at, f"group {at[-1]!r} has no terms", "add terms or remove the group")
    return Group(
        id=at[-1],
        theme=at[0],
        name_zh=str(fields.get("name_zh") or at[-1]),
        name_en=str(fields.get("name_en") or at[-1]),
        terms=terms,
        since=since,
        masks=_words(file, at, fields, "masks"),
        note=str(fields.get("note") or ""),
        renamed=renamed,
    )


def _words(file: Path, at: tuple[str, ...], fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    words = fields.get(key) or []
    if not isinstance(words, list):
        raise _broken(file, (*at, key), f"{key} is not a list", f"write {key}: [信访, 上访]")
    found: list[str] = []
    for number, word in enumerate(words):
        if isinstance(word, int):  # 12348 is a hotline and, to YAML, a number
            word = str(word)
        if not isinstance(word, str) or len(word.strip()) < 2:
            what = f"{word!r} is no word of two characters or more"
            raise _broken(file, (*at, key, number), what, "write a longer term")
        if word in found:
            raise _broken(file, (*at, key, number), f"{word!r} stands there twice", "remove one")
        found.append(word)
    return tuple(found)


def _check_keys(file: Path, at: tuple[str, ...], fields: Any, known: tuple[str, ...]) -> None:
    if not isinstance(fields, Mapping):
        raise _broken(file, at, f"{at[-1]!r} is not a mapping", f"give it {', '.join(known)}")
    for key in fields:
        if key not in known:
            raise _broken(file, (*at, key), f"unknown key {key!r}", did_you_mean(str(key), known))


def _refuse_shared_terms(file: Path, groups: Mapping[str, Group]) -> None:
    owners: dict[str, Group] = {}
    for group in groups.values():
        for number, term in enumerate(group.terms):
            first = owners.setdefault(term, group)
            if first is not group:
                what = f"{term!r} is in {first.id!r} and in {group.id!r}"
                at = (group.theme, "groups", group.id, "terms", number)
                raise _broken(file, at, what, "a place is counted once: keep it in one of them")


def _broken(file: Path, at: tuple[str | int, ...], what: str, next_step: str) -> DefinitionError:
    return DefinitionError(locate(file, at), what, next_step)
