"""The programme of an activity as pages show it, and as lines: day and hour, place, whom one met, of what.

A line stands for one row. Its parts are parted by bars or tabs: `12/6/2023 9:00 | place | whom | topic`. Of two parts
after the day the first is the place; one alone is the topic. A line without a day goes on with the day above it, a
line with nothing but a day begins one, and a question mark says that the day is not known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import PartnerRole, ProgrammeItem
from partners.models import Contact, Partner
from unionrelations.kit.folding import fold
from unionrelations.kit.forms import PartForm
from unionrelations.kit.lines import LinesForm
from unionrelations.kit.periods import Period
from unionrelations.kit.tables import EntityTable, TitledColumn
from unionrelations.kit.windows import day_in_words
from unionrelations.kit.written import Misread, read_day
from unionrelations.kit.written.people import name_and_title

MOST_LINES = 300
NO_DAY = "?"
NUMBERING = re.compile(r"\s*(?:\d{1,3}(?:\s*[.)]+(?!\d)|\t)|[-–•*+]\s)\s*")
BARS = re.compile(r"\s*[|\t]\s*")
DAY = re.compile(
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s*,?\s*)?"
    r"(?:ngày\s+)?(?P<day>\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\?)(?![\d/])",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"(?:(?:lúc|vào lúc|at)\s+)?(?P<hour>\d{1,2})\s*(?:[hg](?:iờ)?\s*(?P<past>\d{2})?|:(?P<minute>\d{2}))(?!\d)"
    r"\s*(?P<half>sáng|chiều|tối|am|pm)?(?!\w)",
    re.IGNORECASE,
)
AFTERNOON = ("chiều", "tối", "pm")
BETWEEN = re.compile(r"\s*[:,;–-]?\s*")


LINE = ("day", "begins_at", "ends_at", "place", "met", "topic")  # what a line says, in its order


@dataclass(frozen=True)
class Said:
    """What one line says."""

    day: date | None
    begins_at: time | None
    ends_at: time | None
    place: str = ""
    met: str = ""
    topic: str = ""

    @classmethod
    def of(cls, row: ProgrammeItem) -> Said:
        return cls(*(getattr(row, name) for name in LINE))

    @property
    def line(self) -> str:
        day = f"{self.day:%d/%m/%Y}" if self.day else NO_DAY
        return " | ".join((f"{day} {hours(self)}".strip(), self.place, self.met, self.topic)).rstrip()


def hours(one: Said | ProgrammeItem) -> str:
    """From when to when, as far as it is known."""
    known = (one.begins_at, one.ends_at) if one.begins_at else ()
    return "–".join(f"{at:%H:%M}" for at in known if at)


def read_hour(words: str) -> time | None:
    """An hour as people write it: 9:00, 9h30, 14 giờ, 2 giờ chiều; None where it is none."""
    told = HOUR.fullmatch(words.strip())
    return _hour(told) if told else None


def _hour(told: re.Match) -> time:
    hour, minute = int(told["hour"]), int(told["past"] or told["minute"] or 0)
    if (told["half"] or "").lower() in AFTERNOON and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValidationError(_("“%(typed)s” is not an hour of the day.") % {"typed": told.group().strip()})
    return time(hour, minute)


def read_programme(text: str, period: Period) -> list[Said]:
    """The rows of pasted lines; a year left out is that of the activity's own days. Raises ValidationError."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip(" \t|")]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(most)d lines.") % {"most": MOST_LINES})
    found, day = [], None
    for line in lines:
        said = _read_line(unicodedata.normalize("NFC", line), day, period)
        day = said.day
        if said.place or said.met or said.topic:
            found.append(said)
        elif said.begins_at:
            raise ValidationError(_("“%(line)s” says when, and nothing else.") % {"line": line.strip()[:60]})
    return found


def _read_line(line: str, day: date | None, period: Period) -> Said:
    numbered = NUMBERING.match(line)
    rest, hour, until = line[numbered.end() if numbered else 0 :].strip(), None, None
    if told := DAY.match(rest):
        day, rest = _day(told["day"], period), _after(rest, told)
    if told := HOUR.match(rest):
        hour, rest = _hour(told), _after(rest, told)
        if ends := HOUR.match(rest):
            until, rest = _hour(ends), _after(rest, ends)
    parts = [" ".join(one.split()) for one in BARS.split(rest)] if rest else []
    parts = parts[1:] if len(parts) > 3 and not parts[0] else parts
    place, met, topic = _placed(parts)
    for name, words in (("place", place), ("met", met), ("topic", topic)):
        most = ProgrammeItem._meta.get_field(name).max_length or 0
        if len(words) > most:
            raise ValidationError(
                _("“%(begin)s…” is longer than %(most)d characters.") % {"begin": words[:40], "most": most}
            )
    return Said(day, hour, until, place, met, topic)


