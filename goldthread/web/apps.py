"""App registration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages, their templates and static files."""

    name = "goldthread.web"
    label = "web"
