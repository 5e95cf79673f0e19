"""The page of the vision, the corporate priorities and their outcomes."""
