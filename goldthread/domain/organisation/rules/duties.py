"""Which statutory roles a kind of authority must have, which do not go together, what is missing on a day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("statutory_roles.toml")
AUTHORITIES = ("london borough", "metropolitan district", "unitary", "county", "district")
"""Kinds of authority in England that the rules tell apart."""


@dataclass(frozen=True, slots=True)
class StatutoryRole:
    """A role: what it is called, where it stands written, since when, and which kinds of authority must have it."""

    key: str
    title: str
    source: str
    starts: date
    required_for: tuple[str, ...] = ()
    chief_officer: bool = False
    needs_deputy: bool = False
    aliases: tuple[str, ...] = ()
    ends: date | None = None

    def required(self, authority: str, day: date) -> bool:
        """Whether an authority of that kind must have it on a day."""
        return authority in self.required_for and self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two roles that one person may not (hard) or should not (soft) hold."""

    roles: tuple[str, str]
    hard: bool
    source: str


@dataclass(frozen=True, slots=True)
class Held:
    """A role as carried on a day: by which post, held by which people (none: vacant), how."""

    role: str
    post: int
    title: str
    people: tuple[str, ...] = ()
    deputy: bool = False
    acting: bool = False
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a statutory role on a day, in a sentence; hard ones break the law."""

    role: str
    sentence: str
    hard: bool
    source: str = ""


@lru_cache(maxsize=1)
def statutory_roles() -> tuple[StatutoryRole, ...]:
    """Every role on file, in the order of the file."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["role"]
    return tuple(
        StatutoryRole(
            key=one["key"],
            title=one["title"],
            source=one["source"],
            starts=one["from"],
            required_for=tuple(one["required_for"]),
            chief_officer=one.get("chief_officer", False),
            needs_deputy=one.get("deputy", False),
            aliases=tuple(one.get("aliases", ())),
            ends=one.get("until"),
        )
        for one in entries
    )


@lru_cache(maxsize=1)
def clashes() -> tuple[Clash, ...]:
    """Every pair of roles that does not go together."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["conflict"]
    return tuple(Clash((one["roles"][0], one["roles"][1]), one["weight"] == "hard", one["source"]) for one in entries)


def role_named(key: str) -> StatutoryRole | None:
    """The role of a key."""
    return next((one for one in statutory_roles() if one.key == key), None)


def role_printed(words: str) -> StatutoryRole | None:
    """The role that printed words name ("S151 Officer", "Head of the Paid Service"), None where they name none."""
    wanted = _plain(words)
    return next(
        (one for one in statutory_roles() if wanted in {_plain(name) for name in (one.title, *one.aliases)}), None
    )


def _plain(words: str) -> str:
    kept = re.sub(r"\b(?:statutory|designated|deputy|acting|interim|the)\b", " ", words.casefold().replace("’", "'"))
    return " ".join(re.findall(r"[a-z0-9']+", kept))


def faults(held: Sequence[Held], *, authority: str, on: date) -> list[Fault]:
    """Everything that is wrong with the statutory roles of an authority on a day, in the order of the roles on file."""
    found: list[Fault] = []
    for role in statutory_roles():
        own = [one for one in held if one.role == role.key and not one.deputy]
        found += _faults_of(role, own, [one for one in held if one.role == role.key and one.deputy], authority, on)
    for clash in clashes():
        found += _clashing(held, clash)
    return found


def _faults_of(
    role: StatutoryRole, own: Sequence[Held], deputies: Sequence[Held], authority: str, on: date
) -> Iterable[Fault]:
    needed = role.required(authority, on)
    if not own:
        if needed:
            yield Fault(role.key, f"No post is on record as {role.title.lower()}.", True, role.source)
        return
    for one in own:
        if not one.people and needed:
            yield Fault(role.key, f"{one.title} carries the role and is vacant.", True, role.source)
        if one.acting and one.ends is None:
            yield Fault(
                role.key, f"{one.title} is acting without a last day.", False, "An acting holder has an end date"
            )
    if len(own) > 1:
        posts = " and ".join(one.title for one in own)
        yield Fault(role.key, f"{posts} both carry the role on this day.", False, role.source)
    if role.needs_deputy and needed and not deputies:
        yield Fault(role.key, f"No deputy is on record for the {role.title.lower()}.", False, role.source)


def _clashing(held: Sequence[Held], clash: Clash) -> Iterable[Fault]:
    first, second = ([one for one in held if one.role == key and not one.deputy] for key in clash.roles)
    names = [_title(key) for key in clash.roles]
    for one in first:
        for other in second:
            who = _shared(one, other)
            if who:
                word = "may not" if clash.hard else "should not"
                sentence = f"{who} is both {names[0].lower()} and {names[1].lower()}, which one person {word} be."
                yield Fault(clash.roles[0], sentence, clash.hard, clash.source)


def _shared(one: Held, other: Held) -> str:
    if one.post == other.post:
        return one.title
    return next((name for name in one.people if name in other.people), "")


def _title(key: str) -> str:
    role = role_named(key)
    return role.title if role else key


def would_clash(role: str, post: int, people: Collection[str], held: Sequence[Held]) -> list[tuple[Clash, str]]:
    """The pairs that a post would break by carrying a role too: each with the other role's title. Deputies do not count."""
    own = Held(role, post, "", tuple(people))
    found = []
    for clash in clashes():
        if role not in clash.roles:
            continue
        other_key = clash.roles[1] if clash.roles[0] == role else clash.roles[0]
        for other in held:
            if other.role == other_key and not other.deputy and (other.post == post or _shared(own, other)):
                found.append((clash, _title(other_key)))
    return found


# Politically restricted posts ------------------------------------------------------------------------------------

CLERICAL = re.compile(
    r"\b(?:secretar(?:y|ial)|clerical|personal assistant|pa to|administrat(?:or|ive)|support officer)\b", re.I
)
"""Posts that the Act leaves out: those who do secretarial, clerical or support work (section 2(9))."""


def restricted(
    reports_to: Mapping[int, int | None],
    titles: Mapping[int, str],
    carried: Mapping[str, Collection[int]],
    listed: Mapping[int, str],
) -> dict[int, str]:
    """Why each post is politically restricted (Local Government and Housing Act 1989, section 2), by post.

    Takes lines (post → post above), titles, the posts that carry each statutory role, and the council's own list (post →
    category), which goes first. A post in several categories stands in the first one of the Act. Categories are those of
    ``terms.Restriction``.
    """
    heads = set(carried.get("head-of-paid-service", ()))
    monitors = set(carried.get("monitoring-officer", ()))
    statutory = {post for role in statutory_roles() if role.chief_officer for post in carried.get(role.key, ())}
    clerical = {post for post, title in titles.items() if CLERICAL.search(title)}
    below_head = {post for post, above in reports_to.items() if above in heads} - clerical
    chiefs = statutory | below_head
    deputies = {post for post, above in reports_to.items() if above in chiefs} - clerical
    found: dict[int, str] = {}
    for posts, category in (
        (heads, "head of paid service"),
        (statutory, "statutory chief officer"),
        (below_head, "non-statutory chief officer"),
        (deputies, "deputy chief officer"),
        (monitors, "monitoring officer"),
    ):
        for post in posts:
            found.setdefault(post, category)
    return {**found, **{post: category for post, category in listed.items() if category}}
