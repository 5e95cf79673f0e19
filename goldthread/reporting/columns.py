"""The columns of a report's tables, in order, with their shares of the width."""

from __future__ import annotations

from goldthread.reporting.blocks import Column

SUMMARY = (Column("What", "what", 2.0), Column("How many", "number", 0.8), Column("What it means", "meaning", 5.0))

ACTIONS = (
    Column("Reference", "reference", 0.9),
    Column("Action", "text", 2.6),
    Column("Lead", "lead", 1.4),
    Column("Rating and date", "rating", 1.4),
    Column("Update", "update", 4.4),
    Column("Source", "source", 0.95),
)

COMPLETED = (
    Column("Reference", "reference", 0.9),
    Column("Action", "text", 3.0),
    Column("Theme and objective", "place", 2.4),
    Column("Lead", "lead", 1.4),
    Column("Completed", "completed", 2.7),
    Column("Source", "source", 0.95),
)

RECOMMENDATIONS = (
    Column("Reference", "reference", 0.9),
    Column("Key risk", "risk", 2.0),
    Column("Recommendation", "text", 2.4),
    Column("Risk rating", "score", 0.7),
    Column("Lead and timescale", "lead", 1.4),
    Column("Update", "update", 3.6),
    Column("Source", "source", 0.95),
)

OTHERS = (
    Column("Reference", "reference", 0.9),
    Column("Kind", "kind", 1.2),
    Column("Entry", "text", 4.0),
    Column("Stands under", "place", 2.4),
    Column("Lead", "lead", 1.4),
    Column("Source", "source", 0.95),
)

CHANGES = (
    Column("Reference", "reference", 0.9),
    Column("Entry", "text", 3.4),
    Column("What changed", "changed", 7.0),
)

CHANGED = (Column("What", "what", 2.0), Column("How many", "number", 0.8))

CHARTED = (Column("Chart", "chart", 2.0), Column("What", "what", 2.0), Column("How many", "number", 1.0))
