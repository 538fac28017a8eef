"""A title made of what was typed already: partner, place and date. Only ever suggested; never changes a record."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.models import Activity
from unionrelations.kit.typed_dates import read_when

LONGEST = 500


def suggested_title(form) -> str:
    """The title for a bound form of any kind; "" while neither partner, country nor place is known."""
    partners, countries = _names(form, "partners"), _names(form, "countries")
    place = str(form["place"].value() or "").strip()
    where = ", ".join(filter(None, (place, _listed(countries))))
    if not partners and not where:
        return ""
    kind, inbound = form.Meta.model.KIND, form.direction == "in"
    told = _with(kind, inbound, _listed(partners), form)
    if where and (not inbound or place):
        told = _("%(what)s in %(where)s") % {"what": told, "where": place if inbound else where}
    return capfirst(", ".join(filter(None, (told, _when(form)))))[:LONGEST]


def _with(kind: str, inbound: bool, partners: str, form) -> str:
    if kind == Activity.Kind.DELEGATION and inbound:
        return (
            _("Delegation of %(partners)s") % {"partners": partners} if partners else _("Delegation of foreign guests")
        )
    if kind == Activity.Kind.DELEGATION:
        return _("Visit to %(partners)s") % {"partners": partners} if partners else _("Working visit")
    if kind == Activity.Kind.CONFERENCE:
        what = str(dict(form.fields["format"].choices).get(form["format"].value(), _("conference")))
    else:
        what = _("Training course")
    return _("%(what)s with %(partners)s") % {"what": capfirst(what), "partners": partners} if partners else what


def _names(form, name: str) -> list[str]:
    """The records chosen so far, by name; what is not understood yet is left out."""
    try:
        return [one.label if hasattr(one, "label") else str(one) for one in form.fields[name].clean(form[name].value())]
    except ValidationError:
        return []


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _when(form) -> str:
    try:
        reading = read_when(str(form["when"].value() or ""), form.today)
    except ValidationError:
        return ""
    return reading.in_words
