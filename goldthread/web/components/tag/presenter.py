"""What a tag says and in which colour; the words always say it all, the colour only repeats it."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.kernel.ratings import Rating

RATING_COLOURS = {
    Rating.BLUE: "",
    Rating.GREEN: "green",
    Rating.AMBER: "orange",
    Rating.RED: "red",
    Rating.GREY: "grey",
    Rating.NO_DATE: "purple",
}
STATE_COLOURS = {"open": "", "complete": "green", "on hold": "yellow"}
CHECK_COLOUR = "yellow"


@dataclass(frozen=True, slots=True)
class Tag:
    """Words and a colour of the design system ("" is blue); ``why`` is the longer reason, on hover and nearby.

    One that is for those ``inside`` says nothing to others: whoever sees only what is published needs no tag for it.
    """

    text: str
    colour: str = ""
    why: str = ""
    inside: bool = False


def rating_tag(value: str, *, why: str = "") -> Tag | None:
    """The tag of a rating by its stored value; nothing for an entry that carries no rating."""
    if not value:
        return None
    rating = Rating(value)
    return Tag(rating.label, RATING_COLOURS[rating], why)


def state_tag(state: str, label: str) -> Tag:
    """The tag of a state, by its value and its label."""
    return Tag(label, STATE_COLOURS.get(state, "grey"))


UNCHECKED = Tag("Not yet checked", CHECK_COLOUR)
"""Worn by everything that was adopted unattended, until a person has looked at it."""
