"""Pages of the organisation: directorates, posts and who holds them, bodies, printed names."""
