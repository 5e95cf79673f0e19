"""Give the example council addresses, a director, an executive and a meeting, so that its plan can report.

    python -m tests.support.reporting MEETING-DATE

Runs beside the server, on the same home folder. Everybody whom the plan makes a lead gets an address.
"""

from __future__ import annotations

import os
import sys
from datetime import date


def main(meets: str) -> None:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django

    django.setup()
    from goldthread.commons.access.actions import give_role
    from goldthread.commons.access.terms import ScopeKind
    from goldthread.commons.access.viewer import Scope
    from goldthread.commons.accounts.actions import create_account, local_user
    from goldthread.domain.organisation import actions
    from goldthread.domain.organisation.models import Directorate, Person

    by = local_user()
    for person in Person.objects.filter(email="").exclude(name="Osric Bellamy"):
        first = person.name.split()[0].lower()
        actions.set_address(person=person, email=f"{first}@fernleigh.example", by=by, reason="For a journey")
    people = Directorate.objects.get(name="People")
    director = create_account(email="dirk@fernleigh.example", name="Dirk Osgood", by=by, reason="For a journey")
    scope = Scope(ScopeKind.DIRECTORATE, people.pk)
    give_role(user=director, role="director", by=by, reason="For a journey", scope=scope)
    make_heavy("Director of Partnership, Impact and Delivery", by)
    body = actions.add_body(name="Overview and Scrutiny Board", by=by)
    actions.add_meeting(body=body, held_on=date.fromisoformat(meets), by=by)


def make_heavy(name: str, by: object) -> None:
    """Let one post answer for eight live actions and seven recommendations: the heaviest that has been met."""
    from goldthread.domain.organisation.models import Owner
    from goldthread.domain.register.actions import reassign
    from goldthread.domain.register.models import Record

    post = Owner.objects.get(name=name)
    live = Record.objects.filter(within__reference="ITAP", state="open").order_by("position", "pk")
    for kind, wanted in (("action", 8), ("recommendation", 7)):
        own = live.filter(kind=kind, accountable=post).count()
        more = list(live.filter(kind=kind).exclude(accountable=post)[: max(0, wanted - own)])
        if more:
            reassign(records=more, owner=post, by=by, reason="For a journey")


if __name__ == "__main__":
    main(sys.argv[1])
