"""App registration."""

from datetime import timedelta

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers the reporting floor."""

    name = "goldthread.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Files of issues are added and never changed; issues and their steps are dated rows, which the events app declares."""
        from goldthread.commons.tasks.recurring import recurring
        from goldthread.commons.triggers import append_only
        from goldthread.reporting.actions import finish_waiting_in_words
        from goldthread.reporting.models import IssueFile

        append_only(IssueFile._meta.db_table)
        recurring("files", every=timedelta(minutes=2), run=finish_waiting_in_words)
