"""App registration."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers the reporting floor."""

    name = "goldthread.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Files of issues are added and never changed; issues and their steps are dated rows, which the events app declares."""
        from goldthread.commons.triggers import append_only
        from goldthread.reporting.models import IssueFile

        append_only(IssueFile._meta.db_table)
