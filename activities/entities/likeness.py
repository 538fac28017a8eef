"""Whether two activities may be the same one, logged twice. Pure rules over plain values: never merges, never saves.

Nothing but a pair's traits decides, so a record that is not stored yet is judged like any other: by the page on which
it is entered, by an import, by the search at night. The thresholds were set on the pairs in
`tests/activities/test_likeness.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from rapidfuzz import fuzz

from activities.models import ActivityCountry, Conference, Course, Delegation, Member, PartnerRole, UnionRole
from partners.likeness import Likeness
from partners.models.countries import HOME
from unionrelations.kit.folding import fold
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import Precision

ALIKE = 70  # per cent from which two are said to be alike
NEAR_DAYS = 3  # by how much two records of one visit may differ in their first day
LIKE_TITLES = 60  # per cent of the letters of two titles from which they count as alike
# What each piece of evidence weighs, in per cent.
SAME_DAY, DAYS_NEAR, DAYS_OVERLAP, DAYS_MAY_BE = 25, 18, 12, 10
SAME_PARTNER, OTHER_PARTNER = 37, -25
SAME_COUNTRY, OTHER_COUNTRY = 15, -30
SAME_TITLE, LIKE_TITLE = 45, 35  # the same words; else by how alike they are, up to this
OTHER_TITLE = -15
SAME_HEAD, OTHER_HEAD = 25, -20
OTHER_DIRECTION, OTHER_FORMAT = -15, -10

# Words of titles that say what sort of activity it is, and which tell no two apart.
COMMON = frozenset(
    fold(
        "đoàn công đoàn thăm và làm việc tại với của đón tiếp đi dự tham hội nghị hội thảo lớp tập huấn khóa đại biểu "
        "cán bộ visit to of the delegation and with by in conference workshop course training"
    ).split()
)


@dataclass(frozen=True)
class Traits:
    """What of an activity is compared. Titles and names are folded; the home country is no trait."""

    pk: int | None
    kind: str
    direction: str  # of a delegation or course; "" of a conference
    format: str  # of a conference; "" of others
    window: Period  # the days on which it can have started
    is_exact: bool
    last: date  # the last day on which it can have gone on
    partners: frozenset[int]
    countries: frozenset[int]
    title: str
    head: str
    unions: frozenset[int]
    cohort: str = ""
    step: str = ""
    whole: int | None = None  # the activity it is part of

    @property
    def telling(self) -> str:
        """The words of its title that tell it from others, in order of the alphabet."""
        return telling_words(self.title)


def telling_words(title: str) -> str:
    """The words of a folded title that say what an activity was about, in order of the alphabet."""
    words = frozenset(title.split())
    return " ".join(sorted(words - COMMON or words))


def same_visit(one: Traits, other: Traits) -> Likeness | None:
    """By what two activities may be the same one; None where nothing says so, or something says they are two."""
    if one.kind != other.kind or _are_whole_and_part(one, other) or _are_two_stages(one, other):
        return None
    found = [*_days(one, other)]
    if not found:
        return None
    found += [*_whom(one, other), *_titles(one, other), *_ways(one, other)]
    score = sum(weight for weight, _code, _values in found)
    if score < ALIKE:
        return None
    return Likeness(min(score, 99), tuple((code, values) for _weight, code, values in found))


def likely_same(one: Traits, candidates: Iterable[Traits]) -> list[tuple[Traits, Likeness]]:
    """Those of the candidates that may be the same activity, the likeliest first."""
    judged = ((other, same_visit(one, other)) for other in candidates if one.pk is None or other.pk != one.pk)
    found = [(other, likeness) for other, likeness in judged if likeness is not None]
    return sorted(found, key=lambda pair: -pair[1].score)


Evidence = tuple[int, str, tuple]  # what it weighs, its code, its values


def _are_whole_and_part(one: Traits, other: Traits) -> bool:
    return (one.whole is not None and one.whole == other.pk) or (other.whole is not None and other.whole == one.pk)


def _are_two_stages(one: Traits, other: Traits) -> bool:
    """Cohorts and stages of one course are courses each."""
    pairs = ((one.cohort, other.cohort), (one.step, other.step))
    return any(mine and theirs and fold(mine) != fold(theirs) for mine, theirs in pairs)


def _days(one: Traits, other: Traits) -> Iterator[Evidence]:
    """How their days meet; nothing where they cannot be those of one visit."""
    if one.is_exact and other.is_exact:
        apart = abs((one.window.start - other.window.start).days)
        if apart == 0:
            yield SAME_DAY, "same_day", ()
        elif apart <= NEAR_DAYS:
            yield DAYS_NEAR - 2 * (apart - 1), "days_near", (apart,)
        elif one.window.start <= other.last and other.window.start <= one.last and _is_short(one) and _is_short(other):
            yield DAYS_OVERLAP, "days_overlap", ()
    elif one.window.overlaps(other.window):
        yield DAYS_MAY_BE, "days_may_be", ()


def _is_short(one: Traits) -> bool:
    """A course that goes on for half a year meets many others."""
    return (one.last - one.window.start).days <= 31


def _whom(one: Traits, other: Traits) -> Iterator[Evidence]:
    if shared := one.partners & other.partners:
        yield SAME_PARTNER, "same_partner", tuple(sorted(shared))
    elif one.partners and other.partners:
        yield OTHER_PARTNER, "other_partner", ()
    if shared := one.countries & other.countries:
        yield SAME_COUNTRY, "same_country", tuple(sorted(shared))
    elif one.countries and other.countries:
        yield OTHER_COUNTRY, "other_country", ()
    if one.head and other.head:
        alike = fuzz.token_sort_ratio(one.head, other.head) >= 90
        yield (SAME_HEAD, "same_head", (one.head,)) if alike else (OTHER_HEAD, "other_head", ())


def _titles(one: Traits, other: Traits) -> Iterator[Evidence]:
    mine, theirs = one.telling, other.telling
    if not mine or not theirs:
        return
    numbers = (_numbers(one.title), _numbers(other.title))
    alike = 0 if all(numbers) and numbers[0] != numbers[1] else round(fuzz.token_sort_ratio(mine, theirs))
    if alike >= 97:
        yield SAME_TITLE, "same_title", (alike,)
    elif alike >= LIKE_TITLES:
        yield round(LIKE_TITLE * alike / 100), "like_title", (alike,)
    elif one.unions & other.unions:
        yield OTHER_TITLE, "other_title", ()  # one union hardly logs a thing twice under two names; two unions do


def _numbers(title: str) -> frozenset[str]:
    """The second meeting and the third, cohort VI and VII are told apart by nothing else."""
    words = title.replace("don vi", " ").split()  # đơn vị, a unit, is no number
    return frozenset(word for word in words if word.isdecimal() or word in ROMAN)


ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"))


def _ways(one: Traits, other: Traits) -> Iterator[Evidence]:
    if one.direction != other.direction:
        yield OTHER_DIRECTION, "other_direction", ()
    if one.format != other.format:
        yield OTHER_FORMAT, "other_format", ()
    if one.unions and other.unions and not one.unions & other.unions:
        yield 0, "other_unions", ()


# --- Loading

SUBTYPES = {model.KIND.value: model for model in (Delegation, Conference, Course)}


def traits_of(activities) -> list[Traits]:
    """The traits of many stored activities, of any kind, in a fixed number of questions."""
    rows = activities.select_related("delegation", "conference", "course") if _is_of_all(activities) else activities
    rows = rows.prefetch_related(
        Prefetch("union_roles", UnionRole._base_manager.only("activity_id", "union_id")),
        Prefetch("partner_roles", PartnerRole._base_manager.only("activity_id", "partner_id")),
        Prefetch("activity_countries", ActivityCountry._base_manager.exclude(country__code=HOME)),
        Prefetch("members", Member._base_manager.filter(is_head=True).only("activity_id", "folded")),
    )
    return [traits(one) for one in rows]


def _is_of_all(activities) -> bool:
    return activities.model not in SUBTYPES.values()


def traits(activity) -> Traits:
    """Of one stored activity, its roles, heads and foreign countries fetched with it."""
    own = activity.own
    heads = [one.folded.split("\n")[0] for one in activity.members.all()]
    return Traits(
        pk=activity.pk,
        kind=activity.kind,
        direction=getattr(own, "direction", ""),
        format=getattr(own, "format", ""),
        window=activity.window,
        is_exact=activity.precision == Precision.DAY,
        last=activity.ends_on or activity.starts_on,
        partners=frozenset(one.partner_id for one in activity.partner_roles.all()),
        countries=frozenset(one.country_id for one in activity.activity_countries.all()),
        title=activity.folded.split("\n")[0],
        head=heads[0] if heads else "",
        unions=frozenset(one.union_id for one in activity.union_roles.all()),
        cohort=getattr(own, "cohort", ""),
        step=getattr(own, "step", ""),
        whole=activity.part_of_id,
    )


# --- Many at once


def pairs_alike(activities: Iterable[Traits]) -> Iterator[tuple[int, int, Likeness]]:
    """Every two that may be the same. Compared are those near in time that share whom they met, a country, a head or a
    word of their titles; a window of years is compared by partner and title alone, since it meets everything."""
    rows = sorted(activities, key=lambda one: (one.window.start, one.pk))
    blocks: dict[tuple, list[Traits]] = {}
    for one in rows:
        for key in _keys(one):
            blocks.setdefault(key, []).append(one)
    seen: set[tuple] = set()
    for block in blocks.values():
        for first, second in _meeting(block):
            pair = (first.pk, second.pk)
            if pair in seen:
                continue
            seen.add(pair)
            if found := same_visit(first, second):
                yield first.pk, second.pk, found


def _keys(one: Traits) -> Iterator[tuple]:
    is_long = (one.window.days or 0) > 366
    yield from ((one.kind, "partner", each) for each in one.partners)
    yield one.kind, "title", one.telling
    if one.head:
        yield one.kind, "head", one.head
    if not is_long:
        yield from ((one.kind, "country", each) for each in one.countries)
        yield from ((one.kind, "word", word) for word in one.telling.split() if len(word) > 3)


def _meeting(block: list[Traits]) -> Iterator[tuple[Traits, Traits]]:
    """Those of a block, sorted by their first day, whose days may be the same."""
    near = timedelta(days=NEAR_DAYS)
    open_ones: list[Traits] = []
    for one in block:
        open_ones = [before for before in open_ones if _until(before) + near >= one.window.start]
        for before in open_ones:
            yield before, one
        open_ones.append(one)


def _until(one: Traits):
    """The last day on which another record of the same can begin."""
    return max(one.window.last, one.last) if not one.is_exact or _is_short(one) else one.window.start
