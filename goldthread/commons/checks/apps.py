"""App registration."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Registers the checks app, and every check that a room declares in its ``checks`` module."""

    name = "goldthread.commons.checks"
    label = "checks"

    def ready(self) -> None:
        """Find the rooms' checks."""
        from goldthread.commons.checks.catalogue import discover

        discover()
