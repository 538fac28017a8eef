"""A person's own e-mail address: written down once a letter to it was answered, since it opens their account.

Where the house sends no e-mail an address opens nothing and is taken as typed.
"""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unionrelations.accounts.letters import write, write_to

from .links import absolute

SALT, GOOD_FOR = "unionrelations.address", 24 * 3600  # seconds


def ask(request, address: str) -> None:
    """Writes to the new address; nothing changes before the link there is opened and confirmed."""
    person = request.user
    token = signing.dumps({"pk": person.pk, "from": person.email, "to": address}, salt=SALT)
    link = absolute(request, reverse("address", args=[token]))
    write(address, person.language, "address", {"person": person, "link": link})
    messages.info(
        request, _("A letter went to %(address)s. Open the link in it to confirm the address.") % {"address": address}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """For the person who asked, signed in; a link that was overtaken by another change is good no longer."""
    person = request.user
    try:
        asked = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        asked = None
    if asked is None or asked["pk"] != person.pk or asked["from"] != person.email:
        return render(request, "door/address_gone.html", status=410)
    if request.method != "POST":
        return render(request, "door/address.html", {"address": asked["to"]})
    write_to(person, "address_changed", {"address": asked["to"]})
    person.email = asked["to"]
    person.save(update_fields=["email"])
    messages.success(request, _("Your e-mail address is confirmed."))
    return redirect("profile")
