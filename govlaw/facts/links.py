"""From a library to the runs of letters that its texts share, in time that grows with the library.

Every stretch of so many letters is hashed, and equal stretches are found by sorting the hashes, one
slice of them after the other; three letters of a stretch say in which it is, so that each is hashed
once. What stays is one link a place: to all places that have the same
letters if these are few, or else to one source. Links that follow each other make a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from govlaw.facts.shingles import (
    Flags,
    Hashes,
    Ints,
    Letters,
    Library,
    hash_some,
    hash_stretches,
)

_MOST = 8  # places of one stretch that are all linked with each other
_SLICE = 1 << 22  # hashes sorted at once, at most: 32 MB, and some ten times that while at it
_BLOCK = 1 << 15  # letters hashed at once: they stay in the processor's cache
_GROUP = np.uint32(1 << 31)  # with this bit, a link is the number of a group, else a place + 1
_COUNTED = np.iinfo(np.uint16).max


class Runs(NamedTuple):
    """Stretches one text shares with others, by the places where they begin in the library.

    ``n_texts`` is the number of texts that hold the rarest part of a run.
    """

    starts: Ints
    others: Ints
    lengths: Ints
    n_texts: Ints


def shared_runs(library: Library, size: int) -> Iterator[Runs]:
    """The maximal runs each text shares with others, text by text, without those of the shelf.

    A stretch of the shelf is linked to the shelf alone. One that stands in more than 8 places is
    linked to a single source: the place's own past if it has one, else the earliest text.
    """
    links = _Links(library, size)
    texts = range(library.n_shelf, len(library.names))
    for number in texts:
        links.drop_beside_shelf(number)
    for number in texts:
        yield links.runs(number)


class _Links:
    """For each place, where else its stretch stands: 0, a place + 1, or a group of places."""

    def __init__(self, library: Library, size: int) -> None:
        self.library, self.size = library, size
        n = len(library.letters)
        self.link = np.zeros(n, dtype=np.uint32)
        self.n_texts = np.zeros(n, dtype=np.uint16)
        # Memory that is asked for and not filled costs nothing.
        self.members = np.empty(n, dtype=np.uint32)
        self.starts = np.zeros(n // 2 + 2, dtype=np.uint32)
        self.n_groups = 0
        years = np.where(library.years < 0, np.iinfo(np.int64).max, library.years)
        self.rank = np.empty(len(years), dtype=np.int64)
        self.rank[np.lexsort((library.order, years))] = np.arange(len(years))
        slices = max(0, (n // _SLICE).bit_length())
        for number in range(1 << slices):
            places, opens = _equal_places(library, size, slices, number)
            if len(places):
                self._add(places, opens)

    def _add(self, places: Ints, opens: Flags) -> None:
        """Link the places of some stretches; equal stretches stand together, in order."""
        texts = self.library.text_of(places)
        group = np.cumsum(opens) - 1
        is_first = opens | (texts != np.roll(texts, 1))  # the group's first place in its text
        first = np.flatnonzero(opens)
        n_texts = np.add.reduceat(is_first, first, dtype=np.int64)
        n_places = np.diff(first, append=len(places))
        on_shelf = texts[first] < self.library.n_shelf
        crowded = ~on_shelf & (n_places > _MOST)
        few = ~on_shelf & ~crowded & (n_texts > 1)
        self.n_texts[places] = np.minimum(n_texts, _COUNTED)[group]
        quoted = (on_shelf & (n_texts > 1))[group]
        self.link[places[quoted]] = places[first][group[quoted]] + 1
        self._add_groups(places[few[group]], n_places[few])
        chosen = (crowded & (n_texts > 1))[group] & is_first
        self._add_sources(places[chosen], texts[chosen], group[chosen])

    def _add_groups(self, places: Ints, sizes: Ints) -> None:
        start, number = int(self.starts[self.n_groups]), self.n_groups
        self.members[start : start + len(places)] = places
        self.starts[number + 1 : number + 1 + len(sizes)] = start + np.cumsum(sizes)
        self.link[places] = np.repeat(np.arange(number, number + len(sizes)), sizes) | _GROUP
        self.n_groups += len(sizes)

    def _add_sources(self, places: Ints, texts: Ints, group: Ints) -> None:
        """Link places that many texts share with one source each."""
        if not len(places):
            return
        opens = np.flatnonzero(np.diff(group, prepend=-1))
        sizes, ranks = np.diff(opens, append=len(places)), self.rank[texts]
        earliest = places[ranks == np.repeat(np.minimum.reduceat(ranks, opens), sizes)]
        last = opens + sizes - 1  # of another area than the earliest, if any is
        another = np.where(places[last] == earliest, places[last - 1], places[last])
        source = np.repeat(earliest, sizes)
        source = np.where(source == places, np.repeat(another, sizes), source)
        areas, years = self.library.areas[texts], self.library.years[texts]
        # Texts are in the order of areas and years, so the own past stands right before.
        own = (group[1:] == group[:-1]) & (areas[1:] == areas[:-1]) & (areas[1:] >= 0)
        own &= (years[1:] > years[:-1]) & (years[:-1] >= 0)
        source[1:][own] = places[:-1][own]
        self.link[places] = source + 1

    def drop_beside_shelf(self, number: int) -> None:
        """Unlink those stretches of a text that only touch what the shelf explains.

        Two reports that quote one rule after the same single word share 13 letters beside it.
        """
        start, end = self.library.bounds[number], self.library.bounds[number + 1]
        own = self.link[start:end]
        on_shelf = (own > 0) & (own <= self.library.bounds[self.library.n_shelf])
        if not on_shelf.any():
            return
        at = np.flatnonzero(on_shelf)
        edges = np.zeros(len(own) + 1, dtype=np.int64)
        edges[at] += 1
        edges[at + self.size] -= 1
        before = np.concatenate([[0], np.cumsum(np.cumsum(edges[:-1]) > 0)])
        others = np.flatnonzero((own > 0) & ~on_shelf)
        own[others[before[others + self.size] > before[others]]] = 0

    def runs(self, number: int) -> Runs:
        """The runs of a text, in its order."""
        places, others = self._pairs(number)
        letters = self.library.letters
        # Two stretches can have one hash, if hardly ever; three letters tell them apart.
        same = np.ones(len(places), dtype=bool)
        for shift in (0, self.size // 2, self.size - 1):
            same &= letters[places + shift] == letters[others + shift]
        places, others = places[same], others[same]
        order = np.lexsort((places, others - places))
        places, others = places[order], others[order]
        breaks = (np.diff(places, prepend=-2) != 1) | (np.diff(others, prepend=-2) != 1)
        first = np.flatnonzero(breaks)
        lengths = np.diff(first, append=len(places)) + self.size - 1
        rarest = np.minimum.reduceat(self.n_texts[places], first) if len(first) else first
        runs = Runs(places[first], others[first], lengths, rarest.astype(np.int64))
        order = np.lexsort((runs.others, runs.starts))
        return Runs(*(values[order] for values in runs))

    def _pairs(self, number: int) -> tuple[Ints, Ints]:
        """Each place of a text with the places of other texts it is linked to."""
        start, end = (int(place) for place in self.library.bounds[number : number + 2])
        own = self.link[start:end]
        direct = np.flatnonzero((own > 0) & (own < _GROUP))
        grouped = np.flatnonzero(own >= _GROUP)
        groups = (own[grouped] ^ _GROUP).astype(np.int64)
        begins = self.starts[groups].astype(np.int64)
        sizes = self.starts[groups + 1].astype(np.int64) - begins
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        others = self.members[within + np.repeat(begins, sizes)].astype(np.int64)
        places = np.repeat(grouped, sizes) + start
        apart = ((others < start) | (others >= end)) & (self.link[others] > 0)
        sources = own[direct].astype(np.int64) - 1
        return (
            np.concatenate([direct + start, places[apart]]),
            np.concatenate([sources, others[apart]]),
        )


def _equal_places(library: Library, size: int, slices: int, number: int) -> tuple[Ints, Flags]:
    """Places of a slice whose stretch stands elsewhere too, and where each stretch's own begin."""
    found = list(_hashes(library, size, slices, number))
    places = np.concatenate([places for places, _ in found])
    hashes = np.concatenate([hashes for _, hashes in found])
    order = _sorted(hashes)
    hashes = hashes[order]
    follows = np.diff(hashes, prepend=~hashes[:1]) == 0
    shared = follows | np.append(follows[1:], False)
    return places[order[shared]].astype(np.int64), ~follows[shared]


