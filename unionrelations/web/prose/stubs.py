"""Single activities a text tells of, each with the address of the page that logs it, as far as the text fills it in.

Never logs anything: the person opens the page, completes it and saves. Until they do, their session remembers what is
still to be logged from which document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from activities.entities.log_kinds import LogKind, log_kind_of
from activities.models import Activity, Conference, Course, Delegation, SourceDocument
from activities.prose import ToldActivity
from partners.models import Country, Partner
from unionrelations.kit.typed_dates import read_when, to_type

from .marked import MarkedText

MOST = 50
TO_LOG = "told-activities"  # in the session: document → what is still to be logged from it
MOST_DOCUMENTS = 5
MODELS: dict[str, type[Activity]] = {one.KIND: one for one in (Delegation, Conference, Course)}
ROLE_FIELDS: dict[str, str] = {
    Activity.Kind.DELEGATION: "direction",
    Activity.Kind.CONFERENCE: "role",
    Activity.Kind.COURSE: "direction",
}


@dataclass(frozen=True)
class Stub:
    number: int
    told: ToldActivity
    place: str  # in the document

    @property
    def title(self) -> str:
        return Truncator(self.told.title or self.told.words).chars(160)

    @property
    def log_kind(self) -> LogKind:
        return log_kind_of(self.told.kind, self.told.role)

    def address(self, document: SourceDocument, user) -> str:
        """Where it is logged, filled in as far as it is told, with the document as its source."""
        asked = {name: value for name, value in _asked(self.told, user).items() if value not in ("", None, [])}
        asked |= {"document": document.pk, "document_place": self.place}
        return f"{reverse(f'{self.log_kind.slug}-new')}?{urlencode(asked, doseq=True)}"


def stubs_of(activities: Iterable[ToldActivity], marked: MarkedText, user) -> list[Stub]:
    """Those of kinds the person may log."""
    found = [one for one in activities if one.kind in MODELS and _may_log(one.kind, user)][:MOST]
    return [
        Stub(number, one, _("paragraph %(number)d") % {"number": marked.place(one.start)})
        for number, one in enumerate(found, start=1)
    ]


def remember(request, document: SourceDocument, stubs: Iterable[Stub]) -> None:
    """Keeps what is still to be logged from a document just saved, for the page on which it is read again."""
    kept = [
        {
            "icon": one.log_kind.icon,
            "title": one.title,
            "when": one.told.when,
            "place": one.place,
            "url": one.address(document, request.user),
        }
        for one in stubs
    ]
    others = {key: rows for key, rows in request.session.get(TO_LOG, {}).items() if key != str(document.pk)}
    newest = dict(list(others.items())[-(MOST_DOCUMENTS - 1) :])
    request.session[TO_LOG] = newest | ({str(document.pk): kept} if kept else {})


def remembered(request, document: SourceDocument) -> list[dict]:
    return request.session.get(TO_LOG, {}).get(str(document.pk), [])


def _may_log(kind: str, user) -> bool:
    return user.has_perm(f"activities.add_{MODELS[kind]._meta.model_name}")


def _asked(one: ToldActivity, user) -> dict:
    told: dict = {
        ROLE_FIELDS[one.kind]: one.role,
        "title": one.title,
        "when": _when_to_type(one),
        "place": one.place,
        "countries": _named(Country, one.countries, user),
        "partners": _named(Partner, one.partners, user),
        "status": Activity.Status.PLANNED if one.planned else "",
    }
    if one.kind == Activity.Kind.COURSE:
        trainees = "trainees_ours" if one.role == Course.Direction.RECEIVED else "trainees_theirs"
        told |= {"cohort": one.cohort, "step": one.step, "certificates": one.certificates, trainees: one.people}
    elif one.kind == Activity.Kind.CONFERENCE:
        told |= {"format": one.format}
    elif one.role == Delegation.Direction.IN:
        told |= {"guests": one.people}
    return told


def _when_to_type(one: ToldActivity) -> str:
    """The words themselves where the form reads them, else the days they were read as."""
    try:
        read_when(one.when, None)
    except ValidationError:
        return to_type(one.starts_on, one.ends_on, one.precision) if one.starts_on else ""
    return one.when


def _named(model, names: Iterable[str], user) -> list[int]:
    """Records that the words name, where they name exactly one of those the person sees."""
    found = [list(model.objects.visible_to(user).find(name)[:2]) for name in names]
    return [one[0].pk for one in found if len(one) == 1]
