"""What Goldthread says to django-allauth: nobody signs themselves up, and single sign-on opens accounts that exist."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldthread.commons.outgoing import outgoing_session

SHOWN_ANYWAY = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/login_code_sent.txt",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail code or password; accounts are made by an administrator or by a command."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed: an administrator can open it again.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "enter_current_password": "Enter your present password.",
        "incorrect_code": "The code is not right, or no longer works.",
        "incorrect_password": "The password is not right.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say what the next page does not show by itself; not that somebody is signed in, out, or was sent a code."""
        if message_template not in SHOWN_ANYWAY:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the person's own account page."""
        return reverse("account")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """One issuer, the council's own; it opens the account with the same e-mail address and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an administrator adds people."""
        return False

    def get_requests_session(self) -> requests.Session:
        """How the issuer is called."""
        return outgoing_session()

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the person's own account page."""
        return reverse("account")


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted, so that a copied database opens nothing."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or no longer works.",
    }

    def encrypt(self, text: str) -> str:
        """The text under the installation's secret key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again; raises ``cryptography.fernet.InvalidToken`` when the secret key has been replaced."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Keys made from SECRET_KEY, and from former ones in SECRET_KEY_FALLBACKS, which only open."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"goldthread second step\0" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
