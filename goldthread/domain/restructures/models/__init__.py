"""Tables of restructures."""

from goldthread.domain.restructures.models.drafts import DraftEdit, NamedPerson, Restructure
from goldthread.domain.restructures.models.promises import PromiseAnswer
from goldthread.domain.restructures.models.steps import StepTaken, Succession

__all__ = ["DraftEdit", "NamedPerson", "PromiseAnswer", "Restructure", "StepTaken", "Succession"]
