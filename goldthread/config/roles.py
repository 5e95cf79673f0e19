"""Every role in plain English, on one page: who it is for, what it may do, and where it can be held.

What the public may see, everybody may see. A permission holds in the scope of the grant: a director's for one
directorate ends at its door. Nobody sees a restricted record without "see restricted records" where that record stands.
"""

from goldthread.commons.access.roles import Role
from goldthread.commons.access.terms import Permission as P
from goldthread.commons.access.terms import ScopeKind

COUNCIL = ScopeKind.EVERYTHING
DIRECTORATE = ScopeKind.DIRECTORATE
PLAN = ScopeKind.PLAN
BODY = ScopeKind.BODY
ITEM = ScopeKind.RECORD

ROLES = (
    Role(
        "public",
        "The public",
        "Anybody, without signing in. Sees what the council has published.",
        frozenset({P.SEE_PUBLISHED}),
        scopes=(),
    ),
    Role(
        "viewer",
        "Viewer",
        "An officer or partner who needs to read. Sees published and internal records where the role is held; "
        "changes nothing.",
        frozenset({P.SEE_PUBLISHED, P.SEE_INTERNAL, P.SEE_REPORTS, P.PRINT_REPORTS}),
        scopes=(COUNCIL, DIRECTORATE, PLAN, BODY, ITEM),
    ),
    Role(
        "contributor",
        "Contributor",
        "Answers for single items, often for a partner. Sees the items handed to them, adds updates to those, and sees "
        "nothing else that is not published.",
        frozenset({P.SEE_PUBLISHED, P.SEE_INTERNAL, P.ADD_UPDATES}),
        scopes=(ITEM,),
    ),
    Role(
        "lead",
        "Lead",
        "A director, assistant director or head of service who answers for items. Sees internal records where the role "
        "is held and adds updates to them.",
        frozenset({P.SEE_PUBLISHED, P.SEE_INTERNAL, P.SEE_REPORTS, P.ADD_UPDATES, P.PRINT_REPORTS}),
        scopes=(COUNCIL, DIRECTORATE, PLAN, BODY, ITEM),
    ),
    Role(
        "coordinator",
        "Coordinator",
        "The policy, performance or programme officer who keeps the register. Imports documents, adopts proposals, "
        "writes, edits, moves and withdraws records, matches names to posts, keeps the organisation up to date, runs the "
        "reporting rounds and issues reports. Sees restricted records where the role is held.",
        frozenset(
            {
                P.SEE_PUBLISHED,
                P.SEE_INTERNAL,
                P.SEE_RESTRICTED,
                P.SEE_REPORTS,
                P.SEE_EVENTS,
                P.ADD_UPDATES,
                P.EDIT_RECORDS,
                P.WITHDRAW_RECORDS,
                P.IMPORT_DOCUMENTS,
                P.MATCH_NAMES,
                P.EDIT_ORGANISATION,
                P.PRINT_REPORTS,
                P.RUN_ROUNDS,
                P.VERIFY,
                P.ISSUE_REPORTS,
                P.WAIVE_CHECKS,
            }
        ),
        scopes=(COUNCIL, DIRECTORATE, PLAN),
    ),
    Role(
        "director",
        "Director",
        "Answers for a directorate. Sees its internal and restricted records, adds updates, checks and verifies those of "
        "others, edits records and prints reports.",
        frozenset(
            {
                P.SEE_PUBLISHED,
                P.SEE_INTERNAL,
                P.SEE_RESTRICTED,
                P.SEE_REPORTS,
                P.ADD_UPDATES,
                P.EDIT_RECORDS,
                P.PRINT_REPORTS,
                P.VERIFY,
            }
        ),
        scopes=(COUNCIL, DIRECTORATE),
    ),
    Role(
        "executive",
        "Executive leadership",
        "A member of the leadership team. Sees every internal and restricted record of the council, adds updates, signs "
        "rounds off and agrees structures; leaves the editing to the coordinator.",
        frozenset(
            {
                P.SEE_PUBLISHED,
                P.SEE_INTERNAL,
                P.SEE_RESTRICTED,
                P.SEE_REPORTS,
                P.ADD_UPDATES,
                P.PRINT_REPORTS,
                P.VERIFY,
                P.SIGN_OFF,
                P.PLAN_STRUCTURES,
            }
        ),
    ),
    Role(
        "councillor",
        "Councillor",
        "An elected member. Sees what is published and the reports of the bodies they sit on; the role is "
        "held for a body.",
        frozenset({P.SEE_PUBLISHED, P.SEE_REPORTS}),
        scopes=(BODY,),
    ),
    Role(
        "auditor",
        "Auditor",
        "Internal audit, or an inspector given the same right. Sees every record where the role is held, restricted "
        "ones included, and who did what and why; verifies what is reported as done, and changes nothing else.",
        frozenset(
            {
                P.SEE_PUBLISHED,
                P.SEE_INTERNAL,
                P.SEE_RESTRICTED,
                P.SEE_REPORTS,
                P.SEE_EVENTS,
                P.PRINT_REPORTS,
                P.VERIFY,
            }
        ),
        scopes=(COUNCIL, PLAN),
    ),
    Role(
        "administrator",
        "Administrator",
        "Adds people, gives and ends roles. Does not thereby see any record that is not published.",
        frozenset({P.SEE_PUBLISHED, P.MANAGE_ACCOUNTS}),
    ),
)
"""The roles, in the order in which people choose among them."""
