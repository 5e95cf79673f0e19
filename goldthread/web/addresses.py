"""Addresses of pages by name, for links that show only where the page exists."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address_named(name: str) -> str:
    """The address of a route, or "" where this installation does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
