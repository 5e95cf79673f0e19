"""Pages of imports: bring files in, decide on what was found in them."""
