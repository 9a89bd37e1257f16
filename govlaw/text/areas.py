"""From place names in a report to the area whose government speaks in it.

The most frequent name is not the issuer: a navigation bar names every neighbour, an addressee is
the level above, a court or a law belongs to somebody else. So only evidence of the issuing body
counts (``WEIGHTS``, strongest first); provinces and cities tell same-named districts apart, and
what stays ambiguous is not answered.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from govlaw.document import Span
from govlaw.text.folding import fold
from govlaw.text.gazetteer import Area, load_areas
from govlaw.text.mentions import (
    BARE_DEPARTMENT,
    BARE_TOWNSHIP,
    GOVERNING,
    SITE,
    UNKNOWN_PART,
    Body,
    Mention,
    areas_inside,
    body_behind,
    find_mentions,
    mentions_within,
)

# A weight per find and the most a kind can give; names alone give nothing.
WEIGHTS = {
    "title": (10.0, 10.0),
    "signature": (8.0, 8.0),
    "publisher": (6.0, 6.0),
    "addressee_of_part": (4.0, 4.0),
    "own_document": (2.0, 6.0),
    "doc_number": (2.0, 2.0),
    "organ": (1.0, 4.0),
    "self_reference": (2.0, 2.0),
    "first_sentence": (1.5, 1.5),
    "short_name": (2.0, 2.0),
    "addressee": (1.0, 1.0),
    "higher_law": (0.5, 1.0),
}
_FIRM = ("title", "signature", "addressee_of_part")
_ENOUGH, _MARGIN = 2.5, 1.0
_HEAD, _NEAR = 1500, 80

_PUBLISHER = re.compile(
    r"(?:(?:信息|文章|稿件|内容)?来源|发布(?:机构|单位|机关|部门)|(?:发文|制发|公开|成文)(?:机构|单位|机关|部门|主体)"
    r"|信息(?:提供|所有)(?:单位|部门)?|所属机构|责任单位)\]?】?\s{0,2}:\s{0,4}$"
)
_ADDRESS = re.compile(
    r"(?:人民政府|委员会|[一-龥]{0,3}委|人大[一-龥]{0,6}|政府)[^\n:。,]{0,30}:\s{0,4}(?=\n|$|20\d\d|现将|根据|按照)"
)
_ORGAN = re.compile(
    r"[区县市旗州盟]?(?:人民政府|政府|委(?![员托派任])|人大|监委|法治政府|依法行政|司法局|各部门|各镇|各级|辖区|20\d\d年)"
    r"|[一-龥]{0,10}(?:印发|制定|出台|召开)"
)
_FOREIGN = re.compile(r"(?:中级|高级)?人民(?:法院|检察院)|法院|检察院")
_SELF = re.compile(
    r"(?P<own>[我本](?P<a>[区县市旗州盟省])(?![场域]))|全(?P<b>[区县市旗州盟省])(?![场域面])"
    r"|(?<!治)(?P<c>[区县市旗州盟省])(?:人民政府|政府|委(?![员托派任]))"
)
_NUMBER = re.compile(r"([一-龥]{1,9})[〔\[(【]\s?(?:19|20)\d\d\s?年?[〕\])】]\s?第?\s?\d{1,4}\s?号")
_NUMBER_HEAD = re.compile(r"[政府委办发函党司法规字人监综]")
_PROVINCES = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "内": "15", "辽": "21", "吉": "22",
    "黑": "23", "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37",
    "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51",
    "黔": "52", "贵": "52", "滇": "53", "云": "53", "藏": "54", "陕": "61", "甘": "62", "青": "63",
    "宁": "64", "新": "65",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to think so: what kind, where in the text, which name, how much it weighs."""

    kind: str
    span: Span
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class AreaReading:
    """Whose report it is. ``level``: province, city, county, township or department."""

    area: Area
    issuer: str | None
    evidence: tuple[Evidence, ...]
    confidence: float
    level: str


