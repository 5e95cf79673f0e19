"""App registration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers the files app."""

    name = "goldthread.commons.files"
    label = "files"
