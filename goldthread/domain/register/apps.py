"""App registration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers the register room."""

    name = "goldthread.domain.register"
    label = "register"
