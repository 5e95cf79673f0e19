"""App registration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers the register room."""

    name = "goldthread.domain.register"
    label = "register"

    def ready(self) -> None:
        """Declare the work of each night: what changes by itself as days pass."""
        from datetime import timedelta

        from goldthread.commons.tasks.recurring import recurring
        from goldthread.domain.register.models.projection import age_in_words

        recurring("ratings", every=timedelta(hours=12), run=age_in_words)
