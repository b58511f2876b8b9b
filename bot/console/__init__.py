"""Brug in Console."""
