"""App registration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers the register room."""

    name = "goldthread.domain.register"
    label = "register"

    def ready(self) -> None:
        """Declare the work of each night, and what keeps lists up to the day: facts recorded ahead show when their day comes."""
        from datetime import timedelta

        from goldthread.commons.tasks.recurring import recurring
        from goldthread.domain.register.models.projection import age_in_words, catch_up

        recurring("ratings", every=timedelta(hours=12), run=age_in_words)
        recurring("up to the day", every=timedelta(minutes=10), run=catch_up)
