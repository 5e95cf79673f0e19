"""App registration."""

from django.apps import AppConfig


class RestructuresConfig(AppConfig):
    """Registers the restructures room."""

    name = "goldthread.domain.restructures"
    label = "restructures"
