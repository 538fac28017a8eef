"""`send_digests`: sends the e-mails about what is due, as the scheduler does each morning."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.reports.models import Digest
from unionrelations.accounts.models import OfficeDay
from unionrelations.tasks import send_digest


class Command(BaseCommand):
    help = "Sends the e-mails about what is due to whoever wants one today; what was told is not told again."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="as if it were this day (YYYY-MM-DD)")

    def handle(self, **options):
        if not settings.MAIL_IS_SENT:
            raise CommandError(_("No mail server is set: give EMAIL_URL."))
        rows = list(Digest.objects.to_send(options["day"] or timezone.localdate(), OfficeDay.objects.calendar()))
        for row in rows:
            send_digest.apply(args=[row.pk])
        after = Digest.objects.filter(pk__in=[row.pk for row in rows])
        sent = after.filter(state=Digest.State.DONE).exclude(address="").count()
        self.stdout.write(ngettext("%(n)d e-mail sent.", "%(n)d e-mails sent.", sent) % {"n": sent})
        faults = [f"{one.person}: {one.error}" for one in after.filter(state=Digest.State.FAILED).for_listing()]
        if faults:
            raise CommandError("\n".join(faults))
