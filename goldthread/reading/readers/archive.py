"""Office files are zip archives of XML: opened here with bounds, and parsed without entities, network or huge trees."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from goldthread.reading.document import UnreadableFile

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all members together
MAX_MEMBERS = 10_000
MAX_RATIO = 400  # unpacked to packed, for members over RATIO_FROM: real XML of Office packs 10 to 100 times
RATIO_FROM = 10 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024  # one XML part: about ten times this in memory once parsed

_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, struct.error,
)  # fmt: skip


def kind_of(path: Path, name: str) -> str:
    """What a zip archive is: docx, odt, xlsx, or a kind that is not read ("xlsb", "pptx", "ods", "odp", "zip")."""
    with Package(path, name) as package:
        names = set(package.names())
        if "mimetype" in names:
            said = package.member("mimetype")[:200]
            for mark, kind in ((b"spreadsheet", "ods"), (b"presentation", "odp"), (b"opendocument.text", "odt")):
                if mark in said:
                    return kind
        if "xl/workbook.bin" in names:
            return "xlsb"
        main = package.main_part()
        if main:
            for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
                if main.startswith(folder):
                    return kind
        return "zip"


class Package:
    """An Office file opened for reading, as a context manager: members by name, XML parsed, relationships followed.

    Raises UnreadableFile where the archive is damaged, encrypted, or unpacks to more than the bounds of this module.
    """

    def __init__(self, path: Path, name: str) -> None:
        """``path`` is the file, ``name`` what messages call it."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as problem:
            raise self._damaged() from problem
        try:
            self._check()
        except UnreadableFile:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        """The package itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.name} is damaged or was cut off on its way (its archive cannot be opened): fetch or save it again."
        )

    def _check(self) -> None:
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            raise self._bomb()
        for member in members:
            if member.flag_bits & 1:
                raise UnreadableFile(
                    f"{self.name} is protected with a password: open it, take the password off, and save it again."
                )
            if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
                raise self._bomb()

    def _bomb(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.name} is too large once unpacked (at most {MAX_UNPACKED // 1024**2} MB is read): take out its "
            "pictures and unused sheets, or split it."
        )

    def names(self) -> list[str]:
        """The members, with forward slashes and no leading one."""
        return [name.replace("\\", "/").lstrip("/") for name in self._zip.namelist()]

    def member(self, part: str) -> bytes:
        """The bytes of one member. Raises KeyError where there is none of that name."""
        info = next((i for i in self._zip.infolist() if i.filename.replace("\\", "/").lstrip("/") == part), None)
        if info is None:
            raise KeyError(part)
        try:
            return self._zip.read(info)
        except _BROKEN as problem:
            raise self._damaged() from problem

    def stream(self, part: str) -> IO[bytes]:
        """One member opened for reading piece by piece. Raises KeyError where there is none of that name."""
        info = next((i for i in self._zip.infolist() if i.filename.replace("\\", "/").lstrip("/") == part), None)
        if info is None:
            raise KeyError(part)
        return self._zip.open(info)

    def refuse_document_types(self) -> None:
        """Raise UnreadableFile where an XML part declares a document type (for parts that other libraries parse)."""
        marks = [mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in _ENCODINGS]
        for part in self.names():
            if part.lower().endswith((".xml", ".rels", ".vml")):
                data = self.member(part)
                if any(mark in data for mark in marks):
                    raise _declares(self.name)

    def xml(self, part: str) -> etree._Element | None:
        """The root element of an XML part, None where the part is absent."""
        try:
            data = self.member(part)
        except KeyError:
            return None
        if len(data) > MAX_PART:
            raise self._bomb()
        return parse_xml(data, self.name)

    def main_part(self) -> str | None:
        """The name of the main part (word/document.xml, xl/workbook.xml), by the package's own relationships."""
        for kind, target in self.relationships("").values():
            if kind == "officeDocument":
                return target
        usual = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
        return next((part for part in usual if part in self.names()), None)

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: identifier → (last word of the relationship's type, name of the part)."""
        where = PurePosixPath(part)
        rels = f"{where.parent}/_rels/{where.name}.rels" if part else "_rels/.rels"
        root = self.xml(rels.removeprefix("./"))
        found: dict[str, tuple[str, str]] = {}
        if root is None:
            return found
        for child in elements(root):
            target, mode = child.get("Target", ""), child.get("TargetMode", "")
            if mode != "External" and target:
                whole = target.lstrip("/") if target.startswith("/") else _resolve(str(where.parent), target)
                found[child.get("Id", "")] = (child.get("Type", "").rsplit("/", 1)[-1], whole)
        return found


def _resolve(folder: str, target: str) -> str:
    """A target relative to a folder, without ``..``."""
    parts: list[str] = [] if folder in ("", ".") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse one XML part: no entity is resolved, nothing is fetched, a document type declaration is refused.

    Raises UnreadableFile where the XML is not well formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableFile(
            f"{name} is damaged (its contents are not well-formed XML): open it, save it again, and choose that copy."
        ) from problem
    if root is None or root.getroottree().docinfo.doctype:
        raise _declares(name)
    return root


def _declares(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} carries a document type declaration, which Office files never have: save it again from Word or Excel."
    )


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments, processing instructions and unresolved entities."""
    return (child for child in parent if isinstance(child.tag, str))


def local(element: etree._Element) -> str:
    """The element's name without its namespace (strict and transitional Office files differ in it)."""
    return str(element.tag).rpartition("}")[2]


def child(parent: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names, None where a step is missing."""
    for step in path:
        if parent is None:
            return None
        parent = next((e for e in elements(parent) if local(e) == step), None)
    return parent


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name, None where the element or the attribute is missing."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
