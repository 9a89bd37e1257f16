"""From matplotlib's SVG to one for a page: a third of the size, in the page's own colours.

Most of a drawing with Chinese words is outlines of its characters; they are kept once each, in
whole steps of a fortieth of a pixel, as relative moves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

#: Units of matplotlib's outlines in one of ours: 6,400 to the height of a line become 400.
_STEP = 16
_GLYPH = re.compile(r'<path id="([^"]{1,120})" d="([^"]{0,60000})" transform="scale\(0\.015625\)"')
_USE = re.compile(
    r'<use xlink:href="#([^"]{1,120})"'
    r'(?: transform="translate\(([\d.-]{1,20}) ([\d.-]{1,20})\)")?/>'
)
_MARK = re.compile(r'<use [^>]{1,200} style="([^"]{1,400})"/>')
_COMMENT = re.compile(r"<!--[^>]{0,400}-->\n?")
_LONG_NUMBER = re.compile(r"-?\d{1,9}\.\d{3,17}")


def page_svg(svg: str, colours: Mapping[str, str]) -> str:
    """The drawing without its prologue, small, with colours that follow the page's scheme."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.{0,2000}?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', _opening, svg, count=1)
    svg = _LONG_NUMBER.sub(_rounded, _small_glyphs(_COMMENT.sub("", svg)))
    svg = svg.replace("xlink:href", "href")
    for colour, name in colours.items():
        svg = svg.replace(colour, f"var(--{name}, {colour})")
    return _grouped(re.sub(r"\n\s*", "\n", svg))


def own_ids(svg: str, name: str) -> str:
    """The drawing with ids of its own: a page holds several."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)


def _opening(match: re.Match[str]) -> str:
    width, height = match[1].split()[2:]
    # 96 / 72: a point of the drawing is a point on the page.
    size = f"width:{float(width) * 4 / 3:.0f}px"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" style="{size}">'


def _rounded(match: re.Match[str]) -> str:
    value = float(match[0])
    # A scale of 0.085 is the size of the words: small numbers keep their digits.
    return f"{value:.{2 if abs(value) >= 1 else 4}f}".rstrip("0").rstrip(".")


def _grouped(svg: str) -> str:
    """Marks of one style in one group, which carries the style once."""
    lines: list[str] = []
    for style, run in groupby(svg.split("\n"), key=_style_of_mark):
        marks = list(run)
        if style is None or len(marks) < 3:
            lines += marks
        else:
            bare = (mark.replace(f' style="{style}"', "") for mark in marks)
            lines += [f'<g style="{style}">', *bare, "</g>"]
    return "\n".join(lines)


def _style_of_mark(line: str) -> str | None:
    match = _MARK.fullmatch(line.strip())
    return match[1] if match else None


def _small_glyphs(svg: str) -> str:
    names: dict[str, str] = {}

    def outline(match: re.Match[str]) -> str:
        name = names.setdefault(match[1], f"g{len(names):x}")
        return f'<path id="{name}" d="{relative(match[2])}" transform="scale(.25)"'

    def use(match: re.Match[str]) -> str:
        if match[1] not in names:
            return match[0]
        x, y = ("" if not float(v or 0) else f' {k}="{v}"' for k, v in zip("xy", match.groups()[1:],
                                                                         strict=True))  # fmt: skip
        return f'<use href="#{names[match[1]]}"{x}{y}/>'

    return _USE.sub(use, _GLYPH.sub(outline, svg))


def relative(path: str) -> str:
    """An outline in relative moves of whole steps.

    >>> relative("M 2448 5088 L 2880 5088 Q 2880 2330 2854 1907 z")
    'M153 318h27q0-172-2-199z'
    """
    made: list[str] = []
    at = (0, 0)
    for letter, numbers in re.findall(r"([MLQCz])([^MLQCz]{0,120})", path):
        points = [round(float(n) / _STEP) for n in numbers.split()]
        pairs = list(zip(points[::2], points[1::2], strict=True))
        moves = [n for x, y in pairs for n in (x - at[0], y - at[1])]
        if letter == "L" and 0 in moves:
            made.append(f"v{moves[1]}" if moves[0] == 0 else f"h{moves[0]}")
        else:
            made.append(_joined("M", points) if letter == "M" else _joined(letter.lower(), moves))
        at = pairs[-1] if pairs else at
    return "".join(made)


def _joined(letter: str, numbers: list[int]) -> str:
    return letter + " ".join(map(str, numbers)).replace(" -", "-")
