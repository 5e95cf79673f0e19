"""Who leads: a post and who holds it on the day, or the name as printed that nobody has matched to a post yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lead:
    """A post, office or body with its holder on the day; ``vacant`` is for posts only; ``unmatched`` as printed."""

    post: str = ""
    holder: str = ""
    vacant: bool = False
    unmatched: Sequence[str] = field(default_factory=tuple)
