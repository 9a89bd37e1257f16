"""From matplotlib's SVG to one for a page: a third of the size, in the page's own colours.

Most of a drawing with Chinese words is outlines of its characters; they are kept once each, in
whole steps of an eightieth of a pixel, as relative moves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Units of matplotlib's outlines in one of ours: 6,400 to the height of a line become 800.
_STEP = 8
_GLYPH = re.compile(r'<path id="([^"]{1,120})" d="([^"]{0,60000})" transform="scale\(0\.015625\)"')
_USE = re.compile(
    r'<use xlink:href="#([^"]{1,120})"(?: transform="translate\(([\d.-]{1,20}) ([\d.-]{1,20})\)")?/>'
)
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
    return re.sub(r"\n\s*", "\n", svg)


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
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _small_glyphs(svg: str) -> str:
    names: dict[str, str] = {}

    def outline(match: re.Match[str]) -> str:
        name = names.setdefault(match[1], f"g{len(names):x}")
        return f'<path id="{name}" d="{relative(match[2])}" transform="scale(.125)"'

    def use(match: re.Match[str]) -> str:
        if match[1] not in names:
            return match[0]
        x, y = ("" if not float(v or 0) else f' {k}="{v}"' for k, v in zip("xy", match.groups()[1:],
                                                                         strict=True))  # fmt: skip
        return f'<use href="#{names[match[1]]}"{x}{y}/>'

    return _USE.sub(use, _GLYPH.sub(outline, svg))


def relative(path: str) -> str:
    """An outline in relative moves of whole steps.

    >>> relative("M 2451 5088 L 2880 5088 Q 2880 2330 2854 1907 z")
    'M306 636l54 0q0-345-3-398z'
    """
    made: list[str] = []
    at = (0, 0)
    for letter, numbers in re.findall(r"([MLQCz])([^MLQCz]{0,120})", path):
        points = [round(float(n) / _STEP) for n in numbers.split()]
        if letter == "z":
            made.append("z")
            continue
        pairs = list(zip(points[::2], points[1::2], strict=True))
        if letter == "M":
            made.append(f"M{_joined(points)}")
        else:
            moves = [n for x, y in pairs for n in (x - at[0], y - at[1])]
            made.append(f"{letter.lower()}{_joined(moves)}")
        at = pairs[-1]
    return "".join(made)


def _joined(numbers: list[int]) -> str:
    return " ".join(map(str, numbers)).replace(" -", "-")
