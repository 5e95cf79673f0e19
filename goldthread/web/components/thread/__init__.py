"""The thread."""
