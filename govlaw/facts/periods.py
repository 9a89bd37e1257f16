"""From a quantity in its sentence to when it holds and whether it was achieved, planned or ruled.

The nearest time expression to the left governs a number (2020年度1071个 in a report on 2021);
one that only serves a comparison (较2020年增长12%) does not, unless the number hangs on it
(较2020年的12件).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence

from govlaw.document import Document
from govlaw.facts.modality import Stated, ends_of_clauses, is_base, modality_of, telling
from govlaw.facts.quantities import Quantity, in_folded
from govlaw.facts.times import Time, find_times
from govlaw.text.folding import fold

_CARRIED = re.compile(r"度?结[转存]|度?遗留")  # 上年结转12件 is on this year's desk
_HANGS_ON = re.compile(r"度?(?:同期)?的?(?:总数)?(?:约|近)?第?")
_LOOK_BACK = 8  # time expressions; a yardstick is never that far from what it measures
_PLANS = frozenset(("plan", "scheme"))


def find_quantities(document: Document) -> dict[str, list[Quantity]]:
    """The dated quantities of every sentence by its id, offsets counted within the sentence.

    >>> from govlaw.facts.reading import document_of
    >>> found = find_quantities(document_of("受理5件。办结4件。", year=2021))
    >>> [[q.text for q in own] for own in found.values()]
    [['5件'], ['4件']]
    """
    # All at once: of a hundred searches most would find nothing. No number crosses a line break.
    text = "\n".join(sentence.text for sentence in document.sentences)
    folded = fold(text)
    numbers = deque(in_folded(folded, text))
    found: dict[str, list[Quantity]] = {}
    start = 0
    for sentence in document.sentences:
        end = start + len(sentence.text)
        own = []
        while numbers and numbers[0].start < end:
            own.append(numbers.popleft())
        if own:
            plan = sentence.role == "plan" or document.doc_type in _PLANS
            own = date_quantities(own, folded[start:end], start, document.year, plan=plan)
        found[sentence.sentence_id] = own
        start = end + 1
    return found


def date_quantities(
    found: Sequence[Quantity], sentence: str, offset: int, year: int | None, *, plan: bool = False
) -> list[Quantity]:
    """The quantities of a folded sentence, which begins at ``offset``, with modality and period.

    >>> from govlaw.facts.quantities import quantities
    >>> sentence = "受理案件12件,较2020年的9件增加3件"
    >>> dated = date_quantities(quantities(sentence), sentence, 0, 2021)
    >>> [(q.text, q.modality, q.time_period) for q in dated]
    [('12件', 'done', '2021'), ('9件', 'past_year', '2020'), ('3件', 'done', '2021')]
    """
    told, times = telling(sentence), find_times(sentence, year)
    this_year = None if year is None else str(year)
    is_plain = not (told or times or plan)  # a sentence that only says what was done
    cuts = [] if is_plain else ends_of_clauses(sentence)
    dated = []
    for quantity in found:
        start, end = quantity.start - offset, quantity.end - offset
        modality, period = "done", this_year
        if not is_plain:
            stated = _stated(sentence, start, end, cuts, told)
            time = _governing(stated, times) if times else None
            period = time.period if time else this_year
            if is_base(stated):
                modality, period = "past_year", time and time.period
            else:
                modality = modality_of(stated, quantity.modifier, time, year, plan=plan)
        dated.append(Quantity(*quantity[:7], start, end, modality, period))
    return dated


def _stated(sentence: str, start: int, end: int, cuts: list[int], told: set[str]) -> Stated:
    number = bisect_right(cuts, start)
    opens = cuts[number - 1] + 1 if number else 0
    closes = cuts[number] if number < len(cuts) else len(sentence)
    said = sentence[max(opens, start - 80) : start]
    clause = said + sentence[start : min(closes, end + 40)]
    return Stated(sentence, start, end, opens, said, clause, told)


def _governing(stated: Stated, times: Sequence[Time]) -> Time | None:
    """The nearest time expression to the left that is more than a yardstick."""
    sentence, start = stated.sentence, stated.start
    before = bisect_right(times, start, key=lambda time: time.end)
    for time in reversed(times[max(0, before - _LOOK_BACK) : before]):
        if time.near and (time.end < stated.opens or _CARRIED.match(sentence, time.end)):
            continue
        if not time.compared or _HANGS_ON.fullmatch(sentence, time.end, start):
            return time
    return None
