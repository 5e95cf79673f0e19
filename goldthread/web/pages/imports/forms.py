"""What is asked for when documents come in."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.domain.imports.models import Proposal
from goldthread.domain.imports.rules import is_unnamed
from goldthread.domain.imports.terms import COLUMNS
from goldthread.domain.register.adopters import lead_names, words_of
from goldthread.domain.register.terms import RecordKind
from goldthread.kernel.shortening import shortened
from goldthread.web.forms import DayField, SeveralFilesField

ACCEPTED = ".docx,.odt,.pdf,.xlsx,.csv,.tsv,.html,.htm,.txt,.md"
LARGEST = 50 * 1024 * 1024


class FilesForm(forms.Form):
    """The documents."""

    files = SeveralFilesField(
        label="Documents",
        help_text="Word, PDF, Excel, CSV, web page or text; several at once. Up to 50 MB each.",
        error_messages={"required": "Choose at least one document."},
    )
    as_at = DayField(
        label="Day, where a document prints none",
        help_text="For example, 27 5 2025. Peer reports and plans without a date need one; it can also be set later.",
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["files"].widget.attrs["accept"] = ACCEPTED

    def clean_files(self) -> list[Any]:
        """The files that can be taken; ``refused`` says of the others why not. An error where none can."""
        files: list[Any] = []
        self.refused: list[str] = []
        for file in self.cleaned_data["files"]:
            problem = problem_of(file)
            if problem:
                self.refused.append(problem)
            else:
                files.append(file)
        if not files:
            raise forms.ValidationError(self.refused)
        return files


def problem_of(file: Any) -> str:
    """Why a file cannot be taken, in a sentence with the remedy; "" where it can."""
    if file.size == 0:
        return f"{file.name} is empty: save it again from the program that made it."
    if file.size > LARGEST:
        return f"{file.name} is over 50 MB; bring it in in parts, or without its pictures."
    return ""


class DayForm(forms.Form):
    """The day that a document speaks of."""

    as_at = DayField(
        label="Which day does the document speak of?",
        help_text="For example, 27 5 2025: the day on which it was published or its updates were written. "
        "The document does not print it, or not clearly.",
        error_messages={"required": "Enter the day that the document speaks of."},
    )


class ColumnForm(forms.Form):
    """What a column holds, and whether its heading is remembered."""

    role = forms.ChoiceField(
        label="The column holds",
        choices=[("", "Choose one"), *COLUMNS.items()],
        error_messages={"required": "Choose what the column holds."},
    )
    remember = forms.BooleanField(label="Remember this heading for later documents", required=False)

    def __init__(self, data: Any = None, *, question: int, heading: str) -> None:
        super().__init__(data, prefix=f"column-{question}")
        self.heading = heading
        if is_unnamed(heading):
            del self.fields["remember"]


class AnyColumnForm(forms.Form):
    """What a column holds that the reader did not ask about."""

    column = forms.ChoiceField(label="The column", error_messages={"required": "Choose the column."})
    role = forms.ChoiceField(
        label="It holds",
        choices=[("", "Choose one"), *COLUMNS.items()],
        error_messages={"required": "Choose what the column holds."},
    )
    remember = forms.BooleanField(label="Remember this heading for later documents", required=False)

    def __init__(self, data: Any = None, *, headings: list[str]) -> None:
        super().__init__(data, prefix="any")
        choices = [("", "Choose one"), *((one, shortened(one, 60)) for one in headings)]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]

    @property
    def heading(self) -> str:
        """The heading of the chosen column."""
        return str(self.cleaned_data["column"])


DECISIONS = ("adopt", "adopt-certain", "adopt-all", "reject", "take-up", "merge", "answer")


class DecideForm(forms.Form):
    """Which proposals, and what to do with them. ``answer`` is "question:choice", both counted from 0."""

    proposal = forms.MultipleChoiceField(required=False)
    do = forms.ChoiceField(
        choices=[(name, name) for name in DECISIONS],
        required=False,
        error_messages={"invalid_choice": "Choose what to do."},
    )
    answer = forms.RegexField(r"^\d{1,3}:\d{1,3}$", required=False)
    reason = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Any, *, keys: list[str]) -> None:
        super().__init__(data)
        self.fields["proposal"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something to do, and something chosen where that needs it."""
        values = super().clean() or {}
        wanted = values["do"] = "answer" if values.get("answer") else values.get("do")
        if not wanted:
            raise forms.ValidationError("Choose what to do.")
        if wanted in ("adopt", "reject", "take-up", "merge", "answer") and not values.get("proposal"):
            raise forms.ValidationError("Choose at least one entry first.")
        return values


