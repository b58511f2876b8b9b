"""Part of Brug."""
