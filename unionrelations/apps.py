"""The root package as an application: it holds the management commands and no tables."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from unionrelations.kit.sorting import teach_sqlite


class UnionRelationsConfig(AppConfig):
    name = "unionrelations"
    verbose_name = "Union Relations"

    def ready(self):
        connection_created.connect(teach_sqlite)
