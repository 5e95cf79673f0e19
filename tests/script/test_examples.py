"""The example council: made from its texts again, byte for byte, and free of the real council's words and people."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DOCUMENTS = sorted(
    path
    for path in EXAMPLES.iterdir()
    if path.suffix in {".docx", ".pdf", ".xlsx", ".csv"} and path.stem not in {"names", "lineages"}
)
LONGEST_RUN = 10
POST = re.compile(r"Director|Executive|Officer|Holder|Group|Leader")


@pytest.fixture(scope="module")
def made_again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, EXAMPLES / "make.py", folder], check=True)
    return folder


def _said(path: Path) -> str:
    """Every word of a document, in the order in which it stands there."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        return " ".join(re.sub(r"<[^>]+>", " ", part) for part in parts)
    return path.read_text(encoding="utf-8")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£%']+", text.lower())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    length = LONGEST_RUN + 1
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_all_five_are_there():
    assert [path.suffix for path in DOCUMENTS].count(".docx") == 2
    assert {path.suffix for path in DOCUMENTS} == {".docx", ".pdf", ".xlsx", ".csv"}
    assert len(DOCUMENTS) == 5


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_texts_make_the_same_file_again(document, made_again):
    assert _said(made_again / document.name) == _said(document)


def test_every_matched_name_has_a_post_in_the_list_of_posts():
    with (EXAMPLES / "management-team-2025-05-27.csv").open(encoding="utf-8") as file:
        posts = {row["Post"] for row in csv.DictReader(file)}
    with (EXAMPLES / "names.csv").open(encoding="utf-8") as file:
        assert {row["owner"] for row in csv.DictReader(file)} <= posts


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_sentence_of_a_real_document(document, shared_documents):
    real = set().union(*(_runs(_words(path.read_text(errors="ignore"))) for path in shared_documents.glob("*.txt")))
    assert sorted(" ".join(run) for run in _runs(_words(_said(document))) & real) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_real_officer(document, shared_documents):
    truths = (shared_documents.parent / "accuracy" / "gold").glob("*.json")
    people = set()
    for truth in truths:
        for record in json.loads(truth.read_text()).get("records", []):
            for lead in record.get("leads") or []:
                name = lead["text"] if isinstance(lead, dict) else lead
                if re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z-]+)+", name) and not POST.search(name):
                    people.add(name)
    said = " ".join(_words(_said(document)))
    assert len(people) > 10
    assert [name for name in people if " ".join(_words(name)) in said] == []
