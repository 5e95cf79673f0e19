"""The styles of a report's Word file, set on python-docx's own template, so that a council can restyle the whole at once."""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

TABLE_STYLE = "ReportTable"
RATING_STYLES = {
    "rating-blue": "RatingBlue",
    "rating-green": "RatingGreen",
    "rating-amber": "RatingAmber",
    "rating-red": "RatingRed",
    "rating-grey": "RatingGrey",
    "rating-no-date": "RatingGrey",
}

_FONT = "Arial"
_INK, _QUIET, _RED = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x4F, 0x54), RGBColor(0x94, 0x25, 0x14)
_RATINGS = {
    "RatingBlue": ("144E81", "D2E2F1"),
    "RatingGreen": ("005A30", "CCE2D8"),
    "RatingAmber": ("6B4A00", "FCEFCF"),
    "RatingRed": ("942514", "F9E1E3"),
    "RatingGrey": ("0B0C0C", "E9ECEE"),
}
_RIGHT_EDGE = Mm(267)


def define(document: DocxDocument) -> None:
    """Set the built-in styles and add those of the report."""
    _language(document)
    _built_in(document)
    for name, base, size in (("Table Text", "Normal", 9), ("Table Heading", "Normal", 9), ("After Table", "Normal", 4)):
        style = _paragraph_style(document, name, base, size)
        style.paragraph_format.space_after = Pt(2)
    document.styles["Table Heading"].font.bold = True
    document.styles["Table Heading"].paragraph_format.keep_with_next = True
    fact = _paragraph_style(document, "Fact", "Normal", 10.5)
    fact.paragraph_format.tab_stops.add_tab_stop(Mm(50))
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Mm(50), Mm(-50)
    label = _paragraph_style(document, "List Label", "Normal", 10)
    label.font.bold, label.paragraph_format.keep_with_next = True, True
    label.paragraph_format.space_after = Pt(1)
    _paragraph_style(document, "Quiet", "Normal", 9).font.color.rgb = _QUIET
    warning = _paragraph_style(document, "Warning", "Normal", 10)
    warning.font.bold, warning.font.color.rgb = True, _RED
    for level, indent in ((1, 0), (2, 6)):
        contents = _paragraph_style(document, f"toc {level}", "Normal", 10)
        contents.paragraph_format.left_indent, contents.paragraph_format.space_after = Mm(indent), Pt(2)
        contents.paragraph_format.tab_stops.add_tab_stop(_RIGHT_EDGE, WD_TAB_ALIGNMENT.RIGHT)
    _character_styles(document)
    document.styles.element.append(_table_style())


def _language(document: DocxDocument) -> None:
    """British English for the whole document: spelling, and the voice that reads it aloud."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "en-GB")


def _built_in(document: DocxDocument) -> None:
    styles = document.styles
    sizes = {"Normal": 10, "Title": 26, "Subtitle": 14, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11, "Caption": 9}
    for name, size in sizes.items():
        style = styles[name]
        _font(style, size)
        style.font.italic = False
        style.font.bold = name.startswith(("Heading", "Title"))
        style.font.color.rgb = _QUIET if name in ("Subtitle", "Caption") else _INK
    normal = styles["Normal"].paragraph_format
    normal.space_after, normal.space_before = Pt(4), Pt(0)
    for name, before, after in (("Heading 1", 18, 8), ("Heading 2", 14, 6), ("Heading 3", 12, 4)):
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(after)
        styles[name].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_after = Pt(3)
    styles["List Bullet"].paragraph_format.space_after = Pt(1)
    border = styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    for name in ("Header", "Footer"):
        _font(styles[name], 8)
        styles[name].font.color.rgb = _QUIET
        stops = styles[name].paragraph_format.tab_stops
        while len(stops):
            del stops[0]
        stops.add_tab_stop(_RIGHT_EDGE, WD_TAB_ALIGNMENT.RIGHT)


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _paragraph_style(document: DocxDocument, name: str, base: str, size: float) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.size = document.styles[base], Pt(size)
    style.quick_style = True
    return style


def _character_styles(document: DocxDocument) -> None:
    for name, colour in (("Quiet Text", _QUIET), ("Warning Text", _RED)):
        style: CharacterStyle = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.size, style.font.color.rgb = Pt(8), colour
        style.font.bold = name.startswith("Warning")
    for name, (ink, paper) in _RATINGS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(8), True, RGBColor.from_string(ink)
        style.element.get_or_add_rPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{paper}"/>')
        )


def _table_style() -> Any:
    """Rules between rows and a shaded first row."""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        "<w:tblPr><w:tblBorders>"
        '<w:top w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/>'
        '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="8E9599"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="8E9599"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="E9ECEE"/></w:tcPr></w:tblStylePr></w:style>'
    )
