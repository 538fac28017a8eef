"""A missing record created inside another record's form. What else was typed there stays. Never names an entity.

A form's field says which small form makes its records (`maker`); only those who may add such records have one.
"""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from unionrelations.kit.choosing import is_key

from .models import Undo

MAKE, ANYWAY, TAKE = "make", "make_anyway", "take"  # the names of the buttons


def place_to_make(sent: QueryDict, form) -> str | None:
    """The field to whose small form a button was pressed, or in whose small form a name still stands."""
    for name, field in form.fields.items():
        maker = getattr(field, "maker", None)
        if maker is None:
            continue
        pressed = sent.get(MAKE) == name or sent.get(ANYWAY) == name or sent.get(TAKE, "").startswith(f"{name}:")
        if pressed or sent.get(maker.add_prefix(maker.named_by), "").strip():
            return name
    return None


def make_in_place(request, sent: QueryDict, form, name: str):
    """Makes the record and chooses it in `sent`; gives the small form to be shown, with what was wrong or near."""
    maker = type(form.fields[name].maker)
    prefix = form.fields[name].maker.prefix
    taken = sent.get(TAKE, "").partition(":")[2]
    if taken and is_key(taken):
        return _chosen(sent, form, name, int(taken), maker(user=request.user, prefix=prefix))
    made = maker(sent, user=request.user, prefix=prefix)
    if not made.is_valid():
        return made
    made.near = [] if sent.get(ANYWAY) == name else made.find_near()
    if made.near:
        return made
    with transaction.atomic():
        record = made.save()
        Undo.objects.keep(request.user, _("Saved: %(record)s") % {"record": record}, [record], made=True)
    fresh = maker(user=request.user, prefix=prefix)
    fresh.made = record
    return _chosen(sent, form, name, record.pk, fresh)


def _chosen(sent: QueryDict, form, name: str, pk: int, maker):
    """Puts the record among the chosen ones and empties the small form and the words that looked for it."""
    key = form.add_prefix(name)
    sent.setlist(key, [*(one for one in sent.getlist(key) if one != str(pk)), str(pk)])
    sent.pop(f"{key}-words", None)
    for one in [one for one in sent if one.startswith(f"{maker.prefix}-")]:
        del sent[one]
    return maker
