"""How a message reaches a person: e-mail now; another way is another class with the same two methods."""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection

NOWHERE = "django.core.mail.backends.console.EmailBackend"
"""The mail backend of an installation without a mail server: it prints, and nobody gets anything."""


class Undelivered(Exception):
    """The message was not taken; the text says why. ``for_good``: trying again would not help."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message with everything filled in. ``key`` stays the same when it is sent again."""

    key: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str = ""


class Channel(Protocol):
    """A way to reach people."""

    def ready(self) -> str:
        """Why nothing can go out at all, as one sentence; empty where it can."""

    def send(self, envelope: Envelope) -> str:
        """Hand the message over and say in a few words who took it. Raises Undelivered."""


class Email:
    """E-mail, through the mail server of the settings."""

    def ready(self) -> str:
        """Whether a mail server is set."""
        if settings.EMAIL_BACKEND == NOWHERE:
            return "No mail server is set: give GOLDTHREAD_SMTP its address, and what waits goes out."
        return ""

    def send(self, envelope: Envelope) -> str:
        """Hand over as text with a simple HTML part. The Message-ID follows from the key: sent twice, it is known again."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
        mail = EmailMultiAlternatives(
            " ".join(envelope.subject.split()),
            envelope.text,
            settings.DEFAULT_FROM_EMAIL,
            [envelope.to_address],
            headers={
                "Message-ID": f"<{hashlib.sha256(envelope.key.encode()).hexdigest()[:32]}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=get_connection(),
        )
        if envelope.html:
            mail.attach_alternative(envelope.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()), (500, b""))
            raise Undelivered(
                f"The mail server refuses {envelope.to_address}: {_words(said)}", for_good=code >= 500
            ) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise Undelivered(f"The mail server did not take it: {_words(problem)}") from problem
        except (BadHeaderError, UnicodeError) as problem:
            raise Undelivered(
                f"{envelope.to_address} is no address that mail can go to: {problem}", for_good=True
            ) from problem
        return f"taken by {settings.EMAIL_HOST}"


CHANNELS: dict[str, Channel] = {"email": Email()}


def _words(said: object) -> str:
    if isinstance(said, OSError) and said.strerror:
        said = said.strerror  # without the number of the error, which tells nobody anything
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200] or type(said).__name__