@dataclass(slots=True)
class _Reader:
    """One document on the table: its mentions, its context, and the finds for each area."""

    text: str
    title: Span | None
    signature: Span | None
    hidden: Sequence[Span]
    year: int | None
    mentions: list[Mention] = field(default_factory=list)
    context: Counter[str] = field(default_factory=Counter)
    own_suffix: str | None = None
    bodies: dict[str, tuple[Area, Body]] = field(default_factory=dict)
    part: Body | None = None
    finds: dict[Area, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    above: dict[Area, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    resolved: dict[tuple[Area, ...], Area | None] = field(default_factory=dict)

    def read(self) -> AreaReading | None:
        everything = find_mentions(self.text, self.year)
        spans = sorted(self.hidden)
        ends = [span.end for span in spans]

        def shown(mention: Mention) -> bool:
            at = bisect_left(ends, mention.span.start + 1)
            return at == len(spans) or not spans[at].overlaps(mention.span)

        self.mentions = [mention for mention in everything if shown(mention)]
        self.own_suffix = self._find_own_suffix()
        self._weigh_context()
        # Title, signature and publisher line count even inside the page furniture.
        self._read_title(mentions_within(everything, self.title))
        self._read_signature(mentions_within(everything, self.signature))
        self._read_publisher(everything)
        self._read_body()
        self._read_own_words()
        self._read_numbers()
        return self._decide()

    # context: which provinces and cities the text speaks of

    def _find_own_suffix(self) -> str | None:
        counts: Counter[str] = Counter()
        for match in _SELF.finditer(self.text):
            counts[match["a"] or match["b"] or match["c"]] += 3 if match["own"] else 1
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        clear = len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]
        return ranked[0][0] if clear else None

    def _weigh_context(self) -> None:
        for mention in self.mentions:
            if len(mention.areas) == 1 and not mention.is_visited:
                area = mention.areas[0]
                self.context[area.code] += 3 if mention.is_chained else 1
                for parent in load_areas().parents(area, self.year):
                    self.context[parent.code] += 2 if mention.is_chained else 1
        for match in _NUMBER.finditer(self.text):
            head = _NUMBER_HEAD.split(match[1])[0]
            if len(head) == 1 and head in _PROVINCES:  # 内党发〔2017〕6号
                self.context[_PROVINCES[head] + "0000"] += 1

    def _resolve(self, areas: tuple[Area, ...]) -> Area | None:
        """The one area meant, by what else the text names; None rather than a guess."""
        if areas not in self.resolved:
            self.resolved[areas] = self._most_fitting(areas)
        return self.resolved[areas]

    def _most_fitting(self, areas: tuple[Area, ...]) -> Area | None:
        if len(areas) < 2:
            return areas[0] if areas else None
        ranked = sorted(((self._fit(area), area.code, area) for area in areas), reverse=True)
        (best, _, area), (second, _, _) = ranked[0], ranked[1]
        if best > second:
            return area
        tied = [area for fit, _, area in ranked if fit == best]
        latest = [a for a in tied if not any(other.succeeds(a) for other in tied)]
        return latest[0] if len(latest) == 1 else None

    def _fit(self, area: Area) -> float:
        parents = load_areas().parents(area, self.year)
        fit = 6.0 * (self.context[area.code] > 0)
        for parent in parents:
            fit += min(self.context[parent.code], 3) * (2 if parent.level == "prefecture" else 1)
        return fit

    # the finds, kind by kind

    def _note(self, kind: str, mention: Mention, *, share: float = 1.0) -> Area | None:
        area = self._resolve(mention.areas)
        if area is not None:
            weight = WEIGHTS[kind][0] * share
            name = self.text[mention.span.start : mention.span.end]
            self.finds[area].append(Evidence(kind, mention.span, name, weight))
        return area

    def _read_title(self, mentions: list[Mention]) -> None:
        if self.title is None:
            return
        for mention, after in zip_longest(mentions, mentions[1:]):
            if after and self._leads_to(mention, after):
                continue
            before = self.text[self.title.start : mention.span.start]
            passed_on = before.endswith(("转发", "批转", "向", "转发《"))
            if passed_on or mention.is_visited or SITE.match(self.text, mention.span.end):
                continue
            if UNKNOWN_PART.match(self.text, mention.span.end):
                return
            area = self._note("title", mention)
            if area and (body := body_behind(self.text, mention, self.title.end)):
                self.bodies["title"] = (area, body)
            return
        self._read_bare_title(self.title)

    def _leads_to(self, mention: Mention, after: Mention) -> bool:
        """新疆生产建设兵团第八师石河子市: the first name only says where the second one lies."""
        gap = self.text[mention.span.end : after.span.start]
        if len(gap) > 12 or re.search("关于|政府|委|局|[转印]发|对|向", gap):
            return False
        return bool(areas_inside(list(after.areas), mention))

    def _read_bare_title(self, title: Span) -> None:
        """A title without a full name: a town, an office, or the short name of the area."""
        for kind, pattern in (("township", BARE_TOWNSHIP), ("department", BARE_DEPARTMENT)):
            match = pattern.match(self.text, title.start, title.end)
            if match and self.part is None:
                self.part = Body(kind, match["body"])
        for length in (5, 4, 3, 2):
            stem = self.text[title.start : title.start + length]
            areas = [a for a in load_areas().stems.get(stem, ()) if a.is_valid(self.year)]
            areas = [a for a in areas if a.name[-1] == self.own_suffix]
            if areas and length <= title.end - title.start:
                span = Span(title.start, title.start + length)
                self._note("short_name", Mention(span, stem, tuple(areas)))
                return

    def _read_signature(self, mentions: list[Mention]) -> None:
        for mention in mentions[:1]:
            if UNKNOWN_PART.match(self.text, mention.span.end):
                return
            area = self._note("signature", mention)
            end = self.signature.end if self.signature else mention.span.end
            if area and (body := body_behind(self.text, mention, end)):
                self.bodies["signature"] = (area, body)

    def _read_publisher(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            if _PUBLISHER.search(self.text[max(0, mention.span.start - 20) : mention.span.start]):
                # 来源:四川省政府网站: a site carries many texts; alone it decides nothing.
                is_site = SITE.match(self.text, mention.span.end) is not None
                area = self._note("publisher", mention, share=0.4 if is_site else 1.0)
                body = body_behind(self.text, mention, mention.span.end + 30)
                if area and body and body.kind in GOVERNING:
                    self.bodies.setdefault("publisher", (area, body))

    def _read_body(self) -> None:
        begin = self.title.end if self.title else 0
        for mention in self.mentions:
            inside = self.title and self.title.overlaps(mention.span)
            inside = inside or (self.signature and self.signature.overlaps(mention.span))
            if inside or mention.is_visited or _FOREIGN.match(self.text, mention.span.end):
                continue
            if self._is_addressee(mention, begin):
                self._read_addressee(mention)
                continue
            self._read_statement(mention)
            if begin <= mention.span.start < begin + 160 and mention.areas[0].level != "province":
                self._note("first_sentence", mention)

    def _read_statement(self, mention: Mention) -> None:
        if self.text[mention.span.start - 1 : mention.span.start] in ("《", "〈", "<"):
            if mention.areas[0].level == "province":
                self._read_above("higher_law", mention)
            else:
                self._note("own_document", mention)
        elif mention.areas[0].level != "province" and _ORGAN.match(self.text, mention.span.end):
            self._note("organ", mention)

    def _is_addressee(self, mention: Mention, begin: int) -> bool:
        if mention.span.start >= begin + _HEAD:
            return False
        line = self.text[self.text.rfind("\n", 0, mention.span.start) + 1 : mention.span.start]
        if line.strip() not in ("", "中共"):
            return False
        return _ADDRESS.match(self.text, mention.span.end) is not None

    def _read_addressee(self, mention: Mention) -> None:
        is_part = self.part is not None or any(
            body.kind in ("township", "department") for _, body in self.bodies.values()
        )
        if is_part and mention.areas[0].level == "county":
            self._note("addressee_of_part", mention)
        else:
            self._read_above("addressee", mention)

    def _read_above(self, kind: str, mention: Mention) -> None:
        area = self._resolve(mention.areas)
        if area is not None:
            name = self.text[mention.span.start : mention.span.end]
            evidence = Evidence(kind, mention.span, name, WEIGHTS[kind][0])
            self.above[area].append(evidence)

    def _read_own_words(self) -> None:
        """我县 close to 东辽县: the speaker is of that level."""
        if self.own_suffix is None:
            return
        own = [m.start() for m in re.finditer(f"[我本全]{self.own_suffix}", self.text)]
        for mention in self.mentions:
            if mention.name[-1] != self.own_suffix or mention.is_visited:
                continue
            if _FOREIGN.match(self.text, mention.span.end):
                continue
            at = bisect_left(own, mention.span.start - _NEAR)
            if at < len(own) and own[at] <= mention.span.end + _NEAR:
                self._note("self_reference", mention)

    def _read_numbers(self) -> None:
        """东府〔2020〕3号 and 厦湖府办〔2017〕73号 begin with characters of the area's name."""
        for match in islice(_NUMBER.finditer(self.text), 40):
            head = _NUMBER_HEAD.split(match[1])[0]
            share = 1.0 if match.start() < _HEAD else 0.25
            for area in [area for area in self.finds if _is_initial(head, area)]:
                weight = WEIGHTS["doc_number"][0] * share
                self.finds[area].append(Evidence("doc_number", Span(*match.span()), head, weight))

    # the decision

    def _score(self, area: Area) -> float:
        """The finds, each kind up to its cap; a level that is not the speaker's fades."""
        sums: dict[str, float] = defaultdict(float)
        for evidence in self.finds[area]:
            sums[evidence.kind] += evidence.weight
        fades = self.own_suffix is not None and area.name[-1] != self.own_suffix
        score = 0.0
        for kind, total in sums.items():
            share = 0.25 if fades and kind not in _FIRM else 1.0
            score += share * min(total, WEIGHTS[kind][1])
        return score

    def _is_firm(self, area: Area) -> bool:
        return any(evidence.kind in _FIRM for evidence in self.finds[area])

    def _ranked(self) -> list[tuple[float, Area]]:
        """The areas by score; a city makes room for the county that speaks nearly as loud."""
        ranked = [(self._score(area), area) for area in self.finds]
        ranked.sort(key=lambda pair: (-pair[0], pair[1].code))
        top, area = ranked[0]
        for at, (score, other) in enumerate(ranked[1:], 1):
            below = area in load_areas().parents(other, self.year)
            # 阆中市 quotes 《南充市…》 as often as its own rules; 南充市 seldom quotes 《阆中市…》.
            if below and score >= 0.6 * top and not self._is_firm(area):
                return [ranked[at], *ranked[:at], *ranked[at + 1 :]]
        return ranked

    def _decide(self) -> AreaReading | None:
        if not self.finds:
            return None
        (top, area), *others = self._ranked()
        parents = load_areas().parents(area, self.year)
        rival = max((score for score, other in others if other not in parents), default=0.0)
        support = [evidence for one in parents for evidence in self.above.get(one, ())]
        if top + bool(support) < _ENOUGH or top - rival < _MARGIN:
            return None
        confidence = round(top / (top + rival) * min(1.0, 0.4 + top / 20), 2)
        kinds = list(WEIGHTS)
        found = sorted(self.finds[area] + support, key=lambda e: (kinds.index(e.kind), e.span))
        issuer, level = self._issuer(area)
        return AreaReading(area, issuer, tuple(found), confidence, level)

    def _issuer(self, area: Area) -> tuple[str, str]:
        """The body with its full prefix, or the area alone when the text names no body."""
        full = load_areas().lineage(area.code, self.year).full_name
        level = "city" if area.level == "prefecture" else area.level
        body = self.part
        for source in ("title", "signature", "publisher"):
            found = self.bodies.get(source)
            if body is None and found is not None and found[0] == area:
                body = found[1]
        if body is None:
            return full, level
        if body.kind in ("township", "department"):
            level = body.kind
        name = body.name.removeprefix("中共")
        if name.startswith(area.name[-1]) and body is self.part:
            name = name[1:]  # 区司法局 of 湖里区
        party = "中共" if body.name.startswith("中共") or body.kind == "party" else ""
        return party + full + name, level


def _is_initial(head: str, area: Area) -> bool:
    """Whether 厦湖 can stand for 厦门市湖里区, 东 for 东辽县."""
    if not head or len(head) > 3 or head[-1] not in area.stem:
        return False
    above = "".join(parent.stem for parent in load_areas().parents(area))
    province = {abbr for abbr, code in _PROVINCES.items() if area.code.startswith(code)}
    return all(char in area.stem + above or char in province for char in head[:-1])


def read_area(
    text: str,
    *,
    title: Span | None,
    signature: Span | None,
    hidden: Sequence[Span] = (),
    year: int | None,
) -> AreaReading | None:
    """Whose report the text is, with the evidence; None where it does not say.

    ``hidden`` are spans of page furniture: names in them count only on a publisher line.

    >>> text = "东辽县人民政府关于2019年度法治政府建设情况的报告\\n辽源市人民政府:\\n2019年,我县…"
    >>> reading = read_area(text, title=Span(0, 25), signature=None, year=2019)
    >>> reading.area.code, reading.issuer, reading.level
    ('220422', '吉林省辽源市东辽县人民政府', 'county')
    """
    return _Reader(fold(text), title, signature, hidden, year).read()
