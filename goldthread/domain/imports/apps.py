"""App registration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the imports room."""

    name = "goldthread.domain.imports"
    label = "imports"
