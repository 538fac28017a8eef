"""Opens the activities whose day has come, as the scheduler does each night, or those nobody is left to open."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models.restrictions import lift_due, lift_left_alone


class Command(BaseCommand):
    help = "Opens the restricted activities whose day has come; --left-alone those that nobody named can read."

    def add_arguments(self, parser):
        parser.add_argument("--left-alone", action="store_true", help="those that nobody named can read any more")

    def handle(self, *args, left_alone: bool, **options):
        now = timezone.now()
        lifted = lift_left_alone(now) if left_alone else lift_due(timezone.localdate(now), now)
        self.stdout.write(_("Restricted activities opened: %(n)s.") % {"n": lifted})
