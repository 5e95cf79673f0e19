"""Writing restructures: drafts and their way to being in force, and what was promised of structures."""

from goldthread.domain.restructures.actions.drafting import (
    agree,
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
from goldthread.domain.restructures.actions.filling import appoint, fill_post, take_choice_back
from goldthread.domain.restructures.actions.promises import answer_promise

__all__ = [
    "agree",
    "answer_promise",
    "appoint",
    "choose_successor",
    "consult",
    "drop",
    "edit",
    "fill_post",
    "name_person",
    "put_in_force",
    "start",
    "take_choice_back",
    "take_edit_back",
    "take_name_off",
]
