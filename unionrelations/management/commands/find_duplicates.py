"""`find_duplicates`: looks for partners and activities that may be there twice, as the scheduler does each night."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.reports.models import DuplicateSearch
from unionrelations.tasks import find_duplicates


class Command(BaseCommand):
    help = "Looks for partners and activities that may be there twice."

    def handle(self, **options):
        search = DuplicateSearch.objects.create()
        find_duplicates.apply(args=[search.pk])
        search.refresh_from_db()
        if search.state != DuplicateSearch.State.DONE:
            raise CommandError(search.error or _("The search did not finish."))
        said = ngettext("%(n)s pair may be the same.", "%(n)s pairs may be the same.", search.found)
        self.stdout.write(said % {"n": search.found})
