"""Goldthread: a council's plans and reviews as one register, every cell traceable to where it was printed."""

__version__ = "0.2.0"
