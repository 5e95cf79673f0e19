"""Pages of source files."""
