"""App registration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Registers the rounds room."""

    name = "goldthread.domain.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Steps and uses of links only grow; links are made on their way out; items follow their updates.

        The day is asked what it wants.
        """
        from datetime import timedelta

        from goldthread.commons.accounts.actions import local_user
        from goldthread.commons.events.following import when_recorded, when_turned
        from goldthread.commons.notices.actions import fill_with
        from goldthread.commons.tasks.recurring import recurring
        from goldthread.commons.triggers import append_only
        from goldthread.domain.register.models import Update
        from goldthread.domain.rounds.access import places_of_call, places_of_link
        from goldthread.domain.rounds.actions.chasing import tick_in_words
        from goldthread.domain.rounds.actions.counting import count_as_answer
        from goldthread.domain.rounds.actions.reopening import follow_the_update
        from goldthread.domain.rounds.models import ItemStep, LinkUse, RoundStep

        append_only(*(model._meta.db_table for model in (ItemStep, LinkUse, RoundStep)))
        fill_with("rounds.link", places_of_link)
        fill_with("rounds.call", places_of_call)
        when_turned(ItemStep, follow_the_update)
        when_recorded(Update, count_as_answer)
        recurring("rounds", every=timedelta(minutes=15), run=lambda: tick_in_words(by=local_user()))
