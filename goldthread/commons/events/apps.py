"""App registration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers the events app."""

    name = "goldthread.commons.events"
    label = "events"