def _after(rest: str, told: re.Match) -> str:
    """What follows a day or an hour, without the sign between; a bar parts as a blank does."""
    return rest[BETWEEN.match(rest, told.end()).end() :].removeprefix("|").strip(" \t")


def _placed(parts: list[str]) -> tuple[str, str, str]:
    if len(parts) <= 1:
        return "", "", (parts or [""])[0]
    if len(parts) == 2:
        return parts[0], "", parts[1]
    return parts[0], parts[1], "; ".join(filter(None, parts[2:]))


def _day(words: str, period: Period) -> date | None:
    if words == NO_DAY:
        return None
    try:
        return read_day("".join(words.split()), period)
    except Misread as problem:
        raise ValidationError(str(problem)) from None


class HourField(forms.TimeField):
    """An hour as people type it."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        found = read_hour(str(value))
        return found if found is not None else super().to_python(value)


class ProgrammeForm(PartForm):
    remember = forms.ModelChoiceField(
        Partner.objects.none(),
        required=False,
        label=gettext_lazy("Keep them as contacts of"),
        help_text=gettext_lazy("So that they are offered the next time."),
    )

    class Meta:
        model = ProgrammeItem
        fields = ("day", "begins_at", "ends_at", "place", "contact", "met", "topic")
        field_classes = {"begins_at": HourField, "ends_at": HourField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(roles__activity=self.instance.activity_id).distinct()
        known = Q(partner__in=partners.values("pk")) | Q(pk=self.instance.contact_id)
        self.fields["contact"].queryset = self.fields["contact"].queryset.filter(known)
        if self.user.has_perm("partners.add_contact"):
            self.fields["remember"].queryset = partners
        else:
            del self.fields["remember"]

    def _save_m2m(self):
        super()._save_m2m()
        partner = self.cleaned_data.get("remember")
        if partner is not None:
            remember_people(self.instance, partner)


def remember_people(item: ProgrammeItem, partner: Partner) -> None:
    """Keeps those met as contacts of the partner; who is known there already stays as known."""
    for words in reversed(re.split(r"[;\n]", item.met)):
        name, title = name_and_title(words.strip())
        if name:
            known = Contact.objects.filter(partner=partner).filter(name=name[:120]).first()
            item.contact = known or Contact.objects.create(partner=partner, name=name[:120], title=title[:200])
    item.save()


class ProgrammeTable(EntityTable):
    when = tables.Column(accessor="pk", verbose_name=gettext_lazy("Day and hour"))
    topic = TitledColumn(lambda one: [one.place], empty_values=())
    met = tables.Column()

    class Meta(EntityTable.Meta):
        model = ProgrammeItem
        fields = ("when", "topic", "met")
        orderable = False

    def render_when(self, record):
        day = day_in_words(record.day) if record.day else _("day not known")
        return ", ".join(filter(None, (day, hours(record))))

    def render_met(self, record, value):
        if record.contact_id is None or record.contact is None:
            return value
        return f"{value} ({record.contact.partner.label})"


class ProgrammeLines(LinesForm):
    model = ProgrammeItem
    how = gettext_lazy(
        "One line each: 12/6/2023 9:00 | place | whom one met | topic. One part after the day is the topic, two are "
        "place and topic. A line without a day goes on with the day above it; ? is a day nobody knows."
    )

    def line(self, row) -> str:
        return Said.of(row).line

    def read(self, text: str) -> list[Said]:
        return read_programme(text, Period(self.record.starts_on, self.record.ends_on or self.record.starts_on))

    def same(self, said: Said, row) -> bool:
        if said.topic and fold(said.topic) == fold(row.topic):
            return True
        return said.begins_at is not None and (said.day, said.begins_at) == (row.day, row.begins_at)

    def put(self, said: Said, row) -> None:
        if row.met != said.met:
            row.contact = self._contact(said.met)
        for name in LINE:
            setattr(row, name, getattr(said, name))

    def _contact(self, met: str) -> Contact | None:
        """A contact of one of the activity's partners who goes by the first name on the line."""
        name, _title = name_and_title(re.split(r"[;\n]", met)[0].strip())
        roles = PartnerRole.objects.filter(activity=self.record.pk)
        known = Contact.objects.visible_to(self.user).filter(partner__in=roles.values("partner"))
        return next((one for one in known if name and fold(one.name) == fold(name)), None)
