"""Facts and figures carry over from a council's documents; sentences and the names of its officers do not.

The check reads the documents that may stand beside the checkout, and is skipped without them.
"""

import contextlib
import json
import re
import zipfile

import pytest

from tests.house.tree import named, repository_files

RUN = 11
"""A run of this many words that stands in a document of others is a copy."""

WORD = re.compile(r"[a-z0-9£%']+")
PACKED = {".docx", ".xlsx", ".odt", ".ods", ".pptx"}


def words(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, figures, without marks."""
    return WORD.findall(text.lower().replace("’", "'"))


def runs(text: str) -> set[str]:
    """Every run of words in a text."""
    found = words(text)
    return {" ".join(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def text_of(path) -> str:
    """The text of a file of the repository: packed office files and PDF included; "" for other binary files."""
    if path.suffix.lower() in PACKED:
        return " ".join(_without_tags(part) for part in _parts(path))
    if path.suffix.lower() == ".pdf":
        return _pdf_text(path)
    raw = path.read_bytes()
    return "" if b"\0" in raw[:4096] else raw.decode("utf-8", "ignore")


def _parts(path):
    """The XML parts of a packed file; none of one that is broken, locked or a bomb on purpose, for the tests of bad input."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        for part in packed.infolist():
            if part.filename.endswith(".xml") and part.file_size < 30_000_000 and not part.flag_bits & 1:
                with contextlib.suppress(zipfile.BadZipFile):
                    yield packed.read(part).decode("utf-8", "ignore")


def _without_tags(part):
    one_run = re.sub(r"</w:t>\s*</w:r>\s*<w:r\b.*?<w:t[^>]*>", "", part)  # a word that is split between two runs
    return re.sub(r"<[^>]+>", " ", one_run)


def _pdf_text(path) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ""  # a file that is broken on purpose, for the tests of bad input
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture(scope="module")
def originals():
    """The documents of others, as text; the test is skipped without them."""
    from tests.support.shared import shared_folder

    folder = shared_folder()
    if folder is None:
        pytest.skip("the folder of real documents (GOLDTHREAD_SHARED, or ../shared) is not here")
    found = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted((folder / "documents").glob("*.txt"))]
    assert found and sum(len(words(text)) for text in found) > 5000
    return found


@pytest.fixture(scope="module")
def ours():
    """Every file of the repository with its text."""
    found = {named(path): text_of(path) for path in repository_files()}
    assert len(found) > 100
    return found


def test_no_sentence_of_the_documents_stands_in_the_repository(originals, ours):
    theirs = set().union(*(runs(text) for text in originals))
    copied = {name: sorted(runs(text) & theirs)[:3] for name, text in ours.items() if runs(text) & theirs}
    assert not copied, "say it in your own short words; figures, dates and the names of posts may stay"


def test_a_copy_would_be_seen(originals, tmp_path):
    sentence = " ".join(originals[0].split()[200:230])
    assert runs(sentence) & runs(originals[0])
    packed = tmp_path / "plan.docx"
    with zipfile.ZipFile(packed, "w") as archive:
        body = "".join(f"<w:t>{word} </w:t>" for word in re.sub(r"[<>&]", " ", sentence).split())
        archive.writestr("word/document.xml", f"<w:p>{body}</w:p>")
    assert runs(text_of(packed)) & runs(originals[0])


ROLE = re.compile(
    r"\b(?:Chief|Executive|Director|Officer|Leader|Member|Cabinet|Council|Head|Lead|Group|Service|Board|Team)s?\b"
)
PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2}")


def test_no_officer_of_the_documents_is_named_in_the_repository(ours):
    from tests.support.shared import shared_folder

    folder = shared_folder()
    if folder is None or not (folder / "accuracy" / "gold").is_dir():
        pytest.skip("the readings of the real documents (GOLDTHREAD_SHARED, or ../shared) are not here")
    readings = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "accuracy" / "gold").glob("*.json")]
    leads = {lead for each in readings for record in each.get("records", ()) for lead in record.get("leads") or ()}
    people = {lead for lead in leads if PERSON.fullmatch(lead) and not ROLE.search(lead)}
    assert len(people) >= 10
    pattern = re.compile("|".join(sorted(map(re.escape, people))))
    named_here = {name: found[0] for name, text in ours.items() if (found := pattern.search(text))}
    assert not named_here, "people in fixtures and examples are invented"
