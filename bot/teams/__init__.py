"""Brug in Teams."""
