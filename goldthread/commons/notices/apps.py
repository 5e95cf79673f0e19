"""App registration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the notices app: messages to people, queued and tried again until they are delivered."""

    name = "goldthread.commons.notices"
    label = "notices"

    def ready(self) -> None:
        """What was tried is never changed afterwards; what waits is looked at again and again."""
        from datetime import timedelta

        from goldthread.commons.notices.actions import deliver_in_words
        from goldthread.commons.notices.models import Attempt
        from goldthread.commons.tasks.recurring import recurring
        from goldthread.commons.triggers import append_only

        append_only(Attempt._meta.db_table)
        recurring("messages", every=timedelta(seconds=10), run=deliver_in_words)
