"""App registration."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the organisation room."""

    name = "goldthread.domain.organisation"
    label = "organisation"
