"""From the names in a report to the evidence that its government speaks, kind by kind.

The most frequent name is not the issuer: a navigation bar names every neighbour, an addressee is
the level above, a court or a law belongs to somebody else. So only evidence of the issuing body
counts (``WEIGHTS``, strongest first); names that only occur count where there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from govlaw.document import Span
from govlaw.text.area_context import WEIGHTS, Context, Evidence
from govlaw.text.area_site import site_owner
from govlaw.text.gazetteer import PROVINCES, Area, load_areas
from govlaw.text.mentions import (
    BARE_DEPARTMENT,
    BARE_TOWNSHIP,
    GOVERNING,
    SITE,
    Body,
    Mention,
    areas_inside,
    body_behind,
    has_unknown_part,
    mentions_within,
)

_HEAD, _NEAR, _NUMBERS = 1500, 80, 40

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


@dataclass(slots=True)
class AreaFinds:
    """The evidence of one text: the finds for each area, and the bodies named with it."""

    text: str
    title: Span | None
    signature: Span | None
    context: Context
    bodies: dict[str, tuple[Area, Body]] = field(default_factory=dict)
    part: Body | None = None
    of: dict[Area, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    above: dict[Area, list[Evidence]] = field(default_factory=lambda: defaultdict(list))

    def read(self, everything: list[Mention]) -> None:
        """Read all kinds; title, signature and publisher line count even inside the furniture."""
        self._read_title(mentions_within(everything, self.title))
        self._read_signature(mentions_within(everything, self.signature))
        self._read_publisher(everything)
        self._read_body()
        self._read_own_words()
        self._read_numbers()

    def _note(self, kind: str, mention: Mention, *, share: float = 1.0) -> Area | None:
        area = self.context.resolve(mention.areas)
        if area is not None:
            weight = WEIGHTS[kind][0] * share
            name = self.text[mention.span.start : mention.span.end]
            self.of[area].append(Evidence(kind, mention.span, name, weight))
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
            if has_unknown_part(self.text, mention):
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
            areas = [a for a in load_areas().stems.get(stem, ()) if a.is_valid(self.context.year)]
            areas = [a for a in areas if a.name[-1] == self.context.own_suffix]
            if areas and length <= title.end - title.start:
                span = Span(title.start, title.start + length)
                self._note("short_name", Mention(span, stem, tuple(areas)))
                return

    def _read_signature(self, mentions: list[Mention]) -> None:
        for mention in mentions[:1]:
            if has_unknown_part(self.text, mention):
                return
            area = self._note("signature", mention)
            end = self.signature.end if self.signature else mention.span.end
            if area and (body := body_behind(self.text, mention, end)):
                self.bodies["signature"] = (area, body)

    def _read_publisher(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            before = self.text[max(0, mention.span.start - 20) : mention.span.start]
            if before.rstrip().endswith(":") and _PUBLISHER.search(before):
                # 来源:四川省政府网站: a site carries many texts; alone it decides nothing.
                is_site = SITE.match(self.text, mention.span.end) is not None
                area = self._note("publisher", mention, share=0.4 if is_site else 1.0)
                body = body_behind(self.text, mention, mention.span.end + 30)
                if area and body and body.kind in GOVERNING:
                    self.bodies.setdefault("publisher", (area, body))

    def _read_body(self) -> None:
        begin = self.title.end if self.title else 0
        for mention in self.context.mentions:
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

    def read_site(self) -> None:
        """The owner of the website, for a report whose title names only a town or an office."""
        owner = site_owner(self.context.site, self.context.year)
        if owner is not None:
            self.of[owner].append(Evidence("site", Span(0, 0), owner.name, WEIGHTS["site"][0]))

    def read_names(self) -> None:
        """Names that only occur, for a text in which nobody speaks for an area: a feature."""
        for mention in self.context.mentions:
            is_county = len(mention.areas) == 1 and mention.areas[0].level == "county"
            if is_county and not mention.is_visited:
                self._note("named", mention)
        for area in list(self.of):
            at = self.text.find(area.stem, *(self.title or (0, 0)))
            if at >= 0 and len(area.stem) > 1 and self.of[area][0].kind != "title":
                span, weight = Span(at, at + len(area.stem)), WEIGHTS["short_name"][0]
                self.of[area].append(Evidence("short_name", span, area.stem, weight))

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
        area = self.context.resolve(mention.areas)
        if area is not None:
            name = self.text[mention.span.start : mention.span.end]
            evidence = Evidence(kind, mention.span, name, WEIGHTS[kind][0])
            self.above[area].append(evidence)

    def _read_own_words(self) -> None:
        """我县 close to 东辽县: the speaker is of that level."""
        if self.context.own_suffix is None:
            return
        own = re.compile(f"[我本全]{self.context.own_suffix}")
        for mention in self.context.mentions:
            if mention.name[-1] != self.context.own_suffix or mention.is_visited:
                continue
            if _FOREIGN.match(self.text, mention.span.end):
                continue
            start, end = mention.span
            if own.search(self.text, max(0, start - _NEAR), end + _NEAR + len("我县")):
                self._note("self_reference", mention)

    def _read_numbers(self) -> None:
        """东府〔2020〕3号 and 厦湖府办〔2017〕73号 begin with characters of the area's name."""
        for head, span in self.context.numbers[:_NUMBERS] if self.of else ():
            share = 1.0 if span.start < _HEAD else 0.25
            for area in [area for area in self.of if _is_initial(head, area)]:
                weight = WEIGHTS["doc_number"][0] * share
                self.of[area].append(Evidence("doc_number", span, head, weight))


def _is_initial(head: str, area: Area) -> bool:
    """Whether 厦湖 can stand for 厦门市湖里区, 东 for 东辽县."""
    if not head or len(head) > 3 or head[-1] not in area.stem:
        return False
    above = "".join(parent.stem for parent in load_areas().parents(area))
    province = {abbr for abbr, code in PROVINCES.items() if area.code.startswith(code)}
    return all(char in area.stem + above or char in province for char in head[:-1])
