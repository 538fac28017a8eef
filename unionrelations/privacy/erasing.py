"""Takes one person out of the records: where the name stood, the same words stand everywhere, so nothing counted moves.

All of it in one transaction or nothing. What was signed stays as it was signed, files stay as they were brought,
and backups hold what they held until they are taken away: whoever erases is told so.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model, QuerySet

from unionrelations.accounts.models import User

from .finding import Place, accounts, places, places_in
from .holdings import HOLDINGS
from .models import Erasure
from .spotting import replaced, replaced_within


def erase(name: str, chosen: Collection[str], by: User, reason: str) -> Erasure:
    """Erases the person at the chosen places (`Place.key`, and `accounts.User:…`) and in all that is the house's own.

    Places that were signed are left, chosen or not. Accounts are closed for good.
    """
    with transaction.atomic():
        erasure = Erasure.objects.create(by=by, reason=reason)
        done = 0
        for place in places(name, by):
            if place.key in chosen and not place.holding.fixed:
                _rewrite(place, name, erasure.instead, by)
                done += 1
        for account in accounts(name):
            if f"accounts.User:{account.pk}" in chosen:
                close(account, erasure.instead)
                done += 1
        for holding in HOLDINGS:
            if holding.working:
                for place in places_in(holding, name):
                    _mend(place, name, erasure.instead)
        erasure.places = done
        erasure.save(update_fields=["places"])
    return erasure


def close(account: User, instead: str) -> None:
    """An account nobody can enter again, under a name that is nobody's."""
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.first_name, account.last_name, account.email = "", instead, ""
    account.username, account.is_active = f"da-xoa-{account.pk}", False
    account.set_unusable_password()
    account.save()
    account.sign_out_everywhere()
    _history_of(account).delete()  # nothing of it but who the person was


def _rewrite(place: Place, name: str, instead: str, by: User) -> None:
    """Saved through its model, so that whatever is derived from the words is derived again."""
    row = place.row
    for field in place.names:
        setattr(row, field, instead)
    for field in place.holding.details if place.names else ():
        setattr(row, field, "")
    _replace(place, name, instead)
    if place.names:
        _part_from_namesakes(row, place.names[0], instead)
    if _has(row, "changed_by"):
        row.changed_by = by
    row.save()
    if place.names:
        _empty_in_history(row, place.holding.details)


def _empty_in_history(row: Model, details: Collection[str]) -> None:
    """What stood beside the name goes from earlier days too; the name itself is mended with the rest."""
    for entry in _history_of(row):
        for told in (entry.before, entry.after):
            for column in details:
                if told and column in told:
                    told[column] = ""
        _history_of(row).filter(pk=entry.pk).update(before=entry.before, after=entry.after)


def _history_of(row: Model) -> QuerySet:
    return apps.get_model("history", "Entry")._base_manager.filter(label=row._meta.label_lower, key=row.pk)


def _mend(place: Place, name: str, instead: str) -> None:
    """The house's own rows: only the words, whatever the model would do on saving."""
    _replace(place, name, instead)
    fields = {field: getattr(place.row, field) for field in (*place.names, *place.prose)}
    place.holding.rows().filter(pk=place.row.pk).update(**fields)


def _replace(place: Place, name: str, instead: str) -> None:
    for field in place.prose:
        said = getattr(place.row, field)
        change = replaced if isinstance(said, str) else replaced_within
        setattr(place.row, field, change(said, name, instead))


def _part_from_namesakes(row: Model, field: str, instead: str) -> None:
    """Two of one name at one activity were two; without their titles they are parted by a number."""
    siblings = [
        one
        for one in row._meta.total_unique_constraints
        if field in one.fields and all(getattr(row, part) is not None for part in one.fields)
    ]
    for number in count(2):
        taken = any(
            type(row)
            ._base_manager.exclude(pk=row.pk)
            .filter(**{part: getattr(row, part) for part in one.fields})
            .exists()
            for one in siblings
        )
        if not taken:
            return
        setattr(row, field, f"{instead} ({number})")


def _has(row: Model, name: str) -> bool:
    try:
        row._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
