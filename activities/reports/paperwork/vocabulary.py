"""Every placeholder of papers made from the record, with its meaning. Never knows what a record says of it.

Each may be followed by _vi or _en, to be said in that language whatever the paper's.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.writers import Vocabulary

# At the head and foot of every official paper; number, day and name stay open for the clerk and the signature.
HEAD = {
    "superior": _("the union above the one that issues the paper, in capitals; empty where none stands above"),
    "issuer": _("the union that issues the paper, in capitals"),
    "number": _("“No.” with room for the number, and what follows it"),
    "nation": _("the name of the state"),
    "motto": _("the national motto"),
    "place_and_date": _("room for place and day"),
    "recipients_label": _("“Recipients:”"),
    "recipients": _("the recipients, one a line"),
    "signing": _("on whose behalf it is signed, in capitals"),
    "signer": _("the office of whoever signs, in capitals"),
    "issuer_name": _("the union that issues the paper, as it is written in a sentence"),
    "superior_name": _("the union above it, as it is written in a sentence"),
}

ACTIVITY = {
    "title": _("what the activity is called"),
    "kind": _("its kind, such as “outbound delegation”"),
    "when": _("its dates, as exactly as they are known"),
    "first_day": _("its first day, where that is known to the day"),
    "last_day": _("its last day, where that is known to the day"),
    "days": _("how many days it lasts, both ends counted"),
    "place": _("its place"),
    "countries": _("its countries"),
    "mode": _("in person, online or hybrid"),
    "content": _("purpose and content"),
    "partners": _("all its partners"),
    "inviting": _("the partners that invite"),
    "hosts": _("the partners that host"),
    "guests": _("the partners that are guests; where none is called so, its counterparts"),
    "lead_union": _("the union that leads it"),
    "cooperating_unions": _("the unions that cooperate"),
    "head": _("the head of the delegation, with title"),
    "people": _("how many people of ours take part, or guests of an inbound delegation, where the reader may know"),
    "listed": _("how many people are listed by name"),
    "on_plan": _("whether the year's plan names it; off plan with the reason"),
    "request": _("number and day of the request document"),
    "permission": _("number and day of the permission document"),
    "estimate": _("the estimates the reader may read, added up for each currency"),
    "settlement": _("the settlements the reader may read, added up for each currency"),
    "paid_from": _("where the money the reader may read comes from"),
}
ROWS_OF_ACTIVITY = {
    "members": {
        "no": _("its place in the list"),
        "name": _("name"),
        "title": pgettext_lazy("of a person", "title"),
        "union": _("the union of the person, where it is one of ours"),
        "task": _("head of delegation, interpreter or member"),
    },
    "programme": {
        "no": _("its place in the list"),
        "day": _("the day"),
        "time": _("the hour"),
        "place": _("the place"),
        "what": _("what is done, with whom"),
    },
    "costs": {
        "no": _("its place in the list"),
        "item": _("cost item"),
        "estimate": _("the estimate with its currency"),
        "settlement": _("the settlement with its currency"),
        "rate": _("đồng for one unit of a foreign currency"),
        "source": _("paid from"),
        "note": _("remark"),
    },
    "follow_ups": {
        "no": _("its place in the list"),
        "what": _("what was promised"),
        "side": _("which side promised it"),
        "due": _("until when"),
    },
}

PLAN = {
    "title": _("what the plan is called"),
    "when": _("the days it is for"),
    "year": _("its year, where it is for one"),
    "first_day": _("its first day"),
    "last_day": _("its last day"),
    "standing_unit": _("the department that keeps and urges it"),
    "listed": _("how many lines it has"),
}
ROWS_OF_PLAN = {
    "lines": {
        "no": _("its place in the list"),
        "what": _("what is to be done"),
        "whom": _("with which partner, of which country"),
        "when": _("when, as planned"),
        "people": _("how many people are to go or come"),
        "estimate": _("its estimate with the currency, where the reader may know it"),
        "lead_unit": _("lead unit"),
        "cooperating_units": _("cooperating units"),
        "completion": _("to be completed by, as written"),
    },
}

SPOKEN = ("vi", "en")


def _in_each_language(words: dict) -> dict:
    """Each name alone, then with either language."""
    return {f"{name}{ending}": words[name] for name in words for ending in ("", *(f"_{one}" for one in SPOKEN))}


def _of(words: dict, rows: dict) -> Vocabulary:
    return Vocabulary(
        _in_each_language(HEAD | words), {name: _in_each_language(fields) for name, fields in rows.items()}
    )


OF_ACTIVITIES = _of(ACTIVITY, ROWS_OF_ACTIVITY)
OF_PLANS = _of(PLAN, ROWS_OF_PLAN)
