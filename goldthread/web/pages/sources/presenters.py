"""A source file as it was read: its printed places in order, each with what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.domain.register.models import Passage, Record
from goldthread.web.entries import address_of


@dataclass(slots=True)
class Place:
    """A printed place: where, the words, the entries that came of it, and whether it is the one asked for."""

    pk: int
    where: str
    text: str
    marked: bool
    entries: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """Places under the same headings of the document."""

    heading: str
    places: list[Place] = field(default_factory=list)


def parts_of(pairs: Iterable[tuple[Passage, Record]], marked: int | None) -> list[Part]:
    """The places in printed order, gathered under their headings; several entries of one place stand together."""
    parts: list[Part] = []
    last: Place | None = None
    for passage, record in pairs:
        if last is not None and last.pk == passage.pk:
            last.entries.append((record.reference, address_of(record)))
            continue
        heading = " › ".join(str(one) for one in record.section)
        if not parts or parts[-1].heading != heading:
            parts.append(Part(heading))
        last = Place(passage.pk, passage.where, passage.text, passage.pk == marked)
        last.entries.append((record.reference, address_of(record)))
        parts[-1].places.append(last)
    return parts
