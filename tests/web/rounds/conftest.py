"""The reporting council of the room's own tests, for its pages."""

from tests.domain.rounds.conftest import at, opened, reporting, sent_mail

__all__ = ["at", "opened", "reporting", "sent_mail"]
