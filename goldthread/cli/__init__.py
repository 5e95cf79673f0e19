"""The ``goldthread`` command."""
