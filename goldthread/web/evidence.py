"""Evidence in a form: files and a link beside whatever else the form asks, on any page that takes a report."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.http import FileResponse
from django.urls import reverse

from goldthread.commons.files.intake import TYPES, scans, take_in
from goldthread.domain.register.actions import NewEvidence
from goldthread.domain.register.models import Evidence
from goldthread.web.forms import SeveralFilesField


def evidence_hint() -> str:
    """Which files are taken, and whether they are scanned for viruses."""
    kinds = ", ".join(sorted({ending.lstrip(".") for ending in TYPES}))
    scanned = "Files are scanned for viruses." if scans() else "Files are not scanned for viruses here: open with care."
    return f"At most {settings.EVIDENCE_MAX_BYTES // 1024**2} MB each: {kinds}. {scanned}"


def evidence_address(reference: str, piece: Evidence) -> str:
    """Where a piece of evidence of a record opens: its file here, or the page that it links to."""
    return reverse("record_evidence_file", args=[reference, piece.pk]) if piece.sha256 else piece.link


def attachment(path: Path, name: str) -> FileResponse:
    """A file that somebody sent, as an attachment that runs nothing, whatever it says it is."""
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def size_in_words(size: int) -> str:
    """The size of a file, from bytes, the same wherever it stands: "12 KB", "1.4 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(round(size / 1000), 1):,} KB"


class EvidenceFields(forms.Form):
    """What shows it: files, a link, and what they show. Mixed into the form of a page, whose form tag is multipart."""

    evidence_title = forms.CharField(
        label="What it shows",
        max_length=300,
        required=False,
        help_text="A title that stands there already makes this its next version; left empty, the file’s name is taken",
    )
    evidence_files = SeveralFilesField(label="Files", required=False)
    evidence_link = forms.URLField(
        label="Link",
        assume_scheme="https",
        required=False,
        help_text="Kept as it is and never opened by the program",
        error_messages={"invalid": "Enter a whole link, such as https://example.gov.uk."},
    )

    evidence_public = forms.BooleanField(
        label="It may be published with the entry",
        required=False,
        help_text="Otherwise only officers who may see what is internal open it",
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["evidence_files"].help_text = evidence_hint()
        self.fields["evidence_files"].widget.attrs["accept"] = ",".join(TYPES)

    def ask_for_files_again(self) -> None:
        """Say that chosen files must be chosen once more: the form comes back, and a browser does not keep them."""
        if self.files and "evidence_files" not in self.errors:
            self.add_error("evidence_files", "Choose the files again: the browser does not keep them.")

    def new_evidence(self) -> list[NewEvidence]:
        """The pieces of a valid form, their files scanned and kept. Raises Refused for a file that is not taken."""
        values = self.cleaned_data
        title, files, link = values["evidence_title"], values["evidence_files"], values["evidence_link"]
        public = values["evidence_public"]
        pieces = [
            NewEvidence(title if len(files) == 1 else "", file=take_in(one.name, one.chunks()), public=public)
            for one in files
        ]
        if link:
            pieces.append(NewEvidence(title if not pieces else "", link=link, public=public))
        return pieces
