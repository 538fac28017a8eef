"""The synthetic unions with their successions and terms, the partners and agreements, documents and their figures.

Three unions bear the codes of the demonstration accounts, so that people can sign in and look around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Model

from activities.models import ReportedFigure, ScopeChange, SourceDocument, Term
from activities.models.figures import Indicates
from partners.models import Agreement, AgreementEvent, AgreementParty, Country, Partner, PartnerAffiliation
from partners.models.countries import HOME
from unionrelations.accounts.models import Union, UnionSuccession

from . import words
from .chance import Chance, Weighted

MOST_BRANCHES = 83  # unions right below the confederation, as there were before the mergers
MERGED_ON = date(2025, 7, 1)
DEMO_CODES = ("vgcl", "vuit", "ha-noi")
TERMS = (
    ("2008-2013", date(2008, 11, 5), date(2013, 7, 29)),
    ("2013-2018", date(2013, 7, 30), date(2018, 9, 25)),
    ("2018-2023", date(2018, 9, 26), date(2023, 12, 2)),
    ("2023-2028", date(2023, 12, 3), None),
)
FIGURES = (Indicates.DELEGATIONS_OUT, Indicates.OFFICIALS_OUT, Indicates.DELEGATIONS_IN, Indicates.COURSES)
NEAR = ("LA", "KH", "CN", "JP", "KR", "TH", "SG", "RU", "CU", "DE", "FR", "GB", "US", "AU", "BE", "IN", "ID", "MY")
KINDS = [one for one in Partner.Kind if one not in (Partner.Kind.UNSTATED, Partner.Kind.INTERGOVERNMENTAL)]
LEVELS = (6, 34, 40, 20)  # shares of the activities: confederation, its branches, those below, grassroots


class House:
    """Everything activities point at. The same numbers and the same chance give the same house."""

    def __init__(self, chance: Chance, *, unions: int, partners: int, documents: int, countries: list[Country]):
        self.chance, self.countries = chance, countries
        self.home = next(one for one in countries if one.code == HOME)
        self.abroad = Weighted(
            [one for one in countries if one is not self.home],
            [20 if one.code in NEAR else 1 for one in countries if one is not self.home],
        )
        self.unions = list(self._tree(unions))
        self.level = {one.pk: one.path.count("/") - 1 for one in self.unions}
        self.on_level = Counter(self.level.values())
        self.successions = list(self._successions())
        self.heirs = {one.predecessor_id: one.successor for one in self.successions if one.successor}
        self.terms = list(self._terms())
        self.partners = [self._partner(pk) for pk in range(1, partners + 1)]
        self.documents = [self._document(pk) for pk in range(1, documents + 1)]
        self.acting = Weighted(self.unions, [self._weight(one) for one in self.unions])
        self.met = Weighted(self.partners, [1 / (1 + place) ** 0.6 for place in range(partners)])

    def rows(self) -> Iterator[tuple[type[Model], list]]:
        """Each table with its rows, whatever others point at first."""
        yield Union, self.unions
        yield UnionSuccession, self.successions
        yield Term, self.terms
        yield Partner, self.partners
        yield PartnerAffiliation, list(self._affiliations())
        agreements = [self._agreement(pk) for pk in range(1, len(self.partners) // 10 + 1)]
        yield Agreement, agreements
        yield AgreementParty, list(self._parties(agreements))
        yield AgreementEvent, list(self._events(agreements))
        yield SourceDocument, self.documents
        yield ReportedFigure, list(self._figures())
        yield ScopeChange, [ScopeChange(union=one, token=self.chance.below(1 << 40)) for one in self.unions]

    def union_on(self, day: date, union: Union) -> Union:
        """The union itself, or whoever has taken its place by this day."""
        while union.valid_to and day > union.valid_to and union.pk in self.heirs:
            union = self.heirs[union.pk]
        return union

    def _weight(self, union: Union) -> float:
        level = self.level[union.pk]
        return LEVELS[level] / self.on_level[level] * (0.2 + self.chance.draw() * 1.6)

    def _tree(self, number: int) -> Iterator[Union]:
        branches = min(MOST_BRANCHES, number - 1)
        upper = (number - 1 - branches) * 2 // 5
        root = self._union(1, None, Union.Kind.CONFEDERATION, "Liên đoàn Lao động mẫu", "vgcl")
        yield root
        above, further = [root], [[], []]
        for pk in range(2, number + 1):
            place = pk - 2
            if place < branches:
                kind = Union.Kind.PROVINCIAL if place % 4 else Union.Kind.INDUSTRY
                one = self._union(pk, root, kind, self._branch_name(place, kind), self._branch_code(place, kind))
                further[0].append(one)
            elif place < branches + upper:
                one = self._union(pk, self.chance.one_of(further[0]), Union.Kind.UPPER, f"Công đoàn cấp trên {pk}")
                further[1].append(one)
            else:
                parent = self.chance.one_of(further[1] or further[0] or above)
                one = self._union(pk, parent, Union.Kind.GRASSROOTS, f"Công đoàn cơ sở {pk}")
            yield one

    @staticmethod
    def _branch_code(place: int, kind: str) -> str:
        known = {0: "vuit", 1: "ha-noi"}
        return known.get(place, f"{'nganh' if kind == Union.Kind.INDUSTRY else 'tinh'}-{place + 1}")

    @staticmethod
    def _branch_name(place: int, kind: str) -> str:
        if kind == Union.Kind.INDUSTRY:
            turn, name = divmod(place // 4, len(words.INDUSTRIES))
            return f"Công đoàn {words.INDUSTRIES[name]} mẫu{f' {turn + 1}' if turn else ''}"
        turn, name = divmod(place, len(words.LOCALITIES))
        return f"Liên đoàn Lao động {words.LOCALITIES[name]} mẫu{f' {turn + 1}' if turn else ''}"

    @staticmethod
    def _union(pk: int, parent: Union | None, kind: str, name: str, code: str = "") -> Union:
        one = Union(pk=pk, parent=parent, kind=kind, name=name, code=code or f"co-so-{pk}", valid_from=date(1990, 1, 1))
        one.path = f"{parent.path if parent else ''}{pk}/"
        one.short_name = name.replace("Liên đoàn Lao động", "LĐLĐ").replace("Công đoàn", "CĐ")
        one.aliases = f"{one.short_name} tỉnh" if kind == Union.Kind.PROVINCIAL else ""
        return one

    def _successions(self) -> Iterator[UnionSuccession]:
        """Of every four provincial unions one joins another, with all below it; of a hundred others one dissolves."""
        provincial = [one for one in self.unions if one.kind == Union.Kind.PROVINCIAL and one.code not in DEMO_CODES]
        kinds, basis = UnionSuccession.Kind, "Nghị quyết về sắp xếp"
        for one, heir in zip(provincial[0::4], provincial[1::4], strict=False):
            for ended in (below for below in self.unions if below.path.startswith(one.path)):
                ended.valid_to = MERGED_ON - timedelta(days=1)
                kind = kinds.CONSOLIDATION if ended is one else kinds.ABSORPTION
                yield UnionSuccession(predecessor=ended, successor=heir, kind=kind, day=MERGED_ON, legal_basis=basis)
        for one in self.unions[-1 : len(self.unions) // 2 : -100]:
            if one.valid_to is None and one.kind == Union.Kind.GRASSROOTS:
                one.valid_to = date(2012, 12, 31)
                yield UnionSuccession(predecessor=one, kind=kinds.DISSOLUTION, day=date(2013, 1, 1), legal_basis=basis)

    def _terms(self) -> Iterator[Term]:
        """The confederation's, and every third branch its own, a few weeks earlier."""
        for one in self.unions:
            if self.level[one.pk] > 1 or (self.level[one.pk] == 1 and one.pk % 3):
                continue
            earlier = timedelta(days=7 * self.chance.below(12)) if one.parent_id else timedelta()
            for name, first, last in TERMS:
                yield Term(
                    union=one, name=name, first_day=first - earlier, last_day=last - earlier if last else None,
                    congress=f"Đại hội {name[:4]}",
                )  # fmt: skip

    def _partner(self, pk: int) -> Partner:
        chance, body = self.chance, self.chance.below(len(words.BODIES))
        is_global, is_home = chance.happens(0.03), chance.happens(0.04)
        country = None if is_global else self.home if is_home else self.abroad.one(chance)
        where, where_en = (country.name, country.name_en) if country else ("Thế giới", "International")
        one = Partner(pk=pk, code=f"partner-{pk}", country=country, kind=KINDS[body % len(KINDS)])
        one.name, one.name_en = f"{words.BODIES[body]} {where} {pk}", f"{where_en} {words.BODIES_EN[body]} {pk}"
        if chance.happens(0.4):
            one.acronym = f"{''.join(word[0] for word in one.name_en.split()[:-1])}{pk}"
        if chance.happens(0.15):
            one.aliases = f"{words.BODIES[body]} của {where} số {pk}\n{words.BODIES_EN[body]} of {where_en} {pk}"
        return one

    def _affiliations(self) -> Iterator[PartnerAffiliation]:
        federations = [one for one in self.partners if one.country is None]
        for one in self.partners if federations else ():
            if one.country is not None and self.chance.happens(0.3):
                yield PartnerAffiliation(partner=one, federation=self.chance.one_of(federations))

    def _agreement(self, pk: int) -> Agreement:
        chance = self.chance
        first = date(2007, 1, 1) + timedelta(days=chance.below(6900))
        to_the_day = chance.happens(0.9)
        one = Agreement(pk=pk, code=f"agreement-{pk}", kind=chance.one_of(Agreement.SUGGESTED_KINDS))
        one.title = f"{one.kind.capitalize()} về {chance.one_of(words.SUBJECTS)} số {pk}"
        one.signed_from, one.signed_to = first, first if to_the_day else first + timedelta(days=30)
        one.in_force_from, one.in_force_to = first, first + timedelta(days=365 * chance.between(1, 5))
        return one

    def _parties(self, agreements: list[Agreement]) -> Iterator[AgreementParty]:
        for one in agreements:
            union = self.union_on(one.signed_from, self.acting.one(self.chance))  # type: ignore[arg-type]
            yield AgreementParty(agreement=one, union=union)
            yield AgreementParty(agreement=one, partner=self.met.one(self.chance))

    def _events(self, agreements: list[Agreement]) -> Iterator[AgreementEvent]:
        kinds = AgreementEvent.Kind
        for one in agreements:
            if self.chance.happens(0.2):
                kind = self.chance.one_of((kinds.AMENDED, kinds.EXTENDED, kinds.TERMINATED))
                begins, ends = one.in_force_from, one.in_force_to
                until = ends + timedelta(days=730) if kind == kinds.EXTENDED else None  # type: ignore[operator]
                day = begins + timedelta(days=200)  # type: ignore[operator]
                yield AgreementEvent(agreement=one, kind=kind, day=day, until=until)

    def _document(self, pk: int) -> SourceDocument:
        year = 2007 + self.chance.below(19)
        one = SourceDocument(pk=pk, code=f"document-{pk}", kind=SourceDocument.Kind.REPORT)
        one.title = f"Báo cáo công tác đối ngoại năm {year}, số {pk}"
        one.published_on = date(year + 1, 1, 15)
        one.first_day, one.last_day = date(year, 1, 1), date(year, 12, 31)
        return one

    def _figures(self) -> Iterator[ReportedFigure]:
        """What reports printed of the confederation and every eighth branch, seldom what was logged."""
        for union in (self.unions[0], *(one for one in self.unions[1::8] if self.level[one.pk] == 1)):
            for indicator in FIGURES:
                number, qualifiers = self.chance.between(10, 5000), ReportedFigure.Qualifier
                exact = self.chance.happens(0.8)
                yield ReportedFigure(
                    document=self.chance.one_of(self.documents), place=f"mục {indicator.value}", union=union,
                    indicator=indicator, low=number, high=number if exact else None,
                    qualifier=qualifiers.EXACT if exact else qualifiers.MORE,
                    printed=f"{'' if exact else 'hơn '}{number}", first_day=date(2018, 1, 1),
                    last_day=date(2023, 12, 31), period_printed="2018–2023",
                )  # fmt: skip
