from django.apps import AppConfig
from django.db.backends.signals import connection_created

from .slow import watch


class OperationsConfig(AppConfig):
    name = "unionrelations.operations"
    verbose_name = "Operations"

    def ready(self):
        from . import replica  # noqa: PLC0415 - it asks for models

        connection_created.connect(watch)
        connection_created.connect(replica.watch)
