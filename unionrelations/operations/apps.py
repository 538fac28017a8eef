from django.apps import AppConfig
from django.db.backends.signals import connection_created

from .slow import watch


class OperationsConfig(AppConfig):
    name = "unionrelations.operations"
    verbose_name = "Operations"

    def ready(self):
        connection_created.connect(watch)
