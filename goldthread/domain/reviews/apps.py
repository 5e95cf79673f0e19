"""App registration."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers the reviews room."""

    name = "goldthread.domain.reviews"
    label = "reviews"
