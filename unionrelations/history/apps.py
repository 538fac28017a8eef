from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "unionrelations.history"
    verbose_name = _("history")

    def ready(self):
        from . import handing, triggers  # noqa: PLC0415 - they ask for models

        connection_created.connect(handing.listen, dispatch_uid="history")
        pre_migrate.connect(triggers.before_migrations, sender=self, dispatch_uid="history")
        post_migrate.connect(triggers.after_migrations, sender=self, dispatch_uid="history")
