"""Accounts for trying the house out: every role of the confederation, and the two everyday roles of two unions below.

They share one published password, so the command refuses wherever DEBUG is off. Running it again resets them.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from unionrelations.accounts.models import Union, User
from unionrelations.kit.acts import Way, doing

# Not a secret: it is printed, written here, and only ever set while DEBUG is on.
DEMO_PASSWORD = "doan-ket-quoc-te"  # noqa: S105

ACCOUNTS = (
    ("vgcl-quantri", User.Role.ADMINISTRATOR, "vgcl"),
    ("vgcl-canbo", User.Role.OFFICER, "vgcl"),
    ("vgcl-lanhdao", User.Role.LEADER, "vgcl"),
    ("vgcl-kiemtoan", User.Role.AUDITOR, "vgcl"),
    ("vuit-canbo", User.Role.OFFICER, "vuit"),
    ("vuit-lanhdao", User.Role.LEADER, "vuit"),
    ("hanoi-canbo", User.Role.OFFICER, "ha-noi"),
    ("hanoi-lanhdao", User.Role.LEADER, "ha-noi"),
)


class Command(BaseCommand):
    help = "Makes or resets the accounts for trying the house out. Only while DEBUG is on."

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError(_("Demo accounts share a published password: they are made only while DEBUG is on."))
        try:
            with doing(Way.COMMAND, "demo_accounts"):
                people = self._reset()
        except Union.DoesNotExist as missing:
            raise CommandError(_("The unions of the demo accounts are missing. Run “seed” first.")) from missing
        headings = (_("Sign-in name"), _("Password"), _("Role"), _("Union"))
        rows = [(one.username, DEMO_PASSWORD, one.get_role_display(), str(one.union)) for one in people]
        widths = [max(len(str(cell)) for cell in column) for column in zip(headings, *rows, strict=True)]
        for row in (headings, *rows):
            line = "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())

    @transaction.atomic
    def _reset(self) -> list[User]:
        people = []
        for username, role, code in ACCOUNTS:
            person = User.objects.filter(username=username).first() or User(username=username)
            person.role, person.union = role, Union.objects.get(code=code)
            person.is_active, person.is_superuser = True, False
            person.set_password(DEMO_PASSWORD)
            person.save()
            people.append(person)
        return people
