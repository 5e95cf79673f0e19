"""Every action of the room."""

from goldthread.domain.rounds.actions.anew import ask_anew
from goldthread.domain.rounds.actions.answering import (
    Answer,
    Newer,
    Sent,
    hand_over,
    not_away,
    save_draft,
    say_away,
    send,
    send_all,
    take_back,
)
from goldthread.domain.rounds.actions.attaching import attach, detach, let_go_of_files
from goldthread.domain.rounds.actions.chasing import Ticked, new_link, remind, tick
from goldthread.domain.rounds.actions.checking import (
    accept,
    check,
    close_for_updates,
    mark_frozen,
    mark_issued,
    return_items,
    send_back,
    sign_off,
)
from goldthread.domain.rounds.actions.links import enter, make_feed, note_use, revoke, revoke_feed
from goldthread.domain.rounds.actions.opening import Opened, give_address, open_round
from goldthread.domain.rounds.actions.planning import add_round, call_off, end_cadence, plan_rounds, set_cadence
from goldthread.domain.rounds.actions.using import use_draft

__all__ = [
    "Answer",
    "Newer",
    "Opened",
    "Sent",
    "Ticked",
    "accept",
    "add_round",
    "ask_anew",
    "attach",
    "call_off",
    "check",
    "close_for_updates",
    "detach",
    "end_cadence",
    "enter",
    "give_address",
    "hand_over",
    "let_go_of_files",
    "make_feed",
    "mark_frozen",
    "mark_issued",
    "new_link",
    "not_away",
    "note_use",
    "open_round",
    "plan_rounds",
    "remind",
    "return_items",
    "revoke",
    "revoke_feed",
    "save_draft",
    "say_away",
    "send",
    "send_all",
    "send_back",
    "set_cadence",
    "sign_off",
    "take_back",
    "tick",
    "use_draft",
]
