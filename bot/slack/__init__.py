"""Brug in Slack."""
