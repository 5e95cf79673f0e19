"""App registration."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the plans room."""

    name = "goldthread.domain.plans"
    label = "plans"
