"""Tables of restructures."""

from goldthread.domain.restructures.models.drafts import DraftEdit, NamedPerson, Restructure
from goldthread.domain.restructures.models.steps import StepTaken, Succession

__all__ = ["DraftEdit", "NamedPerson", "Restructure", "StepTaken", "Succession"]
