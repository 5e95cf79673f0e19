"""A text in few characters, for a list, a title or a message that leads to the whole."""

from __future__ import annotations


def shortened(text: str, limit: int = 160) -> str:
    """The text on one line in at most ``limit`` characters, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
