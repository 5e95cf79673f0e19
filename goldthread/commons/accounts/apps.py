"""Accounts: who can sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the accounts app."""

    name = "goldthread.commons.accounts"
    label = "accounts"
