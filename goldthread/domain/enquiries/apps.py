"""App registration."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Registers the enquiries room."""

    name = "goldthread.domain.enquiries"
    label = "enquiries"
