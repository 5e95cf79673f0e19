"""Pages of what comes back, of what may answer, and of lineages."""
