"""App registration."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers the reviews room."""

    name = "goldthread.domain.reviews"
    label = "reviews"

    def ready(self) -> None:
        """What the clocks of reviews ask for is looked at twice a day."""
        from datetime import timedelta

        from goldthread.commons.accounts.actions import local_user
        from goldthread.commons.tasks.recurring import recurring
        from goldthread.domain.reviews.actions.reminding import remind_in_words

        recurring("clocks of reviews", every=timedelta(hours=12), run=lambda: remind_in_words(by=local_user()))
