"""Finding entries by words as people type them: another ending, another apostrophe, a lead's name, a word misspelt."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from django.db.models import Q

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.likeness.stems import stem

MOST_WORDS = 12
MOST_LOOKED_AT = 4000
"""Rows whose words are compared one by one: what the database offers beyond these is left out, as are hits over the limit."""
_WORD = re.compile(r"[^\W_]+")
_OWN = re.compile(r"[’']s\b|[’']", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Za-z][A-Za-z0-9]*)-0*(\d{1,6})")
_LIGHT = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "what", "with"}
)
_LIKE_ENOUGH = 0.8


def search(words: str, *, viewer: Viewer, limit: int = 200) -> list[Record]:
    """Live records in which every word stands, in register order: in title, text, last update, reference or the lead's name.

    A word is found by its beginning and with another ending: "arrear" and "arrears", "childrens" and "children's". Small words
    ("of", "the") need not stand there where others do.
    """
    wanted = _wanted(words)
    if not wanted:
        return []
    found = live_records(viewer=viewer)
    for word in wanted:
        found = found.filter(_may_hold(word))
    hits: list[Record] = []
    for row in found.select_related("within", "accountable")[:MOST_LOOKED_AT]:
        if all(_holds(row, word) for word in wanted):
            hits.append(row)
            if len(hits) == limit:
                break
    return hits


def suggestion(words: str, *, viewer: Viewer) -> str:
    """Words like those that find something where those find nothing: misspelt, or written apart; "" where there are none.

    Only words of what the viewer may see are offered.
    """
    wanted = _wanted(words)
    together = "".join(wanted)
    if len(wanted) > 1 and search(together, viewer=viewer, limit=1):
        return together
    known: Counter[str] = Counter()
    for title, text in live_records(viewer=viewer).values_list("title", "text")[:MOST_LOOKED_AT]:
        known.update(_words(f"{title} {text}"))
    stems = {stem(word) for word in known}
    said = []
    for word in wanted:
        if stem(word) in stems or not word.isalpha():
            said.append(word)
            continue
        near = difflib.get_close_matches(word, [one for one in known if len(one) > 3], n=5, cutoff=_LIKE_ENOUGH)
        if not near:
            return ""
        best = difflib.SequenceMatcher(None, word, near[0]).ratio()
        alike = [one for one in near if difflib.SequenceMatcher(None, word, one).ratio() > best - 0.02]
        said.append(max(alike, key=lambda one: known[one]))
    changed = [new for new, old in zip(said, wanted, strict=True) if new != old]
    for offered in (" ".join(said), " ".join(changed)) if changed else ():
        if search(offered, viewer=viewer, limit=1):
            return offered
    return ""


def _wanted(words: str) -> list[str]:
    """The words to look for, in lower case without apostrophes; references stay whole."""
    typed = [_OWN.sub("", word).strip('.,;:!?“”"()') for word in words.casefold().split()]
    typed = [word for word in typed if word][:MOST_WORDS]
    return [word for word in typed if word not in _LIGHT] or typed


def _words(text: str) -> list[str]:
    return _WORD.findall(_OWN.sub("", text.casefold()))


def _beginning(word: str) -> str:
    """What every form of a word begins with: "policies" and "policy" with "polic"."""
    root = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, stem(word), strict=False)))
    shorter = root.rstrip("iey") if word.isalpha() and word.isascii() else word
    return shorter if len(shorter) >= 3 else word


def _may_hold(word: str) -> Q:
    """What the database can say of a word: everything that holds it, and some that does not."""
    part = _beginning(word)
    found = Q(reference__iexact=word)
    if named := _REFERENCE.fullmatch(word):
        found |= Q(reference__iexact=f"{named[1]}-{int(named[2]):03d}")
    for column in ("title", "text", "last_update", "printed_leads", "accountable__name"):
        found |= Q(**{f"{column}__icontains": part})
    return found


def _holds(row: Record, word: str) -> bool:
    reference = row.reference.casefold()
    named = _REFERENCE.fullmatch(word)
    if word == reference or (named is not None and reference == f"{named[1]}-{int(named[2]):03d}"):
        return True
    lead = row.accountable.name if row.accountable is not None else ""
    text = f"{row.title} {row.text} {row.last_update} {row.printed_leads} {lead}"
    return _stands_in(word, text)


def _stands_in(word: str, text: str) -> bool:
    parts = _words(word)
    if parts != [word]:  # "£70m", "in-house", "2019/20": as it is typed
        return word in _OWN.sub("", text.casefold())
    return _any_begins(word, stem(word), _words(text))


def _any_begins(word: str, root: str, words: Iterable[str]) -> bool:
    return any(one.startswith(word) or (one[:2] == word[:2] and stem(one) == root) for one in words)
