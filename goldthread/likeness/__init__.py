"""Which texts speak of the same thing: asks that come back in a later review, objectives that answer a recommendation.

``Likeness(asked, offered).matches()`` is the door; ``vocabulary.toml`` holds the words of local government.
"""

from goldthread.likeness.matching import Likeness, Match, Text

__all__ = ["Likeness", "Match", "Text"]
