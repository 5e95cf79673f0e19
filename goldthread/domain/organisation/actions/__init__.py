"""Changing the organisation. Every action is atomic, has a person and leaves an event."""

from __future__ import annotations

from goldthread.domain.organisation.actions.names import remember_match
from goldthread.domain.organisation.actions.owners import (
    add_body,
    add_directorate,
    add_meeting,
    add_office,
    add_post,
    edit_post,
)
from goldthread.domain.organisation.actions.people import (
    add_member,
    add_person,
    appoint,
    end_appointment,
    link_account,
    set_address,
)

__all__ = [
    "add_body",
    "add_directorate",
    "add_meeting",
    "add_member",
    "add_office",
    "add_person",
    "add_post",
    "appoint",
    "edit_post",
    "end_appointment",
    "link_account",
    "remember_match",
    "set_address",
]
