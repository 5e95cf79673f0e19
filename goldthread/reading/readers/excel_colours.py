"""The background colour of an Excel cell as "rrggbb": plain, indexed and theme colours with their tint."""

from __future__ import annotations

import colorsys
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.styles.colors import COLOR_INDEX  # type: ignore[import-untyped]

from goldthread.reading.readers.archive import child, elements, local

# The order in which cells count the colours of a theme (ECMA-376 part 1, 18.8.3).
_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)


class Colours:
    """Resolves the fills of one workbook."""

    def __init__(self, theme: bytes | None) -> None:
        """``theme`` is the XML of the workbook's theme, or None."""
        self._theme: dict[str, str] = {}
        if not theme:
            return
        try:
            root = etree.fromstring(theme, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return
        scheme = child(root, "themeElements", "clrScheme")
        for colour in elements(scheme) if scheme is not None else ():
            for value in elements(colour):
                self._theme[local(colour)] = str(value.get("lastClr") or value.get("val") or "")

    def fill(self, fill: Any) -> str | None:
        """The colour of a solid fill; None for none, white, and what cannot be resolved."""
        if fill is None or fill.fill_type != "solid":
            return None
        colour = fill.fgColor
        value = ""
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            value = colour.rgb[-6:]
        elif colour.type == "theme" and isinstance(colour.theme, int) and colour.theme < len(_ORDER):
            value = self._theme.get(_ORDER[colour.theme], "")
        elif colour.type == "indexed" and isinstance(colour.indexed, int) and colour.indexed < len(COLOR_INDEX):
            value = str(COLOR_INDEX[colour.indexed])[-6:]
        value = _tinted(value.lower(), float(colour.tint or 0))
        return value if value and value != "ffffff" else None


def _tinted(value: str, tint: float) -> str:
    """Lighter (tint over 0) or darker, in the lightness of the colour (18.8.19)."""
    try:
        red, green, blue = (int(value[n : n + 2], 16) / 255 for n in (0, 2, 4))
    except ValueError:
        return ""
    if not tint:
        return value
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "".join(f"{round(part * 255):02x}" for part in made)
