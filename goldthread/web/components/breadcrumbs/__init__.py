"""Breadcrumbs."""
