"""From the pieces of a pattern to all its spellings, or to words without which it cannot match."""

from __future__ import annotations

from dataclasses import dataclass

from govlaw.facts.needles import rarity


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern; ``spelt`` are all its spellings, None where there are too many."""

    regex: str
    spelt: frozenset[str] | None = None
    needles: tuple[frozenset[str], ...] = ()


NOTHING = frozenset({""})
_MANY = 12  # spellings: 执法(人员|干部)(培训|轮训) has four


def either(pieces: list[Piece]) -> Piece:
    """One of several pieces."""
    if len(pieces) == 1:
        return pieces[0]
    regex = f"(?:{'|'.join(piece.regex for piece in pieces)})"
    spelt = [piece.spelt for piece in pieces if piece.spelt is not None]
    if len(spelt) == len(pieces):
        return Piece(regex, frozenset().union(*spelt))
    hardest = [max(needles, key=rarity) for piece in pieces if (needles := needles_of(piece))]
    is_needed = len(hardest) == len(pieces)
    return Piece(regex, None, (frozenset().union(*hardest),) if is_needed else ())


def joined(pieces: list[Piece]) -> Piece:
    """The pieces in a row: what is spelt out without a gap makes one needle."""
    regex = "".join(piece.regex for piece in pieces)
    needles: list[frozenset[str]] = []
    rows = [NOTHING]
    for piece in pieces:
        spelt = piece.spelt
        if spelt is None:
            needles += piece.needles
            rows.append(NOTHING)
        elif len(rows[-1]) > 1 and len(rows[-1]) * len(spelt) > _MANY:
            rows.append(spelt)
        else:
            rows[-1] = frozenset(start + end for start in rows[-1] for end in spelt)
    if len(rows) == 1:
        return Piece(regex, rows[0])
    return Piece(regex, None, (*needles, *(row for row in rows if "" not in row)))


def needles_of(piece: Piece) -> tuple[frozenset[str], ...]:
    """Sets of words; of each set one stands where the piece matches."""
    if piece.spelt is None:
        return piece.needles
    return () if "" in piece.spelt else (piece.spelt,)
