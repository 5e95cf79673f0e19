"""A sheet of posts, row by row: which column is what, what each row says, and what makes the sheet impossible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from goldthread.commons.errors import Refused
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.organisation.rules.lines import TO_PUBLISH, Line, circle_in
from goldthread.domain.organisation.rules.matching import title_key
from goldthread.kernel.money import Money, NotMoney
from goldthread.kernel.timescales import parse_timescale

COLUMNS = {
    "reference": r"(?:post|job|position)[ _]?(?:no\.?|number|id|ref\w*)|reference|id",
    "reports_to": r"reports?[ _]?to.*|line manager.*|manager",
    "title": r"(?:post|job|role|position)?[ _]?title|post|role|job|position",
    "directorate": r"directorate|department|service area",
    "tier": r"tier|level|layer",
    "grade": r"grade.*",
    "fte": r"fte|full[- ]time equivalents?",
    "cost_low": r"(?:cost|salary|pay)[ _](?:from|low|floor|minimum|min).*|.*pay floor.*",
    "cost_high": r"(?:cost|salary|pay)[ _](?:to|high|ceiling|maximum|max).*|.*pay ceiling.*",
    "cost": r"(?:annual )?(?:cost|salary|pay)(?: \(£\))?",
    "funding": r"fund(?:ing|ed by).*",
    "permanence": r"permanence|contract(?: type)?|permanent.*",
    "statutory_roles": r"statutory.*",
    "restriction": r"(?:politically )?restrict(?:ed|ion).*",
    "services": r"services?|team|function.*",
    "responsibilities": r"responsib.*|remit",
    "contact": r"(?:public )?contact(?: details)?",
    "budget": r"budget(?: held)?",
    "staff": r"(?:number of )?staff|head ?count",
    "bonuses": r"bonus(?:es)?",
    "benefits": r"benefits?(?: in kind)?|benefits-in-kind",
    "qualifier": r"note.*|qualifier|remarks?|comments?",
    "holder": r"holder|(?:post[- ]?)?holder.*|name|officer",
    "kind": r"how|appointment(?: type)?|basis",
    "starts": r"from|starts?|start date|appointed(?: on)?",
    "ends": r"to|until|ends?|end date|last day",
}
"""What a heading means, in the order in which they are asked; headings of posts' lists in general use."""


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody who holds a post, by a row of the sheet."""

    row: int
    post: int
    person: str
    kind: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: its posts as lines (keys are negative row numbers) and who holds them."""

    lines: tuple[Line, ...]
    held: tuple[Appointed, ...]


