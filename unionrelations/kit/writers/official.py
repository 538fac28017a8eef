"""The words at the head and foot of an official paper, by placeholder. Never knows where on the page they stand.

The layout is the state's (Decree 30/2020) as the confederation's rule 933/QĐ-TLĐ of 14 May 2024 applies it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from unionrelations.kit.documents import Document, Official

from .cells import printable

NOTHING_SAID = Official("", "", "", "", "", (), "", "")


def wording(document: Document) -> dict[str, str]:
    """What each placeholder of a template becomes, the body apart. Number, place and day stay open for the clerk."""
    official = document.official or NOTHING_SAID
    number = _("No.:")
    words = {
        "superior": official.superior.upper(),
        "issuer": official.issuer.upper(),
        "number": f"{number}          {official.number}",
        "nation": _("SOCIALIST REPUBLIC OF VIET NAM"),
        "motto": _("Independence - Freedom - Happiness"),
        "place_and_date": _("………, day …… month …… year ……"),
        "kind": _("REPORT"),
        "subject": official.subject,
        "period": official.period,
        "title": document.title,
        "recipients_label": _("Recipients:"),
        "recipients": "\n".join(official.recipients),
        "signing": official.signing.upper(),
        "signer": official.signer.upper(),
    }
    return {name: printable(text) for name, text in words.items()}


# In the order the documentation explains them; `body` is where the report's own text goes.
PLACEHOLDERS = (
    "superior",
    "issuer",
    "number",
    "nation",
    "motto",
    "place_and_date",
    "kind",
    "subject",
    "period",
    "title",
    "body",
    "recipients_label",
    "recipients",
    "signing",
    "signer",
)
