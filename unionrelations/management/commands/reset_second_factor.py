"""Takes the second factor of an account away, for the last administrator of a house who lost their phone."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from unionrelations.accounts.models import User
from unionrelations.accounts.second_factor import take_away


class Command(BaseCommand):
    help = "Takes the second factor of an account away and signs it out everywhere; its person is told by e-mail."

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="NAME")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
        if not take_away(person):
            raise CommandError(_("“%(name)s” has no second factor.") % {"name": username})
        self.stdout.write(_("The second factor of “%(name)s” is gone; they set up a new one.") % {"name": username})