def _sorted(hashes: Hashes) -> Ints:
    """The order of hashes, equal ones as they stand.

    The front of a hash and its number share 64 bits, so that one sort moves both.
    """
    bits = np.uint64(len(hashes).bit_length())
    keys = hashes >> bits << bits
    keys |= np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    order = (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    keys >>= bits
    # Where only the fronts are equal, the whole hashes decide.
    mixed = (np.diff(keys) == 0) & (np.diff(hashes[order]) != 0)
    at = np.flatnonzero(np.isin(keys, keys[1:][mixed]))
    order[at] = order[at][np.lexsort((order[at], hashes[order[at]], keys[at]))]
    return order


def _hashes(
    library: Library, size: int, slices: int, number: int
) -> Iterator[tuple[npt.NDArray[np.uint32], Hashes]]:
    """The places of the stretches of one slice, and their hashes."""
    letters, bounds = library.letters, library.bounds
    # Places whose stretch would reach into the next text.
    ends = (bounds[1:, None] - np.arange(1, size)).ravel()
    outside = np.unique(ends[ends >= np.repeat(bounds[:-1], size - 1)])
    yield np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint64)
    for start in range(0, len(letters) - size + 1, _BLOCK):
        block = letters[start : start + _BLOCK + size - 1]
        wanted = _slice_of(block, size, slices) == number
        low, high = np.searchsorted(outside, (start, start + len(wanted)))
        wanted[outside[low:high] - start] = False
        at = np.flatnonzero(wanted)
        hashes = hash_some(block, size, at) if slices else hash_stretches(block, size)[at]
        yield (at + start).astype(np.uint32), hashes


def _slice_of(block: Letters, size: int, slices: int) -> Letters:
    """A number of so many bits for every stretch, by its first, middle and last letter."""
    n = len(block) - size + 1
    mixed = block[:n] * np.uint16(0x9E37) + block[size // 2 :][:n] * np.uint16(0x85EB)
    mixed += block[size - 1 :] * np.uint16(0xC2B3)
    return mixed >> np.uint16(16 - slices) if slices else np.zeros(n, dtype=np.uint16)
