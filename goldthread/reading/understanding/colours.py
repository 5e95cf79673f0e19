"""A rating shown by nothing but a colour or a coloured sign: which of the words of ratings it is."""

from __future__ import annotations

import colorsys

FAINT = 0.25  # a colour less saturated than this, or nearly black or white, is no rating
_HUES = ((20, "Red"), (65, "Amber"), (170, "Green"), (265, "Blue"), (340, None), (361, "Red"))
_SIGNS = {**dict.fromkeys("🟢🟩💚", "Green"), **dict.fromkeys("🟡🟠🟨🟧💛🧡", "Amber"), **dict.fromkeys("🔴🟥", "Red")}
_SIGNS |= dict.fromkeys("🔵🟦", "Blue")


def sign_of(text: str) -> str | None:
    """The rating that a coloured sign shows where a cell holds nothing else; None for any other text."""
    return _SIGNS.get(text.strip().replace("\ufe0f", ""))


_SIGNS = {
    "🟢": "Green", "🟩": "Green", "🟡": "Amber", "🟠": "Amber", "🟨": "Amber", "🟧": "Amber", "🔴": "Red", "🟥": "Red",
    "🔵": "Blue", "🟦": "Blue",
}  # fmt: skip


def sign_named(text: str) -> str:
    """The rating that a coloured sign shows where it stands alone; any other text as it is."""
    return _SIGNS.get(text.strip().replace("\ufe0f", ""), text)


def rating_of(fill: str | None) -> str | None:
    """Red, Amber, Green or Blue for a background "rrggbb"; None for grey, white, black, purple and no colour.

    Yellow and orange are both amber: councils paint it either way.
    """
    if fill is None or len(fill) != 6:
        return None
    try:
        red, green, blue = (int(fill[n : n + 2], 16) / 255 for n in (0, 2, 4))
    except ValueError:
        return None
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < FAINT or not 0.15 < light < 0.93:
        return None
    return next(name for limit, name in _HUES if hue * 360 < limit)
