"""From ``data/`` and the table contracts to the codebook: a front page and one for each area.

The front page names every indicator and check, so that an address such as
``codebook.html#ind-recon_accepted`` holds whatever page the definition stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from govlaw.framework import Framework
from govlaw.indicator import Indicator, load_indicators
from govlaw.lexicon import Lexicon
from govlaw.pages import contracts
from govlaw.pages.frames import heading
from govlaw.pages.markup import anchor, frame_of, joined, link, pairs, table
from govlaw.pages.words import AREAS, Said, plain, value_label

TITLE = Said("编码本", "Codebook")
WORDS = Said("词组与任务领域", "Word groups and task areas")
Toc = list[tuple[str, str, int]]


class Leaf(NamedTuple):
    """One page of the codebook."""

    address: str
    title: Said
    body: Markup
    toc: Toc


def leaves(
    indicators: Mapping[str, Indicator], lexicon: Lexicon, frameworks: Mapping[str, Framework],
    checks: Mapping[str, Any], lang: str,
) -> Iterator[Leaf]:  # fmt: skip
    """The pages of the codebook, the front page first."""
    areas: dict[str, list[Indicator]] = {}
    for one in indicators.values():
        areas.setdefault(one.area_2015, []).append(one)
    yield _front(areas, checks, lang)
    for area, inside in areas.items():
        said = _area_name(area)
        made = joined((_title(said, lang), *(_definition(one, lang) for one in inside)))
        toc = [(f"#ind-{anchor(one.id)}", _name(one).first(lang), 2) for one in inside]
        yield Leaf(_area_address(area), said, made, toc)
    words = joined((_title(WORDS, lang), _lexicon(lexicon, lang), _outlines(frameworks, lang)))
    outlines = [(f"#outline-{anchor(i)}", _name(one).first(lang), 2) for i, one in
                frameworks.items()]  # fmt: skip
    toc = [("#lexicon", Said("词组", "Word groups").first(lang), 2), *outlines]
    yield Leaf("codebook/words.html", WORDS, words, toc)
    yield Leaf("codebook/tables.html", contracts.TITLE, *contracts.body(lang))


def definition_address(indicator: str, *, up: str = "") -> str:
    """Where the definition of an indicator stands.

    >>> definition_address("recon_accepted")
    'codebook/G6.html#ind-recon_accepted'
    """
    known = load_indicators().get(indicator)
    page = _area_address(known.area_2015) if known else "codebook.html"
    return f"{up}{page}#ind-{anchor(indicator)}"


def _area_address(area: str) -> str:
    return f"codebook/{anchor(area) or 'other'}.html"


def _area_name(area: str) -> Said:
    return AREAS.get(area, plain(area or "·"))


def _name(one: Any) -> Said:
    return Said(one.name_zh, one.name_en)


def _title(said: Said, lang: str) -> Markup:
    return Markup("<h1>{}</h1>").format(said.html(lang))


def _front(areas: Mapping[str, list[Indicator]], checks: Mapping[str, Any], lang: str) -> Leaf:
    lede = Said(
        "由 data/ 和数据表约定生成：每个指标怎样读，每条规则核对什么，每一列是什么。",
        "Made from data/ and the table contracts: how each indicator is read, what each check "
        "tests, what each column means.",
    )
    more = joined(
        (Markup("<li>{}</li>").format(link(address, said.html(lang)))
         for address, said in (("codebook/words.html", WORDS),
                               ("codebook/tables.html", contracts.TITLE)))
    )  # fmt: skip
    indicators = Said("指标", "Indicators")
    rules = Said("核对规则", "Checks")
    others = Said("其他各页", "Further pages")
    parts = (
        _title(TITLE, lang), Markup('<p class="lede">{}</p>').format(lede.html(lang)),
        heading(indicators, id="indicators", lang=lang),
        *(_area(area, inside, lang) for area, inside in areas.items()),
        heading(rules, id="checks", lang=lang), _checks(checks, lang),
        heading(others, id="more", lang=lang), Markup('<ul class="cards">{}</ul>').format(more),
    )  # fmt: skip
    toc = [("#indicators", indicators.first(lang), 2)]
    toc += [(f"#area-{anchor(a)}", _area_name(a).first(lang), 3) for a in areas]
    toc += [("#checks", rules.first(lang), 2), ("#more", others.first(lang), 2)]
    return Leaf("codebook.html", TITLE, joined(parts), toc)


def _area(area: str, inside: list[Indicator], lang: str) -> Markup:
    """An area with its indicators, each a link to its definition."""
    made = joined(
        Markup('<li id="ind-{}">{} <small class="tag">{}</small></li>').format(
            anchor(one.id), link(definition_address(one.id), _name(one).html(lang)),
            "、".join(one.units[:3]),
        )
        for one in inside
    )  # fmt: skip
    head = heading(_area_name(area), id=f"area-{anchor(area)}", lang=lang, level=3)
    return Markup('{}<ul class="index">{}</ul>').format(head, made)


def _definition(one: Indicator, lang: str) -> Markup:
    examples = joined(
        Markup("<li>{} <b>→ {}</b></li>").format(e.text, _values(e)) for e in one.examples
    )
    rejects = joined(Markup("<li>{} <i>{}</i></li>").format(r.text, r.why) for r in one.rejects)
    area = " / ".join(code for code in (one.area_2015, one.area_2021) if code) or "·"
    rows: list[tuple[Any, Any]] = [
        (Said("编号", "id"), Markup("<code>{}</code>").format(one.id)),
        (Said("层级", "tier"), value_label("tier", one.tier).first(lang)),
        (Said("性质", "kind"), value_label("kind", one.kind).first(lang)),
        (Said("单位", "units"), "、".join(one.units)),
        (Said("任务领域", "task area"), area),
        (Said("句式", "phrasings"), joined(one.phrasings, Markup("<br>"))),
        (Said("例", "examples"), Markup("<ul>{}</ul>").format(examples)),
        (Said("不算", "rejected"), Markup("<ul>{}</ul>").format(rejects)),
        (Said("易错处", "traps"), one.traps),
    ]
    shown = pairs((said.first(lang), value) for said, value in rows if value)
    head = heading(_name(one), id=f"ind-{anchor(one.id)}", lang=lang)
    return Markup('<section class="entry">{}{}</section>').format(head, shown)


def _values(example: Any) -> str:
    values = ["" if v is None else f"{v:g}" for v in example.values]
    return "、".join(v for v in values if v) or (example.status or "·")


def _checks(checks: Mapping[str, Any], lang: str) -> Markup:
    rows = frame_of(
        {
            "check_id": Markup('<span id="check-{}">{}</span>').format(anchor(i), i),
            "name_zh": rule.name_zh,
            "name_en": rule.name_en,
            "severity": rule.severity,
            "note": rule.note,
        }
        for i, rule in checks.items()
    )
    return table(rows, lang=lang, name="checks-table") if len(rows) else Markup("")


def _lexicon(lexicon: Lexicon, lang: str) -> Markup:
    rows = frame_of(
        {
            "theme": lexicon.themes[g.theme].name_zh if g.theme in lexicon.themes else g.theme,
            "group": Markup('<span id="group-{}">{}</span>').format(anchor(g.id), g.name_zh),
            "name_en": g.name_en,
            "terms": "、".join(g.terms),
            "since": g.since,
        }
        for g in lexicon.groups.values()
    )
    head = heading(Said("词组", "Word groups"), id="lexicon", lang=lang)
    return head + (
        table(rows, lang=lang, name="lexicon-table", cap=500, weight=None) if len(rows) else ""
    )


def _outlines(frameworks: Mapping[str, Framework], lang: str) -> Markup:
    made = []
    for name, outline in frameworks.items():
        rows = frame_of(
            {"code": area.code, "name_zh": area.name_zh, "name_en": area.name_en,
             "terms": "、".join((*area.terms, *area.weak))}
            for area in outline.areas.values()
        )  # fmt: skip
        made += [heading(_name(outline), id=f"outline-{anchor(name)}", lang=lang),
                 table(rows, lang=lang, name=f"areas-{name}", cap=500, weight=None)]  # fmt: skip
    return joined(made)
