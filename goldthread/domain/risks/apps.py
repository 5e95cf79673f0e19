"""App registration."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """The risks room."""

    name = "goldthread.domain.risks"
    label = "risks"
