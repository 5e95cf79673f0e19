"""Give a running council one person for each role, and print a sign-in link for each.

    python -m tests.support.people http://127.0.0.1:8123 [ROLE …]

Runs beside the server, on the same home folder. Prints one JSON object: role → the address of a one-time link. The
roles that are held for a body, an item or a directorate are held for the first there is.
"""

from __future__ import annotations

import json
import os
import sys

ADDRESS = "{role}@fernleigh.example"
NAMES = {
    "viewer": "Vera Lundy",
    "contributor": "Connor Bright",
    "lead": "Lena Farrow",
    "coordinator": "Cora Mayhew",
    "director": "Dirk Osgood",
    "executive": "Edie Swann",
    "councillor": "Cllr Colin Reeve",
    "auditor": "Audra Penn",
    "administrator": "Adam Stoker",
}


def main(base_url: str, roles: list[str]) -> None:
    """Make the people who are missing and print their links."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django

    django.setup()
    from goldthread.commons.access.actions import give_role
    from goldthread.commons.accounts.actions import create_account, local_user, sign_in_url
    from goldthread.commons.accounts.models import User

    by = local_user()
    links = {}
    for role in roles or NAMES:
        email = ADDRESS.format(role=role)
        user = User.objects.filter(email=email).first()
        if user is None:
            user = create_account(email=email, name=NAMES[role], by=by, reason="For a journey")
            give_role(user=user, role=role, by=by, reason="For a journey", scope=_scope(role, by))
        links[role] = sign_in_url(user, base_url, hours=12)
    print(json.dumps(links))


def _scope(role: str, by):
    from goldthread.commons.access.terms import ScopeKind
    from goldthread.commons.access.viewer import Scope
    from goldthread.domain.organisation.actions import add_body
    from goldthread.domain.organisation.models import Body
    from goldthread.domain.register.models import Record

    if role == "contributor":
        return Scope(ScopeKind.RECORD, Record.objects.filter(kind="action").order_by("pk")[0].pk)
    if role == "councillor":
        body = Body.objects.order_by("pk").first() or add_body(name="Overview and Scrutiny Committee", by=by)
        return Scope(ScopeKind.BODY, body.pk)
    return Scope(ScopeKind.EVERYTHING)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
