"""What a structure was to bring, and what came of it: design principles answered, benefits judged."""

from __future__ import annotations

from django.db import models

from goldthread.domain.organisation.models import Structure
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.restructures.terms import Kept


class PromiseAnswer(Fact):
    """Whether a structure keeps a design principle, or brought a benefit that was claimed. Key: the record and the structure."""

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="promise_answers")
    answer = models.CharField(max_length=12, choices=Kept.choices)
    evidence = models.TextField(help_text="What shows it")
