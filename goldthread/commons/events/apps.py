"""App registration."""

from datetime import timedelta

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    """Registers the events app, and the triggers that keep events and facts from being changed."""

    name = "goldthread.commons.events"
    label = "events"

    def ready(self) -> None:
        """Declare events, their seals and all dated rows append-only; make and check the triggers of every declared table."""
        from goldthread.commons.events.models import Event, Recorded, Seal, SealedShape
        from goldthread.commons.events.sealing import seal_in_words
        from goldthread.commons.tasks.recurring import recurring
        from goldthread.commons.triggers import after_migrate, append_only, check_triggers

        only_grow = Event | Recorded | Seal | SealedShape
        append_only(*(model._meta.db_table for model in apps.get_models() if issubclass(model, only_grow)))
        recurring("seal", every=timedelta(minutes=2), run=seal_in_words)
        post_migrate.connect(after_migrate, dispatch_uid="goldthread.commons.triggers")
        register(check_triggers, Tags.database)
