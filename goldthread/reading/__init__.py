"""Documents become readings: plain data, no database, no Django.

``read_file(path)`` is the one door: a reader for the format makes a Document, understanding makes a Reading of it.
"""