class ReasonForm(forms.Form):
    """Why entries are left out."""

    reason = forms.CharField(
        label="Why are they left out?",
        help_text="They stay beside the register and can be taken up again.",
        max_length=2000,
        error_messages={"required": "Say why they are left out."},
    )


class PartForm(forms.Form):
    """Where an entry is parted in two, and what becomes of the second part."""

    part = forms.ChoiceField(
        label="What is parted",
        choices=[("text", "Its words"), ("update", "Its update")],
        widget=forms.RadioSelect,
        initial="text",
    )
    begins = forms.CharField(
        label="The second part begins with",
        help_text="Copy the first few words of the second part as they stand.",
        max_length=500,
        error_messages={"required": "Copy the words with which the second part begins."},
    )
    into = forms.ChoiceField(label="The second part of an update belongs to", required=False)

    def __init__(self, data: Any = None, *, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, prefix="part", **options)
        self.fields["into"].choices = [("", "A new entry with the same words"), *others]  # type: ignore[attr-defined]


class TogetherForm(forms.Form):
    """Which entry this one is put together with."""

    other = forms.ChoiceField(
        label="Put it together with",
        help_text="All words, leads and places go to the one that is printed first.",
        error_messages={"required": "Choose an entry.", "invalid_choice": "Choose an entry of the list."},
    )

    def __init__(self, data: Any = None, *, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, prefix="together", **options)
        self.fields["other"].choices = [("", "Choose an entry"), *others]  # type: ignore[attr-defined]


KINDS = [*RecordKind.choices, ("post", "Post"), ("responsibility", "Responsibility")]
# A plan, review or report is the document itself; it is not found inside one.
CHOICES = [pair for pair in KINDS if pair[0] not in (RecordKind.PLAN, RecordKind.REVIEW, RecordKind.REPORT)]


PRINTED = ("timescale", "rag", "reference", "update")
"""The fields that are corrected as they are printed, each a text."""


class ProposalForm(forms.Form):
    """One proposal as it will be adopted. Several leads or headings stand one a line."""

    kind = forms.ChoiceField(label="What it is", choices=CHOICES)
    text = forms.CharField(
        label="Words", widget=forms.Textarea, max_length=100_000, error_messages={"required": "Enter the words."}
    )
    section = forms.CharField(
        label="Headings it stands under",
        help_text="Outermost first, one a line",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    leads = forms.CharField(
        label="Leads as printed",
        help_text="Accountable first, one a line",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    timescale = forms.CharField(label="Timescale as printed", required=False, max_length=300)
    rag = forms.CharField(label="Rating as printed", help_text="For example, Amber", required=False, max_length=100)
    reference = forms.CharField(label="Its reference in the document", required=False, max_length=100)
    update = forms.CharField(label="Update", widget=forms.Textarea, required=False, max_length=100_000)

    @classmethod
    def of(cls, proposal: Proposal, data: Any = None) -> ProposalForm:
        """The form filled with a proposal."""
        fields = proposal.fields
        return cls(
            data,
            initial={
                "kind": proposal.kind,
                "text": proposal.text,
                "section": "\n".join(proposal.section),
                "leads": "\n".join(lead_names(fields)),
                **{name: words_of(fields.get(name)) for name in PRINTED},
            },
        )

    def values_for(self, proposal: Proposal) -> dict[str, Any]:
        """What changed, as arguments of the action; empty where nothing did."""
        got, was = self.cleaned_data, self.initial
        changed: dict[str, Any] = {name: got[name] for name in ("kind", "text") if _flat(got[name]) != _flat(was[name])}
        if _lines(got["section"]) != _lines(was["section"]):
            changed["section"] = _lines(got["section"])
        fields: dict[str, Any] = {}
        if _lines(got["leads"]) != _lines(was["leads"]):
            fields["leads"] = [{"text": name} for name in _lines(got["leads"])] or None
        for name in PRINTED:
            if _flat(got[name]) != _flat(was[name]):
                fields[name] = got[name].strip() or None
        return {**changed, **({"fields": fields} if fields else {})}


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
