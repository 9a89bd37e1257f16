"""From what a page keeps for its scripts to text that a reader of the page sees.

Some sites put the report into a form field, a template or a string of a script, which only the
browser turns into a page. It is opened where the page shows nothing else of that length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[\u3400-\u9fff][，,、；;。]")
# A string that never ends is taken to the end of its line, so that no character is read twice.
_STRING = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"?' + r"|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?", re.DOTALL
)
_TAG = re.compile(r"<(?:p|div|br|span|table|section)\b|<h[1-6]\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ENOUGH, _TIMES, _STOPS = 120, 2, 4
_KEPT = ("textarea", "template", "noscript", "xmp", "noframes")

Parse = Callable[[str], etree._Element]


class _Stored(NamedTuple):
    """A text, the element that keeps it, and whether the element itself holds it."""

    words: str
    keeper: etree._Element
    is_inside: bool


def open_stored(tree: etree._Element, shown: str, parse: Parse) -> bool:
    """Put the longest stored text where the page shows it, if it is far more than what is shown.

    >>> kept = "一、推进依法行政,受理行政复议案件5件,办结5件;二、加强监督,评查案卷30卷。" * 5
    >>> page = etree.fromstring(f"<div><textarea>{kept}</textarea></div>", etree.HTMLParser())
    >>> open_stored(page, "首页", parse=None), page.find(".//pre").text == kept
    (True, True)
    """
    best = max(_stored(tree), key=lambda kept: len(_HAN.findall(kept.words)), default=None)
    size = len(_HAN.findall(best.words)) if best else 0
    if best is None or size < max(_ENOUGH, _TIMES * len(_HAN.findall(shown))):
        return False
    place = best.keeper if best.is_inside else etree.Element("div")
    if not best.is_inside:
        _beside(best.keeper, place)
    for name in ("style", "hidden", "type"):
        place.attrib.pop(name, None)
    if _TAG.search(best.words):
        body = _body_of(parse(best.words))
        place.tag, place.text = "div", body.text
        place[:] = list(body)
    elif len(place):
        place.tag = "div"
    else:
        place.tag, place.text = "pre", best.words
    return True


def _beside(keeper: etree._Element, place: etree._Element) -> None:
    """A new element behind the one that keeps the text; a script of the head has its body."""
    root = keeper.getroottree().getroot()
    body = root.find("body")
    is_outside = body is not None and body not in keeper.iterancestors()
    if body is not None and (is_outside or keeper is body):
        body.append(place)
        return
    place.tail, keeper.tail = keeper.tail, None
    keeper.addnext(place)


def _body_of(tree: etree._Element) -> etree._Element:
    body = tree.find("body")
    return tree if body is None else body


def _stored(tree: etree._Element) -> Iterator[_Stored]:
    """Every stretch that reads as running text."""
    for kept in (*_elements(tree), *_values(tree), *_strings(tree)):
        if len(kept.words) >= _ENOUGH and len(_SENTENCE.findall(kept.words)) >= _STOPS:
            yield kept


def _elements(tree: etree._Element) -> Iterator[_Stored]:
    for node in tree.iter(*_KEPT):
        yield _Stored("".join(node.itertext()), node, True)


def _values(tree: etree._Element) -> Iterator[_Stored]:
    """A hidden field of a form, or the source of a frame."""
    for node in tree.iter("input", "iframe"):
        if written := node.get("srcdoc") or node.get("value"):
            yield _Stored(written, node, False)


def _strings(tree: etree._Element) -> Iterator[_Stored]:
    """Templates, and strings such as ``{"content":"<p>…"}`` and ``var html = '<p>…'``."""
    for node in tree.iter("script"):
        written = node.text or ""
        if "html" in (node.get("type") or "") or "template" in (node.get("type") or ""):
            yield _Stored(written, node, False)
            continue
        if len(written) < _ENOUGH:
            continue
        for found in _STRING.finditer(written):
            if len(found[0]) >= _ENOUGH:
                yield _Stored(_unescaped(found[0]), node, False)


def _unescaped(literal: str) -> str:
    """The words of a string of a script."""
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return _ESCAPE.sub(_character, literal[1:-1])


def _character(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return {"n": "\n", "r": "", "t": " "}.get(found[3], found[3])
