"""The permission table: every address of the URL map with who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from goldthread.commons.access.decorators import Mark, mark_of
from goldthread.commons.access.middleware import listed_views
from goldthread.commons.access.roles import Role, all_roles
from goldthread.commons.access.terms import Permission, ScopeKind


@dataclass(frozen=True, slots=True)
class Row:
    """An address: the name of its route, its pattern from the root, and its mark (None: it has none, which is a fault)."""

    name: str
    pattern: str
    mark: Mark | None

    @property
    def parameterless(self) -> bool:
        """Whether the address has no part to fill in."""
        return "<" not in self.pattern and "(" not in self.pattern

    def lets_in(self, role: Role) -> bool:
        """Whether who holds this role, and no other, may open it; the public holds the role "public"."""
        if self.mark is None:
            return False
        if self.mark.permissions:
            items_alone = set(role.scopes) == {ScopeKind.RECORD}
            opens = role.permissions - {Permission.SEE_INTERNAL} if items_alone else role.permissions
            return any(permission in opens for permission in self.mark.permissions)
        return bool(role.scopes) or not self.mark.signed_in


def permission_table() -> list[Row]:
    """Every address of the URL map, sorted by its pattern."""
    marks = listed_views()
    found = []
    for name, pattern, route in _walk(get_resolver().url_patterns, "/", ""):
        found.append(Row(name, pattern, mark_of(route.callback) or marks.get(name)))
    return sorted(found, key=lambda row: (row.pattern, row.name))


def as_markdown(rows: list[Row]) -> str:
    """The table as the page docs/permissions.md."""
    roles = list(all_roles().values())
    lines = [
        "# Who may open which page",
        "",
        "Made by `goldthread manage permissions > docs/permissions.md` from the URL map; a test compares the two.",
        "Who may not: to sign-in when not signed in, otherwise the answer is 404. What a page then shows is decided",
        "record by record, by where the role is held.",
        "",
        "| Address | Route | Who | Roles |",
        "|---|---|---|---|",
    ]
    for row in rows:
        names = ", ".join(role.name for role in roles if row.lets_in(role))
        who = str(row.mark) if row.mark else "**Nobody: the view has no mark**"
        everyone = row.mark is not None and not row.mark.permissions
        lines.append(f"| `{row.pattern}` | `{row.name}` | {who} | {'' if everyone else names} |".replace("|  |", "| |"))
    lines += ["", "## The roles", ""]
    for role in roles:
        where = ", ".join(scope.label.lower() for scope in role.scopes)
        held = f" Held for: {where}." if where else ""
        lines.append(f"- **{role.name}** (`{role.key}`): {role.description}{held}")
    return "\n".join(lines) + "\n"


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, pattern, inner)
        else:
            yield f"{namespace}{entry.name or ''}", pattern, entry
