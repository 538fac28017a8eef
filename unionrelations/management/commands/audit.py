"""`audit`: recomputes every published figure a second way and compares; exit code 1 where any does not agree."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.reports.models import AuditRun
from unionrelations.tasks import audit


class Command(BaseCommand):
    help = "Recomputes every figure a second way and compares."

    def handle(self, **options):
        run = AuditRun.objects.create()
        audit.apply(args=[run.pk])
        run.refresh_from_db()
        if run.state != AuditRun.State.DONE:
            raise CommandError(run.error or _("The audit did not finish."))
        for one in run.mismatches:
            self.stdout.write(str(one))
        if run.mismatches:
            raise CommandError(
                ngettext("%(n)s figure does not agree.", "%(n)s figures do not agree.", len(run.mismatches))
                % {"n": len(run.mismatches)}
            )
        self.stdout.write(_("%(n)s figures computed twice; all agree.") % {"n": run.compared})
