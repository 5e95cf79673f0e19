"""Pages of structures: each one, two compared, charts, what is published, and what-if drafts."""
