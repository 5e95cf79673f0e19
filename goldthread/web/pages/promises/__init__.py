"""Pages of what a structure was to bring."""
