"""App registration."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """The workforce room."""

    name = "goldthread.domain.workforce"
    label = "workforce"
