"""Pages of the objectives of posts."""
