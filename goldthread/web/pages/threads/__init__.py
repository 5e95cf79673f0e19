"""Pages of threads and of their coverage."""
