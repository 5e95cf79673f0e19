"""Writing restructures: drafts and their way to being in force, and what was promised of structures."""

from goldthread.domain.restructures.actions.drafting import (
    agree,
    appoint,
    choose_successor,
    consult,
    drop,
    edit,
    name_person,
    put_in_force,
    start,
    take_edit_back,
    take_name_off,
)
from goldthread.domain.restructures.actions.promises import answer_promise

__all__ = [
    "agree",
    "answer_promise",
    "appoint",
    "choose_successor",
    "consult",
    "drop",
    "edit",
    "name_person",
    "put_in_force",
    "start",
    "take_edit_back",
    "take_name_off",
]
