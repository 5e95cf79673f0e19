"""The gallery: every component in use, with its example."""
