"""The root package as an application: it holds the management commands and no tables."""

from django.apps import AppConfig


class UnionRelationsConfig(AppConfig):
    name = "unionrelations"
    verbose_name = "Union Relations"
