from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "unionrelations.web"
    label = "web"
