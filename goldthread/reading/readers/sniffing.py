"""What a file is, by its bytes, and whether its name says the same."""

from __future__ import annotations

import re
from pathlib import Path

from goldthread.reading.document import UnreadableFile
from goldthread.reading.readers import archive

MAX_BYTES = 50 * 1024 * 1024  # a plan with its pictures; larger files are scans or exports of whole systems
HEAD = 65_536  # how much of a file is looked at to tell what it is

MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

EXTENSIONS = {
    "txt": "txt", "text": "txt", "md": "md", "markdown": "md",
    "csv": "csv", "tsv": "tsv", "tab": "tsv",
    "html": "html", "htm": "html", "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx", "docm": "docx", "dotx": "docx", "dotm": "docx",
    "xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx", "xltm": "xlsx",
    "doc": "doc", "dot": "doc", "xls": "xls", "xlsb": "xlsb", "odt": "odt", "ott": "odt", "ods": "ods", "rtf": "rtf",
    "ppt": "ppt", "pptx": "pptx", "odp": "odp",
    "png": "picture", "jpg": "picture", "jpeg": "picture", "gif": "picture", "tif": "picture", "tiff": "picture",
    "bmp": "picture", "webp": "picture", "heic": "picture",
    "zip": "zip",
}  # fmt: skip

WORDS_FOR = {
    "txt": "plain text",
    "csv": "plain text",
    "html": "a web page",
    "pdf": "a PDF",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
    "doc": "an old Word document",
    "xls": "an old Excel workbook",
    "odt": "an OpenDocument text",
    "rtf": "a rich text document",
    "picture": "a picture",
    "zip": "a zip archive",
}

# What is recognised and not read, with the remedy.
NOT_READ = {
    "doc": "is an old Word document (.doc): open it in Word and save it as .docx.",
    "xls": "is an old Excel workbook (.xls): open it in Excel and save it as .xlsx.",
    "xlsb": "is a binary Excel workbook (.xlsb): open it in Excel and save it as .xlsx.",
    "ods": "is an OpenDocument spreadsheet: open it and save it as .xlsx.",
    "odp": "is a presentation: save it as PDF and choose that.",
    "ppt": "is a presentation: save it as PDF and choose that.",
    "pptx": "is a presentation: save it as PDF and choose that.",
    "rtf": "is a rich text document: open it in Word and save it as .docx.",
    "picture": "is a picture and holds no text: choose the document it was made from.",
    "zip": "is a zip archive: unpack it and choose the documents inside.",
    "ole": "is an old Office file of a kind that is not read: open it in its program and save it as .docx or .xlsx.",
    "xml": "is an XML file: open it in the program that made it and save it as .docx, .xlsx, .csv or PDF.",
    "binary": "is not a document of a kind that is read: choose a .docx, .odt, .pdf, .xlsx, .csv, .html, .txt or .md file.",
}

_MAGIC = [
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"\x1f\x8b", "binary"),
    (b"7z\xbc\xaf", "binary"),
    (b"Rar!", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ", "binary"),
]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|h[1-6]|div|p)[\s>]",
    re.I | re.S,
)
_TEXT_NAMES = ("txt", "md", "csv", "tsv")


def recognise(path: Path, name: str) -> str:
    """The format of a file: a key of MEDIA_TYPES. Raises UnreadableFile for other files and those misnamed."""
    head = _open(path, name)
    said = EXTENSIONS.get(Path(name).suffix.lower().lstrip("."))
    found = _by_content(path, name, head, said)
    if found == "text":
        return _text_format(name, head, said)
    if found in NOT_READ:
        raise UnreadableFile(f"{name} {NOT_READ[found]}")
    if said is not None and said != found:
        raise UnreadableFile(
            f"{name} is {WORDS_FOR[found]} by its contents, which its name does not say: rename it to "
            f"{Path(name).stem}.{found} and choose it again."
        )
    return found


def too_large(name: str, size: int) -> UnreadableFile:
    """What is said of a file of more than ``MAX_BYTES`` bytes."""
    return UnreadableFile(
        f"{name} is too large ({size // 1024**2} MB, at most {MAX_BYTES // 1024**2} MB is read): "
        "take out its pictures or split it."
    )


def _open(path: Path, name: str) -> bytes:
    """The head of the file, after the checks that hold for any file."""
    try:
        if not path.is_file():
            raise UnreadableFile(f"{name} is not there or is not a file: check its name and folder.")
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFile(f"{name} is empty (0 bytes): save it again from the program that made it.")
        if size > MAX_BYTES:
            raise too_large(name, size)
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as problem:
        raise UnreadableFile(
            f"{name} cannot be opened ({problem.strerror or 'no access'}): check that you may read it."
        ) from problem


def _by_content(path: Path, name: str, head: bytes, said: str | None) -> str:
    """A format, a key of NOT_READ, or "text"."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return archive.kind_of(path, name)
    if head.startswith(_OLE):
        return _ole_kind(path, name)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as Excel's "Unicode text"
        page = _HTML.match(head[: len(head) // 2 * 2].decode("utf-16", "replace").encode())
        return "html" if page and said == "html" else "text"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head):
            return kind
    if said in ("pdf", "docx", "odt", "xlsx"):
        word = WORDS_FOR[said]
        raise UnreadableFile(
            f"{name} is not {word}, whatever its name says, or its beginning is damaged: save it again from the "
            "program that made it."
        )
    if b"\x00" in head:
        if said in _TEXT_NAMES:
            raise UnreadableFile(
                f"{name} has NUL bytes in it, so it is not plain text: export it again as UTF-8 (CSV UTF-8 in Excel)."
            )
        return "binary"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) and (said == "html" or b"<html" in head.lower()):
        return "html"
    if head.lstrip().startswith(b"<?xml") and said != "html":
        return "xml"
    return "html" if said == "html" and b"<" in head else "text"


def _text_format(name: str, head: bytes, said: str | None) -> str:
    """Plain text is what its name says it is; a table cannot be told from prose by its bytes."""
    if said in _TEXT_NAMES:
        return str(said)
    if said is None:
        return "txt"
    raise UnreadableFile(
        f"{name} is plain text by its contents, which its name does not say: rename it to {Path(name).stem}.txt (or "
        ".csv for a table) and choose it again."
    )


def _ole_kind(path: Path, name: str) -> str:
    """Old Office files and encrypted new ones share one container; the names of its streams tell them apart."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(f"{name} is protected with a password: open it, take the password off, and save it again.")
    for stream, kind in (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt")):
        if stream.encode("utf-16-le") in data:
            return kind
    return "ole"
