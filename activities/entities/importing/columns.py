"""Columns that tell of an activity in rows of other tables: partners, countries, people.

A list of somebody else's adds to what a record says; one of our own exports says all of it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from activities.models import Activity, ActivityCountry, Member, PartnerRole
from partners.models import Country, Partner
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Column, FieldColumn, New
from unionrelations.kit.importing.columns import ask
from unionrelations.kit.importing.drafts import shown
from unionrelations.kit.written import (
    Misread,
    read_count,
    read_person,
    split_names,
)


class ManyRecords(Column):
    """Several records named in one cell, as rows that tie them to the activity."""

    model: type
    is_country = False

    def read(self, cell, draft, context):
        if cell is None:
            return None
        found, wrong = [], []
        known = context.names(self.model)
        parts = split_names(
            shown(cell), is_country=self.is_country, is_one=lambda words: known.match(words).key is not None
        )
        for words in parts:
            meant = self._meant(words, draft, context)
            found.append(meant)
            if isinstance(meant, str):
                wrong.append(words)
        if wrong:
            guess = [one if isinstance(one, str) else self.in_words([one]) for one in found]
            raise Misread(
                _("Not a country we know: %(names)s. Check the spelling.")
                % {"names": ", ".join(f"“{one}”" for one in wrong)},
                suggestion=", ".join(filter(None, guess)) if _all_guessed(wrong, guess) else "",
            )
        return frozenset(found) or None

    def _meant(self, words, draft, context):
        return ask(self.model, words, draft, context, may_be_new=not self.is_country)

    def together(self, held, said, is_exact):
        said = frozenset(said or ())
        return said if is_exact else frozenset(held or ()) | said

    def in_words(self, value):
        new = [one.words for one in value or () if isinstance(one, New)]
        keys = [one for one in value or () if not isinstance(one, New)]
        known = self.model._base_manager.filter(pk__in=keys) if keys else ()
        return "; ".join(sorted([*new, *map(str, known)]))


def _all_guessed(wrong: list[str], guess: list[str]) -> bool:
    """Whether every name with a letter in it has a likely meaning; a mere question mark needs none."""
    return any(guess) and guess.count("") <= sum(not fold(one).strip() for one in wrong)


class CountriesColumn(ManyRecords):
    """By name before code: without its mark "Mỹ" is the code of another country."""

    model = Country
    is_country = True

    def _meant(self, words, draft, context):
        meant = super()._meant(words, draft, context)
        if isinstance(meant, str) and re.fullmatch(r"[A-Z]{2}", words):
            return context.rows(Country).filter(code=words).values_list("pk", flat=True).first() or meant
        return meant

    def held(self, record, context):
        return frozenset(one.country_id for one in record.activity_countries.all())

    def rows(self, record, value, context):
        return [ActivityCountry(activity_id=record.pk, country_id=one) for one in sorted(value)]

    def amend(self, record, value, context):
        record.activity_countries.exclude(country__in=value).delete()
        for one in value - self.held(record, context):
            ActivityCountry(activity_id=record.pk, country_id=one).save()


class PartnersColumn(ManyRecords):
    """Partners with one part. Keys of partners that are not there yet are put in before rows are stored."""

    model = Partner

    def __init__(self, name, *headings, part: PartnerRole.Part, **more):
        super().__init__(name, *headings, **more)
        self.part = part

    def held(self, record, context):
        counterpart = PartnerRole.Part.COUNTERPART
        rows = record.partner_roles.all()
        return frozenset(one.partner_id for one in rows if self.part in (counterpart, one.part))

    def rows(self, record, value, context):
        return [PartnerRole(activity_id=record.pk, partner_id=one, part=self.part) for one in sorted(value)]

    def amend(self, record, value, context):
        held = self.held(record, context)
        record.partner_roles.filter(partner__in=held - value).delete()
        for one in value - held:
            PartnerRole(activity_id=record.pk, partner_id=one, part=self.part).save()


class OwnPeopleColumn(Column):
    """The union's own people, in its role."""

    def read(self, cell, draft, context):
        return counted(cell, draft, self.name)

    def held(self, record, context):
        role = self._role(record, context)
        return role.people if role else None

    @staticmethod
    def _role(record, context):
        """The union's own; of a record of another union, which an upper one exported, the only one there is."""
        roles = list(record.union_roles.all())
        own = next((one for one in roles if one.union_id == context.union.pk), None)
        return own or (roles[0] if len(roles) == 1 else None)

    def says_already(self, record, value):
        """A list shows the people of all unions in reach as one number."""
        stated = [one.people for one in record.union_roles.all() if one.people is not None]
        return len(record.union_roles.all()) > 1 and value == (sum(stated) if stated else None)

    def amend(self, record, value, context):
        role = self._role(record, context)
        if role is not None:
            role.people = value
            role.save()


def counted(cell: Any, draft, name: str) -> int | None:
    """People in a cell; words that are no number are kept as a remark, since a qualifier never becomes one."""
    count = read_count(cell)
    if count is not None and count.number is None:
        draft.remarks.append(f"{draft.headings[name][0]}: {count.words}")
    return None if count is None else count.number


class GuestsColumn(FieldColumn):
    """People of the activity itself, such as guests or trainees."""

    def read(self, cell, draft, context):
        return counted(cell, draft, self.name)


class HeadColumn(Column):
    """Who leads a delegation: (name, title)."""

    def read(self, cell, draft, context):
        try:
            person = read_person(cell)
        except Misread:  # an odd name is a name all the same
            person = (" ".join(shown(cell).split()), "") if isinstance(cell, str) and fold(cell).strip() else None
        if person is not None:
            for words, field in zip(person, ("name", "title"), strict=True):
                most = Member._meta.get_field(field).max_length or 0
                if len(words) > most:
                    raise Misread(_("At most %(most)d characters for a %(what)s.") % {"most": most, "what": _(field)})
        return person

    def held(self, record, context):
        head = next((one for one in record.members.all() if one.is_head), None)
        return (head.name, head.title) if head else None

    def together(self, held, said, is_exact):
        if held and said and fold(held[0]) == fold(said[0]) and not said[1]:
            return held
        return held if said is None and not is_exact else said

    def rows(self, record, value, context):
        return [Member(activity_id=record.pk, name=value[0], title=value[1], is_head=True)]

    def amend(self, record, value, context):
        head = Member.objects.filter(activity=record.pk, is_head=True).first()
        if value is None:
            if head is not None:
                head.delete()
            return
        same = Member.objects.filter(activity=record.pk, name=value[0], title=value[1], is_head=False).first()
        if head is not None and same is not None:
            head.is_head = False
            head.save()
        head = same or head or Member(activity_id=record.pk)
        head.name, head.title, head.is_head = value[0], value[1], True
        head.save()

    def in_words(self, value):
        return ", ".join(filter(None, value or ()))


def status_on(day: date, today: date) -> Activity.Status:
    """What lies behind us was held; what lies ahead is planned."""
    return Activity.Status.HELD if day <= today else Activity.Status.PLANNED
