"""App registration."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Registers recurring work; a room declares its own in its app's ``ready``."""

    name = "goldthread.commons.tasks"
    label = "recurring"
