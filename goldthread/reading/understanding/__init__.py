"""From a Document to a Reading: which kind of document it is, and what it says.

``understand`` looks at what a document holds (never at its name), chooses a kind and hands the document to the module that
knows that kind. Tables of actions, measures, savings and other entries go to ``plans``, ``trackers`` and ``shredded``;
reports and structures in prose go to ``reports`` and ``structures``.
"""

from __future__ import annotations

from goldthread.reading.document import Document
from goldthread.reading.reading import Reading
from goldthread.reading.understanding.kinds import kind_and_grids
from goldthread.reading.understanding.regained import regained
from goldthread.reading.understanding.turned import upright

__all__ = ["understand"]


def understand(document: Document) -> Reading:
    """The reading of a document: its kind, title and as-at date, its records, and every word that is in no record.

    Raises nothing of its own: a document that holds nothing that is understood gives kind ``other``, its words unplaced.
    """
    whole = regained(document)
    reading = _read(upright(whole))
    fresh = [ask for ask in whole.asks if ask not in document.asks]
    reading.questions.extend({"record": None, "ask": ask, "choices": []} for ask in fresh)
    return reading


def _read(document: Document) -> Reading:
    kind, grids = kind_and_grids(document)
    if kind == "review-report":
        from goldthread.reading.understanding.reports import read_review_report

        return read_review_report(document)
    if kind == "structure-report":
        from goldthread.reading.understanding.structures import read_structure_report

        return read_structure_report(document)
    if kind == "structure-page":
        from goldthread.reading.understanding.structures import read_structure_page

        return read_structure_page(document)
    from goldthread.reading.understanding.plans import read_plan

    return read_plan(document, kind=kind, grids=grids)