def columns_of(headings: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Which column holds what: by what a person said (their heading → ours), else by its heading. Raises Refused without
    a column of titles."""
    said = {name_key(theirs): ours for theirs, ours in named.items()}
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        key = name_key(heading)
        what = said.get(key) or next((w for w, words in COLUMNS.items() if re.fullmatch(words, key)), None)
        if what is not None:
            found.setdefault(what, at)
    if "title" not in found:
        known = ", ".join(f"“{heading}”" for heading in headings if heading.strip())
        raise Refused(
            f"No column holds the titles of posts: call one “Post title”, or say which of {known or 'none'} it is."
        )
    return found


def sheet_of(rows: Sequence[Sequence[str]], *, named: Mapping[str, str], first_row: int = 1) -> Sheet:
    """A sheet with its headings in the first row. Raises Refused, naming the rows, for what cannot be: a row without a title,
    a figure or a day that is none, dates reversed, two holders of a post without a job share, overlapping appointments,
    a post that reports to one that is not in the sheet, and a line that runs in a circle."""
    if len(rows) < 2:
        raise Refused("The file holds no posts: put headings in its first row and a post in each row below.")
    columns = columns_of(rows[0], named)
    cells = [
        (number, {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()})
        for number, row in enumerate(rows[1:], first_row + 1)
        if any(cell.strip() for cell in row)
    ]
    posts: dict[tuple[str, ...], Line] = {}
    above: dict[int, tuple[int, str]] = {}
    held: list[Appointed] = []
    for number, cell in cells:
        line = _line(number, cell)
        known = posts.setdefault(_identity(line), line)
        if known is line and cell.get("reports_to"):
            above[line.key] = (number, cell["reports_to"])
        if cell.get("holder") and name_key(cell["holder"]) not in {"vacant", "vacancy", "n/a", "-", "n/d"}:
            held.append(_appointed(number, cell, known))
    lines = _with_lines(list(posts.values()), above)
    if ring := circle_in(lines):
        told = " → ".join(f"{line.title} (row {-line.key})" for line in [*ring, ring[0]])
        raise Refused(f"The line runs in a circle: {told}. Correct one of these rows.")
    _refuse_two_holders(held, {line.key: line for line in lines})
    return Sheet(tuple(lines), tuple(held))


def _identity(line: Line) -> tuple[str, ...]:
    """Rows with one number, or else one title in one directorate, speak of one post."""
    return ("#", name_key(line.reference)) if line.reference else (title_key(line.title), name_key(line.directorate))


def _line(number: int, cell: Mapping[str, str]) -> Line:
    title = " ".join(cell["title"].split())
    if not title:
        raise Refused(f"Row {number} has no title; give the post one, or delete the row.")
    low, high = (_pence(number, cell.get(name, "")) for name in ("cost_low", "cost_high"))
    one = _pence(number, cell.get("cost", ""))
    low, high = (low if low is not None else one), (high if high is not None else one)
    if low is not None and high is not None and high < low:
        raise Refused(f"Row {number}: the top of the band of {title} is below its foot; swap the two.")
    return Line(
        key=-number,
        title=title[:300],
        directorate=" ".join(cell.get("directorate", "").split()),
        tier=_whole(number, cell.get("tier", "")),
        grade=cell.get("grade", "")[:60],
        fte=_fte(number, cell.get("fte", "")),
        cost_low=low,
        cost_high=high,
        funding=cell.get("funding", "")[:300],
        permanence=_permanence(number, cell.get("permanence", "")),
        statutory_roles=_items(cell.get("statutory_roles", "")),
        restriction=_restriction(number, cell.get("restriction", "")),
        services=_items(cell.get("services", "")),
        responsibilities=_items(cell.get("responsibilities", "")),
        qualifier=cell.get("qualifier", ""),
        reference=cell.get("reference", "")[:40],
        position=number,
        to_publish=tuple((name, cell[name][:500]) for name in TO_PUBLISH if cell.get(name)),
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in re.split(r"[;\n]", text) if item.strip())


def _pence(number: int, text: str) -> int | None:
    if not text or text in {"-", "–", "N/A", "n/a"}:
        return None
    try:
        return Money.parse(text, bare=True).pence
    except NotMoney:
        raise Refused(f"Row {number}: “{text[:40]}” is no sum of money; write it as £65,000.") from None


def _fte(number: int, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        value = Decimal(-1)
    if not 0 <= value < 10_000:
        raise Refused(f"Row {number}: “{text[:40]}” is no number of full-time equivalents; write it as 0.6.")
    return value


def _whole(number: int, text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"(?:tier |level )?(\d{1,2})(?:\.0)?", text, re.IGNORECASE)
    if found is None:
        raise Refused(f"Row {number}: “{text[:40]}” is no tier; write it as 1, 2, 3.")
    return int(found[1])


def _permanence(number: int, text: str) -> str:
    key = name_key(text).replace("-", " ")
    words = {"": "", "permanent": "permanent", "perm": "permanent", "p": "permanent", "fixed term": "fixed term",
             "temporary": "temporary", "temp": "temporary", "t": "temporary", "yes": "permanent", "no": "temporary"}  # fmt: skip
    if key not in words:
        raise Refused(f"Row {number}: “{text[:40]}” is not permanent, fixed term or temporary.")
    return words[key]


RESTRICTIONS = {
    "head of paid service", "statutory chief officer", "non-statutory chief officer", "deputy chief officer",
    "monitoring officer", "political assistant", "delegated powers", "advises", "media",
}  # fmt: skip
"""Why a post is politically restricted; the words of ``terms.Restriction``."""


def _restriction(number: int, text: str) -> str:
    key = name_key(text)
    if key in ("", "no", "n"):
        return ""
    if key not in RESTRICTIONS:
        raise Refused(f"Row {number}: say why the post is restricted: {', '.join(sorted(RESTRICTIONS))}.")
    return key


def _day(number: int, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        found = parse_timescale(text)
    if found.start is None or found.start != found.end:
        raise Refused(f"Row {number}: “{text[:40]}” is no day; write it as 1 April 2026.")
    return found.start


def _appointed(number: int, cell: Mapping[str, str], line: Line) -> Appointed:
    starts, ends = _day(number, cell.get("starts", "")), _day(number, cell.get("ends", ""))
    if starts and ends and ends < starts:
        raise Refused(f"Row {number}: the last day of {cell['holder']} is before the first; swap the dates.")
    kind = name_key(cell.get("kind", "")) or "substantive"
    if kind not in {"substantive", "acting", "interim", "job share"}:
        raise Refused(f"Row {number}: “{cell['kind']}” is not substantive, acting, interim or job share.")
    return Appointed(number, line.key, " ".join(cell["holder"].split())[:200], kind, starts, ends)


def _with_lines(lines: list[Line], above: Mapping[int, tuple[int, str]]) -> list[Line]:
    """Lines with who they report to: by number, else by title, of one's own directorate first."""

    by_number = {name_key(line.reference): line for line in lines if line.reference}
    by_title: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_title[title_key(line.title)].append(line)
    found = []
    for line in lines:
        number, wanted = above.get(line.key, (0, ""))
        if not wanted or name_key(wanted) in {"xx", "-", "n/a", "none"}:
            found.append(line)
            continue
        found.append(replace(line, reports_to=_wanted(number, wanted, line, by_number, by_title).key))
    return found


def _wanted(
    number: int, wanted: str, line: Line, by_number: Mapping[str, Line], by_title: Mapping[str, list[Line]]
) -> Line:
    if name_key(wanted) in by_number:
        return by_number[name_key(wanted)]
    named = by_title.get(title_key(wanted), [])
    own = [each for each in named if name_key(each.directorate) == name_key(line.directorate)]
    chosen = own if len(own) == 1 else named
    if not chosen:
        raise Refused(
            f"Row {number}: {line.title} reports to “{wanted[:80]}”, which is not in this file; "
            "a line stays within one structure."
        )
    if len(chosen) > 1:
        rows = " and ".join(str(-each.key) for each in chosen[:3])
        raise Refused(f"Row {number}: “{wanted[:80]}” stands in rows {rows}; give posts numbers and name the number.")
    return chosen[0]


def _refuse_two_holders(held: Sequence[Appointed], lines: Mapping[int, Line]) -> None:
    """Two people in one post at one time are a job share, or one of them is acting; else the sheet is wrong."""
    by_post: dict[int, list[Appointed]] = defaultdict(list)
    for each in held:
        if each.kind == "substantive":
            by_post[each.post].append(each)
    for key, rows in by_post.items():
        for at, one in enumerate(rows):
            for other in rows[at + 1 :]:
                apart = (one.ends and other.starts and one.ends < other.starts) or (
                    other.ends and one.starts and other.ends < one.starts
                )
                if not apart:
                    dated = bool(one.starts or one.ends or other.starts or other.ends)
                    how = "at overlapping times" if dated else "without a job share"
                    raise Refused(
                        f"Rows {one.row} and {other.row} both have a holder of {lines[key].title} {how}; "
                        "say “job share” in both, or correct the dates."
                    )
