"""`rebuild_scopes`: derives the category and scope rows of every activity again."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from activities.models import ActivityScope


class Command(BaseCommand):
    help = "Derives what activities count as, and for whom, from their roles again."

    def handle(self, **options):
        self.stdout.write(_("Scope rows of %(n)s activities derived again.") % {"n": ActivityScope.objects.rebuild()})
