"""App registration."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers the reporting floor."""

    name = "goldthread.reporting"
    label = "reporting"
