"""Pure rules of reviews: the clocks of their kinds, what a report prints of its own clock, frameworks, roll-ups."""
