"""Workforce: what a post is to reach in a year."""
