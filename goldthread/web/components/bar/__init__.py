"""Stacked bars."""
