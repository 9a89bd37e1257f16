"""From a title and a body to a whole page: one style, one script, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

import govlaw
from govlaw.pages.words import Said

TEMPLATE = Path(__file__).with_name("template")
STUDY = Said("法治政府建设报告研究", "Reports on law-based government")
_WORDS = {
    "skip": Said("跳到正文", "Skip to the text"),
    "pages": Said("各页", "Pages"),
    "contents": Said("目录", "Contents"),
    "parts": Said("前后各页", "Pages before and after"),
    "code": Said("代码", "Code"),
    "parameters": Said("参数", "Parameters"),
    "log": Said("运行记录", "Log"),
    "trace": Said("出错位置", "Where it failed"),
    "figure": Said("图", "Figure"),
}
_FOOTER = Said(
    "govlaw {version} 由文件计算生成。词频反映的是文字上的关注，不是工作成效；自报数字未经核实。",
    "Computed by govlaw {version}. Word counts measure attention in text, not performance; "
    "self-reported figures are unverified.",
)


@cache
def _part(name: str) -> str:
    return (TEMPLATE / name).read_text(encoding="utf-8").strip()


def script_hash() -> str:
    """What the content security policy calls the one script of every page."""
    digest = hashlib.sha256(_part("page.js").encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page's body; ``up`` leads from the page to the front page.

    ``toc`` holds address, words and level of every entry of the contents; ``pager`` the pages
    before and after this one.
    """

    title: Said
    address: str
    lang: str = "zh"
    nav: tuple[tuple[str, Said], ...] = ()
    toc: tuple[tuple[str, str, int], ...] = ()
    kind: str = "page"
    up: str = ""
    pager: tuple[tuple[str, Said], ...] = ()
    study: Said = STUDY
    footer: Said = field(init=False)

    def __post_init__(self) -> None:
        said = Said(*(words.format(version=govlaw.__version__) for words in _FOOTER))
        object.__setattr__(self, "footer", said)

    @property
    def html_lang(self) -> str:
        """The language of the page for browsers and screen readers."""
        return "en" if self.lang == "en" else "zh-CN"

    def current(self, address: str) -> str:
        """Whether an entry of the menu is this page (``page``) or the room it is in (``true``).

        >>> Frame(Said("东辽县", "Dongliao"), "sources/004.html").current("sources/index.html")
        'true'
        """
        if address == self.address:
            return "page"
        room = address.removesuffix("index.html").removesuffix(".html")
        return "true" if room and self.address.startswith(room) else ""

    @property
    def words(self) -> SimpleNamespace:
        """The few words of the frame itself."""
        return SimpleNamespace(**{k: said.first(self.lang) for k, said in _WORDS.items()})

    @property
    def css(self) -> Markup:
        """The style sheet."""
        return Markup(_part("style.css"))  # noqa: S704, a file of ours

    @property
    def script(self) -> Markup:
        """The one script."""
        return Markup(_part("page.js"))  # noqa: S704, a file of ours

    @property
    def script_hash(self) -> str:
        """The script's name in the content security policy."""
        return script_hash()


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)


def whole_page(frame: Frame, body: Markup) -> str:
    """The page as HTML."""
    return _environment().get_template("page.html.j2").render(frame=frame, body=body)


class Shelf:
    """Where pages are put, and what every page of one edition has in common."""

    def __init__(self, out: Path, *, lang: str, nav: Sequence[tuple[str, Said]]) -> None:
        self.out, self.lang, self.nav = out, lang, tuple(nav)

    def frame(
        self,
        address: str,
        title: Said,
        *,
        toc: Sequence[tuple[str, str, int]] = (),
        kind: str = "page",
        pager: Sequence[tuple[str, Said]] = (),
    ) -> Frame:
        """The frame of the page at an address of this edition."""
        up = "../" * address.count("/")
        return Frame(title, address, self.lang, self.nav, tuple(toc), kind, up, tuple(pager))

    def put(
        self,
        address: str,
        title: Said,
        body: Markup,
        *,
        toc: Sequence[tuple[str, str, int]] = (),
        kind: str = "page",
    ) -> None:
        """Write one page."""
        self.write(address, whole_page(self.frame(address, title, toc=toc, kind=kind), body))

    def write(self, address: str, text: str) -> None:
        """Write one file; the bytes are the same on every system."""
        path = self.out / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def heading(said: Said, *, id: str, lang: str, level: int = 2) -> Markup:
    """A heading with an id of its own."""
    return Markup('<h{0} id="{1}">{2}</h{0}>').format(level, id, said.html(lang))
