"""App registration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the access app."""

    name = "goldthread.commons.access"
    label = "access"
